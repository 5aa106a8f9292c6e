#include "storage/return_claim_repository.h"

#include <set>

#include "storage/uuid_text.h"

namespace lanekeeper::storage {

std::int64_t ReturnClaimRepository::claim(const Uuid& sale, std::int64_t till, std::int64_t now_ms,
                                          std::int64_t until_ms) {
  // Assignments take effect from left to right: the time is renewed exactly for the till that has it then.
  connection_.execute(
      "INSERT INTO return_claim (store_id, sale_id, till, until_ms) VALUES (?, UNHEX(?), ?, ?) ON DUPLICATE KEY UPDATE "
      "till = IF(until_ms <= ?, ?, till), until_ms = IF(till = ?, ?, until_ms)",
      store_id_, hex_of(sale), till, until_ms, now_ms, till, till, until_ms);
  auto rows = connection_.query("SELECT till FROM return_claim WHERE store_id = ? AND sale_id = UNHEX(?)", store_id_,
                                hex_of(sale));
  return rows.next() ? rows.integer(1) : till;
}

void ReturnClaimRepository::release(const Uuid& sale, std::int64_t till) {
  connection_.execute("DELETE FROM return_claim WHERE store_id = ? AND sale_id = UNHEX(?) AND till = ?", store_id_,
                      hex_of(sale), till);
}

void ReturnClaimRepository::release_arrived(std::span<const EntryToStore> entries) {
  std::set<std::pair<std::string, std::int64_t>> claims;
  for (const auto& entry : entries) {
    for (const auto& back : entry.rows->returns) claims.emplace(back.original_sale_hex, entry.entry->till);
  }
  for (const auto& [sale_hex, till] : claims) {
    connection_.execute("DELETE FROM return_claim WHERE store_id = ? AND sale_id = UNHEX(?) AND till = ?", store_id_,
                        sale_hex, till);
  }
}

void ReturnClaimRepository::forget_ended(std::int64_t now_ms, std::int64_t limit) {
  connection_.execute("DELETE FROM return_claim WHERE store_id = ? AND until_ms <= ? LIMIT ?", store_id_, now_ms,
                      limit);
}

}  // namespace lanekeeper::storage
