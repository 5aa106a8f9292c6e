// A slip from which a person sees whether the printer prints everything that receipts are made of. Pure.
#pragma once

#include "receipt/receipt.h"

namespace lanekeeper::till {

// till 0: not paired yet. `store` may be empty.
[[nodiscard]] std::string test_slip_bytes(std::int64_t till, const ZonedTime& now, const ReceiptStore& store,
                                          const i18n::Texts& texts, const ReceiptPaper& paper = {});

}  // namespace lanekeeper::till
