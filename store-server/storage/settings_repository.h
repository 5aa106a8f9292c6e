// Column till_policy of store, table receipt_template, column badge_key of staff.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/till_policy.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

class SettingsRepository {
 public:
  SettingsRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  [[nodiscard]] std::optional<protocol::TillPolicy> till_policy();
  void set_till_policy(const protocol::TillPolicy& policy);

  [[nodiscard]] std::vector<protocol::ReceiptTemplate> templates();  // by kind, language
  void set_template(const protocol::ReceiptTemplate& replacement);
  bool remove_template(const std::string& kind, const std::string& language);  // false: there was none

  void set_badge(std::int64_t staff, const std::optional<std::string>& key);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
