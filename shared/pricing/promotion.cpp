#include "pricing/promotion.h"

#include <algorithm>
#include <array>

namespace lanekeeper::pricing {
namespace {

bool lists(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 8> kind_names = {"fixed_price", "percent_off", "amount_off", "multibuy",
                                                        "nth_off",     "bundle",      "spend",      "gift"};
static_assert(kind_names.size() == std::variant_size_v<Offer>);

}  // namespace

bool covers(const Scope& scope, const GoodsKey& goods) {
  if (lists(scope.exclude_items, goods.item)) return false;
  if (scope.all || lists(scope.items, goods.item)) return true;
  if (!goods.category.empty() && lists(scope.categories, goods.category)) return true;
  return !goods.brand.empty() && lists(scope.brands, goods.brand);
}

bool admits(const Audience& audience, const std::optional<Member>& member) {
  if (!audience.members && !audience.birthday && audience.tiers.empty()) return true;
  if (!member || (audience.birthday && !member->birthday)) return false;
  return audience.tiers.empty() || (member->tier && lists(audience.tiers, *member->tier));
}

bool is_live(const Schedule& schedule, const ZonedTime& time) {
  if (schedule.from || schedule.to || !schedule.weekdays.empty()) {
    const auto date = time.local_date();
    if (schedule.from && date < *schedule.from) return false;
    if (schedule.to && date > *schedule.to) return false;
    const auto& days = schedule.weekdays;
    if (!days.empty() && std::find(days.begin(), days.end(), date.iso_weekday()) == days.end()) return false;
  }
  if (!schedule.hours) return true;
  const auto [from, to] = *schedule.hours;
  const auto minute = time.local_minute_of_day();
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

std::string_view kind_name(const Offer& offer) {
  return kind_names[offer.index()];
}

std::string_view layer_name(Layer layer) {
  switch (layer) {
    case Layer::item:
      return "item";
    case Layer::basket:
      return "basket";
    case Layer::member:
      return "member";
    case Layer::coupon:
      return "coupon";
    case Layer::manual:
      break;
  }
  return "manual";
}

CouponMatch match(const CouponCodes& codes, std::string_view code) {
  if (lists(codes.generic, code)) return CouponMatch::generic;
  const bool serial = codes.serial_prefix && code.starts_with(*codes.serial_prefix) &&
                      static_cast<std::int64_t>(code.size()) == codes.serial_length;
  return serial ? CouponMatch::serial : CouponMatch::none;
}

Money percent_off(Money amount, Rate percent) {
  return amount - share(amount, Rate::of_per_10k(10'000 - percent.per_10k()), Rounding::half_up);
}

}  // namespace lanekeeper::pricing
