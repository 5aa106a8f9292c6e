#include "services/return_check.h"

#include <algorithm>
#include <map>

#include "access/permissions.h"
#include "pricing/refund.h"

namespace lanekeeper::services {

namespace {

template <class Line>
const Line* find_line(const std::vector<Line>& lines, std::int64_t number) {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const Line& line) { return line.line == number; });
  return found == lines.end() ? nullptr : &*found;
}

std::string in_text(std::int64_t number) {
  return std::to_string(number);
}

void check_line(const sale::ReturnableSale& sold, const sale::BasketLine& back, Quantity before,
                std::vector<ExceptionDraft>& exceptions) {
  const auto& returns = *back.returns;
  const auto quantity = -back.quantity;
  const auto* line = find_line(sold.sale.lines, returns.line);
  const auto* priced = find_line(sold.sale.priced.lines, returns.line);
  const bool was_sold = line != nullptr && priced != nullptr && line->item == back.item && !line->returns;
  const auto sold_quantity = was_sold ? line->quantity : Quantity{};
  if (before + quantity > sold_quantity) {
    exceptions.push_back({"return.more_than_sold",
                          "More came back than was sold and had not come back yet. Look at both receipts and who took "
                          "the goods back.",
                          {{"line", in_text(back.line)},
                           {"number", back.item_number},
                           {"sold", sold_quantity.to_string()},
                           {"before", before.to_string()},
                           {"returned", quantity.to_string()}}});
  }
  if (!was_sold) return;
  const auto refund = pricing::refund_line(*line, *priced, returns.returned_before, quantity);
  const auto given = -back.fixed_amount.value_or(Money{});
  if (refund && refund->amount == given && refund->tax == -returns.tax) return;
  exceptions.push_back({"return.amount_differs",
                        "Another amount went back than was paid for these goods. Look at both receipts.",
                        {{"line", in_text(back.line)},
                         {"number", back.item_number},
                         {"given", given.to_string()},
                         {"right", refund ? refund->amount.to_string() : refund.error().code}}});
}

void check_sale(const sale::ReturnableSale& sold, const sale::ReturnedSale& named,
                std::vector<ExceptionDraft>& exceptions) {
  const auto differs = [&](const char* at, const std::string& recorded, const std::string& told) {
    exceptions.push_back(
        {"return.refunded_differs",
         "The return says something else about its sale than is recorded here. Look whether goods came "
         "back at two tills at once.",
         {{"at", at}, {"recorded", recorded}, {"named", told}}});
  };
  const auto& original = sold.sale;
  if (named.till != original.till) differs("till", in_text(original.till), in_text(named.till));
  if (named.receipt_number != original.receipt_number) {
    differs("receipt_number", in_text(original.receipt_number), in_text(named.receipt_number));
  }
  const auto total = sale::sold_total(original);
  if (named.total != total) differs("total", total.to_string(), named.total.to_string());
  const auto adjustment = sale::sold_adjustment(original);
  if (named.cash_rounding != original.cash_rounding || named.cash_adjustment != adjustment) {
    differs("cash_adjustment", adjustment.to_string(), named.cash_adjustment.to_string());
  }
  if (named.refunded_before != sold.refunded) {
    differs("refunded_before", sold.refunded.to_string(), named.refunded_before.to_string());
  }
}

bool is_allowed(const sale::RetailTransaction& back, const sale::CashInstead& instead) {
  constexpr auto permission = access::Permission::refund_in_cash;
  return back.approvals && instead.approved_by != back.cashier &&
         std::any_of(back.approvals->begin(), back.approvals->end(), [&](const sale::Approval& approval) {
           return approval.permission == access::name_of(permission) && approval.approved_by == instead.approved_by;
         });
}

// Cash may stand in for a card that is not there any more, where somebody else allowed it; nothing else may.
void check_cash(const sale::ReturnableSale& sold, const sale::RetailTransaction& back,
                std::vector<ExceptionDraft>& exceptions) {
  const auto& paid_by = sold.sale.tenders;
  const bool all_cash = std::all_of(paid_by.begin(), paid_by.end(),
                                    [](const auto& tender) { return tender.kind == sale::TenderKind::cash; });
  if (all_cash || !back.priced.total.is_negative() || back.change <= Money{}) return;
  const auto& named = *back.returned_sale;
  const Money rest = named.total - sold.refunded;
  Money in_cash = rest.is_zero() ? Money{} : rest - sale::refund_adjustment(named, rest);
  for (const auto& tender : paid_by) {
    if (tender.kind != sale::TenderKind::cash) in_cash -= tender.amount;
  }
  for (const auto& tender : sold.refunded_otherwise.value_or(std::vector<sale::Tender>())) in_cash += tender.amount;
  Money allowed = std::max(in_cash, Money{}) + sale::deposits_back_of(back.lines, back.priced);
  if (back.cash_instead && is_allowed(back, *back.cash_instead)) {
    for (const auto& way : back.cash_instead->of) allowed += way.amount;
  }
  if (back.change <= allowed) return;
  exceptions.push_back({"return.too_much_cash",
                        "More cash went back than was paid in cash, and nobody allowed it. Look at both receipts.",
                        {{"cash", back.change.to_string()}, {"allowed", allowed.to_string()}}});
}

void check_tenders(const sale::ReturnableSale& sold, const sale::RetailTransaction& back,
                   std::vector<ExceptionDraft>& exceptions) {
  const auto same_way = [](const sale::Tender& a, const sale::Tender& b) {
    return a.kind == b.kind && a.method == b.method;
  };
  // As if it had gone back by the way for which cash stood in.
  std::vector<sale::Tender> given = back.tenders;
  if (back.cash_instead) {
    for (const auto& way : back.cash_instead->of) {
      given.push_back({way.kind, -way.amount, {}, way.method, {}, {}});
    }
  }
  const auto sum = [&](const std::vector<sale::Tender>& tenders, const sale::Tender& way) {
    Money amount;
    for (const auto& one : tenders) {
      if (same_way(one, way)) amount += one.amount;
    }
    return amount;
  };
  for (auto tender = given.begin(); tender != given.end(); ++tender) {
    if (!tender->amount.is_negative()) continue;
    const bool told = std::any_of(given.begin(), tender,
                                  [&](const auto& one) { return one.amount.is_negative() && same_way(one, *tender); });
    if (told) continue;
    const Money paid = sum(sold.sale.tenders, *tender);
    const Money before = sold.refunded_otherwise ? sum(*sold.refunded_otherwise, *tender) : Money{};
    const Money refunded = before - sum(given, *tender);
    if (refunded > paid) exceptions.push_back(refunded_too_much(*tender, paid, refunded));
  }
}

}  // namespace

ExceptionDraft refunded_too_much(const sale::Tender& tender, Money paid, Money refunded) {
  return {"tender.refund_too_much",
          "More went back by this way of paying than was paid by it. Look at both receipts.",
          {{"kind", json::to_value(tender.kind).get<std::string>()},
           {"method", tender.method.value_or(std::string())},
           {"paid", paid.to_string()},
           {"refunded", refunded.to_string()}}};
}

std::vector<ExceptionDraft> check_return(const sale::ReturnableSale& sold, const sale::RetailTransaction& back) {
  std::vector<ExceptionDraft> exceptions;
  if (!back.returned_sale) return exceptions;
  check_sale(sold, *back.returned_sale, exceptions);
  check_tenders(sold, back, exceptions);
  check_cash(sold, back, exceptions);
  std::map<std::int64_t, Quantity> before;
  for (const auto& line : sold.returned) before[line.line] = line.quantity;
  for (const auto& line : back.lines) {
    if (line.voided || !line.returns || sale::gives_deposit_back(line)) continue;
    auto& until_now = before[line.returns->line];
    check_line(sold, line, until_now, exceptions);
    until_now += -line.quantity;
  }
  if (exceptions.size() > max_return_exceptions) exceptions.resize(max_return_exceptions);
  return exceptions;
}

}  // namespace lanekeeper::services
