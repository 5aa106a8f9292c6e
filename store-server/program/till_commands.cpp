#include "program/till_commands.h"

#include <algorithm>
#include <filesystem>

#include "program/private_file.h"
#include "receipt_template/receipt_template.h"
#include "services/till_settings.h"

namespace lanekeeper::server {
namespace {

// What of a policy is to change.
struct PolicyChange {
  std::optional<bool> shifts_required;
  std::optional<Money> usual_float;
  std::optional<Money> difference_tolerance;
  std::optional<Money> pick_up_at;  // zero: the till asks for none
  std::optional<bool> vouchers;
  std::optional<bool> badge_signs_in;
  std::optional<std::vector<protocol::TenderMethod>> add_methods;
  std::optional<std::vector<std::string>> remove_methods;
};
template <class V>
void describe(V& visit, PolicyChange& c) {
  visit("shifts_required", c.shifts_required);
  visit("usual_float", c.usual_float);
  visit("difference_tolerance", c.difference_tolerance);
  visit("pick_up_at", c.pick_up_at);
  visit("vouchers", c.vouchers);
  visit("badge_signs_in", c.badge_signs_in);
  visit("add_methods", c.add_methods);
  visit("remove_methods", c.remove_methods);
}

void change_methods(std::vector<protocol::TenderMethod>& methods, const PolicyChange& change) {
  const auto remove = [&](const std::string& code) {
    std::erase_if(methods, [&](const protocol::TenderMethod& method) { return method.code == code; });
  };
  if (change.remove_methods) std::for_each(change.remove_methods->begin(), change.remove_methods->end(), remove);
  if (!change.add_methods) return;
  for (const auto& added : *change.add_methods) {
    remove(added.code);
    methods.push_back(added);
  }
}

bool changes_anything(const PolicyChange& c) {
  return c.shifts_required || c.usual_float || c.difference_tolerance || c.pick_up_at || c.vouchers ||
         c.badge_signs_in || c.add_methods || c.remove_methods;
}

}  // namespace

Result<json::Value> administer_till_policy(const services::ServiceContext& context, const json::Value& request) {
  const auto change = json::from_value<PolicyChange>(request);
  if (!change) return fail(change.error());
  services::TillSettings settings(context);
  auto policy = settings.policy();
  if (!changes_anything(*change)) return json::to_value(policy);
  policy.shifts_required = change->shifts_required.value_or(policy.shifts_required);
  policy.usual_float = change->usual_float.value_or(policy.usual_float);
  policy.difference_tolerance = change->difference_tolerance.value_or(policy.difference_tolerance);
  policy.vouchers = change->vouchers.value_or(policy.vouchers);
  if (change->badge_signs_in) policy.badge_signs_in = change->badge_signs_in;
  if (change->pick_up_at) policy.pick_up_at = change->pick_up_at;
  if (policy.pick_up_at == Money{}) policy.pick_up_at.reset();
  change_methods(policy.methods, *change);
  if (auto set = settings.set_policy(policy); !set) return fail(std::move(set.error()));
  return json::to_value(policy);
}

Result<json::Value> administer_templates(const services::ServiceContext& context, const json::Value& request) {
  services::TillSettings settings(context);
  const std::string act = request.value("do", "");
  protocol::ReceiptTemplate replacement{request.value("kind", ""), request.value("language", ""), {}};
  if (act == "list") {
    auto list = json::Value::array();
    for (const auto& known : settings.templates()) {
      json::Value one = {{"kind", known.kind}, {"language", known.language}, {"bytes", known.text.size()}};
      // None of these is taken in; one from elsewhere prints nothing, the built-in one takes its place.
      const auto parsed = receipt_template::ReceiptTemplate::parse(known.text);
      if (!parsed) {
        const auto& first = parsed.error().front();
        one["problem"] = fmt::format("line {}, column {}: {}", first.line, first.column, first.message);
      }
      list.push_back(std::move(one));
    }
    return json::Value{{"templates", std::move(list)}};
  }
  if (act == "remove") {
    if (auto removed = settings.remove_template(replacement.kind, replacement.language); !removed) {
      return fail(std::move(removed.error()));
    }
    return json::Value::object();
  }
  if (act != "set") {
    return fail("admin.unknown_command", "The running server does not know this command. Are both of one version?");
  }
  const std::filesystem::path file(request.value("file", ""));
  auto content = read_file(file);
  if (!content) return fail(std::move(content.error()));
  if (!*content) return fail("files.unreadable", "There is no such file.", {{"path", file.string()}});
  replacement.text = std::move(**content);
  if (auto set = settings.set_template(replacement); !set) return fail(std::move(set.error()));
  return json::Value::object();
}

Result<json::Value> administer_badge(const services::ServiceContext& context, const json::Value& request) {
  services::TillSettings settings(context);
  const std::string number = request.value("number", "");
  const auto badge = request.value("remove", false) ? settings.remove_badge(number) : settings.issue_badge(number);
  if (!badge) return fail(badge.error());
  json::Value answer = {{"number", number}, {"name", badge->name}};
  if (!badge->code.empty()) answer["code"] = badge->code;
  return answer;
}

}  // namespace lanekeeper::server
