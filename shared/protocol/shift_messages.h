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
};

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

}  // namespace lanekeeper::protocol

namespace lanekeeper::json {
template <>
struct EnumNames<protocol::ShiftState> {
  using S = protocol::ShiftState;
  static constexpr std::pair<S, std::string_view> names[] = {
      {S::open, "open"}, {S::agrees, "agrees"}, {S::differs, "differs"}, {S::incomplete, "incomplete"}};
};
}  // namespace lanekeeper::json
