#include <algorithm>

#include "pricing/json_values.h"
#include "pricing/promotion_json.h"

namespace lanekeeper::pricing {
namespace {

using exact_json::Complaints;
using exact_json::Members;
using exact_json::Place;
using exact_json::Value;

ZonedTime read_time(Members& members, Complaints& complaints) {
  auto time = ZonedTime::parse(members.text("time"));
  if (time) return *time;
  complaints.add(std::move(time.error()), members.at("time"));
  return {};
}

std::optional<Member> read_member(Members& parent, Complaints& complaints) {
  const auto* value = parent.optional("member");
  if (value == nullptr) return std::nullopt;
  Members members(*value, parent.at("member"), complaints);
  Member member;
  member.tier = members.optional_text("tier");
  member.birthday = members.flag("birthday");
  members.finish();
  return member;
}

std::optional<ByHand> read_by_hand(Members& parent, Complaints& complaints) {
  const auto* value = parent.optional("manual");
  if (value == nullptr) return std::nullopt;
  const auto place = parent.at("manual");
  Members members(*value, place, complaints);
  ByHand by_hand;
  const auto which = exact_json::only_one(members, {"amount", "percent"}, place, complaints);
  if (which == "amount") by_hand.off = exact_json::money_of(members, which, complaints);
  if (which == "percent") by_hand.off = exact_json::percent_of(members, which, complaints);
  members.finish();
  return by_hand;
}

std::vector<std::string> read_coupons(Members& members, Complaints& complaints) {
  auto coupons = members.texts("coupons");
  const bool has_empty = std::any_of(coupons.begin(), coupons.end(), [](const auto& code) { return code.empty(); });
  if (has_empty || coupons.size() > sale::max_coupons) {
    complaints.add("json.range", "A basket takes at most 20 coupons, none of them empty.", members.at("coupons"));
  }
  return coupons;
}

std::vector<UsesLeft> read_uses_left(Members& parent, Complaints& complaints) {
  std::vector<UsesLeft> all;
  const auto* list = parent.optional("uses_left");
  if (list == nullptr) return all;
  const auto place = parent.at("uses_left");
  if (exact_json::expect(*list, Value::Kind::array, "a list", place, complaints) == nullptr) return all;
  all.reserve(list->elements.size());
  for (const auto& element : list->elements) {
    Members members(element, Place{&place, {}, all.size(), true}, complaints);
    auto& uses = all.emplace_back();
    uses.promotion = members.text("promotion");
    uses.left = members.integer("left", 0, 1'000'000'000);
    members.finish();
    if (complaints.any()) break;
  }
  return all;
}

template <class T>
T decimal_of(Members& members, std::string_view name, Complaints& complaints) {
  const auto text = members.text(name);
  if (complaints.any()) return {};
  auto value = T::parse(text);
  if (value) return *value;
  complaints.add(std::move(value.error()), members.at(name));
  return {};
}

GoodsLine read_line(const Value& value, const Place& place, Complaints& complaints) {
  GoodsLine line;
  Members members(value, place, complaints);
  line.item = members.text("item");
  line.category = members.optional_text("category").value_or("");
  line.brand = members.optional_text("brand").value_or("");
  line.quantity = decimal_of<Quantity>(members, "quantity", complaints);
  line.weighed = members.flag("weighed");
  line.unit_price = decimal_of<Money>(members, "unit_price", complaints);
  if (line.unit_price.is_negative()) {
    complaints.add("json.range", "A unit price must not be negative.", members.at("unit_price"));
  }
  line.by_hand = read_by_hand(members, complaints);
  members.finish();
  return line;
}

// What check() found, with its place in the file instead of the line's number.
Error placed(Error error, const Place& place) {
  std::string at = place.pointer() + "/lines";
  for (auto& [name, text] : error.details) {
    if (name == "line") at += "/" + text + (error.code == "quantity.bad" ? "/quantity" : "");
  }
  error.details.emplace_back("at", at);
  return error;
}

}  // namespace

Result<Goods> read_goods(const Value& value, const Place& place) {
  Complaints complaints;
  Goods goods;
  Members members(value, place, complaints);
  if (complaints.any()) return fail(complaints.take());
  goods.time = read_time(members, complaints);
  goods.member = read_member(members, complaints);
  goods.coupons = read_coupons(members, complaints);
  goods.uses_left = read_uses_left(members, complaints);
  goods.by_hand = read_by_hand(members, complaints);
  if (const auto* lines = members.required("lines")) {
    const auto list = members.at("lines");
    if (exact_json::expect(*lines, Value::Kind::array, "a list of lines", list, complaints) != nullptr) {
      goods.lines.reserve(lines->elements.size());
      for (const auto& element : lines->elements) {
        goods.lines.push_back(read_line(element, Place{&list, {}, goods.lines.size(), true}, complaints));
        if (complaints.any()) break;
      }
    }
  }
  members.finish();
  if (complaints.any()) return fail(complaints.take());
  if (auto checked = check(goods); !checked) return fail(placed(std::move(checked.error()), place));
  return goods;
}

}  // namespace lanekeeper::pricing
