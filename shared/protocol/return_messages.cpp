#include "protocol/return_messages.h"

#include <algorithm>

namespace lanekeeper::protocol {

namespace {

bool is_sold(const sale::BasketLine& line) {
  return !line.voided && !line.returns;
}

bool has_left(const sale::ReturnableSale& sold, const sale::BasketLine& line) {
  const auto back = std::find_if(sold.returned.begin(), sold.returned.end(),
                                 [&line](const sale::ReturnedLine& one) { return one.line == line.line; });
  return back == sold.returned.end() || back->quantity < line.quantity;
}

}  // namespace

bool fits(const SaleSearch& search, const sale::RetailTransaction& sale) {
  if (sale.business_date < search.from || search.to < sale.business_date || !sale::sells_goods(sale)) return false;
  if (search.till && sale.till != *search.till) return false;
  if (search.amount && sale.payable != *search.amount) return false;
  if (search.member && (!sale.member || sale.member->id != *search.member)) return false;
  return !search.item || std::any_of(sale.lines.begin(), sale.lines.end(), [&search](const sale::BasketLine& line) {
    return is_sold(line) && line.item == *search.item;
  });
}

FoundSale found_sale(const sale::ReturnableSale& sold) {
  const auto& sale = sold.sale;
  FoundSale found{sale.till, sale.receipt_number, sale.business_date, sale.completed_at, sale.payable, 0, {}, {},
                  false};
  if (sale.member) found.member_name = sale.member->name;
  for (const auto& line : sale.lines) {
    if (!is_sold(line)) continue;
    ++found.line_count;
    if (found.goods.size() < max_found_names) found.goods.push_back({line.name, line.name_en});
    found.left = found.left || has_left(sold, line);
  }
  return found;
}

}  // namespace lanekeeper::protocol
