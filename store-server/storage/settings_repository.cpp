#include "storage/settings_repository.h"

namespace lanekeeper::storage {

std::optional<protocol::TillPolicy> SettingsRepository::till_policy() {
  auto rows = connection_.query("SELECT till_policy FROM store WHERE store_id = ?", store_id_);
  if (!rows.next() || rows.is_null(1)) return std::nullopt;
  auto policy = json::decode<protocol::TillPolicy>(rows.text(1));
  if (!policy) throw Fault("db.error", "the tills' settings in the database are not readable");
  return std::move(*policy);
}

void SettingsRepository::set_till_policy(const protocol::TillPolicy& policy) {
  connection_.execute("UPDATE store SET till_policy = ? WHERE store_id = ?", json::encode(policy), store_id_);
}

std::vector<protocol::ReceiptTemplate> SettingsRepository::templates() {
  std::vector<protocol::ReceiptTemplate> templates;
  auto rows = connection_.query(
      "SELECT kind, language, template_text FROM receipt_template WHERE store_id = ? ORDER BY kind, language",
      store_id_);
  while (rows.next()) templates.push_back({rows.text(1), rows.text(2), rows.text(3)});
  return templates;
}

void SettingsRepository::set_template(const protocol::ReceiptTemplate& replacement) {
  connection_.execute(
      "INSERT INTO receipt_template (store_id, kind, language, template_text) VALUES (?, ?, ?, ?) ON DUPLICATE KEY "
      "UPDATE template_text = VALUES(template_text)",
      store_id_, replacement.kind, replacement.language, replacement.text);
}

bool SettingsRepository::remove_template(const std::string& kind, const std::string& language) {
  return connection_.execute("DELETE FROM receipt_template WHERE store_id = ? AND kind = ? AND language = ?", store_id_,
                             kind, language) > 0;
}

void SettingsRepository::set_badge(std::int64_t staff, const std::optional<std::string>& key) {
  if (key) {
    connection_.execute("UPDATE staff SET badge_key = ? WHERE store_id = ? AND staff_id = ?", *key, store_id_, staff);
  } else {
    connection_.execute("UPDATE staff SET badge_key = NULL WHERE store_id = ? AND staff_id = ?", store_id_, staff);
  }
}

}  // namespace lanekeeper::storage
