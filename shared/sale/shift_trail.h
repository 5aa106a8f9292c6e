// What a shift has behind it besides its totals: where its close stands, how often its cash was counted, and what went
// out for goods without a receipt. A pure sum over the journal like the totals, so that a till that was killed, or that
// trained meanwhile, knows it again.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sale/control_transaction.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::sale {

// By whose right it went out: the person at the till, or whoever allowed it.
struct BlindRefunds {
  std::int64_t staff = 0;  // id
  Money amount;            // >= 0
  bool operator==(const BlindRefunds&) const = default;
};

struct ShiftTrail {
  std::int64_t counts_made = 0;               // of the cash; all but the first are recounts
  std::optional<ControlTransaction> begun;    // of the close that is under way: its newest close_begun
  std::optional<ControlTransaction> counted;  // and its newest cash_counted
  std::vector<BlindRefunds> blind_refunds;    // by staff id
  bool operator==(const ShiftTrail&) const = default;
};

// An entry of the shift, in the order of the journal. Its opening begins anew, its close ends it.
void follow(ShiftTrail& trail, const RetailTransaction& sale);
void follow(ShiftTrail& trail, const ControlTransaction& control);

// Zero where nothing went out.
[[nodiscard]] Money blind_refunds_of(const ShiftTrail& trail, std::int64_t staff);

}  // namespace lanekeeper::sale
