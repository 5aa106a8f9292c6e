// What the readers of files hand on: rows of cells as text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lanekeeper::importing {

struct Limits {
  std::size_t cell_bytes = 4096;        // more is not kept: the cell is marked
  std::size_t row_cells = 256;          // more are not kept: the row is marked
  std::int64_t part_bytes = 512 << 20;  // of an unpacked part of an xlsx file
  std::size_t shared_text_bytes = 256 << 20;
};

struct Cell {
  std::string text;  // UTF-8; the beginning only when too_long
  bool too_long = false;
};

struct Row {
  std::int64_t line = 0;  // where it begins: physical line of a CSV file, row number of a sheet; the first is 1
  std::vector<Cell> cells;
  bool too_many_cells = false;
  bool unclosed_quote = false;  // a cell began with a quote that nothing closes, and was taken literally
};

// Rows without any text are left out. False ends the reading. The row may be moved from.
using RowHandler = std::function<bool(Row& row)>;

}  // namespace lanekeeper::importing
