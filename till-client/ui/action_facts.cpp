// What is true of the actions of the table wherever their keys are.
#include <algorithm>

#include "base/error.h"
#include "till_ui/actions.h"

namespace lanekeeper::till::ui {

namespace {

using access::Permission;

constexpr std::string_view window_only;

constexpr ActionFact facts[] = {
    {Action::price_check, "check", Permission::sale_ring},
    {Action::member, "member", Permission::sale_ring},
    {Action::quantity, "quantity", Permission::sale_ring},
    {Action::change_price, "price", Permission::price_override},
    {Action::discount, "discount", Permission::sale_discount},
    {Action::hold, "suspend", Permission::sale_ring},
    {Action::return_goods, "return", Permission::sale_return},
    {Action::read_scale, "weight", Permission::sale_ring},
    {Action::find_item, "search", Permission::sale_ring},
    {Action::reprint, "reprint", Permission::sale_ring},
    {Action::more, window_only},
    {Action::lock, "logout"},
    {Action::pay, "total", Permission::sale_ring},
    {Action::void_line, "void", Permission::sale_void_line},
    {Action::line_up, "select"},
    {Action::line_down, "select"},
    {Action::page_up, window_only},
    {Action::page_down, window_only},
    {Action::quick_keys, "add", Permission::sale_ring},
    {Action::previous_tab, window_only},
    {Action::next_tab, window_only},
    {Action::reconnect, "reconnect"},
    {Action::coupon, "coupon", Permission::sale_ring},
    {Action::remove_member, "member", Permission::sale_ring},
    {Action::remove_coupon, "coupon", Permission::sale_ring},
    {Action::discount_scope, "discount", Permission::sale_discount},
    {Action::discount_measure, "discount", Permission::sale_discount},
    {Action::other_receipt, "return", Permission::sale_return},
    {Action::return_all, "take", Permission::sale_return},
    {Action::keep_line, "void", Permission::sale_void_line},
    {Action::to_stock, "goes", Permission::sale_return},
    {Action::to_waste, "goes", Permission::sale_return},
    {Action::to_supplier, "goes", Permission::sale_return},
    {Action::reason_1, "why", Permission::sale_return},
    {Action::reason_2, "why", Permission::sale_return},
    {Action::reason_3, "why", Permission::sale_return},
    {Action::reason_4, "why", Permission::sale_return},
    {Action::reason_5, "why", Permission::sale_return},
    {Action::reason_6, "why", Permission::sale_return},
    {Action::return_quantity, "take", Permission::sale_return},
    {Action::void_receipt, "void", Permission::sale_void_completed},
    {Action::find_sale, "find", Permission::sale_return},
    {Action::find_by_amount, "find", Permission::sale_return},
    {Action::find_by_till, "find", Permission::sale_return},
    {Action::find_by_day, "find", Permission::sale_return},
    {Action::refund, "total", Permission::sale_return},
    {Action::leave_returns, "void", Permission::sale_void_basket},
    {Action::void_basket, "void", Permission::sale_void_basket},
    {Action::change_language, "language"},
    {Action::help, "help"},
    {Action::sign_out, "logout"},
    {Action::age_confirmed, "confirm-age", Permission::sale_ring},
    {Action::age_refused, "confirm-age", Permission::sale_ring},
    {Action::tender_cash, "tender", Permission::sale_ring},
    {Action::tender_card, "card", Permission::sale_ring},
    {Action::tender_wechat, "pay", Permission::sale_ring},
    {Action::tender_alipay, "pay", Permission::sale_ring},
    {Action::tender_stored_value, "pay", Permission::sale_ring},
    {Action::tender_points, "pay", Permission::sale_ring},
    {Action::tender_coupon, "voucher", Permission::sale_ring},
    {Action::tender_more, "pay", Permission::sale_ring},
    {Action::finish, "tender", Permission::sale_ring},
    {Action::undo_tender, "untender", Permission::tender_void},
    {Action::back_to_sale, "back", Permission::sale_ring},
    {Action::forgot_pin, window_only},
    {Action::other_person, "login"},
    {Action::previous_person, window_only},
    {Action::next_person, window_only},
    {Action::training, "training", Permission::till_training},
    {Action::device_check, "devices"},
    {Action::print_test, "devices"},
    {Action::show_test, "devices"},
    {Action::new_code, "new-code"},
    {Action::server_address, "server"},
    {Action::ask_afar, "ask"},
    {Action::requests, "approvals"},
    {Action::refuse_request, "refuse", Permission::approvals_answer},
    {Action::note_line, "note", Permission::sale_ring},
    {Action::note_basket, "note", Permission::sale_ring},
    {Action::gift_receipt, "gift", Permission::sale_ring},
    {Action::tare_plate, "tare", Permission::sale_ring},
    {Action::zero_scale, "zero", Permission::sale_ring},
    {Action::no_tare, "tare", Permission::sale_ring},
    {Action::blind_return, "blind", Permission::sale_return_blind},
    {Action::exchange, "sell", Permission::sale_return},
    {Action::deposit_back, "deposit", Permission::sale_deposit_back},
    {Action::open_shift, "shift", Permission::shift_run},
    {Action::cash_moves, "cash", Permission::shift_run},
    {Action::shift_report, "x"},
    {Action::close_shift, "close", Permission::shift_run},
    {Action::close_for_other, "close", Permission::shift_close_other},
    {Action::pick_up, "cash", Permission::shift_run},
    {Action::add_change, "cash", Permission::shift_cash},
    {Action::paid_in, "cash", Permission::shift_cash},
    {Action::paid_out, "cash", Permission::shift_cash},
    {Action::no_sale, "drawer", Permission::shift_no_sale},
    {Action::finish_move, "cash", Permission::shift_run},
    {Action::print_x, "x"},
    {Action::recount, "count", Permission::shift_run},
    {Action::previous_value, window_only},
    {Action::next_value, window_only},
    {Action::submit_count, "count", Permission::shift_run},
    {Action::other_page, window_only},
    {Action::keep_float, "close", Permission::shift_run},
    {Action::sign_close, "close", Permission::shift_difference},
    {Action::print_z, "close", Permission::shift_run},
    {Action::reprint_z, "z"},
    {Action::text_size, window_only},
    {Action::confirm, window_only},
    {Action::cancel, "dismiss"},
    {Action::backspace, window_only},
    {Action::clear, window_only},
};

}  // namespace

std::span<const ActionFact> action_facts() {
  return facts;
}

const ActionFact& fact_of(Action action) {
  const auto found = std::find_if(std::begin(facts), std::end(facts),
                                  [action](const ActionFact& fact) { return fact.action == action; });
  if (found == std::end(facts)) throw Fault("ui.action", "an action without facts");
  return *found;
}

}  // namespace lanekeeper::till::ui
