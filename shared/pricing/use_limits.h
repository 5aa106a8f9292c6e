// How often a promotion may be applied in one basket: the least of what its definition and the world allow.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "pricing/goods.h"

namespace lanekeeper::pricing {

class UseLimits {
 public:
  UseLimits() = default;
  // Keeps references to the ids. Of several entries of one promotion the least counts.
  explicit UseLimits(const std::vector<UsesLeft>& uses_left);

  // >= 0; nullopt: no limit.
  [[nodiscard]] std::optional<std::int64_t> of(const Promotion& promotion) const;

 private:
  std::vector<std::pair<std::string_view, std::int64_t>> left_;  // by promotion, then by number
};

}  // namespace lanekeeper::pricing
