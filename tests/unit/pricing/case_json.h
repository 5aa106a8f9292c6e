// Cases of the price tool, put together in tests.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "pricing/price_case.h"

namespace lanekeeper::pricing::cases {

using Json = nlohmann::json;

inline Json line(const std::string& item, const std::string& quantity, const std::string& unit_price) {
  return {{"item", item}, {"quantity", quantity}, {"unit_price", unit_price}};
}
inline Json weighed(const std::string& item, const std::string& quantity, const std::string& unit_price) {
  auto out = line(item, quantity, unit_price);
  out["weighed"] = true;
  return out;
}
inline Json with(Json object, const Json& more) {
  object.update(more);
  return object;
}
inline Json everything() {
  return {{"all", true}};
}
inline Json only(const std::vector<std::string>& items) {
  return {{"items", items}};
}
inline Json promotion(const std::string& id, const std::string& kind, const Json& scope, const Json& own) {
  return with({{"id", id}, {"kind", kind}, {"scope", scope}}, own);
}
// Of a Sunday, 22 November 2026, at half past nine.
inline Json basket(const std::vector<Json>& lines, const Json& member = nullptr) {
  return {{"time", "2026-11-22T09:30:00+08:00"}, {"member", member}, {"lines", lines}};
}
inline Json priced(const std::vector<Json>& promotions, const Json& the_basket, bool explained = false) {
  return Json::parse(price_case(Json{{"promotions", promotions}, {"basket", the_basket}}.dump(), explained));
}
inline std::string discount(const Json& result) {
  return result.contains("discount") ? result.at("discount").get<std::string>() : result.dump();
}
inline std::string nets(const Json& result) {
  std::string text;
  for (const auto& one : result.at("lines")) text += (text.empty() ? "" : " ") + one.at("net").get<std::string>();
  return text;
}

}  // namespace lanekeeper::pricing::cases
