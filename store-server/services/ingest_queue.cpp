#include "services/ingest_queue.h"

#include <algorithm>
#include <exception>
#include <span>

#include "base/text.h"
#include "storage/connection.h"

namespace lanekeeper::services {

namespace {

Error storage_error(std::string_view what) {
  return {"server.storage",
          "The server cannot say whether it stored this. Send the same again in a moment; nothing is stored twice.",
          {{"because", std::string(what)}}};
}

// Told by the values that were to be stored, not by the state of the database.
bool blames_the_data(const Fault& fault) {
  return fault.code() == "db.data" || fault.code() == "db.duplicate" || fault.code() == "money.overflow";
}

}  // namespace

IngestQueue::~IngestQueue() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [&] { return under_way_ == 0; });
}

Result<std::shared_ptr<IngestQueue::Upload>> IngestQueue::accept(const Principal& principal,
                                                                 protocol::JournalUpload& upload, Done& done) {
  auto device = require_till(principal);
  if (!device) return fail(std::move(device.error()));
  if (upload.entries.empty()) return fail("journal.empty", "The upload holds no entries. Send at least one.");
  if (upload.entries.size() > SaleService::max_entries) {
    return fail("journal.too_many", "The upload holds too many entries. Send them in several uploads.",
                {{"limit", std::to_string(SaleService::max_entries)}});
  }
  const auto till = upload.entries.front().till;
  const bool one_till =
      std::all_of(upload.entries.begin(), upload.entries.end(), [&](const auto& entry) { return entry.till == till; });
  if (!one_till) return fail("journal.mixed_tills", "The upload holds entries of several tills. Send them apart.");
  auto accepted = std::make_shared<Upload>();
  accepted->device = std::move(*device);
  accepted->till = till;
  accepted->sent = std::move(upload);
  accepted->done = std::move(done);
  return accepted;
}

void IngestQueue::add(Principal principal, protocol::JournalUpload upload, Done done) {
  auto accepted = accept(principal, upload, done);
  if (!accepted) {
    done(fail(std::move(accepted.error())));
    return;
  }
  const auto busy = fail("journal.busy", "The server has too much to do. Send the same again in a moment.");
  {
    const std::lock_guard lock(mutex_);
    if (under_way_ < SaleService::max_waiting_uploads) {
      ++under_way_;
      arrived_[(*accepted)->till].push_back(*accepted);
    } else {
      done = std::move((*accepted)->done);
    }
  }
  if (done) {
    done(busy);
    return;
  }
  if (!context_.database.submit([this, accepted](storage::Connection&) { prepare(*accepted); })) {
    const bool writer = pass_on(**accepted, Upload::State::refused);
    finish(**accepted, busy);
    if (writer) write();
  }
}

void IngestQueue::prepare(const std::shared_ptr<Upload>& upload) {
  std::optional<Error> refusal;
  try {
    if (auto authentic = authenticate(*upload); !authentic) refusal = std::move(authentic.error());
  } catch (const std::exception& fault) {
    refusal = storage_error(fault.what());
  }
  const bool writer = pass_on(*upload, refusal ? Upload::State::refused : Upload::State::prepared);
  if (refusal) finish(*upload, fail(std::move(*refusal)));
  if (writer) write();
}

bool IngestQueue::pass_on(Upload& upload, Upload::State state) {
  const std::lock_guard lock(mutex_);
  upload.state = state;
  const auto lane = arrived_.find(upload.till);
  auto& waiting = lane->second;
  while (!waiting.empty() && waiting.front()->state != Upload::State::preparing) {
    if (waiting.front()->state == Upload::State::prepared) ready_.push_back(std::move(waiting.front()));
    waiting.pop_front();
  }
  if (waiting.empty()) arrived_.erase(lane);
  if (ready_.empty() || writing_) return false;
  writing_ = true;
  return true;
}

// Whose entries are these? Those of the device's own till, or of another till that this very key has signed: a machine
// that was a till before, under another number, still has what it could not send then.
Result<void> IngestQueue::authenticate(Upload& upload) {
  auto& entries = upload.sent.entries;
  const auto till = entries.front().till;
  const bool own = till == upload.device.till;
  auto keys = book_.keys_of_till(till, false);
  const auto all_authentic = [&] {
    return std::all_of(entries.begin(), entries.end(), [&](const auto& entry) { return is_authentic(entry, keys); });
  };
  std::vector<bool> authentic(entries.size(), false);
  const auto look = [&] {
    for (std::size_t i = 0; i < entries.size(); ++i) authentic[i] = authentic[i] || is_authentic(entries[i], keys);
    return std::find(authentic.begin(), authentic.end(), false) == authentic.end();
  };
  if (!own) {
    keys = book_.keys_of_device(upload.device.id, till);
    if (keys.empty() || !all_authentic()) {
      return fail("journal.foreign_till",
                  "These entries belong to another till. Only the till that wrote them may send them.",
                  {{"till", std::to_string(till)}, {"own", std::to_string(upload.device.till)}});
    }
    authentic.assign(entries.size(), true);
  } else if (!look()) {
    keys = book_.keys_of_till(till, true);
    (void)look();
  }
  upload.entries.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    upload.entries.push_back(prepare_entry(std::move(entries[i]), authentic[i], book_));
  }
  upload.sent.entries.clear();
  return {};
}

IngestQueue::Uploads IngestQueue::next_batch() {
  const std::lock_guard lock(mutex_);
  Uploads batch;
  std::size_t entries = 0;
  std::size_t bytes = 0;
  while (!ready_.empty() && batch.size() < max_batch_uploads) {
    const auto& next = *ready_.front();
    std::size_t next_bytes = 0;
    for (const auto& prepared : next.entries) next_bytes += prepared.entry.payload.size();
    const bool fits = entries + next.entries.size() <= max_batch_entries && bytes + next_bytes <= max_batch_bytes;
    if (!batch.empty() && !fits) break;
    entries += next.entries.size();
    bytes += next_bytes;
    batch.push_back(std::move(ready_.front()));
    ready_.pop_front();
  }
  if (batch.empty()) writing_ = false;
  return batch;
}

void IngestQueue::write() {
  while (true) {
    auto batch = next_batch();
    if (batch.empty()) return;
    store(batch);
    answer_later(std::move(batch));
  }
}

void IngestQueue::store(const Uploads& batch) {
  const auto now = context_.clock.now();
  std::vector<PreparedEntry*> entries;
  std::vector<StoredOutcome*> outcomes;
  for (const auto& upload : batch) {
    upload->stored_at = now;
    upload->outcomes.resize(upload->entries.size());
    for (auto& prepared : upload->entries) entries.push_back(&prepared);
    for (auto& outcome : upload->outcomes) outcomes.push_back(&outcome);
  }
  try {
    store_entries(entries, outcomes, now);
  } catch (const std::exception& fault) {
    // What was committed in parts before the fault is a duplicate when it comes again.
    for (const auto& upload : batch) upload->error = storage_error(fault.what());
  }
}

void IngestQueue::store_entries(std::span<PreparedEntry*> entries, std::span<StoredOutcome*> outcomes,
                                const ZonedTime& now) {
  std::vector<StoredOutcome> stored;
  // A batch of large entries would not fit into one packet of the database.
  std::size_t bytes = 0;
  for (const auto* prepared : entries) bytes += prepared->entry.payload.size();
  try {
    if (bytes > max_batch_bytes && entries.size() > 1) throw Fault("db.data", "the batch is too large");
    stored = context_.database.transact([&](storage::Connection& connection) {
      const std::vector<const PreparedEntry*> view(entries.begin(), entries.end());
      return BatchStore(connection, context_, now).store(view);
    });
  } catch (const Fault& fault) {
    if (!blames_the_data(fault)) throw;
    isolate(entries, outcomes, now, fault);
    return;
  }
  for (std::size_t i = 0; i < stored.size(); ++i) *outcomes[i] = stored[i];
  const std::lock_guard lock(mutex_);
  ++statistics_.batches;
}

// One entry among these cannot be stored: halves find it, and it is put aside alone.
void IngestQueue::isolate(std::span<PreparedEntry*> entries, std::span<StoredOutcome*> outcomes, const ZonedTime& now,
                          const Fault& cause) {
  if (entries.size() == 1) {
    auto& poison = *entries.front();
    if (!poison.malformed.empty()) throw cause;  // it cannot even be put aside
    poison.malformed = "journal.unstorable";
    poison.content_hash = storage::content_hash_of(poison.entry);
    poison.exceptions.clear();
    poison.control.reset();
    store_entries(entries, outcomes, now);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    ++statistics_.batch_splits;
  }
  const auto half = entries.size() / 2;
  store_entries(entries.first(half), outcomes.first(half), now);
  store_entries(entries.subspan(half), outcomes.subspan(half), now);
}

// Signing and telling costs about as much as the writer needs per entry, so other workers do it.
void IngestQueue::answer_later(Uploads batch) {
  auto shared = std::make_shared<Uploads>(std::move(batch));
  const auto work = [this, shared](storage::Connection&) {
    for (const auto& upload : *shared) answer(*upload);
  };
  if (!context_.database.submit(work)) {
    for (const auto& upload : *shared) answer(*upload);
  }
}

void IngestQueue::answer(Upload& upload) {
  if (upload.error) {
    finish(upload, fail(std::move(*upload.error)));
    return;
  }
  protocol::JournalAck ack;
  ack.till = upload.entries.front().entry.till;
  std::vector<journal::Hash> hashes;
  for (std::size_t i = 0; i < upload.entries.size(); ++i) {
    ack.results.push_back({upload.entries[i].entry.sequence, upload.outcomes[i].outcome});
    hashes.push_back(upload.entries[i].entry.hash);
  }
  ack.signature = server_key_.sign(protocol::acknowledgement_bytes(ack, hashes));
  count(upload);
  announce(upload);
  finish(upload, std::move(ack));
}

void IngestQueue::announce(const Upload& upload) {
  const auto facts = book_.facts();
  for (std::size_t i = 0; i < upload.entries.size(); ++i) {
    const auto& [entry, row] = std::tie(upload.entries[i].entry, upload.entries[i].rows.header);
    if (!upload.outcomes[i].is_news || upload.outcomes[i].outcome != protocol::EntryOutcome::stored) continue;
    if (upload.entries[i].control) continue;
    protocol::SaleSummary sale;
    const auto id = from_hex(row.sale_id_hex);
    Uuid uuid;
    if (id && id->size() == uuid.bytes.size()) std::copy(id->begin(), id->end(), uuid.bytes.begin());
    sale.sale_id = uuid.to_string();
    sale.till = entry.till;
    sale.sequence = entry.sequence;
    sale.receipt_number = row.receipt_number;
    if (const auto date = Date::parse(row.business_date)) sale.business_date = *date;
    sale.completed_at = {{row.completed_ms}, static_cast<int>(row.completed_offset_min)};
    const auto name = facts->staff_names.find(row.cashier);
    sale.cashier_name = name == facts->staff_names.end() ? row.cashier_number : name->second;
    sale.line_count = row.line_count;
    sale.total = Money::of_minor(row.total);
    sale.payable = Money::of_minor(row.payable);
    sale.received_at = upload.stored_at;
    sale.exceptions = upload.outcomes[i].exceptions;
    context_.changes.sale_stored(sale);
  }
}

void IngestQueue::count(const Upload& upload) {
  const std::lock_guard lock(mutex_);
  for (const auto& outcome : upload.outcomes) {
    statistics_.exceptions += outcome.exceptions;
    if (!outcome.is_news) {
      ++statistics_.entries_duplicate;
    } else if (outcome.outcome == protocol::EntryOutcome::stored) {
      ++statistics_.entries_stored;
    } else {
      ++statistics_.entries_aside;
    }
  }
}

void IngestQueue::finish(const Upload& upload, Result<protocol::JournalAck> result) {
  upload.done(std::move(result));
  const std::lock_guard lock(mutex_);
  --under_way_;
  idle_.notify_all();  // under the lock: the destructor may run as soon as it can take it
}

SaleService::Statistics IngestQueue::statistics() const {
  const std::lock_guard lock(mutex_);
  auto statistics = statistics_;
  statistics.waiting_uploads = static_cast<std::int64_t>(under_way_);
  return statistics;
}

}  // namespace lanekeeper::services
