#include "widgets/fields.h"

#include <cmath>
#include <utility>

#include <wx/dcbuffer.h>
#include <wx/menu.h>

#include "widgets/native_look.h"
#include "widgets/table_cells.h"

namespace lanekeeper::widgets {

namespace {

constexpr double label_height = 22;
constexpr double error_line = 18;
constexpr int most_error_lines = 3;
constexpr double line_height = 22;
const TextStyle& label_style() {
  static const TextStyle style{13, Weight::regular, theme().ink_quiet};
  return style;
}
const TextStyle& error_style() {
  static const TextStyle style{13, Weight::regular, theme().amber_ink};
  return style;
}

}  // namespace

TextField::TextField(wxWindow* parent, Options options) : options_(std::move(options)) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL | wxFULL_REPAINT_ON_RESIZE);
  long style = options_.style | wxBORDER_NONE;
  if (options_.multiline) style |= wxTE_MULTILINE | wxTE_NO_VSCROLL;
  if (options_.right_aligned) style |= wxTE_RIGHT;
  control_ = new wxTextCtrl(this, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, style);
  take_native_frame_off(*control_);
  control_->SetFont(native_font(options_.compact ? 14 : 15));
  control_->SetBackgroundColour(theme().panel);
  control_->SetForegroundColour(theme().ink);
  control_->SetName(!options_.name.empty() ? options_.name : options_.label.empty() ? options_.hint : options_.label);
  if (!options_.hint.empty()) control_->SetHint(options_.hint);
  Bind(wxEVT_PAINT, &TextField::on_paint, this);
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    place();
    if (count_error_lines()) CallAfter([this] { resize_for_error(); });
    event.Skip();
  });
  Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent&) { control_->SetFocus(); });
  for (const auto& kind : {wxEVT_SET_FOCUS, wxEVT_KILL_FOCUS}) {
    control_->Bind(kind, [this](wxFocusEvent& event) {
      Refresh();
      event.Skip();
    });
  }
  SetInitialSize(GetBestSize());
}

void TextField::set_label(const wxString& label) {
  if (label == options_.label) return;
  options_.label = label;
  control_->SetName(label);
  Refresh();
}

void TextField::set_suffix(const wxString& suffix) {
  if (suffix == options_.suffix) return;
  options_.suffix = suffix;
  place();
  Refresh();
}

void TextField::set_hint(const wxString& hint) {
  if (hint == options_.hint) return;
  options_.hint = hint;
  control_->SetHint(hint);
}

void TextField::set_error(const wxString& error) {
  if (error == error_) return;
  error_ = error;
  control_->SetBackgroundColour(error.empty() ? theme().panel : theme().amber_tint);
  if (count_error_lines()) resize_for_error();
  Refresh();
}

double TextField::error_height() const {
  return error_lines_ == 0 ? 0 : error_line * static_cast<double>(error_lines_) + 2;
}

bool TextField::count_error_lines() {
  std::size_t lines = 0;
  if (!error_.empty()) {
    const double width = std::max(60.0, GetClientSize().x / (px(this, 1000) / 1000.0));
    with_measuring_painter(
        [&](Painter& painter) { lines = painter.wrap(error_, error_style(), width, most_error_lines).size(); });
  }
  return std::exchange(error_lines_, lines) != lines;
}

void TextField::resize_for_error() {
  // The least size alone: a changed width would count other lines, and so for ever. A best size is never below the
  // least one, which was that of more lines.
  const int width = GetMinSize().x;
  SetMinSize(wxSize(width, -1));
  InvalidateBestSize();
  SetMinSize(wxSize(width, GetBestSize().y));
  if (GetParent()) GetParent()->Layout();
}

void TextField::set_alert(bool alert) {
  if (alert == alert_) return;
  alert_ = alert;
  control_->SetBackgroundColour(alert ? theme().amber_tint : theme().panel);
  Refresh();
}

wxSize TextField::DoGetBestClientSize() const {
  double height = options_.multiline ? line_height * options_.lines + 18 : options_.compact ? 34 : 40;
  if (!options_.label.empty()) height += label_height;
  height += error_height();
  return {px(this, 120), px(this, height)};
}

Area TextField::frame_area() const {
  const double scale = px(this, 1000) / 1000.0;
  Area area{0, 0, GetClientSize().x / scale, GetClientSize().y / scale};
  if (!options_.label.empty()) area.take_top(label_height);
  area.take_bottom(error_height());
  return area;
}

double TextField::suffix_width() const {
  double width = 0;
  if (!options_.suffix.empty()) width += std::ceil(measure_text(options_.suffix, 15)) + 8;
  if (!options_.key_cap.empty()) width += std::ceil(measure_text(options_.key_cap, 13, Weight::bold)) + 20;
  return width;
}

void TextField::place() {
  Area area = frame_area().inset(options_.compact ? 10 : 12, 3);
  if (options_.leading_icon) area.take_left(18, 8);
  area.take_right(suffix_width());
  int height = control_->GetBestSize().y;
  if (options_.multiline) height = px(this, area.h - 8);
  const int top = px(this, area.y) + (px(this, area.h) - height) / 2;
  control_->SetSize(px(this, area.x), top, px(this, area.w), height);
}

void TextField::paint(Painter& painter) const {
  const Theme& t = theme();
  if (!options_.label.empty()) painter.text(options_.label, {0, 0, painter.width(), label_height - 4}, label_style());
  const Area frame = frame_area();
  BoxStyle style{t.panel, t.edge, 1, t.radius};
  const bool wrong = alert_ || !error_.empty();
  if (wrong) style = {t.amber_tint, t.amber_ink, 2, t.radius};
  if (control_->HasFocus()) style = {wrong ? t.amber_tint : t.panel, t.accent, 2, t.radius};
  painter.box(frame, style);
  Area inner = frame.inset(options_.compact ? 10 : 12, 0);
  if (options_.leading_icon) {
    const Area icon = inner.take_left(18, 8);
    painter.icon(*options_.leading_icon, icon.x, icon.centre_y() - 9, 18, t.ink);
  }
  if (!options_.key_cap.empty()) {
    const Area cap = inner.take_right(painter.key_cap_width(options_.key_cap), 8);
    painter.key_cap(options_.key_cap, cap.x, cap.centre_y() - 9.5, CapKind::plain);
  }
  if (!options_.suffix.empty()) {
    painter.text(options_.suffix, inner, {15, Weight::regular, t.ink_quiet}, Align::right);
  }
  if (!error_.empty()) {
    painter.paragraph(error_, {0, frame.bottom() + 2, painter.width(), error_height()}, error_style(), error_line);
  }
}

void TextField::on_paint(wxPaintEvent&) {
  wxAutoBufferedPaintDC dc(this);
  paint_on(dc, GetClientRect(), [this](Painter& painter) {
    painter.fill(painter.area(), GetParent()->GetBackgroundColour());
    paint(painter);
  });
}

SelectField::SelectField(wxWindow* parent, const wxString& label, std::vector<wxString> choices, int selected,
                         bool compact)
    : Pressable(parent, label, Focus::tab_stop),
      label_(label),
      choices_(std::move(choices)),
      selected_(selected),
      compact_(compact) {
  set_ground(theme().panel);
  Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_DOWN) return fire();
    event.Skip();
  });
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
}

void SelectField::set_choices(std::vector<wxString> choices, int selected) {
  choices_ = std::move(choices);
  selected_ = selected;
  InvalidateBestSize();
  Refresh();
}

void SelectField::set_label(const wxString& label) {
  label_ = label;
  SetLabel(label);
  Refresh();
}

void SelectField::select(int index) {
  if (index == selected_) return;
  selected_ = index;
  Refresh();
}

Area SelectField::frame_area() const {
  Area area{0, 0, design_width(), design_height()};
  if (!label_.empty()) area.take_top(label_height);
  return area;
}

wxSize SelectField::DoGetBestClientSize() const {
  double width = 60;
  for (const wxString& choice : choices_) width = std::max(width, measure_text(choice, compact_ ? 14 : 15));
  return {px(std::ceil(width) + 50), px((compact_ ? 34 : 40) + (label_.empty() ? 0 : label_height))};
}

void SelectField::fire() {
  wxMenu menu;
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    menu.AppendRadioItem(static_cast<int>(i) + 1, choices_[i]);
    if (static_cast<int>(i) == selected_) menu.Check(static_cast<int>(i) + 1, true);
  }
  const Area frame = frame_area();
  const int chosen = GetPopupMenuSelectionFromUser(menu, px(frame.x), px(frame.bottom()));
  if (chosen == wxID_NONE || chosen - 1 == selected_) return;
  selected_ = chosen - 1;
  Refresh();
  if (handler_) handler_(selected_);
}

void SelectField::paint(Painter& painter) {
  const Theme& t = theme();
  if (!label_.empty()) painter.text(label_, {0, 0, painter.width(), label_height - 4}, label_style());
  const Area frame = frame_area();
  const bool enabled = IsThisEnabled();
  if (has_focus_ring()) {
    painter.box(frame, {t.panel, t.accent, 2, t.radius});
  } else {
    painter.box(frame, {enabled ? t.panel : t.off, enabled ? t.edge : t.off, 1, t.radius});
  }
  Area inner = frame.inset(12, 0);
  const Area icon = inner.take_right(18, 8);
  const wxColour& ink = enabled ? t.ink : t.ink_quiet;
  painter.icon(Icon::chevron_down, icon.x, icon.centre_y() - 9, 18, ink);
  if (selected_ >= 0 && selected_ < static_cast<int>(choices_.size())) {
    painter.text(choices_[static_cast<std::size_t>(selected_)], inner, {compact_ ? 14 : 15, Weight::regular, ink});
  }
}

}  // namespace lanekeeper::widgets
