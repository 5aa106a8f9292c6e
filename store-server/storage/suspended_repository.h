// Table suspended_basket.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocol/lane_messages.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct StoredSuspension {
  protocol::SuspendedBasket basket;
  std::optional<std::int64_t> recalled_by;  // till
};

class SuspendedRepository {
 public:
  SuspendedRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  // Adds it, unless it is there already: then nothing happens.
  void add(const protocol::SuspendedBasket& basket);
  [[nodiscard]] std::optional<StoredSuspension> find(const Uuid& id);
  // Of one business date, those that nobody has, oldest first.
  [[nodiscard]] std::vector<protocol::SuspendedSummary> waiting(const Date& business_date, std::int64_t limit);
  // The one that gets it hears true; everybody who comes later, false.
  [[nodiscard]] bool take(const Uuid& id, std::int64_t till, std::int64_t now_ms);
  // Baskets of days before this one that no till has and that were not told of yet, oldest first, without their lines.
  [[nodiscard]] std::vector<protocol::SuspendedSummary> untaken_before(const Date& business_date, std::int64_t limit);
  // True: it is marked now; false: a till has it after all, or it was told of already.
  [[nodiscard]] bool mark_untaken(const Uuid& id, std::int64_t now_ms);
  // Of the basket inside, as its till's journal knows it; nullopt: there is none, or it cannot be read.
  [[nodiscard]] std::optional<Uuid> basket_in(const Uuid& id);
  void forget_before(const Date& business_date, std::int64_t limit);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
