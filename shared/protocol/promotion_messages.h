// Promotions between the server and the back office: the list of published versions, and how a new one is made.
// Definitions travel as in promotions.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "base/time.h"
#include "money/money.h"
#include "protocol/messages.h"

namespace lanekeeper::protocol {

struct PromotionVersion {
  std::int64_t version = 0;
  ZonedTime effective_at;
  ZonedTime published_at;
  std::string published_by;  // name; "server": the owner of the machine
  std::string note;
  std::int64_t promotions = 0;                // how many
  std::optional<std::int64_t> restored_from;  // the version whose definitions it brought back
  std::optional<std::string> definitions;     // a JSON array; absent in lists
};
template <class V>
void describe(V& visit, PromotionVersion& v) {
  visit("version", v.version);
  visit("effective_at", v.effective_at);
  visit("published_at", v.published_at);
  visit("published_by", v.published_by);
  visit("note", v.note);
  visit("promotions", v.promotions);
  visit("restored_from", v.restored_from);
  visit("definitions", v.definitions);
}

// GET /v1/promotions/books?before=V&limit=N: newest first.
struct PromotionVersions {
  std::vector<PromotionVersion> versions;
  bool more = false;
};
template <class V>
void describe(V& visit, PromotionVersions& v) {
  visit("versions", v.versions);
  visit("more", v.more);
}

// POST /v1/promotions/books, and POST /v1/promotions/check, which looks at the definitions alone.
struct PromotionDraft {
  std::string definitions;                // a JSON array, or an object with the member "promotions"
  std::optional<ZonedTime> effective_at;  // absent: at once
  std::optional<std::string> note;        // why, in a person's words
  std::optional<std::int64_t> based_on;   // the newest version that the author had seen; absent: whatever it is
};
template <class V>
void describe(V& visit, PromotionDraft& d) {
  visit("definitions", d.definitions);
  visit("effective_at", d.effective_at);
  visit("note", d.note);
  visit("based_on", d.based_on);
}

// What the review found about an offer (docs/promotions.md). Errors keep a draft from being published.
struct PromotionFinding {
  bool error = false;  // false: a warning
  std::string promotion;
  ErrorBody what;
};
template <class V>
void describe(V& visit, PromotionFinding& f) {
  visit("error", f.error);
  visit("promotion", f.promotion);
  visit("what", f.what);
}

// The answer to all three; version 0: only looked at.
struct PromotionReview {
  std::int64_t version = 0;
  std::vector<PromotionFinding> findings;
};
template <class V>
void describe(V& visit, PromotionReview& r) {
  visit("version", r.version);
  visit("findings", r.findings);
}

// POST /v1/promotions/rerates: what the sales of these business dates, both included, would have cost under a version
// of the promotions (0: without any). One runs at a time.
struct RerateRequest {
  std::int64_t version = 0;
  Date from;
  Date to;
};
template <class V>
void describe(V& visit, RerateRequest& r) {
  visit("version", r.version);
  visit("from", r.from);
  visit("to", r.to);
}

enum class RerateRowKind { differs, returned, failed };

// A sale that costs something else, or of which that cannot be said: goods that came back, sales that cannot be priced.
struct RerateRow {
  RerateRowKind kind = RerateRowKind::differs;
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  std::int64_t receipt_number = 0;
  Date business_date;
  Money recorded;       // total before cash rounding
  Money rerated;        // the same under that version
  Money owed;           // recorded less rerated: above zero, the customer paid too much
  std::string because;  // code of an error, when failed
};
template <class V>
void describe(V& visit, RerateRow& r) {
  visit("kind", r.kind);
  visit("till", r.till);
  visit("sequence", r.sequence);
  visit("receipt_number", r.receipt_number);
  visit("business_date", r.business_date);
  visit("recorded", r.recorded);
  visit("rerated", r.rerated);
  visit("owed", r.owed);
  visit("because", r.because);
}

enum class RerateState { running, done, cancelled, failed };

// GET /v1/promotions/rerates/{id}?after=N&limit=N: how far it is, and the rows behind the first N of them.
struct RerateStatus {
  std::string id;
  RerateState state = RerateState::running;
  std::int64_t version = 0;
  std::int64_t total = 0;  // sales in these days
  std::int64_t done = 0;
  std::int64_t same = 0;
  std::int64_t differing = 0;
  std::int64_t returns = 0;
  std::int64_t failed = 0;
  Money owed;          // to customers who paid too much
  Money undercharged;  // by those who paid too little, >= 0
  std::vector<RerateRow> rows;
  bool more = false;               // rows behind these
  std::int64_t left_off = 0;       // rows that are counted above, but were too many to be kept
  std::optional<ErrorBody> error;  // why it failed
};
template <class V>
void describe(V& visit, RerateStatus& s) {
  visit("id", s.id);
  visit("state", s.state);
  visit("version", s.version);
  visit("total", s.total);
  visit("done", s.done);
  visit("same", s.same);
  visit("differing", s.differing);
  visit("returns", s.returns);
  visit("failed", s.failed);
  visit("owed", s.owed);
  visit("undercharged", s.undercharged);
  visit("rows", s.rows);
  visit("more", s.more);
  visit("left_off", s.left_off);
  visit("error", s.error);
}

}  // namespace lanekeeper::protocol

namespace lanekeeper::json {
template <>
struct EnumNames<protocol::RerateRowKind> {
  using K = protocol::RerateRowKind;
  static constexpr std::pair<K, std::string_view> names[] = {
      {K::differs, "differs"}, {K::returned, "returned"}, {K::failed, "failed"}};
};
template <>
struct EnumNames<protocol::RerateState> {
  using S = protocol::RerateState;
  static constexpr std::pair<S, std::string_view> names[] = {
      {S::running, "running"}, {S::done, "done"}, {S::cancelled, "cancelled"}, {S::failed, "failed"}};
};
}  // namespace lanekeeper::json
