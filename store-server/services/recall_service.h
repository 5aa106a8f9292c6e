// Recalls: articles, or single batches of them, that no till may sell any more.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/principal.h"
#include "services/service_context.h"
#include "storage/recall_repository.h"

namespace lanekeeper::services {

class RecallService {
 public:
  explicit RecallService(ServiceContext context) : context_(context) {}

  // gtin: 8, 12, 13 or 14 digits; batch: as printed (GS1 AI 10), empty: every batch; note: why, up to 400 characters.
  // The barcode.* errors of canonical_gtin, recall.bad_batch, recall.exists
  [[nodiscard]] Result<void> add(const Principal& principal, std::string_view gtin, const std::string& batch,
                                 const std::string& note);
  // recall.not_found
  [[nodiscard]] Result<void> lift(const Principal& principal, std::string_view gtin, const std::string& batch);
  [[nodiscard]] std::vector<storage::RecallRow> list();

 private:
  ServiceContext context_;
};

}  // namespace lanekeeper::services
