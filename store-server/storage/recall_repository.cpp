#include "storage/recall_repository.h"

namespace lanekeeper::storage {

std::vector<RecallRow> RecallRepository::all() {
  std::vector<RecallRow> recalls;
  auto rows = connection_.query(
      "SELECT gtin, batch, note, added_ms, added_offset_min FROM recall WHERE store_id = ? ORDER BY gtin, batch",
      store_id_);
  while (rows.next()) {
    recalls.push_back(
        {rows.text(1), rows.text(2), rows.text(3), {{rows.integer(4)}, static_cast<int>(rows.integer(5))}});
  }
  return recalls;
}

void RecallRepository::add(const RecallRow& recall) {
  connection_.execute(
      "INSERT INTO recall (store_id, gtin, batch, note, added_ms, added_offset_min) VALUES (?, ?, ?, ?, ?, ?)",
      store_id_, recall.gtin, recall.batch, recall.note, recall.added_at.instant.unix_ms,
      std::int64_t{recall.added_at.utc_offset_min});
}

bool RecallRepository::remove(const std::string& gtin, const std::string& batch) {
  return connection_.execute("DELETE FROM recall WHERE store_id = ? AND gtin = ? AND batch = ?", store_id_, gtin,
                             batch) > 0;
}

}  // namespace lanekeeper::storage
