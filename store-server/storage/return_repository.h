// Table sale_return: which sales took back goods of which sale.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/journal_repository.h"

namespace lanekeeper::storage {

class ReturnRepository {
 public:
  ReturnRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  void insert(std::span<const EntryToStore> entries);

  // The stored returns of each of these sales, those with none left out; in the order in which the goods came back.
  [[nodiscard]] std::map<std::string, std::vector<EntryKey>> returns_of(std::span<const std::string> sale_ids_hex);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
