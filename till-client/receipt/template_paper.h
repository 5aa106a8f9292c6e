// A template's data on paper: by the shop's own template or the built-in one. Pure.
#pragma once

#include "receipt/receipt.h"
#include "receipt_template/value.h"

namespace lanekeeper::till {

// Marks that stand on the paper whatever a shop's template says.
struct PaperMarks {
  bool duplicate = false;
  bool training = false;
};

// Always cut at its end.
[[nodiscard]] std::string template_bytes(receipt_template::Kind kind, const receipt_template::Value& data,
                                         const ReceiptStore& store, const i18n::Texts& texts, const PaperMarks& marks,
                                         const ReceiptPaper& paper);

}  // namespace lanekeeper::till
