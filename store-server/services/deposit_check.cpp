#include "services/deposit_check.h"

#include <algorithm>

namespace lanekeeper::services {

namespace {

// The highest limit of those who had a hand in it; nullopt: nobody knows the cashier.
std::optional<Money> most_allowed(const sale::RetailTransaction& sale, const StoreFacts& facts) {
  if (!facts.roles.contains(sale.cashier)) return std::nullopt;
  Money most;
  const auto count = [&](std::int64_t staff) {
    const auto person = facts.roles.find(staff);
    if (person != facts.roles.end()) most = std::max(most, access::limits_of(person->second).max_deposit_back);
  };
  count(sale.cashier);
  for (const auto& line : sale.lines) {
    if (line.entered_by && sale::gives_deposit_back(line)) count(*line.entered_by);
  }
  constexpr auto permission = access::Permission::sale_deposit_back;
  for (const auto& approval : sale.approvals.value_or(std::vector<sale::Approval>())) {
    if (approval.permission == access::name_of(permission)) count(approval.approved_by);
  }
  return most;
}

}  // namespace

void check_deposits(const sale::RetailTransaction& sale, const StoreFacts& facts,
                    std::vector<ExceptionDraft>& exceptions) {
  Money amount;
  for (const auto& line : sale.lines) {
    if (!line.voided && sale::gives_deposit_back(line)) amount -= line.fixed_amount.value_or(Money());
  }
  if (amount <= Money()) return;
  const auto most = most_allowed(sale, facts);
  if (!most || amount <= *most) return;
  const auto name = facts.staff_names.find(sale.cashier);
  exceptions.push_back({"deposit.not_allowed",
                        "More was given back for deposits than the cashier may, and nobody allowed it. Look who was at "
                        "the till.",
                        {{"amount", amount.to_string()},
                         {"most", most->to_string()},
                         {"cashier", name == facts.staff_names.end() ? std::string() : name->second},
                         {"receipt", std::to_string(sale.receipt_number)}}});
}

Money deposit_price(const sale::BasketLine& line) {
  const auto amount = -line.fixed_amount.value_or(Money());
  const auto pieces = -line.quantity;
  if (pieces <= Quantity()) return line.unit_price;
  const auto exact = multiply(line.unit_price, pieces);
  if (exact && *exact == amount) return line.unit_price;
  return Money::of_minor(divide(Int128{amount.minor()} * 1000, pieces.milli(), Rounding::half_up));
}

}  // namespace lanekeeper::services
