#include <algorithm>
#include <unordered_set>

#include "pricing/json_values.h"
#include "pricing/promotion_json.h"

namespace lanekeeper::pricing {
namespace {

using exact_json::Complaints;
using exact_json::Members;
using exact_json::money_of;
using exact_json::only_one;
using exact_json::percent_of;
using exact_json::Place;
using exact_json::Value;
using Kind = Value::Kind;

constexpr std::int64_t largest_count = 10'000;
constexpr std::int64_t largest_limit = 1'000'000'000;
constexpr std::size_t longest_name = 200;   // bytes: more fits no receipt
constexpr std::size_t longest_coupon = 64;  // bytes; codes of issuers have some 20
constexpr std::size_t most_coupon_codes = 1'000;

template <class Each>
void for_each_element(Members& members, std::string_view name, Complaints& complaints, const Each& each) {
  const auto* list = members.required(name);
  if (list == nullptr) return;
  const auto place = members.at(name);
  if (exact_json::expect(*list, Kind::array, "a list", place, complaints) == nullptr) return;
  for (std::size_t i = 0; i < list->elements.size() && !complaints.any(); ++i) {
    each(list->elements[i], Place{&place, {}, i, true});
  }
}

Scope read_scope(Members& parent, std::string_view name, Complaints& complaints) {
  Scope scope;
  const auto* value = parent.required(name);
  if (value == nullptr) return scope;
  Members members(*value, parent.at(name), complaints);
  scope.all = members.flag("all");
  scope.items = members.texts("items");
  scope.categories = members.texts("categories");
  scope.brands = members.texts("brands");
  scope.exclude_items = members.texts("exclude_items");
  members.finish();
  return scope;
}

Audience read_audience(Members& parent, Complaints& complaints) {
  Audience audience;
  const auto* value = parent.optional("audience");
  if (value == nullptr) return audience;
  Members members(*value, parent.at("audience"), complaints);
  audience.members = members.flag("members");
  audience.tiers = members.texts("tiers");
  audience.birthday = members.flag("birthday");
  members.finish();
  return audience;
}

std::optional<Date> read_date(Members& members, std::string_view name, Complaints& complaints) {
  const auto text = members.optional_text(name);
  if (!text) return std::nullopt;
  auto date = Date::parse(*text);
  if (date) return *date;
  complaints.add(std::move(date.error()), members.at(name));
  return std::nullopt;
}

// "08:00" as a minute of the day; "24:00" ends a day.
std::optional<int> minute_of(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = digit(0) * 10 + digit(1);
  const int minute = digit(3) * 10 + digit(4);
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return std::nullopt;
  return hour * 60 + minute;
}

std::optional<Hours> read_hours(Members& members, Complaints& complaints) {
  if (!members.has("hours")) {
    static_cast<void>(members.optional("hours"));
    return std::nullopt;
  }
  const auto place = members.at("hours");
  const auto texts = members.texts("hours");
  if (complaints.any()) return std::nullopt;
  if (texts.size() == 2) {
    const auto from = minute_of(texts[0]);
    const auto to = minute_of(texts[1]);
    if (from && to && *from < 1440 && *to > 0 && *from != *to) return Hours{*from, *to};
    if (from && to && *from == 1440) {
      complaints.add("promotion.bad_schedule", "Hours cannot begin at 24:00.", Place{&place, {}, 0, true});
    }
    if (from && to && *to == 0 && *from > 0) return Hours{*from, 1440};  // until midnight, written as 00:00
  }
  complaints.add("promotion.bad_schedule", "Hours are two different times such as [\"08:00\",\"10:00\"].", place);
  return std::nullopt;
}

Schedule read_schedule(Members& parent, Complaints& complaints) {
  Schedule schedule;
  const auto* value = parent.optional("schedule");
  if (value == nullptr) return schedule;
  const auto place = parent.at("schedule");
  Members members(*value, place, complaints);
  schedule.from = read_date(members, "from", complaints);
  schedule.to = read_date(members, "to", complaints);
  if (schedule.from && schedule.to && *schedule.to < *schedule.from) {
    complaints.add("promotion.bad_schedule", "The last day lies before the first one.", members.at("to"));
  }
  if (members.has("weekdays")) {
    for_each_element(members, "weekdays", complaints, [&](const Value& day, const Place& at) {
      schedule.weekdays.push_back(static_cast<int>(exact_json::integer_of(day, 1, 7, at, complaints)));
    });
  } else {
    static_cast<void>(members.optional("weekdays"));
  }
  schedule.hours = read_hours(members, complaints);
  members.finish();
  return schedule;
}

Bundle read_bundle(Members& members, const Place& place, Complaints& complaints) {
  Bundle bundle;
  for_each_element(members, "groups", complaints, [&](const Value& value, const Place& at) {
    Members group(value, at, complaints);
    BundleGroup out;
    out.scope = read_scope(group, "scope", complaints);
    out.count = group.integer("count", 1, largest_count);
    group.finish();
    bundle.groups.push_back(std::move(out));
  });
  if (bundle.groups.empty() || bundle.groups.size() > 16) {
    complaints.add("json.range", "A bundle has from 1 to 16 groups.", members.at("groups"));
  }
  const auto which = only_one(members, {"price", "percent", "amount"}, place, complaints);
  if (which == "price") bundle.value = TogetherPrice{money_of(members, which, complaints)};
  if (which == "percent") bundle.value = TogetherPercent{percent_of(members, which, complaints)};
  if (which == "amount") bundle.value = TogetherAmount{money_of(members, which, complaints)};
  return bundle;
}

SpendTier read_tier(Members& members, const Place& place, Complaints& complaints) {
  SpendTier tier;
  tier.threshold = money_of(members, "threshold", complaints);
  const auto which = only_one(members, {"amount", "percent"}, place, complaints);
  if (which == "amount") tier.off = money_of(members, which, complaints);
  if (which == "percent") tier.off = percent_of(members, which, complaints);
  return tier;
}

// A coupon is one application, so there nothing is given once for each full threshold.
Spend read_spend(Members& members, Layer layer, const Place& place, Complaints& complaints) {
  Spend spend;
  spend.tiered = members.has("tiers");
  if (spend.tiered) {
    for_each_element(members, "tiers", complaints, [&](const Value& value, const Place& at) {
      Members tier(value, at, complaints);
      spend.tiers.push_back(read_tier(tier, at, complaints));
      tier.finish();
    });
    if (spend.tiers.empty()) complaints.add("json.range", "At least one tier is needed.", members.at("tiers"));
  } else {
    spend.tiers.push_back(read_tier(members, place, complaints));
    spend.every = layer == Layer::basket && members.flag("every");
    if (spend.every && spend.tiers.front().threshold.is_zero()) {
      complaints.add("json.range", "With \"every\" the threshold must be above zero.", members.at("threshold"));
    }
  }
  spend.excludes_offers = members.flag("excludes_offers");
  return spend;
}

Gift read_gift(Members& members, Layer layer, Complaints& complaints) {
  Gift gift;
  if (const auto* value = members.required("when")) {
    const auto place = members.at("when");
    Members when(*value, place, complaints);
    const auto which = only_one(when, {"threshold", "count"}, place, complaints);
    if (which == "threshold") gift.when = money_of(when, which, complaints);
    if (which == "count") gift.when = when.integer(which, 1, largest_count);
    gift.every = layer == Layer::basket && when.flag("every");
    when.finish();
    const auto* threshold = std::get_if<Money>(&gift.when);
    if (gift.every && threshold != nullptr && threshold->is_zero()) {
      complaints.add("json.range", "With \"every\" the threshold must be above zero.", when.at("threshold"));
    }
  }
  gift.item = members.text("item");
  gift.price = money_of(members, "price", complaints);
  gift.excludes_offers = members.flag("excludes_offers");
  return gift;
}

Layer read_layer(Members& members, std::string_view kind, Complaints& complaints) {
  const bool for_basket = kind == "spend" || kind == "gift";
  const auto usual = for_basket ? Layer::basket : Layer::item;
  const auto text = members.optional_text("layer");
  if (!text || *text == layer_name(usual)) return usual;
  if (*text == layer_name(Layer::member) && kind == "percent_off") return Layer::member;
  if (*text == layer_name(Layer::coupon) && for_basket) return Layer::coupon;
  complaints.add("promotion.bad_layer",
                 "This kind cannot stand in this layer: item for goods offers, basket or coupon for spend and gift, "
                 "member for percent_off.",
                 members.at("layer"), {{"layer", *text}, {"kind", std::string(kind)}});
  return usual;
}

Offer read_offer(std::string_view kind, Layer layer, Members& members, const Place& place, Complaints& complaints) {
  if (kind == "fixed_price") return FixedPrice{money_of(members, "price", complaints)};
  if (kind == "percent_off") {
    const auto percent = percent_of(members, "percent", complaints);
    return PercentOff{percent, layer == Layer::member && members.flag("stacks")};
  }
  if (kind == "amount_off") return AmountOff{money_of(members, "amount", complaints)};
  if (kind == "multibuy") {
    const auto count = members.integer("count", 1, largest_count);
    return Multibuy{count, money_of(members, "price", complaints)};
  }
  if (kind == "nth_off") {
    const auto count = members.integer("count", 1, largest_count);
    return NthOff{count, percent_of(members, "percent", complaints)};
  }
  if (kind == "bundle") return read_bundle(members, place, complaints);
  if (kind == "spend") return read_spend(members, layer, place, complaints);
  if (kind == "gift") return read_gift(members, layer, complaints);
  complaints.add("promotion.unknown_kind", "This kind of promotion does not exist.", members.at("kind"),
                 {{"kind", std::string(kind)}});
  return {};
}

// As on screen and receipt.
std::string read_name(Members& members, std::string_view name, Complaints& complaints) {
  auto text = members.optional_text(name).value_or("");
  const bool prints =
      std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (!prints || text.size() > longest_name) {
    complaints.add("json.range", "A name is one line of at most 200 bytes.", members.at(name));
  }
  return text;
}

CouponCodes read_coupon(Members& parent, Complaints& complaints) {
  CouponCodes codes;
  const auto* value = parent.required("coupon");
  if (value == nullptr) return codes;
  const auto place = parent.at("coupon");
  Members members(*value, place, complaints);
  codes.generic = members.texts("codes");
  const auto list = members.at("codes");
  for (std::size_t i = 0; i < codes.generic.size(); ++i) {
    const auto& code = codes.generic[i];
    if (!code.empty() && code.size() <= longest_coupon && i < most_coupon_codes) continue;
    complaints.add("json.range", "A coupon has from 1 to 64 bytes, a promotion at most 1000 codes.",
                   Place{&list, {}, i, true});
  }
  if (members.has("serial_prefix") || members.has("serial_length")) {
    codes.serial_prefix = members.text("serial_prefix");
    // The prefix alone names no coupon.
    const auto least = static_cast<std::int64_t>(std::min(codes.serial_prefix->size(), longest_coupon)) + 1;
    codes.serial_length = members.integer("serial_length", least, longest_coupon);
  } else if (codes.generic.empty()) {
    complaints.add("promotion.no_coupon_codes", "Nothing opens this coupon. Give it codes, or a serial_prefix.", place);
  }
  members.finish();
  return codes;
}

// What may be applied how often, and for whom.
void read_limits(Members& members, Promotion& promotion, Complaints& complaints) {
  promotion.max_per_basket = members.optional_integer("max_per_basket", 1, largest_limit);
  promotion.max_per_member_day = members.optional_integer("max_per_member_day", 1, largest_limit);
  promotion.max_total = members.optional_integer("max_total", 1, largest_limit);
  const auto& audience = promotion.audience;
  const bool for_members = audience.members || audience.birthday || !audience.tiers.empty();
  if (promotion.max_per_member_day && !for_members) {
    complaints.add("promotion.members_only", "A limit for each member needs an offer for members only.",
                   members.at("max_per_member_day"));
  }
}

Promotion read_promotion(const Value& value, const Place& place, Complaints& complaints) {
  Promotion promotion;
  Members members(value, place, complaints);
  promotion.id = members.text("id");
  const auto kind = members.text("kind");
  if (complaints.any()) return promotion;
  promotion.layer = read_layer(members, kind, complaints);
  promotion.offer = read_offer(kind, promotion.layer, members, place, complaints);
  if (complaints.any()) return promotion;
  if (!std::holds_alternative<Bundle>(promotion.offer)) promotion.scope = read_scope(members, "scope", complaints);
  promotion.audience = read_audience(members, complaints);
  promotion.schedule = read_schedule(members, complaints);
  promotion.name = read_name(members, "name", complaints);
  promotion.name_en = read_name(members, "name_en", complaints);
  read_limits(members, promotion, complaints);
  if (promotion.layer == Layer::coupon) promotion.coupon = read_coupon(members, complaints);
  promotion.priority = members.optional_integer("priority", -largest_limit, largest_limit).value_or(0);
  promotion.exclusive = members.flag("exclusive");
  members.finish();
  return promotion;
}

}  // namespace

Result<std::vector<Promotion>> read_promotions(const Value& value, const Place& place) {
  Complaints complaints;
  std::vector<Promotion> promotions;
  if (exact_json::expect(value, Kind::array, "a list of promotions", place, complaints) == nullptr) {
    return fail(complaints.take());
  }
  promotions.reserve(value.elements.size());
  std::unordered_set<std::string> ids;
  for (const auto& element : value.elements) {
    const Place at{&place, {}, promotions.size(), true};
    promotions.push_back(read_promotion(element, at, complaints));
    const auto& id = promotions.back().id;
    if (!complaints.any() && !ids.insert(id).second) {
      complaints.add("promotion.duplicate_id", "Two promotions have this id. Give each its own.", Place{&at, "id"},
                     {{"id", id}});
    }
    if (complaints.any()) return fail(complaints.take());
  }
  return promotions;
}

}  // namespace lanekeeper::pricing
