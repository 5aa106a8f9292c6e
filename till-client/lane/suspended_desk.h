// Baskets that were put aside: kept in the till's own store first, given to the server as soon as it is there, and
// taken up again from whichever of the two decides. A basket that never left this till is taken up without the server;
// of all others the server says who gets them.
//
// Killed in the middle: what was put aside lies here with what the journal is to say of it, which is made good at the
// next start. A basket that the server was asked for is written down before, and lies here from its answer until it is
// open; what such a restart finds is taken up by itself, as soon as somebody has signed in and nothing else is open.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lane/lane_work.h"

namespace lanekeeper::till {

class SuspendedDesk {
 public:
  SuspendedDesk(LaneWork& lane, SuspendedStore* store);

  // Durable with its label, or why not: suspend.unavailable, journal.*.
  [[nodiscard]] Result<protocol::SuspendedBasket> keep(const StoreSuspended& effect);
  // What was kept is not put aside after all: it stays open.
  void take_back(const Uuid& id);
  // A basket that lies here as well: then the one that is open counts no more.
  [[nodiscard]] bool holds(const Uuid& basket) const;
  // It was taken up: what lies here of it counts no more.
  void forget(const Uuid& basket);

  // Those that the journal does not know of.
  [[nodiscard]] std::vector<SuspendedStore::Row> unrecorded() const;
  void recorded(const Uuid& id);

  // All that lie in the store of this till, whoever may have them by now, and those it wants.
  [[nodiscard]] std::vector<protocol::SuspendedSummary> kept_here() const;
  // This till asked for it, and may have it.
  [[nodiscard]] bool is_ours(const Uuid& id) const;

  using Listed = std::function<void(const Result<Lane::Suspended>&)>;
  void list(const Listed& done);
  void recall(const Uuid& id, const Lane::Done& done);
  void recall(const std::string& label, const Lane::Done& done);

  // Ends what a kill has broken off. Called whenever it may have become possible.
  void go_on();
  // Gives the server what it has not got: after a basket was put aside, and when it can be reached again.
  void send();
  // Something changed at the server: tells how many there are now.
  void refresh();

 private:
  using Row = SuspendedStore::Row;
  [[nodiscard]] std::vector<Row> rows() const;  // without those that were given up
  [[nodiscard]] std::optional<Row> row(const Uuid& id) const;
  void remove(const Uuid& id);
  void remove_given_up();
  void forget_old();
  void note_labels(const std::vector<protocol::SuspendedSummary>& baskets);
  [[nodiscard]] std::vector<protocol::SuspendedSummary> wanted() const;
  [[nodiscard]] Result<void> want(const protocol::SuspendedSummary& basket);
  void give_up(const Uuid& id);
  [[nodiscard]] Result<void> win(const protocol::SuspendedBasket& basket);
  [[nodiscard]] Lane::Suspended own() const;
  [[nodiscard]] Result<void> may_recall() const;
  [[nodiscard]] bool may_be_elsewhere(const std::string& label) const;
  [[nodiscard]] Result<void> take_up(const sale::Basket& basket, const std::string& label, const Uuid& id);
  void recall_own(const Row& row, const Lane::Done& done);
  void ask_for(const protocol::SuspendedSummary& wanted, const Lane::Done& done);
  void recalled(const protocol::SuspendedSummary& wanted, const Result<protocol::SuspendedBasket>& answer,
                const Lane::Done& done);
  void recalled_in_training(const Uuid& id, const Result<protocol::SuspendedBasket>& answer);
  void sent(const Uuid& id, const Result<void>& answer);
  void finish(const Result<void>& result, const Lane::Done& done);

  LaneWork& lane_;
  SuspendedStore* store_;
  std::vector<Uuid> given_up_;                      // a disk that fails could not forget them yet
  std::vector<protocol::SuspendedSummary> unsure_;  // asked for without a store to keep that
  std::vector<Uuid> unfinished_;                    // still to be opened: found at the start, or come into training
  std::vector<protocol::SuspendedSummary> listed_;  // as the server told last
  std::optional<Uuid> sending_;
  bool recalling_ = false;
  std::int64_t told_ = 0;
};

}  // namespace lanekeeper::till
