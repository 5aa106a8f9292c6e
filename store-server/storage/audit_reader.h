// Reads the ledgers for the audit: in the order of their keys, a bounded number of rows at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "storage/connection.h"
#include "storage/control_rows.h"
#include "storage/journal_repository.h"
#include "storage/promotion_use_repository.h"
#include "storage/sale_rows.h"

namespace lanekeeper::storage {

struct AuditedEntry {
  journal::Entry entry;
  std::int64_t received_ms = 0;
};

struct AuditedAside {
  journal::Entry entry;
  journal::Hash content_hash{};
  bool authentic = false;
  bool conflict = false;
};

// The rows of one sale as they stand in the tables; header missing: there is no such row.
struct AuditedSale {
  std::optional<SaleHeaderRow> header;
  std::int64_t exceptions = 0;  // column of sale
  std::int64_t raised = 0;      // rows of journal_exception
  std::vector<SaleLineRow> lines;
  std::vector<SaleTaxRow> taxes;
  std::vector<SaleTenderRow> tenders;
  std::vector<SaleReturnRow> returns;
  std::vector<PromotionUseRow> uses;
  std::vector<CouponRow> coupons;           // that it was the first to spend
  std::optional<std::int64_t> drawer_cash;  // cash_movement
};

// The same of a control transaction.
struct AuditedControl {
  std::optional<ControlRow> row;
  std::int64_t exceptions = 0;
  std::optional<std::int64_t> drawer_cash;
};

struct AuditedMovement {
  std::int64_t item_id = 0;
  std::int64_t recorded_ms = 0;
  std::int64_t source = 0;
  std::int64_t till = 0;
  std::int64_t document = 0;
  std::int64_t quantity = 0;
  auto operator<=>(const AuditedMovement&) const = default;
};

// A sum in promotion_use that is not that of its sales.
struct WrongUses {
  UseKey key;
  std::int64_t expected = 0;
  std::int64_t found = 0;
};

// What one movement should be, by the rows of its sale; used to name the one that is wrong.
struct ExpectedMovement {
  std::optional<std::int64_t> sold;         // sum of the sale's lines of this item; nullopt: there are none
  std::optional<std::int64_t> received_ms;  // of the journal entry; nullopt: there is none
};

class AuditReader {
 public:
  AuditReader(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  // Every till that any of the journal's tables knows.
  [[nodiscard]] std::vector<std::int64_t> tills();
  [[nodiscard]] std::vector<AuditedEntry> entries(std::int64_t till, std::int64_t after_sequence, std::int64_t limit);
  [[nodiscard]] std::vector<AuditedAside> set_aside(std::int64_t till);
  // Of the sequence numbers first..last.
  [[nodiscard]] std::map<std::int64_t, AuditedSale> sales(std::int64_t till, std::int64_t first, std::int64_t last);
  [[nodiscard]] std::map<std::int64_t, AuditedControl> controls(std::int64_t till, std::int64_t first,
                                                                std::int64_t last);
  [[nodiscard]] bool has_exception(std::int64_t till, std::int64_t sequence, const std::string& kind);
  // Was it noticed that the numbers first..last never came? One exception tells of a whole gap, of which a part may
  // have come later.
  [[nodiscard]] bool is_known_gap(std::int64_t till, std::int64_t first, std::int64_t last);
  [[nodiscard]] std::optional<std::int64_t> cash_balance(std::int64_t till);

  [[nodiscard]] std::vector<AuditedMovement> movements_after(const AuditedMovement& last, std::int64_t limit);
  [[nodiscard]] std::map<std::int64_t, std::int64_t> balances_after(std::int64_t item, std::int64_t limit);
  [[nodiscard]] ExpectedMovement expected_for(const AuditedMovement& movement);
  [[nodiscard]] std::optional<std::int64_t> movement(const AuditedMovement& key);

  [[nodiscard]] std::optional<WrongUses> wrong_uses();  // the first

  [[nodiscard]] std::int64_t count(const std::string& table);  // of the tables named in audit_reader.cpp

 private:
  void read_headers(std::int64_t till, std::int64_t first, std::int64_t last,
                    std::map<std::int64_t, AuditedSale>& into);
  void read_parts(std::int64_t till, std::int64_t first, std::int64_t last, std::map<std::int64_t, AuditedSale>& into);
  void read_promotion_parts(std::int64_t till, std::int64_t first, std::int64_t last,
                            std::map<std::int64_t, AuditedSale>& into);

  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
