#include "office_ui/shift_sheet.h"

#include <fmt/format.h>

namespace lanekeeper::office {

using protocol::ShiftState;
using widgets::FactSheet;
using widgets::Icon;
using widgets::to_utf8;
using widgets::to_wx;
using Row = FactSheet::Row;
using Kind = FactSheet::Kind;
using Tone = FactSheet::Tone;

namespace {

class ShiftSheet {
 public:
  ShiftSheet(const protocol::ShiftSummary& shift, const Words& words,
             const std::vector<protocol::TenderMethod>& methods, const ZonedTime& now)
      : shift_(shift), words_(words), methods_(methods), now_(now) {}

  std::vector<Row> rows() {
    state();
    if (shift_.closing) {
      turnover(shift_.closing->totals);
      checks(*shift_.closing);
      drawer(*shift_.closing);
      taxes(shift_.closing->totals);
      acts(shift_.closing->totals);
    } else {
      heading("shifts.cash");
      fact("shifts.float", shift_.opening_float);
    }
    people();
    return std::move(rows_);
  }

 private:
  Row& add(Kind kind, const wxString& label = wxString(), const wxString& value = wxString()) {
    Row& row = rows_.emplace_back();
    row.kind = kind;
    row.label = label;
    row.value = value;
    return row;
  }
  void heading(std::string_view key) {
    if (!rows_.empty()) add(Kind::rule);
    add(Kind::heading, words_(key));
  }
  void fact(std::string_view key, const wxString& value, Tone tone = Tone::normal) {
    add(Kind::fact, words_(key), value).tone = tone;
  }
  void fact(std::string_view key, Money amount) { fact(key, words_.sum(amount)); }
  void fact_unless_zero(std::string_view key, Money amount) {
    if (!amount.is_zero()) fact(key, amount);
  }
  void fact_unless_zero(std::string_view key, std::int64_t count) {
    if (count != 0) fact(key, words_.count(count));
  }

  Row& remark(std::string_view key, std::string_view note, Icon icon) {
    Row& row = add(Kind::item, words_(key));
    row.note = words_(note);
    row.icon = icon;
    return row;
  }
  void warning(std::string_view key, std::string_view note) { remark(key, note, Icon::alert).tone = Tone::attention; }

  // The server adds every Z up anew from the entries that have arrived.
  void state() {
    if (shift_.state == ShiftState::open) remark("shifts.is_open", "shifts.is_open_note", Icon::clock);
    if (shift_.state == ShiftState::incomplete) warning("shifts.incomplete", "shifts.incomplete_note");
    loss();
    if (shift_.state != ShiftState::differs || !shift_.closing) return;
    warning("shifts.differs", "shifts.differs_note");
    const auto compare = [this](std::string_view key, Money by_till, const std::optional<Money>& found) {
      if (!found || *found == by_till) return;
      fact(key,
           words_("shifts.till_and_server",
                  {{"till", to_utf8(words_.sum(by_till))}, {"server", to_utf8(words_.sum(*found))}}),
           Tone::attention);
    };
    compare("shifts.turnover", shift_.closing->totals.turnover, shift_.found_turnover);
    compare("shifts.expected_cash", shift_.expected_cash.value_or(Money()), shift_.found_cash);
  }

  void loss() {
    if (!shift_.loss) return;
    const bool came_back = shift_.state != ShiftState::lost;
    warning("shifts.lost", came_back ? "shifts.lost_came_back" : "shifts.lost_note");
    fact("shifts.lost_by",
         words_("shifts.by", {{"name", shift_.loss->by}, {"time", to_utf8(words_.moment(shift_.loss->at, now_))}}));
    add(Kind::text, words_("shifts.because", {{"reason", shift_.loss->reason}}));
  }

  void turnover(const sale::ShiftTotals& totals) {
    heading("shifts.sales");
    fact("shifts.sale_count", words_.count(totals.sale_count));
    fact_unless_zero("shifts.return_count", totals.return_count);
    if (const auto range = receipt_range(totals); !range.empty()) fact("shifts.receipts", range);
    fact("shifts.gross", totals.gross);
    fact_unless_zero("shifts.discounts", -totals.discounts);
    fact_unless_zero("shifts.returns", -totals.returns);
    fact_unless_zero("shifts.deposits_back", -totals.deposits_back.value_or(Money()));
    fact_unless_zero("shifts.tax_on_top", totals.tax_on_top);
    add(Kind::total, words_("shifts.turnover"), words_.sum(totals.turnover));
    fact_unless_zero("shifts.rounding", totals.cash_rounding);
  }

  [[nodiscard]] wxString tender_name(sale::TenderKind kind, const std::optional<std::string>& code) const {
    for (const auto& method : methods_) {
      if (method.code != code.value_or("")) continue;
      const bool english = words_.language() == i18n::Language::en && !method.name_en.empty();
      return to_wx(english ? method.name_en : method.name);
    }
    if (code) return to_wx(*code);
    return words_("tender." + json::to_value(kind).get<std::string>());
  }

  [[nodiscard]] wxString reason_words(const std::string& reason) const {
    const std::string key = "shifts.reason." + reason;
    return words_.has(key) ? words_(key) : to_wx(reason);
  }

  void checks(const sale::ShiftClosing& closing) {
    heading("shifts.by_means");
    for (const auto& check : closing.checks) {
      Row& row = add(Kind::item, tender_name(check.kind, check.method));
      row.note = words_("shifts.check", {{"expected", to_utf8(words_.sum(check.expected))},
                                         {"declared", to_utf8(words_.sum(check.declared))}});
      if (check.reason) row.note += "\n" + words_("shifts.because", {{"reason", to_utf8(reason_words(*check.reason))}});
      const Money difference = check.declared - check.expected;
      row.value = difference.is_zero() ? words_("shifts.agrees") : words_.signed_sum(difference);
      row.tone = difference.is_zero() ? Tone::quiet : Tone::attention;
    }
    for (const auto& tender : closing.totals.tenders) {
      add(Kind::fact,
          words_("shifts.tender_count",
                 {{"name", to_utf8(tender_name(tender.kind, tender.method))}, {"count", std::to_string(tender.count)}}),
          words_.sum(tender.amount));
    }
  }

  void drawer(const sale::ShiftClosing& closing) {
    const auto& totals = closing.totals;
    heading("shifts.cash");
    fact("shifts.float", totals.opening_float);
    fact_unless_zero("shifts.loans", totals.loans);
    fact_unless_zero("shifts.paid_in", totals.paid_in);
    fact_unless_zero("shifts.paid_out", -totals.paid_out);
    fact_unless_zero("shifts.pick_ups", -totals.pick_ups);
    fact("shifts.expected_cash", shift_.expected_cash.value_or(Money()));
    fact("shifts.counted_cash", shift_.counted_cash.value_or(Money()));
    fact("shifts.left", closing.left_in_drawer);
    fact_unless_zero("shifts.recounts", closing.recounts);
    wxString counts;
    for (const auto& count : closing.counts) {
      if (count.count == 0) continue;
      if (!counts.empty()) counts += words_("list_comma");
      counts += words_("shifts.pieces",
                       {{"denomination", count.denomination.to_string()}, {"count", std::to_string(count.count)}});
    }
    if (!counts.empty()) add(Kind::text, words_("shifts.counted", {{"counts", to_utf8(counts)}}));
  }

  void taxes(const sale::ShiftTotals& totals) {
    if (totals.taxes.empty()) return;
    heading("shifts.taxes");
    for (const auto& tax : totals.taxes) {
      add(Kind::fact,
          words_("receipt.tax", {{"letter", tax.letter},
                                 {"rate", tax.rate.to_percent_string()},
                                 {"taxable", to_utf8(words_.sum(tax.taxable))}}),
          words_.sum(tax.tax));
    }
  }

  void acts(const sale::ShiftTotals& totals) {
    heading("shifts.acts");
    fact("shifts.no_sales", words_.count(totals.no_sales));
    fact("shifts.voided_lines", words_.count(totals.voided_lines));
    fact("shifts.voided_baskets", words_.count(totals.voided_baskets));
    fact("shifts.price_overrides", words_.count(totals.price_overrides));
    fact("shifts.manual_discounts", words_.count(totals.manual_discounts));
    fact_unless_zero("shifts.suspended", totals.suspended);
    fact_unless_zero("shifts.recalled", totals.recalled);
    fact_unless_zero("shifts.reprints", totals.reprints.value_or(0));
  }

  void people() {
    heading("shifts.people");
    fact("receipt.business_date", words_.date(shift_.business_date));
    if (shift_.opened_at) {
      fact("shifts.opened", words_("shifts.by", {{"name", shift_.opened_by},
                                                 {"time", to_utf8(words_.moment(*shift_.opened_at, now_))}}));
    } else {
      fact("shifts.opened", words_("shifts.not_arrived"), Tone::attention);
    }
    if (shift_.closed_at) {
      fact("shifts.closed", words_("shifts.by", {{"name", shift_.closed_by.value_or(std::string())},
                                                 {"time", to_utf8(words_.moment(*shift_.closed_at, now_))}}));
    }
    if (!shift_.closing) return;
    fact_unless_zero("shifts.unsent", shift_.closing->unsent);
    for (const auto& code : shift_.closing->open_ends.value_or(std::vector<std::string>())) {
      const std::string key = "shifts.open_end." + code;
      add(Kind::text, words_.has(key) ? words_(key) : to_wx(code)).tone = Tone::attention;
    }
  }

  const protocol::ShiftSummary& shift_;
  const Words& words_;
  const std::vector<protocol::TenderMethod>& methods_;
  const ZonedTime& now_;
  std::vector<Row> rows_;
};

}  // namespace

wxString receipt_range(const sale::ShiftTotals& totals) {
  if (totals.first_receipt == 0) return {};
  return to_wx(fmt::format("{:06}–{:06}", totals.first_receipt, totals.last_receipt));
}

std::vector<Row> shift_rows(const protocol::ShiftSummary& shift, const Words& words,
                            const std::vector<protocol::TenderMethod>& methods, const ZonedTime& now) {
  return ShiftSheet(shift, words, methods, now).rows();
}

}  // namespace lanekeeper::office
