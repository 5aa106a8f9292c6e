// Promotions as the store keeps them: published books that never change, in force by their hour, brought back by
// publishing them again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pricing/promotion_review.h"
#include "protocol/promotions.h"
#include "services/principal.h"
#include "services/promotion_library.h"
#include "services/service_context.h"
#include "storage/promotion_repository.h"

namespace lanekeeper::services {

struct PromotionDraft {
  std::string definitions;                // JSON: an array, or an object with the member "promotions"
  std::optional<ZonedTime> effective_at;  // absent: at once
  std::string note;                       // why, in a person's words; up to 400 characters
  std::optional<std::int64_t> based_on;   // the newest version that the author had seen; absent: whatever it is
};

struct PublishedPromotions {
  std::int64_t version = 0;
  std::int64_t count = 0;
  std::vector<pricing::Finding> findings;  // warnings
};

class PromotionService {
 public:
  static constexpr std::size_t max_definitions_bytes = 8 * 1024 * 1024;
  static constexpr std::size_t max_promotions = 20'000;
  static constexpr std::size_t max_id_length = 120;   // bytes
  static constexpr std::size_t max_code_length = 80;  // of a coupon, bytes

  explicit PromotionService(const ServiceContext& context) : context_(context), library_(context) {}

  // For devices. known: the newest version that the device has.
  [[nodiscard]] Result<protocol::PromotionBooks> books(const Principal& principal, std::int64_t known);

  // For devices: what is left of the limits beyond the basket (protocol::PromotionUses). Of a promotion that several
  // books have, the one that is in force first counts. member 0: nobody.
  [[nodiscard]] Result<protocol::PromotionUses> uses(const Principal& principal, std::int64_t member, const Date& date);

  // promotions_edit, as restore(). Errors of reading (docs/promotions.md), promotion.too_many, promotion.too_long
  // (detail "promotion"), promotion.refused (details "count", "first"), promotion.changed_meanwhile.
  [[nodiscard]] Result<PublishedPromotions> publish(const Principal& principal, const PromotionDraft& draft);
  // What publish() would find, without publishing.
  [[nodiscard]] Result<std::vector<pricing::Finding>> check(const std::string& definitions);
  // Publishes the definitions of an earlier version once more, in force at once. promotion.no_version
  [[nodiscard]] Result<PublishedPromotions> restore(const Principal& principal, std::int64_t version);

  // Newest first, without definitions. before: 0 from the newest one.
  [[nodiscard]] std::vector<storage::PromotionBookRow> list(std::int64_t before, std::int64_t limit);
  [[nodiscard]] Result<storage::PromotionBookRow> get(std::int64_t version);

 private:
  struct Read;
  [[nodiscard]] Result<Read> read(const std::string& definitions) const;
  [[nodiscard]] std::vector<pricing::Finding> review(storage::Connection& connection, const Read& read) const;
  [[nodiscard]] Result<PublishedPromotions> store(const Principal& principal, const Read& read,
                                                  const PromotionDraft& draft,
                                                  std::optional<std::int64_t> restored_from);

  ServiceContext context_;
  PromotionLibrary library_;
};

}  // namespace lanekeeper::services
