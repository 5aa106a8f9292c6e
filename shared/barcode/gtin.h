// GTIN-8/12/13/14 and UPC-E (GS1 General Specifications, sections 2.1 and 7.9).
//
// One article has one canonical key however it was printed: 14 digits, zeros in front. UPC-A 012345678905, EAN-13
// 0012345678905 and ITF-14 00012345678905 are the same key.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace lanekeeper::barcode {

// The check digit ('0'..'9') of the digits before it, weights 3 and 1 from the right. Any length from 1 on.
[[nodiscard]] char check_digit(std::string_view digits_without_check);
[[nodiscard]] bool has_valid_check_digit(
    std::string_view digits);  // false for fewer than two digits or other characters

// 8, 12, 13 or 14 digits -> 14. barcode.length, barcode.not_digits, barcode.check_digit (detail "expected").
[[nodiscard]] Result<std::string> canonical_gtin(std::string_view digits);

// UPC-E, 8 digits with number system 0 or 1 and check digit -> UPC-A, 12 digits. barcode.upc_e, barcode.check_digit.
[[nodiscard]] Result<std::string> expand_upc_e(std::string_view digits);

// The shortest form that people know: 13 digits for EAN-13 and UPC-A (leading zero kept), 8 for GTIN-8, else 14.
[[nodiscard]] std::string display_gtin(std::string_view canonical14);

}  // namespace lanekeeper::barcode
