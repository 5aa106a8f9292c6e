#include "storage/suspended_repository.h"

#include "storage/short_text.h"
#include "storage/uuid_text.h"

namespace lanekeeper::storage {

namespace {

Date date_from(const std::string& text) {
  const auto date = Date::parse(text);
  if (!date) throw Fault("db.error", "the database holds an impossible date: " + text);
  return *date;
}

// Columns 1 to 11.
template <class Basket>
Basket read_head(const Rows& rows) {
  Basket basket;
  basket.id = uuid_from_hex(rows.text(1));
  basket.label = rows.text(2);
  basket.till = rows.integer(3);
  basket.cashier_name = rows.text(4);
  basket.suspended_at = {{rows.integer(5)}, static_cast<int>(rows.integer(6))};
  basket.business_date = date_from(rows.text(7));
  basket.line_count = rows.integer(8);
  basket.total = Money::of_minor(rows.integer(9));
  basket.first_goods = rows.text(10);
  basket.note = rows.text(11);
  return basket;
}

std::optional<std::string> english_name_in(const protocol::SuspendedBasket& basket) {
  for (const auto& line : basket.basket.lines) {
    if (!line.voided && line.name == basket.first_goods && !line.name_en.empty()) return line.name_en;
  }
  return std::nullopt;
}

}  // namespace

void SuspendedRepository::add(const protocol::SuspendedBasket& basket) {
  auto& statement = connection_.prepare(
      "INSERT INTO suspended_basket (store_id, suspended_id, label, till, cashier_name, suspended_ms, "
      "suspended_offset_min, business_date, line_count, total, first_goods, note, basket, first_goods_en) VALUES "
      "(?,UNHEX(?),?,?,?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE label = label");
  Binder binder(statement);
  binder.add(store_id_).add(hex_of(basket.id)).add(basket.label).add(basket.till).add(basket.cashier_name);
  binder.add(basket.suspended_at.instant.unix_ms).add(std::int64_t{basket.suspended_at.utc_offset_min});
  binder.add(basket.business_date.to_string()).add(basket.line_count).add(basket.total.minor());
  binder.add(basket.first_goods).add(basket.note).add(json::encode(basket.basket));
  const auto english = english_name_in(basket);
  english ? binder.add(shortened(*english, 200)) : binder.add_null();
  (void)connection_.run(statement);
}

std::optional<StoredSuspension> SuspendedRepository::find(const Uuid& id) {
  auto rows = connection_.query(
      "SELECT LOWER(HEX(suspended_id)), label, till, cashier_name, suspended_ms, suspended_offset_min, business_date, "
      "line_count, total, first_goods, note, basket, recalled_by FROM suspended_basket WHERE store_id = ? AND "
      "suspended_id = UNHEX(?)",
      store_id_, hex_of(id));
  if (!rows.next()) return std::nullopt;
  StoredSuspension stored{read_head<protocol::SuspendedBasket>(rows), rows.optional_integer(13)};
  auto basket = json::decode<sale::Basket>(rows.text(12));
  if (!basket) throw Fault("db.error", "a suspended basket cannot be read: " + basket.error().message);
  stored.basket.basket = std::move(*basket);
  return stored;
}

std::vector<protocol::SuspendedSummary> SuspendedRepository::waiting(const Date& business_date, std::int64_t limit) {
  std::vector<protocol::SuspendedSummary> baskets;
  auto rows = connection_.query(
      "SELECT LOWER(HEX(suspended_id)), label, till, cashier_name, suspended_ms, suspended_offset_min, business_date, "
      "line_count, total, first_goods, note, first_goods_en FROM suspended_basket WHERE store_id = ? AND business_date "
      "= ? "
      "AND recalled_by IS NULL ORDER BY suspended_ms, suspended_id LIMIT ?",
      store_id_, business_date.to_string(), limit);
  while (rows.next()) {
    auto& basket = baskets.emplace_back(read_head<protocol::SuspendedSummary>(rows));
    if (!rows.is_null(12)) basket.first_goods_en = rows.text(12);
  }
  return baskets;
}

bool SuspendedRepository::take(const Uuid& id, std::int64_t till, std::int64_t now_ms) {
  return connection_.execute(
             "UPDATE suspended_basket SET recalled_by = ?, recalled_ms = ? WHERE store_id = ? AND suspended_id = "
             "UNHEX(?) AND recalled_by IS NULL",
             till, now_ms, store_id_, hex_of(id)) == 1;
}

std::vector<protocol::SuspendedSummary> SuspendedRepository::untaken_before(const Date& business_date,
                                                                            std::int64_t limit) {
  std::vector<protocol::SuspendedSummary> baskets;
  auto rows = connection_.query(
      "SELECT LOWER(HEX(suspended_id)), label, till, cashier_name, suspended_ms, suspended_offset_min, business_date, "
      "line_count, total, first_goods, note FROM suspended_basket WHERE store_id = ? AND business_date < ? AND "
      "recalled_by IS NULL AND untaken_ms IS NULL ORDER BY suspended_ms, suspended_id LIMIT ?",
      store_id_, business_date.to_string(), limit);
  while (rows.next()) baskets.push_back(read_head<protocol::SuspendedSummary>(rows));
  return baskets;
}

bool SuspendedRepository::mark_untaken(const Uuid& id, std::int64_t now_ms) {
  return connection_.execute(
             "UPDATE suspended_basket SET untaken_ms = ? WHERE store_id = ? AND suspended_id = UNHEX(?) AND "
             "recalled_by IS NULL AND untaken_ms IS NULL",
             now_ms, store_id_, hex_of(id)) == 1;
}

std::optional<Uuid> SuspendedRepository::basket_in(const Uuid& id) {
  auto rows = connection_.query("SELECT basket FROM suspended_basket WHERE store_id = ? AND suspended_id = UNHEX(?)",
                                store_id_, hex_of(id));
  if (!rows.next()) return std::nullopt;
  const auto basket = json::decode<sale::Basket>(rows.text(1));
  return basket ? std::optional(basket->id) : std::nullopt;
}

void SuspendedRepository::forget_before(const Date& business_date, std::int64_t limit) {
  connection_.execute("DELETE FROM suspended_basket WHERE store_id = ? AND business_date < ? LIMIT ?", store_id_,
                      business_date.to_string(), limit);
}

}  // namespace lanekeeper::storage
