#include "services/void_check.h"

#include <algorithm>
#include <map>

#include "access/permissions.h"

namespace lanekeeper::services {

namespace {

constexpr auto permission = access::Permission::sale_void_completed;

std::vector<std::int64_t> approvers(const sale::RetailTransaction& back) {
  std::vector<std::int64_t> people;
  if (!back.approvals) return people;
  for (const auto& approval : *back.approvals) {
    if (approval.permission == access::name_of(permission)) people.push_back(approval.approved_by);
  }
  return people;
}

bool only_takes_back(const sale::RetailTransaction& back) {
  bool any = false;
  for (const auto& line : back.lines) {
    if (line.voided) continue;
    if (!line.returns) return false;
    any = true;
  }
  return any;
}

bool takes_back_all(const sale::RetailTransaction& sold, const sale::RetailTransaction& back) {
  std::map<std::int64_t, Quantity> missing;
  for (const auto& line : sold.lines) {
    if (!line.voided) missing[line.line] += line.quantity;
  }
  for (const auto& line : back.lines) {
    if (!line.voided && line.returns) missing[line.returns->line] += line.quantity;
  }
  return std::all_of(missing.begin(), missing.end(), [](const auto& one) { return one.second == Quantity(); });
}

bool takes_something_back(const sale::RetailTransaction& sale) {
  return sale.returned_sale || sale.blind_return ||
         std::any_of(sale.lines.begin(), sale.lines.end(),
                     [](const auto& line) { return !line.voided && line.returns; });
}

}  // namespace

bool is_void(const sale::RetailTransaction& sale) {
  return sale.returned_sale && sale.returned_sale->void_reason;
}

ExceptionDraft void_not_allowed(const sale::RetailTransaction& back, std::string_view because) {
  const auto& named = *back.returned_sale;
  return {std::string(void_not_allowed_kind),
          "A whole sale was voided that could not be. What it used stays used. Look at both receipts, and who voided "
          "it.",
          {{"because", std::string(because)},
           {"till", std::to_string(named.till)},
           {"receipt", std::to_string(named.receipt_number)},
           {"reason", *named.void_reason}}};
}

void check_void(const sale::RetailTransaction& back, const StoreFacts& facts, std::vector<ExceptionDraft>& exceptions) {
  if (!is_void(back)) return;
  const auto may = [&facts](std::int64_t person) {
    const auto role = facts.roles.find(person);
    return role != facts.roles.end() && access::allows(role->second, permission);
  };
  const auto lenders = approvers(back);
  if (!only_takes_back(back)) {
    exceptions.push_back(void_not_allowed(back, "not_all"));
  } else if (!may(back.cashier) && std::none_of(lenders.begin(), lenders.end(), may)) {
    exceptions.push_back(void_not_allowed(back, "permission"));
  }
}

std::optional<ExceptionDraft> objection_to_void(const sale::ReturnableSale& sold, const sale::RetailTransaction& back) {
  if (takes_something_back(sold.sale)) return void_not_allowed(back, "is_return");
  if (back.business_date != sold.sale.business_date) return void_not_allowed(back, "other_day");
  if (!sold.returned.empty() || !sold.refunded.is_zero()) return void_not_allowed(back, "something_back");
  if (!takes_back_all(sold.sale, back)) return void_not_allowed(back, "not_all");
  const auto rang_it = sold.sale.cashier;
  const auto lenders = approvers(back);
  const bool by_another = lenders.empty() ? back.cashier != rang_it
                                          : std::any_of(lenders.begin(), lenders.end(),
                                                        [rang_it](std::int64_t person) { return person != rang_it; });
  if (!by_another) return void_not_allowed(back, "own_sale");
  return std::nullopt;
}

}  // namespace lanekeeper::services
