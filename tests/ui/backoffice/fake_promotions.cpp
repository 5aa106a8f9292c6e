#include "fake_promotions.h"

#include <fmt/format.h>

#include "pricing/promotion_json.h"
#include "pricing/promotion_review.h"
#include "shop.h"

namespace lanekeeper::office::test {
namespace {

template <class Body>
Result<net::HttpResponse> ok(const Body& body) {
  return net::HttpResponse{200, "application/json", json::encode(body)};
}

Result<net::HttpResponse> refuse(int status, const Error& error) {
  return net::HttpResponse{status, "application/json", json::encode(protocol::to_body(error))};
}

Result<std::vector<pricing::Promotion>> read(const std::string& definitions) {
  auto value = pricing::exact_json::parse(definitions);
  if (!value) return fail(std::move(value.error()));
  return pricing::read_promotions(*value, pricing::exact_json::Place{});
}

}  // namespace

std::string shop_promotions(const std::vector<protocol::ItemRow>& goods) {
  const auto number = [&](std::size_t row) { return "\"" + goods[row].item.number + "\""; };
  return fmt::format(
      R"([{{"id":"milk-member","kind":"fixed_price","name":"牛奶会员价","name_en":"Milk for members","scope":{{"items":[{0}]}},)"
      R"("audience":{{"members":true}},"price":"45.90"}},)"
      R"({{"id":"snack-week","kind":"percent_off","name":"零食周 9 折","name_en":"Snack week","scope":{{"categories":["1"]}},)"
      R"("schedule":{{"from":"2026-11-21","to":"2026-11-22"}},"percent":10}},)"
      R"({{"id":"water","kind":"multibuy","name":"矿泉水 3 瓶 5 元","name_en":"Three waters","scope":{{"items":[{1}]}},)"
      R"("count":3,"price":"5.00","max_per_basket":4}},)"
      R"({{"id":"yoghurt","kind":"nth_off","name":"酸奶第 2 件半价","name_en":"Second yoghurt half price","scope":{{"items":[{2}]}},)"
      R"("count":2,"percent":50,"schedule":{{"weekdays":[5,6,7],"hours":["08:00","20:00"]}}}},)"
      R"({{"id":"spend-100","kind":"spend","name":"满 100 减 10","name_en":"10 off 100","scope":{{"all":true}},)"
      R"("threshold":"100.00","amount":"10.00","every":true,"priority":10}},)"
      R"({{"id":"oil-gift","kind":"gift","name":"买粮油送抽纸","name_en":"Tissues with staples","scope":{{"categories":["4"]}},)"
      R"("when":{{"threshold":"120.00"}},"item":{3},"price":"0.00"}},)"
      R"({{"id":"breakfast","kind":"bundle","name":"早餐组合","name_en":"Breakfast","groups":[{{"scope":{{"items":[{2}]}},"count":1}},)"
      R"({{"scope":{{"items":[{4}]}},"count":1}}],"price":"17.90"}},)"
      R"({{"id":"new-member","kind":"spend","layer":"coupon","name":"新会员券","name_en":"Welcome coupon","scope":{{"all":true}},)"
      R"("threshold":"50.00","amount":"5.00","coupon":{{"codes":["WELCOME5"]}}}},)"
      R"({{"id":"harvest","kind":"percent_off","name":"丰收节蔬果 8 折","name_en":"Harvest festival","scope":{{"categories":["5"]}},)"
      R"("schedule":{{"from":"2026-09-20","to":"2026-10-08"}},"percent":20}}])",
      number(13), number(18), number(14), number(24), number(19));
}

FakePromotions::FakePromotions(const std::vector<protocol::ItemRow>& goods, std::string first) : goods_(goods) {
  publish("[]", "server", "开店", shop_time("08:00:00"));
  publish(std::move(first), "周敏", "十一月促销", shop_time("08:30:00"));
}

void FakePromotions::publish(std::string definitions, const std::string& by, const std::string& note,
                             const ZonedTime& effective_at) {
  protocol::PromotionVersion version;
  version.version = static_cast<std::int64_t>(versions_.size()) + 1;
  version.effective_at = effective_at;
  version.published_at = shop_time(versions_.size() < 2 ? "08:10:00" : "10:24:00");
  version.published_by = by;
  version.note = note;
  version.promotions = static_cast<std::int64_t>(read(definitions).value().size());
  version.definitions = std::move(definitions);
  versions_.push_back(std::move(version));
}

Result<std::vector<protocol::PromotionFinding>> FakePromotions::review(const std::string& definitions) const {
  const auto promotions = read(definitions);
  if (!promotions) return fail(promotions.error());
  std::vector<pricing::ReviewGoods> shelf;
  for (const auto& row : goods_) {
    shelf.push_back({row.item.number, std::to_string(row.item.category), row.item.brand,
                     catalogue::price_at(row.item, "regular", shop_time("10:24:00").instant)});
  }
  std::vector<protocol::PromotionFinding> findings;
  for (const auto& finding : pricing::review(*promotions, shelf, shop_time("10:24:00").local_date())) {
    findings.push_back(
        {finding.severity == pricing::Finding::Severity::error, finding.promotion, protocol::to_body(finding.what)});
  }
  return findings;
}

Result<net::HttpResponse> FakePromotions::handle(const net::HttpRequest& request, const std::string& path) {
  if (path == "/check") {
    const auto findings = review(json::decode<protocol::PromotionDraft>(request.body).value().definitions);
    return findings ? ok(protocol::PromotionReview{0, *findings}) : refuse(400, findings.error());
  }
  if (path == "/books" && request.method == "POST") {
    const auto draft = json::decode<protocol::PromotionDraft>(request.body).value();
    const auto findings = review(draft.definitions);
    if (!findings) return refuse(400, findings.error());
    if (draft.based_on && *draft.based_on != static_cast<std::int64_t>(versions_.size())) {
      return refuse(409, {"promotion.changed_meanwhile", "Refused by the store in memory.", {}});
    }
    publish(draft.definitions, "周敏", draft.note.value_or(""), draft.effective_at.value_or(shop_time("10:24:00")));
    return ok(protocol::PromotionReview{versions_.back().version, *findings});
  }
  if (path == "/books") {
    protocol::PromotionVersions page;
    for (auto version = versions_.rbegin(); version != versions_.rend(); ++version) {
      page.versions.push_back(*version);
      page.versions.back().definitions.reset();
    }
    return ok(page);
  }
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    const auto version = versions_[i];
    const std::string one = fmt::format("/books/{}", version.version);
    if (path == one) return ok(version);
    if (path != one + "/restore") continue;
    publish(*version.definitions, "周敏", version.note, shop_time("10:24:00"));
    versions_.back().restored_from = version.version;
    return ok(protocol::PromotionReview{versions_.back().version, {}});
  }
  return refuse(404, {"promotion.no_version", "Refused by the store in memory.", {}});
}

}  // namespace lanekeeper::office::test
