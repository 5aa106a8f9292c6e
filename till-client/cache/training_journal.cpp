#include "cache/training_journal.h"

#include "cache/failures.h"
#include "cache/outbox.h"

namespace lanekeeper::till {

namespace {

// Before the journal is opened: nobody else has it then.
void prune(const std::filesystem::path& file) {
  try {
    if (!std::filesystem::exists(file)) return;
    const sqlite::Database database(file, sqlite::OpenMode::read_write);
    if (database.integer("PRAGMA user_version") == 0) return;
    sqlite::Statement old(database, "DELETE FROM entry WHERE position <= (SELECT max(position) FROM entry) - ?");
    old.bind(1, TrainingJournal::kept_entries).run();
  } catch (const sqlite::Failure&) {
    return;  // opening it will say what is wrong with it
  }
}

}  // namespace

Result<std::unique_ptr<TrainingJournal>> open_training_journal(const std::filesystem::path& directory,
                                                               std::int64_t till, RandomSource& random) {
  const auto own = directory / "training";
  std::unique_ptr<TrainingJournal> training(new TrainingJournal(journal::SigningKey::generate(random)));
  auto deliveries = DeliveryLog::open(own);
  if (!deliveries) return fail(std::move(deliveries.error()));
  training->deliveries_ = std::move(*deliveries);
  prune(own / "journal.db");
  auto journal = JournalDatabase::open(own, *training->deliveries_);
  if (!journal) return fail(std::move(journal.error()));
  training->journal_ = std::move(*journal);
  if (till == 0) return training;
  if (auto used = training->use_till(till); !used) return fail(std::move(used.error()));
  return training;
}

TrainingJournal::~TrainingJournal() = default;

Result<void> TrainingJournal::use_till(std::int64_t till) {
  return journal_->set_identity({till, key_, 0, 0, {}});
}

Result<sale::RetailTransaction> TrainingJournal::commit(const sale::RetailTransaction& sale) {
  return journal_->commit(sale);
}

Result<void> TrainingJournal::save_basket(const sale::Basket& basket) {
  return journal_->save_basket(basket);
}

std::optional<sale::Basket> TrainingJournal::load_basket() const {
  return journal_->load_basket();
}

std::optional<sale::RetailTransaction> TrainingJournal::last_sale() const {
  return journal_->last_sale();
}

JournalStore::Outbox TrainingJournal::outbox() const {
  auto outbox = journal_->outbox();
  outbox.unsent = 0;
  outbox.unsent_amount = {};
  outbox.parked = 0;
  return outbox;
}

std::optional<sale::ReturnableSale> TrainingJournal::find_sale(std::int64_t receipt_number) const {
  return journal_->find_sale(receipt_number);
}

std::vector<protocol::FoundSale> TrainingJournal::find_sales(const protocol::SaleSearch& search) const {
  return journal_->find_sales(search);
}

Result<JournalStore::RecordedControl> TrainingJournal::commit_control(const sale::ControlTransaction& control) {
  return journal_->commit_control(control);
}

JournalStore::Shifts TrainingJournal::shifts() const {
  return journal_->shifts();
}

}  // namespace lanekeeper::till
