#include "catalogue/item.h"

#include <gtest/gtest.h>

#include "catalogue/sale_hours.h"
#include "samples.h"

namespace lanekeeper::catalogue {
namespace {

using samples::time_at;
using samples::yuan;

std::string why_refused(const std::function<void(Item&)>& change) {
  auto item = samples::item();
  change(item);
  const auto result = validate(item);
  return result ? "" : result.error().code;
}

TEST(PriceAt, TheLatestThatHasBegunWins) {
  auto item = samples::item();
  item.prices = {{"regular", yuan("3.50"), std::nullopt, std::nullopt},
                 {"regular", yuan("2.99"), time_at("2026-11-20T00:00:00+08:00"), time_at("2026-11-23T00:00:00+08:00")},
                 {"regular", yuan("3.80"), time_at("2026-12-01T00:00:00+08:00"), std::nullopt},
                 {"member", yuan("2.50"), std::nullopt, std::nullopt}};
  const auto at = [&](std::string_view time) { return price_at(item, "regular", time_at(time).instant); };
  EXPECT_EQ(at("2026-11-19T23:59:59.999+08:00"), yuan("3.50"));
  EXPECT_EQ(at("2026-11-20T00:00:00+08:00"), yuan("2.99"));
  EXPECT_EQ(at("2026-11-22T23:59:59.999+08:00"), yuan("2.99"));
  EXPECT_EQ(at("2026-11-23T00:00:00+08:00"), yuan("3.50"));  // the end is exclusive
  EXPECT_EQ(at("2027-01-01T00:00:00+08:00"), yuan("3.80"));
  EXPECT_EQ(price_at(item, "member", Instant{0}), yuan("2.50"));
  EXPECT_EQ(price_at(item, "staff", Instant{0}), std::nullopt);
  item.prices.clear();
  EXPECT_EQ(at("2026-11-22T00:00:00+08:00"), std::nullopt);
}

TEST(RateOn, TheLatestThatHasBegun) {
  const TaxCategory category{
      1, "general", "A", {{samples::percent("16"), {2018, 5, 1}}, {samples::percent("13"), {2019, 4, 1}}}};
  EXPECT_EQ(rate_on(category, {2018, 4, 30}), Rate{});
  EXPECT_EQ(rate_on(category, {2019, 3, 31}), samples::percent("16"));
  EXPECT_EQ(rate_on(category, {2019, 4, 1}), samples::percent("13"));
}

TEST(Validate, AcceptsGoodItems) {
  EXPECT_TRUE(validate(samples::item()));
  EXPECT_EQ(why_refused([](Item& i) { i.prices.clear(); }), "");  // refused later, at the till
  EXPECT_EQ(why_refused([](Item& i) { i.codes.clear(); }), "");
  EXPECT_EQ(why_refused([](Item& i) { i.prices[0].amount = yuan("1000000.00"); }), "");
  EXPECT_EQ(why_refused([](Item& i) {
              i.name.clear();
              for (int k = 0; k < 120; ++k) i.name += "可";
            }),
            "");
}

TEST(Validate, NamesWhatIsWrong) {
  EXPECT_EQ(why_refused([](Item& i) { i.name = " 　"; }), "item.no_name");
  EXPECT_EQ(why_refused([](Item& i) { i.name = std::string(121, 'x'); }), "item.name_too_long");
  EXPECT_EQ(why_refused([](Item& i) { i.name = "a\nb"; }), "item.bad_characters");
  EXPECT_EQ(why_refused([](Item& i) { i.name = "a\xFF"; }), "item.bad_characters");
  EXPECT_EQ(why_refused([](Item& i) { i.number = ""; }), "item.no_number");
  EXPECT_EQ(why_refused([](Item& i) { i.number = std::string(33, '1'); }), "item.number_too_long");
  EXPECT_EQ(why_refused([](Item& i) { i.brand = std::string(61, 'x'); }), "item.text_too_long");
  EXPECT_EQ(why_refused([](Item& i) { i.prices[0].amount = yuan("-0.01"); }), "item.negative_price");
  EXPECT_EQ(why_refused([](Item& i) { i.cost = yuan("-0.01"); }), "item.negative_price");
  EXPECT_EQ(why_refused([](Item& i) { i.codes[1].pack_price = yuan("-1"); }), "item.negative_price");
  EXPECT_EQ(why_refused([](Item& i) { i.prices[0].amount = yuan("1000000.01"); }), "item.price_too_high");
  EXPECT_EQ(why_refused([](Item& i) { i.prices[0].list = ""; }), "item.no_price_list");
  EXPECT_EQ(why_refused([](Item& i) {
              i.prices[0].valid_from = time_at("2026-11-22T00:00:00+08:00");
              i.prices[0].valid_to = time_at("2026-11-22T00:00:00+08:00");
            }),
            "item.bad_period");
  EXPECT_EQ(why_refused([](Item& i) { i.codes[0].code = ""; }), "item.bad_code");
  EXPECT_EQ(why_refused([](Item& i) { i.codes[0].code = "12 34"; }), "item.bad_code");
  EXPECT_EQ(why_refused([](Item& i) { i.codes[0].code = std::string(65, '1'); }), "item.bad_code");
  EXPECT_EQ(why_refused([](Item& i) { i.codes[1].code = i.codes[0].code; }), "item.duplicate_code");
  EXPECT_EQ(why_refused([](Item& i) { i.codes[1].pack_quantity = Quantity{}; }), "item.bad_pack");
  EXPECT_EQ(why_refused([](Item& i) { i.codes[1].pack_quantity = samples::quantity("1.5"); }), "item.bad_pack");
  EXPECT_EQ(why_refused([](Item& i) { i.tare = samples::quantity("-0.1"); }), "item.bad_tare");
  EXPECT_EQ(why_refused([](Item& i) { i.minimum_age = -1; }), "item.bad_age");
  EXPECT_EQ(why_refused([](Item& i) { i.unit = static_cast<UnitOfMeasure>(9); }), "item.no_unit");
  EXPECT_EQ(why_refused([](Item& i) { i.codes.resize(201); }), "item.too_many_codes");
}

TEST(Validate, HoursAreTwoTimesOfTheDay) {
  EXPECT_EQ(why_refused([](Item& i) { i.sale_hours = SaleHours{0, 1439}; }), "");
  EXPECT_EQ(why_refused([](Item& i) { i.sale_hours = SaleHours{1320, 480}; }), "") << "over midnight";
  for (const auto& bad : {SaleHours{-1, 60}, SaleHours{60, 1440}, SaleHours{600, 600}}) {
    EXPECT_EQ(why_refused([&](Item& i) { i.sale_hours = bad; }), "item.bad_sale_hours");
  }
}

TEST(Validate, ADepositIsPlainGoods) {
  const auto deposit_with = [](const std::function<void(Item&)>& change) {
    return why_refused([&](Item& i) {
      i.unit = UnitOfMeasure::piece;
      i.minimum_age = 0;
      i.deposit = true;
      change(i);
    });
  };
  EXPECT_EQ(deposit_with([](Item&) {}), "");
  EXPECT_EQ(deposit_with([](Item& i) { i.unit = UnitOfMeasure::kilogram; }), "item.bad_deposit");
  EXPECT_EQ(deposit_with([](Item& i) { i.open_price = true; }), "item.bad_deposit");
  EXPECT_EQ(deposit_with([](Item& i) { i.minimum_age = 18; }), "item.bad_deposit");
  EXPECT_EQ(deposit_with([](Item& i) {
              i.deposit = false;
              i.minimum_age = 18;
            }),
            "");
}

TEST(SoldAt, FromTheFirstMinuteToBeforeTheLastByTheLocalTime) {
  const SaleHours day{8 * 60, 22 * 60};
  EXPECT_FALSE(sold_at(day, time_at("2026-11-20T07:59:59.999+08:00")));
  EXPECT_TRUE(sold_at(day, time_at("2026-11-20T08:00:00+08:00")));
  EXPECT_TRUE(sold_at(day, time_at("2026-11-20T21:59:59.999+08:00")));
  EXPECT_FALSE(sold_at(day, time_at("2026-11-20T22:00:00+08:00")));
  EXPECT_TRUE(sold_at(day, time_at("2026-11-20T08:00:00+01:00"))) << "whatever it is elsewhere";
  const SaleHours night{22 * 60, 6 * 60};
  EXPECT_TRUE(sold_at(night, time_at("2026-11-20T22:00:00+08:00")));
  EXPECT_TRUE(sold_at(night, time_at("2026-11-20T05:59:00+08:00")));
  EXPECT_FALSE(sold_at(night, time_at("2026-11-20T06:00:00+08:00")));
}

TEST(SaleHoursText, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(to_text({8 * 60, 22 * 60 + 5}), "08:00-22:05");
  for (const char* text : {"08:00-22:00", " 8:00 – 22:00", "08：00～22：00", "8:00至22:00", "8:00到22:00"}) {
    const auto hours = parse_sale_hours(text);
    ASSERT_TRUE(hours) << text;
    EXPECT_EQ(*hours, (SaleHours{480, 1320})) << text;
  }
  EXPECT_EQ(parse_sale_hours("18:00-24:00"), (SaleHours{1080, 0}));
  EXPECT_EQ(parse_sale_hours("22:30-06:00"), (SaleHours{1350, 360}));
  for (const char* text : {"", "-", "8-22", "08:00", "08:00-", "08:00-25:00", "08:60-09:00", "24:00-08:00",
                           "08:00-08:00", "00:00-24:00", "ab:cd-ef:gh", "008:00-09:00", "08:00-22:00-23:00"}) {
    const auto hours = parse_sale_hours(text);
    ASSERT_FALSE(hours) << text;
    EXPECT_EQ(hours.error().code, "item.bad_sale_hours") << text;
  }
}

}  // namespace
}  // namespace lanekeeper::catalogue
