// Baskets that were put aside at this till (suspended.db). SQLite, WAL, synchronous FULL: what add() answered is on the
// disk, and what it refused does not come to life later.
//
// Labels: "3-0017" is the till's number and one that begins again with each business date, as on the slip; the counters
// are kept here and outlive their baskets, and go on behind those that the server names. Rows that the server has are
// dropped when a basket of a later date comes, and so is what was wanted of it.
//
// Damage: the file is put aside (suspended.db.damaged-N), rows that can still be read are carried over, and the labels
// of the day that is to come next go on at 5001, so that no slip has the same as another. report() says so.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "lane/ports.h"

namespace lanekeeper::till {

// Everything zero: nothing to say.
struct SuspendedReport {
  bool damaged = false;
  std::string damaged_file;  // where it is now
  std::int64_t carried_over = 0;
  std::string detail;  // in English, for the log
};

class SuspendedDatabase final : public SuspendedStore {
 public:
  // In a directory that this process holds (JournalDatabase). journal.unwritable, journal.disk_full, journal.newer:
  // then the till sells without it.
  [[nodiscard]] static Result<std::unique_ptr<SuspendedDatabase>> open(const std::filesystem::path& directory);
  ~SuspendedDatabase() override;

  [[nodiscard]] const SuspendedReport& report() const;

  // The same id again answers with what is kept.
  [[nodiscard]] Result<protocol::SuspendedBasket> add(protocol::SuspendedBasket basket,
                                                      sale::ControlTransaction record) override;
  [[nodiscard]] std::vector<Row> rows() const override;
  void recorded(const Uuid& id) override;  // what cannot be written is found out again: the journal knows its records
  // suspended.unknown when it is not here.
  [[nodiscard]] Result<void> hand_over(const Uuid& id) override;
  void arrived(const Uuid& id) override;  // what cannot be written is found out again by asking the server
  [[nodiscard]] Result<bool> remove(const Uuid& id) override;
  [[nodiscard]] Result<void> want(const protocol::SuspendedSummary& basket) override;
  [[nodiscard]] std::vector<protocol::SuspendedSummary> wanted() const override;
  [[nodiscard]] Result<void> win(const protocol::SuspendedBasket& basket) override;
  [[nodiscard]] Result<void> give_up(const Uuid& id) override;
  void label_in_use(const protocol::SuspendedSummary& basket) override;  // asked again when it cannot be written

 private:
  struct Impl;
  explicit SuspendedDatabase(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::till
