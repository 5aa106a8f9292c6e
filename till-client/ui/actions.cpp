#include "till_ui/actions.h"

#include <algorithm>

#include "base/error.h"

namespace lanekeeper::till::ui {

namespace {

constexpr ActionRow table[] = {
    {Place::everywhere, Action::confirm, stroke(Key::enter), "Enter", "till.action.confirm_key"},
    {Place::everywhere, Action::cancel, stroke(Key::escape), "Esc", "till.action.close"},
    {Place::everywhere, Action::backspace, stroke(Key::backspace), "Bksp", "till.key.backspace"},
    {Place::everywhere, Action::help, typed('?'), "?", "till.action.help"},
    {Place::everywhere, Action::help, ctrl('h'), "Ctrl+H", "till.action.help"},
    {Place::everywhere, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},
    {Place::everywhere, Action::text_size, ctrl('t'), "Ctrl+T", "till.action.text_size"},

    {Place::pairing, Action::help, stroke(Key::f1), "F1", "till.action.help"},
    {Place::sign_in, Action::help, stroke(Key::f1), "F1", "till.action.help"},
    {Place::pairing, Action::new_code, stroke(Key::f5), "F5", "till.action.new_code", Needs::server},
    {Place::pairing, Action::server_address, stroke(Key::f6), "F6", "till.action.server_address"},
    {Place::pairing, Action::device_check, stroke(Key::f11), "F11", "till.action.device_check"},
    {Place::pairing, Action::change_language, stroke(Key::f12), "F12", "till.action.change_language"},
    {Place::pairing, Action::reconnect, ctrl('r'), "Ctrl+R", "till.action.reconnect"},

    {Place::sign_in, Action::forgot_pin, stroke(Key::f2), "F2", "till.action.forgot_pin"},
    {Place::sign_in, Action::other_person, stroke(Key::tab), "Tab", "till.action.other_person"},
    {Place::sign_in, Action::previous_person, stroke(Key::left), "", ""},
    {Place::sign_in, Action::next_person, stroke(Key::right), "", ""},
    {Place::sign_in, Action::training, stroke(Key::f10), "F10", "till.action.training"},
    {Place::sign_in, Action::device_check, stroke(Key::f11), "F11", "till.action.device_check"},
    {Place::sign_in, Action::change_language, stroke(Key::f12), "F12", "till.action.change_language"},
    {Place::sign_in, Action::reconnect, ctrl('r'), "Ctrl+R", "till.action.reconnect"},

    {Place::devices, Action::help, stroke(Key::f1), "F1", "till.action.help"},
    {Place::devices, Action::print_test, stroke(Key::f5), "F5", "till.action.print_test"},
    {Place::devices, Action::show_test, stroke(Key::f6), "F6", "till.action.show_test"},
    {Place::devices, Action::change_language, stroke(Key::f12), "F12", "till.action.change_language"},
    {Place::devices, Action::reconnect, ctrl('r'), "Ctrl+R", "till.action.reconnect"},

    {Place::sale, Action::price_check, stroke(Key::f1), "F1", "till.action.price_check"},
    {Place::sale, Action::member, stroke(Key::f2), "F2", "till.action.member"},
    {Place::sale, Action::quantity, stroke(Key::f3), "F3", "till.action.quantity"},
    {Place::sale, Action::change_price, stroke(Key::f4), "F4", "till.action.change_price", Needs::line},
    {Place::sale, Action::discount, stroke(Key::f5), "F5", "till.action.discount", Needs::basket},
    {Place::sale, Action::hold, stroke(Key::f6), "F6", "till.action.hold"},
    {Place::sale, Action::return_goods, stroke(Key::f7), "F7", "till.action.return_goods", Needs::empty_basket},
    {Place::sale, Action::read_scale, stroke(Key::f8), "F8", "till.action.read_scale", Needs::scale},
    {Place::sale, Action::find_item, stroke(Key::f9), "F9", "till.action.find_item"},
    {Place::sale, Action::reprint, stroke(Key::f10), "F10", "till.action.reprint"},
    {Place::sale, Action::more, stroke(Key::f11), "F11", "till.action.more"},
    {Place::sale, Action::lock, stroke(Key::f12), "F12", "till.action.lock"},
    {Place::sale, Action::quantity, typed('*'), "*", "till.action.quantity"},
    {Place::sale, Action::pay, typed('+'), "+", "till.action.pay"},
    {Place::sale, Action::void_line, stroke(Key::del), "Del", "till.action.void_line", Needs::line},
    {Place::sale, Action::line_up, stroke(Key::up), "\u2191", "till.action.line_up"},
    {Place::sale, Action::line_down, stroke(Key::down), "\u2193", "till.action.line_down"},
    {Place::sale, Action::page_up, stroke(Key::page_up), "PgUp", "till.action.page_up"},
    {Place::sale, Action::page_down, stroke(Key::page_down), "PgDn", "till.action.page_down"},
    {Place::sale, Action::coupon, ctrl('u'), "Ctrl+U", "till.action.coupon", Needs::basket},
    {Place::sale, Action::quick_keys, ctrl('q'), "Ctrl+Q", "till.action.quick_keys"},
    {Place::sale, Action::deposit_back, ctrl('b'), "Ctrl+B", "till.action.deposit_back"},
    {Place::sale, Action::reconnect, ctrl('r'), "Ctrl+R", "till.action.reconnect"},
    {Place::sale, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},

    {Place::more, Action::void_basket, typed('1'), "1", "till.action.void_basket", Needs::basket},
    {Place::more, Action::change_language, typed('2'), "2", "till.action.change_language"},
    {Place::more, Action::help, typed('3'), "3", "till.action.help"},
    {Place::more, Action::sign_out, typed('4'), "4", "till.action.sign_out"},
    {Place::more, Action::coupon, typed('5'), "5", "till.action.coupon", Needs::basket},
    {Place::more, Action::note_line, typed('6'), "6", "till.action.note_line", Needs::line},
    {Place::more, Action::note_basket, typed('7'), "7", "till.action.note_basket", Needs::basket},
    {Place::more, Action::requests, typed('8'), "8", "till.action.requests"},
    {Place::more, Action::training, typed('9'), "9", "till.action.training", Needs::empty_basket},
    {Place::more, Action::text_size, typed('0'), "0", "till.action.text_size"},
    {Place::void_basket, Action::void_basket, stroke(Key::del), "Del", "till.action.void_basket", Needs::basket},

    {Place::receipt, Action::find_sale, stroke(Key::f2), "F2", "till.action.find_sale"},
    {Place::receipt, Action::blind_return, stroke(Key::f5), "F5", "till.action.blind_return"},
    {Place::find_sale, Action::find_sale, stroke(Key::f2), "F2", "till.action.find_sale"},
    {Place::find_sale, Action::find_by_amount, stroke(Key::f3), "F3", "till.find.amount"},
    {Place::find_sale, Action::find_by_till, stroke(Key::f4), "F4", "till.find.till"},
    {Place::find_sale, Action::find_by_day, stroke(Key::f5), "F5", "till.find.day"},
    {Place::approval, Action::ask_afar, stroke(Key::f9), "F9", "till.action.ask_afar"},
    {Place::approval, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},
    {Place::requests, Action::refuse_request, stroke(Key::del), "Del", "till.action.refuse_request"},
    {Place::hold, Action::hold, stroke(Key::f6), "F6", "till.action.hold"},
    {Place::scale, Action::zero_scale, stroke(Key::f7), "F7", "till.action.zero_scale"},
    {Place::scale, Action::tare_plate, stroke(Key::f8), "F8", "till.action.tare_plate"},
    {Place::scale, Action::no_tare, stroke(Key::del), "Del", "till.action.no_tare"},
    {Place::reprint, Action::reprint, stroke(Key::f10), "F10", "till.reprint.last"},
    {Place::reprint, Action::gift_receipt, stroke(Key::f11), "F11", "till.action.gift_receipt"},

    {Place::member, Action::remove_member, stroke(Key::del), "Del", "till.action.remove_member", Needs::member},
    {Place::coupon, Action::remove_coupon, stroke(Key::del), "Del", "till.action.remove_coupon", Needs::coupon},
    {Place::discount, Action::discount_scope, stroke(Key::f5), "F5", "till.action.discount_scope"},
    {Place::discount, Action::discount_measure, stroke(Key::f6), "F6", "till.action.discount_measure"},

    {Place::weighing, Action::zero_scale, stroke(Key::f7), "F7", "till.action.zero_scale", Needs::scale},
    {Place::quick_keys, Action::quick_keys, ctrl('q'), "Ctrl+Q", "till.tab.next_page"},
    {Place::quick_keys, Action::page_up, stroke(Key::page_up), "PgUp", "till.action.previous_keys"},
    {Place::quick_keys, Action::page_down, stroke(Key::page_down), "PgDn", "till.tab.next_page"},
    {Place::quick_keys, Action::previous_tab, stroke(Key::left), "\u2190", "till.action.previous_tab"},
    {Place::quick_keys, Action::next_tab, stroke(Key::right), "\u2192", "till.action.next_tab"},

    {Place::age_check, Action::age_confirmed, stroke(Key::f9), "F9", "till.action.age_confirmed"},
    {Place::age_check, Action::age_refused, stroke(Key::f10), "F10", "till.action.age_refused"},

    {Place::returns, Action::leave_returns, stroke(Key::f10), "F10", "till.action.leave_returns"},
    {Place::returns, Action::other_receipt, stroke(Key::f1), "F1", "till.action.other_receipt", Needs::part_return},
    {Place::returns, Action::blind_return, stroke(Key::f5), "F5", "till.action.blind_return", Needs::part_return},
    {Place::returns, Action::exchange, stroke(Key::f6), "F6", "till.action.exchange", Needs::part_return},
    {Place::returns, Action::return_all, stroke(Key::f4), "F4", "till.action.return_all", Needs::part_return},
    {Place::returns, Action::keep_line, stroke(Key::del), "Del", "till.action.keep_line", Needs::returned},
    {Place::returns, Action::to_stock, alt('7'), "Alt+7", "till.action.to_stock"},
    {Place::returns, Action::to_waste, alt('8'), "Alt+8", "till.action.to_waste"},
    {Place::returns, Action::to_supplier, alt('9'), "Alt+9", "till.action.to_supplier"},
    {Place::returns, Action::reason_1, alt('1'), "Alt+1", "till.blind.reason.1", Needs::part_return},
    {Place::returns, Action::reason_2, alt('2'), "Alt+2", "till.blind.reason.2", Needs::part_return},
    {Place::returns, Action::reason_3, alt('3'), "Alt+3", "till.blind.reason.3", Needs::part_return},
    {Place::returns, Action::reason_4, alt('4'), "Alt+4", "till.blind.reason.4", Needs::part_return},
    {Place::returns, Action::reason_5, alt('5'), "Alt+5", "till.blind.reason.5", Needs::part_return},
    {Place::returns, Action::reason_6, alt('6'), "Alt+6", "till.blind.reason.6", Needs::part_return},
    {Place::returns, Action::find_sale, stroke(Key::f2), "F2", "till.action.find_sale", Needs::part_return},
    {Place::returns, Action::return_quantity, stroke(Key::f3), "F3", "till.action.return_quantity", Needs::part_return},
    {Place::returns, Action::void_receipt, stroke(Key::f7), "F7", "till.action.void_receipt", Needs::voidable},
    {Place::returns, Action::refund, typed('+'), "+", "till.action.refund", Needs::returned},
    {Place::returns, Action::line_up, stroke(Key::up), "\u2191", "till.action.line_up"},
    {Place::returns, Action::line_down, stroke(Key::down), "\u2193", "till.action.line_down"},
    {Place::returns, Action::page_up, stroke(Key::page_up), "PgUp", "till.action.page_up"},
    {Place::returns, Action::page_down, stroke(Key::page_down), "PgDn", "till.action.page_down"},
    {Place::returns, Action::reconnect, ctrl('r'), "Ctrl+R", "till.action.reconnect"},
    {Place::returns, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},

    {Place::tender, Action::tender_cash, stroke(Key::f1), "F1", "till.tender.cash"},
    {Place::tender, Action::tender_card, stroke(Key::f2), "F2", "till.tender.card"},
    {Place::tender, Action::tender_wechat, stroke(Key::f3), "F3", "till.tender.wechat", Needs::later_issue},
    {Place::tender, Action::tender_alipay, stroke(Key::f4), "F4", "till.tender.alipay", Needs::later_issue},
    {Place::tender, Action::tender_stored_value, stroke(Key::f5), "F5", "till.tender.stored_value", Needs::later_issue},
    {Place::tender, Action::tender_points, stroke(Key::f6), "F6", "till.tender.points", Needs::later_issue},
    {Place::tender, Action::tender_coupon, stroke(Key::f7), "F7", "till.tender.coupon"},
    {Place::tender, Action::tender_more, stroke(Key::f8), "F8", "till.tender.more"},
    {Place::tender, Action::finish, typed('+'), "+", "till.action.finish"},
    {Place::tender, Action::undo_tender, stroke(Key::del), "Del", "till.action.undo_tender", Needs::tender},
    {Place::tender, Action::undo_tender, stroke(Key::f10), "F10", "till.action.undo_tender", Needs::tender},
    {Place::tender, Action::line_up, stroke(Key::up), "\u2191", "till.action.line_up"},
    {Place::tender, Action::line_down, stroke(Key::down), "\u2193", "till.action.line_down"},
    {Place::tender, Action::page_up, stroke(Key::page_up), "PgUp", "till.action.page_up"},
    {Place::tender, Action::page_down, stroke(Key::page_down), "PgDn", "till.action.page_down"},
    {Place::tender, Action::back_to_sale, stroke(Key::escape), "Esc", "till.action.back_to_sale"},
    {Place::tender, Action::reconnect, ctrl('r'), "Ctrl+R", "till.action.reconnect"},
    {Place::tender, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},

    // Shifts and cash: from "more", some by keys of their own, and on their own screens.
    {Place::sale, Action::cash_moves, ctrl('k'), "Ctrl+K", "till.action.cash_moves", Needs::shift},
    {Place::sale, Action::no_sale, ctrl('d'), "Ctrl+D", "till.action.no_sale", Needs::shift},
    {Place::sale, Action::shift_report, ctrl('x'), "Ctrl+X", "till.action.shift_report", Needs::shift},
    {Place::sale, Action::close_shift, ctrl('e'), "Ctrl+E", "till.action.close_shift", Needs::shift},
    {Place::more, Action::cash_moves, stroke(Key::f5), "F5", "till.action.cash_moves", Needs::shift},
    {Place::more, Action::shift_report, stroke(Key::f6), "F6", "till.action.shift_report", Needs::shift},
    {Place::more, Action::close_shift, stroke(Key::f7), "F7", "till.action.close_shift", Needs::shift},
    {Place::more, Action::open_shift, stroke(Key::f8), "F8", "till.action.open_shift", Needs::no_shift},
    {Place::more, Action::deposit_back, stroke(Key::f9), "F9", "till.action.deposit_back"},
    {Place::sign_in, Action::close_for_other, stroke(Key::f9), "F9", "till.action.close_for_other"},
    {Place::shift_open, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},
    {Place::cash_move, Action::pick_up, stroke(Key::f1), "F1", "till.action.pick_up"},
    {Place::cash_move, Action::add_change, stroke(Key::f2), "F2", "till.action.add_change"},
    {Place::cash_move, Action::paid_in, stroke(Key::f3), "F3", "till.action.paid_in"},
    {Place::cash_move, Action::paid_out, stroke(Key::f4), "F4", "till.action.paid_out"},
    {Place::cash_move, Action::no_sale, stroke(Key::f5), "F5", "till.action.no_sale"},
    {Place::cash_move, Action::finish_move, typed('+'), "+", "till.action.finish_move"},
    {Place::cash_move, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},
    {Place::shift_report, Action::print_x, stroke(Key::f6), "F6", "till.action.print_x"},
    {Place::shift_report, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},
    {Place::shift_count, Action::previous_value, stroke(Key::up), "\u2191", "till.action.previous_value"},
    {Place::shift_count, Action::next_value, stroke(Key::down), "\u2193", "till.action.next_value"},
    {Place::shift_count, Action::recount, stroke(Key::f5), "F5", "till.action.recount"},
    {Place::shift_count, Action::print_x, stroke(Key::f6), "F6", "till.action.print_x"},
    {Place::shift_count, Action::submit_count, typed('+'), "+", "till.action.submit_count"},
    {Place::shift_count, Action::other_page, stroke(Key::tab), "Tab", "till.action.other_page"},
    {Place::shift_count, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},
    {Place::shift_check, Action::previous_value, stroke(Key::up), "\u2191", "till.action.line_up"},
    {Place::shift_check, Action::next_value, stroke(Key::down), "\u2193", "till.action.line_down"},
    {Place::shift_check, Action::recount, stroke(Key::f5), "F5", "till.action.recount_cash"},
    {Place::shift_check, Action::print_x, stroke(Key::f6), "F6", "till.action.print_x"},
    {Place::shift_check, Action::keep_float, stroke(Key::f7), "F7", "till.action.keep_float"},
    {Place::shift_check, Action::sign_close, stroke(Key::f8), "F8", "till.action.sign_close"},
    {Place::shift_check, Action::print_z, typed('+'), "+", "till.action.print_z"},
    {Place::shift_check, Action::other_page, stroke(Key::tab), "Tab", "till.action.other_page"},
    {Place::shift_check, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},
    {Place::shift_done, Action::reprint_z, stroke(Key::f6), "F6", "till.action.reprint_z"},
    {Place::shift_done, Action::change_language, ctrl('l'), "Ctrl+L", "till.action.change_language"},
};

}  // namespace

std::span<const ActionRow> action_table() {
  return table;
}

std::vector<const ActionRow*> rows_for_help(std::span<const Place> places,
                                            const std::function<bool(const ActionRow&)>& works) {
  std::vector<const ActionRow*> rows;
  const auto known = [&rows](const ActionRow& row) {
    return std::any_of(rows.begin(), rows.end(), [&row](const ActionRow* have) {
      return have->key == row.key || (have->action == row.action && have->label == row.label);
    });
  };
  for (const Place one : places) {
    for (const ActionRow& row : table) {
      if (row.place != one || row.cap.empty() || row.needs == Needs::later_issue || known(row) || !works(row)) continue;
      rows.push_back(&row);
    }
  }
  return rows;
}

const ActionRow* find_action(Place place, const KeyStroke& key) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const ActionRow& row) { return row.place == place && row.key == key; });
  return found == std::end(table) ? nullptr : found;
}

const ActionRow& row_of(Place place, Action action) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const ActionRow& row) { return row.place == place && row.action == action; });
  if (found == std::end(table)) throw Fault("ui.action", "an action without a row in the table");
  return *found;
}

}  // namespace lanekeeper::till::ui
