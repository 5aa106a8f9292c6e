// Baskets that were put aside: kept in the till's own store first, given to the server as soon as it is there, and
// taken up again from whichever of the two decides. A basket that never left this till is taken up without the server;
// of all others the server says who gets them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lane/lane_work.h"

namespace lanekeeper::till {

class SuspendedDesk {
 public:
  SuspendedDesk(LaneWork& lane, SuspendedStore* store) : lane_(lane), store_(store) {}

  // Durable with its label, or why not: suspend.unavailable, journal.*.
  [[nodiscard]] Result<protocol::SuspendedBasket> keep(const StoreSuspended& effect);
  // What was kept is not put aside after all: it stays open.
  void take_back(const Uuid& id);
  // A basket that lies here as well: then the one that is open counts no more.
  [[nodiscard]] bool holds(const Uuid& basket) const;

  // All that lie in the store of this till, whoever may have them by now.
  [[nodiscard]] std::vector<protocol::SuspendedSummary> kept_here() const;

  using Listed = std::function<void(const Result<Lane::Suspended>&)>;
  void list(const Listed& done);
  void recall(const Uuid& id, const Lane::Done& done);
  void recall(const std::string& label, const Lane::Done& done);

  // Gives the server what it has not got: after a basket was put aside, and when it can be reached again.
  void send();
  // Something changed at the server: tells how many there are now.
  void refresh();

 private:
  using Row = SuspendedStore::Row;
  [[nodiscard]] std::vector<Row> rows() const;  // without those that were given up
  [[nodiscard]] std::optional<Row> row(const Uuid& id) const;
  void remove(const Uuid& id);
  void forget_old();
  [[nodiscard]] Lane::Suspended own() const;
  [[nodiscard]] Result<void> may_recall() const;
  [[nodiscard]] bool may_be_elsewhere(const std::string& label) const;
  [[nodiscard]] Result<void> take_up(const sale::Basket& basket, const std::string& label, const Uuid& id);
  void recall_own(const Row& row, const Lane::Done& done);
  void ask_for(const protocol::SuspendedSummary& wanted, const Lane::Done& done);
  void recalled(const protocol::SuspendedSummary& wanted, const Result<protocol::SuspendedBasket>& answer,
                const Lane::Done& done);
  void sent(const Uuid& id, const Result<void>& answer);
  void finish(const Result<void>& result, const Lane::Done& done);

  LaneWork& lane_;
  SuspendedStore* store_;
  std::vector<Uuid> given_up_;                      // a disk that fails could not forget them yet
  std::vector<protocol::SuspendedSummary> unsure_;  // asked for; whether this till got them is not known
  std::vector<protocol::SuspendedSummary> listed_;  // as the server told last
  std::optional<Uuid> sending_;
  bool recalling_ = false;
  std::int64_t told_ = 0;
};

}  // namespace lanekeeper::till
