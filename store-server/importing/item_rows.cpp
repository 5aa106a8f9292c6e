#include "importing/item_rows.h"

#include <algorithm>
#include <charconv>

#include "barcode/gtin.h"
#include "base/text.h"
#include "importing/cell_values.h"
#include "importing/text_encoding.h"

namespace lanekeeper::importing {
namespace {

constexpr std::string_view broken_character = "\xEF\xBF\xBD";

class RowReader {
 public:
  RowReader(const ColumnMap& columns, const Row& row) : columns_(columns), cells_(row) { out_.row.line = row.line; }

  RowReading read() {
    if (check_shape()) {
      read_identity();
      read_words();
      read_prices();
      read_rules();
      read_case();
    }
    return std::move(out_);
  }

 private:
  // Empty when the file has no such column or the row nothing in it.
  [[nodiscard]] std::string value(Column column) const {
    const auto at = columns_.position(column);
    if (!at || *at >= cells_.cells.size()) return {};
    return clean_text(cells_.cells[*at].text);
  }

  void note(Column column, Error error, bool warning = false) {
    note_cell(columns_.heading(column), value(column), std::move(error), warning);
  }
  void note_cell(std::string column, std::string_view text, Error error, bool warning = false) {
    out_.findings.push_back({out_.row.line, std::move(column), shown_value(text), std::move(error), warning});
  }

  // Fills target by a parser; what it refuses refuses the row.
  template <class T, class Parser>
  void take(Column column, std::optional<T>& target, Parser parser) {
    const std::string text = value(column);
    if (text.empty()) return;
    if (is_formula_error(text)) {
      note(column, {"import.formula_error", "The cell holds a formula that failed. Put the value itself there.", {}});
      return;
    }
    auto parsed = parser(text);
    if (parsed) {
      target = std::move(*parsed);
    } else {
      note(column, std::move(parsed.error()));
    }
  }

  bool check_shape() {
    if (cells_.too_many_cells) {
      note_cell("", "",
                {"import.too_many_columns", "The row has more than 256 columns. Remove what does not belong.", {}});
    }
    if (cells_.unclosed_quote) {
      note_cell("", "", {"import.open_quote", "A quote is opened and never closed. Close or remove it.", {}});
    }
    for (std::size_t i = 0; i < cells_.cells.size(); ++i) {
      const auto& cell = cells_.cells[i];
      const std::string heading = i < columns_.headings.size() ? columns_.headings[i] : std::string();
      if (cell.too_long) {
        note_cell(heading, cell.text, {"import.cell_too_long", "The cell holds far too much text. Shorten it.", {}});
      } else if (is_used(i) && cell.text.find(broken_character) != std::string::npos) {
        note_cell(heading, cell.text,
                  {"import.bad_characters", "The cell holds characters that cannot be read. Enter it again.", {}});
      }
    }
    return out_.findings.empty();
  }
  [[nodiscard]] bool is_used(std::size_t position) const {
    return std::any_of(columns_.at.begin(), columns_.at.end(), [&](const auto& at) { return at == position; });
  }

  void read_identity() {
    out_.row.number = plain_forms(value(Column::number));
    if (out_.row.number.ends_with(".0")) out_.row.number.resize(out_.row.number.size() - 2);
    if (is_formula_error(out_.row.number)) {
      note(Column::number, {"import.formula_error", "The cell holds a formula that failed. Put the number there.", {}});
    }
    read_codes(Column::barcode);
    if (columns_.number_is_barcode) read_codes(Column::number);
    read_plu();
    if (out_.row.number.empty() && out_.row.codes.empty() && out_.findings.empty()) {
      const Column where = columns_.has(Column::barcode) ? Column::barcode : Column::number;
      note(where, {"import.no_identity", "The row has neither a barcode nor an item number. Add one of them.", {}});
    }
  }

  void read_codes(Column column) {
    const std::string text = value(column);
    if (text.empty()) return;
    auto codes = parse_barcodes(text);
    if (!codes) {
      note(column, std::move(codes.error()));
      return;
    }
    for (auto& code : codes->codes) out_.row.codes.push_back({std::move(code), Quantity::of_units(1), std::nullopt});
    if (codes->zero_restored) {
      note(column, {"import.zero_restored", "A leading zero that the spreadsheet had dropped was put back.", {}}, true);
    }
  }

  void read_plu() {
    const std::string text = plain_forms(value(Column::plu));
    if (text.empty()) return;
    constexpr std::size_t longest = 7;
    if (!is_ascii_digits(text) || text.size() > longest) {
      note(Column::plu, {"import.bad_plu", "A PLU is a number of one to seven digits.", {{"value", text}}});
      return;
    }
    out_.row.codes.push_back({text, Quantity::of_units(1), std::nullopt});
  }

  void read_words() {
    if (columns_.has(Column::name)) read_name();
    const auto text = [](const std::string& t) { return Result<std::string>(t); };
    take(Column::name_en, out_.row.name_en, text);
    take(Column::spec, out_.row.spec, text);
    take(Column::brand, out_.row.brand, text);
    take(Column::mnemonic, out_.row.mnemonic,
         [](const std::string& t) { return Result<std::string>(to_lower_ascii(t)); });
    take(Column::category, out_.row.category,
         [](const std::string& t) { return Result<std::string>(last_of_path(t)); });
  }
  void read_name() {
    std::string name = value(Column::name);
    if (columns_.stray_letter && name.size() > 1 && name[0] == 'A') {
      name = clean_text(std::string_view(name).substr(1));
      note(Column::name,
           {"import.stray_letter", "A letter \"A\" in front of the name, put there for sorting, was left out.", {}},
           true);
    }
    if (name.empty() || is_formula_error(name)) {
      note(Column::name, {"item.no_name", "The item has no name. Enter one.", {}});
      return;
    }
    out_.row.name = std::move(name);
  }
  // "食品/饮料/汽水" and "Food > Drinks" are paths; the shop's tabs want the last part.
  static std::string last_of_path(const std::string& path) {
    const auto cut = path.find_last_of("/>\\");
    const std::string last = cut == std::string::npos ? path : clean_text(path.substr(cut + 1));
    return last.empty() ? path : last;
  }

  void read_prices() {
    take(Column::price, out_.row.price, &parse_amount);
    take(Column::member_price, out_.row.member_price, &parse_amount);
    take(Column::cost, out_.row.cost, &parse_amount);
    take(Column::tax, out_.row.tax, &parse_tax);
    take(Column::open_price, out_.row.open_price, &parse_yes_no);
    if (columns_.has(Column::price) && value(Column::price).empty() && !out_.row.open_price.value_or(false)) {
      note(Column::price, {"import.no_price", "The row has no price. The item cannot be sold until it has one.", {}},
           true);
    }
    if (out_.row.price && out_.row.price->is_zero()) {
      note(Column::price, {"import.zero_price", "The price is zero. The item will be given away.", {}}, true);
    }
    read_unit();
  }

  void read_unit() {
    std::optional<UnitReading> unit;
    take(Column::unit, unit, &parse_unit);
    std::optional<bool> weighed;
    take(Column::weighed, weighed, &parse_yes_no);
    if (unit) out_.row.unit = unit->unit;
    if (weighed) out_.row.unit = *weighed ? catalogue::UnitOfMeasure::kilogram : catalogue::UnitOfMeasure::piece;
    if (!unit || !unit->half_kilogram || out_.row.unit != catalogue::UnitOfMeasure::kilogram) return;
    bool converted = false;
    for (auto* price : {&out_.row.price, &out_.row.member_price, &out_.row.cost}) {
      if (!*price) continue;
      *price = **price + **price;
      converted = true;
    }
    if (converted) {
      note(Column::unit,
           {"import.per_half_kilogram", "The prices are per 500 g; they were doubled to prices per kg.", {}}, true);
    }
  }

  void read_rules() {
    take(Column::tare, out_.row.tare, [](const std::string& t) { return Quantity::parse(plain_forms(t)); });
    take(Column::minimum_age, out_.row.minimum_age, [](const std::string& t) -> Result<std::int64_t> {
      std::int64_t age = 0;
      const std::string plain = plain_forms(t);
      const auto parsed = std::from_chars(plain.data(), plain.data() + plain.size(), age);
      if (parsed.ec == std::errc{} && parsed.ptr == plain.data() + plain.size() && age >= 0 && age <= 120) return age;
      return fail("import.bad_age", "This is not an age. Write it like 18.", {{"value", t}});
    });
    std::optional<Status> status;
    take(Column::status, status, &parse_status);
    if (status) {
      out_.row.active = status->active;
      out_.row.sale_blocked = status->sale_blocked;
    }
    take(Column::sale_blocked, out_.row.sale_blocked, &parse_yes_no);
    take(Column::discount_blocked, out_.row.discount_blocked, &parse_yes_no);
    std::optional<bool> allowed;
    take(Column::discount_allowed, allowed, &parse_yes_no);
    if (allowed) out_.row.discount_blocked = !*allowed;
    take(Column::return_blocked, out_.row.return_blocked, &parse_yes_no);
    take(Column::deposit, out_.row.deposit, &parse_yes_no);
    take(Column::sale_hours, out_.row.sale_hours, &parse_hours);
  }

  void read_case() {
    const std::string text = value(Column::case_barcode);
    if (text.empty()) return;
    auto codes = parse_barcodes(text);
    if (!codes) {
      note(Column::case_barcode, std::move(codes.error()));
      return;
    }
    if (codes->codes.empty()) return;
    std::optional<Quantity> pack;
    take(Column::case_quantity, pack, [](const std::string& t) { return Quantity::parse(plain_forms(t)); });
    std::optional<Money> pack_price;
    take(Column::case_price, pack_price, &parse_amount);
    if (!pack || *pack <= Quantity::of_units(1)) {
      note(Column::case_quantity,
           {"import.no_case_quantity", "A case needs to say how many pieces it holds, more than one.", {}});
      return;
    }
    for (auto& code : codes->codes) out_.row.codes.push_back({std::move(code), *pack, pack_price});
  }

  const ColumnMap& columns_;
  const Row& cells_;
  RowReading out_;
};

}  // namespace

bool RowReading::refused() const {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) { return !finding.warning; });
}

RowReading read_item_row(const ColumnMap& columns, const Row& row) {
  return RowReader(columns, row).read();
}

std::vector<Finding> findings_of(const ColumnMap& columns) {
  std::vector<Finding> out;
  const auto warn = [&](std::string code, std::string message, std::string value) {
    out.push_back({std::max<std::int64_t>(columns.heading_line, 1), "", shown_value(value),
                   Error{std::move(code), std::move(message), {}}, true});
  };
  if (columns.heading_line == 0) {
    warn("import.no_heading", "The file has no headings; barcode and name were found by what stands in the columns.",
         "");
  }
  if (!columns.has(Column::price)) {
    warn("import.no_price_column", "The file has no price column. New goods cannot be sold until they have a price.",
         "");
  }
  if (!columns.ignored.empty()) {
    warn("import.columns_ignored", "Some columns were not understood and left out.",
         fmt::format("{}", fmt::join(columns.ignored, ", ")));
  }
  return out;
}

std::string shown_value(std::string_view value) {
  constexpr std::size_t longest = 80;
  std::u32string characters = to_utf32(sanitize_utf8(value));
  if (characters.size() > longest) {
    characters.resize(longest - 1);
    characters += U'\u2026';
  }
  std::replace(characters.begin(), characters.end(), U'\n', U' ');
  return to_utf8(characters);
}

}  // namespace lanekeeper::importing
