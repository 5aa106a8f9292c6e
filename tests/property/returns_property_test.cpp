// Whatever was sold, and however it comes back, in any order and any number of goes: what is paid out is what was paid,
// to the fen and never more on the way.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

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
  const pricing::Gift gift{yuan("60"), true, "N10", yuan("0.50"), false};
  offers.push_back(offer_on("gift", {}, gift, pricing::Layer::basket));
  auto settings = shop_settings();
  settings.promotions = pricing::PromotionCalendar({edition(7, "2026-11-01T00:00:00.000+08:00", std::move(offers))});
  settings.cash_rounding =
      *rc::gen::element(CashRounding::none, CashRounding::nearest_5, CashRounding::nearest_10, CashRounding::down_10);
  settings.tax_mode = *rc::gen::element(pricing::TaxMode::inclusive, pricing::TaxMode::exclusive);
  settings.methods = {{"meal", "饭卡", "Meal card", true}};
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
    RC_ASSERT(till.run(ReturnLine{line.line, some_of(line), sale::ReturnedTo::stock, "quality"}).empty());
    if (*rc::gen::inRange(0, 5) == 0) RC_ASSERT(till.run(VoidLine{till.view().last_line}).empty());
  }
}

void take_the_rest_back(RegisterAtWork& till) {
  const auto returning = *till.view().returning;
  for (const auto& line : returning.lines) {
    if (line.left == Quantity()) continue;
    RC_ASSERT(till.run(ReturnLine{line.line, line.left, sale::ReturnedTo::waste, "quality"}).empty());
  }
}

using Ways = std::map<std::pair<sale::TenderKind, std::optional<std::string>>, Money>;

// What stays with the shop of it, by way of paying.
void add_ways(Ways& ways, const sale::RetailTransaction& sale) {
  for (const auto& tender : sale.tenders) ways[{tender.kind, tender.method}] += tender.amount;
  ways[{sale::TenderKind::cash, std::nullopt}] -= sale.change;
}

void pay_somehow(RegisterAtWork& till) {
  for (int tries = 0; till.view().state == RegisterState::tendering; ++tries) {
    const auto& view = till.view();
    const auto left = view.left_due;
    if (view.cash_due.is_zero() || tries > 8 || *rc::gen::inRange(0, 3) == 0) {
      RC_ASSERT(till.run(TenderCash{view.cash_due}).empty());
      continue;
    }
    const auto some = std::min(left, Money::of_minor(*rc::gen::inRange<std::int64_t>(1, left.minor() + 1)));
    const auto kind = *rc::gen::element(sale::TenderKind::cash, sale::TenderKind::card, sale::TenderKind::voucher,
                                        sale::TenderKind::other);
    if (kind == sale::TenderKind::cash) {
      RC_ASSERT(till.run(TenderCash{some}).empty());
      continue;
    }
    TenderOther other{kind, std::nullopt, some, "N" + std::to_string(tries)};
    if (kind == sale::TenderKind::other) other.method = "meal";
    if (kind == sale::TenderKind::voucher) other.amount += Money::of_minor(*rc::gen::inRange<std::int64_t>(0, 500));
    RC_ASSERT(till.run(other).empty());
  }
}

// In cash what may go out in cash, else by one of the ways that are offered: there always is one.
void pay_out_somehow(RegisterAtWork& till) {
  for (int tries = 0; till.view().state == RegisterState::tendering; ++tries) {
    const auto& view = till.view();
    if (!view.left_due.is_negative()) {
      pay_somehow(till);
      return;
    }
    const bool in_cash = -view.cash_due <= *view.refund_in_cash_most;
    if (in_cash && (view.refund_options.empty() || *rc::gen::arbitrary<bool>())) {
      RC_ASSERT(till.run(TenderCash{}).empty());
      continue;
    }
    if (!in_cash) RC_ASSERT(till.run(TenderCash{}) == "refund.not_in_cash");
    const auto options = till.view().refund_options;
    RC_ASSERT(!options.empty());
    const auto& way = options[*rc::gen::inRange<std::size_t>(0, options.size())];
    auto amount = way.most;
    if (tries < 5) amount = Money::of_minor(*rc::gen::inRange<std::int64_t>(1, way.most.minor() + 1));
    RC_ASSERT(till.run(RefundTender{way.kind, way.method, way.most + Money::of_minor(1), "R"}) == "tender.too_much");
    RC_ASSERT(till.run(RefundTender{way.kind, way.method, amount, "R"}).empty());
  }
}

constexpr int patience = 12;  // goes until what is left comes back at once

// However it was paid and whatever is exchanged for it: by no way of paying goes back more than was paid by it, and
// where nothing was exchanged, all of it does.
RC_GTEST_PROP(Returns, GiveMoneyBackTheWayItCame, ()) {
  RegisterAtWork till(access::Role::manager);
  till.machine.set_settings(any_settings());
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) ring_something(till);
  RC_ASSERT(till.run(BeginTender{}).empty());
  pay_somehow(till);
  RC_ASSERT(sale::check_arithmetic(*till.sold).has_value());
  sale::ReturnableSale sold{*till.sold, {}, {}, false, {}};
  Ways paid;
  add_ways(paid, sold.sale);
  bool exchanged = false;
  for (int goes = 1; till.run(BeginReturn{sold}).empty(); ++goes) {
    RC_ASSERT(goes <= patience + 1);
    if (goes > patience) {
      take_the_rest_back(till);
    } else {
      take_something_back(till);
    }
    if (*rc::gen::inRange(0, 6) == 0) {
      RC_ASSERT(till.run(SellInReturn{true}).empty());
      RC_ASSERT(till.scan(Shop::chips).empty());
      exchanged = true;
    }
    if (!till.run(BeginTender{}).empty()) {
      RC_ASSERT(till.run(VoidBasket{}).empty());
      continue;
    }
    pay_out_somehow(till);
    const auto checked = sale::check_arithmetic(*till.sold);
    RC_ASSERT(checked.has_value());
    sale::note_return(sold, *till.sold);
    if (till.sold->payable > Money()) continue;  // what was paid for the new goods is theirs
    add_ways(paid, *till.sold);
    for (const auto& [way, rest] : paid) RC_ASSERT(!rest.is_negative());
  }
  RC_ASSERT(till.view().message->code == "return.nothing_left");
  RC_ASSERT(sold.refunded == sold.sale.priced.total);
  if (!exchanged) {
    for (const auto& [way, rest] : paid) RC_ASSERT(rest.is_zero());
  }
  RC_CLASSIFY(sold.sale.tenders.size() > 1, "paid in several ways");
  RC_CLASSIFY(exchanged, "exchanged");
  RC_CLASSIFY(!sold.sale.cash_adjustment.is_zero(), "rounded");
}

// A void is all of it at once, whatever was sold and however it was paid.
RC_GTEST_PROP(Returns, AVoidGivesBackExactlyWhatWasPaid, ()) {
  RegisterAtWork till(access::Role::manager);
  till.machine.set_settings(any_settings());
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) ring_something(till);
  RC_ASSERT(till.run(BeginTender{}).empty());
  pay_somehow(till);
  sale::ReturnableSale sold{*till.sold, {}, {}, false, {}};
  Ways paid;
  add_ways(paid, sold.sale);
  RC_ASSERT(till.run(SignedIn{staff_member(access::Role::manager, 8)}).empty());
  RC_ASSERT(till.run(BeginVoid{sold, "rung_twice"}).empty());
  RC_ASSERT(till.run(BeginTender{}).empty());
  pay_out_somehow(till);
  RC_ASSERT(sale::check_arithmetic(*till.sold).has_value());
  sale::note_return(sold, *till.sold);
  RC_ASSERT(sold.refunded == sold.sale.priced.total);
  add_ways(paid, *till.sold);
  for (const auto& [way, rest] : paid) RC_ASSERT(rest.is_zero());
  RC_CLASSIFY(sold.sale.tenders.size() > 1, "paid in several ways");
  RC_CLASSIFY(!sold.sale.cash_adjustment.is_zero(), "rounded");
}

// Goods that were bought for goods that came back cost exactly the difference.
RC_GTEST_PROP(Returns, AnExchangeSettlesTheDifference, ()) {
  RegisterAtWork till(access::Role::manager);
  auto settings = any_settings();
  settings.cash_rounding = CashRounding::none;
  till.machine.set_settings(settings);
  const sale::ReturnableSale sold{any_sale(till), {}, {}, false, {}};
  RC_ASSERT(till.run(BeginReturn{sold}).empty());
  take_the_rest_back(till);
  const auto back = -till.view().total;
  RC_ASSERT(back == sold.sale.payable);
  RC_ASSERT(till.run(SellInReturn{true}).empty());
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) ring_something(till);
  RC_ASSERT(till.run(BeginTender{}).empty());
  const auto due = till.view().cash_due;
  RC_ASSERT(till.run(TenderCash{std::max(due, Money())}).empty());
  RC_ASSERT(sale::check_arithmetic(*till.sold).has_value());
  RC_ASSERT(sale::refund_of(till.sold->lines, till.sold->priced) == back);
  RC_ASSERT(sale::drawer_cash(*till.sold) == due);
  RegisterAtWork apart(access::Role::manager);
  apart.machine.set_settings(settings);
  apart.machine.restore([&] {
    auto only_sold = sale::basket_of(*till.sold);
    std::erase_if(only_sold.lines, [](const auto& line) { return line.returns.has_value(); });
    only_sold.returned_sale.reset();
    only_sold.tenders.clear();
    return only_sold;
  }());
  RC_ASSERT(apart.view().total - back == due);
}

// Some of the goods of one of the sales come back, others are taken for them or not. False: nothing was settled.
bool exchange_something(RegisterAtWork& till, std::vector<sale::ReturnableSale>& sales, std::size_t of) {
  if (!till.run(BeginReturn{sales[of]}).empty()) return false;
  take_something_back(till);
  if (*rc::gen::inRange(0, 4) != 0) {
    RC_ASSERT(till.run(SellInReturn{true}).empty());
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) ring_something(till);
  }
  if (!till.run(BeginTender{}).empty()) {
    RC_ASSERT(till.run(VoidBasket{}).empty());
    return false;
  }
  const auto due = till.view().cash_due;
  RC_ASSERT(till.run(TenderCash{std::max(due, Money())}).empty());
  const auto checked = sale::check_arithmetic(*till.sold);
  RC_ASSERT(checked.has_value());
  sale::note_return(sales[of], *till.sold);
  if (sale::sells_goods(*till.sold)) sales.push_back({*till.sold, {}, {}, false, {}});
  return true;
}

// Also what was taken in an exchange comes back, and what was taken for that: customers never get more than they have
// paid, and when the shop has all of its goods again they have all of their money.
RC_GTEST_PROP(Returns, WhatWasTakenInAnExchangeComesBackToo, ()) {
  RegisterAtWork till(access::Role::manager);
  till.machine.set_settings(any_settings());
  std::vector<sale::ReturnableSale> sales{{any_sale(till), {}, {}, false, {}}};
  Money drawer = sale::drawer_cash(sales.front().sale);
  for (int rounds = *rc::gen::inRange(1, 6); rounds > 0; --rounds) {
    const auto of = *rc::gen::inRange<std::size_t>(0, sales.size());
    if (exchange_something(till, sales, of)) drawer += sale::drawer_cash(*till.sold);
    RC_ASSERT(!drawer.is_negative());
  }
  for (auto& sold : sales) {
    const bool open = till.run(BeginReturn{sold}).empty();
    if (open) {
      take_the_rest_back(till);
      RC_ASSERT(till.run(BeginTender{}).empty());
      RC_ASSERT(till.run(TenderCash{}).empty());
      RC_ASSERT(sale::check_arithmetic(*till.sold).has_value());
      sale::note_return(sold, *till.sold);
      drawer += sale::drawer_cash(*till.sold);
      RC_ASSERT(!drawer.is_negative());
    }
    RC_ASSERT(sold.refunded == sale::sold_total(sold.sale));
  }
  RC_ASSERT(drawer.is_zero());
  RC_CLASSIFY(sales.size() > 2, "an exchange of an exchange, or several");
}

RC_GTEST_PROP(Returns, PayOutWhatWasPaid, ()) {
  RegisterAtWork till(access::Role::manager);
  till.machine.set_settings(any_settings());
  sale::ReturnableSale sold{any_sale(till), {}, {}, false};
  const auto paid = sold.sale.payable;
  Money back;
  int goes = 0;
  bool gift_stayed = false;
  while (till.run(BeginReturn{sold}).empty()) {
    RC_ASSERT(++goes <= patience + 1);
    if (goes > patience) {
      take_the_rest_back(till);
    } else {
      take_something_back(till);
    }
    if (!till.run(BeginTender{}).empty()) {
      const auto& refused = till.view().message->code;
      RC_ASSERT(refused == "register.empty_basket" || refused == "return.gift_stays");
      gift_stayed = gift_stayed || refused == "return.gift_stays";
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
  RC_CLASSIFY(gift_stayed, "a gift had to come back");
  RC_CLASSIFY(!sold.sale.cash_adjustment.is_zero(), "rounded");
  RC_CLASSIFY(!sold.sale.priced.discount.is_zero(), "something saved");
}

}  // namespace
}  // namespace lanekeeper::till::test
