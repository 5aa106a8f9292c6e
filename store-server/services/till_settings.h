// What the store lays down for its tills: how they behave, what receipts look like, whose badge opens what. Changes are
// audited and told to every device. People change what their permissions allow; the machine's own commands and the demo
// come without a person and are audited as done by the server itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/settings_messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class TillSettings {
 public:
  static constexpr std::size_t max_template_bytes = 64 * 1024;
  static constexpr std::size_t max_methods = 50;

  explicit TillSettings(const ServiceContext& context) : context_(context) {}

  // For people: store_settings. Each change answers with how it is then; settings.changed_meanwhile when it was not
  // what the change says it was before. Else the errors of the methods below.
  [[nodiscard]] Result<protocol::StoreSettings> read(const Principal& principal);
  [[nodiscard]] Result<protocol::StoreSettings> change_policy(const Principal& principal,
                                                              const protocol::TillPolicyChange& change);
  [[nodiscard]] Result<protocol::StoreSettings> change_template(const Principal& principal, const std::string& kind,
                                                                const std::string& language,
                                                                const protocol::ReceiptTemplateChange& change);
  [[nodiscard]] Result<protocol::StoreSettings> remove_template(const Principal& principal, const std::string& kind,
                                                                const std::string& language,
                                                                const protocol::ReceiptTemplateRemoval& removal);

  [[nodiscard]] protocol::TillPolicy policy();  // without anything set: that of the defaults
  // settings.bad_policy (detail "at")
  [[nodiscard]] Result<void> set_policy(const protocol::TillPolicy& policy);

  [[nodiscard]] std::vector<protocol::ReceiptTemplate> templates();
  // settings.bad_template (detail "at"): unknown kind or language, too large, not UTF-8, or wrong markup; then also
  // "line", "column" and "problem", the code of receipt_template.h.
  [[nodiscard]] Result<void> set_template(const protocol::ReceiptTemplate& replacement);
  // settings.no_template
  [[nodiscard]] Result<void> remove_template(const std::string& kind, const std::string& language);

  struct Badge {
    std::string name;  // whose
    std::string code;  // to be printed as a barcode or QR code; stored nowhere
  };
  // A new code; the person's badge before this one opens nothing any more. staff.not_found
  [[nodiscard]] Result<Badge> issue_badge(const std::string& number);
  // The same with a code that is known already (the demo's). staff.not_found, settings.bad_badge
  [[nodiscard]] Result<Badge> put_badge(const std::string& number, const std::string& code);
  [[nodiscard]] Result<Badge> remove_badge(const std::string& number);

 private:
  [[nodiscard]] Result<Badge> set_badge(const std::string& number, const std::optional<std::string>& code);
  using By = const Principal*;  // nullptr: the server itself
  [[nodiscard]] protocol::StoreSettings all();
  [[nodiscard]] Result<void> store_policy(By by, const protocol::TillPolicy& policy,
                                          const std::optional<protocol::TillPolicy>& expected);
  [[nodiscard]] Result<void> store_template(By by, const protocol::ReceiptTemplate& replacement,
                                            const std::optional<std::string>& expected);
  [[nodiscard]] Result<void> drop_template(By by, const std::string& kind, const std::string& language,
                                           const std::optional<std::string>& expected);
  // Runs within a transaction that gives the profile its next version; tells the devices when it succeeds.
  template <class F>
  auto change(F&& write);

  ServiceContext context_;
};

}  // namespace lanekeeper::services
