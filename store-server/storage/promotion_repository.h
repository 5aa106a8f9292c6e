// Table promotion_book: every set of promotions that was ever published. Rows are added, never changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct PromotionBookRow {
  std::int64_t version = 0;
  ZonedTime effective_at;
  ZonedTime published_at;
  std::int64_t published_by = 0;  // staff id; 0: the machine's owner
  std::string published_by_name;
  std::string note;
  std::optional<std::int64_t> restored_from;
  std::int64_t promotion_count = 0;
  std::string definitions;  // JSON array; empty in lists
};

// What a promotion can name about an article that is for sale.
struct PromotableGoods {
  std::string number;
  std::int64_t category = 0;
  std::string brand;
  std::optional<std::int64_t> regular_price;  // minor units; nullopt: none, or one that depends on the date
};

class PromotionRepository {
 public:
  PromotionRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  [[nodiscard]] std::int64_t newest_version();  // 0: none yet
  void insert(const PromotionBookRow& book);
  [[nodiscard]] std::optional<PromotionBookRow> find(std::int64_t version);
  // The one in force at that moment, if any, and all that come into force later; by when they do.
  [[nodiscard]] std::vector<PromotionBookRow> from(Instant at);
  // Their versions alone.
  [[nodiscard]] std::vector<std::int64_t> versions_from(Instant at);
  // Newest version first, without definitions.
  [[nodiscard]] std::vector<PromotionBookRow> list(std::int64_t before, std::int64_t limit);

  // When each version was published and comes into force.
  struct Times {
    std::int64_t version = 0;
    Instant published;
    Instant effective;
  };
  [[nodiscard]] std::vector<Times> times();

  [[nodiscard]] std::vector<PromotableGoods> goods();

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
