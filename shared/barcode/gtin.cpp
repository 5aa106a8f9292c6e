#include "barcode/gtin.h"

#include "base/text.h"

namespace lanekeeper::barcode {
namespace {

constexpr std::size_t canonical_length = 14;

tl::unexpected<Error> wrong_check_digit(std::string_view digits, char expected) {
  return fail("barcode.check_digit", "The check digit is wrong: a digit was misread or mistyped. Scan the code again.",
              {{"barcode", std::string(digits)}, {"expected", std::string(1, expected)}});
}

tl::unexpected<Error> not_digits(std::string_view code) {
  return fail("barcode.not_digits", "A GTIN consists of digits only. Check the code.",
              {{"barcode", std::string(code.substr(0, 128))}});
}

}  // namespace

char check_digit(std::string_view digits_without_check) {
  int sum = 0;
  int weight = 3;
  for (auto digit = digits_without_check.rbegin(); digit != digits_without_check.rend(); ++digit) {
    sum += (*digit - '0') * weight;
    weight = 4 - weight;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool has_valid_check_digit(std::string_view digits) {
  if (digits.size() < 2 || !is_ascii_digits(digits)) return false;
  return check_digit(digits.substr(0, digits.size() - 1)) == digits.back();
}

Result<std::string> canonical_gtin(std::string_view digits) {
  if (!is_ascii_digits(digits)) return not_digits(digits);
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 13 && digits.size() != 14) {
    return fail("barcode.length", "A GTIN has 8, 12, 13 or 14 digits. Check the code.",
                {{"barcode", std::string(digits.substr(0, 128))}, {"length", std::to_string(digits.size())}});
  }
  if (!has_valid_check_digit(digits)) {
    return wrong_check_digit(digits, check_digit(digits.substr(0, digits.size() - 1)));
  }
  return std::string(canonical_length - digits.size(), '0').append(digits);
}

Result<std::string> expand_upc_e(std::string_view digits) {
  if (digits.size() != 8 || !is_ascii_digits(digits) || digits[0] > '1') {
    return fail("barcode.upc_e", "A UPC-E code has 8 digits and starts with 0 or 1. Check the code.",
                {{"barcode", std::string(digits.substr(0, 128))}});
  }
  const auto six = digits.substr(1, 6);
  std::string upc_a(digits.substr(0, 1));
  // The last of the six digits tells where zeros were left out (GS1 General Specifications, zero suppression).
  switch (six[5]) {
    case '0':
    case '1':
    case '2':
      upc_a.append(six.substr(0, 2)).append(1, six[5]).append("0000").append(six.substr(2, 3));
      break;
    case '3':
      upc_a.append(six.substr(0, 3)).append("00000").append(six.substr(3, 2));
      break;
    case '4':
      upc_a.append(six.substr(0, 4)).append("00000").append(six.substr(4, 1));
      break;
    default:
      upc_a.append(six.substr(0, 5)).append("0000").append(1, six[5]);
      break;
  }
  const char expected = check_digit(upc_a);
  if (expected != digits[7]) return wrong_check_digit(digits, expected);
  return upc_a + expected;
}

std::string display_gtin(std::string_view canonical14) {
  if (canonical14.size() != canonical_length) return std::string(canonical14);
  if (canonical14.starts_with("000000")) return std::string(canonical14.substr(6));
  if (canonical14.starts_with('0')) return std::string(canonical14.substr(1));
  return std::string(canonical14);
}

}  // namespace lanekeeper::barcode
