#include "widgets/note_box.h"

#include <cmath>

namespace lanekeeper::widgets {

namespace {

struct Look {
  wxColour fill, edge;
};

Look look_of(NoteBox::Kind kind) {
  const Theme& t = theme();
  switch (kind) {
    case NoteBox::Kind::warning:
      return {t.amber_tint, t.amber};
    case NoteBox::Kind::stop:
      return {t.red_tint, t.red};
    case NoteBox::Kind::info:
      break;
  }
  return {t.accent_tint, t.accent};
}

constexpr double left_padding = 18;
constexpr double right_padding = 12;
constexpr double vertical_padding = 9;

}  // namespace

NoteBox::NoteBox(wxWindow* parent, Kind kind, const wxString& text, int text_px)
    : PaintedControl(parent, text), kind_(kind), text_(text), text_px_(text_px) {
  set_ground(theme().panel);
  // The height depends on the width that the sizer gives.
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    const int wanted = px(height_for(design_width()));
    if (GetMinSize().y != wanted) {
      SetMinSize(wxSize(-1, wanted));
      if (GetParent()) CallAfter([this] { GetParent()->Layout(); });
    }
    event.Skip();
  });
}

void NoteBox::set(Kind kind, const wxString& text) {
  if (kind == kind_ && text == text_) return;
  kind_ = kind;
  text_ = text;
  SetLabel(text);
  const int wanted = px(height_for(design_width()));
  if (GetMinSize().y != wanted) {
    SetMinSize(wxSize(-1, wanted));
    if (GetParent()) GetParent()->Layout();
  }
  Refresh();
}

double NoteBox::height_for(double width) const {
  const double room = std::max(60.0, width - left_padding - right_padding);
  std::size_t lines = 1;
  with_measuring_painter(
      [&](Painter& painter) { lines = std::max(lines, painter.wrap(text_, {text_px_}, room, 99).size()); });
  return std::ceil(static_cast<double>(lines) * text_px_ * 1.4) + 2 * vertical_padding;
}

wxSize NoteBox::DoGetBestClientSize() const {
  return {px(100), px(height_for(std::max(200.0, design_width())))};
}

void NoteBox::paint(Painter& painter) {
  const Look look = look_of(kind_);
  painter.box(painter.area(), {look.fill, std::nullopt, 1, theme().tag_radius});
  painter.box({0, 0, 8, painter.height()}, {look.edge, std::nullopt, 1, theme().tag_radius});
  painter.fill({6, 0, 4, painter.height()}, look.fill);
  Area area = painter.area().inset(0, vertical_padding);
  area.take_left(left_padding);
  area.take_right(right_padding);
  painter.paragraph(text_, area, {text_px_, Weight::regular, theme().ink}, text_px_ * 1.4);
}

}  // namespace lanekeeper::widgets
