#include "ops/journal_audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <type_traits>

#include "ops/row_comparison.h"
#include "pricing/engine.h"
#include "pricing/price.h"
#include "storage/device_repository.h"
#include "storage/promotion_rows.h"
#include "storage/return_repository.h"
#include "storage/sale_repository.h"
#include "storage/sale_rows.h"

namespace lanekeeper::ops {

namespace {

using storage::AuditedSale;

constexpr std::int64_t page = 500;
constexpr std::size_t max_versions = 32;  // of promotions, remembered

void compare(const std::string& key, const storage::SaleHeaderRow& a, const storage::SaleHeaderRow& b) {
  RowComparison row("sale", key);
  row.column("sale_id", a.sale_id_hex, b.sale_id_hex).column("receipt_number", a.receipt_number, b.receipt_number);
  row.column("business_date", a.business_date, b.business_date).column("started_ms", a.started_ms, b.started_ms);
  row.column("completed_ms", a.completed_ms, b.completed_ms);
  row.column("completed_offset_min", a.completed_offset_min, b.completed_offset_min);
  row.column("cashier", a.cashier, b.cashier).column("cashier_number", a.cashier_number, b.cashier_number);
  row.column("catalogue_version", a.catalogue_version, b.catalogue_version);
  row.column("line_count", a.line_count, b.line_count).column("gross", a.gross, b.gross);
  row.column("discount", a.discount, b.discount).column("net", a.net, b.net).column("tax", a.tax, b.tax);
  row.column("total", a.total, b.total).column("cash_adjustment", a.cash_adjustment, b.cash_adjustment);
  row.column("payable", a.payable, b.payable).column("change_given", a.change_given, b.change_given);
  row.column("shift", a.shift, b.shift).column("member_id", a.member_id, b.member_id);
}

void compare(const std::string& key, const storage::SaleLineRow& a, const storage::SaleLineRow& b) {
  RowComparison row("sale_line", key);
  row.column("line", a.line, b.line).column("item_id", a.item_id, b.item_id);
  row.column("category_id", a.category_id, b.category_id);
  row.column("tax_category_id", a.tax_category_id, b.tax_category_id).column("quantity", a.quantity, b.quantity);
  row.column("unit_price", a.unit_price, b.unit_price);
  row.column("regular_unit_price", a.regular_unit_price, b.regular_unit_price);
  row.column("override_by", a.override_by, b.override_by).column("gross", a.gross, b.gross);
  row.column("discount", a.discount, b.discount).column("net", a.net, b.net).column("tax", a.tax, b.tax);
  row.column("voided", a.voided, b.voided);
}

void compare(const std::string& key, const storage::SaleTaxRow& a, const storage::SaleTaxRow& b) {
  RowComparison row("sale_tax", key);
  row.column("position", a.position, b.position).column("tax_category_id", a.tax_category_id, b.tax_category_id);
  row.column("rate_per_10k", a.rate_per_10k, b.rate_per_10k).column("taxable", a.taxable, b.taxable);
  row.column("tax", a.tax, b.tax);
}

void compare(const std::string& key, const storage::SaleTenderRow& a, const storage::SaleTenderRow& b) {
  RowComparison row("sale_tender", key);
  row.column("position", a.position, b.position).column("kind", a.kind, b.kind).column("amount", a.amount, b.amount);
  row.column("method", a.method, b.method).column("reference", a.reference, b.reference);
  row.column("face_value", a.face_value, b.face_value);
}

void compare(const std::string& key, const storage::ControlRow& a, const storage::ControlRow& b) {
  RowComparison row("control_transaction", key);
  row.column("control_id", a.control_id_hex, b.control_id_hex).column("kind", a.kind, b.kind);
  row.column("shift", a.shift, b.shift).column("business_date", a.business_date, b.business_date);
  row.column("at_ms", a.at_ms, b.at_ms).column("at_offset_min", a.at_offset_min, b.at_offset_min);
  row.column("cashier", a.cashier, b.cashier).column("cashier_number", a.cashier_number, b.cashier_number);
  row.column("approver", a.approver, b.approver).column("amount", a.amount, b.amount);
  row.column("reason", a.reason, b.reason).column("basket_id", a.basket_id_hex, b.basket_id_hex);
  row.column("basket_total", a.basket_total, b.basket_total);
}

void compare(const std::string& key, const storage::SaleReturnRow& a, const storage::SaleReturnRow& b) {
  RowComparison row("sale_return", key);
  row.column("line", a.line, b.line).column("original_sale_id", a.original_sale_hex, b.original_sale_hex);
  row.column("original_till", a.original_till, b.original_till);
  row.column("original_receipt", a.original_receipt, b.original_receipt);
  row.column("original_line", a.original_line, b.original_line);
  row.column("returned_before", a.returned_before, b.returned_before).column("quantity", a.quantity, b.quantity);
  row.column("amount", a.amount, b.amount).column("tax", a.tax, b.tax).column("to_stock", a.to_stock, b.to_stock);
  row.column("to_supplier", a.to_supplier, b.to_supplier).column("reason", a.reason, b.reason);
}

void compare(const std::string& key, const storage::PromotionUseRow& a, const storage::PromotionUseRow& b) {
  RowComparison row("sale_promotion_use", key);
  row.column("promotion", a.promotion, b.promotion).column("member_id", a.member_id, b.member_id);
  row.column("business_date", a.business_date, b.business_date).column("uses", a.uses, b.uses);
}

// The parts of one sale, in their order.
template <class Row>
void compare_all(const std::string& table, const std::string& key, std::string_view counter,
                 const std::vector<Row>& expected, const std::vector<Row>& found) {
  for (std::size_t i = 0; i < std::max(expected.size(), found.size()); ++i) {
    const auto at = fmt::format("{}, {} {}", key, counter, i + 1);
    if (i >= found.size()) RowComparison(table, at).missing_row();
    if (i >= expected.size()) RowComparison(table, at).needless_row();
    compare(at, expected[i], found[i]);
  }
}

void expect_no_sale(const std::string& key, const AuditedSale& stored) {
  if (stored.header) RowComparison("sale", key).needless_row();
  if (!stored.lines.empty()) RowComparison("sale_line", key).needless_row();
  if (!stored.taxes.empty()) RowComparison("sale_tax", key).needless_row();
  if (!stored.tenders.empty()) RowComparison("sale_tender", key).needless_row();
  if (!stored.returns.empty()) RowComparison("sale_return", key).needless_row();
  if (!stored.uses.empty()) RowComparison("sale_promotion_use", key).needless_row();
  if (!stored.coupons.empty()) RowComparison("coupon_redemption", key).needless_row();
  if (stored.drawer_cash) RowComparison("cash_movement", key).needless_row();
}

std::string key_of(std::int64_t till, std::int64_t sequence) {
  return fmt::format("till {}, sequence {}", till, sequence);
}

}  // namespace

void JournalAudit::run() {
  for (const auto till : reader_.tills()) {
    run_till(till);
    ++report_.tills;
  }
  check_counts();
}

void JournalAudit::run_till(std::int64_t number) {
  Till till;
  till.number = number;
  till.keys = storage::DeviceRepository(connection_, store_id_).keys_of_till(number);
  till.shifts = std::make_unique<ShiftAudit>(connection_, store_id_, number);
  check_set_aside(till);
  std::int64_t read_to = 0;
  while (true) {
    const auto entries = reader_.entries(number, read_to, page);
    const bool last = static_cast<std::int64_t>(entries.size()) < page;
    // The last page takes in what lies behind the last entry: rows of sales without an entry.
    const auto end = last ? std::numeric_limits<std::int64_t>::max() : entries.back().entry.sequence;
    auto sales = reader_.sales(number, read_to + 1, end);
    auto controls = reader_.controls(number, read_to + 1, end);
    for (const auto& audited : entries) {
      const auto sequence = audited.entry.sequence;
      pass_unreadable(till, sequence);
      check_entry(till, audited, sales[sequence], controls[sequence]);
      sales.erase(sequence);
      controls.erase(sequence);
    }
    for (const auto& [sequence, stored] : controls) {
      const auto key = key_of(number, sequence);
      if (stored.row) RowComparison("control_transaction", key).needless_row();
      RowComparison("cash_movement", key).needless_row();
    }
    for (const auto& [sequence, stored] : sales) {
      // Exceptions are raised about entries that were put aside as well; rows of a sale belong to no such.
      const auto key = key_of(number, sequence);
      expect_no_sale(key, stored);
    }
    if (progress_) progress_(report_.entries);
    if (last) break;
    read_to = end;
  }
  pass_unreadable(till, std::numeric_limits<std::int64_t>::max());
  check_head(till);
}

void JournalAudit::check_set_aside(Till& till) {
  for (auto& aside : reader_.set_aside(till.number)) {
    const auto key = key_of(till.number, aside.entry.sequence);
    RowComparison("journal_set_aside", key)
        .column("content_hash", storage::content_hash_of(aside.entry), aside.content_hash);
    if (aside.authentic) check_signature(till, aside.entry, "journal_set_aside");
    ++report_.set_aside;
    if (aside.authentic && !aside.conflict) till.unreadable.emplace(aside.entry.sequence, std::move(aside));
  }
}

void JournalAudit::check_signature(const Till& till, const journal::Entry& entry, const std::string& table) {
  const RowComparison row(table, key_of(entry.till, entry.sequence));
  const auto hash = journal::entry_hash(entry.till, entry.sequence, entry.previous, entry.payload);
  if (hash != entry.hash) row.fail("hash", storage::hex_of(hash), storage::hex_of(entry.hash));
  for (const auto& key : till.keys) {
    if (journal::verify_entry(entry, key)) return;
  }
  row.fail("signature", "a signature of one of the till's keys", "one that none of them made");
}

// Takes the unreadable entries that lie before a sequence number into the chain.
void JournalAudit::pass_unreadable(Till& till, std::int64_t before_sequence) {
  for (auto next = till.unreadable.begin(); next != till.unreadable.end() && next->first < before_sequence;
       next = till.unreadable.erase(next)) {
    link(till, next->second.entry);
  }
}

void JournalAudit::link(Till& till, const journal::Entry& entry) {
  const auto key = key_of(entry.till, entry.sequence);
  auto& reached = till.reached;
  if (entry.sequence != reached.last_sequence + 1) {
    if (!reader_.is_known_gap(entry.till, reached.last_sequence + 1, entry.sequence - 1)) {
      RowComparison("journal_entry", key_of(entry.till, reached.last_sequence + 1)).missing_row();
    }
    ++report_.known_gaps;
  } else if (entry.previous != reached.last_hash) {
    // One that was filled in later is named itself, or the one after it.
    if (!reader_.has_exception(entry.till, entry.sequence, "journal.broken_chain") &&
        !reader_.has_exception(entry.till, entry.sequence - 1, "journal.broken_chain")) {
      RowComparison("journal_entry", key).column("previous", reached.last_hash, entry.previous);
    }
    ++report_.known_broken_chains;
  }
  reached.last_sequence = entry.sequence;
  reached.last_hash = entry.hash;
}

void JournalAudit::check_entry(Till& till, const storage::AuditedEntry& audited, const AuditedSale& stored,
                               const storage::AuditedControl& control) {
  const auto& entry = audited.entry;
  const auto key = key_of(entry.till, entry.sequence);
  check_signature(till, entry, "journal_entry");
  link(till, entry);
  ++report_.entries;
  const auto event = journal::decode_event(entry.payload);
  if (!event) RowComparison("journal_entry", key).fail("payload", "readable", event.error().code);
  till.shifts->add(entry.sequence, *event);
  if (const auto* fact = std::get_if<sale::ControlTransaction>(&*event)) {
    expect_no_sale(key, stored);
    return check_control(till, key, *fact, control, stored.raised);
  }
  if (control.row) RowComparison("control_transaction", key).needless_row();
  if (control.drawer_cash) RowComparison("cash_movement", key).needless_row();
  check_sale(till, audited, std::get<sale::RetailTransaction>(*event), stored);
}

void JournalAudit::check_control(Till& till, const std::string& key, const sale::ControlTransaction& fact,
                                 const storage::AuditedControl& stored, std::int64_t raised) {
  if (!stored.row) RowComparison("control_transaction", key).missing_row();
  compare(key, storage::row_of(fact), *stored.row);
  RowComparison("control_transaction", key).column("exceptions", raised, stored.exceptions);
  const auto cash = sale::drawer_cash(fact).minor();
  check_cash(key, cash, stored.drawer_cash);
  till.cash += cash;
  ++report_.controls;
}

void JournalAudit::check_sale(Till& till, const storage::AuditedEntry& audited, const sale::RetailTransaction& sale,
                              const AuditedSale& stored) {
  const auto& entry = audited.entry;
  const auto key = key_of(entry.till, entry.sequence);
  auto expected = storage::rows_of(sale);
  add_promotions(sale, {entry.till, entry.sequence}, expected);
  add_given_back(sale, entry, expected);
  check_rows(key, expected, stored);
  check_coupons(entry, expected, stored);
  till.cash += expected.drawer_cash;
  till.reached.last_receipt_number = std::max(till.reached.last_receipt_number, expected.header.receipt_number);
  for (const auto& movement : expected.stock) {
    movements_.add({movement.item_id, audited.received_ms, 1, entry.till, entry.sequence, movement.quantity});
  }
  ++report_.sales;
  report_.sale_lines += static_cast<std::int64_t>(expected.lines.size());
  taxes_ += static_cast<std::int64_t>(expected.taxes.size());
  tenders_ += static_cast<std::int64_t>(expected.tenders.size());
  returns_ += static_cast<std::int64_t>(expected.returns.size());
  uses_ += static_cast<std::int64_t>(expected.uses.size());
  coupons_ += static_cast<std::int64_t>(stored.coupons.size());
}

const pricing::PromotionIndex* JournalAudit::promotions(std::int64_t version) {
  if (const auto known = promotions_.find(version); known != promotions_.end()) return &known->second;
  const auto book = storage::PromotionRepository(connection_, store_id_).find(version);
  if (!book) return nullptr;
  auto index = storage::index_of(*book);
  bool leaves_rows = false;
  for (std::size_t i = 0; i < index.size() && !leaves_rows; ++i) {
    leaves_rows = storage::is_counted(index.at(i)) || index.at(i).coupon;
  }
  if (promotions_.size() >= max_versions) promotions_.erase(promotions_.begin());
  return &(promotions_[version] = leaves_rows ? std::move(index) : pricing::PromotionIndex());
}

void JournalAudit::add_promotions(const sale::RetailTransaction& sale, const storage::EntryKey& key,
                                  storage::SaleRows& expected) {
  if (!sale.promotions || sale.promotions->version == 0) return;
  const auto* index = promotions(sale.promotions->version);
  if (index == nullptr || index->empty()) return;
  // Published after it was named: nobody could count it then.
  if (reader_.has_exception(key.first, key.second, "promotion.unknown_version")) return;
  const auto priced = pricing::price_goods(*index, pricing::goods_of(sale::basket_of(sale)));
  if (priced) storage::add_promotion_rows(sale, *index, *priced, expected);
}

bool JournalAudit::undoes_its_sale(const sale::RetailTransaction& sale, const storage::EntryKey& key) {
  return sale.returned_sale && sale.returned_sale->void_reason &&
         !reader_.has_exception(key.first, key.second, "void.not_allowed");
}

sale::RetailTransaction JournalAudit::sale_at(const storage::EntryKey& key) {
  const auto payload = storage::SaleRepository(connection_, store_id_).payload(key.first, key.second);
  auto sale = journal::decode_sale(payload);
  if (!sale)
    RowComparison("journal_entry", key_of(key.first, key.second)).fail("payload", "readable", sale.error().code);
  return std::move(*sale);
}

// A void takes back what its sale used of limited offers.
void JournalAudit::add_given_back(const sale::RetailTransaction& sale, const journal::Entry& entry,
                                  storage::SaleRows& expected) {
  if (!undoes_its_sale(sale, {entry.till, entry.sequence})) return;
  const auto& id = sale.returned_sale->sale.bytes;
  const auto id_hex = to_hex(ByteView(id.data(), id.size()));
  const auto found = storage::JournalRepository(connection_, store_id_).find_sale_ids(std::span(&id_hex, 1));
  if (found.empty()) return;
  const auto sold = sale_at(found.begin()->second);
  auto rows = storage::rows_of(sold);
  add_promotions(sold, found.begin()->second, rows);
  for (auto& use : rows.uses) {
    use.uses = -use.uses;
    expected.uses.push_back(std::move(use));
  }
}

bool JournalAudit::was_undone(const std::string& sale_id_hex) {
  const auto returns = storage::ReturnRepository(connection_, store_id_).returns_of(std::span(&sale_id_hex, 1));
  const auto found = returns.find(sale_id_hex);
  return found != returns.end() && std::any_of(found->second.begin(), found->second.end(),
                                               [this](const auto& key) { return undoes_its_sale(sale_at(key), key); });
}

// A coupon belongs to the sale that came first; the others were told of.
void JournalAudit::check_coupons(const journal::Entry& entry, const storage::SaleRows& expected,
                                 const AuditedSale& stored) {
  const auto at = [&](const storage::CouponRow& coupon) {
    return RowComparison("coupon_redemption",
                         fmt::format("{}, code {}", key_of(entry.till, entry.sequence), coupon.code));
  };
  const auto is_in = [](const storage::CouponRow& coupon, const std::vector<storage::CouponRow>& list) {
    return std::find(list.begin(), list.end(), coupon) != list.end();
  };
  const bool undone = !expected.coupons.empty() && was_undone(expected.header.sale_id_hex);
  for (const auto& coupon : stored.coupons) {
    if (undone || !is_in(coupon, expected.coupons)) at(coupon).needless_row();
  }
  if (undone) return;  // they are free again
  for (const auto& coupon : expected.coupons) {
    if (is_in(coupon, stored.coupons)) continue;
    if (!reader_.has_exception(entry.till, entry.sequence, "coupon.used_twice")) at(coupon).missing_row();
  }
}

void JournalAudit::check_rows(const std::string& key, const storage::SaleRows& expected, const AuditedSale& stored) {
  if (!stored.header) RowComparison("sale", key).missing_row();
  compare(key, expected.header, *stored.header);
  RowComparison("sale", key).column("exceptions", stored.raised, stored.exceptions);
  compare_all("sale_line", key, "line", expected.lines, stored.lines);
  compare_all("sale_tax", key, "position", expected.taxes, stored.taxes);
  compare_all("sale_tender", key, "position", expected.tenders, stored.tenders);
  compare_all("sale_return", key, "position", expected.returns, stored.returns);
  compare_all("sale_promotion_use", key, "position", expected.uses, stored.uses);
  check_cash(key, expected.drawer_cash, stored.drawer_cash);
}

void JournalAudit::check_cash(const std::string& key, std::int64_t expected,
                              const std::optional<std::int64_t>& stored) {
  RowComparison cash("cash_movement", key);
  if (expected == 0) {
    if (stored) cash.needless_row();
    return;
  }
  if (!stored) cash.missing_row();
  cash.column("amount", expected, *stored);
  ++report_.cash_movements;
}

void JournalAudit::check_head(const Till& till) {
  report_.shifts += till.shifts->finish();
  const auto key = fmt::format("till {}", till.number);
  const auto head = storage::JournalRepository(connection_, store_id_).head(till.number);
  RowComparison row("till_head", key);
  if (head) {
    ++heads_;
    row.column("last_sequence", till.reached.last_sequence, head->last_sequence);
    row.column("last_hash", till.reached.last_hash, head->last_hash);
    row.column("last_receipt_number", till.reached.last_receipt_number, head->last_receipt_number);
    row.column("last_shift", till.shifts->last_shift(), head->last_shift);
  } else if (till.reached.last_sequence > 0) {
    row.missing_row();
  }
  const auto balance = reader_.cash_balance(till.number);
  if (balance) ++cash_balances_;
  if (balance || till.cash != 0) {
    RowComparison("cash_balance", key).column("amount", till.cash, balance.value_or(0));
  }
}

// Rows of tills that no journal knows, and movements from other sources than sales, show in the numbers of rows.
void JournalAudit::check_counts() {
  const std::pair<std::string, std::int64_t> expected[] = {{"journal_entry", report_.entries},
                                                           {"journal_set_aside", report_.set_aside},
                                                           {"sale", report_.sales},
                                                           {"sale_line", report_.sale_lines},
                                                           {"sale_tax", taxes_},
                                                           {"sale_tender", tenders_},
                                                           {"sale_return", returns_},
                                                           {"sale_promotion_use", uses_},
                                                           {"coupon_redemption", coupons_},
                                                           {"control_transaction", report_.controls},
                                                           {"shift", report_.shifts},
                                                           {"cash_movement", report_.cash_movements},
                                                           {"till_head", heads_},
                                                           {"cash_balance", cash_balances_}};
  for (const auto& [table, rows] : expected) {
    RowComparison(table, "all rows").column("count", rows, reader_.count(table));
  }
  if (const auto wrong = reader_.wrong_uses()) {
    const auto& key = wrong->key;
    RowComparison("promotion_use",
                  fmt::format("promotion {}, member {}, date {}", key.promotion, key.member_id, key.business_date))
        .column("uses", wrong->expected, wrong->found);
  }
}

}  // namespace lanekeeper::ops
