// A till that runs shifts: writes control transactions and sales of them into its journal and keeps their totals, as
// tills do.
#pragma once

#include <functional>

#include "sale/control_transaction.h"
#include "selling_store.h"

namespace lanekeeper::testing {

class ShiftWriter {
 public:
  ShiftWriter(SellingStore& store, TestTill& till) : store_(store), till_(till) {}

  std::int64_t number = 0;  // of the shift that entries say they belong to; 0: none

  [[nodiscard]] const sale::ShiftTotals& totals() const { return totals_; }
  void change_totals(const std::function<void(sale::ShiftTotals&)>& change) { change(totals_); }

  // One that is right, not recorded yet.
  [[nodiscard]] sale::ControlTransaction make(sale::ControlKind kind, Money amount) {
    sale::ControlTransaction control;
    const auto now = store_.clock.now();
    control.id = Uuid::make_v7(now.instant.unix_ms, store_.random);
    control.kind = kind;
    control.till = till_.number();
    if (number != 0) control.shift = number;
    control.business_date = now.local_date();
    control.at = now;
    control.cashier = 1;
    control.cashier_number = "1001";
    control.currency = "CNY";
    control.software = "0.1.0";
    control.amount = amount;
    return control;
  }
  [[nodiscard]] journal::Entry record(const sale::ControlTransaction& control) {
    sale::add(totals_, control);
    return till_.record_payload(journal::encode_control(control));
  }
  [[nodiscard]] journal::Entry control(sale::ControlKind kind, Money amount) { return record(make(kind, amount)); }

  [[nodiscard]] journal::Entry open(std::int64_t shift, Money float_amount) {
    number = shift;
    totals_ = {};
    opened_at_ = store_.clock.now();
    auto control = make(sale::ControlKind::shift_open, float_amount);
    control.opening = sale::ShiftOpening{shift, carried_over_};
    return record(control);
  }
  // Counted in pieces of one fen, which is the sum of any amount.
  [[nodiscard]] sale::ControlTransaction closing(std::int64_t shift, Money counted, Money left) {
    auto control = make(sale::ControlKind::shift_close, counted);
    control.shift = shift;
    auto& closing = control.closing.emplace();
    closing.number = shift;
    closing.opened_at = opened_at_;
    closing.opened_by = 1;
    closing.totals = totals_;
    if (!counted.is_zero()) closing.counts = {{Money::of_minor(1), counted.minor()}};
    closing.checks.push_back(
        {sale::TenderKind::cash, std::nullopt, sale::expected_cash(totals_), counted, std::nullopt});
    for (const auto& tender : totals_.tenders) {
      if (tender.kind == sale::TenderKind::cash) continue;
      closing.checks.push_back({tender.kind, tender.method, tender.amount, tender.amount, std::nullopt});
    }
    closing.left_in_drawer = left;
    return control;
  }
  [[nodiscard]] journal::Entry close(std::int64_t shift, Money counted, Money left) {
    auto entry = record(closing(shift, counted, left));
    carried_over_ = left;
    number = 0;
    return entry;
  }

  [[nodiscard]] sale::RetailTransaction ring(const TestTill::Bought& bought) {
    auto sale = store_.make_sale(till_, bought);
    if (number != 0) sale.shift = number;
    return sale;
  }
  [[nodiscard]] journal::Entry sell(const TestTill::Bought& bought) {
    const auto sale = ring(bought);
    sale::add(totals_, sale);
    return till_.record(sale);
  }

 private:
  SellingStore& store_;
  TestTill& till_;
  sale::ShiftTotals totals_;
  ZonedTime opened_at_;
  Money carried_over_;
};

}  // namespace lanekeeper::testing
