#include "barcode/layout.h"

#include <algorithm>

#include "barcode/gtin.h"

namespace lanekeeper::barcode {
namespace {

constexpr std::size_t max_pattern_length = 24;
constexpr std::ptrdiff_t max_item_digits = 14;
constexpr std::ptrdiff_t max_value_digits = 9;  // keeps every amount and weight far inside its range

// GS1 General Specifications 7.9: each digit of the amount is replaced by its weighted value. Row = weight, index =
// digit.
constexpr std::string_view weight_2_minus = "0246891357";
constexpr std::string_view weight_3 = "0369258147";
constexpr std::string_view weight_5_plus = "0516273849";
constexpr std::string_view weight_5_minus = "0594837261";

int weighted(std::string_view weight, char digit) {
  return weight[static_cast<std::size_t>(digit - '0')] - '0';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view why_bad(std::string_view pattern) {
  const auto count = [&](char field) { return std::count(pattern.begin(), pattern.end(), field); };
  if (pattern.empty() || pattern.size() > max_pattern_length) return "length";
  if (!std::all_of(pattern.begin(), pattern.end(), [](char c) {
        return is_digit(c) || std::string_view("PAWVCX").find(c) != std::string_view::npos;
      })) {
    return "characters";
  }
  // Without a fixed digit in front the layout would take every world-wide code of its length for itself.
  if (!is_digit(pattern.front())) return "prefix";
  if (count('P') == 0 || count('P') > max_item_digits) return "item";
  if (count('A') == 0 && count('W') == 0) return "value";
  if (count('A') > max_value_digits || count('W') > max_value_digits) return "value_too_long";
  if (count('V') > 1 || (count('V') == 1 && count('A') != 4 && count('A') != 5)) return "price_check_digit";
  if (count('C') > 1 || (count('C') == 1 && pattern.back() != 'C')) return "check_digit";
  return {};
}

bool prefix_fits(std::string_view pattern, std::string_view digits) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_digit(pattern[i]) && pattern[i] != digits[i]) return false;
  }
  return true;
}

std::string field(std::string_view pattern, std::string_view digits, char name) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == name) out += digits[i];
  }
  return out;
}

std::int64_t to_number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

Result<ScannedCode> read_fields(std::string_view pattern, std::string_view digits) {
  if (pattern.back() == 'C' && !has_valid_check_digit(digits)) {
    const char expected = check_digit(digits.substr(0, digits.size() - 1));
    return fail("barcode.check_digit", "The check digit of the label is wrong: it was misread. Scan the label again.",
                {{"barcode", std::string(digits)}, {"expected", std::string(1, expected)}});
  }
  const auto amount = field(pattern, digits, 'A');
  const auto weight = field(pattern, digits, 'W');
  const auto price_check = field(pattern, digits, 'V');
  if (!price_check.empty() && price_check.front() != price_check_digit(amount)) {
    return fail("barcode.price_check_digit",
                "The label's amount does not agree with its price-check digit. Scan the label again or weigh anew.",
                {{"barcode", std::string(digits)}});
  }
  ScannedCode code;
  code.kind = ScannedCode::Kind::variable_measure;
  code.code = field(pattern, digits, 'P');
  if (!amount.empty()) code.amount = Money::of_minor(to_number(amount));
  if (!weight.empty()) code.weight = Quantity::of_milli(to_number(weight));
  return code;
}

// The form of the code that has the pattern's length; empty when there is none.
std::string form_for(std::string_view pattern, std::string_view digits) {
  if (digits.size() == pattern.size()) return std::string(digits);
  if (pattern.size() == 13 && digits.size() == 12) return "0" + std::string(digits);
  if (pattern.size() == 12 && digits.size() == 13 && digits.front() == '0') return std::string(digits.substr(1));
  return {};
}

}  // namespace

Result<VariableMeasureLayout> VariableMeasureLayout::parse(std::string name, std::string pattern) {
  if (const auto reason = why_bad(pattern); !reason.empty()) {
    return fail(
        "layout.bad",
        "This layout cannot be used. Write it like 21PPPPPAAAAAC: fixed digits first, P item, A amount, W weight, "
        "V price-check digit, X ignored, C check digit at the end.",
        {{"pattern", pattern.substr(0, 40)}, {"reason", std::string(reason)}});
  }
  return VariableMeasureLayout{std::move(name), std::move(pattern)};
}

char price_check_digit(std::string_view a) {
  if (a.size() == 4) {
    const int sum = weighted(weight_2_minus, a[0]) + weighted(weight_2_minus, a[1]) + weighted(weight_3, a[2]) +
                    weighted(weight_5_minus, a[3]);
    return static_cast<char>('0' + sum * 3 % 10);
  }
  if (a.size() == 5) {
    const int sum = weighted(weight_5_plus, a[0]) + weighted(weight_2_minus, a[1]) + weighted(weight_5_minus, a[2]) +
                    weighted(weight_5_plus, a[3]) + weighted(weight_2_minus, a[4]);
    const char complement = static_cast<char>('0' + (10 - sum % 10) % 10);
    return static_cast<char>('0' + weight_5_minus.find(complement));
  }
  return '\0';
}

std::optional<Result<ScannedCode>> read_by_layout(const VariableMeasureLayout& layout, std::string_view digits) {
  const auto form = form_for(layout.pattern, digits);
  if (form.empty() || !prefix_fits(layout.pattern, form)) return std::nullopt;
  return read_fields(layout.pattern, form);
}

}  // namespace lanekeeper::barcode
