#include "ops/audit.h"

#include <fmt/format.h>

#include "ops/journal_audit.h"
#include "ops/ledger_audit.h"
#include "storage/audit_reader.h"
#include "storage/audit_repository.h"
#include "storage/connection.h"

namespace lanekeeper::ops {

namespace {

constexpr std::int64_t page = 1000;

[[noreturn]] void different(std::string table, std::string key, std::string column, std::string expected,
                            std::string found) {
  throw FoundDifference{{std::move(table), std::move(key), std::move(column), std::move(expected), std::move(found)}};
}

void check_record(std::int64_t store_id, const storage::AuditHead& reached, const storage::StoredAuditRecord& record) {
  const auto key = [](std::int64_t number) { return fmt::format("number {}", number); };
  if (record.number != reached.last_number + 1) {
    different("audit_record", key(reached.last_number + 1), "row", "present", "missing");
  }
  const auto expected = storage::audit_hash(store_id, record.number, reached.last_hash, record.record);
  if (expected != record.hash) {
    different("audit_record", key(record.number), "hash", storage::hex_of(expected), storage::hex_of(record.hash));
  }
}

void audit_trail(storage::Connection& connection, std::int64_t store_id, AuditReport& report) {
  storage::AuditRepository trail(connection, store_id);
  storage::AuditHead reached;
  while (true) {
    const auto records = trail.after(reached.last_number, page);
    for (const auto& record : records) {
      check_record(store_id, reached, record);
      reached = {record.number, record.hash};
      ++report.audit_records;
    }
    if (static_cast<std::int64_t>(records.size()) < page) break;
  }
  const auto head = trail.head();
  const auto key = fmt::format("store {}", store_id);
  if (head.last_number != reached.last_number) {
    different("audit_head", key, "last_number", std::to_string(reached.last_number), std::to_string(head.last_number));
  }
  if (head.last_hash != reached.last_hash) {
    different("audit_head", key, "last_hash", storage::hex_of(reached.last_hash), storage::hex_of(head.last_hash));
  }
}

}  // namespace

std::string AuditDifference::to_string() const {
  return fmt::format("{} ({}): {} is {}, but should be {}", table, key, column, found, expected);
}

std::string AuditReport::to_string() const {
  std::string text = clean() ? "clean\n" : "DIFFERENT: " + difference->to_string() + "\n";
  text += fmt::format(
      "tills {}\njournal entries {}\nset aside {}\nsales {}\nsale lines {}\ncontrol transactions {}\nshifts {}\nstock "
      "movements {}\nstock balances {}\n"
      "cash movements {}\naudit records {}\nknown gaps {}\nknown broken chains {}\n",
      tills, entries, set_aside, sales, sale_lines, controls, shifts, stock_movements, stock_balances, cash_movements,
      audit_records, known_gaps, known_broken_chains);
  return text;
}

storage::DatabaseConfig for_audit(storage::DatabaseConfig config) {
  return storage::with_patience(std::move(config));
}

AuditReport audit(storage::Database& database, std::int64_t store_id,
                  const std::function<void(std::int64_t entries)>& progress) {
  AuditReport report;
  database.snapshot([&](storage::Connection& connection) {
    report = {};
    try {
      storage::AuditReader reader(connection, store_id);
      MovementPrint expected;
      JournalAudit(connection, reader, store_id, expected, report, progress).run();
      LedgerAudit(reader, expected, report).run();
      audit_trail(connection, store_id, report);
    } catch (const FoundDifference& found) {
      report.difference = found.difference;
    }
  });
  return report;
}

}  // namespace lanekeeper::ops
