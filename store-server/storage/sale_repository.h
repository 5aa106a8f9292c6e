// Reading what was sold: the part of the journal's tables that people look at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/messages.h"
#include "protocol/return_messages.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct SalesOfDay {
  Date business_date;
  std::int64_t till = 0;  // 0: all
  bool only_exceptions = false;
};

struct DayTotals {
  std::int64_t sales = 0;
  Money payable;
  std::int64_t with_exceptions = 0;
};

struct RaisedException {
  std::string id;
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  protocol::ErrorBody what;
  ZonedTime raised_at;
};

// A place in the order (business date, time of completion, till, sequence).
struct SalePosition {
  Date business_date;
  std::int64_t completed_ms = 0;
  std::int64_t till = 0;
  std::int64_t sequence = 0;
};

struct StoredSale {
  SalePosition key;
  std::string payload;
};

class SaleRepository {
 public:
  SaleRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  // Newest first. before: sale_id of the last one that one has; empty: from the newest.
  [[nodiscard]] std::vector<protocol::SaleSummary> list(const SalesOfDay& day, const std::string& before,
                                                        std::int64_t limit);
  [[nodiscard]] DayTotals totals(const SalesOfDay& day);
  [[nodiscard]] std::optional<protocol::SaleSummary> summary(std::int64_t till, std::int64_t sequence);
  // Both days included.
  [[nodiscard]] std::int64_t count(const Date& from, const Date& to);
  // The sales behind a place, up to the end of a day.
  [[nodiscard]] std::vector<StoredSale> after(const SalePosition& place, const Date& to, std::int64_t limit);
  // Those that fit, newest first, at most search.limit.
  [[nodiscard]] std::vector<StoredSale> find(const protocol::SaleSearch& search);
  [[nodiscard]] std::string payload(std::int64_t till, std::int64_t sequence);
  [[nodiscard]] std::vector<protocol::ErrorBody> exceptions_of(std::int64_t till, std::int64_t sequence);
  // Newest first, raised after since_ms; of_sales: those of entries that are stored as sales, or all others.
  [[nodiscard]] std::vector<RaisedException> exceptions(const std::string& before, std::int64_t since_ms,
                                                        std::optional<bool> of_sales, std::int64_t limit);

 private:
  [[nodiscard]] std::vector<SalePosition> of_day_after(const SalePosition& place, std::int64_t limit);
  [[nodiscard]] std::optional<Date> next_day(const Date& after, const Date& to);
  [[nodiscard]] std::vector<StoredSale> with_payloads(const std::vector<SalePosition>& places);

  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
