// A completed sale with what has come back of it so far: what a return is rung from.
#pragma once

#include <cstdint>
#include <vector>

#include "sale/retail_transaction.h"

namespace lanekeeper::sale {

struct ReturnedLine {
  std::int64_t line = 0;  // of the sale
  Quantity quantity;      // came back so far, > 0
  Money amount;           // that was given back for it, > 0 or zero: net, without tax on top
  bool operator==(const ReturnedLine&) const = default;
};
template <class V>
void describe(V& visit, ReturnedLine& l) {
  visit("line", l.line);
  visit("quantity", l.quantity);
  visit("amount", l.amount);
}

struct ReturnableSale {
  RetailTransaction sale;
  std::vector<ReturnedLine> returned;  // by line; those of which something came back
  Money refunded;                      // of sold_total(): nets, and the tax on top where prices exclude it
  // Known only to this till: returns at other tills may be missing, and are found out when this one arrives.
  bool may_be_incomplete = false;
  // What went back other than in cash so far, or in cash instead of it, by kind and method, > 0. Missing: nothing did.
  std::optional<std::vector<Tender>> refunded_otherwise = std::nullopt;
  bool operator==(const ReturnableSale&) const = default;
};
template <class V>
void describe(V& visit, ReturnableSale& s) {
  visit("sale", s.sale);
  visit("returned", s.returned);
  visit("refunded", s.refunded);
  visit("may_be_incomplete", s.may_be_incomplete);
  visit("refunded_otherwise", s.refunded_otherwise);
}

}  // namespace lanekeeper::sale
