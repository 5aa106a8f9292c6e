#include "sale/retail_transaction.h"

#include <algorithm>

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

bool is_sound(const BasketLine& line) {
  return line.line > 0 && line.item > 0 && line.quantity > Quantity{} && !line.unit_price.is_negative() &&
         !(line.fixed_amount && line.fixed_amount->is_negative());
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
  if (priced.net != priced.gross - discount || priced.net.is_negative()) return at("net");
  return {};
}

Result<void> check_lines(const RetailTransaction& sale) {
  if (sale.lines.size() > max_basket_lines) return mismatch("lines");
  auto priced = sale.priced.lines.begin();
  std::int64_t previous = 0;
  for (const auto& line : sale.lines) {
    if (!is_sound(line) || line.line <= previous) return bad_line(line.line);
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

// The same sums over the lines of one tax category.
Sums sums_of_category(const RetailTransaction& sale, catalogue::TaxCategoryId category) {
  Sums sums;
  auto priced = sale.priced.lines.begin();
  for (const auto& line : sale.lines) {
    if (line.voided) continue;
    if (line.tax_category == category) {
      sums.net += priced->net;
      sums.tax += priced->tax;
    }
    ++priced;
  }
  return sums;
}

// Whether prices include tax is not on the fact; the total tells: net, or net and tax.
Result<void> check_taxes(const RetailTransaction& sale) {
  const auto& priced = sale.priced;
  const Money tax_of_lines = sums_of_lines(priced).tax;
  const bool inclusive = priced.total == priced.net;
  if (!inclusive && priced.total != priced.net + tax_of_lines) return mismatch("total");
  Money tax;
  catalogue::TaxCategoryId previous = INT64_MIN;
  for (const auto& total : priced.taxes) {
    const auto at = "taxes[" + std::to_string(total.tax_category) + "]";
    if (total.tax_category <= previous) return mismatch(at);
    previous = total.tax_category;
    const auto lines = sums_of_category(sale, total.tax_category);
    const Money expected_tax =
        inclusive ? tax_included(lines.net, total.rate) : share(lines.net, total.rate, Rounding::half_up);
    const Money expected_taxable = inclusive ? lines.net - expected_tax : lines.net;
    if (total.tax != expected_tax || lines.tax != expected_tax) return mismatch(at + ".tax");
    if (total.taxable != expected_taxable) return mismatch(at + ".taxable");
    tax += total.tax;
  }
  if (tax != tax_of_lines) return mismatch("taxes");
  return {};
}

Result<void> check_payment(const RetailTransaction& sale) {
  const Money total = sale.priced.total;
  const bool rounded_by_rule = sale.cash_adjustment == cash_rounding_adjustment(total, sale.cash_rounding);
  if (!sale.cash_adjustment.is_zero() && !rounded_by_rule) return mismatch("cash_adjustment");
  if (sale.payable != total + sale.cash_adjustment) return mismatch("payable");
  Money tendered;
  for (const auto& tender : sale.tenders) {
    if (tender.amount <= Money{}) return mismatch("tenders");
    tendered += tender.amount;
  }
  if (sale.change.is_negative() || sale.change > cash_tendered(sale)) return mismatch("change");
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
