// basket.db: the open basket. Private to this room; throws sqlite::Failure.
//
// Saving writes the lines that differ from what was saved before, so a scan into a basket of a hundred lines writes one
// line. WAL with synchronous NORMAL: the writing thread never waits for the disk; sync() does, on another thread.
#pragma once

#include <filesystem>
#include <optional>

#include "cache/sqlite.h"
#include "sale/basket.h"

namespace lanekeeper::till {

class BasketFile {
 public:
  // A broken file is replaced by an empty one.
  explicit BasketFile(const std::filesystem::path& file);

  void save(const sale::Basket& basket);  // an empty one: clear()
  void clear();
  [[nodiscard]] std::optional<sale::Basket> load() const;

 private:
  void write_changes(const sale::Basket& basket);

  std::optional<sqlite::Database> database_;
  std::optional<sqlite::Statement> put_head_;
  std::optional<sqlite::Statement> put_line_;
  std::optional<sqlite::Statement> delete_lines_;
  std::optional<sale::Basket> saved_;  // what the file holds; nullopt: not known
};

}  // namespace lanekeeper::till
