// The published sets of promotions that a program knows, and which of them is in force when.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "pricing/promotion_index.h"

namespace lanekeeper::pricing {

// A value; copies share what was compiled. In force at a moment is the edition with the latest effective_at that has
// come, of several the highest version; before all of them nothing is.
class PromotionCalendar {
 public:
  struct Edition {
    Instant effective_at;
    PromotionIndex promotions;  // with its version
  };
  PromotionCalendar() = default;
  explicit PromotionCalendar(std::vector<Edition> editions);

  [[nodiscard]] const PromotionIndex& in_force(Instant at) const;
  // nullptr: not known. Version 0 is the empty set, always known.
  [[nodiscard]] const PromotionIndex* version(std::int64_t version) const;
  [[nodiscard]] const std::vector<Edition>& editions() const { return editions_; }
  // When the next edition comes into force after a moment.
  [[nodiscard]] std::optional<Instant> next_change(Instant after) const;

 private:
  std::vector<Edition> editions_;  // by effective_at, then by version
};

}  // namespace lanekeeper::pricing
