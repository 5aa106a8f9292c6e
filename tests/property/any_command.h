// Generators of what people may ask of a register: anything at all, or mostly what a cashier would do next.
#pragma once

#include <rapidcheck.h>

#include <string>

#include "till/offers.h"
#include "till/register_at_work.h"

namespace lanekeeper::till::test {

inline std::string any_code() {
  const auto label = [](const char* prefix, const char* plu, int value) {
    std::string digits = std::to_string(value);
    digits.insert(0, 5 - digits.size(), '0');
    return with_check_digit(std::string(prefix) + plu + digits);
  };
  const auto value = *rc::gen::inRange(0, 100000);
  return *rc::gen::oneOf(
      rc::gen::element<std::string>(Shop::milk, Shop::chips, Shop::beer, Shop::beer_case, Shop::twice, Shop::unpriced,
                                    Shop::blocked, Shop::cola, Shop::cola_six, "301", "612", "N1", "N8", "7001", ""),
      rc::gen::element<std::string>(Shop::milk, Shop::chips, Shop::cola, Shop::bottle, "301", "7001"),
      rc::gen::just(label("21", "00612", value)), rc::gen::just(label("22", "00301", value)),
      rc::gen::just(label("22", "00001", value)), rc::gen::arbitrary<std::string>());
}

inline Quantity any_quantity() {
  return Quantity::of_milli(*rc::gen::weightedOneOf<std::int64_t>(
      {{8, rc::gen::map(rc::gen::inRange<std::int64_t>(1, 30), [](auto n) { return n * 1000; })},
       {4, rc::gen::inRange<std::int64_t>(1, 5000)},
       {2, rc::gen::inRange<std::int64_t>(-2000, 12'000'000)},
       {1, rc::gen::arbitrary<std::int64_t>()},
       {1, rc::gen::element<std::int64_t>(0, INT64_MAX, INT64_MIN, 9'999'000)}}));
}

inline Money any_amount() {
  return Money::of_minor(*rc::gen::weightedOneOf<std::int64_t>(
      {{8, rc::gen::inRange<std::int64_t>(1, 30'000)},
       {2, rc::gen::inRange<std::int64_t>(-10, 200'000'000)},
       {1, rc::gen::arbitrary<std::int64_t>()},
       {1, rc::gen::element<std::int64_t>(0, INT64_MAX, INT64_MIN, 100'000'000)}}));
}

inline std::int64_t any_line() {
  return *rc::gen::inRange<std::int64_t>(0, 12);
}

inline sale::WeightSource any_source() {
  using W = sale::WeightSource;
  return *rc::gen::element(W::scale, W::manual, W::label, W::none);
}

inline std::string any_coupon() {
  return *rc::gen::weightedOneOf<std::string>(
      {{4, rc::gen::element<std::string>("WELCOME", "88123456", "88123457", "")},
       {1, rc::gen::arbitrary<std::string>()}});
}

inline std::optional<sale::MemberRef> any_member() {
  if (*rc::gen::inRange(0, 3) == 0) return std::nullopt;
  auto member = some_member();
  member.id = *rc::gen::inRange<std::int64_t>(1, 3);
  return member;
}

// Both, one or neither of amount and percent.
template <class Discount>
Discount any_discount(Discount discount) {
  if (*rc::gen::arbitrary<bool>()) discount.amount = any_amount();
  if (*rc::gen::arbitrary<bool>()) discount.percent = Rate::of_per_10k(*rc::gen::inRange<std::int64_t>(-100, 10'200));
  discount.reason = *rc::gen::arbitrary<std::string>();
  return discount;
}

inline Command any_change_of_terms(const RegisterAtWork& till) {
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return IdentifyMember{any_member()};
    case 1:
      return AddCoupon{any_coupon(), *rc::gen::inRange(0, 4) != 0};
    case 2:
      return RemoveCoupon{any_coupon()};
    case 3:
      return any_discount(DiscountLine{any_line(), {}, {}, {}});
    case 4:
      return any_discount(DiscountBasket{});
    default:
      return SetRemainingUses{till.machine.basket().id, {{"milk", *rc::gen::inRange<std::int64_t>(-1, 3)}}};
  }
}

inline std::optional<sale::ReturnedTo> any_destination() {
  using To = sale::ReturnedTo;
  return *rc::gen::element<std::optional<To>>(To::stock, To::waste, To::supplier, std::nullopt);
}
inline std::optional<std::string> any_return_reason() {
  return *rc::gen::element<std::optional<std::string>>("quality", "unwanted", " ", std::nullopt);
}

inline Command any_deposit_back() {
  const auto code = *rc::gen::element<std::string>(Shop::bottle, Shop::bottle, Shop::bottle, Shop::cola);
  const auto quantity = *rc::gen::inRange(0, 3) == 0 ? any_quantity() : Quantity::of_units(*rc::gen::inRange(1, 30));
  return TakeBackDeposit{0, code, quantity};
}

inline Command any_return(const RegisterAtWork& till) {
  switch (*rc::gen::inRange(0, 8)) {
    case 0:
    case 1:
      if (till.sold) return BeginReturn{{*till.sold, {}, {}, false, {}}};
      [[fallthrough]];
    case 2:
      return BeginBlindReturn{*rc::gen::element<std::string>("gift", "no_receipt", "")};
    case 3:
      return SellInReturn{*rc::gen::arbitrary<bool>()};
    case 4:
      return DescribeReturn{any_line(), any_return_reason(), any_destination()};
    case 5:
      return any_deposit_back();
    default:
      return ReturnLine{any_line(), any_quantity(), any_destination(), any_return_reason()};
  }
}

inline sale::TenderKind any_kind() {
  using K = sale::TenderKind;
  return *rc::gen::element(K::cash, K::card, K::card, K::voucher, K::other);
}
inline std::optional<std::string> any_method(sale::TenderKind kind) {
  if (kind != sale::TenderKind::other && *rc::gen::inRange(0, 6) != 0) return std::nullopt;
  return *rc::gen::element<std::string>("meal", "mall", "moon");
}

inline Command any_tender() {
  const auto kind = any_kind();
  const auto reference = *rc::gen::element<std::string>("", "0001", "0002");
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return VoidTender{*rc::gen::inRange<std::size_t>(0, 3)};
    case 1:
    case 2:
      return RefundTender{kind, any_method(kind), any_amount(), reference};
    default:
      return TenderOther{kind, any_method(kind), any_amount(), reference};
  }
}

inline std::vector<sale::CashCount> any_counts() {
  std::vector<sale::CashCount> counts;
  for (const auto* value : {"100", "10", "0.01"}) {
    counts.push_back({yuan(value), *rc::gen::inRange<std::int64_t>(0, 20)});
  }
  if (*rc::gen::inRange(0, 8) == 0) counts.push_back({any_amount(), *rc::gen::inRange<std::int64_t>(-1, 5)});
  return counts;
}

inline Command any_of_the_shift() {
  using K = sale::ControlKind;
  const auto reason = *rc::gen::element<std::string>("", "water", "change");
  switch (*rc::gen::inRange(0, 12)) {
    case 0:
    case 1:
      return OpenShift{any_amount()};
    case 2:
    case 3:
      return MoveCash{*rc::gen::element(K::loan, K::paid_in, K::paid_out, K::pick_up, K::no_sale), any_amount(), reason,
                      *rc::gen::arbitrary<std::string>()};
    case 4:
      return NoSale{reason};
    case 5:
      return BeginClose{{{"close.unsent", "", {{"count", "2"}}}}};
    case 6:
    case 7:
      return CountCash{any_counts()};
    case 8: {
      const auto kind = any_kind();
      std::optional<Money> declared;
      if (*rc::gen::arbitrary<bool>()) declared = any_amount();
      return DeclareTender{kind, any_method(kind), declared, reason};
    }
    case 9:
      return CancelClose{};
    default:
      return CloseShift{any_amount()};
  }
}

inline Command any_of_the_basket(const RegisterAtWork& till) {
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return SuspendBasket{*rc::gen::arbitrary<std::string>()};
    case 1:
      if (till.put_aside) return RecallBasket{till.put_aside->basket, "3-0001"};
      [[fallthrough]];
    case 2:
      return NoteLine{any_line(), *rc::gen::arbitrary<std::string>()};
    case 3:
      return NoteBasket{*rc::gen::arbitrary<std::string>()};
    default:
      return EnterPrice{any_amount()};
  }
}

inline Command any_change_of_a_line() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return SetLineQuantity{any_line(), any_quantity()};
    case 1:
      return OverridePrice{any_line(), any_amount(), *rc::gen::arbitrary<std::string>()};
    case 2:
      return VoidLine{any_line()};
    default:
      return SelectLine{any_line()};
  }
}

inline Command any_goods() {
  switch (*rc::gen::inRange(0, 10)) {
    case 0:
    case 1: {
      Weigh weigh{*rc::gen::element<std::string>("", "", "301", "612", Shop::milk), any_quantity(), any_source(), {}};
      if (*rc::gen::inRange(0, 4) == 0) weigh.tare = any_quantity();
      return weigh;
    }
    case 2:
      return AddItem{*rc::gen::inRange<catalogue::ItemId>(0, 13)};
    case 3:
    case 4:
      return PendingQuantity{any_quantity()};
    default:
      return Scan{any_code(), barcode::Symbology::unknown};
  }
}

inline Command any_command(const RegisterAtWork& till) {
  using access::Role;
  switch (*rc::gen::inRange(0, 20)) {
    case 0:
      return SignedIn{staff_member(*rc::gen::element(Role::cashier, Role::supervisor, Role::accountant),
                                   *rc::gen::inRange<std::int64_t>(7, 9))};
    case 1:
      return *rc::gen::inRange(0, 4) == 0 ? Command(SignOut{}) : Command(Dismiss{});
    case 2:
    case 3:
      return any_change_of_terms(till);
    case 4:
    case 5:
      return any_return(till);
    case 6:
    case 7:
      return any_of_the_shift();
    case 8:
      return any_of_the_basket(till);
    case 9:
      return *rc::gen::inRange(0, 3) == 0 ? Command(VoidBasket{}) : any_of_the_basket(till);
    case 10:
    case 11:
      return any_change_of_a_line();
    case 12:
      return BeginTender{};
    case 13:
      return BackToSale{};
    case 14:
      return TenderCash{any_amount()};
    case 15:
      return any_tender();
    case 16:
      return ConfirmAge{*rc::gen::arbitrary<bool>()};
    default:
      return any_goods();
  }
}

inline Command next_payment(const RegisterView& view) {
  const bool pays_out = view.left_due.is_negative();
  if (pays_out && !view.refund_options.empty() && *rc::gen::inRange(0, 3) != 0) {
    const auto& way = view.refund_options[*rc::gen::inRange<std::size_t>(0, view.refund_options.size())];
    return RefundTender{way.kind, way.method, way.most, "R1"};
  }
  if (pays_out || view.cash_due.is_zero()) return TenderCash{};
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return TenderOther{sale::TenderKind::card, {}, std::max(view.left_due, Money::of_minor(1)), "0001"};
    case 1:
      return TenderOther{sale::TenderKind::voucher, {}, yuan("20"), {}};
    case 2:
      return TenderOther{sale::TenderKind::other, "meal", yuan("3.33"), "0003"};
    default:
      return TenderCash{*rc::gen::element(view.cash_due, view.left_due, view.cash_due + yuan("50"), yuan("1"))};
  }
}

inline Command next_of_a_return(const RegisterView& view) {
  const bool no_reason = view.returning && !view.return_reason && view.line_count > 0;
  if (no_reason && *rc::gen::inRange(0, 3) != 0) return DescribeReturn{0, "unwanted", any_destination()};
  if (view.line_count > *rc::gen::inRange(0, 3)) return BeginTender{};
  if (*rc::gen::inRange(0, 8) == 0) return any_deposit_back();
  if (*rc::gen::inRange(0, 4) == 0) return SellInReturn{!view.selling_in_return};
  if (view.blind_return || view.selling_in_return) return Scan{any_code(), barcode::Symbology::unknown};
  return ReturnLine{any_line(), Quantity::of_units(*rc::gen::inRange<std::int64_t>(1, 3)), sale::ReturnedTo::stock,
                    "quality"};
}

inline Command next_of_a_close(const RegisterView& view) {
  if (!view.close->is_counted) return CountCash{any_counts()};
  for (const auto& check : view.close->checks) {
    if (check.needs_reason && !check.check.reason) {
      return DeclareTender{check.check.kind, check.check.method, {}, "change"};
    }
  }
  return CloseShift{*rc::gen::element(view.close->counted, Money())};
}

// Mostly what a cashier would do next, so that sales and shifts come about; else anything at all.
inline Command next_command(const RegisterAtWork& till) {
  const RegisterView& view = till.view();
  if (*rc::gen::inRange(0, 10) < 3) return any_command(till);
  if (view.state == RegisterState::signed_out) return SignedIn{staff_member(access::Role::supervisor)};
  if (view.state == RegisterState::closing) return next_of_a_close(view);
  if (view.shift_needed) return OpenShift{yuan("300")};
  if (view.waiting_for_weight) {
    return Weigh{"", Quantity::of_milli(*rc::gen::inRange<std::int64_t>(1, 3000)), sale::WeightSource::scale, {}};
  }
  if (view.waiting_for_price) return EnterPrice{Money::of_minor(*rc::gen::inRange<std::int64_t>(1, 5000))};
  if (view.age_check) return ConfirmAge{*rc::gen::inRange(0, 4) != 0};
  if (!view.choices.empty()) return AddItem{view.choices[*rc::gen::inRange<std::size_t>(0, view.choices.size())].id};
  if (view.state == RegisterState::tendering) return next_payment(view);
  if (view.returning || view.blind_return) return next_of_a_return(view);
  if (till.sold && view.state == RegisterState::idle && *rc::gen::inRange(0, 5) == 0) {
    return BeginReturn{{*till.sold, {}, {}, false, {}}};
  }
  if (view.line_count > *rc::gen::inRange(0, 40)) return BeginTender{};
  if (*rc::gen::inRange(0, 12) == 0) return any_deposit_back();
  return Scan{any_code(), barcode::Symbology::unknown};
}

inline std::optional<Authority> any_authority() {
  if (*rc::gen::inRange(0, 3) != 0) return std::nullopt;
  using access::Role;
  return Authority{staff_member(*rc::gen::element(Role::cashier, Role::supervisor, Role::manager),
                                *rc::gen::inRange<std::int64_t>(8, 11)),
                   *rc::gen::element(sale::ApprovalMeans::pin, sale::ApprovalMeans::badge), std::nullopt};
}

inline RegisterSettings any_register_settings() {
  auto settings = shop_settings();
  settings.cash_rounding =
      *rc::gen::element(CashRounding::none, CashRounding::nearest_5, CashRounding::nearest_10, CashRounding::down_10);
  settings.tax_mode = *rc::gen::element(pricing::TaxMode::inclusive, pricing::TaxMode::exclusive);
  settings.day_start_minute = *rc::gen::inRange(0, 600);
  settings.difference_tolerance = yuan("5");
  settings.methods = {{"meal", "饭卡", "Meal card", true}, {"mall", "商场卡", "Mall card", false}};
  settings.vouchers = *rc::gen::inRange(0, 4) != 0;
  if (*rc::gen::inRange(0, 4) != 0) settings.promotions = usual_calendar();
  return settings;
}

// What the outside world may do between two commands.
inline void any_disturbance(RegisterAtWork& till, bool shifts_required) {
  auto settings = any_register_settings();
  settings.shifts_required = shifts_required;
  till.machine.set_settings(settings);
  till.shop.named("晨牧纯牛奶").prices[0].amount = Money::of_minor(*rc::gen::inRange<std::int64_t>(0, 10'000));
  till.now.instant.unix_ms += *rc::gen::inRange<std::int64_t>(-86'400'000, 86'400'000);
}

}  // namespace lanekeeper::till::test
