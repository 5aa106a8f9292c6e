#include "widgets/surface.h"

#include <cmath>

#include <wx/dcbuffer.h>

#include "widgets/table_cells.h"

namespace lanekeeper::widgets {

Surface::Surface(wxWindow* parent) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL | wxFULL_REPAINT_ON_RESIZE);
  SetBackgroundColour(theme().panel);
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) {
    wxAutoBufferedPaintDC dc(this);
    paint_on(dc, GetClientRect(), [this](Painter& painter) {
      const Theme& t = theme();
      painter.fill(painter.area(), t.background);
      painter.box(painter.area(),
                  {look_.fill.value_or(t.panel), look_.border.value_or(t.line), look_.border_width, t.radius});
    });
  });
}

void Surface::set_look(Look look) {
  if (look == look_) return;
  look_ = std::move(look);
  SetBackgroundColour(look_.fill.value_or(theme().panel));
  Refresh();
}

Label::Label(wxWindow* parent, const wxString& text, TextStyle style, Align align)
    : PaintedControl(parent, text), text_(text), style_(std::move(style)), align_(align) {
  set_ground(parent->GetBackgroundColour());
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
}

void Label::set(const wxString& text) {
  if (text == text_) return;
  text_ = text;
  SetLabel(text);
  take_size();
  Refresh();
}

void Label::take_size() {
  InvalidateBestSize();
  const wxSize best = GetBestSize();
  if (may_shrink_) {
    SetMinSize(wxSize(std::min(best.x, px(60)), best.y));
  } else {
    SetInitialSize(best);
  }
}

void Label::set_may_shrink() {
  may_shrink_ = true;
  take_size();
}

void Label::set(const wxString& text, const TextStyle& style) {
  style_ = style;
  set(text);
  Refresh();
}

void Label::set_max_lines(int lines) {
  max_lines_ = lines;
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
}

wxSize Label::DoGetBestClientSize() const {
  const double line = style_.px * 1.45;
  // A label of one line asks for its width; a wrapping one takes what it gets.
  const double width = max_lines_ == 1 ? std::ceil(measure_text(text_, style_.px, style_.weight)) + 1 : 60;
  return {px(width), px(std::ceil(line * max_lines_))};
}

void Label::paint(Painter& painter) {
  if (max_lines_ == 1) {
    painter.text(text_, painter.area(), style_, align_);
  } else {
    painter.paragraph(text_, painter.area(), style_, style_.px * 1.45, align_, max_lines_);
  }
}

}  // namespace lanekeeper::widgets
