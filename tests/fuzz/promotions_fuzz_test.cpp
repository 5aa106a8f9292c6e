// Damaged promotions and baskets for the price tool: good cases of every kind, then bytes, numbers, members and whole
// pieces changed, cut, doubled and mixed. Whatever comes, there is a price that adds up or an error with its place.
//
// A few seconds in the suite. LANEKEEPER_FUZZ_SECONDS makes it longer, LANEKEEPER_FUZZ_SEED repeats a run; a failure
// prints the seed and the input, as hex and as it is.
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "pricing/engine.h"
#include "pricing/price_case.h"
#include "pricing/promotion_json.h"
#include "pricing/promotion_review.h"

namespace lanekeeper::pricing {
namespace {

using Json = nlohmann::ordered_json;

std::uint64_t setting(const char* name, std::uint64_t usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

// Texts that stand in a case, and what to put in their place.
class Cases {
 public:
  explicit Cases(std::uint64_t seed) : engine_(seed) {}

  // A line of a batch.
  std::string next() { return spoilt(good_case()); }
  // What stands in two files: promotions and a basket.
  std::pair<std::string, std::string> next_files() {
    const auto good = good_case();
    const auto& promotions = good["promotions"];
    return {spoilt(dice(2) == 0 ? promotions : Json{{"promotions", promotions}}), spoilt(good["basket"])};
  }

 private:
  Json good_case() {
    Json good = {{"promotions", Json::array()}, {"basket", basket()}};
    for (auto left = dice(5); left > 0; --left) good["promotions"].push_back(promotion(left));
    return good;
  }

  std::string spoilt(Json good) {
    if (dice(3) == 0) return good.dump();
    for (auto changes = dice(3); changes > 0; --changes) disturb(good);
    auto text = good.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (dice(2) == 0) return text;
    for (auto changes = 1 + dice(4); changes > 0; --changes) damage(text);
    return text;
  }

  std::size_t dice(std::size_t sides) { return static_cast<std::size_t>(engine_() % std::max<std::size_t>(sides, 1)); }
  std::string of(const std::vector<std::string>& choices) { return choices[dice(choices.size())]; }
  std::string amount() { return of({"0.00", "0.01", "1.00", "7.98", "9.99", "50.00", "100.00", "1234.56"}); }
  Json percent() { return Json::parse(of({"0", "5", "12.5", "33.33", "50", "100", "1e1"})); }
  Json number() { return static_cast<std::int64_t>(1 + dice(4)); }
  std::string item() { return of({"cola", "bread", "egg", "mug"}); }

  Json scope() {
    switch (dice(4)) {
      case 0:
        return {{"all", true}};
      case 1:
        return {{"items", {item(), item()}}};
      case 2:
        return {{"categories", {"food"}}, {"exclude_items", {item()}}};
      default:
        return {{"brands", {"north"}}, {"items", {item()}}};
    }
  }

  void add_item_offer(Json& out) {
    const auto kind = of({"fixed_price", "percent_off", "amount_off", "multibuy", "nth_off", "bundle"});
    out["kind"] = kind;
    if (kind == "fixed_price") out["price"] = amount();
    if (kind == "percent_off" || kind == "nth_off") out["percent"] = percent();
    if (kind == "amount_off") out["amount"] = amount();
    if (kind == "multibuy" || kind == "nth_off") out["count"] = number();
    if (kind == "multibuy") out["price"] = amount();
    if (kind == "percent_off" && dice(3) == 0) {
      out["layer"] = "member";
      out["stacks"] = dice(2) == 0;
    }
    if (kind != "bundle") {
      out["scope"] = scope();
      return;
    }
    out["groups"] = Json::array();
    for (auto left = 1 + dice(3); left > 0; --left) {
      out["groups"].push_back({{"scope", scope()}, {"count", number()}});
    }
    add_value(out);
  }
  void add_value(Json& out) {
    switch (dice(3)) {
      case 0:
        out["price"] = amount();
        break;
      case 1:
        out["percent"] = percent();
        break;
      default:
        out["amount"] = amount();
    }
  }

  void add_later_offer(Json& out) {
    const bool coupon = dice(2) == 0;
    if (coupon) {
      out["layer"] = "coupon";
      out["coupon"] = {{"codes", {"WELCOME"}}, {"serial_prefix", "99"}, {"serial_length", 6}};
    }
    out["scope"] = scope();
    if (dice(3) == 0) {
      out["kind"] = "gift";
      out["when"] = dice(2) == 0 ? Json{{"threshold", amount()}} : Json{{"count", number()}};
      out["item"] = item();
      out["price"] = amount();
      return;
    }
    out["kind"] = "spend";
    Json step = {{"threshold", amount()}};
    if (dice(2) == 0) {
      step["amount"] = amount();
    } else {
      step["percent"] = percent();
    }
    if (dice(3) == 0) {
      out["tiers"] = {step, {{"threshold", amount()}, {"amount", amount()}}};
    } else {
      out.update(step);
      if (!coupon) out["every"] = dice(2) == 0;
    }
  }

  Json promotion(std::size_t place) {
    Json out = {{"id", dice(15) == 0 ? of({"p1", "@manual", "促销/1~", ""}) : "p" + std::to_string(place)}};
    if (dice(2) == 0) {
      add_item_offer(out);
    } else {
      add_later_offer(out);
    }
    if (dice(4) == 0) out["audience"] = {{"members", true}, {"tiers", {"gold"}}, {"birthday", dice(2) == 0}};
    if (dice(4) == 0) {
      out["schedule"] = {{"from", "2026-11-01"}, {"weekdays", {1, 7}}, {"hours", {"22:00", "12:00"}}};
    }
    for (const auto* limit : {"max_per_basket", "max_total", "priority"}) {
      if (dice(5) == 0) out[limit] = number();
    }
    if (out.contains("audience")) out["max_per_member_day"] = number();
    if (dice(6) == 0) out["exclusive"] = true;
    if (dice(3) == 0) out["name"] = "第二件半价";
    return out;
  }

  Json basket() {
    Json out = {{"time", "2026-11-22T10:00:00+08:00"}, {"lines", Json::array()}};
    if (dice(2) == 0) out["member"] = {{"tier", "gold"}, {"birthday", true}};
    if (dice(2) == 0) out["coupons"] = {"WELCOME", "990001", of({"990001", "990002", "x"})};
    if (dice(4) == 0) out["uses_left"] = {{{"promotion", "p1"}, {"left", number()}}};
    if (dice(4) == 0) out["manual"] = {{"amount", amount()}};
    for (auto left = dice(8); left > 0; --left) {
      Json line = {{"item", item()}, {"unit_price", amount()}};
      line["weighed"] = dice(4) == 0;
      line["quantity"] = line["weighed"] == true ? of({"0.836", "1.5"})
                         : dice(40) == 0         ? "400"
                                                 : of({"1", "2", "5", "-1"});
      if (dice(2) == 0) line["category"] = "food";
      if (dice(2) == 0) line["brand"] = "north";
      if (dice(6) == 0) line["manual"] = {{"percent", percent()}};
      out["lines"].push_back(std::move(line));
    }
    return out;
  }

  Json odd_value() {
    static const std::vector<std::string> values = {"null",
                                                    "true",
                                                    "0",
                                                    "-1",
                                                    "3",
                                                    "1e308",
                                                    "1e-9",
                                                    "99999999999999999999",
                                                    "9223372036854775807",
                                                    "0.005",
                                                    R"("")",
                                                    R"("-1")",
                                                    R"("92233720368547758.07")",
                                                    R"("1000000000.00")",
                                                    R"("99999")",
                                                    R"("0.0001")",
                                                    R"("x")",
                                                    R"("24:00")",
                                                    R"("9999-12-31T23:59:59.999+14:00")",
                                                    R"("1900-01-01")",
                                                    "[]",
                                                    "{}",
                                                    "[[]]",
                                                    "[1,1,7,7]",
                                                    R"([""])",
                                                    R"({"all":true})",
                                                    R"({"amount":"1","percent":1})"};
    return Json::parse(of(values));
  }

  // Another value somewhere in the case.
  void disturb(Json& value) {
    if (value.is_structured() && !value.empty() && dice(5) != 0) {
      auto member = value.begin();
      std::advance(member, static_cast<std::ptrdiff_t>(dice(value.size())));
      return disturb(*member);
    }
    if (value.is_object() && dice(2) == 0) {
      value[of({"count", "percent", "amount", "tiers", "every", "layer", "x", "coupon", "manual"})] = odd_value();
    } else {
      value = odd_value();
    }
  }

  void damage(std::string& text) {
    static const std::vector<std::string> pieces = {"{",
                                                    "}",
                                                    "[",
                                                    "]",
                                                    ",",
                                                    ":",
                                                    "\"",
                                                    "\\",
                                                    "\\u0000",
                                                    "\\ud800",
                                                    "1e999",
                                                    "-",
                                                    ".",
                                                    "null",
                                                    "\xE4\xBF",
                                                    "\xFF",
                                                    "\xEF\xBB\xBF",
                                                    "{\"a\":",
                                                    "[[[[[[[[",
                                                    "\"percent\":5,",
                                                    std::string(1, '\0')};
    const auto at = dice(text.size() + 1);
    switch (dice(6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(engine_());
        break;
      case 1:
        text.insert(at, of(pieces));
        break;
      case 2:
        if (at < text.size()) text.erase(at, 1 + dice(12));
        break;
      case 3:
        text.insert(at, text.substr(dice(text.size() + 1), dice(60)));
        break;
      case 4:
        text.resize(at);
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>('0' + dice(10));
    }
  }

  std::mt19937_64 engine_;
};

Money money(const nlohmann::json& value) {
  const auto parsed = Money::parse(value.get<std::string>());
  EXPECT_TRUE(parsed) << value;
  return parsed.value_or(Money{});
}

void check_error(const nlohmann::json& answer) {
  const auto& error = answer.at("error");
  EXPECT_EQ(error.size(), 3U) << error;
  EXPECT_NE(error.at("code").get<std::string>().find('.'), std::string::npos) << error;
  EXPECT_NE(error.at("code"), "pricing.fault") << error;
  EXPECT_FALSE(error.at("message").get<std::string>().empty()) << error;
  const auto at = error.at("at").get<std::string>();
  EXPECT_TRUE(at.empty() || at.starts_with('/') || at.starts_with("byte ")) << error;
}

void check_price(const nlohmann::json& answer) {
  Money gross;
  Money net;
  for (const auto& line : answer.at("lines")) {
    gross += money(line.at("gross"));
    net += money(line.at("net"));
    Money left = money(line.at("gross"));
    for (const auto& discount : line.at("discounts")) {
      EXPECT_GT(money(discount.at("amount")), Money{});
      left -= money(discount.at("amount"));
    }
    EXPECT_EQ(left, money(line.at("net")));
    EXPECT_TRUE(!left.is_negative() || line.at("discounts").empty());
  }
  EXPECT_EQ(gross, money(answer.at("gross")));
  EXPECT_EQ(net, money(answer.at("net")));
  EXPECT_EQ(gross - net, money(answer.at("discount")));
  Money saved;
  for (const auto& application : answer.at("applications")) {
    Money parts;
    for (const auto& part : application.at("parts")) parts += money(part.at("amount"));
    EXPECT_EQ(parts, money(application.at("amount")));
    saved += parts;
  }
  EXPECT_EQ(saved, gross - net);
}

// What was read is written so that it reads back the same, and can be looked at.
void check_definitions(const std::string& text) {
  const auto value = exact_json::parse(text);
  if (!value || value->kind != exact_json::Value::Kind::object) return;
  for (const auto& member : value->members) {
    if (member.name == "promotions") {
      const auto read = read_promotions(member.value, {});
      if (!read) continue;
      std::string again = "[";
      for (const auto& promotion : *read) again += (again.size() > 1 ? "," : "") + write_promotion(promotion);
      const auto second = exact_json::parse(again + "]");
      ASSERT_TRUE(second) << again;
      EXPECT_EQ(read_promotions(*second, {}), *read) << again;
      const std::vector<ReviewGoods> goods = {{"cola", "food", "north", Money::of_minor(798)}, {"mug", "", "", {}}};
      for (const auto& finding : review(*read, goods, Date{2026, 11, 22})) EXPECT_FALSE(finding.what.message.empty());
    } else if (member.name == "basket") {
      const auto read = read_goods(member.value, {});
      if (!read) continue;
      const auto second = exact_json::parse(write_goods(*read));
      ASSERT_TRUE(second) << write_goods(*read);
      EXPECT_EQ(read_goods(*second, {}), *read) << write_goods(*read);
    }
  }
}

bool check_case(const std::string& text) {
  const auto answer_text = price_case(text, true);
  EXPECT_EQ(answer_text.find('\n'), std::string::npos) << "one case, one line";
  const auto answer = nlohmann::json::parse(answer_text, nullptr, false);
  EXPECT_TRUE(answer.is_object()) << answer_text;
  if (!answer.is_object()) return false;
  check_definitions(text);
  if (answer.contains("error")) {
    check_error(answer);
    return false;
  }
  check_price(answer);
  return true;
}

void check_place(const Error& error) {
  EXPECT_NE(error.code.find('.'), std::string::npos) << error.code;
  EXPECT_FALSE(error.message.empty()) << error.code;
  const auto at = place_of(error);
  EXPECT_TRUE(at.empty() || at.starts_with('/') || at.starts_with("byte ")) << error.code << " " << at;
}

void check_files(const std::string& promotions_text, const std::string& basket_text) {
  const auto promotions = parse_promotions(promotions_text);
  const auto goods = parse_goods(basket_text);
  if (!promotions) check_place(promotions.error());
  if (!goods) check_place(goods.error());
  if (!promotions || !goods) return;
  const auto priced = price_goods(*promotions, *goods);
  ASSERT_TRUE(priced) << priced.error().code;
  check_price(nlohmann::json::parse(write_priced(*goods, *priced, true)));
}

TEST(PromotionsFuzz, EveryCaseIsPricedOrRefused) {
  const auto seconds = std::chrono::seconds(setting("LANEKEEPER_FUZZ_SECONDS", 4));
  const auto seed = setting("LANEKEEPER_FUZZ_SEED", std::random_device{}());
  const auto end = std::chrono::steady_clock::now() + seconds;
  Cases cases(seed);
  std::int64_t tried = 0;
  std::int64_t priced = 0;
  while (std::chrono::steady_clock::now() < end && !HasFailure()) {
    const auto text = cases.next();
    if (check_case(text)) ++priced;
    const auto [promotions, basket] = cases.next_files();
    check_files(promotions, basket);
    ++tried;
    if (!HasFailure()) continue;
    std::cerr << "seed " << seed << "\n";
    for (const auto& input : {text, promotions, basket}) std::cerr << to_hex(as_bytes(input)) << "\n" << input << "\n";
  }
  std::cerr << tried << " cases, " << priced << " prices, seed " << seed << "\n";
  EXPECT_GT(priced, tried / 10) << "the damage leaves nothing to price: this tests too little";
}

}  // namespace
}  // namespace lanekeeper::pricing
