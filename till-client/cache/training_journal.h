// The journal of exercises: a till's own journal code in a directory of its own (<data>/training), with a key that is
// made at each start and numbers of its own. Nothing in it is ever sent: outbox() says that nothing waits.
//
// Only the newest entries are kept, so a shift of exercises that was never closed is forgotten with its opening.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/ids.h"
#include "cache/journal_database.h"
#include "lane/ports.h"

namespace lanekeeper::till {

class TrainingJournal final : public JournalStore {
 public:
  static constexpr std::int64_t kept_entries = 1000;

  ~TrainingJournal() override;
  // When the till's number is known, or another one. Until then nothing is recorded: journal.no_identity.
  [[nodiscard]] Result<void> use_till(std::int64_t till);

  [[nodiscard]] Result<sale::RetailTransaction> commit(const sale::RetailTransaction& sale) override;
  [[nodiscard]] Result<void> save_basket(const sale::Basket& basket) override;
  [[nodiscard]] std::optional<sale::Basket> load_basket() const override;
  [[nodiscard]] std::optional<sale::RetailTransaction> last_sale() const override;
  [[nodiscard]] Outbox outbox() const override;
  [[nodiscard]] std::optional<sale::ReturnableSale> find_sale(std::int64_t receipt_number) const override;
  [[nodiscard]] std::vector<protocol::FoundSale> find_sales(const protocol::SaleSearch& search) const override;
  [[nodiscard]] Result<RecordedControl> commit_control(const sale::ControlTransaction& control) override;
  [[nodiscard]] Shifts shifts() const override;

 private:
  friend Result<std::unique_ptr<TrainingJournal>> open_training_journal(const std::filesystem::path&, std::int64_t,
                                                                        RandomSource&);
  explicit TrainingJournal(const journal::SigningKey& key) : key_(key) {}

  journal::SigningKey key_;
  std::unique_ptr<DeliveryLog> deliveries_;
  std::unique_ptr<JournalDatabase> journal_;
};

// Opens or makes the one of a till's data directory, and forgets all but its newest entries. till 0: not known yet.
// journal.unwritable, journal.disk_full, journal.newer, till.already_running: then there is no training.
[[nodiscard]] Result<std::unique_ptr<TrainingJournal>> open_training_journal(const std::filesystem::path& directory,
                                                                             std::int64_t till, RandomSource& random);

}  // namespace lanekeeper::till
