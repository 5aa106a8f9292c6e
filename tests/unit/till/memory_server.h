// What the tills of a store share through its server, in memory: baskets that were put aside, and requests for
// approval.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "lane/ports.h"

namespace lanekeeper::till::test {

class MemoryServer {
 public:
  struct PutAside {
    protocol::SuspendedBasket basket;
    std::int64_t taken_by = 0;  // till; 0: nobody
  };
  std::vector<PutAside> baskets;
  std::vector<protocol::ApprovalStatus> approvals;
  std::map<std::int64_t, access::StaffMember> staff;

  Result<void> suspend(const protocol::SuspendedBasket& basket) {
    const auto known = find(basket.id);
    if (known == nullptr) {
      baskets.push_back({basket, 0});
    } else if (known->taken_by != 0) {
      return taken(*known);
    }
    return {};
  }
  [[nodiscard]] protocol::SuspendedList list(const Date& date) const {
    protocol::SuspendedList list;
    for (const auto& one : baskets) {
      const auto& b = one.basket;
      if (one.taken_by != 0 || b.business_date != date) continue;
      list.baskets.push_back({b.id, b.label, b.till, b.cashier_name, b.suspended_at, b.business_date, b.line_count,
                              b.total, b.first_goods, b.note});
    }
    return list;
  }
  Result<protocol::SuspendedBasket> recall(const Uuid& id, std::int64_t till) {
    auto* known = find(id);
    if (known == nullptr) return fail("suspended.unknown", "There is no such basket.");
    if (known->taken_by != 0 && known->taken_by != till) return taken(*known);
    known->taken_by = till;
    return known->basket;
  }

  protocol::ApprovalStatus ask(const protocol::ApprovalRequest& request) {
    if (auto* known = approval(request.id)) return *known;
    approvals.push_back({request, protocol::ApprovalState::waiting, 0, {}, {}, {}});
    return approvals.back();
  }
  Result<protocol::ApprovalStatus> answer(const Uuid& id, bool granted, std::int64_t by) {
    auto* known = approval(id);
    if (known == nullptr) return fail("approval.unknown", "There is no such request.");
    if (known->state != protocol::ApprovalState::waiting) {
      return fail("approval.answered", "Somebody has answered already.", {{"name", known->answered_by_name}});
    }
    known->state = granted ? protocol::ApprovalState::granted : protocol::ApprovalState::refused;
    known->answered_by = by;
    known->answered_by_name = staff[by].name;
    known->answered_by_number = staff[by].number;
    return *known;
  }
  [[nodiscard]] protocol::ApprovalStatus* approval(const Uuid& id) {
    const auto found =
        std::find_if(approvals.begin(), approvals.end(), [&id](const auto& one) { return one.request.id == id; });
    return found == approvals.end() ? nullptr : &*found;
  }

 private:
  PutAside* find(const Uuid& id) {
    const auto found =
        std::find_if(baskets.begin(), baskets.end(), [&id](const auto& one) { return one.basket.id == id; });
    return found == baskets.end() ? nullptr : &*found;
  }
  static tl::unexpected<Error> taken(const PutAside& basket) {
    return fail("suspended.taken", "Another till has it.", {{"till", std::to_string(basket.taken_by)}});
  }
};

}  // namespace lanekeeper::till::test
