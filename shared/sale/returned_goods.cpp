#include "sale/returned_goods.h"

#include <algorithm>

namespace lanekeeper::sale {

namespace {

Money net_of(const RetailTransaction& sale, std::int64_t line) {
  const auto& lines = sale.priced.lines;
  const auto priced = std::find_if(lines.begin(), lines.end(), [&](const PricedLine& one) { return one.line == line; });
  return priced == lines.end() ? Money{} : priced->net;
}

ReturnedLine& entry_for(std::vector<ReturnedLine>& returned, std::int64_t line) {
  const auto at = std::lower_bound(returned.begin(), returned.end(), line,
                                   [](const ReturnedLine& one, std::int64_t wanted) { return one.line < wanted; });
  if (at != returned.end() && at->line == line) return *at;
  return *returned.insert(at, ReturnedLine{line, {}, {}});
}

void note_refund(ReturnableSale& sold, TenderKind kind, const std::optional<std::string>& method, Money amount) {
  auto& refunds = sold.refunded_otherwise ? *sold.refunded_otherwise : sold.refunded_otherwise.emplace();
  for (auto& known : refunds) {
    if (known.kind != kind || known.method != method) continue;
    known.amount += amount;
    return;
  }
  refunds.push_back({kind, amount, {}, method, {}, {}});
}

}  // namespace

void note_return(ReturnableSale& sold, const RetailTransaction& back) {
  if (!back.returned_sale || back.returned_sale->sale != sold.sale.id) return;
  for (const auto& line : back.lines) {
    if (line.voided || !line.returns || gives_deposit_back(line)) continue;
    auto& entry = entry_for(sold.returned, line.returns->line);
    entry.quantity = entry.quantity - line.quantity;
    entry.amount = entry.amount - net_of(back, line.line);
  }
  sold.refunded += refund_of(back.lines, back.priced);
  for (const auto& tender : back.tenders) {
    if (tender.amount.is_negative()) note_refund(sold, tender.kind, tender.method, -tender.amount);
  }
  if (!back.cash_instead) return;
  for (const auto& way : back.cash_instead->of) note_refund(sold, way.kind, way.method, way.amount);
}

}  // namespace lanekeeper::sale
