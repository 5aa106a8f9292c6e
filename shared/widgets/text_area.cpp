#include "widgets/text_area.h"

#include <algorithm>
#include <utility>

#include <wx/dcbuffer.h>

#include "widgets/native_look.h"
#include "widgets/table_cells.h"

namespace lanekeeper::widgets {

namespace {

constexpr int text_px = 14;

}  // namespace

TextArea::TextArea(wxWindow* parent, const wxString& name) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL | wxFULL_REPAINT_ON_RESIZE);
  control_ = new wxTextCtrl(this, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize,
                            wxTE_MULTILINE | wxTE_DONTWRAP | wxBORDER_NONE);
  take_native_frame_off(*control_);
  wxFont fixed = native_font(text_px);
  fixed.SetFaceName(mono_font(text_px).GetFaceName());
  control_->SetFont(fixed);
  control_->SetBackgroundColour(theme().panel);
  control_->SetForegroundColour(theme().ink);
  control_->SetName(name);
  control_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) {
    if (edited_) edited_();
    if (caret_moved_) caret_moved_();
  });
  const auto look_later = [this](wxEvent& event) {
    event.Skip();
    CallAfter([this] {
      if (caret_moved_) caret_moved_();
    });
  };
  control_->Bind(wxEVT_KEY_UP, look_later);
  control_->Bind(wxEVT_LEFT_UP, look_later);
  for (const auto& kind : {wxEVT_SET_FOCUS, wxEVT_KILL_FOCUS}) {
    control_->Bind(kind, [this](wxFocusEvent& event) {
      Refresh();
      event.Skip();
    });
  }
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    place();
    event.Skip();
  });
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) {
    wxAutoBufferedPaintDC dc(this);
    paint_on(dc, GetClientRect(), [this](Painter& painter) {
      painter.fill(painter.area(), GetParent()->GetBackgroundColour());
      paint(painter);
    });
  });
}

void TextArea::set_value(const wxString& value) {
  if (value == control_->GetValue()) return;
  const auto at = caret();
  control_->ChangeValue(value);
  colour_lines();
  go_to(at);
}

TextArea::Place TextArea::caret() const {
  long column = 0;
  long line = 0;
  control_->PositionToXY(control_->GetInsertionPoint(), &column, &line);
  return {static_cast<int>(line) + 1, static_cast<int>(column) + 1};
}

void TextArea::go_to(Place place) {
  const int line = std::clamp(place.line, 1, std::max(1, control_->GetNumberOfLines())) - 1;
  const int column = std::clamp(place.column - 1, 0, control_->GetLineLength(line));
  const long position = control_->XYToPosition(column, line);
  control_->SetInsertionPoint(position);
  control_->ShowPosition(position);
  if (caret_moved_) caret_moved_();
}

void TextArea::insert(const wxString& text) {
  control_->WriteText(text);
  control_->SetFocus();
}

void TextArea::mark_lines(std::set<int> lines) {
  if (lines == marked_) return;
  marked_ = std::move(lines);
  colour_lines();
  Refresh();
}

void TextArea::colour_lines() {
  wxTextAttr plain(theme().ink, theme().panel);
  control_->SetStyle(0, control_->GetLastPosition(), plain);
  wxTextAttr wrong(theme().amber_ink, theme().amber_tint);
  for (const int line : marked_) {
    if (line < 1 || line > control_->GetNumberOfLines()) continue;
    const long begin = control_->XYToPosition(0, line - 1);
    control_->SetStyle(begin, begin + control_->GetLineLength(line - 1), wrong);
  }
}

void TextArea::place() {
  const int inset = px(this, 8);
  const wxSize size = GetClientSize();
  control_->SetSize(inset, inset, std::max(0, size.x - 2 * inset), std::max(0, size.y - 2 * inset));
}

void TextArea::paint(Painter& painter) const {
  const Theme& t = theme();
  BoxStyle style{t.panel, t.edge, 1, t.radius};
  if (!marked_.empty()) style = {t.panel, t.amber_ink, 2, t.radius};
  if (control_->HasFocus()) style = {t.panel, t.accent, 2, t.radius};
  painter.box(painter.area(), style);
}

}  // namespace lanekeeper::widgets
