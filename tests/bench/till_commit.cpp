// Last tender to durable sale, against a bare SQLite commit (WAL, synchronous FULL) of the same bytes.
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "bench.h"
#include "cache/journal_database.h"
#include "cache/outbox.h"
#include "goods.h"
#include "journal/chain.h"
#include "lane_desk.h"

namespace lanekeeper::bench {

namespace {

constexpr int rounds = 15;
constexpr int sales_of_round = 100;
constexpr int lines_of_sale = 10;
constexpr double goal_ratio = 2.0;

// SQLite as anybody would use it: one table, one prepared INSERT, one transaction per row.
class BareDatabase {
 public:
  explicit BareDatabase(const std::filesystem::path& file) {
    check(sqlite3_open(file.c_str(), &database_));
    execute("PRAGMA journal_mode=WAL");
    execute("PRAGMA synchronous=FULL");
    execute("CREATE TABLE entry(id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
    check(sqlite3_prepare_v2(database_, "INSERT INTO entry(body) VALUES(?)", -1, &insert_, nullptr));
  }
  ~BareDatabase() {
    sqlite3_finalize(insert_);
    sqlite3_close(database_);
  }
  BareDatabase(const BareDatabase&) = delete;
  BareDatabase& operator=(const BareDatabase&) = delete;

  void commit(const std::string& bytes) {
    check(sqlite3_bind_blob64(insert_, 1, bytes.data(), bytes.size(), SQLITE_STATIC));
    if (sqlite3_step(insert_) != SQLITE_DONE) throw Fault("bench.conditions", sqlite3_errmsg(database_));
    sqlite3_reset(insert_);
  }

 private:
  void execute(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }
  void check(int code) {
    if (code != SQLITE_OK) throw Fault("bench.conditions", sqlite3_errmsg(database_));
  }
  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

class SellingTill {
 public:
  explicit SellingTill(const std::filesystem::path& folder) : desk_(replica_of(1000)) {
    auto deliveries = till::DeliveryLog::open(folder);
    if (!deliveries) throw Fault("bench.conditions", deliveries.error().message);
    deliveries_ = std::move(*deliveries);
    auto journal = till::JournalDatabase::open(folder, *deliveries_);
    if (!journal) throw Fault("bench.conditions", journal.error().message);
    journal_ = std::move(*journal);
    if (!journal_->set_identity({1, journal::SigningKey::generate(random_), 0, 0, {}})) {
      throw Fault("bench.conditions", "no identity");
    }
  }

  // Rings a sale up to its tender; the last tender and the commit are what is timed.
  std::chrono::nanoseconds sell() {
    for (int line = 0; line < lines_of_sale; ++line) desk_.give(till::AddItem{1 + (next_item_++ % 499)});
    desk_.give(till::BeginTender{});
    return timed([&] {
      const auto outcome = desk_.give(till::TenderCash{Money::of_minor(500'000)});
      for (const auto& effect : outcome.effects) {
        if (const auto* commit = std::get_if<till::CommitSale>(&effect)) record(commit->sale);
      }
    });
  }
  [[nodiscard]] std::string last_bytes() const {
    // What a row of the journal holds beside the payload: two hashes, a signature, ten numbers.
    return journal::encode_sale(journal_->last_sale().value()) + std::string(32 + 32 + 64 + 40, 'h');
  }

 private:
  void record(const sale::RetailTransaction& sale) {
    const auto recorded = journal_->commit(sale);
    if (!recorded) throw Fault("bench.conditions", recorded.error().message);
    static_cast<void>(desk_.desk().sale_committed(*recorded, desk_.moment()));
  }

  SystemRandom random_;
  LaneDesk desk_;
  std::unique_ptr<till::DeliveryLog> deliveries_;
  std::unique_ptr<till::JournalDatabase> journal_;
  std::int64_t next_item_ = 0;
};

}  // namespace

void till_commit(Report& report) {
  const Scratch scratch;
  SellingTill till(scratch.path());
  BareDatabase bare(scratch.path() / "bare.db");
  for (int i = 0; i < 20; ++i) till.sell();
  const auto bytes = till.last_bytes();
  for (int i = 0; i < 20; ++i) bare.commit(bytes);

  // One of ours, one of theirs: the disk is shared, and its moods last longer than a commit.
  Samples ours;
  Samples theirs;
  std::vector<double> ratios;
  for (int round = 0; round < effort().times(rounds); ++round) {
    Samples a;
    Samples b;
    for (int i = 0; i < sales_of_round; ++i) {
      a.add(till.sell());
      b.add(timed([&] { bare.commit(bytes); }));
    }
    ratios.push_back(a.quantile_ms(0.5) / b.quantile_ms(0.5));
    ours.append(a);
    theirs.append(b);
  }
  std::sort(ratios.begin(), ratios.end());
  Figure figure;
  figure.name = "till_commit";
  figure.value = ours.quantile_ms(0.5);
  figure.unit = "ms(p50)";
  figure.reference = "bare SQLite WAL FULL";
  figure.reference_value = theirs.quantile_ms(0.5);
  figure.ratio = ratios[ratios.size() / 2];
  figure.ratio_low = ratios.front();
  figure.ratio_high = ratios.back();
  figure.n = static_cast<std::int64_t>(ours.size());
  figure.p50 = ours.quantile_ms(0.5);
  figure.p99 = ours.quantile_ms(0.99);
  figure.verdict = judged(figure.ratio <= goal_ratio);
  report.add(figure);
}

}  // namespace lanekeeper::bench
