// Strict reading: every mistake is named with its place, and rubbish never does more than that.
#include "pricing/promotion_json.h"

#include <gtest/gtest.h>

#include "pricing/price_case.h"

namespace lanekeeper::pricing {
namespace {

struct Refused {
  const char* text;
  const char* code;
  const char* at;
};

TEST(PromotionJson, NamesThePlaceOfWhatIsWrong) {
  const Refused cases[] = {
      {R"({})", "json.missing", "/promotions"},
      {R"([{}])", "json.missing", "/0/id"},
      {R"([{"id":"","kind":"multibuy"}])", "json.range", "/0/id"},
      {R"([{"id":1,"kind":"multibuy"}])", "json.type", "/0/id"},
      {R"([{"id":"a","kind":"magic","scope":{}}])", "promotion.unknown_kind", "/0/kind"},
      {R"([{"id":"a","kind":"multibuy","count":3,"price":"1"}])", "json.missing", "/0/scope"},
      {R"([{"id":"a","kind":"multibuy","count":0,"price":"1","scope":{}}])", "json.range", "/0/count"},
      {R"([{"id":"a","kind":"multibuy","count":2.5,"price":"1","scope":{}}])", "json.range", "/0/count"},
      {R"([{"id":"a","kind":"multibuy","count":2,"price":1,"scope":{}}])", "json.type", "/0/price"},
      {R"([{"id":"a","kind":"multibuy","count":2,"price":"-1","scope":{}}])", "json.range", "/0/price"},
      {R"([{"id":"a","kind":"multibuy","count":2,"price":"1.001","scope":{}}])", "money.bad_amount", "/0/price"},
      {R"([{"id":"a","kind":"percent_off","percent":100.5,"scope":{}}])", "json.range", "/0/percent"},
      {R"([{"id":"a","kind":"percent_off","percent":1.005,"scope":{}}])", "json.range", "/0/percent"},
      {R"([{"id":"a","kind":"percent_off","percent":"5","scope":{}}])", "json.type", "/0/percent"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"layer":"basket","scope":{}}])", "promotion.bad_layer",
       "/0/layer"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{"item":["x"]}}])", "json.unknown_member",
       "/0/scope/item"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{"items":["x",3]}}])", "json.type", "/0/scope/items/1"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"stacks":true,"scope":{}}])", "json.unknown_member", "/0/stacks"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"percent":6,"scope":{}}])", "json.repeated_member", "/0/percent"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"max_per_basket":0}])", "json.range",
       "/0/max_per_basket"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"schedule":{"from":"2026-02-30"}}])", "time.bad_date",
       "/0/schedule/from"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"schedule":{"weekdays":[8]}}])", "json.range",
       "/0/schedule/weekdays/0"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"schedule":{"hours":["8:00","09:00"]}}])",
       "promotion.bad_schedule", "/0/schedule/hours"},
      {R"([{"id":"a","kind":"bundle","groups":[],"price":"1"}])", "json.range", "/0/groups"},
      {R"([{"id":"a","kind":"bundle","groups":[{"scope":{},"count":1}],"price":"1","amount":"1"}])",
       "promotion.bad_value", "/0"},
      {R"([{"id":"a","kind":"bundle","groups":[{"scope":{},"count":1}]}])", "promotion.bad_value", "/0"},
      {R"([{"id":"a","kind":"spend","threshold":"0","amount":"1","every":true,"scope":{}}])", "json.range",
       "/0/threshold"},
      {R"([{"id":"a","kind":"spend","tiers":[{"threshold":"1"}],"scope":{}}])", "promotion.bad_value", "/0/tiers/0"},
      {R"([{"id":"a","kind":"gift","when":{},"item":"x","price":"0","scope":{}}])", "promotion.bad_value", "/0/when"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{}},{"id":"a","kind":"percent_off","percent":5,"scope":{}}])",
       "promotion.duplicate_id", "/1/id"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"name":"a\nb"}])", "json.range", "/0/name"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"audience":{"birthday":1}}])", "json.type",
       "/0/audience/birthday"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"max_per_member_day":1}])", "promotion.members_only",
       "/0/max_per_member_day"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"max_total":0}])", "json.range", "/0/max_total"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"scope":{},"coupon":{"codes":["x"]}}])", "json.unknown_member",
       "/0/coupon"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"layer":"coupon","scope":{}}])", "promotion.bad_layer",
       "/0/layer"},
      {R"([{"id":"a","kind":"percent_off","percent":5,"layer":"manual","scope":{}}])", "promotion.bad_layer",
       "/0/layer"},
      {R"([{"id":"a","kind":"spend","layer":"coupon","threshold":"0","amount":"1","scope":{}}])", "json.missing",
       "/0/coupon"},
      {R"([{"id":"a","kind":"spend","layer":"coupon","threshold":"0","amount":"1","scope":{},"coupon":{}}])",
       "promotion.no_coupon_codes", "/0/coupon"},
      {R"([{"id":"a","kind":"spend","layer":"coupon","threshold":"0","amount":"1","scope":{},"coupon":{"codes":[""]}}])",
       "json.range", "/0/coupon/codes/0"},
      {R"([{"id":"a","kind":"spend","layer":"coupon","threshold":"0","amount":"1","scope":{},)"
       R"("coupon":{"serial_prefix":"99"}}])",
       "json.missing", "/0/coupon/serial_length"},
      {R"([{"id":"a","kind":"spend","layer":"coupon","threshold":"0","amount":"1","scope":{},)"
       R"("coupon":{"serial_prefix":"99","serial_length":2}}])",
       "json.range", "/0/coupon/serial_length"},
      {R"([{"id":"a","kind":"spend","layer":"coupon","threshold":"9","amount":"1","scope":{},"every":true,)"
       R"("coupon":{"codes":["x"]}}])",
       "json.unknown_member", "/0/every"},
      {R"([{"id":"a",])", "json.malformed", "byte 12"},
  };
  for (const auto& [text, code, at] : cases) {
    const auto read = parse_promotions(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, code) << text;
    EXPECT_EQ(place_of(read.error()), at) << text;
  }
}

TEST(PromotionJson, NamesThePlaceInABasket) {
  const Refused cases[] = {
      {R"({"lines":[]})", "json.missing", "/time"},
      {R"({"time":"2026-11-22","lines":[]})", "time.bad_timestamp", "/time"},
      {R"({"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":"1.5","unit_price":"1"}]})", "quantity.bad",
       "/lines/0/quantity"},
      {R"({"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":1,"unit_price":"1"}]})", "json.type",
       "/lines/0/quantity"},
      {R"({"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":"1","unit_price":"-1"}]})", "json.range",
       "/lines/0/unit_price"},
      {R"({"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":"99999999","unit_price":"1"}]})",
       "pricing.basket_too_large", "/lines"},
      {R"({"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":"1","unit_price":"92233720368547.00"}]})",
       "money.too_large", "/lines/0"},
      {R"({"time":"2026-11-22T10:00:00Z","member":{"level":"gold"},"lines":[]})", "json.unknown_member",
       "/member/level"},
      {R"({"time":"2026-11-22T10:00:00Z","member":{"birthday":"yes"},"lines":[]})", "json.type", "/member/birthday"},
      {R"({"time":"2026-11-22T10:00:00Z","coupons":["a",""],"lines":[]})", "json.range", "/coupons"},
      {R"({"time":"2026-11-22T10:00:00Z","coupons":["a",7],"lines":[]})", "json.type", "/coupons/1"},
      {R"({"time":"2026-11-22T10:00:00Z","uses_left":[{"promotion":"a"}],"lines":[]})", "json.missing",
       "/uses_left/0/left"},
      {R"({"time":"2026-11-22T10:00:00Z","uses_left":[{"promotion":"a","left":-1}],"lines":[]})", "json.range",
       "/uses_left/0/left"},
      {R"({"time":"2026-11-22T10:00:00Z","manual":{"amount":"1","percent":1},"lines":[]})", "promotion.bad_value",
       "/manual"},
      {R"({"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":"1","unit_price":"1",)"
       R"("manual":{"percent":"10"}}]})",
       "json.type", "/lines/0/manual/percent"},
  };
  for (const auto& [text, code, at] : cases) {
    const auto read = parse_goods(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, code) << text;
    EXPECT_EQ(place_of(read.error()), at) << text;
  }
}

TEST(PromotionJson, ReadsBackWhatItWrites) {
  const auto text =
      R"([{"id":"a/~\"","kind":"bundle","groups":[{"scope":{"items":["x"]},"count":2},{"scope":{"all":true},"count":1}],)"
      R"("percent":12.5,"max_per_basket":2,"priority":-3,"exclusive":true},)"
      R"({"id":"b","kind":"spend","tiers":[{"threshold":"1.00","amount":"0.50"},{"threshold":"2.00","percent":50}],)"
      R"("scope":{"categories":["c"],"brands":["d"],"exclude_items":["e"]},"excludes_offers":true,)"
      R"("schedule":{"from":"2026-01-01","to":"2026-12-31","weekdays":[1,7],"hours":["08:00","24:00"]}},)"
      R"({"id":"c","kind":"gift","when":{"count":3,"every":true},"item":"x","price":"0.00","scope":{"all":true},)"
      R"("audience":{"members":true,"tiers":["gold"]}},)"
      R"({"id":"d","kind":"percent_off","layer":"member","stacks":true,"percent":1e1,"scope":{"all":true}},)"
      R"({"id":"e","kind":"spend","layer":"coupon","threshold":"0.00","amount":"5.00","scope":{"all":true},)"
      R"("coupon":{"codes":["WELCOME"],"serial_prefix":"99","serial_length":13},"name":"五元券","name_en":"Five off",)"
      R"("audience":{"birthday":true},"max_per_member_day":1,"max_total":1000}])";
  const auto value = exact_json::parse(text);
  ASSERT_TRUE(value);
  const auto first = read_promotions(*value, {});
  ASSERT_TRUE(first) << first.error().message << place_of(first.error());
  std::string again = "[";
  for (const auto& promotion : *first) again += (again.size() > 1 ? "," : "") + write_promotion(promotion);
  const auto second = read_promotions(*exact_json::parse(again + "]"), {});
  ASSERT_TRUE(second) << again;
  EXPECT_EQ(*first, *second);
}

TEST(PromotionJson, ReadsBackTheBasketsItWrites) {
  const auto text =
      R"({"time":"2026-11-22T10:00:00.000+08:00","member":{"tier":"gold","birthday":true},"coupons":["A","A"],)"
      R"("uses_left":[{"promotion":"p","left":0}],"manual":{"percent":12.5},)"
      R"("lines":[{"item":"a","category":"c","brand":"b","quantity":"0.836","weighed":true,"unit_price":"7.98",)"
      R"("manual":{"amount":"1.00"}}]})";
  const auto goods = parse_goods(text);
  ASSERT_TRUE(goods) << goods.error().message << place_of(goods.error());
  EXPECT_EQ(write_goods(*goods), text);
}

TEST(PromotionJson, RubbishIsAnswered) {
  const std::string deep(100'000, '[');
  std::string wide = "{\"promotions\":[],\"basket\":{";
  for (int i = 0; i < 50'000; ++i) wide += "\"m" + std::to_string(i) + "\":1,";
  const std::string cases[] = {"",
                               " ",
                               deep,
                               wide,
                               "\xff\xfe",
                               "{\"promotions\":[\"\xc3\x28\"]}",
                               "nullnull",
                               "1e999999",
                               "{\"promotions\":1e400,\"basket\":2}",
                               std::string(1'000, '\0')};
  for (const auto& text : cases) {
    const auto answer = price_case(text, true);
    EXPECT_EQ(answer.rfind("{\"error\":{\"code\":", 0), 0U) << text.substr(0, 40);
  }
}

}  // namespace
}  // namespace lanekeeper::pricing
