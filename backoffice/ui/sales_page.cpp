#include "office_ui/sales_page.h"

#include <wx/wrapsizer.h>

#include <fmt/format.h>

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"
#include "office_ui/receipt_sheet.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::Icon;
using widgets::StatCard;
using widgets::TableCell;
using widgets::TagKind;
using widgets::theme;
using widgets::to_wx;
using widgets::Weight;

namespace {

// A receipt that took longer than this to arrive was rung while the till had no connection.
constexpr std::int64_t late_ms = 2 * 60 * 1000;

}  // namespace

SalesPage::SalesPage(wxWindow* parent, Shell& around) : Page(parent, around) {
  left_ = new wxPanel(this);
  left_->SetBackgroundColour(GetBackgroundColour());
  sum_ = new StatCard(left_);
  receipts_ = new StatCard(left_);
  average_ = new StatCard(left_);
  exceptions_ = new StatCard(left_);
  auto cards = row_of(left_, 12);
  for (StatCard* card : {sum_, receipts_, average_, exceptions_}) cards.add(card, 1);

  chip_row_ = new wxPanel(left_);
  chip_row_->SetBackgroundColour(GetBackgroundColour());
  chip_row_->SetSizer(new wxBoxSizer(wxHORIZONTAL));
  live_ = new widgets::Label(left_, wxString(), {14, Weight::regular, theme().ink_quiet}, Align::right);
  auto filters = row_of(left_, 8);
  filters.add(chip_row_, 1).add(live_);

  table_ = new widgets::TableView(left_, words()("sales.title"),
                                  {{words()("sales.time"), 76, 0, Align::left, 0},
                                   {words()("sales.till"), 84, 0, Align::left, 0},
                                   {words()("sales.receipt"), 92, 1, Align::left, 0},
                                   {words()("sales.cashier"), 96, 1.5, Align::left, 1},
                                   {words()("sales.lines"), 66, 0, Align::right, 2},
                                   {words()("sales.amount"), 104, 0, Align::right, 0},
                                   {words()("sales.state"), 100, 0.5, Align::left, 0}},
                                  {[this](std::size_t row, std::size_t column) { return cell(row, column); },
                                   [this](std::size_t row) {
                                     widgets::TableRowLook look;
                                     const auto& sale = office().sales().sales()[row];
                                     look.marked = office().sales().is_fresh(key_of(sale));
                                     return look;
                                   }});
  table_->set_row_height(42);
  table_->on_select([this](std::size_t row) {
    const auto& sales = office().sales().sales();
    if (row >= sales.size()) return;
    const SaleKey key = key_of(sales[row]);
    office().sales().looked();
    office().sales().select(key);
  });
  table_->on_end_in_view([this] { office().sales().need_more(); });

  auto column = column_of(left_, 0);
  column.add(cards.sizer()).add_space(12).add(filters.sizer()).add_space(4).add(table_, 1);
  left_->SetSizer(column.sizer());

  build_receipt();
  auto all = row_of(this, 16);
  all.add(left_, 1).add(receipt_);
  SetSizer(all.padded(20, 16));
  watch(office());
  watch(office().sales());
  watch(office().devices());
  update();
}

void SalesPage::build_receipt() {
  receipt_ = new widgets::Surface(this);
  receipt_title_ = new widgets::Label(receipt_, wxString(), {17, Weight::bold, theme().ink});
  receipt_note_ = new widgets::Label(receipt_, wxString(), {14, Weight::regular, theme().ink_quiet});
  receipt_title_->set_may_shrink();
  receipt_note_->set_may_shrink();
  auto* close = new widgets::Button(
      receipt_, {wxString(), wxString(), Icon::cross, std::nullopt, widgets::Button::Look::quiet, true});
  close->set_ground(theme().panel);
  close->SetLabel(words()("close"));
  close->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { office().sales().select(std::nullopt); });
  receipt_sheet_ = new widgets::FactSheet(receipt_, words()("sales.receipt"));
  auto titles = column_of(receipt_, 0);
  titles.add(receipt_title_).add(receipt_note_);
  auto head = row_of(receipt_, 0);
  head.add_space(18).add(titles, 1).add_centred(close).add_space(12);
  auto column = column_of(receipt_, 8);
  column.add(head).add(receipt_sheet_, 1);
  receipt_->SetSizer(column.padded(1, 12));
  receipt_->Hide();
}

wxString SalesPage::subtitle() const {
  const auto& sales = office().sales();
  return sales.ever_loaded() ? words().date(sales.date()) : wxString();
}

bool SalesPage::take_key(const wxKeyEvent& event) {
  if (is_plain(event, WXK_ESCAPE) && office().sales().selected()) {
    office().sales().select(std::nullopt);
    return true;
  }
  return false;
}

TableCell SalesPage::state_cell(const protocol::SaleSummary& sale) const {
  if (sale.exceptions > 0) {
    return {words()("sales.exception", {{"count", std::to_string(sale.exceptions)}}), TableCell::Tone::normal,
            Weight::regular, 14, TagKind::attention};
  }
  if (sale.received_at.instant.unix_ms - sale.completed_at.instant.unix_ms > late_ms) {
    return {words()("sales.late"), TableCell::Tone::normal, Weight::regular, 14, TagKind::neutral};
  }
  return {words()("sales.arrived"), TableCell::Tone::secondary};
}

TableCell SalesPage::cell(std::size_t row, std::size_t column) const {
  const auto& sale = office().sales().sales()[row];
  switch (column) {
    case 0:
      return {to_wx(sale.completed_at.local_time_hms()), TableCell::Tone::secondary};
    case 1:
      return {words()("till_number", {{"till", std::to_string(sale.till)}}), TableCell::Tone::normal, Weight::regular,
              15};
    case 2:
      return {to_wx(fmt::format("{:06}", sale.receipt_number)), TableCell::Tone::secondary};
    case 3:
      return {to_wx(sale.cashier_name), TableCell::Tone::secondary};
    case 4:
      return {words().count(sale.line_count), TableCell::Tone::secondary};
    case 5:
      return {words().amount(sale.payable), TableCell::Tone::normal, Weight::bold};
    default:
      return state_cell(sale);
  }
}

void SalesPage::update_cards() {
  const auto& sales = office().sales();
  const bool known = sales.ever_loaded();
  const wxString none = to_wx("—");
  const wxString scope =
      sales.till() ? words()("till_number", {{"till", std::to_string(*sales.till())}}) : words()("stat.all_tills");
  sum_->set({words()("stat.sum"), known ? words().sum(sales.total()) : none, scope});
  receipts_->set({words()("stat.receipts"), known ? words().count(sales.count()) : none, scope});
  const Money average =
      sales.count() > 0 ? Money::of_minor(divide(sales.total().minor(), sales.count(), Rounding::half_up)) : Money();
  average_->set({words()("stat.average"), known ? words().sum(average) : none, words()("stat.average_note")});
  const auto exceptions = sales.exception_count();
  const bool some = exceptions.value_or(0) > 0;
  exceptions_->set({words()("stat.exceptions"), known && exceptions ? words().count(*exceptions) : none,
                    words()(some ? "stat.exceptions_note" : "stat.exceptions_none"),
                    some ? std::optional(Icon::alert) : std::nullopt,
                    some ? StatCard::Tone::attention : StatCard::Tone::normal});
}

void SalesPage::update_chips() {
  std::vector<std::optional<std::int64_t>> wanted{std::nullopt};
  for (const auto& device : office().devices().devices()) {
    if (device.kind == protocol::DeviceKind::till && !device.revoked) wanted.emplace_back(device.till);
  }
  if (wanted != chip_tills_) {
    chip_row_->DestroyChildren();
    chips_.clear();
    chip_tills_ = wanted;
    auto* row = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
    for (const auto& till : chip_tills_) {
      auto* chip = new widgets::Chip(
          chip_row_, {till ? words()("till_number", {{"till", std::to_string(*till)}}) : words()("sales.all_tills")});
      chip->Bind(wxEVT_BUTTON, [this, till](wxCommandEvent&) {
        top_.reset();
        office().sales().set_till(till);
        table_->scroll_to_top();
      });
      row->Add(chip, wxSizerFlags().Border(wxRIGHT | wxBOTTOM, px(8)));
      chips_.push_back(chip);
    }
    chip_row_->SetSizer(row);
    left_->Layout();
  }
  for (std::size_t i = 0; i < chips_.size(); ++i) {
    chips_[i]->set({chips_[i]->GetLabel(), chip_tills_[i] == office().sales().till()});
  }
}

void SalesPage::update_table() {
  auto& sales = office().sales();
  const auto& rows = sales.sales();
  const bool failed = sales.error() && rows.empty();
  table_->set_empty(words()(failed                ? "load_failed"
                            : sales.ever_loaded() ? "sales.none"
                                                  : "loading"),
                    failed                ? words().error(*sales.error())
                    : sales.ever_loaded() ? words()("sales.none_note")
                                          : wxString());
  if (top_ && !rows.empty()) {
    const auto old_top =
        std::find_if(rows.begin(), rows.end(), [this](const auto& sale) { return key_of(sale) == *top_; });
    if (old_top != rows.end()) table_->rows_came_on_top(static_cast<std::size_t>(old_top - rows.begin()));
  }
  top_ = rows.empty() ? std::nullopt : std::optional(key_of(rows.front()));
  table_->set_rows(rows.size(), sales.selected_row());
  const auto fresh = sales.fresh_count();
  const wxString live = !office().reachable() ? words()("sales.not_live")
                        : fresh > 0           ? words()("sales.fresh", {{"count", std::to_string(fresh)}})
                                              : words()("sales.live");
  live_->set(live);
  left_->Layout();
}

void SalesPage::update_receipt() {
  const auto& sales = office().sales();
  const auto row = sales.selected_row();
  const auto& detail = sales.detail();
  if (row || detail) {
    const auto& sale = detail ? detail->summary : sales.sales()[*row];
    receipt_title_->set(words()("sales.receipt_title", {{"till", std::to_string(sale.till)},
                                                        {"receipt", fmt::format("{:06}", sale.receipt_number)}}));
    receipt_note_->set(words()("sales.receipt_note", {{"time", widgets::to_utf8(words().time(sale.completed_at))},
                                                      {"cashier", sale.cashier_name},
                                                      {"count", std::to_string(sale.line_count)}}));
  }
  if (detail) {
    receipt_sheet_->set(receipt_rows(*detail, words()));
    return;
  }
  widgets::FactSheet::Row text;
  text.kind = widgets::FactSheet::Kind::text;
  text.label = sales.detail_error() ? words().error(*sales.detail_error()) : words()("loading");
  if (sales.detail_error()) text.tone = widgets::FactSheet::Tone::attention;
  receipt_sheet_->set({text});
}

void SalesPage::arrange_panels() {
  const bool open = office().sales().selected().has_value();
  receipt_->SetMinSize(wxSize(px(shell().narrow() ? 400 : 384), -1));
  bool changed = set_shown(receipt_, open);
  const bool covered = open && GetClientSize().x < px(820);
  changed = set_shown(left_, !covered) || changed;
  if (changed) Layout();
  // Four figures side by side need room for themselves.
  if (set_shown(average_, left_->GetClientSize().x >= px(620))) left_->Layout();
}

void SalesPage::update() {
  update_cards();
  update_chips();
  update_table();
  if (office().sales().selected()) update_receipt();
  arrange_panels();
  if (office().sales().date() != shown_date_) {
    shown_date_ = office().sales().date();
    shell().heading_changed();
  }
}

}  // namespace lanekeeper::office
