// What a scanned or typed code means, before any item is looked up. Pure.
//
// In-store variable-measure codes (prefix 02 and 20..29; China also prints 18 digits with weight and amount) have no
// world-wide layout: every make of label scale has its own, so the store configures as many as it needs, side by side,
// and the first that matches wins. A layout is written like this:
//
//   "21PPPPPAAAAAC"       13 digits, fixed 21, five of PLU, five of amount in fen, check digit
//   "22PPPPPWWWWWC"       the same with weight in grams
//   "2PPPPPVAAAAC"        12 digits, with the GS1 price-check digit V over the four amount digits
//   "26PPPPPAAAAAWWWWWC"  18 digits: PLU, amount (2 decimals), weight (3 decimals), EAN-style check over the first 17
//
// Digits stand for themselves, P = item (PLU), A = amount in hundredths, W = weight in thousandths, V = GS1 price-check
// digit (GS1 General Specifications 7.9, 4 or 5 amount digits), C = check digit (weights 3/1), X = ignored.
// Sources: docs/in-store-codes.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json_codec.h"
#include "money/money.h"

namespace lanekeeper::barcode {

// Told by the scanner (AIM identifier) or unknown for typed digits and simple keyboard wedges.
enum class Symbology { unknown, ean13, ean8, upc_a, upc_e, itf14, code128, typed };

struct VariableMeasureLayout {
  std::string name;     // what the back office shows: "Scale label, amount"
  std::string pattern;  // see above
  bool operator==(const VariableMeasureLayout&) const = default;

  // layout.bad: no P, no A and no W, a V without 4 or 5 A's, characters other than the above, C not last, length > 24.
  [[nodiscard]] static Result<VariableMeasureLayout> parse(std::string name, std::string pattern);
};
template <class V>
void describe(V& visit, VariableMeasureLayout& layout) {
  visit("name", layout.name);
  visit("pattern", layout.pattern);
}

struct ScannedCode {
  enum class Kind {
    gtin,              // code = canonical 14 digits
    variable_measure,  // code = the item digits (PLU) as printed, amount and/or weight set
    short_code,        // code = 1..7 digits: PLU or item code
    other,             // code = as scanned: a receipt's barcode, a supplier's own code
  };
  Kind kind = Kind::other;
  std::string code;
  std::string raw;                 // as it came in, trimmed
  std::optional<Money> amount;     // embedded amount: the line's total, exactly
  std::optional<Quantity> weight;  // embedded weight in kg
  bool operator==(const ScannedCode&) const = default;
};

// barcode.empty, barcode.too_long (> 128), barcode.check_digit, barcode.price_check_digit, barcode.bad_characters.
// 8 digits are taken as GTIN-8 when that check digit holds, else as UPC-E when that holds (the symbology decides
// first). 18 digits that start with 10..15 or 25..30 and match no layout, and 16..24 digits 25..30:
// barcode.payment_code (a customer's wallet code held to the goods scanner).
[[nodiscard]] Result<ScannedCode> parse_scan(std::string_view raw, Symbology symbology,
                                             const std::vector<VariableMeasureLayout>& layouts);

// GS1 price-check digit over 4 or 5 amount digits; '\0' for any other length.
[[nodiscard]] char price_check_digit(std::string_view amount_digits);

}  // namespace lanekeeper::barcode

namespace lanekeeper::json {
template <>
struct EnumNames<barcode::Symbology> {
  using S = barcode::Symbology;
  static constexpr std::pair<S, std::string_view> names[] = {
      {S::unknown, "unknown"}, {S::ean13, "ean13"}, {S::ean8, "ean8"},       {S::upc_a, "upc_a"},
      {S::upc_e, "upc_e"},     {S::itf14, "itf14"}, {S::code128, "code128"}, {S::typed, "typed"}};
};
}  // namespace lanekeeper::json
