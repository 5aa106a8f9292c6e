// Whatever was sold, and however it comes back, in any order and any number of goes: what is paid out is what was paid,
// to the fen and never more on the way.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "sale/returned_goods.h"
#include "till/offers.h"
#include "till/register_at_work.h"

namespace lanekeeper::till::test {
namespace {

RegisterSettings any_settings() {
  auto offers = usual_offers();
  pricing::Bundle bundle;
  bundle.groups = {{{}, 1}, {{}, 2}};
  bundle.groups[0].scope.items = {"N1"};
  bundle.groups[1].scope.items = {"N10"};
  bundle.value = pricing::TogetherPercent{Rate::of_per_10k(1700)};
  offers.push_back(offer_on("bundle", {"N1"}, bundle));
  offers.push_back(offer_on("greens", {"N8"}, pricing::PercentOff{Rate::of_per_10k(1111)}));
  auto settings = shop_settings();
  settings.promotions = pricing::PromotionCalendar({edition(7, "2026-11-01T00:00:00.000+08:00", std::move(offers))});
  settings.cash_rounding =
      *rc::gen::element(CashRounding::none, CashRounding::nearest_5, CashRounding::nearest_10, CashRounding::down_10);
  settings.tax_mode = *rc::gen::element(pricing::TaxMode::inclusive, pricing::TaxMode::exclusive);
  return settings;
}

void ring_something(RegisterAtWork& till) {
  const auto value = std::to_string(*rc::gen::inRange(10'001, 10'999)).substr(0, 5);
  switch (*rc::gen::inRange(0, 8)) {
    case 0:
      till.run(Weigh{*rc::gen::element<std::string>("301", "612"),
                     Quantity::of_milli(*rc::gen::inRange<std::int64_t>(1, 4000)), sale::WeightSource::scale});
      return;
    case 1:
      till.scan(with_check_digit("2100612" + value));
      return;
    case 2:
      till.scan(Shop::beer_case);
      till.run(ConfirmAge{true});
      return;
    default:
      till.run(PendingQuantity{Quantity::of_units(*rc::gen::inRange<std::int64_t>(1, 6))});
      till.scan(*rc::gen::element<std::string>(Shop::milk, Shop::chips, Shop::cola, Shop::cola_six));
  }
}

sale::RetailTransaction any_sale(RegisterAtWork& till) {
  if (*rc::gen::arbitrary<bool>()) till.run(IdentifyMember{some_member()});
  for (int i = *rc::gen::inRange(1, 9); i > 0; --i) ring_something(till);
  if (*rc::gen::arbitrary<bool>()) till.run(AddCoupon{"WELCOME", false});
  if (*rc::gen::arbitrary<bool>()) till.run(AddCoupon{"88123456", true});
  const auto percent = Rate::of_per_10k(*rc::gen::inRange<std::int64_t>(1, 10'001));
  if (*rc::gen::inRange(0, 3) == 0) till.run(DiscountLine{1, {}, percent, ""});
  if (*rc::gen::inRange(0, 3) == 0) till.run(DiscountBasket{Money::of_minor(*rc::gen::inRange(1, 3000)), {}, ""});
  RC_ASSERT(till.run(BeginTender{}).empty());
  // Who lays down the unrounded amount has paid that.
  RC_ASSERT(till.run(TenderCash{*rc::gen::element(till.view().cash_due, till.view().total)}).empty());
  RC_ASSERT(till.sold.has_value());
  return *till.sold;
}

Quantity some_of(const ViewReturn::Line& line) {
  if (*rc::gen::inRange(0, 3) == 0) return line.left;
  if (line.unit == catalogue::UnitOfMeasure::kilogram) {
    return Quantity::of_milli(*rc::gen::inRange<std::int64_t>(1, line.left.milli() + 1));
  }
  return Quantity::of_units(*rc::gen::inRange<std::int64_t>(1, line.left.milli() / 1000 + 1));
}

void take_something_back(RegisterAtWork& till) {
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    const auto returning = *till.view().returning;
    const auto& line = returning.lines[*rc::gen::inRange<std::size_t>(0, returning.lines.size())];
    if (line.left == Quantity()) continue;
    RC_ASSERT(till.run(ReturnLine{line.line, some_of(line), sale::ReturnedTo::stock}).empty());
    if (*rc::gen::inRange(0, 5) == 0) RC_ASSERT(till.run(VoidLine{till.view().last_line}).empty());
  }
}

void take_the_rest_back(RegisterAtWork& till) {
  const auto returning = *till.view().returning;
  for (const auto& line : returning.lines) {
    if (line.left == Quantity()) continue;
    RC_ASSERT(till.run(ReturnLine{line.line, line.left, sale::ReturnedTo::waste}).empty());
  }
}

constexpr int patience = 30;  // goes until what is left comes back at once

RC_GTEST_PROP(Returns, PayOutWhatWasPaid, ()) {
  RegisterAtWork till(access::Role::manager);
  till.machine.set_settings(any_settings());
  sale::ReturnableSale sold{any_sale(till), {}, {}, false};
  const auto paid = sold.sale.payable;
  Money back;
  int goes = 0;
  while (till.run(BeginReturn{sold}).empty()) {
    RC_ASSERT(++goes <= patience + 1);
    if (goes > patience) {
      take_the_rest_back(till);
    } else {
      take_something_back(till);
    }
    if (!till.run(BeginTender{}).empty()) {
      RC_ASSERT(till.view().message->code == "register.empty_basket");
      RC_ASSERT(till.run(VoidBasket{}).empty());
      continue;
    }
    RC_ASSERT(till.run(TenderCash{}).empty());
    const auto checked = sale::check_arithmetic(*till.sold);
    RC_ASSERT(checked.has_value());
    sale::note_return(sold, *till.sold);
    back += till.sold->change;
    RC_ASSERT(back <= paid);
  }
  RC_ASSERT(till.view().message->code == "return.nothing_left");
  RC_ASSERT(sold.refunded == sold.sale.priced.total);
  RC_ASSERT(back == paid);
  RC_CLASSIFY(goes > 3, "more than three goes");
  RC_CLASSIFY(!sold.sale.cash_adjustment.is_zero(), "rounded");
  RC_CLASSIFY(!sold.sale.priced.discount.is_zero(), "something saved");
}

}  // namespace
}  // namespace lanekeeper::till::test
