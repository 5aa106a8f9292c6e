// From a row of a file to what it says about goods. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "catalogue/item.h"
#include "importing/column_map.h"
#include "importing/table.h"
#include "money/money.h"

namespace lanekeeper::importing {

// What a row says; what it does not say is left empty and keeps what is stored.
struct ItemRow {
  std::int64_t line = 0;
  std::string number;
  std::vector<catalogue::ItemCode> codes;  // the first is the one to show
  std::optional<std::string> name;
  std::optional<std::string> name_en;
  std::optional<std::string> spec;
  std::optional<std::string> brand;
  std::optional<std::string> mnemonic;
  std::optional<std::string> category;
  std::optional<catalogue::UnitOfMeasure> unit;
  std::optional<Money> price;
  std::optional<Money> member_price;
  std::optional<Money> cost;
  std::optional<Rate> tax;
  std::optional<Quantity> tare;
  std::optional<std::int64_t> minimum_age;
  std::optional<bool> active;
  std::optional<bool> sale_blocked;
  std::optional<bool> discount_blocked;
  std::optional<bool> open_price;
  std::optional<bool> return_blocked;
  std::optional<bool> deposit;
  std::optional<std::optional<catalogue::SaleHours>> sale_hours;  // nothing inside: sold all day again
};

struct Finding {
  std::int64_t line = 0;
  std::string column;  // as headed in the file; may be empty
  std::string value;   // what stood there, at most 80 characters
  Error error;
  bool warning = false;  // the row is taken all the same
};

struct RowReading {
  ItemRow row;
  std::vector<Finding> findings;
  [[nodiscard]] bool refused() const;
};

[[nodiscard]] RowReading read_item_row(const ColumnMap& columns, const Row& row);

// Of the whole file, reported once on the heading's line: import.no_price_column, import.no_heading,
// import.columns_ignored.
[[nodiscard]] std::vector<Finding> findings_of(const ColumnMap& columns);

// At most 80 characters, control characters replaced.
[[nodiscard]] std::string shown_value(std::string_view value);

}  // namespace lanekeeper::importing
