// The words in which the desk and its parts speak of what the window is doing.
#pragma once

namespace lanekeeper::till::ui {

enum class Screen { pairing, sign_in, devices, sale, returns, tender, shift };
// What the cashier has opened on the sale screen.
enum class Task {
  none,
  search,
  price_check,
  line_quantity,
  change_price,
  price_reason,
  member,
  coupon,
  discount,
  discount_reason,
  receipt,  // of the sale from which goods come back
  more,
  void_basket,  // is asked first
  quick_keys,   // they are chosen by the keys printed on them
};
// What stands at the right of the sale screen while no task wants the place.
enum class SidePanel { quick_keys, number_pad, offline };
// What typed characters mean.
enum class Entry {
  none,
  goods,
  search,
  price_check,
  quantity,
  price,
  reason,
  weight,
  open_price,  // of the goods that wait for one
  choice,
  member,
  coupon,
  discount,
  receipt,
  quick_key,  // the key printed on one of them: 1..9, a..z
  return_quantity,
  cash,
  payout,  // nothing to type: Enter pays out
  staff_number,
  pin,
  server,
  part,  // what the open part of the desk asks for: DeskPart::entry()
};
enum class Sound { ok, attention, stop };

inline constexpr int price_reasons = 6;
inline constexpr int discount_reasons = 6;

}  // namespace lanekeeper::till::ui
