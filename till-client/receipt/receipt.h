// What the customer holds: a completed sale as ESC/POS bytes. Pure; laid out after design/ui "receipt".
#pragma once

#include <string>

#include "i18n/i18n.h"
#include "protocol/messages.h"
#include "receipt/identity.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::till {

struct ReceiptStore {  // from the store profile; empty lines are left out
  std::string name;
  std::string address;
  std::string phone;
  std::vector<std::string> footer;
};
[[nodiscard]] ReceiptStore receipt_store(const protocol::StoreProfile& profile, i18n::Language language);

enum class ReceiptKind { original, duplicate };

// Voided lines are not printed. A weight that was typed in, a changed price and a clock that was set by hand are said.
[[nodiscard]] std::string receipt_bytes(const sale::RetailTransaction& sale, const ReceiptStore& store,
                                        const i18n::Texts& texts, ReceiptKind kind);

}  // namespace lanekeeper::till
