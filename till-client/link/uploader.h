// Sends the journal. Private to this room; used by the link's thread.
#pragma once

#include <cstddef>
#include <functional>

#include "base/time.h"
#include "cache/outbox.h"
#include "journal/chain.h"
#include "link/store_api.h"

namespace lanekeeper::till {

class Uploader {
 public:
  struct Told {
    std::function<void(std::int64_t sequence)> delivered;
    std::function<void(std::int64_t sequence, const Error&)> parked;
  };

  Uploader(Outbox& outbox, const journal::PublicKey& server_key, std::int64_t till, const Clock& clock, Told told);

  // Sends one batch and records the answer. true: there may be more; false: nothing was waiting. An error means that
  // nothing is known to have arrived: the same entries come again.
  [[nodiscard]] Result<bool> step(StoreApi& api);

 private:
  Result<bool> after_refusal(const std::vector<PendingEntry>& batch, int http_status, Error error);
  void tell(const Outbox::Recorded& recorded);

  Outbox& outbox_;
  journal::PublicKey server_key_;
  std::int64_t till_;
  const Clock& clock_;
  Told told_;
  std::size_t batch_entries_ = Outbox::max_batch_entries;
};

}  // namespace lanekeeper::till
