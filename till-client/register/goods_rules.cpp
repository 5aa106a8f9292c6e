// What the catalogue says of goods besides their price: hours outside which they are not sold, and that they do not
// come back.

#include <algorithm>

#include "catalogue/sale_hours.h"
#include "register/entry.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

Result<void> Register::Impl::sold_now(const catalogue::Item& item) const {
  if (!item.sale_hours || catalogue::sold_at(*item.sale_hours, moment.time)) return {};
  auto details = names_of(item);
  details.emplace_back("from", catalogue::minute_text(item.sale_hours->from_minute));
  details.emplace_back("to", catalogue::minute_text(item.sale_hours->to_minute));
  return fail("item.not_now", "These goods may not be sold at this time of day. Set them aside.", std::move(details));
}

// Goods that were put aside or stood in the basket until their hours were over. Once money was taken they are sold.
Result<void> Register::Impl::all_sold_now() const {
  if (!r.basket_.tenders.empty()) return {};
  for (const auto& line : r.basket_.lines) {
    if (line.voided || line.returns) continue;
    if (auto ok = sold_now(line); !ok) return ok;
  }
  return {};
}

Result<void> Register::Impl::sold_now(const sale::BasketLine& line) const {
  const auto item = r.items_.find_by_id(line.item);
  if (!item) return {};
  auto ok = sold_now(*item);
  if (!ok) ok.error().details.emplace_back("line", std::to_string(line.line));
  return ok;
}

Result<void> Register::Impl::may_come_back(const catalogue::Item& item) {
  if (!item.return_blocked.value_or(false)) return {};
  if (!r.cashier_) return signed_in();
  constexpr auto permission = access::Permission::sale_return_blocked;
  const auto name = access::name_of(permission);
  const bool allowed = std::any_of(granted.begin(), granted.end(),
                                   [name](const sale::Approval& approval) { return approval.permission == name; });
  if (allowed) return {};  // when these goods were entered, which waited for their weight since
  if (!moment.authority && !access::allows(r.cashier_->role, permission)) {
    auto details = names_of(item);
    details.emplace_back("permission", std::string(name));
    return fail("return.not_returnable", "These goods do not come back. Ask a supervisor.", std::move(details));
  }
  const auto allowing = permit(permission, r.basket_.next_line);
  if (!allowing) return fail(allowing.error());
  return {};
}

}  // namespace lanekeeper::till
