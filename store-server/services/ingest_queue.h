// The way of an upload: checked and prepared on any worker, then stored by one writer that takes everything that waits
// into one transaction, then answered on any worker. Uploads of one till are stored in the order in which they came,
// whichever worker is done with its own first: a till that sends again what it thinks is lost does not seem to skip.
//
// One writer, because two would wait for each other at the balances of the goods that everybody sells; while it waits
// for the disk, the next batch gathers, so the batches are as large as the load asks for.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "protocol/messages.h"
#include "services/batch_store.h"
#include "services/price_book.h"
#include "services/principal.h"
#include "services/sale_service.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class IngestQueue {
 public:
  static constexpr std::size_t max_batch_uploads = 64;
  static constexpr std::size_t max_batch_entries = 200;
  static constexpr std::size_t max_batch_bytes = 4 * 1024 * 1024;  // of payloads; the database's packets are limited

  using Done = std::function<void(Result<protocol::JournalAck>)>;

  IngestQueue(const ServiceContext& context, journal::SigningKey server_key)
      : context_(context), server_key_(server_key), book_(context) {}
  ~IngestQueue();  // waits until every upload is answered
  IngestQueue(const IngestQueue&) = delete;
  IngestQueue& operator=(const IngestQueue&) = delete;

  void add(Principal principal, protocol::JournalUpload upload, Done done);
  [[nodiscard]] SaleService::Statistics statistics() const;

 private:
  struct Upload {
    DeviceIdentity device;
    std::int64_t till = 0;  // of the entries, which need not be the device's own
    protocol::JournalUpload sent;
    Done done;
    std::vector<PreparedEntry> entries;
    std::vector<StoredOutcome> outcomes;
    ZonedTime stored_at;
    std::optional<Error> error;
    enum class State { preparing, prepared, refused } state = State::preparing;  // under the queue's lock
  };
  using Uploads = std::vector<std::shared_ptr<Upload>>;

  [[nodiscard]] Result<std::shared_ptr<Upload>> accept(const Principal& principal, protocol::JournalUpload& upload,
                                                       Done& done);
  void prepare(const std::shared_ptr<Upload>& upload);
  // Moves what is ready, and behind nothing that is not, to the writer. Returns whether the caller becomes the writer.
  [[nodiscard]] bool pass_on(Upload& upload, Upload::State state);
  [[nodiscard]] Result<void> authenticate(Upload& upload);
  void write();
  [[nodiscard]] Uploads next_batch();
  void store(const Uploads& batch);
  void store_entries(std::span<PreparedEntry*> entries, std::span<StoredOutcome*> outcomes, const ZonedTime& now);
  void isolate(std::span<PreparedEntry*> entries, std::span<StoredOutcome*> outcomes, const ZonedTime& now,
               const Fault& cause);
  void answer_later(Uploads batch);
  void answer(Upload& upload);
  void announce(const Upload& upload);
  void count(const Upload& upload);
  void finish(const Upload& upload, Result<protocol::JournalAck> result);

  ServiceContext context_;
  const journal::SigningKey server_key_;
  PriceBook book_;

  mutable std::mutex mutex_;
  std::condition_variable idle_;
  std::map<std::int64_t, std::deque<std::shared_ptr<Upload>>> arrived_;  // by till: not with the writer yet
  std::deque<std::shared_ptr<Upload>> ready_;                            // prepared, in the order of arrival per till
  bool writing_ = false;
  std::size_t under_way_ = 0;
  SaleService::Statistics statistics_;
};

}  // namespace lanekeeper::services
