#include "storage/audit_repository.h"

#include <limits>

#include "storage/journal_repository.h"

namespace lanekeeper::storage {

namespace {

constexpr std::string_view hash_context = "LKA1";

void append_big_endian(Bytes& out, std::int64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out += static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> shift);
  }
}

std::vector<StoredAuditRecord> read_all(Rows rows) {
  std::vector<StoredAuditRecord> records;
  while (rows.next()) records.push_back({rows.integer(1), hash_from_bytes(rows.text(2)), rows.text(3)});
  return records;
}

}  // namespace

journal::Hash audit_hash(std::int64_t store_id, std::int64_t number, const journal::Hash& previous,
                         std::string_view record) {
  Bytes bytes(as_bytes(hash_context));
  append_big_endian(bytes, store_id);
  append_big_endian(bytes, number);
  bytes.append(previous.data(), previous.size());
  bytes.append(as_bytes(record));
  return journal::sha256(bytes);
}

AuditHead AuditRepository::lock() {
  connection_.execute(
      "INSERT INTO audit_head (store_id, last_number, last_hash) VALUES (?, 0, UNHEX(REPEAT('00', 32))) "
      "ON DUPLICATE KEY UPDATE last_number = last_number",
      store_id_);
  auto rows =
      connection_.query("SELECT last_number, last_hash FROM audit_head WHERE store_id = ? FOR UPDATE", store_id_);
  if (!rows.next()) throw Fault("db.error", "the head of the audit trail cannot be made");
  return {rows.integer(1), hash_from_bytes(rows.text(2))};
}

AuditHead AuditRepository::head() {
  auto rows = connection_.query("SELECT last_number, last_hash FROM audit_head WHERE store_id = ?", store_id_);
  if (!rows.next()) return {};
  return {rows.integer(1), hash_from_bytes(rows.text(2))};
}

void AuditRepository::append(const StoredAuditRecord& record) {
  connection_.execute("INSERT INTO audit_record (store_id, number, hash, record) VALUES (?, ?, UNHEX(?), ?)", store_id_,
                      record.number, hex_of(record.hash), record.record);
  connection_.execute("UPDATE audit_head SET last_number = ?, last_hash = UNHEX(?) WHERE store_id = ?", record.number,
                      hex_of(record.hash), store_id_);
}

std::vector<StoredAuditRecord> AuditRepository::after(std::int64_t number, std::int64_t limit) {
  return read_all(connection_.query(
      "SELECT number, hash, record FROM audit_record WHERE store_id = ? AND number > ? ORDER BY number LIMIT ?",
      store_id_, number, limit));
}

std::vector<StoredAuditRecord> AuditRepository::before(std::int64_t number, std::int64_t limit) {
  return read_all(connection_.query(
      "SELECT number, hash, record FROM audit_record WHERE store_id = ? AND number < ? ORDER BY number DESC LIMIT ?",
      store_id_, number == 0 ? std::numeric_limits<std::int64_t>::max() : number, limit));
}

}  // namespace lanekeeper::storage
