// Table approval_request.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocol/lane_messages.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct StoredApproval {
  protocol::ApprovalStatus status;
  std::int64_t received_ms = 0;
};

struct Answerer {
  std::int64_t id = 0;  // 0: nobody; the time or the till itself ended it
  std::string number;
  std::string name;
};

class ApprovalRepository {
 public:
  ApprovalRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  // Adds it, unless it is there already. Whether it was added.
  bool add(const protocol::ApprovalRequest& request, std::int64_t received_ms);
  [[nodiscard]] std::optional<StoredApproval> find(const Uuid& id);
  // Received at `since` or later, oldest first.
  [[nodiscard]] std::vector<protocol::ApprovalStatus> waiting(std::int64_t since_ms, std::int64_t limit);
  // Ends the waiting: true for the one that did, false for everybody who comes later.
  [[nodiscard]] bool end(const Uuid& id, protocol::ApprovalState state, const Answerer& by, const ZonedTime& at);
  // Requests that are over, from before that time.
  void forget_before(std::int64_t received_ms, std::int64_t limit);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
