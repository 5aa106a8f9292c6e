#include "widgets/stat_card.h"

namespace lanekeeper::widgets {

StatCard::StatCard(wxWindow* parent, bool has_note) : PaintedControl(parent, wxString()) {
  set_design_size(110, has_note ? 88 : 70);
}

void StatCard::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.label + " " + content_.figure);
  Refresh();
}

void StatCard::paint(Painter& painter) {
  const Theme& t = theme();
  const bool plain = content_.tone == Tone::normal;
  const wxColour fill = plain ? t.panel : content_.tone == Tone::attention ? t.amber_tint : t.red_tint;
  const wxColour edge = plain ? t.line : content_.tone == Tone::attention ? t.amber_ink : t.red;
  const wxColour note = plain ? t.ink_quiet : edge;
  painter.box(painter.area(), {fill, edge, 1, t.radius});
  Area area = painter.area().inset(16, 10);
  painter.text(content_.label, area.take_top(18), {13, Weight::regular, t.ink_secondary});
  painter.text(content_.figure, area.take_top(31), {22, Weight::bold, t.ink}, Align::left, Overflow::never);
  Area foot = area.take_top(18);
  if (content_.note_icon) {
    const Area icon = foot.take_left(14, 5);
    painter.icon(*content_.note_icon, icon.x, icon.centre_y() - 7, 14, note);
  }
  painter.text(content_.note, foot, {13, Weight::regular, note});
}

}  // namespace lanekeeper::widgets
