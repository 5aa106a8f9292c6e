// A till's data directory of its own for one test, with an identity and finished sales to commit.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/system_random.h"
#include "cache/journal_database.h"
#include "cache/outbox.h"
#include "samples.h"

namespace lanekeeper::till::test {

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// The same key in every process and every run.
[[nodiscard]] journal::SigningKey till_key();
[[nodiscard]] JournalIdentity identity(std::int64_t till = 3);

// A finished sale with an id of its own.
[[nodiscard]] sale::RetailTransaction fresh_sale();
[[nodiscard]] sale::Basket open_basket(int lines);
// Something else that happened, with an id of its own.
[[nodiscard]] sale::ControlTransaction fresh_control(sale::ControlKind kind, std::string_view amount = "0.00");
[[nodiscard]] sale::ControlTransaction shift_opening(std::int64_t number, std::string_view cash);
[[nodiscard]] sale::ControlTransaction shift_closing(std::int64_t number, const sale::ShiftTotals& totals,
                                                     std::string_view left);
// Step 0, 1, 2, ... of a till's day: opens a shift, sells, moves cash, closes, and begins again. Throws when refused.
void work_at_till(JournalDatabase& journal, int step);
// Added up once more from the entries alone.
[[nodiscard]] JournalStore::Shifts shifts_of(const std::vector<journal::Entry>& entries, std::int64_t till = 3);
[[nodiscard]] std::string difference(const JournalStore::Shifts& one,
                                     const JournalStore::Shifts& other);  // empty: none
// Takes a closed journal.db of sales back to the schema of an earlier version.
void make_older(const std::filesystem::path& directory, int version);

// Journal and deliveries of a directory, opened as a till does it. Throws when that fails.
struct OpenJournal {
  explicit OpenJournal(const std::filesystem::path& directory, bool with_identity = true);
  std::unique_ptr<DeliveryLog> deliveries;
  std::unique_ptr<JournalDatabase> journal;
};

// Every entry of a journal.db, read by plain SQL in order of position.
[[nodiscard]] std::vector<journal::Entry> entries_of(const std::filesystem::path& directory);
// Gapless, linked, hashed and signed by till_key()? Empty: yes; otherwise what is wrong.
[[nodiscard]] std::string chain_problem(const std::vector<journal::Entry>& entries, std::int64_t first_sequence = 1);

}  // namespace lanekeeper::till::test
