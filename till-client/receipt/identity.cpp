#include "receipt/identity.h"

#include <charconv>

#include <fmt/format.h>

#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t till_digits = 2;
constexpr std::size_t date_digits = 8;
constexpr std::size_t number_digits = 6;
constexpr std::size_t longest_number = 18;
constexpr std::size_t aim_identifier_size = 3;  // "]C0"

// A number with at least so many digits, or two (four, ...) more when it needs them: the whole stays even.
std::string even_digits(std::int64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  while (digits < text.size()) digits += 2;
  return std::string(digits - text.size(), '0') + text;
}

std::optional<std::int64_t> read_number(std::string_view digits) {
  if (digits.empty() || digits.size() > longest_number || !is_ascii_digits(digits)) return std::nullopt;
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (number <= 0) return std::nullopt;
  return number;
}

// As even_digits() would have written it, and nothing else: that tells where the till ends and the number begins.
std::optional<std::int64_t> read_even(std::string_view digits, std::size_t least) {
  const auto number = read_number(digits);
  if (!number || even_digits(*number, least) != digits) return std::nullopt;
  return number;
}

std::optional<ReceiptIdentity> read_barcode(std::string_view digits) {
  for (auto till_end = till_digits; till_end + date_digits + number_digits <= digits.size(); till_end += 2) {
    const auto till = read_even(digits.substr(0, till_end), till_digits);
    const auto date = digits.substr(till_end, date_digits);
    const auto number = read_even(digits.substr(till_end + date_digits), number_digits);
    const auto day = Date::parse(fmt::format("{}-{}-{}", date.substr(0, 4), date.substr(4, 2), date.substr(6, 2)));
    if (till && number && day) return ReceiptIdentity{*till, *number, *day};
  }
  return std::nullopt;
}

}  // namespace

std::string receipt_identity(const sale::RetailTransaction& sale) {
  const Date& date = sale.business_date;
  return even_digits(sale.till, till_digits) + fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day) +
         even_digits(sale.receipt_number, number_digits);
}

std::string receipt_number_text(const sale::RetailTransaction& sale) {
  return fmt::format("{:02}-{:02}{:02}-{:04}", sale.till, sale.business_date.month, sale.business_date.day,
                     sale.receipt_number);
}

std::string short_receipt_number(std::int64_t till, std::int64_t number) {
  return fmt::format("{}-{}", till, number);
}

std::optional<ReceiptIdentity> read_receipt_identity(std::string_view text) {
  text = trim(text);
  if (text.starts_with(']') && text.size() > aim_identifier_size) text.remove_prefix(aim_identifier_size);
  const auto first = text.find('-');
  if (first == std::string_view::npos) return is_ascii_digits(text) ? read_barcode(text) : std::nullopt;
  const auto last = text.rfind('-');
  constexpr std::size_t day_size = 4;
  const bool has_day = last != first;
  if (has_day && (last - first - 1 != day_size || !is_ascii_digits(text.substr(first + 1, day_size)))) {
    return std::nullopt;
  }
  const auto till = read_number(text.substr(0, first));
  const auto number = read_number(text.substr(last + 1));
  if (!till || !number) return std::nullopt;
  return ReceiptIdentity{*till, *number, std::nullopt};
}

}  // namespace lanekeeper::till
