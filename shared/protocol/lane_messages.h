// What the lanes share through the server: baskets that were put aside, and requests to be allowed something from afar.
// docs/protocol/openapi.yaml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/json_codec.h"
#include "base/time.h"
#include "money/money.h"
#include "sale/basket.h"

namespace lanekeeper::protocol {

// A basket that was put aside, without its goods. GET /v1/suspended?date=YYYY-MM-DD (tills): those that nobody has
// taken up, oldest first.
struct SuspendedSummary {
  Uuid id;            // of this suspension; the basket has its own and may be put aside more than once
  std::string label;  // "3-0017": till and a number of the day, as on the slip
  std::int64_t till = 0;
  std::string cashier_name;
  ZonedTime suspended_at;
  Date business_date;  // on which it can be taken up
  std::int64_t line_count = 0;
  Money total;
  std::string first_goods;                                   // name of the first goods, to tell baskets apart
  std::string note;                                          // may be empty
  std::optional<std::string> first_goods_en = std::nullopt;  // where they have such a name
  bool operator==(const SuspendedSummary&) const = default;
};
template <class V>
void describe(V& visit, SuspendedSummary& b) {
  visit("id", b.id);
  visit("label", b.label);
  visit("till", b.till);
  visit("cashier_name", b.cashier_name);
  visit("suspended_at", b.suspended_at);
  visit("business_date", b.business_date);
  visit("line_count", b.line_count);
  visit("total", b.total);
  visit("first_goods", b.first_goods);
  visit("note", b.note);
  visit("first_goods_en", b.first_goods_en);
}

// POST /v1/suspended (tills): puts a basket where any till can take it. The same id again changes nothing; one that
// was taken up meanwhile stays so (suspended.taken).
struct SuspendedBasket : SuspendedSummary {
  sale::Basket basket;
  bool operator==(const SuspendedBasket&) const = default;
};
template <class V>
void describe(V& visit, SuspendedBasket& b) {
  describe(visit, static_cast<SuspendedSummary&>(b));
  visit("basket", b.basket);
}

struct SuspendedList {
  std::vector<SuspendedSummary> baskets;
};
template <class V>
void describe(V& visit, SuspendedList& l) {
  visit("baskets", l.baskets);
}
// POST /v1/suspended/{id}/recall (tills, no body) -> SuspendedBasket: one till wins; the others are told
// suspended.taken (detail "till"). The winner may ask again. suspended.unknown.

// POST /v1/approvals (tills) -> ApprovalStatus. The same id again answers with how it stands.
struct ApprovalRequest {
  Uuid id;
  std::int64_t till = 0;
  std::int64_t cashier = 0;  // staff id of who asks; may never answer
  std::string cashier_name;
  std::string permission;  // name, as in access/permissions.h
  // What it is about: a text key ("approval.price_override") with its parameters, in the words of who reads it.
  std::string subject;
  json::Value details = json::Value::object();  // name -> text
  std::optional<Money> amount;                  // that limits are held against: of a discount, refund, price
  std::optional<Rate> rate;                     // of a discount
  ZonedTime asked_at;
};
template <class V>
void describe(V& visit, ApprovalRequest& r) {
  visit("id", r.id);
  visit("till", r.till);
  visit("cashier", r.cashier);
  visit("cashier_name", r.cashier_name);
  visit("permission", r.permission);
  visit("subject", r.subject);
  visit("details", r.details);
  visit("amount", r.amount);
  visit("rate", r.rate);
  visit("asked_at", r.asked_at);
}
enum class ApprovalState { waiting, granted, refused, withdrawn, expired };
struct ApprovalStatus {
  ApprovalRequest request;
  ApprovalState state = ApprovalState::waiting;
  std::int64_t answered_by = 0;  // staff id; 0: nobody
  std::string answered_by_number;
  std::string answered_by_name;
  std::optional<ZonedTime> answered_at;
};
template <class V>
void describe(V& visit, ApprovalStatus& s) {
  visit("request", s.request);
  visit("state", s.state);
  visit("answered_by", s.answered_by);
  visit("answered_by_number", s.answered_by_number);
  visit("answered_by_name", s.answered_by_name);
  visit("answered_at", s.answered_at);
}
// GET /v1/approvals (devices): those that wait, oldest first. GET /v1/approvals/{id} (tills) -> ApprovalStatus.
struct ApprovalList {
  std::vector<ApprovalStatus> approvals;
};
template <class V>
void describe(V& visit, ApprovalList& l) {
  visit("approvals", l.approvals);
}
// POST /v1/approvals/{id}/answer (a person in the back office) and POST /v1/approvals/{id}/till-answer (a till, where
// `staff` has shown number and PIN) -> ApprovalStatus. The first answer counts: approval.answered (details "name",
// "state") to whoever comes later. approval.unknown, approval.expired, approval.same_person, access.forbidden,
// approval.over_limit. POST /v1/approvals/{id}/withdrawal (the till that asked).
struct ApprovalAnswer {
  bool granted = false;
  std::optional<std::int64_t> staff;  // of a till's answer
};
template <class V>
void describe(V& visit, ApprovalAnswer& a) {
  visit("granted", a.granted);
  visit("staff", a.staff);
}

}  // namespace lanekeeper::protocol

namespace lanekeeper::json {
template <>
struct EnumNames<protocol::ApprovalState> {
  using S = protocol::ApprovalState;
  static constexpr std::pair<S, std::string_view> names[] = {{S::waiting, "waiting"},
                                                             {S::granted, "granted"},
                                                             {S::refused, "refused"},
                                                             {S::withdrawn, "withdrawn"},
                                                             {S::expired, "expired"}};
};
}  // namespace lanekeeper::json
