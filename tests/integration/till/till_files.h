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
