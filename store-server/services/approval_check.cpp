#include "services/approval_check.h"

#include <algorithm>

namespace lanekeeper::services {

namespace {

// Why it was not theirs to allow; empty: it was. asker 0: not known, because the till changed hands meanwhile.
std::string objection(const sale::Approval& approval, std::int64_t asker, const StoreFacts& facts) {
  if (approval.approved_by == asker) return "same_person";
  const auto person = facts.roles.find(approval.approved_by);
  if (person == facts.roles.end()) return "unknown_person";
  const auto permission = access::permission_named(approval.permission);
  if (!permission) return "unknown_permission";
  return access::allows(person->second, *permission) ? std::string() : std::string("role");
}

void check(const std::vector<sale::Approval>& approvals, std::int64_t asker, const StoreFacts& facts,
           std::vector<ExceptionDraft>& exceptions) {
  for (const auto& approval : approvals) {
    const auto because = objection(approval, asker, facts);
    if (because.empty()) continue;
    exceptions.push_back({"approval.not_allowed",
                          "Something was approved by somebody who may not. Look who was at the till.",
                          {{"because", because},
                           {"permission", approval.permission},
                           {"approved_by", std::to_string(approval.approved_by)},
                           {"number", approval.approver_number}}});
  }
}

bool changed_hands(const sale::RetailTransaction& sale) {
  return std::any_of(sale.lines.begin(), sale.lines.end(),
                     [](const auto& line) { return line.entered_by.has_value(); }) ||
         std::any_of(sale.tenders.begin(), sale.tenders.end(), [](const auto& t) { return t.taken_by.has_value(); });
}

}  // namespace

void check_approvals(const sale::RetailTransaction& sale, const StoreFacts& facts,
                     std::vector<ExceptionDraft>& exceptions) {
  if (sale.approvals) check(*sale.approvals, changed_hands(sale) ? 0 : sale.cashier, facts, exceptions);
}

void check_approvals(const sale::ControlTransaction& control, const StoreFacts& facts,
                     std::vector<ExceptionDraft>& exceptions) {
  if (control.approvals) check(*control.approvals, control.cashier, facts, exceptions);
}

}  // namespace lanekeeper::services
