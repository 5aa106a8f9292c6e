// The basket while it is being rung: a pure value, small enough to be copied, written to the till's cache behind every
// change. Amounts are in the store's currency.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "base/time.h"
#include "catalogue/item.h"
#include "money/money.h"
#include "sale/approval.h"

namespace lanekeeper::sale {

inline constexpr std::size_t max_basket_lines = 1000;
inline constexpr std::int64_t max_line_units = 9999;                  // pieces in one line
inline constexpr Quantity max_line_weight = Quantity::of_units(500);  // kg in one line
inline constexpr std::size_t max_age_refusals = 100;                  // that one record holds; later ones are left out
inline constexpr Money max_line_amount = Money::of_minor(100'000'000'00);  // 100,000,000.00
inline constexpr Money max_cash_tendered = Money::of_minor(1'000'000'00);  // more is a slip of the keyboard

enum class WeightSource { none, scale, label, manual };

// What somebody with the right changed on a line, and who.
struct PriceOverride {
  Money regular_unit_price;
  std::string reason;            // reason code, "price.dispute", "damaged", ...
  std::int64_t approved_by = 0;  // staff id
  bool operator==(const PriceOverride&) const = default;
};
template <class V>
void describe(V& visit, PriceOverride& o) {
  visit("regular_unit_price", o.regular_unit_price);
  visit("reason", o.reason);
  visit("approved_by", o.approved_by);
}

// A discount that a person gave by hand: an amount or a percent off, of a line or of the whole basket. Exactly one of
// the two is set.
struct ManualDiscount {
  std::optional<Money> amount;   // > 0; never takes off more than there is
  std::optional<Rate> percent;   // above 0, up to 100 %
  std::string reason;            // reason code, "damaged", "complaint", ...
  std::int64_t approved_by = 0;  // staff id
  bool operator==(const ManualDiscount&) const = default;
};
template <class V>
void describe(V& visit, ManualDiscount& d) {
  visit("amount", d.amount);
  visit("percent", d.percent);
  visit("reason", d.reason);
  visit("approved_by", d.approved_by);
}

// Where goods that come back go: to be sold again, to waste, or back to who supplied them. Only the first can be sold.
enum class ReturnedTo { stock, waste, supplier };

// Goods that come back: of which line of the sale that Basket::returned_sale names. The line has a negative quantity,
// and its fixed_amount is what goes back for it, below zero: exactly the net that was allocated to these units. Without
// a receipt (Basket::blind_return) line and returned_before are 0, and the amount is today's lowest price. So they are
// where a deposit is given back (BasketLine::deposit), in any basket; the amount is its price then.
struct LineReturn {
  std::int64_t line = 0;     // of that sale
  Quantity returned_before;  // of that line, when this was rung; >= 0
  Rate tax_rate;             // at which they were sold
  Money tax;                 // of fixed_amount, in it or on top of it as they were sold; <= 0
  ReturnedTo to = ReturnedTo::stock;
  // Why: a code, "quality", "wrong_item", "unwanted", "spoiled", "cashier_error", "other", or as typed. Missing on
  // goods without a receipt (BlindReturn says it) and in records from before it was asked for.
  std::optional<std::string> reason = std::nullopt;
  bool operator==(const LineReturn&) const = default;
};
template <class V>
void describe(V& visit, LineReturn& r) {
  visit("line", r.line);
  visit("returned_before", r.returned_before);
  visit("tax_rate", r.tax_rate);
  visit("tax", r.tax);
  visit("to", r.to);
  visit("reason", r.reason);
}

// A price that only some pay: of the list "member", or of a list that has the code of a tier.
struct ListPrice {
  std::string list;
  Money unit_price;  // per piece or kg, below that of the line
  bool operator==(const ListPrice&) const = default;
};
template <class V>
void describe(V& visit, ListPrice& p) {
  visit("list", p.list);
  visit("unit_price", p.unit_price);
}

struct BasketLine {
  std::int64_t line = 0;  // 1.., never reused within the basket
  catalogue::ItemId item = 0;
  std::string item_number;
  std::string name;  // as on screen and receipt at that moment
  std::string name_en;
  std::string code;  // as scanned or typed
  catalogue::CategoryId category = 0;
  std::string brand;
  catalogue::TaxCategoryId tax_category = 0;
  catalogue::UnitOfMeasure unit = catalogue::UnitOfMeasure::piece;
  Quantity quantity;                  // pieces or kg, > 0; below zero on a line that returns goods
  Money unit_price;                   // per piece or kg, the one that was charged
  std::optional<Money> fixed_amount;  // an amount embedded in a label or a pack price: the gross of the line, exactly
  WeightSource weight_source = WeightSource::none;
  std::optional<PriceOverride> price_override;
  std::optional<Quantity> reduced_from;       // the most that stood here, when the quantity was lowered by hand
  std::optional<std::int64_t> age_confirmed;  // years: the cashier checked the customer's age for this line
  bool discount_blocked = false;
  bool voided = false;         // kept: a void leaves its trace
  std::int64_t voided_by = 0;  // staff id
  ZonedTime entered_at;
  std::optional<ManualDiscount> discount;
  std::optional<LineReturn> returns;
  // By list, as they were when the line was entered; missing when there are none. A member's basket takes the lowest of
  // theirs as an offer among all others.
  std::optional<std::vector<ListPrice>> list_prices;
  std::optional<Quantity> tare = std::nullopt;    // kg that was taken off the scale's weight; quantity is net
  std::optional<bool> open_price = std::nullopt;  // the price was typed in: goods that have none of their own
  std::optional<std::int64_t> entered_by =
      std::nullopt;  // staff id, where that is not the person who finished the sale
  std::optional<std::string> note = std::nullopt;
  std::optional<bool> deposit = std::nullopt;  // a pledge, taken or (quantity below zero) given back
  bool operator==(const BasketLine&) const = default;
};
template <class V>
void describe(V& visit, BasketLine& l) {
  visit("line", l.line);
  visit("item", l.item);
  visit("item_number", l.item_number);
  visit("name", l.name);
  visit("name_en", l.name_en);
  visit("code", l.code);
  visit("category", l.category);
  visit("brand", l.brand);
  visit("tax_category", l.tax_category);
  visit("unit", l.unit);
  visit("quantity", l.quantity);
  visit("unit_price", l.unit_price);
  visit("fixed_amount", l.fixed_amount);
  visit("weight_source", l.weight_source);
  visit("price_override", l.price_override);
  visit("reduced_from", l.reduced_from);
  visit("age_confirmed", l.age_confirmed);
  visit("discount_blocked", l.discount_blocked);
  visit("voided", l.voided);
  visit("voided_by", l.voided_by);
  visit("entered_at", l.entered_at);
  visit("discount", l.discount);
  visit("returns", l.returns);
  visit("list_prices", l.list_prices);
  visit("tare", l.tare);
  visit("open_price", l.open_price);
  visit("entered_by", l.entered_by);
  visit("note", l.note);
  visit("deposit", l.deposit);
}

// An age-restricted item that was kept from the customer: the cashier was asked for the age and answered no.
struct AgeRefusal {
  catalogue::ItemId item = 0;
  std::string item_number;
  std::string name;
  std::int64_t minimum_age = 0;  // years
  std::int64_t refused_by = 0;   // staff id
  ZonedTime refused_at;
  bool operator==(const AgeRefusal&) const = default;
};
template <class V>
void describe(V& visit, AgeRefusal& r) {
  visit("item", r.item);
  visit("item_number", r.item_number);
  visit("name", r.name);
  visit("minimum_age", r.minimum_age);
  visit("refused_by", r.refused_by);
  visit("refused_at", r.refused_at);
}

// Electronic wallets, stored value and points come with their issues.
enum class TenderKind {
  cash,
  card,     // a bank card at a terminal that stands alone: the reference is typed in from its slip
  voucher,  // paper that is worth money here; what it is worth too much is not given back
  other,    // what the store accepts besides (meal cards, a mall's card): `method` says which
};

struct Tender {
  TenderKind kind = TenderKind::cash;
  Money amount;           // what the customer gave (cash) or paid; below zero: given back (never of cash)
  std::string reference;  // of the slip, the voucher's number; may be empty where the store asks for none
  std::optional<std::string> method = std::nullopt;     // code of the store's own way of paying
  std::optional<Money> face_value = std::nullopt;       // of a voucher that is worth more than it paid here
  std::optional<std::int64_t> taken_by = std::nullopt;  // staff id, where that is not the person who finished the sale
  bool operator==(const Tender&) const = default;
};
template <class V>
void describe(V& visit, Tender& t) {
  visit("kind", t.kind);
  visit("amount", t.amount);
  visit("reference", t.reference);
  visit("method", t.method);
  visit("face_value", t.face_value);
  visit("taken_by", t.taken_by);
}

// The member whose basket it is, as the till knew them when they were identified.
struct MemberRef {
  std::int64_t id = 0;
  std::string number;
  std::string name;                 // masked, as on screens and receipts
  std::optional<std::string> tier;  // code of the tier
  bool birthday = false;            // on the day on which the basket began
  bool operator==(const MemberRef&) const = default;
};
template <class V>
void describe(V& visit, MemberRef& m) {
  visit("id", m.id);
  visit("number", m.number);
  visit("name", m.name);
  visit("tier", m.tier);
  visit("birthday", m.birthday);
}

// How often a promotion with a limit of its own (per member and day, in total) may still be applied in this basket.
struct RemainingUses {
  std::string promotion;
  std::int64_t left = 0;  // >= 0
  bool operator==(const RemainingUses&) const = default;
};
template <class V>
void describe(V& visit, RemainingUses& u) {
  visit("promotion", u.promotion);
  visit("left", u.left);
}

// Prices are made by this: the published promotions that were in force when the first line was entered, kept until the
// sale is over, so that no total rises because a clock struck.
struct PromotionTerms {
  std::int64_t version = 0;              // of the published set; 0: there was none
  std::vector<RemainingUses> remaining;  // by promotion; only those that have such a limit
  bool operator==(const PromotionTerms&) const = default;
};
template <class V>
void describe(V& visit, PromotionTerms& t) {
  visit("version", t.version);
  visit("remaining", t.remaining);
}

// The sale from which all lines of this basket come back, and what came back of it before.
struct ReturnedSale {
  Uuid sale;
  std::int64_t till = 0;
  std::int64_t receipt_number = 0;
  Money total;  // of what that sale sold, before cash rounding: sold_total()
  CashRounding cash_rounding = CashRounding::none;
  Money cash_adjustment;  // of what that sale sold: sold_adjustment()
  Money refunded_before;  // of total; >= 0
  // How it was paid, less what went back that way before, when not all in cash: what may go back that way now.
  std::optional<std::vector<Tender>> refundable = std::nullopt;
  // The whole sale is made undone, on its own business date and before anything came back of it: why, a code
  // ("wrong_goods", "wrong_payment", "customer_left", "rung_twice", "other") or as typed. Its coupons and limited
  // offers are free again. Missing: an ordinary return.
  std::optional<std::string> void_reason = std::nullopt;
  bool operator==(const ReturnedSale&) const = default;
};
template <class V>
void describe(V& visit, ReturnedSale& r) {
  visit("sale", r.sale);
  visit("till", r.till);
  visit("receipt_number", r.receipt_number);
  visit("total", r.total);
  visit("cash_rounding", r.cash_rounding);
  visit("cash_adjustment", r.cash_adjustment);
  visit("refunded_before", r.refunded_before);
  visit("refundable", r.refundable);
  visit("void_reason", r.void_reason);
}

// Goods that come back without a receipt.
struct BlindReturn {
  std::string reason;  // reason code, "no_receipt", "gift", ... or as typed
  bool operator==(const BlindReturn&) const = default;
};
template <class V>
void describe(V& visit, BlindReturn& b) {
  visit("reason", b.reason);
}

// What rounding in cash adds to a refund of `refund` (> 0, a part of returned.total): the refunds of a sale are rounded
// by what they have come to together, so that all of them are exactly what was paid.
[[nodiscard]] Money refund_adjustment(const ReturnedSale& returned, Money refund);

inline constexpr std::size_t max_coupons = 20;  // of one basket

struct Basket {
  Uuid id;                   // given when the first line is entered; becomes the sale's id
  std::int64_t cashier = 0;  // staff id, 0 while nobody is signed in
  ZonedTime started_at;      // first line
  std::int64_t next_line = 1;
  std::vector<BasketLine> lines;
  std::vector<Tender> tenders;
  // Missing when nothing was refused, as in every record from before it was kept; never an empty list.
  std::optional<std::vector<AgeRefusal>> age_refusals;
  // Missing when there is none, as in every record from before they were kept.
  std::optional<PromotionTerms> promotions;
  std::optional<MemberRef> member;
  std::optional<std::vector<std::string>> coupons;  // codes as presented, in that order; never an empty list
  std::optional<ManualDiscount> discount;           // of the whole basket
  std::optional<ReturnedSale> returned_sale;        // then lines may return goods of it; others are sold (exchange)
  std::optional<BlindReturn> blind_return = std::nullopt;         // or goods without a receipt
  std::optional<std::vector<Approval>> approvals = std::nullopt;  // never an empty list
  std::optional<std::string> note = std::nullopt;
  bool operator==(const Basket&) const = default;
};
template <class V>
void describe(V& visit, Basket& b) {
  visit("id", b.id);
  visit("cashier", b.cashier);
  visit("started_at", b.started_at);
  visit("next_line", b.next_line);
  visit("lines", b.lines);
  visit("tenders", b.tenders);
  visit("age_refusals", b.age_refusals);
  visit("promotions", b.promotions);
  visit("member", b.member);
  visit("coupons", b.coupons);
  visit("discount", b.discount);
  visit("returned_sale", b.returned_sale);
  visit("blind_return", b.blind_return);
  visit("approvals", b.approvals);
  visit("note", b.note);
}

}  // namespace lanekeeper::sale

namespace lanekeeper::json {
template <>
struct EnumNames<sale::WeightSource> {
  using W = sale::WeightSource;
  static constexpr std::pair<W, std::string_view> names[] = {
      {W::none, "none"}, {W::scale, "scale"}, {W::label, "label"}, {W::manual, "manual"}};
};
template <>
struct EnumNames<sale::ReturnedTo> {
  static constexpr std::pair<sale::ReturnedTo, std::string_view> names[] = {
      {sale::ReturnedTo::stock, "stock"}, {sale::ReturnedTo::waste, "waste"}, {sale::ReturnedTo::supplier, "supplier"}};
};
template <>
struct EnumNames<sale::TenderKind> {
  static constexpr std::pair<sale::TenderKind, std::string_view> names[] = {{sale::TenderKind::cash, "cash"},
                                                                            {sale::TenderKind::card, "card"},
                                                                            {sale::TenderKind::voucher, "voucher"},
                                                                            {sale::TenderKind::other, "other"}};
};
}  // namespace lanekeeper::json
