#include "pricing/price_case.h"

#include "pricing/promotion_json.h"

namespace lanekeeper::pricing {
namespace {

using exact_json::Complaints;
using exact_json::Members;
using exact_json::Place;
using exact_json::Value;

Result<PromotionIndex> compiled(Result<std::vector<Promotion>> promotions) {
  if (!promotions) return fail(std::move(promotions.error()));
  return PromotionIndex::compile(std::move(*promotions));
}

Result<std::string> priced_text(const PromotionIndex& promotions, const Goods& goods, bool explained) {
  PricingOptions options;
  options.near_misses = explained;
  auto priced = price_goods(promotions, goods, options);
  if (!priced) return fail(std::move(priced.error()));
  return write_priced(goods, *priced, explained);
}

Result<std::string> price_value(const Value& value, bool explained) {
  Complaints complaints;
  const Place root;
  Members members(value, root, complaints);
  const auto* promotions = members.required("promotions");
  const auto* basket = members.required("basket");
  members.finish();
  if (complaints.any()) return fail(complaints.take());
  const auto set = compiled(read_promotions(*promotions, members.at("promotions")));
  if (!set) return fail(set.error());
  const auto goods = read_goods(*basket, members.at("basket"));
  if (!goods) return fail(goods.error());
  return priced_text(*set, *goods, explained);
}

std::string error_text(const Error& error) {
  std::string text = "{\"error\":{\"code\":";
  exact_json::append_quoted(text, error.code);
  text += ",\"message\":";
  exact_json::append_quoted(text, error.message);
  text += ",\"at\":";
  exact_json::append_quoted(text, place_of(error));
  return text + "}}";
}

}  // namespace

Result<PromotionIndex> parse_promotions(std::string_view text) {
  const auto value = exact_json::parse(text);
  if (!value) return fail(value.error());
  const Place root;
  if (value->kind != Value::Kind::object) return compiled(read_promotions(*value, root));
  Complaints complaints;
  Members members(*value, root, complaints);
  const auto* promotions = members.required("promotions");
  members.finish();
  if (complaints.any()) return fail(complaints.take());
  return compiled(read_promotions(*promotions, members.at("promotions")));
}

Result<Goods> parse_goods(std::string_view text) {
  const auto value = exact_json::parse(text);
  if (!value) return fail(value.error());
  return read_goods(*value, Place{});
}

std::string price_case(std::string_view text, bool explained) {
  try {
    const auto value = exact_json::parse(text);
    if (!value) return error_text(value.error());
    auto result = price_value(*value, explained);
    return result ? std::move(*result) : error_text(result.error());
  } catch (const Fault& fault) {
    return error_text(Error{fault.code(), fault.what(), {}});
  } catch (const std::exception& problem) {
    return error_text(Error{"pricing.fault", problem.what(), {}});
  }
}

std::string place_of(const Error& error) {
  for (const auto& [name, value] : error.details) {
    if (name == "at") return value;
  }
  return {};
}

}  // namespace lanekeeper::pricing
