// Everything that a key or a button of the till can do, as one table: which key does it where, what is printed on the
// key, and what it needs. Keyboard, buttons and the help panel are all made from it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "access/permissions.h"
#include "till_ui/key_stroke.h"

namespace lanekeeper::till::ui {

enum class Action {
  // sale
  price_check,
  member,
  quantity,
  change_price,
  discount,
  hold,
  return_goods,
  read_scale,
  find_item,
  reprint,
  more,
  lock,
  pay,
  void_line,
  line_up,
  line_down,
  page_up,
  page_down,
  quick_keys,
  previous_tab,  // of the quick keys
  next_tab,
  reconnect,
  coupon,
  // what a panel of the sale screen can do
  remove_member,
  remove_coupon,
  discount_scope,    // the selected line, or the whole basket
  discount_measure,  // an amount, or a percent
  // returns
  other_receipt,
  return_all,
  keep_line,  // nothing of the selected line comes back
  to_stock,
  to_waste,
  to_supplier,
  reason_1,  // why they come back: reason_1 to reason_6, in their order
  reason_2,
  reason_3,
  reason_4,
  reason_5,
  reason_6,
  return_quantity,  // how many of the selected line come back
  void_receipt,     // the whole sale is made undone
  find_sale,        // whose receipt is not at hand
  find_by_amount,
  find_by_till,
  find_by_day,
  refund,
  leave_returns,
  // more
  void_basket,
  change_language,
  help,
  sign_out,
  // questions
  age_confirmed,
  age_refused,
  // tender
  tender_cash,
  tender_card,
  tender_wechat,
  tender_alipay,
  tender_stored_value,
  tender_points,
  tender_coupon,
  tender_more,
  finish,
  undo_tender,
  back_to_sale,
  // people and pairing
  forgot_pin,
  other_person,
  previous_person,
  next_person,
  training,
  device_check,
  print_test,  // a slip of the device check
  show_test,   // on the customer's display
  new_code,
  server_address,
  // approvals
  ask_afar,  // whoever answers in the back office or at another till
  requests,  // what other tills ask
  refuse_request,
  // notes, receipts again, the scale
  note_line,
  note_basket,
  gift_receipt,
  tare_plate,  // what lies on the scale is the tare
  zero_scale,
  no_tare,
  blind_return,
  exchange,      // what is scanned from now on is sold, or comes back again
  deposit_back,  // of a list, or scanned
  // shifts and cash
  open_shift,
  cash_moves,
  shift_report,
  close_shift,
  close_for_other,  // signing in only to close the shift that somebody has left open
  pick_up,
  add_change,
  paid_in,
  paid_out,
  no_sale,
  finish_move,
  print_x,
  recount,
  previous_value,
  next_value,
  submit_count,
  other_page,  // what has no room beside it on narrow screens
  keep_float,  // what stays in the drawer
  sign_close,
  print_z,
  reprint_z,
  // everywhere
  text_size,
  confirm,
  cancel,
  backspace,
  clear,
};

// Where a key has this meaning.
enum class Place {
  everywhere,  // unless the key means something else where the cashier is
  pairing,
  sign_in,
  devices,  // the device check
  sale,
  more,
  member,
  coupon,
  discount,
  age_check,
  weighing,     // goods wait for their weight
  void_basket,  // whether the whole sale is to go
  quick_keys,
  returns,
  tender,
  receipt,
  approval,
  requests,
  hold,
  scale,
  note,
  reprint,
  blind_return,
  find_sale,
  return_quantity,
  void_receipt,
  deposit,  // which deposit is given back
  tender_part,
  shift_open,
  cash_move,
  shift_report,
  shift_count,
  shift_check,
  shift_done
};

// What has to be there before an action makes sense.
enum class Needs {
  nothing,
  basket,        // at least one line
  line,          // a selected line that is not void
  empty_basket,  // no line
  member,        // a member whose basket it is
  coupon,        // one that was accepted
  returned,      // goods that come back in this basket
  part_return,   // a return that is not of the whole sale
  voidable,      // a receipt of which nothing is chosen yet, and that can be voided
  tender,        // a payment in the list
  server,        // a till that is not paired or not online has somebody to ask
  later_issue,   // the function does not exist yet: its key keeps its place
  scale,         // a scale that is set up
  shift,         // a shift is open, and no basket
  no_shift,      // none is open, and no basket
};

struct ActionRow {
  Place place = Place::sale;
  Action action = Action::confirm;
  KeyStroke key;
  std::string_view cap;    // as printed on the key
  std::string_view label;  // key of its text
  Needs needs = Needs::nothing;
};

// What is true of an action wherever its key is: the word of the console that does the same (empty: the action only
// concerns what the window shows; a record for whoever compares the two faces, the window does not read it), and the
// right it needs, by which the help marks what somebody else has to lend (see lane/approvals.cpp).
struct ActionFact {
  Action action = Action::confirm;
  std::string_view console;
  std::optional<access::Permission> permission = std::nullopt;
};
[[nodiscard]] std::span<const ActionFact> action_facts();
[[nodiscard]] const ActionFact& fact_of(Action action);  // it must exist

[[nodiscard]] std::span<const ActionRow> action_table();
// nullptr when the key means nothing there.
[[nodiscard]] const ActionRow* find_action(Place place, const KeyStroke& key);
// The row that prints this action's key; it must exist.
[[nodiscard]] const ActionRow& row_of(Place place, Action action);
// The rows of these places, in their order, that are printed on a key and `work`: each action once, and only those
// whose function exists.
[[nodiscard]] std::vector<const ActionRow*> rows_for_help(std::span<const Place> places,
                                                          const std::function<bool(const ActionRow&)>& works);

}  // namespace lanekeeper::till::ui
