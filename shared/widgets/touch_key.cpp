#include "widgets/touch_key.h"

#include "widgets/text.h"

namespace lanekeeper::widgets {

namespace {

constexpr int flash_ms = 90;
constexpr double cap_inset_x = 6;
constexpr double cap_inset_y = 5;
constexpr double cap_height = 19;
constexpr double side_padding = 5;

// Of a leading key: at its edges and behind the cap.
double leading_gap(double width) {
  return width < 140 ? 7 : 10;
}

}  // namespace

TouchKey::TouchKey(wxWindow* parent) : Pressable(parent, wxString(), Focus::none), flash_timer_(this) {
  Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
    flashing_ = false;
    Refresh();
  });
}

TouchKey::TouchKey(wxWindow* parent, Content content) : TouchKey(parent) {
  set(std::move(content));
}

void TouchKey::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.note.empty() ? content_.label : content_.label + " (" + content_.note + ")");
  Refresh();
}

void TouchKey::flash() {
  flashing_ = true;
  flash_timer_.StartOnce(flash_ms);
  Refresh();
}

TouchKey::Colours TouchKey::colours() const {
  const Theme& t = theme();
  if (!content_.available) return {t.off, t.off, t.ink_quiet, t.ink_quiet, t.ink_quiet, 1, CapKind::disabled};
  if (pressed() || flashing_) return {t.pressed, t.ink, t.ink, t.ink_secondary, t.ink_secondary, 2, CapKind::plain};
  if (content_.look == Look::tab && content_.selected) {
    return {t.ink, t.ink, t.on_ink, t.on_ink_quiet, t.on_ink, 1, CapKind::on_colour};
  }
  if (content_.selected) return {t.accent_tint, t.accent, t.accent, t.accent, t.ink_secondary, 3, CapKind::plain};
  switch (content_.look) {
    case Look::primary:
      return {t.accent, t.accent, t.on_ink, t.on_ink, t.on_ink, 1, CapKind::on_colour};
    case Look::confirm:
      return {t.ink, t.ink, t.on_ink, t.on_ink_quiet, t.on_ink, 1, CapKind::on_colour};
    case Look::danger:
      return {t.panel, t.red, t.red, t.red, t.red, 2, CapKind::danger};
    case Look::danger_filled:
      return {t.red, t.red, t.on_ink, t.on_ink, t.on_ink, 1, CapKind::on_colour};
    case Look::plain:
    case Look::tab:
      break;
  }
  return {t.panel, t.edge, t.ink, t.ink_secondary, t.ink_secondary, 1, CapKind::plain};
}

TouchKey::Fitted TouchKey::fit_label(Painter& painter, const Colours& colours, double width, int max_lines) const {
  const bool regular = content_.look == Look::tab && !content_.selected;
  const int smallest = std::min(content_.label_px, 13);
  Fitted fitted;
  for (int px = content_.label_px; px >= smallest; --px) {
    fitted.style = {px, regular ? Weight::regular : Weight::bold, colours.text};
    fitted.line_height = px * 1.2;
    fitted.lines = painter.wrap(content_.label, fitted.style, width, 99);
    const bool fits = static_cast<int>(fitted.lines.size()) <= max_lines &&
                      std::none_of(fitted.lines.begin(), fitted.lines.end(),
                                   [](const wxString& line) { return line.EndsWith(wxString::FromUTF8("…")); });
    fitted.complete = fits;
    if (fits) return fitted;
  }
  fitted.lines = painter.wrap(content_.label, fitted.style, width, max_lines);
  return fitted;
}

bool TouchKey::words_fit() const {
  bool fits = false;
  const Area area{0, 0, design_width(), design_height()};
  with_measuring_painter([&](Painter& painter) {
    double width = area.w - 2 * side_padding;
    double height = area.h - 4;
    int lines = 2;
    const bool in_a_row = content_.arrangement == Arrangement::in_row || content_.arrangement == Arrangement::leading;
    if (in_a_row) {
      lines = height >= content_.label_px * 2.4 ? 2 : 1;
      const bool leading = content_.arrangement == Arrangement::leading;
      const double gap = leading ? leading_gap(area.w) : 8;
      width = area.w - 2 * (leading ? gap : side_padding);
      if (!content_.cap.empty()) width -= painter.key_cap_width(content_.cap, content_.cap_px) + gap;
      if (content_.icon) width -= std::max(20.0, content_.label_px * 1.1) + 6;
    } else if (content_.icon) {
      height -= 29;
    }
    const Fitted label = fit_label(painter, colours(), width, lines);
    double needed = label.line_height * static_cast<double>(label.lines.size());
    bool note_fits = true;
    if (!content_.note.empty() && !in_a_row) {
      note_fits = painter.text_width(content_.note, {content_.note_px}) <= width + 0.5;
    }
    fits = label.complete && note_fits && needed <= height;
  });
  return fits;
}

void TouchKey::paint(Painter& painter) {
  const Colours look = colours();
  painter.box(painter.area(), {look.fill, look.border, look.border_width, theme().radius});
  switch (content_.arrangement) {
    case Arrangement::stacked:
      paint_stacked(painter, look, painter.area());
      break;
    case Arrangement::bottom:
      paint_bottom(painter, look, painter.area());
      break;
    case Arrangement::in_row:
    case Arrangement::leading:
      paint_in_row(painter, look, painter.area());
      break;
  }
}

void TouchKey::paint_stacked(Painter& painter, const Colours& look, Area area) {
  const bool capped = !content_.cap.empty();
  if (capped) {
    painter.key_cap(content_.cap, area.x + cap_inset_x, area.y + cap_inset_y, look.cap, content_.cap_px, cap_height);
  }
  const double icon_size = content_.icon ? 26 : 0;
  const Fitted label = fit_label(painter, look, area.w - 2 * side_padding, 2);
  const double words =
      icon_size + (content_.icon ? 3 : 0) + static_cast<double>(label.lines.size()) * label.line_height;
  double note_height = content_.note.empty() ? 0 : content_.note_px * 1.25;
  // The icon stands beside the cap; words do not. A note that has no room is left out: pressing the key tells it too.
  const double cap_room = capped && !content_.icon ? cap_inset_y + cap_height - 2 : 2;
  if (words + note_height > area.h - cap_room - 4) note_height = 0;
  const double height = words + note_height;
  double y = area.y + (area.h - height) / 2;
  if (capped && area.h < 130) y = std::max(area.y + cap_room, std::min(y + 9, area.bottom() - height - 5));
  if (content_.icon) {
    painter.icon(*content_.icon, area.x + (area.w - icon_size) / 2, std::round(y), icon_size, look.text);
    y += icon_size + 3;
  }
  for (const wxString& line : label.lines) {
    painter.text(line, {area.x + side_padding, y, area.w - 2 * side_padding, label.line_height}, label.style,
                 Align::centre);
    y += label.line_height;
  }
  if (note_height > 0) {
    painter.text(content_.note, {area.x + side_padding, y, area.w - 2 * side_padding, note_height},
                 {content_.note_px, Weight::regular, look.note}, Align::centre);
  }
}

void TouchKey::paint_bottom(Painter& painter, const Colours& look, Area area) {
  if (!content_.cap.empty()) {
    painter.key_cap(content_.cap, area.x + cap_inset_x, area.y + cap_inset_y, look.cap, content_.cap_px, cap_height);
  }
  Area inner = area.inset(side_padding, 6);
  if (!content_.note.empty()) {
    painter.text(content_.note, inner.take_bottom(content_.note_px * 1.2),
                 {content_.note_px, Weight::regular, look.note}, Align::centre);
  }
  const double room = inner.h - (content_.cap.empty() ? 0 : cap_height);
  const Fitted label = fit_label(painter, look, inner.w, room >= content_.label_px * 2.3 ? 2 : 1);
  for (auto line = label.lines.rbegin(); line != label.lines.rend(); ++line) {
    painter.text(*line, inner.take_bottom(label.line_height), label.style, Align::centre);
  }
}

void TouchKey::paint_in_row(Painter& painter, const Colours& look, Area area) {
  const bool leading = content_.arrangement == Arrangement::leading;
  const double gap = leading ? leading_gap(area.w) : content_.label_px >= 24 ? 14 : 8;
  const double cap_tall = content_.cap_px > 15 ? content_.cap_px * 1.5 : cap_height;
  const double cap = content_.cap.empty() ? 0 : painter.key_cap_width(content_.cap, content_.cap_px);
  const double icon_size = content_.icon ? std::max(20.0, content_.label_px * 1.1) : 0;
  const double head = (cap > 0 ? cap + gap : 0) + (icon_size > 0 ? icon_size + 6 : 0);
  Area inner = area.inset(leading ? leading_gap(area.w) : side_padding, 4);
  const Fitted label = fit_label(painter, look, inner.w - head, inner.h >= content_.label_px * 2.4 ? 2 : 1);
  double label_width = 0;
  for (const wxString& line : label.lines) label_width = std::max(label_width, painter.text_width(line, label.style));
  double x = leading ? inner.x : inner.x + (inner.w - head - label_width) / 2;
  if (cap > 0) {
    painter.key_cap(content_.cap, std::round(x), std::round(area.centre_y() - cap_tall / 2), look.cap, content_.cap_px,
                    cap_tall);
    x += cap + gap;
  }
  if (icon_size > 0) {
    painter.icon(*content_.icon, std::round(x), std::round(area.centre_y() - icon_size / 2), icon_size, look.text);
    x += icon_size + 6;
  }
  double y = area.centre_y() - static_cast<double>(label.lines.size()) * label.line_height / 2;
  for (const wxString& line : label.lines) {
    painter.text(line, {x, y, label_width + 1, label.line_height}, label.style, leading ? Align::left : Align::centre);
    y += label.line_height;
  }
}

}  // namespace lanekeeper::widgets
