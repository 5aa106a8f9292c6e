// Published promotions, ready for pricing. Each version is read and compiled once and remembered: it never changes.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/time.h"
#include "pricing/promotion_index.h"
#include "services/service_context.h"

namespace lanekeeper::services {

struct CompiledBook {
  std::int64_t version = 0;
  ZonedTime effective_at;
  pricing::PromotionIndex promotions;
  std::vector<const pricing::Promotion*> counted;  // that have a limit beyond the basket
  std::vector<const pricing::Promotion*> coupons;  // that open with a code
};

// Thread-safe. Must be called on a database worker, and not inside a transaction: it may ask the database.
class PromotionLibrary {
 public:
  static constexpr std::size_t max_books = 32;  // remembered; then the oldest version goes

  explicit PromotionLibrary(const ServiceContext& context) : context_(context) {}

  // nullptr: there is no such version. Version 0 is the empty set.
  [[nodiscard]] std::shared_ptr<const CompiledBook> find(std::int64_t version);

 private:
  [[nodiscard]] std::shared_ptr<const CompiledBook> remembered(std::int64_t version) const;

  ServiceContext context_;
  std::mutex loading_;  // one compiles, the others wait for it; taken before mutex_
  mutable std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<const CompiledBook>> books_;
};

}  // namespace lanekeeper::services
