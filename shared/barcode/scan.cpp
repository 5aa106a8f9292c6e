#include "barcode/scan.h"

#include <algorithm>

#include "barcode/gtin.h"
#include "barcode/layout.h"
#include "barcode/wallet.h"
#include "base/text.h"

namespace lanekeeper::barcode {
namespace {

constexpr std::size_t max_code_length = 128;
constexpr std::size_t max_short_code_length = 7;

using Kind = ScannedCode::Kind;

Result<ScannedCode> as_gtin(Result<std::string> canonical) {
  if (!canonical) return fail(std::move(canonical.error()));
  ScannedCode code;
  code.kind = Kind::gtin;
  code.code = std::move(*canonical);
  return code;
}

Result<ScannedCode> from_upc_e(std::string_view digits) {
  std::string eight(digits);
  if (digits.size() == 6) {  // bare symbol: number system and check digit are not transmitted
    eight = "0" + eight + "0";
    const auto expanded = expand_upc_e(eight);
    if (!expanded) {
      const auto& details = expanded.error().details;
      const auto expected = std::find_if(details.begin(), details.end(), [](auto& d) { return d.first == "expected"; });
      if (expected != details.end()) eight.back() = expected->second.front();
    }
  }
  auto upc_a = expand_upc_e(eight);
  if (!upc_a) return fail(std::move(upc_a.error()));
  return as_gtin(canonical_gtin(*upc_a));
}

Result<ScannedCode> from_eight(std::string_view digits) {
  if (has_valid_check_digit(digits)) return as_gtin(canonical_gtin(digits));
  if (auto upc_e = from_upc_e(digits)) return upc_e;
  return as_gtin(canonical_gtin(digits));  // says which check digit was expected
}

Result<ScannedCode> as_it_is(Kind kind, std::string_view text) {
  ScannedCode code;
  code.kind = kind;
  code.code = std::string(text);
  return code;
}

Result<ScannedCode> from_digits(std::string_view digits, Symbology symbology) {
  if (symbology == Symbology::upc_e) return from_upc_e(digits);
  const bool gtin_length = digits.size() == 8 || (digits.size() >= 12 && digits.size() <= 14);
  // Code 128 carries what its printer liked, a supplier's number as well as a GTIN.
  if (symbology == Symbology::code128 && gtin_length && !has_valid_check_digit(digits)) {
    return as_it_is(Kind::other, digits);
  }
  if (digits.size() == 8 && symbology != Symbology::ean8 && symbology != Symbology::code128) return from_eight(digits);
  if (gtin_length) return as_gtin(canonical_gtin(digits));
  return as_it_is(digits.size() <= max_short_code_length ? Kind::short_code : Kind::other, digits);
}

Result<ScannedCode> interpret(std::string_view text, Symbology symbology,
                              const std::vector<VariableMeasureLayout>& layouts) {
  if (!is_ascii_digits(text)) return as_it_is(Kind::other, text);
  const bool wallet = wallet_of(text).has_value();
  for (const auto& layout : layouts) {
    auto read = read_by_layout(layout, text);
    if (!read) continue;
    // A wallet code that begins like a label fails the label's check digits nine times out of ten.
    if (!*read && wallet) continue;
    return std::move(*read);
  }
  if (wallet) {
    return fail("barcode.payment_code",
                "This is a customer's payment code. Press the pay key first, then scan it as a payment.");
  }
  return from_digits(text, symbology);
}

}  // namespace

Result<ScannedCode> parse_scan(std::string_view raw, Symbology symbology,
                               const std::vector<VariableMeasureLayout>& layouts) {
  const auto text = trim(raw);
  if (text.empty()) return fail("barcode.empty", "Nothing was scanned or typed. Scan the code again.");
  if (text.size() > max_code_length) {
    return fail("barcode.too_long", "The code is too long for a barcode. Scan one code at a time.",
                {{"limit", std::to_string(max_code_length)}});
  }
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) {
    return fail("barcode.bad_characters",
                "The code contains characters that barcodes do not have. Switch the input method off and scan again.");
  }
  auto code = interpret(text, symbology, layouts);
  if (code) code->raw = std::string(text);
  return code;
}

}  // namespace lanekeeper::barcode
