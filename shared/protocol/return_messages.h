// Goods that come back to one till at a time, and sales whose receipt is not at hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/json_codec.h"
#include "sale/returnable_sale.h"

namespace lanekeeper::protocol {

// GET /v1/sales/returnable, asked by a till, keeps the sale for it: another till is told return.taken (detail "till")
// until the return has arrived, POST /v1/returns/release was called (the customer thought better of it), or some
// minutes are over. The same till may ask again.
struct ReturnRelease {
  Uuid sale;
};
template <class V>
void describe(V& visit, ReturnRelease& r) {
  visit("sale", r.sale);
}

inline constexpr std::int64_t max_found_sales = 50;
inline constexpr std::int64_t max_search_days = 400;
inline constexpr std::size_t max_found_names = 3;
// Sales that reached the server later than this after their day are not found by goods, only by what else is known.
inline constexpr std::int64_t max_days_late = 60;

// What to look for, GET /v1/sales/search: the parameters have these names. from and to are needed; what else
// is missing does not matter.
struct SaleSearch {
  Date from;  // business dates, both included, at most max_search_days apart
  Date to;
  std::optional<std::int64_t> member;  // id
  std::optional<catalogue::ItemId> item;
  std::optional<std::int64_t> till;
  std::optional<Money> amount;  // that was paid
  std::int64_t limit = max_found_sales;
};

struct FoundGoods {
  std::string name;
  std::string name_en;
  bool operator==(const FoundGoods&) const = default;
};
template <class V>
void describe(V& visit, FoundGoods& g) {
  visit("name", g.name);
  visit("name_en", g.name_en);
}

// A sale in few words, enough for a customer to know it again. Of the member no more than a receipt shows.
struct FoundSale {
  std::int64_t till = 0;
  std::int64_t receipt_number = 0;
  Date business_date;
  ZonedTime completed_at;
  Money payable;
  std::int64_t line_count = 0;             // that were sold
  std::vector<FoundGoods> goods;           // the first of them, at most max_found_names
  std::optional<std::string> member_name;  // masked
  bool left = false;                       // something of it can still come back
  bool operator==(const FoundSale&) const = default;
};
template <class V>
void describe(V& visit, FoundSale& s) {
  visit("till", s.till);
  visit("receipt_number", s.receipt_number);
  visit("business_date", s.business_date);
  visit("completed_at", s.completed_at);
  visit("payable", s.payable);
  visit("line_count", s.line_count);
  visit("goods", s.goods);
  visit("member_name", s.member_name);
  visit("left", s.left);
}

struct FoundSales {
  std::vector<FoundSale> sales;  // newest first
  bool more = false;             // than are here
};
template <class V>
void describe(V& visit, FoundSales& f) {
  visit("sales", f.sales);
  visit("more", f.more);
}

// Whether a sale is one that is looked for; nothing that only took goods back is.
[[nodiscard]] bool fits(const SaleSearch& search, const sale::RetailTransaction& sale);
[[nodiscard]] FoundSale found_sale(const sale::ReturnableSale& sold);

}  // namespace lanekeeper::protocol
