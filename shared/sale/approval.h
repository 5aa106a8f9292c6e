// That somebody with the right allowed what the person at the till may not do alone. Kept with what was done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/json_codec.h"
#include "base/time.h"

namespace lanekeeper::sale {

enum class ApprovalMeans {
  pin,     // number and PIN, typed at the till
  badge,   // scanned at the till
  remote,  // answered in the back office or at another till
};

struct Approval {
  std::string permission;            // name, as in access/permissions.h: "price.override"
  std::optional<std::int64_t> line;  // of the basket, where it was about one
  std::int64_t approved_by = 0;      // staff id; never the person at the till
  std::string approver_number;
  ApprovalMeans means = ApprovalMeans::pin;
  ZonedTime approved_at;
  std::optional<Uuid> request;  // of a remote one
  bool operator==(const Approval&) const = default;
};
template <class V>
void describe(V& visit, Approval& a) {
  visit("permission", a.permission);
  visit("line", a.line);
  visit("approved_by", a.approved_by);
  visit("approver_number", a.approver_number);
  visit("means", a.means);
  visit("approved_at", a.approved_at);
  visit("request", a.request);
}

}  // namespace lanekeeper::sale

namespace lanekeeper::json {
template <>
struct EnumNames<sale::ApprovalMeans> {
  using M = sale::ApprovalMeans;
  static constexpr std::pair<M, std::string_view> names[] = {
      {M::pin, "pin"}, {M::badge, "badge"}, {M::remote, "remote"}};
};
}  // namespace lanekeeper::json
