#include "till_files.h"

#include <unistd.h>

#include <cstdlib>

#include "cache/journal_file.h"

namespace lanekeeper::till::test {

Folder::Folder() {
  auto pattern = (std::filesystem::temp_directory_path() / "lanekeeper-till-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

journal::SigningKey till_key() {
  const Bytes seed(32, 7);
  return journal::SigningKey::from_seed(seed).value();
}

JournalIdentity identity(std::int64_t till) {
  return {till, till_key(), 0, 0, {}};
}

sale::RetailTransaction fresh_sale() {
  static SystemRandom random;
  auto sale = samples::finished_sale();
  sale.id = Uuid::make_v7(sale.completed_at.instant.unix_ms, random);
  return sale;
}

sale::Basket open_basket(int lines) {
  static SystemRandom random;
  std::vector<sale::BasketLine> all;
  for (int line = 1; line <= lines; ++line) all.push_back(samples::line(line, "3.50", "2"));
  auto basket = samples::basket(std::move(all));
  basket.id = Uuid::make_v7(1'700'000'000'000, random);
  return basket;
}

OpenJournal::OpenJournal(const std::filesystem::path& directory, bool with_identity) {
  auto log = DeliveryLog::open(directory);
  if (!log) throw std::runtime_error(log.error().code + " " + log.error().message);
  deliveries = std::move(*log);
  auto opened = JournalDatabase::open(directory, *deliveries);
  if (!opened) throw std::runtime_error(opened.error().code + " " + opened.error().message);
  journal = std::move(*opened);
  if (with_identity && !journal->set_identity(identity())) throw std::runtime_error("identity");
}

std::vector<journal::Entry> entries_of(const std::filesystem::path& directory) {
  const sqlite::Database database(directory / "journal.db", sqlite::OpenMode::read_write);
  sqlite::Statement rows(database, "SELECT " + std::string(journal_columns) + " FROM entry ORDER BY position");
  std::vector<journal::Entry> entries;
  while (rows.step()) entries.push_back(read_journal_row(rows).entry);
  return entries;
}

std::string chain_problem(const std::vector<journal::Entry>& entries, std::int64_t first_sequence) {
  auto expected = first_sequence;
  std::int64_t receipt = 0;
  for (std::size_t i = 0; i < entries.size(); ++i, ++expected) {
    const auto& entry = entries[i];
    if (entry.sequence != expected) return "sequence " + std::to_string(entry.sequence) + " stands out of order";
    if (!journal::verify_entry(entry, till_key().public_key()))
      return "entry " + std::to_string(expected) + " is false";
    if (i > 0 && entry.previous != entries[i - 1].hash) return "entry " + std::to_string(expected) + " is not linked";
    const auto sale = journal::decode_sale(entry.payload);
    if (!sale) return "entry " + std::to_string(expected) + " cannot be read";
    if (receipt != 0 && sale->receipt_number != receipt + 1) return "a receipt number is missing or used twice";
    receipt = sale->receipt_number;
  }
  return {};
}

}  // namespace lanekeeper::till::test
