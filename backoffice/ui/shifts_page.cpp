#include "office_ui/shifts_page.h"

#include <wx/wrapsizer.h>

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"
#include "office_ui/shift_sheet.h"

namespace lanekeeper::office {

using protocol::ShiftState;
using widgets::Align;
using widgets::Button;
using widgets::Icon;
using widgets::StatCard;
using widgets::TableCell;
using widgets::TagKind;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {

enum Column : std::size_t { till, number, cashier, opened, closed, receipts, turnover, expected, difference, state };

}  // namespace

ShiftsPage::ShiftsPage(wxWindow* parent, Shell& around) : Page(parent, around) {
  build_list();
  build_sheet();
  auto all = row_of(this, 16);
  all.add(left_, 1).add(sheet_panel_);
  SetSizer(all.padded(20, 16));
  watch(office());
  watch(office().store());
  watch(model());
  Bind(wxEVT_SHOW, [this](wxShowEvent& event) {
    if (event.IsShown()) {
      model().show();
    } else {
      model().hide();
    }
    event.Skip();
  });
  update();
}

void ShiftsPage::build_list() {
  left_ = new wxPanel(this);
  left_->SetBackgroundColour(GetBackgroundColour());
  count_ = new StatCard(left_);
  turnover_ = new StatCard(left_);
  difference_ = new StatCard(left_);
  disagreeing_ = new StatCard(left_);
  auto cards = row_of(left_, 12);
  for (StatCard* card : {count_, turnover_, difference_, disagreeing_}) cards.add(card, 1);
  chip_row_ = new wxPanel(left_);
  chip_row_->SetBackgroundColour(GetBackgroundColour());
  chip_row_->SetSizer(new wxBoxSizer(wxHORIZONTAL));
  table_ = new widgets::TableView(left_, words()("shifts.title"),
                                  {{words()("sales.till"), 78, 0, Align::left, 0},
                                   {words()("shifts.number"), 62, 0, Align::left, 0},
                                   {words()("sales.cashier"), 84, 1, Align::left, 0},
                                   {words()("shifts.opened"), 76, 0.3, Align::left, 4},
                                   {words()("shifts.closed"), 72, 0.3, Align::left, 3},
                                   {words()("shifts.receipts"), 136, 0.5, Align::left, 2},
                                   {words()("shifts.turnover"), 104, 0, Align::right, 0},
                                   {words()("shifts.expected_cash"), 104, 0, Align::right, 1},
                                   {words()("shifts.difference"), 112, 0, Align::right, 0},
                                   {words()("sales.state"), 104, 0.5, Align::left, 0}},
                                  {[this](std::size_t row, std::size_t column) { return cell(row, column); }, {}});
  table_->set_row_height(42);
  table_->on_select([this](std::size_t row) {
    if (row < model().shifts().size()) model().select(key_of(model().shifts()[row]));
  });
  auto column = column_of(left_, 0);
  column.add(cards.sizer()).add_space(12).add(chip_row_).add_space(4).add(table_, 1);
  left_->SetSizer(column.sizer());
}

void ShiftsPage::build_sheet() {
  sheet_panel_ = new widgets::Surface(this);
  sheet_title_ = new widgets::Label(sheet_panel_, wxString(), {17, Weight::bold, theme().ink});
  sheet_note_ = new widgets::Label(sheet_panel_, wxString(), {14, Weight::regular, theme().ink_quiet});
  sheet_title_->set_may_shrink();
  sheet_note_->set_may_shrink();
  auto* close =
      new Button(sheet_panel_, {wxString(), wxString(), Icon::cross, std::nullopt, Button::Look::quiet, true});
  close->set_ground(theme().panel);
  close->SetLabel(words()("close"));
  close->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { model().select(std::nullopt); });
  sheet_ = new widgets::FactSheet(sheet_panel_, words()("shifts.z"));
  auto titles = column_of(sheet_panel_, 0);
  titles.add(sheet_title_).add(sheet_note_);
  auto head = row_of(sheet_panel_, 0);
  head.add_space(18).add(titles, 1).add_centred(close).add_space(12);
  auto column = column_of(sheet_panel_, 8);
  loss_ = new ShiftLossPanel(sheet_panel_, shell());
  column.add(head).add(sheet_, 1).add(loss_);
  sheet_panel_->SetSizer(column.padded(1, 12));
  sheet_panel_->Hide();
}

wxString ShiftsPage::subtitle() const {
  const wxString date = words().date(model().date());
  return model().is_today() ? words()("shifts.today", {{"date", to_utf8(date)}}) : date;
}

std::vector<Page::Action> ShiftsPage::actions() {
  std::vector<Action> result;
  Button::Content earlier;
  earlier.label = words()("shifts.day_before");
  earlier.icon = Icon::back;
  result.push_back({earlier, [this] { model().move_day(-1); }});
  if (model().is_today()) return result;
  Button::Content later;
  later.label = words()("shifts.day_after");
  later.icon = Icon::chevron_right;
  result.push_back({later, [this] { model().move_day(1); }});
  return result;
}

bool ShiftsPage::take_key(const wxKeyEvent& event) {
  if (is_plain(event, WXK_ESCAPE) && loss_->asking()) {
    loss_->keep();
    return true;
  }
  if (is_plain(event, WXK_ESCAPE) && model().selected()) {
    model().select(std::nullopt);
    return true;
  }
  if (event.GetModifiers() == wxMOD_ALT && (event.GetKeyCode() == WXK_LEFT || event.GetKeyCode() == WXK_RIGHT)) {
    model().move_day(event.GetKeyCode() == WXK_LEFT ? -1 : 1);
    return true;
  }
  return false;
}

TableCell ShiftsPage::state_cell(const protocol::ShiftSummary& shift) const {
  const auto tag = [this](std::string_view key, TagKind kind) {
    return TableCell{words()(key), TableCell::Tone::normal, Weight::regular, 14, kind};
  };
  switch (shift.state) {
    case ShiftState::open:
      return tag("shifts.state.open", TagKind::neutral);
    case ShiftState::differs:
      return tag("shifts.state.differs", TagKind::stop);
    case ShiftState::incomplete:
      return tag("shifts.state.incomplete", TagKind::attention);
    case ShiftState::lost:
      return tag("shifts.state.lost", TagKind::attention);
    case ShiftState::agrees:
      break;
  }
  return {words()("shifts.state.agrees"), TableCell::Tone::secondary};
}

TableCell ShiftsPage::difference_cell(Money amount) const {
  if (amount.is_zero()) return {words().amount(amount), TableCell::Tone::secondary};
  return {words().signed_sum(amount), TableCell::Tone::attention, Weight::bold};
}

TableCell ShiftsPage::closed_cell(const protocol::ShiftSummary& shift, std::size_t column) const {
  if (!shift.closing) return {column == Column::turnover ? to_wx("—") : wxString(), TableCell::Tone::quiet};
  switch (column) {
    case Column::closed:
      return {shift.closed_at ? words().time(*shift.closed_at) : wxString(), TableCell::Tone::secondary};
    case Column::receipts:
      return {receipt_range(shift.closing->totals), TableCell::Tone::secondary};
    case Column::turnover:
      return {words().sum(shift.closing->totals.turnover), TableCell::Tone::normal, Weight::bold};
    case Column::expected:
      return {words().sum(shift.expected_cash.value_or(Money())), TableCell::Tone::secondary};
    default:
      return difference_cell(shift.difference.value_or(Money()));
  }
}

TableCell ShiftsPage::cell(std::size_t row, std::size_t column) const {
  const auto& shift = model().shifts()[row];
  switch (column) {
    case Column::till:
      return {words()("till_number", {{"till", std::to_string(shift.till)}}), TableCell::Tone::normal, Weight::regular,
              15};
    case Column::number:
      return {words().count(shift.number), TableCell::Tone::secondary};
    case Column::cashier:
      return {to_wx(shift.opened_by.empty() ? shift.closed_by.value_or("—") : shift.opened_by),
              TableCell::Tone::secondary};
    case Column::opened:
      return {shift.opened_at ? words().time(*shift.opened_at) : to_wx("—"), TableCell::Tone::secondary};
    case Column::state:
      return state_cell(shift);
    default:
      return closed_cell(shift, column);
  }
}

void ShiftsPage::update_cards() {
  const bool known = model().ever_loaded();
  const auto sums = model().sums();
  const wxString none = to_wx("—");
  count_->set({words()("shifts.stat.count"), known ? words().count(sums.closed) : none,
               words()("shifts.stat.open", {{"count", std::to_string(sums.open)}})});
  turnover_->set(
      {words()("shifts.turnover"), known ? words().sum(sums.turnover) : none, words()("shifts.stat.turnover_note")});
  const bool off = !sums.difference.is_zero();
  difference_->set({words()("shifts.difference"), known ? words().signed_sum(sums.difference) : none,
                    words()("shifts.stat.difference_note"), std::nullopt,
                    off ? StatCard::Tone::attention : StatCard::Tone::normal});
  const bool some = sums.disagreeing > 0;
  disagreeing_->set({words()("shifts.stat.disagreeing"), known ? words().count(sums.disagreeing) : none,
                     words()(some ? "shifts.stat.disagreeing_note" : "shifts.stat.all_agree"),
                     some ? std::optional(Icon::alert) : std::nullopt,
                     some ? StatCard::Tone::attention : StatCard::Tone::normal});
}

void ShiftsPage::update_chips() {
  std::vector<std::optional<std::int64_t>> wanted{std::nullopt};
  for (const auto number : model().tills()) wanted.emplace_back(number);
  if (model().till() && std::find(wanted.begin(), wanted.end(), model().till()) == wanted.end()) {
    wanted.push_back(model().till());
  }
  if (wanted != chip_tills_) {
    chip_row_->DestroyChildren();
    chips_.clear();
    chip_tills_ = wanted;
    auto* row = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
    for (const auto& number : chip_tills_) {
      const wxString name =
          number ? words()("till_number", {{"till", std::to_string(*number)}}) : words()("sales.all_tills");
      auto* chip = new widgets::Chip(chip_row_, {name});
      chip->Bind(wxEVT_BUTTON, [this, number](wxCommandEvent&) { model().set_till(number); });
      row->Add(chip, wxSizerFlags().Border(wxRIGHT | wxBOTTOM, px(8)));
      chips_.push_back(chip);
    }
    chip_row_->SetSizer(row);
    left_->Layout();
  }
  for (std::size_t i = 0; i < chips_.size(); ++i)
    chips_[i]->set({chips_[i]->GetLabel(), chip_tills_[i] == model().till()});
}

void ShiftsPage::update_table() {
  const bool failed = model().error() && model().shifts().empty();
  table_->set_empty(words()(failed                  ? "load_failed"
                            : model().ever_loaded() ? "shifts.none"
                                                    : "loading"),
                    failed                  ? words().error(*model().error())
                    : model().ever_loaded() ? words()("shifts.none_note")
                                            : wxString());
  table_->set_rows(model().shifts().size(), model().selected_row());
}

void ShiftsPage::update_sheet() {
  const auto row = model().selected_row();
  if (!row) return;
  const auto& shift = model().shifts()[*row];
  sheet_title_->set(
      words()("shifts.sheet_title", {{"till", std::to_string(shift.till)}, {"number", std::to_string(shift.number)}}));
  sheet_note_->set(to_wx(shift.opened_by));
  const auto& policy = office().store().profile().till_policy;
  sheet_->set(shift_rows(shift, words(), policy ? policy->methods : std::vector<protocol::TenderMethod>(),
                         office().clock().now()));
}

void ShiftsPage::arrange_panels() {
  const bool open = model().selected_row().has_value();
  sheet_panel_->SetMinSize(wxSize(px(shell().narrow() ? 400 : 384), -1));
  const bool taller = loss_->show();
  bool changed = set_shown(sheet_panel_, open);
  if (taller) sheet_panel_->Layout();
  const bool covered = open && GetClientSize().x < px(820);
  changed = set_shown(left_, !covered) || changed;
  if (changed) Layout();
  // Four figures side by side need room for themselves.
  if (set_shown(turnover_, left_->GetClientSize().x >= px(620))) left_->Layout();
}

void ShiftsPage::arrange() {
  if (IsShownOnScreen()) model().show();
  update_soon();
}

void ShiftsPage::update() {
  update_cards();
  update_chips();
  update_table();
  update_sheet();
  arrange_panels();
  shell().heading_changed();
}

}  // namespace lanekeeper::office
