// A completed sale: an immutable fact (ARTS RetailTransaction). Its JSON (see describe below, keys sorted) is the
// canonical encoding that the till's journal hashes and signs; docs/protocol/journal.md gives the format in words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sale/basket.h"

namespace lanekeeper::sale {

// The id under which a discount given by hand stands among the promotions of a line.
inline constexpr std::string_view manual_discount_id = "@manual";
// And that of a member's or tier's own price.
inline constexpr std::string_view list_price_id = "@list_price";

struct LineDiscount {
  std::string promotion;
  Money amount;  // > 0: what it took off
  // As on screen and receipt at that moment; missing where the definition has no name.
  std::optional<std::string> name;
  std::optional<std::string> name_en;
  bool operator==(const LineDiscount&) const = default;
};
template <class V>
void describe(V& visit, LineDiscount& d) {
  visit("promotion", d.promotion);
  visit("amount", d.amount);
  visit("name", d.name);
  visit("name_en", d.name_en);
}

// A run of equal units of a line: so many pieces of which each cost `net` in the end.
struct UnitNets {
  std::int64_t count = 0;
  Money net;
  bool operator==(const UnitNets&) const = default;
};
template <class V>
void describe(V& visit, UnitNets& u) {
  visit("count", u.count);
  visit("net", u.net);
}

// What pricing made of one basket line (not voided).
struct PricedLine {
  std::int64_t line = 0;                // BasketLine::line
  Money gross;                          // round(unit_price * quantity), or the fixed amount
  std::vector<LineDiscount> discounts;  // in the order of the layers
  Money net;                            // gross less discounts
  Money tax;                            // its share of the receipt's tax at its rate
  // What each unit cost, in order, adding up to net. Missing where nothing was taken off: then every piece of a counted
  // line cost its unit price, and any other line is one unit.
  std::optional<std::vector<UnitNets>> units;
  bool operator==(const PricedLine&) const = default;
};
template <class V>
void describe(V& visit, PricedLine& l) {
  visit("line", l.line);
  visit("gross", l.gross);
  visit("discounts", l.discounts);
  visit("net", l.net);
  visit("tax", l.tax);
  visit("units", l.units);
}

// Tax of one category at one rate: goods that come back at the rate of their day stand apart from goods that are sold.
struct TaxTotal {
  catalogue::TaxCategoryId tax_category = 0;
  std::string letter;
  Rate rate;
  Money taxable;  // without tax
  Money tax;
  bool operator==(const TaxTotal&) const = default;
};
template <class V>
void describe(V& visit, TaxTotal& t) {
  visit("tax_category", t.tax_category);
  visit("letter", t.letter);
  visit("rate", t.rate);
  visit("taxable", t.taxable);
  visit("tax", t.tax);
}

struct PricedBasket {
  std::vector<PricedLine> lines;  // basket order, without the voided ones
  std::vector<TaxTotal> taxes;    // by tax category id: what is sold, then what comes back by rate
  Money gross;
  Money discount;
  Money net;    // gross - discount
  Money total;  // to pay: net, plus tax where prices exclude it; before cash rounding
  bool operator==(const PricedBasket&) const = default;
};
template <class V>
void describe(V& visit, PricedBasket& p) {
  visit("lines", p.lines);
  visit("taxes", p.taxes);
  visit("gross", p.gross);
  visit("discount", p.discount);
  visit("net", p.net);
  visit("total", p.total);
}

// Cash went back for what was paid in another way that is not there any more: by which ways it should have gone back.
struct CashInstead {
  std::vector<Tender> of;        // kind, method and amount, > 0; never empty
  std::string reason;            // reason code, "card_gone", ... or as typed
  std::int64_t approved_by = 0;  // staff id
  bool operator==(const CashInstead&) const = default;
};
template <class V>
void describe(V& visit, CashInstead& c) {
  visit("of", c.of);
  visit("reason", c.reason);
  visit("approved_by", c.approved_by);
}

struct RetailTransaction {
  std::int64_t schema = 1;          // of this encoding
  Uuid id;                          // the basket's
  std::int64_t till = 0;            // number of the till in the store
  std::int64_t receipt_number = 0;  // per till, gapless
  Date business_date;
  ZonedTime started_at;
  ZonedTime completed_at;
  bool simulated_clock = false;  // rung by a till whose clock was set by hand (trials, tests)
  std::int64_t cashier = 0;      // staff id
  std::string cashier_number;
  std::string currency;  // ISO 4217
  catalogue::Version catalogue_version = 0;
  std::string software;           // version of the till
  std::vector<BasketLine> lines;  // with the voided ones
  PricedBasket priced;
  CashRounding cash_rounding = CashRounding::none;
  Money cash_adjustment;  // what rounding added (mostly <= 0)
  Money payable;          // total + cash_adjustment
  std::vector<Tender> tenders;
  Money change;                                         // given back in cash; of a refund: what was paid out
  std::optional<std::vector<AgeRefusal>> age_refusals;  // these as in Basket
  std::optional<PromotionTerms> promotions;
  std::optional<MemberRef> member;
  std::optional<std::vector<std::string>> coupons;
  std::optional<ManualDiscount> discount;
  std::optional<ReturnedSale> returned_sale;
  std::optional<BlindReturn> blind_return = std::nullopt;
  std::optional<std::vector<Approval>> approvals = std::nullopt;
  std::optional<std::string> note = std::nullopt;
  std::optional<std::int64_t> shift = std::nullopt;  // number of the shift in which it was rung; missing: none was open
  std::optional<bool> training = std::nullopt;  // true: an exercise, worth nothing; it has a number of its own kind
  std::optional<CashInstead> cash_instead = std::nullopt;
  bool operator==(const RetailTransaction&) const = default;
};
template <class V>
void describe(V& visit, RetailTransaction& t) {
  visit("schema", t.schema);
  visit("id", t.id);
  visit("till", t.till);
  visit("receipt_number", t.receipt_number);
  visit("business_date", t.business_date);
  visit("started_at", t.started_at);
  visit("completed_at", t.completed_at);
  visit("simulated_clock", t.simulated_clock);
  visit("cashier", t.cashier);
  visit("cashier_number", t.cashier_number);
  visit("currency", t.currency);
  visit("catalogue_version", t.catalogue_version);
  visit("software", t.software);
  visit("lines", t.lines);
  visit("priced", t.priced);
  visit("cash_rounding", t.cash_rounding);
  visit("cash_adjustment", t.cash_adjustment);
  visit("payable", t.payable);
  visit("tenders", t.tenders);
  visit("change", t.change);
  visit("age_refusals", t.age_refusals);
  visit("promotions", t.promotions);
  visit("member", t.member);
  visit("coupons", t.coupons);
  visit("discount", t.discount);
  visit("returned_sale", t.returned_sale);
  visit("blind_return", t.blind_return);
  visit("approvals", t.approvals);
  visit("note", t.note);
  visit("shift", t.shift);
  visit("training", t.training);
  visit("cash_instead", t.cash_instead);
}

// The basket of a completed sale: what pricing looks at.
[[nodiscard]] Basket basket_of(const RetailTransaction& sale);

// What goes back for the lines that return goods, >= 0: their nets, and the tax on top where prices exclude it. Not for
// deposits that are given back.
[[nodiscard]] Money refund_of(const std::vector<BasketLine>& lines, const PricedBasket& priced);
// The same for the deposits that are given back without a receipt.
[[nodiscard]] Money deposits_back_of(const std::vector<BasketLine>& lines, const PricedBasket& priced);

// What the goods that were sold came to, before cash rounding: the total, and what went back in it for goods of an
// exchange and for deposits. A later return gives back at most this.
[[nodiscard]] Money sold_total(const RetailTransaction& sale);
// The part of its cash rounding that belongs to what was sold: all of it, but for what rounded what went back in it.
[[nodiscard]] Money sold_adjustment(const RetailTransaction& sale);
// Whether it sold anything that can come back. What came back in it cannot come back again.
[[nodiscard]] bool sells_goods(const RetailTransaction& sale);
// Whether its prices exclude tax; nullopt where nothing in it is taxed.
[[nodiscard]] std::optional<bool> excludes_tax(const RetailTransaction& sale);

// What rounding adds to `total` (to pay; below zero: to pay out). Only what is settled in cash is rounded: the total
// less `not_cash`. `refund` is the part of it that refund_of() tells; goods of a sale go back by refund_adjustment().
[[nodiscard]] Money cash_adjustment(const std::optional<ReturnedSale>& returned, Money refund, Money total,
                                    Money not_cash, CashRounding rounding);

// Whether this line gives something back. A basket may hold both.
[[nodiscard]] inline bool is_return(const BasketLine& line) {
  return line.returns.has_value();
}

// A deposit that is given back without a receipt: in any basket, and part of no return. One that comes back by its
// receipt is goods like any others.
[[nodiscard]] inline bool gives_deposit_back(const BasketLine& line) {
  return line.returns && line.returns->line == 0 && line.deposit.value_or(false);
}

// The cash that leaves or enters the drawer for this sale: cash tendered less change.
[[nodiscard]] Money drawer_cash(const RetailTransaction& sale);

// Does the arithmetic inside the fact hold (line sums, tax sums, tenders against payable, change)? The server asks this
// of what it receives and raises an exception when it does not; it never refuses the fact. sale.sum_mismatch with the
// detail "at", sale.no_lines, sale.bad_line.
[[nodiscard]] Result<void> check_arithmetic(const RetailTransaction& sale);

}  // namespace lanekeeper::sale
