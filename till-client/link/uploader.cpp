#include "link/uploader.h"

#include <algorithm>
#include <utility>

namespace lanekeeper::till {

namespace {

Error why_parked(const ParkedEntry& entry) {
  const bool conflict = entry.outcome == protocol::EntryOutcome::conflict;
  return {conflict ? "journal.parked_conflict" : "journal.parked_malformed",
          conflict ? "The server has another entry under this number. It is kept on the till; ask for support."
                   : "The server could not read this entry. It is kept on the till; ask for support.",
          {{"till", std::to_string(entry.till)}, {"sequence", std::to_string(entry.sequence)}}};
}

}  // namespace

Uploader::Uploader(Outbox& outbox, const journal::PublicKey& server_key, std::int64_t till, const Clock& clock,
                   Told told)
    : outbox_(outbox), server_key_(server_key), till_(till), clock_(clock), told_(std::move(told)) {}

Result<bool> Uploader::step(StoreApi& api) {
  const auto batch = outbox_.next_batch(batch_entries_);
  if (batch.empty()) return false;
  protocol::JournalUpload upload;
  for (const auto& pending : batch) upload.entries.push_back(pending.entry);
  auto ack = api.upload(upload);
  if (!ack) return after_refusal(batch, api.last_status(), std::move(ack.error()));
  auto recorded = outbox_.record(batch, *ack, server_key_, clock_.now().instant);
  if (!recorded) return fail(std::move(recorded.error()));
  batch_entries_ = std::min(Outbox::max_batch_entries, batch_entries_ * 2);
  tell(*recorded);
  return true;
}

// Smaller batches after a failure: a slow line gets through with less, and a refused batch shows which entry it was.
Result<bool> Uploader::after_refusal(const std::vector<PendingEntry>& batch, int http_status, Error error) {
  const bool about_us = error.code.starts_with("access.");
  if (about_us || !is_refusal_of_content(http_status)) {
    batch_entries_ = std::max<std::size_t>(1, batch.size() / 2);
    return fail(std::move(error));
  }
  if (batch.size() > 1) {
    batch_entries_ = 1;
    return true;
  }
  // 403 for an entry of our own number would be a mistake of the server's; it may be put right.
  if (http_status == 403 && batch.front().entry.till == till_) return fail(std::move(error));
  auto parked = outbox_.park(batch.front(), protocol::EntryOutcome::malformed, clock_.now().instant);
  if (!parked) return fail(std::move(parked.error()));
  if (told_.parked) told_.parked(parked->sequence, error);
  return true;
}

void Uploader::tell(const Outbox::Recorded& recorded) {
  for (const auto sequence : recorded.delivered) {
    if (told_.delivered) told_.delivered(sequence);
  }
  for (const auto& entry : recorded.parked) {
    if (told_.parked) told_.parked(entry.sequence, why_parked(entry));
  }
}

}  // namespace lanekeeper::till
