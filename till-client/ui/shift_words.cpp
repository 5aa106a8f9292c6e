#include "till_ui/shift_words.h"

#include <algorithm>

#include "till_ui/tender_desk.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::grouped_amount_text;
using widgets::to_utf8;
using widgets::to_wx;

namespace {

wxString grouped(Money amount) {
  return to_wx(grouped_amount_text(amount));
}

std::string_view part_of_day(const ZonedTime& opened_at) {
  const int hour = opened_at.local_minute_of_day() / 60;
  if (hour >= 4 && hour < 11) return "till.shift.early";
  if (hour >= 11 && hour < 17) return "till.shift.middle";
  return "till.shift.late";
}

wxString times(const Scene& scene, std::int64_t count) {
  return scene.text("till.shift.times", {{"count", std::to_string(count)}});
}

wxString sales(const Scene& scene, std::int64_t count) {
  return scene.text("till.shift.sales", {{"count", std::to_string(count)}});
}

wxString times_and_sum(const Scene& scene, std::int64_t count, const std::optional<Money>& sum) {
  wxString text = times(scene, count);
  if (sum && !sum->is_zero()) text += " " + grouped(*sum);
  return text;
}

std::vector<ReportWords::Way> ways(const Scene& scene, const std::vector<sale::TenderTotal>& totals) {
  std::vector<ReportWords::Way> rows;
  for (const auto& total : totals) {
    if (total.kind == sale::TenderKind::cash) continue;
    rows.push_back({way_name(scene, total.kind, total.method), sales(scene, total.count), grouped(total.amount),
                    total.amount.is_negative()});
  }
  return rows;
}

std::vector<ReportWords::OpenEnd> open_ends(const Scene& scene, const ViewClose& close) {
  std::vector<ReportWords::OpenEnd> ends;
  for (const Error& error : close.obstacles) {
    const std::string stem = "till." + error.code;
    ends.push_back({scene.say({stem + ".title", error.details, {}, "error." + error.code, error}),
                    scene.say({stem + ".note", error.details, {}, "till.close.note", std::nullopt})});
  }
  return ends;
}

}  // namespace

wxString way_name(const Scene& scene, sale::TenderKind kind, const std::optional<std::string>& method) {
  return scene.say(tender_words(scene.desk.lane(), kind, method));
}

wxString denomination_text(const Scene& scene, Money denomination) {
  const std::int64_t minor = denomination.minor();
  if (minor >= 100) return scene.text("till.count.yuan", {{"count", std::to_string(minor / 100)}});
  if (minor >= 10) return scene.text("till.count.jiao", {{"count", std::to_string(minor / 10)}});
  return scene.text("till.count.fen", {{"count", std::to_string(minor)}});
}

wxString shift_text(const Scene& scene, const ViewShift& shift) {
  return scene.text("till.shift.label", {{"part", scene.texts.text(part_of_day(shift.opened_at))},
                                         {"number", std::to_string(shift.number)}});
}

wxString shift_period(const Scene& scene, const ViewShift& shift) {
  return scene.text("till.shift.period", {{"part", scene.texts.text(part_of_day(shift.opened_at))},
                                          {"from", to_utf8(time_text(shift.opened_at))},
                                          {"to", to_utf8(time_text(scene.desk.lane().now()))}});
}

std::string z_number(std::int64_t number) {
  return fmt::format("Z-{:04}", number);
}

StepsWords close_steps(const Scene& scene, std::size_t current) {
  return {{scene.text("till.close.step_count"), scene.text("till.close.step_check"), scene.text("till.close.step_z")},
          current};
}

ReportWords report_words(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  ReportWords words;
  words.title = scene.text("till.report.title");
  if (!view.shift) return words;
  const ViewShift& shift = *view.shift;
  const sale::ShiftTotals& counters = shift.counters;
  words.period = shift_period(scene, shift);
  words.hidden = scene.text("till.report.hidden");
  const bool open = shift.totals.has_value();
  words.sums.push_back({scene.text("till.report.turnover"), sales(scene, counters.sale_count),
                        open ? grouped(shift.totals->turnover) : wxString(), !open});
  words.sums.push_back(
      {scene.text("till.tender.cash"), {}, open ? grouped(sale::expected_cash(*shift.totals)) : wxString(), !open});
  if (!open) words.note = scene.text("till.report.hidden_note");
  words.ways_title = scene.text("till.report.not_cash");
  words.no_ways = scene.text("till.report.only_cash");
  words.ways = ways(scene, shift.not_cash);
  if (view.close) words.open_ends = open_ends(scene, *view.close);

  const auto outbox = scene.desk.lane().outbox();
  const std::int64_t held = std::max<std::int64_t>(0, counters.suspended - counters.recalled);
  const auto sum = [&](Money sale::ShiftTotals::*figure) {
    return open ? std::optional<Money>((*shift.totals).*figure) : std::nullopt;
  };
  words.counters = {
      {scene.text("till.report.voided_lines"), times(scene, counters.voided_lines)},
      {scene.text("till.report.price_overrides"), times(scene, counters.price_overrides)},
      {scene.text("till.report.no_sales"), times(scene, counters.no_sales)},
      {scene.text("till.report.pick_ups"),
       times_and_sum(scene, counters.pick_up_count, sum(&sale::ShiftTotals::pick_ups))},
      {scene.text("till.report.held"), scene.text("till.report.baskets", {{"count", std::to_string(held)}}), held > 0},
      {scene.text("till.report.unsent"), sales(scene, outbox.unsent), outbox.unsent > 0},
  };
  return words;
}

FiguresWords figures_words(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  FiguresWords words;
  words.title = scene.text(view.close ? "till.z.title" : "till.report.figures");
  if (!view.shift) return words;
  const ViewShift& shift = *view.shift;
  const auto row = [&](std::string_view key, Money amount, i18n::Texts::Parameters parameters = {}) {
    words.rows.push_back({scene.text(key, parameters), grouped(amount), amount.is_negative()});
  };
  const sale::ShiftTotals& counters = shift.counters;
  if (shift.totals) {
    const sale::ShiftTotals& totals = *shift.totals;
    const auto count = [](std::int64_t n) { return i18n::Texts::Parameters{{"count", std::to_string(n)}}; };
    row("till.z.gross", totals.gross);
    row("till.z.discounts", -totals.discounts);
    row("till.z.returns", -totals.returns, count(totals.return_count));
    if (totals.deposits_back) {
      row("till.z.deposits_back", -*totals.deposits_back, count(totals.deposit_back_count.value_or(0)));
    }
    if (totals.sale_count > 0) {
      row("till.z.average", Money::of_minor(divide(totals.turnover.minor(), totals.sale_count, Rounding::half_up)));
    }
    Money tax;
    for (const auto& one : totals.taxes) tax += one.tax;
    row("till.z.tax", tax);
    if (!totals.cash_rounding.is_zero()) row("till.z.rounding", totals.cash_rounding);
    if (!totals.pick_ups.is_zero()) row("till.z.pick_ups", -totals.pick_ups, count(totals.pick_up_count));
    if (!totals.paid_in.is_zero()) row("till.z.paid_in", totals.paid_in, count(totals.paid_in_count));
    if (!totals.paid_out.is_zero()) row("till.z.paid_out", -totals.paid_out, count(totals.paid_out_count));
    if (!totals.loans.is_zero()) row("till.z.loans", totals.loans);
  }
  words.rows.push_back({scene.text("till.z.voids"),
                        scene.text("till.z.two_times", {{"first", std::to_string(counters.voided_lines)},
                                                        {"second", std::to_string(counters.price_overrides)}})});
  words.rows.push_back({scene.text("till.report.no_sales"), times(scene, counters.no_sales)});
  if (counters.reprints) words.rows.push_back({scene.text("till.report.reprints"), times(scene, *counters.reprints)});
  words.rows.push_back({scene.text("till.report.unsent"), sales(scene, scene.desk.lane().outbox().unsent)});
  return words;
}

CountRows count_rows(const Scene& scene, const ShiftDesk& shift) {
  CountRows rows{scene.text("till.count.value"), scene.text("till.count.count"), scene.text("till.count.amount")};
  for (const auto& row : shift.sheet().rows()) {
    const bool counted = row.count().has_value();
    rows.rows.push_back(
        {denomination_text(scene, row.denomination), to_wx(row.typed), counted ? grouped(row.amount()) : wxString()});
  }
  rows.selected = shift.sheet().selected();
  return rows;
}

namespace {

// Where the cash in the drawer came from: only what there was.
wxString cash_note(const Scene& scene, const sale::ShiftTotals& totals) {
  const auto signed_part = [&](std::string_view key, Money amount, bool taken) {
    if (amount.is_zero()) return wxString();
    return wxString::FromUTF8(taken ? " \xE2\x88\x92 " : " + ") +
           scene.text(key, {{"amount", grouped_amount_text(amount)}});
  };
  wxString note = scene.text("till.check.float", {{"amount", grouped_amount_text(totals.opening_float)}});
  note += signed_part("till.check.sales", sale::expected(totals, sale::TenderKind::cash, std::nullopt), false);
  note += signed_part("till.check.loans", totals.loans, false);
  note += signed_part("till.check.paid_in", totals.paid_in, false);
  note += signed_part("till.check.paid_out", totals.paid_out, true);
  note += signed_part("till.check.pick_ups", totals.pick_ups, true);
  return note;
}

wxString reason_text(const Scene& scene, const std::string& reason) {
  const std::string key = "till.check.reason." + reason;
  return scene.texts.has(key) ? scene.text(key) : to_wx(reason);
}

void judge(const Scene& scene, const ViewClose::Check& check, CheckRows::Row& row) {
  switch (ShiftDesk::verdict_of(check)) {
    case ShiftDesk::Verdict::equal:
      row.mark = CheckRows::Mark::equal;
      row.verdict = scene.text("till.check.equal");
      break;
    case ShiftDesk::Verdict::within: {
      row.mark = CheckRows::Mark::within;
      const auto& profile = scene.desk.lane().profile();
      const Money tolerance = profile && profile->till_policy ? profile->till_policy->difference_tolerance : Money();
      const bool whole = tolerance.minor() % 100 == 0;
      row.verdict = scene.text("till.check.within",
                               {{"amount", whole ? std::to_string(tolerance.minor() / 100) : tolerance.to_string()}});
      break;
    }
    case ShiftDesk::Verdict::wants_reason:
      row.mark = CheckRows::Mark::attention;
      row.verdict = scene.text("till.check.wants_reason");
      break;
    case ShiftDesk::Verdict::has_reason:
      row.mark = CheckRows::Mark::explained;
      row.verdict = reason_text(scene, check.check.reason.value_or(""));
      break;
  }
}

}  // namespace

CheckRows check_rows(const Scene& scene, const ShiftDesk& shift) {
  CheckRows rows{scene.text("till.check.way"), scene.text("till.check.expected"), scene.text("till.check.declared"),
                 scene.text("till.check.difference"), scene.text("till.check.verdict")};
  rows.selected = shift.selected_check();
  const RegisterView& view = shift.view();
  if (!view.close) return rows;
  for (std::size_t i = 0; i < view.close->checks.size(); ++i) {
    const ViewClose::Check& check = view.close->checks[i];
    CheckRows::Row row;
    row.name = way_name(scene, check.check.kind, check.check.method);
    row.expected = grouped(check.check.expected);
    row.declared = grouped(check.check.declared);
    row.difference = grouped(check.difference);
    row.below_zero = check.difference.is_negative();
    judge(scene, check, row);
    if (check.check.kind == sale::TenderKind::cash && view.shift && view.shift->totals) {
      row.note = cash_note(scene, *view.shift->totals);
    }
    if (i == rows.selected && shift.check_entry() == ShiftDesk::CheckEntry::declared) {
      row.typing = true;
      row.declared = to_wx(shift.typed());
    }
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

HintWords shift_hint(const Scene& scene, const ShiftDesk& shift, const wxString& hint) {
  HintWords words;
  auto notice = shift.notice();
  if (!notice) notice = scene.desk.notice();
  if (notice) {
    words = hint_words(scene, *notice);
  } else {
    words.note = hint;
  }
  return words;
}

}  // namespace lanekeeper::till::ui
