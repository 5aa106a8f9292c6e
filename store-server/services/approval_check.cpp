#include "services/approval_check.h"

#include <algorithm>

namespace lanekeeper::services {

namespace {

struct Asked {
  std::int64_t by = 0;  // 0: not known, because the till changed hands meanwhile
  std::optional<sale::MemberRef> for_whom = std::nullopt;
};

bool buys_as(std::int64_t staff, const std::optional<sale::MemberRef>& member, const StoreFacts& facts) {
  const auto own = facts.members.find(staff);
  return member && own != facts.members.end() && own->second == member->id;
}

// Why it was not theirs to allow; empty: it was.
std::string objection(const sale::Approval& approval, const Asked& asked, const StoreFacts& facts) {
  if (approval.approved_by == asked.by) return "same_person";
  if (buys_as(approval.approved_by, asked.for_whom, facts)) return "own_purchase";
  const auto person = facts.roles.find(approval.approved_by);
  if (person == facts.roles.end()) return "unknown_person";
  const auto permission = access::permission_named(approval.permission);
  if (!permission) return "unknown_permission";
  return access::allows(person->second, *permission) ? std::string() : std::string("role");
}

void check(const std::vector<sale::Approval>& approvals, const Asked& asked, const StoreFacts& facts,
           std::vector<ExceptionDraft>& exceptions) {
  for (const auto& approval : approvals) {
    const auto because = objection(approval, asked, facts);
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
  if (!sale.approvals) return;
  check(*sale.approvals, {changed_hands(sale) ? 0 : sale.cashier, sale.member}, facts, exceptions);
}

void check_approvals(const sale::ControlTransaction& control, const StoreFacts& facts,
                     std::vector<ExceptionDraft>& exceptions) {
  if (control.approvals) check(*control.approvals, {control.cashier, std::nullopt}, facts, exceptions);
}

void check_whose_purchase(const sale::RetailTransaction& sale, const StoreFacts& facts,
                          std::vector<ExceptionDraft>& exceptions) {
  if (!buys_as(sale.cashier, sale.member, facts)) return;
  const auto name = facts.staff_names.find(sale.cashier);
  exceptions.push_back({"sale.own_member",
                        "Somebody rang up their own purchase. Look at the sale, and whether that till is up to date.",
                        {{"staff", std::to_string(sale.cashier)},
                         {"cashier", name == facts.staff_names.end() ? std::string() : name->second},
                         {"member", sale.member->number},
                         {"receipt", std::to_string(sale.receipt_number)}}});
}

}  // namespace lanekeeper::services
