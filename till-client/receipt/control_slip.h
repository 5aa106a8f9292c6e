// Slips of what is no sale (cash that comes and goes, shifts, baskets that were put aside) and the reports X and Z, as
// ESC/POS bytes, by the shop's templates or the built-in ones (kinds control, suspend, report). Pure.
#pragma once

#include <string>
#include <vector>

#include "i18n/i18n.h"
#include "protocol/till_policy.h"
#include "receipt/receipt.h"
#include "sale/control_transaction.h"

namespace lanekeeper::till {

struct SlipOptions {
  bool duplicate = false;
  bool training = false;                        // worth nothing, and says so
  std::vector<protocol::TenderMethod> methods;  // the store's own ways of paying, for their names
};

// A report X: how far an open shift has come.
struct XReport {
  std::int64_t till = 0;
  std::int64_t shift = 0;
  std::string cashier_number;
  ZonedTime opened_at;
  ZonedTime printed_at;
  sale::ShiftTotals totals;
  // The sums of money are left out but for `not_cash`: whoever prints it still has to count the drawer.
  bool blind = false;
  std::vector<sale::TenderTotal> not_cash;
};

// A shift_close is the report Z. A basket_suspend carries its label as a barcode.
[[nodiscard]] std::string control_slip_bytes(const sale::ControlTransaction& control, const ReceiptStore& store,
                                             const i18n::Texts& texts, const SlipOptions& options,
                                             const ReceiptPaper& paper = {});
[[nodiscard]] std::string x_report_bytes(const XReport& report, const ReceiptStore& store, const i18n::Texts& texts,
                                         const SlipOptions& options, const ReceiptPaper& paper = {});

}  // namespace lanekeeper::till
