#include "office_ui/receipt_sheet.h"

namespace lanekeeper::office {

using widgets::FactSheet;
using widgets::Icon;
using widgets::to_utf8;
using widgets::to_wx;
using Row = FactSheet::Row;
using Kind = FactSheet::Kind;

namespace {

Row fact(const wxString& label, const wxString& value) {
  Row row;
  row.kind = Kind::fact;
  row.label = label;
  row.value = value;
  return row;
}

Row bare(Kind kind, const wxString& label = wxString()) {
  Row row;
  row.kind = kind;
  row.label = label;
  return row;
}

const sale::PricedLine* priced(const sale::RetailTransaction& sale, std::int64_t line) {
  for (const auto& candidate : sale.priced.lines) {
    if (candidate.line == line) return &candidate;
  }
  return nullptr;
}

wxString quantity_words(const sale::BasketLine& line, const Words& words) {
  const bool weighed = line.unit == catalogue::UnitOfMeasure::kilogram;
  return words(weighed ? "receipt.weighed" : "receipt.pieces",
               {{"quantity", to_utf8(words.quantity(line.quantity, weighed))},
                {"price", to_utf8(words.amount(line.unit_price))},
                {"code", line.code}});
}

Row line_row(const sale::RetailTransaction& sale, const sale::BasketLine& line, const Words& words) {
  Row row;
  row.kind = Kind::item;
  const bool english = words.language() == i18n::Language::en && !line.name_en.empty();
  row.label = to_wx(english ? line.name_en : line.name);
  row.note = quantity_words(line, words);
  if (line.price_override) {
    row.note +=
        "\n" + words("receipt.overridden", {{"price", to_utf8(words.amount(line.price_override->regular_unit_price))}});
  }
  if (line.voided) {
    row.struck = true;
    row.note = words("receipt.voided");
    row.value = wxString();
  } else if (const auto* amount = priced(sale, line.line)) {
    row.value = words.amount(amount->net);
  }
  return row;
}

void add_totals(std::vector<Row>& rows, const sale::RetailTransaction& sale, const Words& words) {
  rows.push_back(bare(Kind::rule));
  if (!sale.priced.discount.is_zero()) {
    rows.push_back(fact(words("receipt.gross"), words.amount(sale.priced.gross)));
    rows.push_back(fact(words("receipt.discount"), words.amount(-sale.priced.discount)));
  }
  if (!sale.cash_adjustment.is_zero()) {
    rows.push_back(fact(words("receipt.rounding"), words.amount(sale.cash_adjustment)));
  }
  Row total = bare(Kind::total, words("receipt.payable"));
  total.value = words.sum(sale.payable);
  rows.push_back(total);
  for (const auto& tender : sale.tenders) {
    rows.push_back(
        fact(words("tender." + json::to_value(tender.kind).get<std::string>()), words.amount(tender.amount)));
  }
  if (!sale.change.is_zero()) rows.push_back(fact(words("receipt.change"), words.amount(sale.change)));
  if (sale.priced.taxes.empty()) return;
  rows.push_back(bare(Kind::rule));
  for (const auto& tax : sale.priced.taxes) {
    rows.push_back(fact(words("receipt.tax", {{"letter", tax.letter},
                                              {"rate", tax.rate.to_percent_string()},
                                              {"taxable", to_utf8(words.amount(tax.taxable))}}),
                        words.amount(tax.tax)));
  }
}

void add_exceptions(std::vector<Row>& rows, const protocol::SaleDetail& detail, const Words& words) {
  for (const auto& exception : detail.exceptions) {
    Row row;
    row.kind = Kind::item;
    row.icon = Icon::alert;
    row.tone = FactSheet::Tone::attention;
    row.label = words.exception(exception.code);
    row.note = words.error(protocol::from_body(exception));
    rows.push_back(row);
  }
  if (!detail.exceptions.empty()) rows.push_back(bare(Kind::rule));
}

}  // namespace

std::vector<Row> receipt_rows(const protocol::SaleDetail& detail, const Words& words) {
  const auto& sale = detail.sale;
  std::vector<Row> rows;
  add_exceptions(rows, detail, words);
  for (const auto& line : sale.lines) rows.push_back(line_row(sale, line, words));
  add_totals(rows, sale, words);
  rows.push_back(bare(Kind::rule));
  rows.push_back(fact(words("receipt.business_date"), words.date(sale.business_date)));
  rows.push_back(fact(words("receipt.completed"), to_wx(sale.completed_at.local_time_hms())));
  rows.push_back(fact(words("receipt.received"), to_wx(detail.summary.received_at.local_time_hms())));
  rows.push_back(fact(words("receipt.cashier"), to_wx(detail.summary.cashier_name)));
  rows.push_back(fact(words("receipt.software"), to_wx(sale.software)));
  rows.push_back(fact(words("receipt.sequence"), words.count(detail.summary.sequence)));
  return rows;
}

}  // namespace lanekeeper::office
