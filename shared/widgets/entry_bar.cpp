#include "widgets/entry_bar.h"

namespace lanekeeper::widgets {

EntryBar::EntryBar(wxWindow* parent) : PaintedControl(parent, wxString()), key_(new TouchKey(this)) {
  key_->set_ground(theme().panel);
  set_design_size(-1, theme().entry_height);
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    place_key();
    event.Skip();
  });
}

void EntryBar::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  key_->Show(!content_.key_label.empty());
  key_->set({.label = content_.key_label,
             .look = content_.attention ? TouchKey::Look::plain : TouchKey::Look::confirm,
             .label_px = 17});
  key_->set_ground(content_.attention ? theme().amber_tint : theme().panel);
  place_key();
  SetLabel(content_.label.empty() ? content_.placeholder : content_.label);
  Refresh();
}

void EntryBar::place_key() {
  const int width = px(design_width() < 700 ? 84 : 100);
  const int height = px(48);
  const wxSize size = GetClientSize();
  key_->SetSize(size.x - px(6) - width, (size.y - height) / 2, width, height);
}

void EntryBar::paint_side(Painter& painter, Area& area, const wxColour& text_colour) const {
  const bool small = painter.width() < 700;
  const TextStyle strong{small ? 17 : 20, Weight::bold, theme().ink};
  const TextStyle quiet{small ? 15 : 16, Weight::regular, text_colour};
  if (!content_.side_text.empty()) {
    const Area place = area.take_right(painter.text_width(content_.side_text, quiet) + 1, 8);
    painter.text(content_.side_text, place, quiet, Align::left, Overflow::never);
  }
  if (!content_.side_strong.empty()) {
    const Area place = area.take_right(painter.text_width(content_.side_strong, strong) + 1, 8);
    painter.text(content_.side_strong, place, strong, Align::left, Overflow::never);
  }
  if (content_.side_icon) {
    const Area place = area.take_right(22, 12);
    painter.icon(*content_.side_icon, place.x, place.centre_y() - 11, 22, theme().ink_secondary);
  }
}

void EntryBar::paint(Painter& painter) {
  const Theme& t = theme();
  painter.box(painter.area(),
              {content_.attention ? t.amber_tint : t.panel, content_.attention ? t.amber : t.accent, 2, t.radius});
  Area area = painter.area();
  area.take_left(14);
  area.take_right(6);
  if (key_->IsShown()) area.take_right(painter.width() < 700 ? 84 : 100, 12);
  paint_side(painter, area, content_.attention ? t.amber_ink : t.ink_secondary);
  if (!content_.chip.empty()) {
    const double width = painter.tag_width(content_.chip, 18);
    const Area place = area.take_left(width, 10);
    painter.tag(content_.chip, place.x, place.centre_y(), TagKind::accent_filled, 18);
  }
  if (!content_.label.empty()) {
    const TextStyle style{18, Weight::bold, t.ink};
    const Area place = area.take_left(std::min(painter.text_width(content_.label, style), area.w * 0.6) + 1, 12);
    painter.text(content_.label, place, style);
  }
  const auto caret = [&](double x) { painter.fill({x, area.centre_y() - 14, 2, 28}, t.accent); };
  if (content_.text.empty()) {
    caret(area.x);
    area.take_left(14);
    painter.text(content_.placeholder, area,
                 {content_.text_px, Weight::regular, content_.attention ? t.ink : t.ink_quiet});
    return;
  }
  // The end of a long text is what is being typed: it stays in sight.
  const TextStyle style{24, Weight::bold, t.ink};
  wxString shown = content_.text;
  while (shown.length() > 1 && painter.text_width(shown, style) > area.w - 8) shown = shown.Mid(1);
  const double used = painter.text(shown, area, style, Align::left, Overflow::never);
  caret(area.x + used + 3);
}

}  // namespace lanekeeper::widgets
