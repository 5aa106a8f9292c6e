// Statements over many rows with few round trips. A statement's text depends on the number of rows, and every text is
// prepared once per connection: N rows are therefore written in parts of 256, 64, 16, 4 and 1 rows, and a list of N
// keys is filled up with its last key to the next of those sizes.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "storage/connection.h"

namespace lanekeeper::storage {

inline constexpr std::array<std::size_t, 5> batch_sizes = {256, 64, 16, 4, 1};

// head "INSERT INTO t (a, b) VALUES ", row "(?, UNHEX(?))", tail "" or " ON DUPLICATE KEY UPDATE ...".
[[nodiscard]] std::string multi_row_sql(std::string_view head, std::string_view row, std::size_t rows,
                                        std::string_view tail);

// bind(binder, row) adds the parameters of one row. Returns the number of rows the database says were affected.
template <class Row, class Bind>
std::int64_t insert_rows(Connection& connection, std::string_view head, std::string_view row_sql, std::string_view tail,
                         std::span<const Row> rows, Bind&& bind) {
  std::int64_t affected = 0;
  std::size_t done = 0;
  for (const std::size_t size : batch_sizes) {
    while (rows.size() - done >= size) {
      auto& statement = connection.prepare(multi_row_sql(head, row_sql, size, tail));
      Binder binder(statement);
      for (const Row& row : rows.subspan(done, size)) bind(binder, row);
      affected += connection.run(statement);
      done += size;
    }
  }
  return affected;
}

// head "SELECT ... WHERE store_id = ? AND item_id IN (", tail ") ORDER BY item_id". before(binder) adds the parameters
// in front of the list, bind(binder, key) those of one key (key_sql "?" or "(?, ?)"), read(rows) is called per part.
// Lists longer than 256 are asked in parts.
template <class Key, class Before, class Bind, class Read>
void query_keys(Connection& connection, std::string_view head, std::string_view key_sql, std::string_view tail,
                std::span<const Key> keys, Before&& before, Bind&& bind, Read&& read) {
  std::size_t done = 0;
  while (done < keys.size()) {
    const std::size_t count = std::min(keys.size() - done, batch_sizes.front());
    std::size_t size = batch_sizes.front();
    for (const std::size_t candidate : batch_sizes) {
      if (candidate >= count) size = candidate;
    }
    auto& statement = connection.prepare(multi_row_sql(head, key_sql, size, tail));
    Binder binder(statement);
    before(binder);
    for (std::size_t i = 0; i < size; ++i) bind(binder, keys[done + std::min(i, count - 1)]);
    auto rows = connection.read(statement);
    read(rows);
    done += count;
  }
}

}  // namespace lanekeeper::storage
