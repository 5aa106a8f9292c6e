// Which column of a file is what. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importing/table.h"

namespace lanekeeper::importing {

enum class Column {
  number,
  barcode,
  plu,
  name,
  name_en,
  spec,
  brand,
  mnemonic,
  category,
  unit,
  weighed,
  price,
  member_price,
  cost,
  tax,
  tare,
  minimum_age,
  status,
  sale_blocked,
  discount_blocked,
  discount_allowed,
  case_barcode,
  case_quantity,
  case_price,
  open_price,
  return_blocked,
  deposit,
  sale_hours,
};
constexpr std::size_t column_count = static_cast<std::size_t>(Column::sale_hours) + 1;

// What a heading means, in Chinese or English, whatever its case, width, blanks, stars and remarks in brackets:
// "*零售价（元）" is price. nullopt: not known.
[[nodiscard]] std::optional<Column> column_of_heading(std::string_view heading);

struct ColumnMap {
  std::array<std::optional<std::size_t>, column_count> at{};  // position of each column in a row
  std::vector<std::string> headings;                          // as they stand in the file; empty when it has none
  std::int64_t heading_line = 0;     // 0: the file has no headings and the columns were guessed by their content
  std::vector<std::string> ignored;  // headings of columns that were not understood, or the second of their kind
  bool number_is_barcode = false;    // the column called number holds GTINs and there is no other
  bool stray_letter = false;         // most names begin with an "A" that does not belong to them

  [[nodiscard]] bool has(Column column) const { return position(column).has_value(); }
  [[nodiscard]] std::optional<std::size_t> position(Column column) const {
    return at[static_cast<std::size_t>(column)];
  }
  [[nodiscard]] std::string heading(Column column) const;  // empty when there is none
};

// Looks at the first rows of a file (a few hundred). nullopt: neither headings nor columns that speak for themselves.
// Headings may follow a title: the first of ten rows with at least two known headings, one of which identifies goods.
[[nodiscard]] std::optional<ColumnMap> map_columns(const std::vector<Row>& sample);

}  // namespace lanekeeper::importing
