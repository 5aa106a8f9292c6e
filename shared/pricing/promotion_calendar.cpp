#include "pricing/promotion_calendar.h"

#include <algorithm>
#include <tuple>

namespace lanekeeper::pricing {
namespace {

const PromotionIndex no_promotions;

std::tuple<Instant, std::int64_t> order_of(const PromotionCalendar::Edition& edition) {
  return {edition.effective_at, edition.promotions.version()};
}

}  // namespace

PromotionCalendar::PromotionCalendar(std::vector<Edition> editions) : editions_(std::move(editions)) {
  std::sort(editions_.begin(), editions_.end(),
            [](const Edition& a, const Edition& b) { return order_of(a) < order_of(b); });
}

const PromotionIndex& PromotionCalendar::in_force(Instant at) const {
  const auto after = std::upper_bound(editions_.begin(), editions_.end(), at,
                                      [](Instant t, const Edition& edition) { return t < edition.effective_at; });
  return after == editions_.begin() ? no_promotions : std::prev(after)->promotions;
}

const PromotionIndex* PromotionCalendar::version(std::int64_t version) const {
  if (version == 0) return &no_promotions;
  const auto found = std::find_if(editions_.begin(), editions_.end(),
                                  [&](const Edition& edition) { return edition.promotions.version() == version; });
  return found == editions_.end() ? nullptr : &found->promotions;
}

std::optional<Instant> PromotionCalendar::next_change(Instant after) const {
  const auto next = std::upper_bound(editions_.begin(), editions_.end(), after,
                                     [](Instant t, const Edition& edition) { return t < edition.effective_at; });
  if (next == editions_.end()) return std::nullopt;
  return next->effective_at;
}

}  // namespace lanekeeper::pricing
