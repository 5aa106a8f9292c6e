#include "storage/journal_repository.h"

#include <algorithm>

#include "base/text.h"
#include "storage/batch.h"

namespace lanekeeper::storage {

namespace {

template <std::size_t N>
std::string hex(const std::array<unsigned char, N>& bytes) {
  return to_hex(ByteView(bytes.data(), bytes.size()));
}

// A part of a sale beside the key of the entry it belongs to.
template <class Part>
struct Keyed {
  std::int64_t till;
  std::int64_t sequence;
  const Part* part;
};

template <class Part>
std::vector<Keyed<Part>> collect(std::span<const EntryToStore> entries, const std::vector<Part> SaleRows::*parts) {
  std::vector<Keyed<Part>> all;
  for (const auto& entry : entries) {
    for (const auto& part : entry.rows->*parts) all.push_back({entry.entry->till, entry.entry->sequence, &part});
  }
  return all;
}

}  // namespace

std::string hex_of(const journal::Hash& hash) {
  return hex(hash);
}

journal::Hash hash_from_bytes(const std::string& bytes) {
  journal::Hash hash{};
  if (bytes.size() != hash.size()) throw Fault("db.error", "a hash of the wrong length");
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

journal::Hash content_hash_of(const journal::Entry& entry) {
  Bytes bytes;
  bytes.reserve(entry.previous.size() + entry.hash.size() + entry.signature.size() + entry.payload.size());
  bytes.append(entry.previous.data(), entry.previous.size());
  bytes.append(entry.hash.data(), entry.hash.size());
  bytes.append(entry.signature.data(), entry.signature.size());
  bytes.append(as_bytes(entry.payload));
  return journal::sha256(bytes);
}

std::map<std::int64_t, TillHead> JournalRepository::lock_heads(std::span<const std::int64_t> tills) {
  std::map<std::int64_t, TillHead> heads;
  query_keys<std::int64_t>(
      connection_,
      "SELECT till, last_sequence, last_hash, last_receipt_number, last_shift, open_shift, clock_ahead_ms FROM "
      "till_head "
      "WHERE store_id = ? AND till IN (",
      "?", ") ORDER BY till FOR UPDATE", tills, [&](Binder& b) { b.add(store_id_); },
      [](Binder& b, std::int64_t till) { b.add(till); },
      [&](Rows& rows) {
        while (rows.next()) {
          heads[rows.integer(1)] = {rows.integer(2), hash_from_bytes(rows.text(3)),
                                    rows.integer(4), rows.integer(5),
                                    rows.integer(6), rows.integer(7)};
        }
      });
  return heads;
}

std::optional<TillHead> JournalRepository::head(std::int64_t till) {
  auto rows = connection_.query(
      "SELECT last_sequence, last_hash, last_receipt_number, last_shift, open_shift, clock_ahead_ms FROM till_head "
      "WHERE "
      "store_id = ? AND till = ?",
      store_id_, till);
  if (!rows.next()) return std::nullopt;
  return TillHead{rows.integer(1), hash_from_bytes(rows.text(2)), rows.integer(3), rows.integer(4), rows.integer(5),
                  rows.integer(6)};
}

void JournalRepository::save_heads(const std::map<std::int64_t, TillHead>& heads) {
  const std::vector<std::pair<std::int64_t, TillHead>> rows(heads.begin(), heads.end());
  insert_rows<std::pair<std::int64_t, TillHead>>(
      connection_,
      "INSERT INTO till_head (store_id, till, last_sequence, last_hash, last_receipt_number, last_shift, open_shift, "
      "clock_ahead_ms) VALUES ",
      "(?, ?, ?, UNHEX(?), ?, ?, ?, ?)",
      " ON DUPLICATE KEY UPDATE last_sequence = VALUES(last_sequence), last_hash = VALUES(last_hash), "
      "last_receipt_number = VALUES(last_receipt_number), last_shift = VALUES(last_shift), open_shift = "
      "VALUES(open_shift), clock_ahead_ms = VALUES(clock_ahead_ms)",
      rows, [&](Binder& b, const auto& row) {
        b.add(store_id_).add(row.first).add(row.second.last_sequence).add(hex(row.second.last_hash));
        b.add(row.second.last_receipt_number)
            .add(row.second.last_shift)
            .add(row.second.open_shift)
            .add(row.second.clock_ahead_ms);
      });
}

std::map<std::int64_t, StoredEntry> JournalRepository::find_entries(std::int64_t till,
                                                                    std::span<const std::int64_t> sequences) {
  std::map<std::int64_t, StoredEntry> found;
  const auto ask = [&](std::string_view head, auto&& read) {
    query_keys<std::int64_t>(
        connection_, head, "?", ")", sequences, [&](Binder& b) { b.add(store_id_).add(till); },
        [](Binder& b, std::int64_t sequence) { b.add(sequence); }, read);
  };
  ask("SELECT sequence, hash, previous, content_hash FROM journal_set_aside WHERE authentic = 1 AND outcome = "
      "'malformed' AND "
      "store_id = ? AND till = ? AND sequence IN (",
      [&](Rows& rows) {
        while (rows.next()) {
          found[rows.integer(1)] = {hash_from_bytes(rows.text(2)), hash_from_bytes(rows.text(3)),
                                    hash_from_bytes(rows.text(4))};
        }
      });
  ask("SELECT sequence, hash, previous FROM journal_entry WHERE store_id = ? AND till = ? AND sequence IN (",
      [&](Rows& rows) {
        while (rows.next())
          found[rows.integer(1)] = {hash_from_bytes(rows.text(2)), hash_from_bytes(rows.text(3)), std::nullopt};
      });
  return found;
}

bool JournalRepository::is_set_aside(std::int64_t till, std::int64_t sequence, const journal::Hash& content_hash) {
  auto rows = connection_.query(
      "SELECT 1 FROM journal_set_aside WHERE store_id = ? AND till = ? AND sequence = ? AND content_hash = UNHEX(?)",
      store_id_, till, sequence, hex(content_hash));
  return rows.next();
}

std::map<std::string, EntryKey> JournalRepository::find_sale_ids(std::span<const std::string> sale_ids_hex) {
  std::map<std::string, EntryKey> found;
  query_keys<std::string>(
      connection_, "SELECT LOWER(HEX(sale_id)), till, sequence FROM sale WHERE store_id = ? AND sale_id IN (",
      "UNHEX(?)", ")", sale_ids_hex, [&](Binder& b) { b.add(store_id_); },
      [](Binder& b, const std::string& id) { b.add(id); },
      [&](Rows& rows) {
        while (rows.next()) found[rows.text(1)] = {rows.integer(2), rows.integer(3)};
      });
  return found;
}

std::optional<std::int64_t> JournalRepository::find_receipt(std::int64_t till, std::int64_t receipt_number) {
  auto rows = connection_.query(
      "SELECT sequence FROM sale WHERE store_id = ? AND till = ? AND receipt_number = ? ORDER BY sequence LIMIT 1",
      store_id_, till, receipt_number);
  if (!rows.next()) return std::nullopt;
  return rows.integer(1);
}

void JournalRepository::insert_entries(std::span<const journal::Entry* const> entries, const ZonedTime& received_at) {
  insert_rows<const journal::Entry*>(
      connection_,
      "INSERT INTO journal_entry (store_id, till, sequence, previous, hash, signature, received_ms, "
      "received_offset_min, payload) VALUES ",
      "(?, ?, ?, UNHEX(?), UNHEX(?), UNHEX(?), ?, ?, ?)", "", entries, [&](Binder& b, const journal::Entry* row) {
        const auto& entry = *row;
        b.add(store_id_).add(entry.till).add(entry.sequence).add(hex(entry.previous)).add(hex(entry.hash));
        b.add(hex(entry.signature)).add(received_at.instant.unix_ms);
        b.add(std::int64_t{received_at.utc_offset_min}).add(entry.payload);
      });
}

void JournalRepository::insert_sales(std::span<const EntryToStore> entries) {
  insert_rows<EntryToStore>(
      connection_,
      "INSERT INTO sale (store_id, till, sequence, sale_id, receipt_number, business_date, started_ms, completed_ms, "
      "completed_offset_min, cashier, cashier_number, catalogue_version, line_count, gross, discount, net, tax, total, "
      "cash_adjustment, payable, change_given, exceptions, shift, member_id) VALUES ",
      "(?,?,?,UNHEX(?),?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", "", entries, [&](Binder& b, const EntryToStore& row) {
        const auto& sale = row.rows->header;
        b.add(store_id_).add(row.entry->till).add(row.entry->sequence).add(sale.sale_id_hex).add(sale.receipt_number);
        b.add(sale.business_date).add(sale.started_ms).add(sale.completed_ms).add(sale.completed_offset_min);
        b.add(sale.cashier).add(sale.cashier_number).add(sale.catalogue_version).add(sale.line_count);
        b.add(sale.gross).add(sale.discount).add(sale.net).add(sale.tax).add(sale.total).add(sale.cash_adjustment);
        b.add(sale.payable).add(sale.change_given).add(row.exceptions).add(sale.shift).add(sale.member_id);
      });
  insert_sale_parts(entries);
}

void JournalRepository::insert_sale_parts(std::span<const EntryToStore> entries) {
  const auto lines = collect(entries, &SaleRows::lines);
  insert_rows<Keyed<SaleLineRow>>(
      connection_,
      "INSERT INTO sale_line (store_id, till, sequence, line, item_id, category_id, tax_category_id, quantity, "
      "unit_price, regular_unit_price, override_by, gross, discount, net, tax, voided) VALUES ",
      "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", "", lines, [&](Binder& b, const Keyed<SaleLineRow>& row) {
        const auto& line = *row.part;
        b.add(store_id_).add(row.till).add(row.sequence).add(line.line).add(line.item_id).add(line.category_id);
        b.add(line.tax_category_id).add(line.quantity).add(line.unit_price).add(line.regular_unit_price);
        b.add(line.override_by).add(line.gross).add(line.discount).add(line.net).add(line.tax);
        b.add(std::int64_t{line.voided});
      });
  const auto taxes = collect(entries, &SaleRows::taxes);
  insert_rows<Keyed<SaleTaxRow>>(
      connection_,
      "INSERT INTO sale_tax (store_id, till, sequence, position, tax_category_id, rate_per_10k, taxable, tax) VALUES ",
      "(?,?,?,?,?,?,?,?)", "", taxes, [&](Binder& b, const Keyed<SaleTaxRow>& row) {
        b.add(store_id_).add(row.till).add(row.sequence).add(row.part->position).add(row.part->tax_category_id);
        b.add(row.part->rate_per_10k).add(row.part->taxable).add(row.part->tax);
      });
  const auto tenders = collect(entries, &SaleRows::tenders);
  insert_rows<Keyed<SaleTenderRow>>(
      connection_,
      "INSERT INTO sale_tender (store_id, till, sequence, position, kind, amount, method, reference, face_value) "
      "VALUES ",
      "(?,?,?,?,?,?,?,?,?)", "", tenders, [&](Binder& b, const Keyed<SaleTenderRow>& row) {
        const auto& tender = *row.part;
        b.add(store_id_).add(row.till).add(row.sequence).add(tender.position).add(tender.kind).add(tender.amount);
        tender.method ? b.add(*tender.method) : b.add_null();
        b.add(tender.reference).add(tender.face_value);
      });
}

void JournalRepository::insert_set_aside(std::span<const EntryToSetAside> entries, const ZonedTime& received_at) {
  for (const auto& row : entries) {
    const auto& entry = *row.entry;
    connection_.execute(
        "INSERT INTO journal_set_aside (store_id, till, sequence, content_hash, outcome, reason, authentic, previous, "
        "hash, signature, received_ms, received_offset_min, payload) VALUES (?, ?, ?, UNHEX(?), ?, ?, ?, UNHEX(?), "
        "UNHEX(?), UNHEX(?), ?, ?, ?)",
        store_id_, entry.till, entry.sequence, hex(row.content_hash), row.outcome, row.reason,
        std::int64_t{row.authentic}, hex(entry.previous), hex(entry.hash), hex(entry.signature),
        received_at.instant.unix_ms, std::int64_t{received_at.utc_offset_min}, entry.payload);
  }
}

void JournalRepository::set_details(const std::string& exception_hex, const std::string& details) {
  connection_.execute("UPDATE journal_exception SET details = ? WHERE store_id = ? AND exception_id = UNHEX(?)",
                      details, store_id_, exception_hex);
}

void JournalRepository::insert_exceptions(std::span<const ExceptionRow> exceptions, const ZonedTime& raised_at) {
  insert_rows<ExceptionRow>(
      connection_,
      "INSERT INTO journal_exception (store_id, exception_id, till, sequence, kind, message, details, raised_ms, "
      "raised_offset_min) VALUES ",
      "(?, UNHEX(?), ?, ?, ?, ?, ?, ?, ?)", "", exceptions, [&](Binder& b, const ExceptionRow& row) {
        b.add(store_id_).add(row.id_hex).add(row.till).add(row.sequence).add(row.kind).add(row.message);
        b.add(row.details).add(raised_at.instant.unix_ms).add(std::int64_t{raised_at.utc_offset_min});
      });
}

}  // namespace lanekeeper::storage
