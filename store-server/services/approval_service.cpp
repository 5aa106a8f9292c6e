#include "services/approval_service.h"

#include "base/text.h"
#include "services/audit_trail.h"
#include "storage/approval_repository.h"
#include "storage/connection.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

using access::Permission;
using protocol::ApprovalState;
using protocol::ApprovalStatus;

constexpr std::int64_t forgotten_at_once = 50;
constexpr std::int64_t kept_ms = std::int64_t{90} * 24 * 60 * 60 * 1000;
constexpr std::size_t max_details = 8 * 1024;

Error unknown() {
  return {"approval.unknown", "There is no such request. Reload the list.", {}};
}

Error forbidden(Permission permission) {
  return {"access.forbidden",
          "Your role does not allow this. Ask somebody who may.",
          {{"permission", std::string(access::name_of(permission))}}};
}

Error too_old() {
  return {"approval.expired", "This request is too old. The till has to ask again.", {}};
}

Error already_answered(const ApprovalStatus& status) {
  if (status.state == ApprovalState::expired) return too_old();
  return {"approval.answered",
          "Somebody has answered this already.",
          {{"name", status.answered_by_name}, {"state", json::to_value(status.state).get<std::string>()}}};
}

bool is_longer(const std::string& text, std::size_t characters) {
  return text.size() > characters && to_utf32(text).size() > characters;
}

Result<void> check(const protocol::ApprovalRequest& request) {
  const auto bad = [](const char* at) {
    return fail("approval.bad_request", "This cannot be asked like that. Update the till.", {{"at", at}});
  };
  if (!access::permission_named(request.permission)) return bad("permission");
  if (request.cashier <= 0) return bad("cashier");
  if (is_longer(request.cashier_name, 120)) return bad("cashier_name");
  if (request.subject.empty() || is_longer(request.subject, 120)) return bad("subject");
  if (!request.details.is_object() || json::encode(request.details).size() > max_details) return bad("details");
  return {};
}

json::Value trace_of(const ApprovalStatus& status) {
  auto value = json::Value::object();
  value["permission"] = status.request.permission;
  value["till"] = status.request.till;
  value["cashier"] = status.request.cashier;
  value["subject"] = status.request.subject;
  value["details"] = status.request.details;
  if (status.request.amount) value["amount"] = status.request.amount->to_string();
  if (status.request.rate) value["rate"] = status.request.rate->to_percent_string();
  value["state"] = json::to_value(status.state);
  return value;
}

// What the role may allow of this kind at most; nullopt: any amount.
std::optional<Money> most_of(Permission permission, const access::Limits& limits) {
  if (permission == Permission::sale_return || permission == Permission::sale_void_completed) return limits.max_refund;
  if (permission == Permission::sale_return_blind) return limits.max_blind_refund;
  if (permission == Permission::sale_open_price) return limits.max_open_price;
  if (permission == Permission::sale_deposit_back) return limits.max_deposit_back;
  return std::nullopt;
}

}  // namespace

Result<void> may_grant(access::Role role, const protocol::ApprovalRequest& request) {
  const auto permission = access::permission_named(request.permission);
  if (!permission || !access::allows(role, *permission)) {
    return fail(forbidden(permission.value_or(Permission::approvals_answer)));
  }
  const auto limits = access::limits_of(role);
  const auto over = [&](std::string most) {
    return fail("approval.over_limit", "This is more than you may allow. Ask a manager.", {{"limit", std::move(most)}});
  };
  const bool about_discount = *permission == Permission::sale_discount || *permission == Permission::price_override;
  if (about_discount && request.rate && *request.rate > limits.max_discount) {
    return over(limits.max_discount.to_percent_string() + " %");
  }
  const auto most = most_of(*permission, limits);
  if (most && request.amount && *request.amount > *most) return over(most->to_string());
  return {};
}

std::int64_t ApprovalService::oldest_waiting_ms() const {
  return context_.clock.now().instant.unix_ms - waits_ms;
}

Result<ApprovalStatus> ApprovalService::ask(const Principal& principal, protocol::ApprovalRequest request) {
  const auto device = require_till(principal);
  if (!device) return fail(device.error());
  if (auto checked = check(request); !checked) return fail(std::move(checked.error()));
  request.till = device->till;
  const auto now_ms = context_.clock.now().instant.unix_ms;
  bool is_new = false;
  context_.database.transact([&](storage::Connection& connection) {
    storage::ApprovalRepository requests(connection, context_.store_id);
    requests.forget_before(now_ms - kept_ms, forgotten_at_once);
    is_new = requests.add(request, now_ms);
  });
  if (is_new) context_.changes.approvals_changed();
  return status(principal, request.id);
}

Result<ApprovalStatus> ApprovalService::status(const Principal& principal, const Uuid& id) {
  if (auto device = require_till(principal); !device) return fail(std::move(device.error()));
  bool ended = false;
  auto answer = context_.database.transact([&](storage::Connection& connection) -> Result<ApprovalStatus> {
    storage::ApprovalRepository requests(connection, context_.store_id);
    auto stored = requests.find(id);
    if (!stored) return fail(unknown());
    const bool waits = stored->status.state == ApprovalState::waiting;
    if (!waits || stored->received_ms >= oldest_waiting_ms()) return std::move(stored->status);
    ended = requests.end(id, ApprovalState::expired, {}, context_.clock.now());
    return std::move(requests.find(id)->status);
  });
  if (ended) context_.changes.approvals_changed();
  return answer;
}

Result<protocol::ApprovalList> ApprovalService::list(const Principal& principal) {
  if (auto device = require_device(principal); !device) return fail(std::move(device.error()));
  return context_.database.transact([&](storage::Connection& connection) {
    return protocol::ApprovalList{
        storage::ApprovalRepository(connection, context_.store_id).waiting(oldest_waiting_ms(), max_list)};
  });
}

Result<ApprovalStatus> ApprovalService::withdraw(const Principal& principal, const Uuid& id) {
  const auto device = require_till(principal);
  if (!device) return fail(device.error());
  bool ended = false;
  auto answer = context_.database.transact([&](storage::Connection& connection) -> Result<ApprovalStatus> {
    storage::ApprovalRepository requests(connection, context_.store_id);
    auto stored = requests.find(id);
    if (!stored || stored->status.request.till != device->till) return fail(unknown());
    ended = requests.end(id, ApprovalState::withdrawn, {}, context_.clock.now());
    return std::move(requests.find(id)->status);
  });
  if (ended) context_.changes.approvals_changed();
  return answer;
}

Result<ApprovalStatus> ApprovalService::answer(const Principal& principal, const Uuid& id, bool granted) {
  if (auto allowed = require(principal, Permission::approvals_answer); !allowed) {
    return fail(std::move(allowed.error()));
  }
  return settle(principal, id, granted);
}

Result<ApprovalStatus> ApprovalService::answer_at_till(const Principal& principal, const Uuid& id,
                                                       const protocol::ApprovalAnswer& answer) {
  if (auto device = require_till(principal); !device) return fail(std::move(device.error()));
  const auto person = context_.database.transact([&](storage::Connection& connection) {
    return storage::StoreRepository(connection, context_.store_id).staff_by_id(answer.staff.value_or(0));
  });
  if (!person || !person->active || !access::allows(person->role, Permission::approvals_answer)) {
    return fail(forbidden(Permission::approvals_answer));
  }
  auto at_till = principal;
  at_till.staff = StaffIdentity{person->id, person->number, person->name, person->role};
  return settle(at_till, id, answer.granted);
}

// principal.staff: who answers.
Result<ApprovalStatus> ApprovalService::settle(const Principal& principal, const Uuid& id, bool granted) {
  const auto& staff = *principal.staff;
  const auto wanted = granted ? ApprovalState::granted : ApprovalState::refused;
  bool ended = false;
  auto answer = context_.database.transact([&](storage::Connection& connection) -> Result<ApprovalStatus> {
    ended = false;
    storage::ApprovalRepository requests(connection, context_.store_id);
    const auto stored = requests.find(id);
    if (!stored) return fail(unknown());
    if (stored->status.request.cashier == staff.id) {
      return fail("approval.same_person", "You asked for this yourself. Somebody else has to answer.");
    }
    if (auto may = may_grant(staff.role, stored->status.request); !may) return fail(std::move(may.error()));
    const auto now = context_.clock.now();
    const bool waits = stored->status.state == ApprovalState::waiting;
    if (waits && stored->received_ms < oldest_waiting_ms()) return fail(too_old());
    ended = requests.end(id, wanted, {staff.id, staff.number, staff.name}, now);
    auto status = std::move(requests.find(id)->status);
    if (!ended) {
      // The answer to one's own answer may have been lost on the way.
      if (status.answered_by == staff.id && status.state == wanted) return status;
      return fail(already_answered(status));
    }
    AuditTrail::add(connection, context_, &principal,
                    {granted ? "approval.grant" : "approval.refuse", "approval " + id.to_string(),
                     json::Value::object(), trace_of(status)});
    return status;
  });
  if (ended) context_.changes.approvals_changed();
  return answer;
}

}  // namespace lanekeeper::services
