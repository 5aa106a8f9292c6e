// Tables sale_promotion_use and promotion_use (how often limited promotions were used), coupon_redemption and
// coupon_reservation (single-use coupons that are spent, or kept for a basket).
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "storage/connection.h"
#include "storage/journal_repository.h"

namespace lanekeeper::storage {

struct UseKey {
  std::string promotion;
  std::int64_t member_id = 0;  // 0: everybody together
  std::string business_date;
  auto operator<=>(const UseKey&) const = default;
};

using UsesByDay = std::map<std::string, std::int64_t>;  // by business date
[[nodiscard]] std::int64_t uses_since(const UsesByDay& days, const std::optional<Date>& first);

struct Redemption {
  std::string code;
  std::string promotion;
  EntryKey sale;
};

// What a void gives back of the uses of the sale that it makes undone: `row.uses` below zero, booked with the void.
struct UseGivenBack {
  EntryKey by;
  PromotionUseRow row;
};

class PromotionUseRepository {
 public:
  PromotionUseRepository(Connection& connection, std::int64_t store_id)
      : connection_(connection), store_id_(store_id) {}

  // Those of the keys that were used at all.
  [[nodiscard]] std::map<UseKey, std::int64_t> uses(std::span<const UseKey> keys);
  // Everybody's uses of these promotions, by day.
  [[nodiscard]] std::map<std::string, UsesByDay> uses_by_day(std::span<const std::string> promotions);
  // Of one sale.
  [[nodiscard]] std::vector<PromotionUseRow> uses_of(const EntryKey& sale);
  // The uses of these sales and their sums.
  void book(std::span<const EntryToStore> entries, std::span<const UseGivenBack> given_back);

  [[nodiscard]] std::map<std::string, EntryKey> redemptions(std::span<const std::string> codes);
  // The coupons that these sales were the first to spend can be presented again.
  void free_coupons(std::span<const EntryKey> sales);
  // The coupons are not kept for any basket any more.
  void redeem(std::span<const Redemption> redemptions);

  // Keeps the code for the basket unless another one has it. Returns whether the basket has it now; the row is locked
  // until the commit.
  [[nodiscard]] bool reserve(const std::string& code, const std::string& basket_hex, std::int64_t now_ms,
                             std::int64_t until_ms);
  void release(const std::string& code, const std::string& basket_hex);
  void forget_ended_reservations(std::int64_t now_ms, std::int64_t limit);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
