// What goods cost: prices that are only asked for, and by which clock prices and offers hold.
#include "offers.h"
#include "whole_lane.h"

namespace lanekeeper::till::test {
namespace {

struct WithOffers : WholeLane {
  WithOffers() {
    till.replica.calendar = usual_calendar();
    lane().profile_changed();
  }
  Lane::PriceCheck check(const std::string& code) {
    const auto found = lane().check_price(code);
    EXPECT_TRUE(found) << code << ": " << found.error().code;
    if (!found || found->size() != 1) return {};
    return found->front();
  }
  std::string refused(const std::string& code) {
    const auto found = lane().check_price(code);
    return found ? std::string() : found.error().code;
  }
};

std::string label(std::string digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

TEST(LanePriceCheck, TheRegularPriceAndWhatMoreWouldBring) {
  WithOffers work;
  const auto chips = work.check(Shop::chips);
  EXPECT_EQ(chips.item.name, "脆叶薯片");
  EXPECT_EQ(chips.item.code, Shop::chips);
  EXPECT_EQ(chips.quantity, qty("1"));
  EXPECT_EQ(chips.regular, yuan("7.90"));
  EXPECT_EQ(chips.today, yuan("7.90"));
  ASSERT_EQ(chips.offers.size(), 1u);
  EXPECT_EQ(chips.offers[0].promotion, "chips");
  EXPECT_EQ(chips.offers[0].missing_pieces, 1);
}

TEST(LanePriceCheck, OfTheMemberOfTheRunningSaleWhichStaysAsItIs) {
  WithOffers work;
  work.sign_in();
  EXPECT_EQ(work.check(Shop::milk).today, yuan("49.90"));
  ASSERT_EQ(work.scan(Shop::chips), "");
  ASSERT_EQ(work.run(IdentifyMember{some_member()}), "");
  const auto saved = work.till.journal.basket;
  const auto entries = work.till.journal.controls.size();
  const auto milk = work.check(Shop::milk);
  EXPECT_EQ(milk.regular, yuan("49.90"));
  EXPECT_EQ(milk.today, yuan("45.90"));
  ASSERT_EQ(milk.savings.size(), 1u);
  EXPECT_EQ(milk.savings[0].name, "milk名");
  EXPECT_EQ(work.view().total, yuan("7.90"));
  EXPECT_EQ(work.till.journal.basket, saved);
  EXPECT_EQ(work.till.journal.controls.size(), entries);
  EXPECT_EQ(work.message(), "");
}

TEST(LanePriceCheck, LabelsPacksWeighedGoodsAndAges) {
  WithOffers work;
  const auto by_amount = work.check(label("210061202191"));
  EXPECT_EQ(by_amount.regular, yuan("21.91"));
  EXPECT_EQ(by_amount.item.price, yuan("35.80"));
  const auto by_weight = work.check(label("220030100428"));
  EXPECT_EQ(by_weight.quantity, qty("0.428"));
  EXPECT_EQ(by_weight.regular, yuan("2.55"));
  const auto greens = work.check("301");
  EXPECT_EQ(greens.quantity, qty("1"));
  EXPECT_EQ(greens.regular, yuan("5.96"));
  EXPECT_EQ(work.check(Shop::beer).regular, yuan("5.00")) << "nobody has to be of age to ask";
  const auto crate = work.check(Shop::beer_case);
  EXPECT_EQ(crate.quantity, qty("12"));
  EXPECT_EQ(crate.regular, yuan("54.00"));
}

TEST(LanePriceCheck, SeveralGoodsOfOneCodeAndThoseThatHaveNoPrice) {
  WithOffers work;
  const auto both = work.lane().check_price(Shop::twice);
  ASSERT_TRUE(both);
  ASSERT_EQ(both->size(), 2u);
  EXPECT_EQ(both->at(0).today, yuan("8.80"));
  EXPECT_EQ(both->at(1).today, yuan("9.90"));
  EXPECT_EQ(work.refused(Shop::unpriced), "item.no_price");
  EXPECT_EQ(work.refused(Shop::blocked), "item.blocked");
  EXPECT_EQ(work.refused("6909999999996"), "barcode.unknown");
  EXPECT_EQ(work.refused("WELCOME"), "barcode.unknown") << "a coupon is no goods";
  work.till.shop.named("没价的").open_price = true;
  const auto open = work.check(Shop::unpriced);
  EXPECT_TRUE(open.item.open_price);
  EXPECT_EQ(open.today, Money());
  const auto by_item = work.lane().check_price(work.till.shop.named("可乐").id);
  ASSERT_TRUE(by_item);
  EXPECT_EQ(by_item->today, yuan("3.00"));
}

TEST(LanePriceCheck, AlsoOfGoodsThatAreNotSoldAtThisTime) {
  WithOffers work;
  work.sign_in();
  auto& beer = work.till.shop.named("青岭啤酒");
  beer.sale_hours = catalogue::SaleHours{0, 1};
  EXPECT_EQ(work.scan(Shop::beer), "item.not_now");
  EXPECT_EQ(work.check(Shop::beer).regular, yuan("5.00"));
  const auto by_item = work.lane().check_price(beer.id);
  ASSERT_TRUE(by_item);
  EXPECT_EQ(by_item->today, yuan("5.00"));
}

// ---- the store's time ----

struct AheadOfTheStore : WholeLane {
  AheadOfTheStore() {
    till.replica.calendar = pricing::PromotionCalendar(
        {edition(6, "2026-11-01T00:00:00.000+08:00", {}), edition(7, "2026-11-20T12:00:00.000+08:00")});
    auto& milk = till.shop.named("晨牧纯牛奶");
    milk.prices.push_back(
        {"regular", yuan("39.90"), ZonedTime::parse("2026-11-20T12:00:00.000+08:00").value(), std::nullopt});
    till.clock.time = ZonedTime::parse("2026-11-20T12:45:00.000+08:00").value();
    open();
  }
  void clock_is_ahead(std::int64_t seconds) {
    LinkStatus status;
    status.state = LinkStatus::State::online;
    status.clock_ahead_s = seconds;
    lane().link_changed(status);
  }
};

TEST(LaneStoreTime, AClockThatIsTwoHoursAheadStartsNoOfferEarly) {
  AheadOfTheStore work;
  work.clock_is_ahead(2 * 3600);
  work.sign_in();
  EXPECT_EQ(work.lane().now().to_string(), "2026-11-20T10:45:00.000+08:00");
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.view().total, yuan("15.80"));
  EXPECT_EQ(work.lane().check_price(Shop::milk)->front().regular, yuan("49.90"));
  EXPECT_EQ(work.run(BeginTender{}), "");
  EXPECT_EQ(work.run(TenderCash{work.view().cash_due}), "");
  ASSERT_EQ(work.till.journal.sales.size(), 1u);
  EXPECT_EQ(work.till.journal.sales[0].completed_at.to_string(), "2026-11-20T10:45:00.000+08:00");
  work.clock_is_ahead(0);
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.view().total, yuan("11.85")) << "it was right after all";
  EXPECT_EQ(work.lane().check_price(Shop::milk)->front().regular, yuan("39.90"));
}

TEST(LaneStoreTime, TheBusinessDateIsTheStoresToo) {
  AheadOfTheStore work;
  work.till.clock.time = ZonedTime::parse("2026-11-21T00:30:00.000+08:00").value();
  work.clock_is_ahead(3600);
  work.sign_in();
  work.sell();
  EXPECT_EQ(work.till.journal.sales.at(0).business_date.to_string(), "2026-11-20");
}

}  // namespace
}  // namespace lanekeeper::till::test
