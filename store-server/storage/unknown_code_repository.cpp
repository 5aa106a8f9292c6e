#include "storage/unknown_code_repository.h"

namespace lanekeeper::storage {

std::optional<UnknownCodeRow> UnknownCodeRepository::find(const Date& business_date, const std::string& code) {
  auto rows = connection_.query(
      "SELECT times, LOWER(HEX(exception_id)) FROM unknown_code WHERE store_id = ? AND business_date = ? AND code = ?",
      store_id_, business_date.to_string(), code);
  if (!rows.next()) return std::nullopt;
  return UnknownCodeRow{business_date, code, rows.integer(1), rows.text(2)};
}

void UnknownCodeRepository::save(const UnknownCodeRow& row) {
  connection_.execute(
      "INSERT INTO unknown_code (store_id, business_date, code, times, exception_id) VALUES (?, ?, ?, ?, UNHEX(?)) ON "
      "DUPLICATE KEY UPDATE times = VALUES(times)",
      store_id_, row.business_date.to_string(), row.code, row.times, row.exception_hex);
}

void UnknownCodeRepository::forget_before(const Date& business_date, std::int64_t limit) {
  connection_.execute("DELETE FROM unknown_code WHERE store_id = ? AND business_date < ? LIMIT ?", store_id_,
                      business_date.to_string(), limit);
}

}  // namespace lanekeeper::storage
