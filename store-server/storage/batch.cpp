#include "storage/batch.h"

namespace lanekeeper::storage {

std::string multi_row_sql(std::string_view head, std::string_view row, std::size_t rows, std::string_view tail) {
  std::string sql;
  sql.reserve(head.size() + rows * (row.size() + 1) + tail.size());
  sql += head;
  for (std::size_t i = 0; i < rows; ++i) {
    if (i > 0) sql += ',';
    sql += row;
  }
  sql += tail;
  return sql;
}

}  // namespace lanekeeper::storage
