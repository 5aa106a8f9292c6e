#include "importing/cell_values.h"

#include <algorithm>

#include "barcode/gtin.h"
#include "barcode/scan.h"
#include "base/text.h"
#include "catalogue/sale_hours.h"
#include "importing/text_encoding.h"

namespace lanekeeper::importing {
namespace {

constexpr Money highest_price = Money::of_minor(1'000'000'00);

// Lower case, plain forms, without blanks.
std::string plain(std::string_view text) {
  std::string out = to_lower_ascii(plain_forms(text));
  std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return out;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

void strip_prefix(std::string& text, std::initializer_list<std::string_view> signs) {
  for (const auto sign : signs) {
    if (text.starts_with(sign)) {
      text.erase(0, sign.size());
      return;
    }
  }
}

void strip_suffix(std::string& text, std::initializer_list<std::string_view> signs) {
  for (const auto sign : signs) {
    if (text.ends_with(sign)) {
      text.resize(text.size() - sign.size());
      return;
    }
  }
}

// "1,234.50" -> "1234.50", "12,5" -> "12.5", "1,234" -> "1234".
void settle_commas(std::string& text) {
  const auto commas = std::count(text.begin(), text.end(), ',');
  if (commas == 0) return;
  const auto comma = text.rfind(',');
  const std::size_t after = text.size() - comma - 1;
  if (commas == 1 && text.find('.') == std::string::npos && after >= 1 && after <= 2) {
    text[comma] = '.';
    return;
  }
  std::erase(text, ',');
}

tl::unexpected<Error> bad_price(std::string_view text) {
  return fail("import.bad_price", "This is not a price. Write it like 12.50.", {{"value", std::string(text)}});
}

// Digits with at most one point; the zeros at the end of the decimals say nothing.
bool is_decimal(std::string_view text) {
  const auto point = text.find('.');
  const auto digits = [](std::string_view part) { return part.empty() || is_ascii_digits(part); };
  return !text.empty() && text != "." && digits(text.substr(0, point)) &&
         (point == std::string_view::npos || digits(text.substr(point + 1)));
}

Result<std::string> one_code(std::string_view text, bool& zero_restored) {
  auto scanned = barcode::parse_scan(text, barcode::Symbology::unknown, {});
  if (scanned) {
    constexpr std::size_t upc_a_without_zero = 11;
    if (scanned->kind == barcode::ScannedCode::Kind::other && text.size() == upc_a_without_zero &&
        is_ascii_digits(text)) {
      const std::string restored = "0" + std::string(text);
      if (auto gtin = barcode::canonical_gtin(restored)) {
        zero_restored = true;
        return gtin;
      }
    }
    return std::move(scanned->code);
  }
  return fail(std::move(scanned.error()));
}

}  // namespace

std::string clean_text(std::string_view text) {
  std::string out;
  for (const char32_t c : to_utf32(text)) {
    const bool blank = c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0x3000 || c == 0xFEFF || (c >= 0x80 && c < 0xA0) ||
                       (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029;
    if (!blank) {
      out += to_utf8(std::u32string_view(&c, 1));
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool is_formula_error(std::string_view text) {
  return is_one_of(text, {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"});
}

Result<Money> parse_amount(std::string_view text) {
  std::string value = plain(text);
  const bool negative = value.starts_with('-');
  if (negative) value.erase(0, 1);
  strip_prefix(value, {"cny", "rmb", "¥", "￥", "$", "€", "£"});
  strip_suffix(value, {"元", "圆", "块", "cny", "rmb"});
  settle_commas(value);
  if (!is_decimal(value)) return bad_price(text);
  if (negative && value.find_first_not_of("0.") != std::string::npos) {
    return fail("item.negative_price", "A price cannot be negative. Correct it.", {{"value", std::string(text)}});
  }
  if (const auto point = value.find('.'); point != std::string::npos) {
    constexpr std::size_t places = 2;
    while (value.size() > point + 1 + places && value.back() == '0') value.pop_back();
    if (value.size() > point + 1 + places) {
      return fail("import.price_decimals", "A price has at most two decimals. Round it.",
                  {{"value", std::string(text)}});
    }
    if (point + 1 == value.size()) value.pop_back();
    if (point == 0) value.insert(0, "0");
  }
  auto amount = Money::parse(value);
  if (amount && *amount <= highest_price) return *amount;
  if (amount || amount.error().code == "money.too_large") {
    return fail("item.price_too_high", "The price is higher than 1,000,000.00. Is a barcode in the price column?",
                {{"value", std::string(text)}});
  }
  return bad_price(text);
}

Result<Rate> parse_tax(std::string_view text) {
  std::string value = plain(text);
  if (is_one_of(value, {"免税", "免", "零税率", "exempt", "none"})) return Rate::of_per_10k(0);
  const bool percent = value.ends_with('%');
  if (percent) value.pop_back();
  if (is_decimal(value)) {
    if (value.starts_with('.')) value.insert(0, "0");
    auto rate = Rate::parse_percent(value);
    // 0.13 is 13 %: no tax on goods is below one percent but zero.
    if (rate && !percent && rate->per_10k() > 0 && rate->per_10k() < 100)
      return Rate::of_per_10k(rate->per_10k() * 100);
    if (rate && rate->per_10k() <= 10'000) return *rate;
  }
  return fail("import.bad_tax", "This is not a tax rate. Write it like 13%.", {{"value", std::string(text)}});
}

Result<bool> parse_yes_no(std::string_view text) {
  const std::string value = plain(text);
  if (is_one_of(value, {"是", "y", "yes", "true", "t", "1", "√", "v", "称重", "计重", "weighed", "有", "on"}))
    return true;
  if (is_one_of(value,
                {"否", "n", "no", "false", "f", "0", "×", "x", "计件", "计数", "普通", "不", "无", "off", "-"})) {
    return false;
  }
  return fail("import.bad_yes_no", "Write yes or no here.", {{"value", std::string(text)}});
}

Result<UnitReading> parse_unit(std::string_view text) {
  const std::string value = plain(text);
  if (is_one_of(value, {"kg", "公斤", "千克", "kilogram", "kilograms", "kgs", "/kg", "公斤(kg)", "千克(kg)"})) {
    return UnitReading{catalogue::UnitOfMeasure::kilogram, false};
  }
  if (is_one_of(value, {"斤", "市斤", "500g", "500克"})) return UnitReading{catalogue::UnitOfMeasure::kilogram, true};
  if (is_one_of(value, {"g", "克", "两", "钱", "mg", "毫克", "吨", "lb", "lbs", "oz", "pound"})) {
    return fail("import.unsupported_unit",
                "Goods are sold by the piece or by the kilogram. Convert unit and price to kg.",
                {{"value", std::string(text)}});
  }
  return UnitReading{};
}

Result<Status> parse_status(std::string_view text) {
  const std::string value = plain(text);
  if (is_one_of(value, {"正常", "在售", "启用", "有效", "是", "1", "active", "normal", "yes", "y", "true", "enabled",
                        "上架"})) {
    return Status{};
  }
  if (is_one_of(value, {"停售", "禁售", "暂停销售", "blocked", "suspended"})) return Status{true, true};
  if (is_one_of(value, {"停用", "淘汰", "删除", "下架", "作废", "无效", "否", "0", "inactive", "disabled", "no", "n",
                        "false", "deleted", "discontinued", "停止"})) {
    return Status{false, false};
  }
  return fail("import.bad_status", "This status is not known. Use 正常 (active), 停售 (blocked) or 停用 (inactive).",
              {{"value", std::string(text)}});
}

Result<std::optional<catalogue::SaleHours>> parse_hours(std::string_view text) {
  if (is_one_of(plain(text), {"全天", "不限", "无", "-", "0", "allday", "always", "none"})) return std::nullopt;
  return catalogue::parse_sale_hours(plain_forms(text));
}

Result<BarcodeReading> parse_barcodes(std::string_view text) {
  BarcodeReading out;
  std::string value = plain_forms(text);
  // Excel keeps text as ="690..." or with an apostrophe in front.
  if (value.starts_with("=\"") && value.ends_with('"')) value = value.substr(2, value.size() - 3);
  strip_prefix(value, {"'", "`"});
  if (is_formula_error(trim(value))) {
    return fail("import.formula_error", "The cell holds a formula that failed. Put the barcode itself there.");
  }
  std::size_t at = 0;
  while (at < value.size()) {
    auto end = value.find_first_of(" \t\r\n/;,|", at);
    if (end == std::string::npos) end = value.size();
    std::string code = value.substr(at, end - at);
    at = end + 1;
    strip_suffix(code, {".0", ".00"});
    if (code.empty() ||
        is_one_of(code, {"无", "无码", "无条码", "没有", "-", "--", "0", "00", "000", "none", "null", "n/a", "NULL"})) {
      continue;
    }
    const auto exponent = code.find_first_of("eE");
    if (exponent != std::string::npos && exponent > 0 &&
        code.find_first_not_of("0123456789.+-eE") == std::string::npos) {
      return fail("import.scientific",
                  "The spreadsheet has shortened the barcode. Format the column as text and enter it again.",
                  {{"value", code}});
    }
    auto canonical = one_code(code, out.zero_restored);
    if (!canonical) return fail(std::move(canonical.error()));
    if (std::find(out.codes.begin(), out.codes.end(), *canonical) == out.codes.end()) {
      out.codes.push_back(std::move(*canonical));
    }
  }
  return out;
}

}  // namespace lanekeeper::importing
