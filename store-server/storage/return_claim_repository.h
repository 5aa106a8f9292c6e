// Table return_claim.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/ids.h"
#include "storage/connection.h"
#include "storage/journal_repository.h"

namespace lanekeeper::storage {

class ReturnClaimRepository {
 public:
  ReturnClaimRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  // The till that has the sale until `until_ms`: this one, when nobody had it or it was its own; else the other.
  [[nodiscard]] std::int64_t claim(const Uuid& sale, std::int64_t till, std::int64_t now_ms, std::int64_t until_ms);
  void release(const Uuid& sale, std::int64_t till);
  // These returns have arrived: what their tills claimed for them is free.
  void release_arrived(std::span<const EntryToStore> entries);
  void forget_ended(std::int64_t now_ms, std::int64_t limit);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
