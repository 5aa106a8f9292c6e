// Slips of what is no sale, and the reports X and Z, as the data of their templates; docs/receipts.md lists the names.
// Pure.
#pragma once

#include "receipt/control_slip.h"
#include "receipt_template/value.h"

namespace lanekeeper::till {

[[nodiscard]] receipt_template::Value control_slip_data(const sale::ControlTransaction& control,
                                                        const ReceiptStore& store, const i18n::Texts& texts,
                                                        const SlipOptions& options, const ReceiptPaper& paper = {});
[[nodiscard]] receipt_template::Value x_report_data(const XReport& report, const ReceiptStore& store,
                                                    const i18n::Texts& texts, const SlipOptions& options,
                                                    const ReceiptPaper& paper = {});

}  // namespace lanekeeper::till
