// A file of goods, whatever its format: what it holds, then its rows. Pure but for time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.h"
#include "importing/column_map.h"
#include "importing/item_rows.h"
#include "importing/table.h"

namespace lanekeeper::importing {

class GoodsFile {
 public:
  // Looks through the whole file once. import.empty, import.old_excel (.xls, or protected by a password),
  // import.web_page (a web page called .xls), import.encoding, import.binary, import.not_xlsx, import.no_sheet,
  // import.too_large, import.no_columns (neither headings nor columns that speak for themselves), import.too_many_rows.
  [[nodiscard]] static Result<GoodsFile> open(std::string content, std::int64_t max_rows);

  [[nodiscard]] const ColumnMap& columns() const { return columns_; }
  [[nodiscard]] std::int64_t row_count() const { return row_count_; }
  [[nodiscard]] std::string format() const { return format_; }  // "xlsx", "CSV, UTF-8"

  // False from the handler ends the reading.
  [[nodiscard]] Result<void> for_each(const std::function<bool(RowReading)>& handler) const;

 private:
  GoodsFile() = default;
  [[nodiscard]] Result<void> read_rows(const RowHandler& handler) const;
  [[nodiscard]] Result<void> look_through(std::int64_t max_rows);

  std::string content_;  // UTF-8 for CSV, the archive for xlsx
  bool is_workbook_ = false;
  char separator_ = ',';
  std::string format_;
  Limits limits_;
  ColumnMap columns_;
  std::int64_t row_count_ = 0;
};

}  // namespace lanekeeper::importing
