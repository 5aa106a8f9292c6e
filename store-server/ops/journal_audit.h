// The part of the audit that goes along the tills' journals: chain and signatures, and every row that an entry became.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "ops/audit.h"
#include "ops/movement_print.h"
#include "ops/shift_audit.h"
#include "pricing/promotion_index.h"
#include "storage/audit_reader.h"
#include "storage/journal_repository.h"

namespace lanekeeper::ops {

class JournalAudit {
 public:
  JournalAudit(storage::Connection& connection, storage::AuditReader& reader, std::int64_t store_id,
               MovementPrint& movements, AuditReport& report, const std::function<void(std::int64_t)>& progress)
      : connection_(connection),
        reader_(reader),
        store_id_(store_id),
        movements_(movements),
        report_(report),
        progress_(progress) {}

  void run();  // throws FoundDifference

 private:
  // Where the journal of the till that is looked at stands.
  struct Till {
    std::int64_t number = 0;
    std::vector<journal::PublicKey> keys;
    std::map<std::int64_t, storage::AuditedAside> unreadable;  // authentic ones that take their place in the chain
    storage::TillHead reached;
    std::int64_t cash = 0;
    std::unique_ptr<ShiftAudit> shifts;
  };

  void run_till(std::int64_t number);
  void check_set_aside(Till& till);
  void check_signature(const Till& till, const journal::Entry& entry, const std::string& table);
  void pass_unreadable(Till& till, std::int64_t before_sequence);
  void link(Till& till, const journal::Entry& entry);
  void check_entry(Till& till, const storage::AuditedEntry& audited, const storage::AuditedSale& stored,
                   const storage::AuditedControl& control);
  void check_sale(Till& till, const storage::AuditedEntry& audited, const sale::RetailTransaction& sale,
                  const storage::AuditedSale& stored);
  void check_control(Till& till, const std::string& key, const sale::ControlTransaction& fact,
                     const storage::AuditedControl& stored, std::int64_t raised);
  void check_cash(const std::string& key, std::int64_t expected, const std::optional<std::int64_t>& stored);
  void check_rows(const std::string& key, const storage::SaleRows& expected, const storage::AuditedSale& stored);
  // Prices the sale again where uses are counted or coupons spent.
  void add_promotions(const sale::RetailTransaction& sale, const storage::EntryKey& key, storage::SaleRows& expected);
  void add_given_back(const sale::RetailTransaction& sale, const journal::Entry& entry, storage::SaleRows& expected);
  [[nodiscard]] bool undoes_its_sale(const sale::RetailTransaction& sale, const storage::EntryKey& key);
  [[nodiscard]] bool was_undone(const std::string& sale_id_hex);
  [[nodiscard]] sale::RetailTransaction sale_at(const storage::EntryKey& key);
  [[nodiscard]] const pricing::PromotionIndex* promotions(std::int64_t version);
  void check_coupons(const journal::Entry& entry, const storage::SaleRows& expected,
                     const storage::AuditedSale& stored);
  void check_head(const Till& till);
  void check_counts();

  storage::Connection& connection_;
  storage::AuditReader& reader_;
  std::int64_t store_id_;
  MovementPrint& movements_;
  AuditReport& report_;
  const std::function<void(std::int64_t)>& progress_;
  std::map<std::int64_t, pricing::PromotionIndex> promotions_;  // by version; empty where nothing has to be looked at
  std::int64_t taxes_ = 0;
  std::int64_t returns_ = 0;
  std::int64_t uses_ = 0;
  std::int64_t coupons_ = 0;
  std::int64_t tenders_ = 0;
  std::int64_t heads_ = 0;
  std::int64_t cash_balances_ = 0;
};

}  // namespace lanekeeper::ops
