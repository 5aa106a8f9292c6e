#include "cache/basket_file.h"

#include "base/json_codec.h"

namespace lanekeeper::till {

namespace {

void prepare_schema(const sqlite::Database& database) {
  database.execute("PRAGMA journal_mode=WAL");
  database.execute("PRAGMA synchronous=NORMAL");
  database.execute("PRAGMA wal_autocheckpoint=4096");
  database.execute("PRAGMA cache_size=-512");
  // Place 0 is the basket without its lines.
  database.execute("CREATE TABLE IF NOT EXISTS basket(place INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
}

std::optional<sqlite::Database> open_usable(const std::filesystem::path& file) {
  try {
    std::optional<sqlite::Database> database(std::in_place, file);
    prepare_schema(*database);
    if (database->text("PRAGMA quick_check(1)") == "ok") return database;
  } catch (const sqlite::Failure& failure) {
    if (!failure.is_damage()) throw;
  }
  sqlite::remove_files(file);
  std::optional<sqlite::Database> fresh(std::in_place, file);
  prepare_schema(*fresh);
  return fresh;
}

sale::Basket without_lines(const sale::Basket& basket) {
  sale::Basket head = basket;
  head.lines.clear();
  return head;
}

}  // namespace

BasketFile::BasketFile(const std::filesystem::path& file) : database_(open_usable(file)) {
  put_head_.emplace(*database_, "INSERT OR REPLACE INTO basket(place, body) VALUES(0, ?)");
  put_line_.emplace(*database_, "INSERT OR REPLACE INTO basket(place, body) VALUES(?, ?)");
  delete_lines_.emplace(*database_, "DELETE FROM basket WHERE place > ?");
}

void BasketFile::save(const sale::Basket& basket) {
  if (basket.lines.empty() && basket.tenders.empty() && !basket.age_refusals) {
    clear();
    return;
  }
  try {
    write_changes(basket);
    saved_ = basket;
  } catch (...) {
    saved_.reset();
    throw;
  }
}

void BasketFile::write_changes(const sale::Basket& basket) {
  sqlite::Transaction transaction(*database_);
  const auto head = json::encode(without_lines(basket));
  put_head_->bind(1, std::string_view(head)).run();
  for (std::size_t i = 0; i < basket.lines.size(); ++i) {
    if (saved_ && i < saved_->lines.size() && saved_->lines[i] == basket.lines[i]) continue;
    const auto line = json::encode(basket.lines[i]);
    put_line_->bind(1, static_cast<std::int64_t>(i + 1)).bind(2, std::string_view(line)).run();
  }
  if (!saved_ || saved_->lines.size() > basket.lines.size()) {
    delete_lines_->bind(1, static_cast<std::int64_t>(basket.lines.size())).run();
  }
  transaction.commit();
}

void BasketFile::clear() {
  if (saved_ && *saved_ == sale::Basket{}) return;
  saved_.reset();
  delete_lines_->bind(1, -1).run();
  saved_.emplace();
}

std::optional<sale::Basket> BasketFile::load() const {
  sqlite::Statement rows(*database_, "SELECT place, body FROM basket ORDER BY place");
  if (!rows.step() || rows.integer(0) != 0) return std::nullopt;
  auto basket = json::decode<sale::Basket>(rows.text(1));
  if (!basket) return std::nullopt;
  while (rows.step()) {
    auto line = json::decode<sale::BasketLine>(rows.text(1));
    if (!line) return std::nullopt;
    basket->lines.push_back(std::move(*line));
  }
  return std::move(*basket);
}

}  // namespace lanekeeper::till
