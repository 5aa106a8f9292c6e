#include "sale/retail_transaction.h"

#include <algorithm>
#include <tuple>

namespace lanekeeper::sale {
namespace {

tl::unexpected<Error> mismatch(std::string_view at) {
  return fail("sale.sum_mismatch", "The sums inside the sale do not agree. Look at the till's journal.",
              {{"at", std::string(at)}});
}

tl::unexpected<Error> bad_line(std::int64_t line) {
  return fail("sale.bad_line", "A line of the sale cannot be right. Look at the till's journal.",
              {{"line", std::to_string(line)}});
}

Money cash_tendered(const RetailTransaction& sale) {
  Money cash;
  for (const auto& tender : sale.tenders) {
    if (tender.kind == TenderKind::cash) cash += tender.amount;
  }
  return cash;
}

bool is_sound_return(const BasketLine& line) {
  return line.quantity < Quantity{} && line.fixed_amount && *line.fixed_amount <= Money{} &&
         line.returns->returned_before >= Quantity{} && line.returns->tax <= Money{};
}

bool is_sound(const BasketLine& line, bool may_return) {
  if (line.line <= 0 || line.item <= 0 || line.unit_price.is_negative()) return false;
  if (line.returns) return (may_return || gives_deposit_back(line)) && is_sound_return(line);
  return line.quantity > Quantity{} && !(line.fixed_amount && line.fixed_amount->is_negative());
}

// Missing: nothing was taken off, and the units speak for themselves.
bool units_add_up(const BasketLine& line, const PricedLine& priced) {
  if (!priced.units) return true;
  std::int64_t count = 0;
  Int128 sum = 0;
  for (const auto& run : *priced.units) {
    if (run.count <= 0 || run.net.is_negative()) return false;
    count += run.count;
    sum += Int128{run.net.minor()} * run.count;
    if (count > max_line_units) return false;
  }
  return Quantity::of_units(count) == line.quantity && sum == priced.net.minor();
}

Result<void> check_line(const BasketLine& line, const PricedLine& priced) {
  const auto at = [&](std::string_view what) {
    return mismatch("lines[" + std::to_string(line.line) + "]." + std::string(what));
  };
  const auto gross = line.fixed_amount ? Result<Money>(*line.fixed_amount) : multiply(line.unit_price, line.quantity);
  if (!gross || priced.gross != *gross) return at("gross");
  Money discount;
  for (const auto& part : priced.discounts) {
    if (part.amount <= Money{}) return at("discounts");
    discount += part.amount;
  }
  if (priced.net != priced.gross - discount || (priced.net.is_negative() && !line.returns)) return at("net");
  if (!units_add_up(line, priced)) return at("units");
  return {};
}

Result<void> check_lines(const RetailTransaction& sale) {
  if (sale.lines.size() > max_basket_lines) return mismatch("lines");
  auto priced = sale.priced.lines.begin();
  std::int64_t previous = 0;
  for (const auto& line : sale.lines) {
    if (!is_sound(line, sale.returned_sale || sale.blind_return) || line.line <= previous) return bad_line(line.line);
    previous = line.line;
    if (line.voided) continue;
    if (priced == sale.priced.lines.end() || priced->line != line.line) return bad_line(line.line);
    if (auto checked = check_line(line, *priced); !checked) return checked;
    ++priced;
  }
  if (priced != sale.priced.lines.end()) return bad_line(priced->line);
  if (sale.priced.lines.empty()) return fail("sale.no_lines", "The sale has no lines. Look at the till's journal.");
  return {};
}

struct Sums {
  Money gross;
  Money net;
  Money tax;
};

Sums sums_of_lines(const PricedBasket& priced) {
  Sums sums;
  for (const auto& line : priced.lines) {
    sums.gross += line.gross;
    sums.net += line.net;
    sums.tax += line.tax;
  }
  return sums;
}

// The same sums over the lines of one tax: those that were sold, or those that come back at the rate of their day.
Sums sums_of_tax(const std::vector<BasketLine>& lines, const PricedBasket& basket, const TaxTotal& total,
                 bool returned) {
  Sums sums;
  auto priced = basket.lines.begin();
  for (const auto& line : lines) {
    if (line.voided) continue;
    if (priced == basket.lines.end()) break;
    if (line.tax_category == total.tax_category && line.returns.has_value() == returned &&
        (!line.returns || line.returns->tax_rate == total.rate)) {
      sums.net += priced->net;
      sums.tax += priced->tax;
    }
    ++priced;
  }
  return sums;
}

bool sells(const std::vector<BasketLine>& lines, catalogue::TaxCategoryId category) {
  return std::any_of(lines.begin(), lines.end(), [category](const BasketLine& line) {
    return !line.voided && !line.returns && line.tax_category == category;
  });
}

// Whether prices include tax is not on the fact; the total tells: net, or net and tax. Where the tax of what comes back
// is the tax of what is sold, the two are the same, and the first tax says what it was reckoned on.
bool tax_on_top(const std::vector<BasketLine>& lines, const PricedBasket& priced) {
  if (priced.total != priced.net) return true;
  const TaxTotal* previous = nullptr;
  for (const auto& total : priced.taxes) {
    const bool second = previous != nullptr && previous->tax_category == total.tax_category;
    previous = &total;
    if (total.tax.is_zero()) continue;
    return total.taxable == sums_of_tax(lines, priced, total, second || !sells(lines, total.tax_category)).net;
  }
  return false;
}

Result<void> check_taxes(const RetailTransaction& sale) {
  const auto& priced = sale.priced;
  const Money tax_of_lines = sums_of_lines(priced).tax;
  const bool inclusive = !tax_on_top(sale.lines, priced);
  if (!inclusive && priced.total != priced.net + tax_of_lines) return mismatch("total");
  Money tax;
  std::tuple previous{catalogue::TaxCategoryId{INT64_MIN}, false, Rate{}};
  for (const auto& total : priced.taxes) {
    const auto at = "taxes[" + std::to_string(total.tax_category) + "]";
    // Of a category, what was sold stands first.
    const bool returned = std::get<0>(previous) == total.tax_category || !sells(sale.lines, total.tax_category);
    const std::tuple key{total.tax_category, returned, total.rate};
    if (key <= previous) return mismatch(at);
    previous = key;
    const auto lines = sums_of_tax(sale.lines, priced, total, returned);
    const Money expected_tax = returned    ? lines.tax
                               : inclusive ? tax_included(lines.net, total.rate)
                                           : share(lines.net, total.rate, Rounding::half_up);
    const Money expected_taxable = inclusive ? lines.net - expected_tax : lines.net;
    if (total.tax != expected_tax || lines.tax != expected_tax) return mismatch(at + ".tax");
    if (total.taxable != expected_taxable) return mismatch(at + ".taxable");
    tax += total.tax;
  }
  if (tax != tax_of_lines) return mismatch("taxes");
  return {};
}

Money given_back(const std::vector<BasketLine>& lines, const PricedBasket& priced, bool deposits) {
  const bool on_top = tax_on_top(lines, priced);
  Money sum;
  auto line = lines.begin();
  for (const auto& one : priced.lines) {
    while (line != lines.end() && line->line != one.line) ++line;
    if (line == lines.end()) return sum;
    if (line->returns && gives_deposit_back(*line) == deposits) sum -= on_top ? one.net + one.tax : one.net;
  }
  return sum;
}

Money paid_otherwise(const RetailTransaction& sale) {
  Money sum;
  for (const auto& tender : sale.tenders) {
    if (tender.kind != TenderKind::cash) sum += tender.amount;
  }
  return sum;
}

// Rounding is as the rule says, or there is none where somebody laid down the exact amount.
bool adjusted_by_rule(const RetailTransaction& sale) {
  const auto refund = refund_of(sale.lines, sale.priced);
  const auto total = sale.priced.total;
  if (sale.cash_adjustment ==
      cash_adjustment(sale.returned_sale, refund, total, paid_otherwise(sale), sale.cash_rounding)) {
    return true;
  }
  return sale.cash_adjustment == cash_adjustment(sale.returned_sale, refund, total, total, CashRounding::none);
}

Result<void> check_payment(const RetailTransaction& sale) {
  const Money total = sale.priced.total;
  if (!adjusted_by_rule(sale)) return mismatch("cash_adjustment");
  if (sale.payable != total + sale.cash_adjustment) return mismatch("payable");
  Money tendered;
  for (const auto& tender : sale.tenders) {
    const bool given_back = sale.payable.is_negative() && tender.kind != TenderKind::cash;
    if (tender.amount.is_zero() || tender.amount.is_negative() != given_back) return mismatch("tenders");
    tendered += tender.amount;
  }
  const Money paid_out = sale.payable.is_negative() ? paid_otherwise(sale) - sale.payable : Money{};
  const Money most_change = cash_tendered(sale) + paid_out;
  if (sale.change.is_negative() || sale.change > most_change) return mismatch("change");
  if (tendered - sale.change != sale.payable) return mismatch("tenders");
  return {};
}

Result<void> check_all(const RetailTransaction& sale) {
  if (auto lines = check_lines(sale); !lines) return lines;
  const auto sums = sums_of_lines(sale.priced);
  if (sale.priced.gross != sums.gross) return mismatch("gross");
  if (sale.priced.net != sums.net) return mismatch("net");
  if (sale.priced.discount != sums.gross - sums.net) return mismatch("discount");
  if (auto taxes = check_taxes(sale); !taxes) return taxes;
  return check_payment(sale);
}

}  // namespace

Money refund_adjustment(const ReturnedSale& returned, Money refund) {
  // What had been paid for the first `amount` of the total.
  const auto paid_for = [&](Money amount) {
    if (amount == returned.total || returned.cash_adjustment.is_zero()) return amount + returned.cash_adjustment;
    const auto rounded = amount + cash_rounding_adjustment(amount, returned.cash_rounding);
    return std::min(rounded, returned.total + returned.cash_adjustment);
  };
  const auto before = returned.refunded_before;
  const auto paid_before = before.is_zero() ? Money{} : paid_for(before);
  return refund - (paid_for(before + refund) - paid_before);
}

Money cash_adjustment(const std::optional<ReturnedSale>& returned, Money refund, Money total, Money not_cash,
                      CashRounding rounding) {
  Money adjustment;
  if (returned && refund > Money{}) adjustment = refund_adjustment(*returned, refund);
  const Money in_cash = total + adjustment - not_cash;
  if (in_cash > Money{}) return adjustment + cash_rounding_adjustment(in_cash, rounding);
  if (!returned && in_cash.is_negative()) return adjustment - cash_rounding_adjustment(-in_cash, rounding);
  return adjustment;
}

Money refund_of(const std::vector<BasketLine>& lines, const PricedBasket& priced) {
  return given_back(lines, priced, false);
}

Money deposits_back_of(const std::vector<BasketLine>& lines, const PricedBasket& priced) {
  return given_back(lines, priced, true);
}

Money sold_total(const RetailTransaction& sale) {
  return sale.priced.total + refund_of(sale.lines, sale.priced) + deposits_back_of(sale.lines, sale.priced);
}

Money sold_adjustment(const RetailTransaction& sale) {
  const auto refund = refund_of(sale.lines, sale.priced);
  if (refund + deposits_back_of(sale.lines, sale.priced) <= Money{}) return sale.cash_adjustment;
  const bool of_sale = sale.returned_sale && refund > Money{};
  const auto of_refund = of_sale ? refund_adjustment(*sale.returned_sale, refund) : Money{};
  // Where money was paid out all the rounding is the refund's.
  if (sale.priced.total + of_refund <= Money{}) return {};
  return sale.cash_adjustment - of_refund;
}

bool sells_goods(const RetailTransaction& sale) {
  return std::any_of(sale.lines.begin(), sale.lines.end(),
                     [](const BasketLine& line) { return !line.voided && !line.returns; });
}

std::optional<bool> excludes_tax(const RetailTransaction& sale) {
  const auto& taxes = sale.priced.taxes;
  const bool taxed =
      std::any_of(taxes.begin(), taxes.end(), [](const TaxTotal& total) { return !total.tax.is_zero(); });
  if (!taxed) return std::nullopt;
  return tax_on_top(sale.lines, sale.priced);
}

Basket basket_of(const RetailTransaction& sale) {
  Basket basket;
  basket.id = sale.id;
  basket.cashier = sale.cashier;
  basket.started_at = sale.started_at;
  basket.next_line = sale.lines.empty() ? 1 : sale.lines.back().line + 1;
  basket.lines = sale.lines;
  basket.tenders = sale.tenders;
  basket.age_refusals = sale.age_refusals;
  basket.promotions = sale.promotions;
  basket.member = sale.member;
  basket.coupons = sale.coupons;
  basket.discount = sale.discount;
  basket.returned_sale = sale.returned_sale;
  basket.blind_return = sale.blind_return;
  basket.approvals = sale.approvals;
  basket.note = sale.note;
  return basket;
}

Money drawer_cash(const RetailTransaction& sale) {
  return cash_tendered(sale) - sale.change;
}

Result<void> check_arithmetic(const RetailTransaction& sale) {
  try {
    return check_all(sale);
  } catch (const Fault&) {
    // What a till sends may hold any amounts; sums that leave 64 bits are wrong sums, not a fault of ours.
    return mismatch("overflow");
  }
}

}  // namespace lanekeeper::sale
