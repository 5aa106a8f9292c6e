// Shifts as people look at them. docs/protocol/openapi.yaml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "base/time.h"
#include "money/money.h"
#include "sale/control_transaction.h"

namespace lanekeeper::protocol {

enum class ShiftState {
  open,
  agrees,      // closed, and its Z is the sum of its sales
  differs,     // closed, and it is not
  incomplete,  // closed, but not all of its entries have arrived
  lost,        // not closed, and never will be: its till can tell no more
};

// Somebody said so. It stays on record when the till's entries turn up after all.
struct ShiftLoss {
  ZonedTime at;
  std::string by;  // name
  std::string reason;
  bool operator==(const ShiftLoss&) const = default;
};
template <class V>
void describe(V& visit, ShiftLoss& l) {
  visit("at", l.at);
  visit("by", l.by);
  visit("reason", l.reason);
}

// Members about the closing are missing while the shift is open.
struct ShiftSummary {
  std::int64_t till = 0;
  std::int64_t number = 0;  // of its Z
  Date business_date;
  ShiftState state = ShiftState::open;
  std::optional<ZonedTime> opened_at;  // missing: its opening has not arrived
  std::string opened_by;               // name
  Money opening_float;
  std::optional<ZonedTime> closed_at;
  std::optional<std::string> closed_by;       // name
  std::optional<sale::ShiftClosing> closing;  // the Z
  std::optional<Money> expected_cash;         // by the Z
  std::optional<Money> counted_cash;
  std::optional<Money> difference;      // declared less expected, over all ways of paying
  std::optional<Money> found_turnover;  // summed up anew from the entries that are here
  std::optional<Money> found_cash;
  std::optional<ShiftLoss> loss;
};
template <class V>
void describe(V& visit, ShiftSummary& s) {
  visit("till", s.till);
  visit("number", s.number);
  visit("business_date", s.business_date);
  visit("state", s.state);
  visit("opened_at", s.opened_at);
  visit("opened_by", s.opened_by);
  visit("opening_float", s.opening_float);
  visit("closed_at", s.closed_at);
  visit("closed_by", s.closed_by);
  visit("closing", s.closing);
  visit("expected_cash", s.expected_cash);
  visit("counted_cash", s.counted_cash);
  visit("difference", s.difference);
  visit("found_turnover", s.found_turnover);
  visit("found_cash", s.found_cash);
  visit("loss", s.loss);
}

// GET /v1/shifts?date=YYYY-MM-DD (a person): those that began on that business date, by till and number.
struct ShiftPage {
  Date business_date;
  std::vector<ShiftSummary> shifts;
};
template <class V>
void describe(V& visit, ShiftPage& p) {
  visit("business_date", p.business_date);
  visit("shifts", p.shifts);
}

inline constexpr std::size_t max_loss_reason = 200;  // characters

// POST /v1/shifts/{till}/{number}/loss (a person with shift.close_other): an open shift whose till can tell no more.
// Answered by the day's ShiftPage.
struct ShiftLossReport {
  std::string reason;  // typed
};
template <class V>
void describe(V& visit, ShiftLossReport& r) {
  visit("reason", r.reason);
}

}  // namespace lanekeeper::protocol

namespace lanekeeper::json {
template <>
struct EnumNames<protocol::ShiftState> {
  using S = protocol::ShiftState;
  static constexpr std::pair<S, std::string_view> names[] = {{S::open, "open"},
                                                             {S::agrees, "agrees"},
                                                             {S::differs, "differs"},
                                                             {S::incomplete, "incomplete"},
                                                             {S::lost, "lost"}};
};
}  // namespace lanekeeper::json
