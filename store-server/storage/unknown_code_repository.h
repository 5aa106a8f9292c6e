// Table unknown_code: barcodes that nobody knew, by business date, with the exception that tells of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct UnknownCodeRow {
  Date business_date;
  std::string code;  // of at most longest_unknown_code characters
  std::int64_t times = 0;
  std::string exception_hex;
};

inline constexpr std::size_t longest_unknown_code = 200;

class UnknownCodeRepository {
 public:
  UnknownCodeRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  [[nodiscard]] std::optional<UnknownCodeRow> find(const Date& business_date, const std::string& code);
  // Adds it or writes it over.
  void save(const UnknownCodeRow& row);
  void forget_before(const Date& business_date, std::int64_t limit);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
