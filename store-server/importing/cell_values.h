// What stands in a cell, understood the way shops write it. Pure. Texts are expected trimmed; full-width forms are
// understood everywhere.
//
// Errors carry the codes of the catalogue's own rules where these say the same (item.negative_price, barcode.*).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "catalogue/item.h"
#include "money/money.h"

namespace lanekeeper::importing {

// "12.50", "¥12.5", "12.50元", "1,234.00", "12,50" (a single comma with one or two digits after it is a decimal comma).
// import.bad_price, import.price_decimals, item.negative_price, item.price_too_high.
[[nodiscard]] Result<Money> parse_amount(std::string_view text);

// "13%", "13", "0.13", "免税". import.bad_tax
[[nodiscard]] Result<Rate> parse_tax(std::string_view text);

// 是/否, yes/no, 1/0, 称重/计件 ... import.bad_yes_no
[[nodiscard]] Result<bool> parse_yes_no(std::string_view text);

struct UnitReading {
  catalogue::UnitOfMeasure unit = catalogue::UnitOfMeasure::piece;
  bool half_kilogram = false;  // 斤: prices are per 500 g
};
// 个 瓶 袋 ... are pieces; 公斤 千克 kg are kilograms. import.unsupported_unit: weights that are neither kg nor 斤.
[[nodiscard]] Result<UnitReading> parse_unit(std::string_view text);

struct Status {
  bool active = true;
  bool sale_blocked = false;
};
// 正常/停售/停用 ... import.bad_status
[[nodiscard]] Result<Status> parse_status(std::string_view text);

// "08:00-22:00"; 全天, 无, - and the like: no hours. item.bad_sale_hours
[[nodiscard]] Result<std::optional<catalogue::SaleHours>> parse_hours(std::string_view text);

struct BarcodeReading {
  std::vector<std::string> codes;  // canonical, as catalogue::ItemCode wants them
  bool zero_restored = false;      // a spreadsheet had eaten the leading zero of a UPC-A
};
// One or several codes (separated by blanks, / ; , | or line ends). "无", "-", "0" and the like are none.
// barcode.check_digit, barcode.bad_characters, barcode.too_long, barcode.payment_code, import.scientific (6.9E+12),
// import.formula_error.
[[nodiscard]] Result<BarcodeReading> parse_barcodes(std::string_view text);

// White space and control characters made single blanks, trimmed.
[[nodiscard]] std::string clean_text(std::string_view text);
[[nodiscard]] bool is_formula_error(std::string_view text);  // #N/A, #REF!, ...

}  // namespace lanekeeper::importing
