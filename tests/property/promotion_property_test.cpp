// What must hold of every basket under every set of promotions, over random ones of up to 60 lines.
#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "pricing/engine.h"
#include "pricing/price.h"
#include "pricing/refund.h"
#include "pricing/use_limits.h"
#include "samples.h"

namespace lanekeeper::pricing {
namespace {

constexpr int categories = 8;
constexpr int items = 90;

int roll(int least, int most) {
  return *rc::gen::inRange(least, most + 1);
}
bool one_in(int sides) {
  return roll(1, sides) == 1;
}
Rate some_percent() {
  return Rate::of_per_10k(*rc::gen::element(500, 1000, 1250, 2000, 3333, 5000, 10'000));
}
Money some_amount(int least, int most) {
  return Money::of_minor(roll(least, most));
}

// An item's price, category and brand follow from its number.
GoodsLine goods_line(int number) {
  GoodsLine line;
  line.item = "item" + std::to_string(number);
  line.category = "cat" + std::to_string(number % categories);
  line.brand = number % 5 == 0 ? "" : "brand" + std::to_string(number % 5);
  line.unit_price = Money::of_minor(99 + number * 137 % 4'900);
  line.weighed = number % 9 == 0;
  line.quantity = line.weighed ? Quantity::of_milli(roll(50, 2'500)) : Quantity::of_units(one_in(2) ? 1 : roll(1, 5));
  return line;
}

Goods some_goods(int most_lines) {
  Goods goods;
  goods.time = samples::time_at("2026-11-22T10:00:00+08:00");
  if (!one_in(3)) goods.member = Member{one_in(2) ? std::optional<std::string>("gold") : std::nullopt, one_in(4)};
  for (int left = roll(1, most_lines); left > 0; --left) goods.lines.push_back(goods_line(roll(0, items - 1)));
  return goods;
}

Scope some_scope() {
  Scope scope;
  switch (roll(0, 5)) {
    case 0:
      scope.all = true;
      scope.exclude_items.push_back("item" + std::to_string(roll(0, items - 1)));
      break;
    case 1:
      scope.brands.push_back("brand" + std::to_string(roll(1, 4)));
      break;
    case 2:
      for (int i = 0; i < 6; ++i) scope.items.push_back("item" + std::to_string(roll(0, items - 1)));
      break;
    default:
      scope.categories.push_back("cat" + std::to_string(roll(0, categories - 1)));
  }
  return scope;
}

Offer item_offer() {
  switch (roll(0, 5)) {
    case 0:
      return FixedPrice{some_amount(100, 3'000), false};
    case 1:
      return PercentOff{some_percent(), false};
    case 2:
      return AmountOff{some_amount(1, 500)};
    case 3: {
      const int count = roll(2, 4);
      return Multibuy{count, some_amount(300 * count, 2'500 * count)};
    }
    case 4:
      return NthOff{roll(2, 3), some_percent()};
    default:
      return Bundle{{{some_scope(), 1}, {some_scope(), roll(1, 2)}}, TogetherAmount{some_amount(50, 900)}};
  }
}

Promotion named(std::string id, Layer layer, Offer offer) {
  Promotion promotion;
  promotion.id = std::move(id);
  promotion.layer = layer;
  promotion.offer = std::move(offer);
  if (!std::holds_alternative<Bundle>(promotion.offer)) promotion.scope = some_scope();
  promotion.audience.members = one_in(6);
  if (one_in(5)) promotion.max_per_basket = roll(1, 3);
  if (promotion.audience.members && one_in(3)) promotion.max_per_member_day = roll(1, 3);
  if (one_in(8)) promotion.max_total = roll(1, 4);
  return promotion;
}

std::vector<Promotion> item_promotions(int most) {
  std::vector<Promotion> promotions;
  for (int left = roll(0, most); left > 0; --left) {
    promotions.push_back(named("p" + std::to_string(100 + left), Layer::item, item_offer()));
  }
  return promotions;
}

Spend some_spend() {
  Spend spend;
  spend.tiers.push_back({some_amount(1, 20'000), some_amount(1, 1'500)});
  if (one_in(3)) spend.tiers.front().off = some_percent();
  spend.excludes_offers = one_in(3);
  return spend;
}

// Something of every layer.
void add_later_layers(std::vector<Promotion>& promotions, Goods& goods) {
  for (int i = roll(0, 2); i > 0; --i) {
    auto spend = some_spend();
    spend.every = one_in(2);
    promotions.push_back(named("s" + std::to_string(i), Layer::basket, spend));
  }
  if (one_in(3)) {
    Gift gift{some_amount(1, 8'000), one_in(2), goods.lines.front().item, some_amount(0, 100), false};
    promotions.push_back(named("gift", Layer::basket, gift));
  }
  if (one_in(2)) promotions.push_back(named("member", Layer::member, PercentOff{some_percent(), one_in(2)}));
  for (int i = roll(0, 2); i > 0; --i) {
    auto coupon = named("c" + std::to_string(i), Layer::coupon, some_spend());
    coupon.coupon = CouponCodes{{"CODE" + std::to_string(i)}, "99", 4};
    promotions.push_back(std::move(coupon));
  }
  for (const auto* code : {"CODE1", "9901", "CODE1", "9902", "CODE2"}) {
    if (one_in(2)) goods.coupons.emplace_back(code);
  }
  for (auto& line : goods.lines) {
    if (one_in(12)) line.by_hand = ByHand{some_percent()};
    if (one_in(12)) line.by_hand = ByHand{some_amount(1, 300)};
    line.no_discount = one_in(15);
    if (one_in(15)) line.quantity = -line.quantity;
  }
  if (one_in(3)) goods.by_hand = ByHand{some_amount(1, 2'000)};
  if (one_in(4)) goods.uses_left.push_back({promotions.empty() ? "none" : promotions.front().id, roll(0, 2)});
}

PricedGoods priced(std::vector<Promotion> promotions, const Goods& goods) {
  PricingOptions options;
  options.max_work = 200'000;  // enough for nearly all of these, and quick where it is not
  return price_goods(PromotionIndex::compile(std::move(promotions)).value(), goods, options).value();
}

Money sum_of(const std::vector<UnitNets>& units) {
  Money sum;
  for (const auto& run : units) {
    for (std::int64_t i = 0; i < run.count; ++i) sum += run.net;
  }
  return sum;
}

void check_lines(const Goods& goods, const PricedGoods& result) {
  Money gross;
  Money net;
  for (std::size_t i = 0; i < result.lines.size(); ++i) {
    const auto& line = result.lines[i];
    gross += line.gross;
    net += line.net;
    Money discounts;
    for (const auto& discount : line.discounts) {
      RC_ASSERT(discount.amount > Money{});
      discounts += discount.amount;
    }
    RC_ASSERT(line.net == line.gross - discounts);
    const bool takes_part = goods.lines[i].quantity > Quantity{} && !goods.lines[i].no_discount;
    RC_ASSERT(line.units.empty() == !takes_part);
    if (!takes_part) RC_ASSERT(line.discounts.empty());
    if (takes_part) RC_ASSERT(sum_of(line.units) == line.net);
    for (const auto& run : line.units) RC_ASSERT(!run.net.is_negative());
  }
  RC_ASSERT(result.gross == gross);
  RC_ASSERT(result.net == net);
  RC_ASSERT(result.discount == gross - net);
}

RC_GTEST_PROP(PromotionProperty, EverySumHoldsInEveryLayer, ()) {
  auto goods = some_goods(60);
  auto promotions = item_promotions(8);
  add_later_layers(promotions, goods);
  const auto result = priced(promotions, goods);
  check_lines(goods, result);
  std::map<std::pair<std::size_t, std::string>, Money> by_line;
  std::map<std::string, std::int64_t> uses;
  Layer last = Layer::item;
  for (const auto& application : result.applications) {
    RC_ASSERT(application.layer >= last);
    last = application.layer;
    uses[application.promotion] += application.uses;
    Money parts;
    for (const auto& part : application.parts) {
      parts += part.saving;
      by_line[{part.line, application.promotion}] += part.saving;
    }
    RC_ASSERT(parts == application.saving);
  }
  std::erase_if(by_line, [](const auto& entry) { return entry.second.is_zero(); });
  std::size_t discounts = 0;
  for (std::size_t i = 0; i < result.lines.size(); ++i) {
    for (const auto& discount : result.lines[i].discounts) {
      RC_ASSERT((by_line[{i, discount.promotion}]) == discount.amount);
      ++discounts;
    }
  }
  RC_ASSERT(discounts == by_line.size());
  const UseLimits limits(goods.uses_left);
  for (const auto& promotion : promotions) {
    const auto limit = limits.of(promotion);
    if (limit) RC_ASSERT(uses[promotion.id] <= *limit);
  }
  Money by_coupons;
  Money of_coupon_layer;
  for (const auto& outcome : result.coupons) by_coupons += outcome.saving;
  for (const auto& application : result.applications) {
    if (application.layer == Layer::coupon) of_coupon_layer += application.saving;
  }
  RC_ASSERT(by_coupons == of_coupon_layer);
}

RC_GTEST_PROP(PromotionProperty, TheOrderOfLinesAndPromotionsChangesNoTotal, ()) {
  auto goods = some_goods(40);
  auto promotions = item_promotions(6);
  const auto first = priced(promotions, goods);
  std::mt19937 shuffler(static_cast<unsigned>(roll(0, 1'000'000)));
  std::shuffle(goods.lines.begin(), goods.lines.end(), shuffler);
  std::shuffle(promotions.begin(), promotions.end(), shuffler);
  const auto second = priced(promotions, goods);
  RC_ASSERT(first.optimal == second.optimal);
  RC_ASSERT(first.net == second.net);
  RC_ASSERT(first.applications.size() == second.applications.size());
}

RC_GTEST_PROP(PromotionProperty, AnotherOfferOnGoodsNeverCostsTheCustomerMore, ()) {
  const auto goods = some_goods(40);
  auto promotions = item_promotions(6);
  const auto fewer = priced(promotions, goods);
  promotions.push_back(named("another", Layer::item, item_offer()));
  const auto more = priced(promotions, goods);
  RC_PRE(more.optimal);
  RC_ASSERT(more.net <= fewer.net);
}

RC_GTEST_PROP(PromotionProperty, AnotherItemNeverLowersWhatOffersOnGoodsSave, ()) {
  auto goods = some_goods(40);
  const auto promotions = item_promotions(6);
  const auto before = priced(promotions, goods);
  goods.lines.push_back(goods_line(roll(0, items - 1)));
  const auto after = priced(promotions, goods);
  RC_PRE(after.optimal);
  RC_ASSERT(after.discount >= before.discount);
}

// Sold or given back, wherever it stands: everything else costs what it costs without it.
RC_GTEST_PROP(PromotionProperty, ADepositChangesNothingElse, ()) {
  auto goods = some_goods(40);
  auto promotions = item_promotions(6);
  add_later_layers(promotions, goods);
  const auto without = priced(promotions, goods);
  GoodsLine deposit = goods.lines.front();
  deposit.no_discount = true;
  deposit.weighed = false;
  deposit.by_hand.reset();
  deposit.unit_price = some_amount(1, 500);
  deposit.quantity = Quantity::of_units(one_in(2) ? roll(1, 24) : -roll(1, 24));
  deposit.fixed_amount.reset();
  const auto amount = multiply(deposit.unit_price, deposit.quantity).value();
  if (amount.is_negative()) deposit.fixed_amount = amount;
  const auto at = roll(0, static_cast<int>(goods.lines.size()));
  goods.lines.insert(goods.lines.begin() + at, deposit);
  const auto with = priced(promotions, goods);
  RC_ASSERT(with.optimal == without.optimal);
  RC_ASSERT(with.net == without.net + amount);
  RC_ASSERT(with.discount == without.discount);
  auto lines = with.lines;
  RC_ASSERT(lines[static_cast<std::size_t>(at)].net == amount);
  lines.erase(lines.begin() + at);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    RC_ASSERT(lines[i].net == without.lines[i].net);
    RC_ASSERT(lines[i].discounts == without.lines[i].discounts);
  }
}

RC_GTEST_PROP(PromotionProperty, APriceOfTheirOwnIsAnOfferLikeAnyOther, ()) {
  const auto plain = some_goods(30);
  const auto promotions = item_promotions(5);
  auto with_prices = plain;
  std::map<std::string, Promotion> offers;
  for (auto& line : with_prices.lines) {
    if (std::stoi(line.item.substr(4)) % 3 != 0) continue;
    line.list_price = line.unit_price - Money::of_minor(line.unit_price.minor() / 7);
    auto& offer = offers[line.item];
    offer.id = "own " + line.item;
    offer.scope.items = {line.item};
    offer.offer = FixedPrice{*line.list_price, false};
  }
  auto with_offers = promotions;
  for (const auto& [item, offer] : offers) with_offers.push_back(offer);
  const auto first = priced(promotions, with_prices);
  const auto second = priced(with_offers, plain);
  RC_PRE(first.optimal && second.optimal);
  RC_ASSERT(first.net == second.net);
  RC_ASSERT(first.applications.size() == second.applications.size());
}

sale::Basket as_basket(const Goods& goods) {
  std::vector<sale::BasketLine> lines;
  for (const auto& line : goods.lines) {
    auto& out = lines.emplace_back(samples::line(static_cast<std::int64_t>(lines.size()) + 1, "0", "1", roll(1, 3)));
    out.item_number = line.item;
    out.brand = line.brand;
    out.category = std::stoll(line.category.substr(3)) + 1;
    out.quantity = line.quantity;
    out.unit = line.weighed ? catalogue::UnitOfMeasure::kilogram : catalogue::UnitOfMeasure::piece;
    out.unit_price = line.unit_price;
    out.discount_blocked = one_in(12);
    if (one_in(4)) out.list_prices = {{"member", line.unit_price - Money::of_minor(line.unit_price.minor() / 9)}};
    if (!line.weighed && one_in(10)) out.fixed_amount = some_amount(0, 4'000);
  }
  auto basket = samples::basket(lines);
  if (goods.member) basket.member = sale::MemberRef{1, "M1", "王*", goods.member->tier, goods.member->birthday};
  return basket;
}

// Categories are numbers at the till.
PromotionIndex for_till(std::vector<Promotion> promotions) {
  const auto rename = [](Scope& scope) {
    for (auto& category : scope.categories) category = std::to_string(std::stoll(category.substr(3)) + 1);
  };
  for (auto& promotion : promotions) {
    rename(promotion.scope);
    if (auto* bundle = std::get_if<Bundle>(&promotion.offer)) {
      for (auto& group : bundle->groups) rename(group.scope);
    }
  }
  return PromotionIndex::compile(std::move(promotions)).value();
}

struct Rung {
  sale::Basket basket;
  sale::PricedBasket priced;
  TaxMode mode = TaxMode::inclusive;
};

Rung some_sale() {
  Rung rung;
  const auto goods = some_goods(25);
  auto promotions = item_promotions(5);
  promotions.push_back(named("spend", Layer::basket, some_spend()));
  rung.basket = as_basket(goods);
  rung.mode = *rc::gen::element(TaxMode::inclusive, TaxMode::exclusive);
  rung.priced = price(rung.basket, for_till(promotions), samples::context(rung.mode)).value();
  return rung;
}

RC_GTEST_PROP(PromotionProperty, TaxesAddUp, ()) {
  const auto rung = some_sale();
  const auto& result = rung.priced;
  std::map<catalogue::TaxCategoryId, Money> tax_of;
  std::map<catalogue::TaxCategoryId, Money> net_of;
  for (std::size_t i = 0; i < result.lines.size(); ++i) {
    tax_of[rung.basket.lines[i].tax_category] += result.lines[i].tax;
    net_of[rung.basket.lines[i].tax_category] += result.lines[i].net;
    RC_ASSERT(!result.lines[i].tax.is_negative());
  }
  RC_ASSERT(result.taxes.size() == tax_of.size());
  Money tax;
  for (const auto& total : result.taxes) {
    RC_ASSERT(total.tax == tax_of[total.tax_category]);
    const auto net = net_of[total.tax_category];
    if (rung.mode == TaxMode::inclusive) {
      RC_ASSERT(total.taxable + total.tax == net);
      RC_ASSERT(total.tax == tax_included(net, total.rate));
    } else {
      RC_ASSERT(total.taxable == net);
      RC_ASSERT(total.tax == share(net, total.rate, Rounding::half_up));
    }
    tax += total.tax;
  }
  RC_ASSERT(result.total == (rung.mode == TaxMode::inclusive ? result.net : result.net + tax));
}

// What is left of a line to come back, and a random part of it.
struct Left {
  const sale::BasketLine* line = nullptr;
  const sale::PricedLine* priced = nullptr;
  Quantity back;

  [[nodiscard]] bool any() const { return back < line->quantity; }
  [[nodiscard]] Quantity some() const {
    const auto step = line->unit == catalogue::UnitOfMeasure::piece ? 1'000 : 1;
    return Quantity::of_milli(roll(1, static_cast<int>((line->quantity - back).milli() / step)) * step);
  }
};

// The goods of a sale come back in any parts, in any order, in any number of goes, each paid out in cash.
RC_GTEST_PROP(PromotionProperty, ReturnsSumToWhatWasPaid, ()) {
  const auto rung = some_sale();
  sale::ReturnedSale sold;
  sold.total = rung.priced.total;
  sold.cash_rounding =
      *rc::gen::element(CashRounding::none, CashRounding::nearest_5, CashRounding::nearest_10, CashRounding::down_10);
  sold.cash_adjustment = cash_rounding_adjustment(sold.total, sold.cash_rounding);
  const auto paid = sold.total + sold.cash_adjustment;
  std::vector<Left> left;
  for (std::size_t i = 0; i < rung.priced.lines.size(); ++i) {
    left.push_back({&rung.basket.lines[i], &rung.priced.lines[i], {}});
  }
  Money given;
  Money tax;
  while (!left.empty()) {
    Money refund;
    for (int parts = roll(1, 12); parts > 0 && !left.empty(); --parts) {
      const auto place = static_cast<std::size_t>(roll(0, static_cast<int>(left.size()) - 1));
      auto& from = left[place];
      const auto now = from.some();
      const auto part = refund_line(*from.line, *from.priced, from.back, now).value();
      RC_ASSERT(!part.amount.is_negative());
      refund += part.amount + (rung.mode == TaxMode::exclusive ? part.tax : Money{});
      tax += part.tax;
      from.back = from.back + now;
      if (!from.any()) left.erase(left.begin() + static_cast<std::ptrdiff_t>(place));
    }
    if (refund.is_zero()) continue;
    const auto out = refund - sale::refund_adjustment(sold, refund);
    RC_ASSERT(!out.is_negative());
    sold.refunded_before += refund;
    given += out;
    RC_ASSERT(given <= paid);
  }
  RC_ASSERT(given == paid);
  Money tax_of_sale;
  for (const auto& total : rung.priced.taxes) tax_of_sale += total.tax;
  RC_ASSERT(tax == tax_of_sale);
}

}  // namespace
}  // namespace lanekeeper::pricing
