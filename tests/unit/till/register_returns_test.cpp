// Goods that come back at the register.
#include <algorithm>

#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till::test {
namespace {

struct Returns : RegisterAtWork {
  sale::ReturnableSale sold_before;

  explicit Returns(access::Role role = access::Role::manager, RegisterSettings settings = settings_with_offers())
      : RegisterAtWork(role) {
    machine.set_settings(std::move(settings));
  }
  void sell(std::initializer_list<const char*> codes) {
    for (const auto* code : codes) EXPECT_EQ(scan(code), "");
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
    sold_before = {*sold, {}, {}, false};
  }
  std::string begin() { return run(BeginReturn{sold_before}); }
  // What goes out of the drawer.
  Money pay_out() {
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{}), "");
    EXPECT_TRUE(sale::check_arithmetic(*sold)) << sale::check_arithmetic(*sold).error().details[0].second;
    sale::note_return(sold_before, *sold);
    return sold->change;
  }
};

TEST(RegisterReturns, PayBackWhatWasAllocated) {
  Returns till;
  till.sell({Shop::chips, Shop::chips, Shop::milk});  // 7.90 + 3.95 + 49.90
  EXPECT_EQ(till.begin(), "");
  ASSERT_TRUE(till.view().returning);
  ASSERT_EQ(till.view().returning->lines.size(), 2u);
  EXPECT_EQ(till.view().returning->lines[0].net, yuan("11.85"));
  EXPECT_EQ(till.view().returning->lines[0].left, qty("2"));
  EXPECT_FALSE(till.view().last_sale);
  EXPECT_EQ(till.scan(Shop::milk), "return.goods_only");
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "return.goods_only");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::waste, "quality"}), "");
  EXPECT_EQ(till.view().returning->lines[0].left, qty("1"));
  EXPECT_EQ(till.view().lines[0].returned_line, 1);
  EXPECT_EQ(till.view().item_count, 1);
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.view().cash_due, till.view().total);
  EXPECT_LT(till.view().cash_due, Money());
  EXPECT_EQ(till.run(TenderCash{yuan("1")}), "return.pays_out");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_TRUE(std::holds_alternative<OpenDrawer>(till.effects[0]));
  EXPECT_TRUE(std::holds_alternative<PrintReceipt>(till.effects[1]));
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  EXPECT_EQ(till.sold->lines[0].returns->to, sale::ReturnedTo::waste);
  EXPECT_EQ(till.sold->payable, -till.sold->change);
  EXPECT_EQ(till.view().last_sale->payable, till.sold->payable);
  const auto first = till.sold->change;
  sale::note_return(till.sold_before, *till.sold);
  EXPECT_EQ(till.begin(), "");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(first + till.pay_out(), yuan("61.75"));
  EXPECT_EQ(till.begin(), "return.nothing_left");
  till.sold_before.sale = *till.sold;
  EXPECT_EQ(till.begin(), "return.is_return");
}

// Edge case 52: the sale has all that is needed.
TEST(RegisterReturns, GoodsThatAreNotInTheCatalogueAnyMoreComeBack) {
  Returns till;
  till.sell({Shop::chips, Shop::milk});
  till.shop.items.clear();
  EXPECT_EQ(till.begin(), "");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.view().lines[0].name, till.sold_before.sale.lines[1].name);
  EXPECT_EQ(till.pay_out(), yuan("49.90"));
}

// Edge cases 1 and 1b: of three for the price of two each goes back for its share, whichever comes first.
TEST(RegisterReturns, OfThreeForTwoEachIsWorthItsShare) {
  auto settings = shop_settings();
  pricing::NthOff free;
  free.count = 3;
  free.percent = Rate::of_per_10k(10'000);
  settings.promotions =
      pricing::PromotionCalendar({edition(1, "2026-11-01T00:00:00.000+08:00", {offer_on("3for2", {"N2"}, free)})});
  Returns till(access::Role::manager, settings);
  till.shop.named("脆叶薯片").prices[0].amount = yuan("13.99");
  till.sell({Shop::chips, Shop::chips, Shop::chips});
  ASSERT_EQ(till.sold->payable, yuan("27.98"));
  std::vector<Money> shares;
  Money back;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(till.begin(), "");
    EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
    shares.push_back(till.pay_out());
    back += shares.back();
  }
  std::sort(shares.begin(), shares.end());
  EXPECT_EQ(shares, (std::vector<Money>{yuan("9.32"), yuan("9.33"), yuan("9.33")}));
  EXPECT_EQ(back, yuan("27.98")) << "not a fen less";
  EXPECT_EQ(till.begin(), "return.nothing_left");
}

TEST(RegisterReturns, NeverMoreThanWasSold) {
  Returns till;
  till.sell({Shop::cola, Shop::cola});
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "return.not_begun");
  (void)till.begin();
  EXPECT_EQ(till.run(ReturnLine{1, qty("3"), sale::ReturnedTo::stock, "quality"}), "refund.more_than_sold");
  EXPECT_EQ(till.run(ReturnLine{1, qty("0"), sale::ReturnedTo::stock, "quality"}), "refund.bad_quantity");
  EXPECT_EQ(till.run(ReturnLine{1, qty("0.5"), sale::ReturnedTo::stock, "quality"}), "refund.bad_quantity");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "return.no_line");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "")
      << "what this basket takes already counts";
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "refund.more_than_sold");
  EXPECT_EQ(till.run(VoidLine{1}), "return.void_newest_first");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("9"), ""}), "return.as_sold");
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("2")}), "register.fixed_line");
  EXPECT_EQ(till.run(VoidLine{2}), "");
  EXPECT_EQ(till.run(VoidLine{1}), "");
  EXPECT_EQ(till.view().total, Money());
  EXPECT_EQ(till.run(ReturnLine{1, qty("2"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.pay_out(), yuan("6.00"));
}

TEST(RegisterReturns, WhoMayAndHowMuch) {
  Returns cashier(access::Role::cashier);
  cashier.sell({Shop::cola});
  EXPECT_EQ(cashier.begin(), "access.denied");
  Returns till(access::Role::supervisor);
  (void)till.run(PendingQuantity{qty("20")});
  till.sell({Shop::milk});
  (void)till.begin();
  EXPECT_EQ(till.run(ReturnLine{1, qty("20"), sale::ReturnedTo::stock, "quality"}), "return.over_limit");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.begin(), "register.basket_open");
  EXPECT_EQ(till.run(VoidBasket{}), "");
  EXPECT_FALSE(till.view().returning);
  EXPECT_EQ(till.scan(Shop::cola), "") << "selling goes on";
}

TEST(RegisterReturns, ABegunReturnWithoutGoodsCanBeGivenUp) {
  Returns till;
  till.sell({Shop::cola});
  (void)till.begin();
  EXPECT_EQ(till.run(BeginTender{}), "register.empty_basket");
  EXPECT_EQ(till.run(VoidBasket{}), "");
  EXPECT_FALSE(till.view().returning);
  (void)till.begin();
  EXPECT_EQ(till.run(SignOut{}), "");
  EXPECT_FALSE(till.view().returning);
}

TEST(RegisterReturns, TheTaxOnTopComesBackAsItWasSold) {
  auto settings = settings_with_offers();
  settings.tax_mode = pricing::TaxMode::exclusive;
  Returns till(access::Role::manager, settings);
  till.sell({Shop::milk, Shop::cola, Shop::cola});
  const auto paid = till.sold_before.sale.payable;
  auto other = settings;
  other.tax_mode = pricing::TaxMode::inclusive;
  other.taxes[0].rates[0].rate = Rate::of_per_10k(600);
  other.taxes.pop_back();
  till.machine.set_settings(other);
  (void)till.begin();
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.view().taxes[0].rate, Rate::of_per_10k(900)) << "a category that is gone from the store";
  const auto first = till.pay_out();
  (void)till.begin();
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(first + till.pay_out(), paid);
}

TEST(RegisterReturns, RoundingInCashAddsUpToWhatWasPaid) {
  auto settings = settings_with_offers();
  settings.cash_rounding = CashRounding::down_10;
  Returns till(access::Role::manager, settings);
  till.sell({Shop::chips, Shop::chips, Shop::cola});  // 14.85
  EXPECT_EQ(till.sold->payable, yuan("14.80"));
  Money back;
  for (const auto line : {2, 1, 1}) {
    (void)till.begin();
    EXPECT_EQ(till.run(ReturnLine{line, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
    back += till.pay_out();
  }
  EXPECT_EQ(back, yuan("14.80"));
}

TEST(RegisterReturns, ARestoredReturnCanBePaidOutOrGoOnWhenItsSaleIsFound) {
  Returns till;
  till.sell({Shop::chips, Shop::chips});
  (void)till.begin();
  (void)till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"});
  const auto stored = till.machine.basket();
  RegisterAtWork after(access::Role::manager);
  after.machine.set_settings(settings_with_offers());
  after.machine.restore(stored);
  EXPECT_EQ(after.machine.basket(), stored);
  EXPECT_EQ(after.view().total, till.view().total);
  ASSERT_TRUE(after.view().returning);
  EXPECT_TRUE(after.view().returning->lines.empty());
  EXPECT_EQ(after.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "return.sale_missing");
  EXPECT_EQ(after.run(Scan{Shop::milk, {}}), "return.goods_only");
  auto other = till.sold_before;
  other.sale.id.bytes[0] ^= 1;
  after.machine.resume_return(other);
  EXPECT_TRUE(after.view().returning->lines.empty()) << "another sale";
  after.machine.resume_return(till.sold_before);
  EXPECT_EQ(after.view().returning->lines[0].left, qty("1"));
  EXPECT_EQ(after.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(after.run(BeginTender{}), "");
  EXPECT_EQ(after.run(TenderCash{}), "");
  EXPECT_EQ(after.sold->change, yuan("11.85"));
}

TEST(RegisterReturns, AFailedCommitKeepsTheReturn) {
  Returns till;
  till.sell({Shop::cola});
  (void)till.begin();
  (void)till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"});
  (void)till.run(BeginTender{});
  const auto before = till.machine.basket();
  auto outcome = till.machine.handle(TenderCash{}, till.moment());
  EXPECT_TRUE(std::holds_alternative<CommitSale>(outcome.effects.front()));
  EXPECT_FALSE(till.machine.sale_commit_failed({"journal.disk_full", "", {}}).result);
  EXPECT_EQ(till.machine.basket(), before);
  EXPECT_EQ(till.pay_out(), yuan("3.00"));
}

}  // namespace
}  // namespace lanekeeper::till::test
