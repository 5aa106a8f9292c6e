// Compares the columns of a row one after another and names the first that differs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ops/movement_print.h"
#include "storage/journal_repository.h"

namespace lanekeeper::ops {

inline std::string text_of(const std::string& text) {
  return text;
}
inline std::string text_of(std::int64_t number) {
  return std::to_string(number);
}
inline std::string text_of(bool flag) {
  return flag ? "1" : "0";
}
inline std::string text_of(const journal::Hash& hash) {
  return storage::hex_of(hash);
}
template <class T>
std::string text_of(const std::optional<T>& value) {
  return value ? text_of(*value) : "NULL";
}

class RowComparison {
 public:
  RowComparison(std::string table, std::string key) : table_(std::move(table)), key_(std::move(key)) {}

  template <class T>
  RowComparison& column(std::string_view name, const T& expected, const T& found) {
    if (expected != found) fail(name, text_of(expected), text_of(found));
    return *this;
  }
  [[noreturn]] void fail(std::string_view name, std::string expected, std::string found) const {
    throw FoundDifference{{table_, key_, std::string(name), std::move(expected), std::move(found)}};
  }
  [[noreturn]] void missing_row() const { fail("row", "present", "missing"); }
  [[noreturn]] void needless_row() const { fail("row", "missing", "present"); }

 private:
  std::string table_;
  std::string key_;
};

}  // namespace lanekeeper::ops
