#include "storage/sale_repository.h"

#include <algorithm>
#include <limits>
#include <map>

#include "base/text.h"
#include "storage/batch.h"

namespace lanekeeper::storage {

namespace {

constexpr std::string_view summary_columns =
    "SELECT HEX(s.sale_id), s.till, s.sequence, s.receipt_number, s.business_date, s.completed_ms, "
    "s.completed_offset_min, COALESCE(p.name, s.cashier_number), s.line_count, s.total, s.payable, e.received_ms, "
    "e.received_offset_min, (SELECT COUNT(*) FROM journal_exception x WHERE x.store_id = s.store_id AND x.till = "
    "s.till "
    "AND x.sequence = s.sequence) FROM sale s JOIN journal_entry e ON e.store_id = s.store_id AND e.till = s.till AND "
    "e.sequence = s.sequence LEFT JOIN staff p ON p.store_id = s.store_id AND p.staff_id = s.cashier WHERE s.store_id "
    "= "
    "?";

std::string uuid_text(const std::string& hex) {
  const auto bytes = from_hex(to_lower_ascii(hex));
  Uuid id;
  if (!bytes || bytes->size() != id.bytes.size()) throw Fault("db.error", "an identity of the wrong length");
  std::copy(bytes->begin(), bytes->end(), id.bytes.begin());
  return id.to_string();
}

std::string uuid_hex(const std::string& text) {
  const auto id = Uuid::parse(text);
  return id ? to_hex(ByteView(id->bytes.data(), id->bytes.size())) : std::string();
}

protocol::SaleSummary read_summary(const Rows& rows) {
  protocol::SaleSummary sale;
  sale.sale_id = uuid_text(rows.text(1));
  sale.till = rows.integer(2);
  sale.sequence = rows.integer(3);
  sale.receipt_number = rows.integer(4);
  const auto date = Date::parse(rows.text(5));
  if (!date) throw Fault("db.error", "the database holds an impossible date");
  sale.business_date = *date;
  sale.completed_at = {{rows.integer(6)}, static_cast<int>(rows.integer(7))};
  sale.cashier_name = rows.text(8);
  sale.line_count = rows.integer(9);
  sale.total = Money::of_minor(rows.integer(10));
  sale.payable = Money::of_minor(rows.integer(11));
  sale.received_at = {{rows.integer(12)}, static_cast<int>(rows.integer(13))};
  sale.exceptions = rows.integer(14);
  return sale;
}

protocol::ErrorBody body_from(const std::string& kind, const std::string& message, const std::string& details) {
  protocol::ErrorBody body{kind, message, {}};
  auto parsed = json::parse(details);
  body.details = parsed ? std::move(*parsed) : json::Value::object();
  return body;
}

// No identity that was made then or later comes before it, in hexadecimal.
std::string first_uuid_of(std::int64_t unix_ms) {
  Uuid id;
  for (int i = 0; i < 6; ++i) id.bytes[i] = static_cast<unsigned char>(unix_ms >> (40 - 8 * i));
  return to_hex(ByteView(id.bytes.data(), id.bytes.size()));
}

// A day's sales stand in the order (completed_ms, till, sequence) of the key sale_day.
struct Position {
  std::int64_t completed_ms = std::numeric_limits<std::int64_t>::max();
  std::int64_t till = 0;
  std::int64_t sequence = 0;
};

}  // namespace

std::vector<protocol::SaleSummary> SaleRepository::list(const SalesOfDay& day, const std::string& before,
                                                        std::int64_t limit) {
  Position from;
  if (!before.empty()) {
    auto rows = connection_.query(
        "SELECT completed_ms, till, sequence FROM sale WHERE store_id = ? AND sale_id = UNHEX(?) ORDER BY sequence "
        "LIMIT 1",
        store_id_, uuid_hex(before));
    if (!rows.next()) return {};
    from = {rows.integer(1), rows.integer(2), rows.integer(3)};
  }
  std::string sql(summary_columns);
  sql +=
      " AND s.business_date = ? AND (s.completed_ms < ? OR (s.completed_ms = ? AND (s.till < ? OR (s.till = ? AND "
      "s.sequence < ?))))";
  if (day.till != 0) sql += " AND s.till = ?";
  if (day.only_exceptions) sql += " AND s.exceptions > 0";
  sql += " ORDER BY s.completed_ms DESC, s.till DESC, s.sequence DESC LIMIT ?";
  auto& statement = connection_.prepare(sql);
  Binder binder(statement);
  binder.add(store_id_).add(day.business_date.to_string()).add(from.completed_ms).add(from.completed_ms);
  binder.add(from.till).add(from.till).add(from.sequence);
  if (day.till != 0) binder.add(day.till);
  binder.add(limit);
  std::vector<protocol::SaleSummary> sales;
  auto rows = connection_.read(statement);
  while (rows.next()) sales.push_back(read_summary(rows));
  return sales;
}

DayTotals SaleRepository::totals(const SalesOfDay& day) {
  std::string sql =
      "SELECT COUNT(*), COALESCE(SUM(payable), 0), COALESCE(SUM(exceptions > 0), 0) FROM sale WHERE store_id = ? AND "
      "business_date = ?";
  if (day.till != 0) sql += " AND till = ?";
  auto& statement = connection_.prepare(sql);
  Binder binder(statement);
  binder.add(store_id_).add(day.business_date.to_string());
  if (day.till != 0) binder.add(day.till);
  auto rows = connection_.read(statement);
  if (!rows.next()) return {};
  return {rows.integer(1), Money::of_minor(rows.integer(2)), rows.integer(3)};
}

std::optional<protocol::SaleSummary> SaleRepository::summary(std::int64_t till, std::int64_t sequence) {
  auto rows =
      connection_.query(std::string(summary_columns) + " AND s.till = ? AND s.sequence = ?", store_id_, till, sequence);
  if (!rows.next()) return std::nullopt;
  return read_summary(rows);
}

std::int64_t SaleRepository::count(const Date& from, const Date& to) {
  auto rows = connection_.query("SELECT COUNT(*) FROM sale WHERE store_id = ? AND business_date BETWEEN ? AND ?",
                                store_id_, from.to_string(), to.to_string());
  return rows.next() ? rows.integer(1) : 0;
}

std::vector<SalePosition> SaleRepository::of_day_after(const SalePosition& place, std::int64_t limit) {
  auto rows = connection_.query(
      "SELECT completed_ms, till, sequence FROM sale WHERE store_id = ? AND business_date = ? AND completed_ms >= ? "
      "AND "
      "(completed_ms > ? OR (till > ? OR (till = ? AND sequence > ?))) ORDER BY completed_ms, till, sequence LIMIT ?",
      store_id_, place.business_date.to_string(), place.completed_ms, place.completed_ms, place.till, place.till,
      place.sequence, limit);
  std::vector<SalePosition> places;
  while (rows.next()) places.push_back({place.business_date, rows.integer(1), rows.integer(2), rows.integer(3)});
  return places;
}

std::optional<Date> SaleRepository::next_day(const Date& after, const Date& to) {
  auto rows = connection_.query(
      "SELECT MIN(business_date) FROM sale WHERE store_id = ? AND business_date > ? AND business_date <= ?", store_id_,
      after.to_string(), to.to_string());
  if (!rows.next() || rows.is_null(1)) return std::nullopt;
  const auto date = Date::parse(rows.text(1));
  if (!date) throw Fault("db.error", "the database holds an impossible date");
  return *date;
}

// Day by day: the database would sort all the following days for every page.
std::vector<StoredSale> SaleRepository::after(const SalePosition& place, const Date& to, std::int64_t limit) {
  std::vector<SalePosition> places;
  auto from = place;
  while (true) {
    const auto left = limit - static_cast<std::int64_t>(places.size());
    const auto more = of_day_after(from, left);
    places.insert(places.end(), more.begin(), more.end());
    if (static_cast<std::int64_t>(more.size()) == left) break;
    const auto day = next_day(from.business_date, to);
    if (!day) break;
    from = {*day, std::numeric_limits<std::int64_t>::min(), 0, 0};
  }
  return with_payloads(places);
}

std::vector<StoredSale> SaleRepository::with_payloads(const std::vector<SalePosition>& places) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::string> payloads;
  query_keys<SalePosition>(
      connection_, "SELECT till, sequence, payload FROM journal_entry WHERE store_id = ? AND (till, sequence) IN (",
      "(?, ?)", ")", places, [&](Binder& b) { b.add(store_id_); },
      [](Binder& b, const SalePosition& sale) { b.add(sale.till).add(sale.sequence); },
      [&](Rows& rows) {
        while (rows.next()) payloads[{rows.integer(1), rows.integer(2)}] = rows.text(3);
      });
  std::vector<StoredSale> sales;
  sales.reserve(places.size());
  for (const auto& one : places) sales.push_back({one, std::move(payloads[{one.till, one.sequence}])});
  return sales;
}

// By goods from what left the shop with them, by a member along their days, by anything else along all days: each is a
// range of an index, and but for goods the order is that of the index, so that nothing is sorted. Whether anything was
// sold is counted, because a database may take EXISTS for a reason to read all lines there are.
std::vector<StoredSale> SaleRepository::find(const protocol::SaleSearch& search) {
  constexpr std::int64_t day_ms = 24 * 60 * 60 * 1000;
  std::string sql(
      search.item && !search.member
          ? "SELECT s.business_date, s.completed_ms, s.till, s.sequence FROM stock_movement m "
            "STRAIGHT_JOIN sale s ON s.store_id = m.store_id AND s.till = m.till AND s.sequence = "
            "m.document WHERE m.store_id = ? AND m.item_id = ? AND m.recorded_ms BETWEEN ? AND ? AND m.source = 1"
          : "SELECT s.business_date, s.completed_ms, s.till, s.sequence FROM sale s WHERE s.store_id = ?");
  sql += " AND s.business_date BETWEEN ? AND ?";
  if (search.member) sql += " AND s.member_id = ?";
  if (search.till) sql += " AND s.till = ?";
  if (search.amount) sql += " AND s.payable = ?";
  sql +=
      " AND (SELECT COUNT(*) FROM sale_line l WHERE l.store_id = s.store_id AND l.till = s.till AND l.sequence = "
      "s.sequence AND l.quantity > 0 AND l.voided = 0";
  if (search.item) sql += " AND l.item_id = ?";
  sql += ") > 0 ORDER BY s.business_date DESC, s.completed_ms DESC LIMIT ?";
  auto& statement = connection_.prepare(sql);
  Binder binder(statement);
  binder.add(store_id_);
  if (search.item && !search.member) {
    binder.add(*search.item).add((search.from.days_since_1970() - 1) * day_ms);
    binder.add((search.to.days_since_1970() + protocol::max_days_late + 2) * day_ms);
  }
  binder.add(search.from.to_string()).add(search.to.to_string());
  if (search.member) binder.add(*search.member);
  if (search.till) binder.add(*search.till);
  if (search.amount) binder.add(search.amount->minor());
  if (search.item) binder.add(*search.item);
  binder.add(search.limit);
  std::vector<SalePosition> places;
  {
    auto rows = connection_.read(statement);
    while (rows.next()) {
      const auto date = Date::parse(rows.text(1));
      if (!date) throw Fault("db.error", "the database holds an impossible date");
      places.push_back({*date, rows.integer(2), rows.integer(3), rows.integer(4)});
    }
  }
  return with_payloads(places);
}

std::string SaleRepository::payload(std::int64_t till, std::int64_t sequence) {
  auto rows = connection_.query("SELECT payload FROM journal_entry WHERE store_id = ? AND till = ? AND sequence = ?",
                                store_id_, till, sequence);
  return rows.next() ? rows.text(1) : std::string();
}

std::vector<protocol::ErrorBody> SaleRepository::exceptions_of(std::int64_t till, std::int64_t sequence) {
  std::vector<protocol::ErrorBody> exceptions;
  auto rows = connection_.query(
      "SELECT kind, message, details FROM journal_exception WHERE store_id = ? AND till = ? AND sequence = ? ORDER BY "
      "exception_id",
      store_id_, till, sequence);
  while (rows.next()) exceptions.push_back(body_from(rows.text(1), rows.text(2), rows.text(3)));
  return exceptions;
}

std::vector<RaisedException> SaleRepository::exceptions(const std::string& before, std::int64_t since_ms,
                                                        std::optional<bool> of_sales, std::int64_t limit) {
  std::vector<RaisedException> exceptions;
  // Identities begin with the time they were made at, so their order is the order of raising.
  const std::string from = before.empty() ? std::string(32, 'f') : uuid_hex(before);
  std::string sql =
      "SELECT HEX(x.exception_id), x.till, x.sequence, x.kind, x.message, x.details, x.raised_ms, x.raised_offset_min "
      "FROM journal_exception x WHERE x.store_id = ? AND x.exception_id < UNHEX(?) AND x.exception_id >= UNHEX(?)";
  if (of_sales) {
    sql += *of_sales ? " AND EXISTS" : " AND NOT EXISTS";
    sql += " (SELECT 1 FROM sale s WHERE s.store_id = x.store_id AND s.till = x.till AND s.sequence = x.sequence)";
  }
  sql += " ORDER BY x.exception_id DESC LIMIT ?";
  auto& statement = connection_.prepare(sql);
  Binder binder(statement);
  binder.add(store_id_).add(from).add(first_uuid_of(since_ms)).add(limit);
  auto rows = connection_.read(statement);
  while (rows.next()) {
    exceptions.push_back({uuid_text(rows.text(1)),
                          rows.integer(2),
                          rows.integer(3),
                          body_from(rows.text(4), rows.text(5), rows.text(6)),
                          {{rows.integer(7)}, static_cast<int>(rows.integer(8))}});
  }
  return exceptions;
}

}  // namespace lanekeeper::storage
