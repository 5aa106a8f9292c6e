// A completed sale as the data of a receipt template; docs/receipts.md lists the names. Pure.
#pragma once

#include "receipt/receipt.h"
#include "receipt_template/value.h"

namespace lanekeeper::till {

[[nodiscard]] receipt_template::Value receipt_data(const sale::RetailTransaction& sale, const ReceiptStore& store,
                                                   const i18n::Texts& texts, ReceiptKind kind,
                                                   const ReceiptPaper& paper = {});

// Money went out, or would have: what comes back is worth more than what is bought.
[[nodiscard]] bool is_refund(const sale::RetailTransaction& sale);

}  // namespace lanekeeper::till
