// The till's journal on disk: completed sales and what else happened, the numbers they use up, and the open basket.
//
// Files in the till's data directory:
//   journal.db   the entries, append-only. SQLite, WAL, synchronous FULL: a commit that returned is on the disk. One
//   row
//                of one table per entry; the receipt counter, the chain and the running total are read off the last
//                row, so a commit writes nothing twice. "Pending" is everything that delivery.db does not know as
//                delivered.
//   journal.head the position, sequence and hash of the newest entry and the number of the newest shift, refreshed
//   right
//                after a commit without delaying it: a journal that lost its tail is noticed at the next start, and its
//                numbers are never used again.
//   basket.db    the open basket. WAL, synchronous NORMAL, flushed from a thread of its own soon after each change: a
//                killed program loses nothing, a power cut at most what changed in the last moment. A basket is cleared
//                by the sale that has its id, or by the record that it was given up, whether or not the file says so
//                yet.
//
// The shift that is open is added up from its entries once, when the identity is set (a long day takes a part of a
// second), and kept up by each commit.
//
// Damage: a journal.db that SQLite or the hash chain calls broken is put aside (journal.db.damaged-N), every entry that
// can still be read and verifies is carried over, and selling goes on behind the last number known. report() says so.
//
// Thread rules: the JournalStore functions belong to the lane's thread. set_identity, on_commit and outbox() are
// thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "journal/chain.h"
#include "lane/ports.h"

namespace lanekeeper::till {

class DeliveryLog;

// Who signs, and where the journal goes on. last_*: what the server knows of this till; the journal's own end wins when
// it is further on.
struct JournalIdentity {
  std::int64_t till = 0;
  journal::SigningKey key;
  std::int64_t last_sequence = 0;
  std::int64_t last_receipt_number = 0;
  journal::Hash last_hash{};
  std::int64_t last_shift = 0;
};

// What was found when the journal was opened. Everything zero: nothing to say.
struct JournalReport {
  bool damaged = false;           // the file was broken and has been put aside
  std::string damaged_file;       // where it is now
  std::int64_t carried_over = 0;  // entries that were saved out of it
  std::int64_t missing_from = 0;  // sequences that are known to have existed and are not there any more
  std::int64_t missing_to = 0;
  std::string detail;  // in English, for the log
};

class JournalDatabase final : public JournalStore {
 public:
  // Creates what is missing, and holds the directory until the object is gone. till.already_running (another process
  // has the directory), journal.unwritable, journal.disk_full, journal.newer (written by a newer version).
  [[nodiscard]] static Result<std::unique_ptr<JournalDatabase>> open(const std::filesystem::path& directory,
                                                                     const DeliveryLog& deliveries);
  ~JournalDatabase() override;

  // Until this was called commit() answers journal.no_identity. Called again when the till was enrolled anew; shifts()
  // are then those of the new number.
  [[nodiscard]] Result<void> set_identity(const JournalIdentity& identity);
  // Runs on the committing thread after each commit: must only wake somebody.
  void on_commit(std::function<void()> listener);
  // Whether the sales from now on are to be printed (this till has a printer): stands in the row of the sale, so it is
  // as durable as the sale. ReceiptDatabase knows which of them were.
  void want_receipts(bool wanted);
  [[nodiscard]] const JournalReport& report() const;

  [[nodiscard]] Result<sale::RetailTransaction> commit(const sale::RetailTransaction& sale) override;
  [[nodiscard]] Result<void> save_basket(const sale::Basket& basket) override;
  [[nodiscard]] Result<void> settle_basket() override;
  [[nodiscard]] std::optional<sale::Basket> load_basket() const override;
  [[nodiscard]] std::optional<sale::RetailTransaction> last_sale() const override;
  [[nodiscard]] Outbox outbox() const override;
  // By this till's present number. What other tills took back is not known here: may_be_incomplete is always set.
  [[nodiscard]] std::optional<sale::ReturnableSale> find_sale(std::int64_t receipt_number) const override;
  // Among the newest entries, so that it is over in a few hundredths of a second.
  static constexpr int searched_entries = 300;
  [[nodiscard]] std::vector<protocol::FoundSale> find_sales(const protocol::SaleSearch& search) const override;
  // The same id again is known as long as it is among the newest, also after a restart.
  [[nodiscard]] Result<RecordedControl> commit_control(const sale::ControlTransaction& control) override;
  [[nodiscard]] std::optional<sale::ControlTransaction> last_control_of(const Uuid& basket) const override;
  [[nodiscard]] Shifts shifts() const override;

 private:
  struct Impl;
  explicit JournalDatabase(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::till
