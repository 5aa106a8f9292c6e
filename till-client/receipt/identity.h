// What a receipt is called: by its barcode, by people, and back again. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::till {

// The receipt's identity, and what its barcode says: till (2 digits), business date (8), receipt number (6); wider
// where a number does not fit, always an even count of digits. "0320261120000142"
[[nodiscard]] std::string receipt_identity(const sale::RetailTransaction& sale);

// The same for people: "03-1120-0142".
[[nodiscard]] std::string receipt_number_text(const sale::RetailTransaction& sale);

// "3-142": enough to find the sale where the date is not known.
[[nodiscard]] std::string short_receipt_number(std::int64_t till, std::int64_t number);

struct ReceiptIdentity {
  std::int64_t till = 0;
  std::int64_t number = 0;
  std::optional<Date> business_date;  // only the barcode says it
};
// Any of the three forms above, as scanned (an AIM identifier in front does not matter) or typed. nullopt: none of
// them.
[[nodiscard]] std::optional<ReceiptIdentity> read_receipt_identity(std::string_view text);

}  // namespace lanekeeper::till
