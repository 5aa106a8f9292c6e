#include "storage/approval_repository.h"

#include "storage/enum_text.h"
#include "storage/uuid_text.h"

namespace lanekeeper::storage {

namespace {

constexpr std::string_view columns =
    "LOWER(HEX(request_id)), till, cashier, cashier_name, permission, subject, details, amount, rate_per_10k, "
    "asked_ms, "
    "asked_offset_min, received_ms, state, answered_by, answered_by_number, answered_by_name, answered_ms, "
    "answered_offset_min";

StoredApproval read_approval(const Rows& rows) {
  StoredApproval stored;
  auto& request = stored.status.request;
  request.id = uuid_from_hex(rows.text(1));
  request.till = rows.integer(2);
  request.cashier = rows.integer(3);
  request.cashier_name = rows.text(4);
  request.permission = rows.text(5);
  request.subject = rows.text(6);
  auto details = json::parse(rows.text(7));
  if (!details) throw Fault("db.error", "the details of a request cannot be read");
  request.details = std::move(*details);
  if (const auto amount = rows.optional_integer(8)) request.amount = Money::of_minor(*amount);
  if (const auto rate = rows.optional_integer(9)) request.rate = Rate::of_per_10k(*rate);
  request.asked_at = {{rows.integer(10)}, static_cast<int>(rows.integer(11))};
  stored.received_ms = rows.integer(12);
  stored.status.state = enum_value<protocol::ApprovalState>(rows.text(13));
  stored.status.answered_by = rows.integer(14);
  stored.status.answered_by_number = rows.text(15);
  stored.status.answered_by_name = rows.text(16);
  if (const auto at = rows.optional_integer(17)) {
    stored.status.answered_at = ZonedTime{{*at}, static_cast<int>(rows.integer(18))};
  }
  return stored;
}

}  // namespace

bool ApprovalRepository::add(const protocol::ApprovalRequest& request, std::int64_t received_ms) {
  const auto amount = request.amount ? std::optional(request.amount->minor()) : std::nullopt;
  const auto rate = request.rate ? std::optional(request.rate->per_10k()) : std::nullopt;
  return connection_.execute(
             "INSERT INTO approval_request (store_id, request_id, till, cashier, cashier_name, permission, subject, "
             "details, amount, rate_per_10k, asked_ms, asked_offset_min, received_ms, state, answered_by, "
             "answered_by_number, answered_by_name) VALUES (?,UNHEX(?),?,?,?,?,?,?,?,?,?,?,?,'waiting',0,'','') ON "
             "DUPLICATE KEY UPDATE state = state",
             store_id_, hex_of(request.id), request.till, request.cashier, request.cashier_name, request.permission,
             request.subject, json::encode(request.details), amount, rate, request.asked_at.instant.unix_ms,
             std::int64_t{request.asked_at.utc_offset_min}, received_ms) == 1;
}

std::optional<StoredApproval> ApprovalRepository::find(const Uuid& id) {
  auto rows = connection_.query(std::string("SELECT ") + std::string(columns) +
                                    " FROM approval_request WHERE store_id = ? AND request_id = UNHEX(?)",
                                store_id_, hex_of(id));
  if (!rows.next()) return std::nullopt;
  return read_approval(rows);
}

std::vector<protocol::ApprovalStatus> ApprovalRepository::waiting(std::int64_t since_ms, std::int64_t limit) {
  std::vector<protocol::ApprovalStatus> found;
  auto rows =
      connection_.query(std::string("SELECT ") + std::string(columns) +
                            " FROM approval_request WHERE store_id = ? AND state = 'waiting' AND received_ms >= "
                            "? ORDER BY received_ms, request_id LIMIT ?",
                        store_id_, since_ms, limit);
  while (rows.next()) found.push_back(std::move(read_approval(rows).status));
  return found;
}

bool ApprovalRepository::end(const Uuid& id, protocol::ApprovalState state, const Answerer& by, const ZonedTime& at) {
  return connection_.execute(
             "UPDATE approval_request SET state = ?, answered_by = ?, answered_by_number = ?, answered_by_name = ?, "
             "answered_ms = ?, answered_offset_min = ? WHERE store_id = ? AND request_id = UNHEX(?) AND state = "
             "'waiting'",
             enum_text(state), by.id, by.number, by.name, at.instant.unix_ms, std::int64_t{at.utc_offset_min},
             store_id_, hex_of(id)) == 1;
}

void ApprovalRepository::forget_before(std::int64_t received_ms, std::int64_t limit) {
  connection_.execute("DELETE FROM approval_request WHERE store_id = ? AND received_ms < ? LIMIT ?", store_id_,
                      received_ms, limit);
}

}  // namespace lanekeeper::storage
