#include "pricing/use_limits.h"

#include <algorithm>

namespace lanekeeper::pricing {

UseLimits::UseLimits(const std::vector<UsesLeft>& uses_left) {
  left_.reserve(uses_left.size());
  for (const auto& uses : uses_left) left_.emplace_back(uses.promotion, std::max<std::int64_t>(0, uses.left));
  std::sort(left_.begin(), left_.end());
}

std::optional<std::int64_t> UseLimits::of(const Promotion& promotion) const {
  auto least = promotion.max_per_basket;
  const auto tighten = [&](std::int64_t limit) { least = std::min(least.value_or(limit), limit); };
  if (promotion.max_per_member_day) tighten(*promotion.max_per_member_day);
  if (promotion.max_total) tighten(*promotion.max_total);
  const auto listed = std::lower_bound(left_.begin(), left_.end(), std::string_view(promotion.id),
                                       [](const auto& entry, std::string_view id) { return entry.first < id; });
  if (listed != left_.end() && listed->first == promotion.id) tighten(listed->second);
  return least;
}

}  // namespace lanekeeper::pricing
