#include "raw_sales.h"

#include <mutex>
#include <thread>

#include "storage/batch.h"
#include "storage/connection.h"
#include "storage/database.h"

namespace lanekeeper::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::int64_t raw_store = 2;

std::string hex(const auto& bytes) {
  return to_hex(ByteView(bytes.data(), bytes.size()));
}

void write_entry(storage::Connection& c, const journal::Entry& entry, const sale::RetailTransaction& sale) {
  c.execute(
      "INSERT INTO journal_entry (store_id, till, sequence, previous, hash, signature, received_ms, "
      "received_offset_min, "
      "payload) VALUES (?, ?, ?, UNHEX(?), UNHEX(?), UNHEX(?), ?, ?, ?)",
      raw_store, entry.till, entry.sequence, hex(entry.previous), hex(entry.hash), hex(entry.signature),
      sale.completed_at.instant.unix_ms, std::int64_t{480}, entry.payload);
  c.execute(
      "INSERT INTO sale (store_id, till, sequence, sale_id, receipt_number, business_date, started_ms, completed_ms, "
      "completed_offset_min, cashier, cashier_number, catalogue_version, line_count, gross, discount, net, tax, total, "
      "cash_adjustment, payable, change_given, exceptions) VALUES (?, ?, ?, UNHEX(?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, "
      "?, ?, ?, ?, ?, ?)",
      raw_store, entry.till, entry.sequence, hex(sale.id.bytes), sale.receipt_number, sale.business_date.to_string(),
      sale.started_at.instant.unix_ms, sale.completed_at.instant.unix_ms, std::int64_t{480}, sale.cashier,
      sale.cashier_number, sale.catalogue_version, std::int64_t{SaleMaker::lines}, sale.priced.gross.minor(),
      std::int64_t{0}, sale.priced.net.minor(), std::int64_t{0}, sale.priced.total.minor(), std::int64_t{0},
      sale.payable.minor(), std::int64_t{0}, std::int64_t{0});
}

void write_lines(storage::Connection& c, const journal::Entry& entry, const sale::RetailTransaction& sale) {
  std::vector<std::size_t> indexes(sale.lines.size());
  for (std::size_t i = 0; i < indexes.size(); ++i) indexes[i] = i;
  const std::span<const std::size_t> rows(indexes);
  storage::insert_rows(c,
                       "INSERT INTO sale_line (store_id, till, sequence, line, item_id, category_id, tax_category_id, "
                       "quantity, unit_price, gross, discount, net, tax, voided) VALUES ",
                       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "", rows,
                       [&](storage::Binder& bind, std::size_t i) {
                         const auto& line = sale.lines[i];
                         const auto& priced = sale.priced.lines[i];
                         bind.add(raw_store).add(entry.till).add(entry.sequence).add(line.line).add(line.item);
                         bind.add(line.category).add(line.tax_category).add(line.quantity.milli());
                         bind.add(line.unit_price.minor()).add(priced.gross.minor()).add(std::int64_t{0});
                         bind.add(priced.net.minor()).add(priced.tax.minor()).add(std::int64_t{0});
                       });
  storage::insert_rows(
      c, "INSERT INTO stock_movement (store_id, item_id, recorded_ms, source, till, document, quantity) VALUES ",
      "(?, ?, ?, ?, ?, ?, ?)", " ON DUPLICATE KEY UPDATE quantity = quantity - 1000", rows,
      [&](storage::Binder& bind, std::size_t i) {
        bind.add(raw_store).add(sale.lines[i].item).add(sale.completed_at.instant.unix_ms);
        bind.add(std::int64_t{1}).add(entry.till).add(entry.sequence).add(-sale.lines[i].quantity.milli());
      });
  std::vector<std::size_t> ordered = indexes;  // the order of items keeps writers from deadlocking
  std::sort(ordered.begin(), ordered.end(), [&](auto a, auto b) { return sale.lines[a].item < sale.lines[b].item; });
  storage::insert_rows(c, "INSERT INTO stock_balance (store_id, item_id, quantity) VALUES ", "(?, ?, ?)",
                       " ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity)",
                       std::span<const std::size_t>(ordered), [&](storage::Binder& bind, std::size_t i) {
                         bind.add(raw_store).add(sale.lines[i].item).add(-sale.lines[i].quantity.milli());
                       });
}

void write_money(storage::Connection& c, const journal::Entry& entry, const sale::RetailTransaction& sale) {
  storage::insert_rows(
      c,
      "INSERT INTO sale_tax (store_id, till, sequence, position, tax_category_id, rate_per_10k, taxable, tax) VALUES ",
      "(?, ?, ?, ?, ?, ?, ?, ?)", "", std::span<const sale::TaxTotal>(sale.priced.taxes),
      [&, position = std::int64_t{0}](storage::Binder& bind, const sale::TaxTotal& tax) mutable {
        bind.add(raw_store).add(entry.till).add(entry.sequence).add(++position).add(tax.tax_category);
        bind.add(tax.rate.per_10k()).add(tax.taxable.minor()).add(tax.tax.minor());
      });
  c.execute("INSERT INTO sale_tender (store_id, till, sequence, position, kind, amount) VALUES (?, ?, ?, ?, ?, ?)",
            raw_store, entry.till, entry.sequence, std::int64_t{1}, std::string("cash"), sale.payable.minor());
  c.execute("INSERT INTO cash_movement (store_id, till, source, document, amount) VALUES (?, ?, ?, ?, ?)", raw_store,
            entry.till, std::int64_t{1}, entry.sequence, sale.payable.minor());
  c.execute(
      "INSERT INTO cash_balance (store_id, till, amount) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE amount = amount + ?",
      raw_store, entry.till, sale.payable.minor(), sale.payable.minor());
  c.execute(
      "INSERT INTO till_head (store_id, till, last_sequence, last_hash, last_receipt_number) VALUES (?, ?, ?, "
      "UNHEX(?), "
      "?) ON DUPLICATE KEY UPDATE last_sequence = VALUES(last_sequence), last_hash = VALUES(last_hash), "
      "last_receipt_number = VALUES(last_receipt_number)",
      raw_store, entry.till, entry.sequence, hex(entry.hash), sale.receipt_number);
}

}  // namespace

LoadResult write_raw_sales(const LiveStore::DatabaseAccess& access, const SaleMaker& maker,
                           std::chrono::milliseconds duration, int connections) {
  static std::atomic<std::int64_t> next_till = 1;
  storage::DatabaseConfig config;
  config.unix_socket = access.socket;
  config.user = access.user;
  config.password = access.password;
  config.schema = access.schema;
  config.pool_size = connections;
  storage::Database database(config);
  LoadResult all;
  std::mutex mutex;
  std::condition_variable finished;
  int running = connections;
  const auto start = Steady::now();
  for (int i = 0; i < connections; ++i) {
    const auto till = next_till++;
    const auto submitted = database.submit([&, till](storage::Connection&) {
      LoadResult mine;
      SystemRandom random;
      const auto key = journal::SigningKey::generate(random);
      journal::Hash head{};
      for (std::int64_t sequence = 1; Steady::now() - start < duration; ++sequence) {
        const auto begin = Steady::now();
        const auto sale =
            maker.make(till, sequence, static_cast<std::uint64_t>(till) << 40 | static_cast<std::uint64_t>(sequence));
        const auto entry = journal::make_entry(till, sequence, head, journal::encode_sale(sale), key);
        head = entry.hash;
        database.transact([&](storage::Connection& c) {
          write_entry(c, entry, sale);
          write_lines(c, entry, sale);
          write_money(c, entry, sale);
        });
        ++mine.sales;
        mine.latencies_us.push_back(
            std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begin).count());
      }
      const std::lock_guard lock(mutex);
      all.sales += mine.sales;
      all.latencies_us.insert(all.latencies_us.end(), mine.latencies_us.begin(), mine.latencies_us.end());
      --running;
      finished.notify_one();
    });
    if (!submitted) throw Fault("bench.conditions", submitted.error().message);
  }
  std::unique_lock lock(mutex);
  finished.wait(lock, [&] { return running == 0; });
  all.elapsed = Steady::now() - start;
  return all;
}

}  // namespace lanekeeper::bench
