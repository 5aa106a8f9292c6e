#include "till_files.h"

#include <unistd.h>

#include <cstdlib>
#include <variant>

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

sale::ControlTransaction fresh_control(sale::ControlKind kind, std::string_view amount) {
  static SystemRandom random;
  sale::ControlTransaction control;
  control.at = samples::time_at("2026-11-22T12:00:00+08:00");
  control.id = Uuid::make_v7(control.at.instant.unix_ms, random);
  control.kind = kind;
  control.till = 3;
  control.business_date = {2026, 11, 22};
  control.cashier = 7;
  control.cashier_number = "1027";
  control.currency = "CNY";
  control.software = "test";
  control.amount = samples::yuan(amount);
  return control;
}

sale::ControlTransaction shift_opening(std::int64_t number, std::string_view cash) {
  auto control = fresh_control(sale::ControlKind::shift_open, cash);
  control.shift = number;
  control.opening = sale::ShiftOpening{number, {}};
  return control;
}

sale::ControlTransaction shift_closing(std::int64_t number, const sale::ShiftTotals& totals, std::string_view left) {
  auto control = fresh_control(sale::ControlKind::shift_close, "0.00");
  control.shift = number;
  control.closing.emplace();
  control.closing->number = number;
  control.closing->totals = totals;
  control.closing->left_in_drawer = samples::yuan(left);
  return control;
}

void work_at_till(JournalDatabase& journal, int step) {
  using Kind = sale::ControlKind;
  constexpr int steps_of_shift = 9;
  const auto shifts = journal.shifts();
  const auto record = [&](const sale::ControlTransaction& control) {
    if (!journal.commit_control(control)) throw std::runtime_error("a control transaction was refused");
  };
  switch (step % steps_of_shift) {
    case 0:
      return record(shift_opening(shifts.last_number + 1, "500.00"));
    case 2:
      return record(fresh_control(Kind::paid_in, "20.00"));
    case 4:
      return record(fresh_control(Kind::no_sale));
    case 6:
      return record(fresh_control(Kind::pick_up, "300.00"));
    case 8:
      return record(shift_closing(shifts.last_number, shifts.totals, "200.00"));
    default:
      if (!journal.commit(fresh_sale())) throw std::runtime_error("a sale was refused");
  }
}

JournalStore::Shifts shifts_of(const std::vector<journal::Entry>& entries, std::int64_t till) {
  JournalStore::Shifts shifts;
  for (const auto& entry : entries) {
    if (entry.till != till) continue;
    const auto event = journal::decode_event(entry.payload).value();
    if (const auto* sale = std::get_if<sale::RetailTransaction>(&event)) {
      if (shifts.opening) {
        sale::add(shifts.totals, *sale);
        sale::follow(shifts.trail, *sale);
      }
      continue;
    }
    const auto& control = std::get<sale::ControlTransaction>(event);
    if (control.opening)
      shifts = {control, {}, control.opening->number, shifts.left_in_drawer, shifts.last_closing, {}};
    if (control.closing) shifts = {{}, {}, control.closing->number, control.closing->left_in_drawer, control, {}};
    if (!shifts.opening) continue;
    sale::add(shifts.totals, control);
    sale::follow(shifts.trail, control);
  }
  return shifts;
}

std::string difference(const JournalStore::Shifts& one, const JournalStore::Shifts& other) {
  if (one.opening != other.opening) return "another shift is open";
  if (one.totals != other.totals) {
    return "totals: " + json::encode(one.totals) + "\n   and: " + json::encode(other.totals);
  }
  if (one.last_number != other.last_number) {
    return "last number " + std::to_string(one.last_number) + " and " + std::to_string(other.last_number);
  }
  if (one.left_in_drawer != other.left_in_drawer) return "other cash was left in the drawer";
  if (one.trail != other.trail) return "another trail";
  if (one.last_closing != other.last_closing) return "another shift was closed last";
  return {};
}

void make_older(const std::filesystem::path& directory, int version) {
  const sqlite::Database journal(directory / "journal.db", sqlite::OpenMode::read_write);
  if (version < 4) journal.execute("DROP INDEX entry_shift; ALTER TABLE entry DROP COLUMN kind");
  if (version < 3) {
    journal.execute("DROP INDEX entry_receipt; DROP INDEX entry_returned");
    journal.execute("ALTER TABLE entry DROP COLUMN returned_sale");
  }
  if (version < 2) journal.execute("ALTER TABLE entry DROP COLUMN receipt");
  journal.execute("PRAGMA user_version=" + std::to_string(version));
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
    const auto event = journal::decode_event(entry.payload);
    if (!event) return "entry " + std::to_string(expected) + " cannot be read";
    const auto* sale = std::get_if<sale::RetailTransaction>(&*event);
    if (sale == nullptr) continue;
    if (receipt != 0 && sale->receipt_number != receipt + 1) return "a receipt number is missing or used twice";
    receipt = sale->receipt_number;
  }
  return {};
}

}  // namespace lanekeeper::till::test
