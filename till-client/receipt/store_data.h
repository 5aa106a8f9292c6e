// What all templates are given: the store, and what ways of paying are called. Pure.
#pragma once

#include "receipt/receipt.h"
#include "receipt_template/value.h"

namespace lanekeeper::till {

[[nodiscard]] receipt_template::Value store_data(const ReceiptStore& store, const i18n::Texts& texts,
                                                 const ReceiptPaper& paper);

[[nodiscard]] std::string name_of_tender(sale::TenderKind kind, const std::optional<std::string>& method,
                                         const std::vector<protocol::TenderMethod>& methods, const i18n::Texts& texts);

}  // namespace lanekeeper::till
