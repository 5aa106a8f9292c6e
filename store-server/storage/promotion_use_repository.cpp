#include "storage/promotion_use_repository.h"

#include "storage/batch.h"

namespace lanekeeper::storage {

namespace {

struct KeyedUse {
  EntryKey sale;
  const PromotionUseRow* row;
};
using Sum = std::pair<UseKey, std::int64_t>;

}  // namespace

std::int64_t uses_since(const UsesByDay& days, const std::optional<Date>& first) {
  std::int64_t sum = 0;
  const auto begin = first ? days.lower_bound(first->to_string()) : days.begin();
  for (auto day = begin; day != days.end(); ++day) sum += day->second;
  return sum;
}

std::map<UseKey, std::int64_t> PromotionUseRepository::uses(std::span<const UseKey> keys) {
  std::map<UseKey, std::int64_t> found;
  query_keys<UseKey>(
      connection_,
      "SELECT promotion, member_id, business_date, uses FROM promotion_use WHERE store_id = ? AND (promotion, "
      "member_id, business_date) IN (",
      "(?, ?, ?)", ")", keys, [&](Binder& b) { b.add(store_id_); },
      [](Binder& b, const UseKey& key) { b.add(key.promotion).add(key.member_id).add(key.business_date); },
      [&](Rows& rows) {
        while (rows.next()) found[{rows.text(1), rows.integer(2), rows.text(3)}] = rows.integer(4);
      });
  return found;
}

std::map<std::string, UsesByDay> PromotionUseRepository::uses_by_day(std::span<const std::string> promotions) {
  std::map<std::string, UsesByDay> found;
  query_keys<std::string>(
      connection_,
      "SELECT promotion, business_date, uses FROM promotion_use WHERE store_id = ? AND member_id = 0 AND promotion IN "
      "(",
      "?", ")", promotions, [&](Binder& b) { b.add(store_id_); },
      [](Binder& b, const std::string& promotion) { b.add(promotion); },
      [&](Rows& rows) {
        while (rows.next()) found[rows.text(1)][rows.text(2)] = rows.integer(3);
      });
  return found;
}

std::vector<PromotionUseRow> PromotionUseRepository::uses_of(const EntryKey& sale) {
  auto rows = connection_.query(
      "SELECT promotion, member_id, business_date, uses FROM sale_promotion_use WHERE store_id = ? AND till = ? AND "
      "sequence = ? ORDER BY promotion",
      store_id_, sale.first, sale.second);
  std::vector<PromotionUseRow> uses;
  while (rows.next()) uses.push_back({rows.text(1), rows.integer(2), rows.text(3), rows.integer(4)});
  return uses;
}

void PromotionUseRepository::book(std::span<const EntryToStore> entries, std::span<const UseGivenBack> given_back) {
  std::vector<KeyedUse> all;
  std::map<UseKey, std::int64_t> sums;
  const auto add = [&](const EntryKey& sale, const PromotionUseRow& row) {
    all.push_back({sale, &row});
    sums[{row.promotion, 0, row.business_date}] += row.uses;
    if (row.member_id != 0) sums[{row.promotion, row.member_id, row.business_date}] += row.uses;
  };
  for (const auto& entry : entries) {
    for (const auto& row : entry.rows->uses) add({entry.entry->till, entry.entry->sequence}, row);
  }
  for (const auto& back : given_back) add(back.by, back.row);
  insert_rows<KeyedUse>(
      connection_,
      "INSERT INTO sale_promotion_use (store_id, till, sequence, promotion, member_id, business_date, uses) VALUES ",
      "(?,?,?,?,?,?,?)", "", all, [&](Binder& b, const KeyedUse& use) {
        b.add(store_id_).add(use.sale.first).add(use.sale.second).add(use.row->promotion).add(use.row->member_id);
        b.add(use.row->business_date).add(use.row->uses);
      });
  const std::vector<Sum> rows(sums.begin(), sums.end());
  insert_rows<Sum>(
      connection_, "INSERT INTO promotion_use (store_id, promotion, member_id, business_date, uses) VALUES ",
      "(?,?,?,?,?)", " ON DUPLICATE KEY UPDATE uses = uses + VALUES(uses)", rows, [&](Binder& b, const Sum& sum) {
        b.add(store_id_).add(sum.first.promotion).add(sum.first.member_id).add(sum.first.business_date);
        b.add(sum.second);
      });
}

std::map<std::string, EntryKey> PromotionUseRepository::redemptions(std::span<const std::string> codes) {
  std::map<std::string, EntryKey> found;
  query_keys<std::string>(
      connection_, "SELECT code, till, sequence FROM coupon_redemption WHERE store_id = ? AND code IN (", "?", ")",
      codes, [&](Binder& b) { b.add(store_id_); }, [](Binder& b, const std::string& code) { b.add(code); },
      [&](Rows& rows) {
        while (rows.next()) found[rows.text(1)] = {rows.integer(2), rows.integer(3)};
      });
  return found;
}

void PromotionUseRepository::free_coupons(std::span<const EntryKey> sales) {
  for (const auto& [till, sequence] : sales) {
    connection_.execute("DELETE FROM coupon_redemption WHERE store_id = ? AND till = ? AND sequence = ?", store_id_,
                        till, sequence);
  }
}

void PromotionUseRepository::redeem(std::span<const Redemption> redemptions) {
  insert_rows<Redemption>(connection_,
                          "INSERT INTO coupon_redemption (store_id, code, promotion, till, sequence) VALUES ",
                          "(?,?,?,?,?)", "", redemptions, [&](Binder& b, const Redemption& redemption) {
                            b.add(store_id_).add(redemption.code).add(redemption.promotion);
                            b.add(redemption.sale.first).add(redemption.sale.second);
                          });
  for (const auto& redemption : redemptions) {
    connection_.execute("DELETE FROM coupon_reservation WHERE store_id = ? AND code = ?", store_id_, redemption.code);
  }
}

bool PromotionUseRepository::reserve(const std::string& code, const std::string& basket_hex, std::int64_t now_ms,
                                     std::int64_t until_ms) {
  // Assignments take effect from left to right: the time is renewed exactly for the basket that has it then.
  connection_.execute(
      "INSERT INTO coupon_reservation (store_id, code, basket_id, until_ms) VALUES (?, ?, UNHEX(?), ?) ON DUPLICATE "
      "KEY "
      "UPDATE basket_id = IF(until_ms <= ?, UNHEX(?), basket_id), until_ms = IF(basket_id = UNHEX(?), ?, until_ms)",
      store_id_, code, basket_hex, until_ms, now_ms, basket_hex, basket_hex, until_ms);
  auto rows = connection_.query("SELECT LOWER(HEX(basket_id)) FROM coupon_reservation WHERE store_id = ? AND code = ?",
                                store_id_, code);
  return rows.next() && rows.text(1) == basket_hex;
}

void PromotionUseRepository::release(const std::string& code, const std::string& basket_hex) {
  connection_.execute("DELETE FROM coupon_reservation WHERE store_id = ? AND code = ? AND basket_id = UNHEX(?)",
                      store_id_, code, basket_hex);
}

void PromotionUseRepository::forget_ended_reservations(std::int64_t now_ms, std::int64_t limit) {
  connection_.execute("DELETE FROM coupon_reservation WHERE store_id = ? AND until_ms <= ? LIMIT ?", store_id_, now_ms,
                      limit);
}

}  // namespace lanekeeper::storage
