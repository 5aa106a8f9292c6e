// Table recall: batches that must not be sold any more.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct RecallRow {
  std::string gtin;   // 14 digits
  std::string batch;  // empty: every batch
  std::string note;
  ZonedTime added_at;
};

class RecallRepository {
 public:
  RecallRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  [[nodiscard]] std::vector<RecallRow> all();  // by gtin and batch
  void add(const RecallRow& recall);
  // False: there was none.
  bool remove(const std::string& gtin, const std::string& batch);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
