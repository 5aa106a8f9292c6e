#include "cache/suspended_database.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <utility>

#include <spdlog/fmt/fmt.h>

#include "cache/failed_writes.h"
#include "cache/failures.h"
#include "cache/put_aside.h"
#include "cache/row_sum.h"
#include "cache/sqlite.h"

namespace lanekeeper::till {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t application_id = 0x4c4b5331;  // "LKS1"
constexpr std::int64_t schema_version = 2;
constexpr std::int64_t first_number_after_damage = 5001;
constexpr int kept_days = 60;              // of label counters
constexpr std::size_t longest_number = 6;  // digits of a label that is believed
constexpr const char* columns = "place, handed_over, at_server, body, sum, won, record";
constexpr const char* columns_before_2 = "place, handed_over, at_server, body, sum, 0, ''";
constexpr const char* wanted_table =
    "CREATE TABLE wanted(place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,"
    "sum INTEGER NOT NULL) STRICT";

std::int64_t sum_of(std::string_view body) {
  return RowSum().add(body).value();
}

struct Kept {
  std::int64_t place = 0;
  SuspendedStore::Row row;
};

// nullopt: not what was written.
std::optional<Kept> read_kept(const sqlite::Statement& rows) {
  const auto body = rows.text(3);
  if (rows.integer(4) != sum_of(body)) return std::nullopt;
  auto basket = json::decode<protocol::SuspendedBasket>(body);
  if (!basket) return std::nullopt;
  Kept kept{rows.integer(0),
            {std::move(*basket), rows.integer(1) != 0, rows.integer(2) != 0, rows.integer(5) != 0, std::nullopt}};
  if (auto record = json::decode<sale::ControlTransaction>(rows.text(6))) kept.row.record = std::move(*record);
  return kept;
}

std::string text_of(const std::optional<sale::ControlTransaction>& record) {
  return record ? json::encode(*record) : std::string();
}

void create_tables(const sqlite::Database& database) {
  sqlite::Transaction transaction(database);
  database.execute(
      "CREATE TABLE suspended(place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
      "handed_over INTEGER NOT NULL, at_server INTEGER NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL,"
      "won INTEGER NOT NULL DEFAULT 0, record TEXT NOT NULL DEFAULT '') STRICT");
  database.execute(wanted_table);
  // The last number of each day; an empty date: where the next day that has none goes on.
  database.execute(
      "CREATE TABLE label(date TEXT NOT NULL, till INTEGER NOT NULL, number INTEGER NOT NULL,"
      "PRIMARY KEY(date, till)) STRICT, WITHOUT ROWID");
  database.execute(FailedWrites::schema);
  database.execute("PRAGMA application_id=" + std::to_string(application_id));
  database.execute("PRAGMA user_version=" + std::to_string(schema_version));
  transaction.commit();
}

void bring_up_to_2(const sqlite::Database& database) {
  sqlite::Transaction transaction(database);
  database.execute("ALTER TABLE suspended ADD COLUMN won INTEGER NOT NULL DEFAULT 0");
  database.execute("ALTER TABLE suspended ADD COLUMN record TEXT NOT NULL DEFAULT ''");
  database.execute(wanted_table);
  database.execute("PRAGMA user_version=2");
  transaction.commit();
}

sqlite::Database open_tables(const fs::path& file) {
  sqlite::Database database(file);
  database.execute("PRAGMA journal_mode=WAL");
  database.execute("PRAGMA synchronous=FULL");
  database.execute("PRAGMA cache_size=-256");
  const auto version = database.integer("PRAGMA user_version");
  if (version > schema_version) throw Fault("journal.newer", "suspended.db was written by a newer version");
  if (version == 0) create_tables(database);
  if (database.integer("PRAGMA application_id") != application_id) {
    throw sqlite::Failure(SQLITE_NOTADB, "suspended.db belongs to something else");
  }
  if (auto problem = database.text("PRAGMA quick_check(1)"); problem != "ok") {
    throw sqlite::Failure(SQLITE_CORRUPT, problem);
  }
  if (version == 1) bring_up_to_2(database);
  return database;
}

std::vector<protocol::SuspendedSummary> read_wanted(const sqlite::Database& database) {
  std::vector<protocol::SuspendedSummary> wanted;
  sqlite::Statement rows(database, "SELECT body, sum FROM wanted ORDER BY place");
  while (rows.step()) {
    const auto body = rows.text(0);
    if (rows.integer(1) != sum_of(body)) continue;
    if (auto one = json::decode<protocol::SuspendedSummary>(body)) wanted.push_back(std::move(*one));
  }
  return wanted;
}

struct Salvaged {
  std::vector<Kept> kept;
  std::vector<protocol::SuspendedSummary> wanted;
};

// What can still be read of a damaged file.
Salvaged salvage(const fs::path& file) {
  Salvaged found;
  try {
    const sqlite::Database database(file, sqlite::OpenMode::read_write);
    const bool is_old = database.integer("PRAGMA user_version") < 2;
    if (!is_old) found.wanted = read_wanted(database);
    sqlite::Statement rows(
        database, "SELECT " + std::string(is_old ? columns_before_2 : columns) + " FROM suspended ORDER BY place");
    while (rows.step()) {
      if (auto kept = read_kept(rows)) found.kept.push_back(std::move(*kept));
    }
  } catch (const sqlite::Failure&) {
    return found;  // what stands behind the broken page is gone
  }
  return found;
}

}  // namespace

struct SuspendedDatabase::Impl {
  explicit Impl(const fs::path& file) : database(open_or_rebuild(file)), failed_writes(database) {
    insert.emplace(database,
                   "INSERT INTO suspended(id, handed_over, at_server, body, sum, won, record) VALUES(?,?,?,?,?,?,?)");
    set_stage.emplace(database,
                      "UPDATE suspended SET handed_over = ?, at_server = ?, won = ?, record = ? WHERE place = ?");
    erase.emplace(database, "DELETE FROM suspended WHERE place = ?");
    load();
    for (const auto& one : salvaged.kept) {
      if (find(one.row.suspended.id) == kept.end()) carry_over(one);
    }
    for (const auto& one : salvaged.wanted) static_cast<void>(want(one));  // or asked for again by hand
    salvaged = {};
  }

  sqlite::Database open_or_rebuild(const fs::path& file) {
    try {
      return open_tables(file);
    } catch (const sqlite::Failure& failure) {
      if (!failure.is_damage() && failure.primary_code() != SQLITE_ERROR) throw;
      report.damaged = true;
      report.detail = failure.what();
    }
    const auto aside = put_aside(file);
    report.damaged_file = aside.string();
    salvaged = salvage(aside);
    auto fresh = open_tables(file);
    fresh.execute("INSERT INTO label(date, till, number) VALUES('', 0, " +
                  std::to_string(first_number_after_damage - 1) + ")");
    return fresh;
  }

  void load() {
    sqlite::Statement rows(database, "SELECT " + std::string(columns) + " FROM suspended ORDER BY place");
    while (rows.step()) {
      if (auto one = read_kept(rows)) {
        kept.push_back(std::move(*one));
      } else {
        report.detail = "a basket that was put aside is not what was written; it is left out";
      }
    }
    wanted = read_wanted(database);
  }

  void carry_over(const Kept& one) {
    const auto before = kept;
    if (write([&] { store(one.row); })) {
      ++report.carried_over;
    } else {
      kept = before;
    }
  }

  // One transaction; what fails leaves nothing behind.
  Result<void> write(const std::function<void()>& work) {
    try {
      failed_writes.before_write();
      sqlite::Transaction transaction(database);
      work();
      transaction.commit();
      return {};
    } catch (const sqlite::Failure& failure) {
      failed_writes.bury(failure);
      return fail(journal_error(failure));
    }
  }

  [[nodiscard]] std::vector<Kept>::iterator find(const Uuid& id) {
    return std::find_if(kept.begin(), kept.end(), [&](const Kept& one) { return one.row.suspended.id == id; });
  }

  // Within a transaction.
  void store(const Row& row) {
    const auto id = row.suspended.id.to_string();
    const auto body = json::encode(row.suspended);
    insert->bind(1, std::string_view(id)).bind(2, row.handed_over ? 1 : 0).bind(3, row.at_server ? 1 : 0);
    const auto record = text_of(row.record);
    insert->bind(4, std::string_view(body)).bind(5, sum_of(body));
    insert->bind(6, row.won ? 1 : 0).bind(7, std::string_view(record)).run();
    kept.push_back({database.integer("SELECT last_insert_rowid()"), row});
  }

  std::int64_t next_number(const std::string& date, std::int64_t till) {
    sqlite::Statement last(database, "SELECT number FROM label WHERE date = ? AND till = ?");
    std::int64_t number = 1;
    if (last.bind(1, std::string_view(date)).bind(2, till).step()) {
      number = last.integer(0) + 1;
    } else if (const auto floor = database.integer("SELECT number FROM label WHERE date = ''"); floor > 0) {
      number = floor + 1;
      database.execute("DELETE FROM label WHERE date = ''");
    }
    sqlite::Statement put(database, "INSERT OR REPLACE INTO label(date, till, number) VALUES(?, ?, ?)");
    put.bind(1, std::string_view(date)).bind(2, till).bind(3, number).run();
    return number;
  }

  void label_in_use(const std::string& date, std::int64_t till, std::int64_t number) {
    static_cast<void>(write([&] {
      {
        sqlite::Statement last(database, "SELECT number FROM label WHERE date = ? AND till = ?");
        if (last.bind(1, std::string_view(date)).bind(2, till).step() && last.integer(0) >= number) return;
      }
      number = std::max(number, database.integer("SELECT max(number) FROM label WHERE date = ''"));
      database.execute("DELETE FROM label WHERE date = ''");
      sqlite::Statement put(database, "INSERT OR REPLACE INTO label(date, till, number) VALUES(?, ?, ?)");
      put.bind(1, std::string_view(date)).bind(2, till).bind(3, number).run();
    }));
  }

  void forget_before(const Date& date) {
    std::erase_if(kept, [&](const Kept& one) {
      if (!one.row.at_server || one.row.suspended.business_date >= date) return false;
      erase->bind(1, one.place).run();
      return true;
    });
    std::erase_if(wanted, [&](const auto& one) {
      if (one.business_date >= date) return false;
      erase_wanted(one.id);
      return true;
    });
    const auto oldest = date.plus_days(-kept_days).to_string();
    sqlite::Statement forget(database, "DELETE FROM label WHERE date <> '' AND date < ?");
    forget.bind(1, std::string_view(oldest)).run();
  }

  // Within a transaction.
  void erase_wanted(const Uuid& id) const {
    const auto text = id.to_string();
    sqlite::Statement gone(database, "DELETE FROM wanted WHERE id = ?");
    gone.bind(1, std::string_view(text)).run();
  }

  // As write(), for what changes `kept` or `wanted` as it goes.
  Result<void> write_all(const std::function<void()>& work) {
    const auto kept_before = kept;
    const auto wanted_before = wanted;
    auto written = write(work);
    if (written) return written;
    kept = kept_before;
    wanted = wanted_before;
    return written;
  }

  Result<protocol::SuspendedBasket> add(protocol::SuspendedBasket basket, sale::ControlTransaction record) {
    if (const auto known = find(basket.id); known != kept.end()) return known->row.suspended;
    auto written = write_all([&] {
      forget_before(basket.business_date);
      const auto number = next_number(basket.business_date.to_string(), basket.till);
      basket.label = fmt::format("{}-{:04}", basket.till, number);
      if (record.basket) record.basket->label = basket.label;
      store({basket, false, false, false, std::move(record)});
    });
    if (!written) return fail(std::move(written.error()));
    return basket;
  }

  Result<void> change(Kept& one, Row stage) {
    auto written = write([&] { write_stage(one.place, stage); });
    if (written) one.row = std::move(stage);
    return written;
  }

  // Within a transaction.
  void write_stage(std::int64_t place, const Row& row) {
    const auto record = text_of(row.record);
    set_stage->bind(1, row.handed_over ? 1 : 0).bind(2, row.at_server ? 1 : 0).bind(3, row.won ? 1 : 0);
    set_stage->bind(4, std::string_view(record)).bind(5, place).run();
  }

  Result<void> want(const protocol::SuspendedSummary& basket) {
    const auto same = [&](const auto& one) { return one.id == basket.id; };
    if (std::any_of(wanted.begin(), wanted.end(), same)) return {};
    return write_all([&] {
      const auto id = basket.id.to_string();
      const auto body = json::encode(basket);
      sqlite::Statement put(database, "INSERT INTO wanted(id, body, sum) VALUES(?, ?, ?)");
      put.bind(1, std::string_view(id)).bind(2, std::string_view(body)).bind(3, sum_of(body)).run();
      wanted.push_back(basket);
    });
  }

  Result<void> win(const protocol::SuspendedBasket& basket) {
    return write_all([&] {
      if (const auto own = find(basket.id); own != kept.end()) {
        own->row.handed_over = own->row.at_server = own->row.won = true;
        write_stage(own->place, own->row);
      } else {
        store({basket, true, true, true, std::nullopt});
      }
      want_no_more(basket.id);
    });
  }

  // Within a transaction.
  void want_no_more(const Uuid& id) {
    erase_wanted(id);
    std::erase_if(wanted, [&](const auto& one) { return one.id == id; });
  }

  SuspendedReport report;
  Salvaged salvaged;
  sqlite::Database database;
  FailedWrites failed_writes;
  std::optional<sqlite::Statement> insert;
  std::optional<sqlite::Statement> set_stage;
  std::optional<sqlite::Statement> erase;
  std::vector<Kept> kept;  // what the file holds, oldest first
  std::vector<protocol::SuspendedSummary> wanted;
};

SuspendedDatabase::SuspendedDatabase(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SuspendedDatabase::~SuspendedDatabase() = default;

Result<std::unique_ptr<SuspendedDatabase>> SuspendedDatabase::open(const fs::path& directory) {
  try {
    return std::unique_ptr<SuspendedDatabase>(
        new SuspendedDatabase(std::make_unique<Impl>(directory / "suspended.db")));
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  } catch (const Fault& fault) {
    return fail(fault.code(), fault.what(), {{"path", directory.string()}});
  } catch (const fs::filesystem_error& error) {
    return fail("journal.unwritable", "The till's data directory cannot be written. Check its owner and the disk.",
                {{"path", directory.string()}, {"reason", error.what()}});
  }
}

const SuspendedReport& SuspendedDatabase::report() const {
  return impl_->report;
}

Result<protocol::SuspendedBasket> SuspendedDatabase::add(protocol::SuspendedBasket basket,
                                                         sale::ControlTransaction record) {
  return impl_->add(std::move(basket), std::move(record));
}

std::vector<SuspendedStore::Row> SuspendedDatabase::rows() const {
  std::vector<Row> rows;
  for (const auto& one : impl_->kept) rows.push_back(one.row);
  return rows;
}

void SuspendedDatabase::recorded(const Uuid& id) {
  const auto one = impl_->find(id);
  if (one == impl_->kept.end() || !one->row.record) return;
  auto stage = one->row;
  stage.record.reset();
  static_cast<void>(impl_->change(*one, std::move(stage)));
}

Result<void> SuspendedDatabase::hand_over(const Uuid& id) {
  const auto one = impl_->find(id);
  if (one == impl_->kept.end()) return fail("suspended.unknown", "This basket is not among those that were put aside.");
  if (one->row.handed_over) return {};
  auto stage = one->row;
  stage.handed_over = true;
  return impl_->change(*one, std::move(stage));
}

void SuspendedDatabase::arrived(const Uuid& id) {
  const auto one = impl_->find(id);
  if (one == impl_->kept.end() || one->row.at_server) return;
  auto stage = one->row;
  stage.handed_over = stage.at_server = true;
  static_cast<void>(impl_->change(*one, std::move(stage)));
}

Result<bool> SuspendedDatabase::remove(const Uuid& id) {
  const auto one = impl_->find(id);
  if (one == impl_->kept.end()) return false;
  auto written = impl_->write([&] { impl_->erase->bind(1, one->place).run(); });
  if (!written) return fail(std::move(written.error()));
  impl_->kept.erase(one);
  return true;
}

Result<void> SuspendedDatabase::want(const protocol::SuspendedSummary& basket) {
  return impl_->want(basket);
}

std::vector<protocol::SuspendedSummary> SuspendedDatabase::wanted() const {
  return impl_->wanted;
}

Result<void> SuspendedDatabase::win(const protocol::SuspendedBasket& basket) {
  return impl_->win(basket);
}

Result<void> SuspendedDatabase::give_up(const Uuid& id) {
  return impl_->write_all([&] { impl_->want_no_more(id); });
}

void SuspendedDatabase::label_in_use(const protocol::SuspendedSummary& basket) {
  const std::string_view label = basket.label;
  const auto dash = label.find('-');
  if (dash == std::string_view::npos || label.size() - dash - 1 > longest_number) return;
  std::int64_t number = 0;
  const auto [end, bad] = std::from_chars(label.data() + dash + 1, label.data() + label.size(), number);
  if (bad != std::errc() || end != label.data() + label.size() || number <= 0) return;
  if (label.substr(0, dash) != std::to_string(basket.till)) return;
  impl_->label_in_use(basket.business_date.to_string(), basket.till, number);
}

}  // namespace lanekeeper::till
