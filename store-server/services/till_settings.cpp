#include "services/till_settings.h"

#include <algorithm>
#include <set>

#include "access/badge_code.h"
#include "access/member_keys.h"
#include "base/text.h"
#include "receipt_template/receipt_template.h"
#include "services/audit_trail.h"
#include "storage/connection.h"
#include "storage/member_repository.h"
#include "storage/settings_repository.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_method_name = 60;  // characters
constexpr std::string_view template_kinds[] = {"sale", "gift", "return", "control", "suspend", "report"};
constexpr std::string_view template_languages[] = {"zh_CN", "en"};

bool is_method_code(const std::string& code) {
  return !code.empty() && code.size() <= 32 && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

Result<void> check(const protocol::TillPolicy& policy) {
  const auto bad = [](const std::string& at) {
    return fail("settings.bad_policy", "The tills cannot be set like that. Correct the named place.", {{"at", at}});
  };
  if (policy.usual_float.is_negative()) return bad("usual_float");
  if (policy.difference_tolerance.is_negative()) return bad("difference_tolerance");
  if (policy.pick_up_at && *policy.pick_up_at <= Money{}) return bad("pick_up_at");
  if (policy.methods.size() > TillSettings::max_methods) return bad("methods");
  std::set<std::string> codes;
  for (const auto& method : policy.methods) {
    const bool named = !trim(method.name).empty() && to_utf32(method.name).size() <= max_method_name &&
                       to_utf32(method.name_en).size() <= max_method_name;
    if (!is_method_code(method.code) || !named || !codes.insert(method.code).second) {
      return bad("methods: " + sanitize_utf8(method.code));
    }
  }
  return {};
}

template <std::size_t N>
bool is_one_of(const std::string& text, const std::string_view (&known)[N]) {
  return std::find(std::begin(known), std::end(known), text) != std::end(known);
}

Result<void> check(const protocol::ReceiptTemplate& replacement) {
  const auto bad = [](const std::string& at) {
    return fail("settings.bad_template", "This is no receipt template. Correct the named place.", {{"at", at}});
  };
  if (!is_one_of(replacement.kind, template_kinds)) return bad("kind");
  if (!is_one_of(replacement.language, template_languages)) return bad("language");
  if (trim(replacement.text).empty() || replacement.text.size() > TillSettings::max_template_bytes) return bad("size");
  const bool readable =
      sanitize_utf8(replacement.text) == replacement.text && replacement.text.find('\0') == std::string::npos;
  if (!readable) return bad("text");
  const auto parsed = receipt_template::ReceiptTemplate::parse(replacement.text);
  if (parsed) return {};
  const auto& first = parsed.error().front();
  const auto line = std::to_string(first.line);
  const auto column = std::to_string(first.column);
  auto error = bad("line " + line + ", column " + column + ": " + first.message);
  error.value().details.insert(error.value().details.end(),
                               {{"line", line}, {"column", column}, {"problem", first.code}});
  return error;
}

// The shop's own text; empty: it has none.
std::string own_text(storage::SettingsRepository& settings, const std::string& kind, const std::string& language) {
  for (auto& known : settings.templates()) {
    if (known.kind == kind && known.language == language) return std::move(known.text);
  }
  return {};
}

json::Value audited(const std::string& text) {
  return text.empty() ? json::Value::object() : json::Value{{"text", text}};
}

auto changed_meanwhile() {
  return fail("settings.changed_meanwhile", "Somebody else changed this meanwhile. Look at it and change it again.");
}

}  // namespace

template <class F>
auto TillSettings::change(F&& write) {
  std::int64_t version = 0;
  auto result = context_.database.transact([&](storage::Connection& connection) {
    version = storage::StoreRepository(connection, context_.store_id).next_version();
    return write(connection);
  });
  if (result) context_.changes.store_changed(version);
  return result;
}

protocol::TillPolicy TillSettings::policy() {
  return context_.database.transact([&](storage::Connection& connection) {
    return storage::SettingsRepository(connection, context_.store_id).till_policy().value_or(protocol::TillPolicy{});
  });
}

Result<void> TillSettings::set_policy(const protocol::TillPolicy& policy) {
  return store_policy(nullptr, policy, std::nullopt);
}

Result<void> TillSettings::store_policy(By by, const protocol::TillPolicy& policy,
                                        const std::optional<protocol::TillPolicy>& expected) {
  if (auto checked = check(policy); !checked) return checked;
  return change([&](storage::Connection& connection) -> Result<void> {
    storage::SettingsRepository settings(connection, context_.store_id);
    const auto before = settings.till_policy();
    if (expected && *expected != before.value_or(protocol::TillPolicy{})) return changed_meanwhile();
    settings.set_till_policy(policy);
    AuditTrail::add(connection, context_, by,
                    {"store.till_policy", "store", before ? json::to_value(*before) : json::Value::object(),
                     json::to_value(policy)});
    return {};
  });
}

std::vector<protocol::ReceiptTemplate> TillSettings::templates() {
  return context_.database.transact([&](storage::Connection& connection) {
    return storage::SettingsRepository(connection, context_.store_id).templates();
  });
}

Result<void> TillSettings::set_template(const protocol::ReceiptTemplate& replacement) {
  return store_template(nullptr, replacement, std::nullopt);
}

Result<void> TillSettings::store_template(By by, const protocol::ReceiptTemplate& replacement,
                                          const std::optional<std::string>& expected) {
  if (auto checked = check(replacement); !checked) return checked;
  return change([&](storage::Connection& connection) -> Result<void> {
    storage::SettingsRepository settings(connection, context_.store_id);
    const auto before = own_text(settings, replacement.kind, replacement.language);
    if (expected && *expected != before) return changed_meanwhile();
    settings.set_template(replacement);
    AuditTrail::add(connection, context_, by,
                    {"store.receipt_template", replacement.kind + " " + replacement.language, audited(before),
                     audited(replacement.text)});
    return {};
  });
}

Result<void> TillSettings::remove_template(const std::string& kind, const std::string& language) {
  return drop_template(nullptr, kind, language, std::nullopt);
}

Result<void> TillSettings::drop_template(By by, const std::string& kind, const std::string& language,
                                         const std::optional<std::string>& expected) {
  return change([&](storage::Connection& connection) -> Result<void> {
    storage::SettingsRepository settings(connection, context_.store_id);
    const auto before = own_text(settings, kind, language);
    if (expected && *expected != before) return changed_meanwhile();
    if (!settings.remove_template(kind, language)) {
      return fail("settings.no_template", "The shop has no template of its own there.",
                  {{"kind", sanitize_utf8(kind)}, {"language", sanitize_utf8(language)}});
    }
    AuditTrail::add(connection, context_, by,
                    {"store.receipt_template", kind + " " + language, audited(before), audited({})});
    return {};
  });
}

protocol::StoreSettings TillSettings::all() {
  return {policy(), templates()};
}

Result<protocol::StoreSettings> TillSettings::read(const Principal& principal) {
  return require(principal, access::Permission::store_settings).map([this] { return all(); });
}

Result<protocol::StoreSettings> TillSettings::change_policy(const Principal& principal,
                                                            const protocol::TillPolicyChange& wanted) {
  return require(principal, access::Permission::store_settings)
      .and_then([&] { return store_policy(&principal, wanted.policy, wanted.before); })
      .map([this] { return all(); });
}

Result<protocol::StoreSettings> TillSettings::change_template(const Principal& principal, const std::string& kind,
                                                              const std::string& language,
                                                              const protocol::ReceiptTemplateChange& wanted) {
  return require(principal, access::Permission::store_settings)
      .and_then([&] {
        return store_template(&principal, {kind, language, wanted.text}, wanted.before);
      })
      .map([this] { return all(); });
}

Result<protocol::StoreSettings> TillSettings::remove_template(const Principal& principal, const std::string& kind,
                                                              const std::string& language,
                                                              const protocol::ReceiptTemplateRemoval& removal) {
  return require(principal, access::Permission::store_settings)
      .and_then([&] { return drop_template(&principal, kind, language, removal.before); })
      .map([this] { return all(); });
}

Result<TillSettings::Badge> TillSettings::issue_badge(const std::string& number) {
  return set_badge(number, access::make_badge_code(context_.random));
}

Result<TillSettings::Badge> TillSettings::put_badge(const std::string& number, const std::string& code) {
  if (!access::is_badge_code(code)) {
    return fail("settings.bad_badge", "The code of a badge has 20 digits and begins with 88. Correct it.");
  }
  return set_badge(number, code);
}

Result<TillSettings::Badge> TillSettings::remove_badge(const std::string& number) {
  return set_badge(number, std::nullopt);
}

Result<TillSettings::Badge> TillSettings::set_badge(const std::string& number, const std::optional<std::string>& code) {
  return change([&](storage::Connection& connection) -> Result<Badge> {
    const auto person = storage::StoreRepository(connection, context_.store_id).staff_by_number(number);
    if (!person) return fail("staff.not_found", "There is no such person. Reload the list.");
    const auto secret = storage::MemberRepository(connection, context_.store_id).head().secret;
    if (code && secret.empty()) throw Fault("db.no_store", "the store has no secret yet");
    storage::SettingsRepository(connection, context_.store_id)
        .set_badge(person->id, code ? std::optional(access::badge_key(secret, *code)) : std::nullopt);
    AuditTrail::add(connection, context_, nullptr,
                    {code ? "staff.badge" : "staff.badge_removed", "staff " + person->number, json::Value::object(),
                     json::Value::object()});
    return Badge{person->name, code.value_or(std::string())};
  });
}

}  // namespace lanekeeper::services
