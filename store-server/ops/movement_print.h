// A fingerprint of a set of stock movements that does not depend on their order: the journal gives them in the order of
// tills, the table in the order of items, and neither has to be held in memory to see that they are the same.
#pragma once

#include <array>
#include <cstdint>
#include <random>

#include "ops/audit.h"
#include "storage/audit_reader.h"

namespace lanekeeper::ops {

// Thrown inside the audit to end it at the first difference.
struct FoundDifference {
  AuditDifference difference;
};

class MovementPrint {
 public:
  // Keyed anew in every audit: nobody can prepare edits that cancel each other out.
  MovementPrint() {
    std::random_device device;
    for (auto& key : keys_) key = std::uint64_t{device()} << 32 | device();
  }

  void add(const storage::AuditedMovement& movement) {
    std::uint64_t first = keys_[0];
    std::uint64_t second = keys_[1];
    for (const auto value : {movement.item_id, movement.recorded_ms, movement.source, movement.till, movement.document,
                             movement.quantity}) {
      first = mix(first ^ static_cast<std::uint64_t>(value));
      second = mix(second + static_cast<std::uint64_t>(value) * 0x9E3779B97F4A7C15ULL);
    }
    sum_ += first;
    other_sum_ += second;
    ++count_;
  }
  // The same keys, nothing added.
  [[nodiscard]] MovementPrint emptied() const {
    MovementPrint print(*this);
    print.sum_ = print.other_sum_ = 0;
    print.count_ = 0;
    return print;
  }
  [[nodiscard]] std::int64_t count() const { return count_; }
  bool operator==(const MovementPrint&) const = default;

 private:
  // The finalizer of splitmix64.
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  std::array<std::uint64_t, 2> keys_{};
  std::uint64_t sum_ = 0;
  std::uint64_t other_sum_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace lanekeeper::ops
