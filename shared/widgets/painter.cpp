#include "widgets/painter.h"

#include <cmath>

#include "widgets/text.h"
#include "widgets/text_measure.h"

namespace lanekeeper::widgets {

Area Area::take_left(double width, double gap) {
  const Area taken{x, y, std::min(width, w), h};
  x += width + gap;
  w = std::max(0.0, w - width - gap);
  return taken;
}

Area Area::take_right(double width, double gap) {
  const Area taken{right() - width, y, width, h};
  w = std::max(0.0, w - width - gap);
  return taken;
}

Area Area::take_top(double height, double gap) {
  const Area taken{x, y, w, std::min(height, h)};
  y += height + gap;
  h = std::max(0.0, h - height - gap);
  return taken;
}

Area Area::take_bottom(double height, double gap) {
  const Area taken{x, bottom() - height, w, height};
  h = std::max(0.0, h - height - gap);
  return taken;
}

void Painter::fill(const Area& area, const wxColour& colour) {
  gc_.SetPen(*wxTRANSPARENT_PEN);
  gc_.SetBrush(wxBrush(colour));
  gc_.DrawRectangle(area.x, area.y, area.w, area.h);
}

// A border is the outer shape filled and the inner shape filled over it: sharp at every width, no half pixels.
void Painter::box(const Area& area, const BoxStyle& style) {
  gc_.SetPen(*wxTRANSPARENT_PEN);
  const auto shape = [&](const Area& at, double radius) {
    if (radius > 0) {
      gc_.DrawRoundedRectangle(at.x, at.y, at.w, at.h, radius);
    } else {
      gc_.DrawRectangle(at.x, at.y, at.w, at.h);
    }
  };
  if (style.border && style.dashed) {
    if (style.fill) {
      gc_.SetBrush(wxBrush(*style.fill));
      shape(area, style.radius);
    }
    gc_.SetBrush(*wxTRANSPARENT_BRUSH);
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(*style.border, style.border_width).Style(wxPENSTYLE_SHORT_DASH)));
    const double half = style.border_width / 2;
    shape(area.inset(half), style.radius);
    return;
  }
  if (style.border) {
    gc_.SetBrush(wxBrush(*style.border));
    if (style.fill) {
      shape(area, style.radius);
      gc_.SetBrush(wxBrush(*style.fill));
      shape(area.inset(style.border_width), std::max(0.0, style.radius - style.border_width));
      return;
    }
    gc_.SetBrush(*wxTRANSPARENT_BRUSH);
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(*style.border, style.border_width)));
    const double half = style.border_width / 2;
    shape(area.inset(half), std::max(0.0, style.radius - half));
    return;
  }
  if (style.fill) {
    gc_.SetBrush(wxBrush(*style.fill));
    shape(area, style.radius);
  }
}

void Painter::disc(double centre_x, double centre_y, double radius, const wxColour& fill,
                   const std::optional<wxColour>& ring, double ring_width) {
  gc_.SetPen(*wxTRANSPARENT_PEN);
  if (ring) {
    gc_.SetBrush(wxBrush(*ring));
    gc_.DrawEllipse(centre_x - radius, centre_y - radius, 2 * radius, 2 * radius);
    radius -= ring_width;
  }
  gc_.SetBrush(wxBrush(fill));
  gc_.DrawEllipse(centre_x - radius, centre_y - radius, 2 * radius, 2 * radius);
}

void Painter::rule(double x, double y, double length, const wxColour& colour, double thickness) {
  fill({x, y, length, thickness}, colour);
}

void Painter::use(const TextStyle& style) {
  gc_.SetFont(graphics_font(gc_, style.px, style.weight, style.colour));
}

double Painter::text_width(const wxString& text, const TextStyle& style) {
  return measured_width(gc_, text, style.px, style.weight);
}

double Painter::text_height(const TextStyle& style) {
  return measured_height(gc_, style.px, style.weight);
}

wxString Painter::ellipsized(const wxString& text, const TextStyle& style, double width) {
  if (text_width(text, style) <= width + 0.5) return text;
  static const wxString ellipsis = wxString::FromUTF8("\xE2\x80\xA6");
  std::size_t low = 0;
  std::size_t high = text.length();
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (text_width(text.Left(middle) + ellipsis, style) <= width) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return text.Left(low).Trim() + ellipsis;
}

namespace {

constexpr double text_step = 0.15;
// What a line of letters and Chinese needs of its height, as a part of its em.
constexpr double room_of_em = 1.15;
constexpr int max_paragraph_lines = 99;
constexpr int largest_growing_px = 30;  // what is larger can be read from afar

}  // namespace

std::vector<TextStyle> Painter::sizes_of(const TextStyle& style) const {
  std::vector<TextStyle> sizes;
  const bool as_designed = keeps_sizes_ || style.px > largest_growing_px;
  for (double by = as_designed ? 1.0 : theme().text_scale; by > 1.01; by -= text_step) {
    sizes.push_back(style.size(static_cast<int>(std::round(style.px * by))));
  }
  sizes.push_back(style);
  return sizes;
}

double Painter::text(const wxString& text, const Area& area, const TextStyle& style, Align align, Overflow overflow) {
  if (text.empty()) return 0;
  for (const TextStyle& larger : sizes_of(style)) {
    if (larger.px <= style.px || larger.px * room_of_em > area.h) continue;
    if (text_width(text, larger) <= area.w) return line(text, area, larger, align);
  }
  return line(overflow == Overflow::ellipsis ? ellipsized(text, style, area.w) : text, area, style, align);
}

double Painter::line(const wxString& shown, const Area& area, const TextStyle& style, Align align) {
  if (shown.empty()) return 0;
  const double width = text_width(shown, style);
  const double height = text_height(style);
  double x = area.x;
  if (align == Align::centre) x += (area.w - width) / 2;
  if (align == Align::right) x += area.w - width;
  const double y = std::round(area.y + (area.h - height) / 2);
  use(style);
  gc_.DrawText(shown, x, y);
  if (style.struck) fill({x, std::round(y + height * 0.55), width, std::max(1.0, style.px / 16.0)}, style.colour);
  return width;
}

std::vector<wxString> Painter::wrap(const wxString& text, const TextStyle& style, double width, int max_lines) {
  std::vector<wxString> lines;
  wxString rest = text;
  while (!rest.empty()) {
    wxString paragraph = rest.BeforeFirst('\n');
    rest = rest.Find('\n') == wxNOT_FOUND ? wxString() : rest.AfterFirst('\n');
    wxString line;
    for (const wxString& piece : break_pieces(paragraph)) {
      wxString trial = line + piece;
      if (!line.empty() && text_width(trial.Trim(), style) > width) {
        lines.push_back(line.Trim());
        line.clear();
      }
      line += piece;
    }
    lines.push_back(line.Trim());
  }
  if (static_cast<int>(lines.size()) > max_lines) {
    wxString last = lines[static_cast<std::size_t>(max_lines) - 1];
    for (std::size_t i = static_cast<std::size_t>(max_lines); i < lines.size(); ++i) last += " " + lines[i];
    lines.resize(static_cast<std::size_t>(max_lines));
    lines.back() = last;
  }
  for (wxString& line : lines) line = ellipsized(line, style, width);
  return lines;
}

double Painter::paragraph(const wxString& text, const Area& area, const TextStyle& style, double line_height,
                          Align align, int max_lines) {
  double y = area.y;
  for (const TextStyle& size : sizes_of(style)) {
    const double height = std::round(line_height * size.px / style.px);
    const int fitting = std::max(1, static_cast<int>((area.h + 1) / height));
    const auto lines = wrap(text, size, area.w, std::min(max_lines, fitting));
    const bool designed = size.px == style.px;
    if (!designed && lines.size() != wrap(text, size, area.w, max_paragraph_lines).size()) continue;
    for (const wxString& shown : lines) {
      line(shown, {area.x, y, area.w, height}, size, align);
      y += height;
    }
    break;
  }
  return y - area.y;
}

void Painter::icon(Icon icon, double x, double y, double size, const wxColour& colour, double stroke) {
  draw_icon(gc_, icon, x, y, size, colour, stroke);
}

namespace {

constexpr double tag_padding = 6;
constexpr double cap_padding = 5;

struct TagColours {
  wxColour fill, border, text;
};

TagColours tag_colours(TagKind kind) {
  const Theme& t = theme();
  switch (kind) {
    case TagKind::accent:
      return {t.panel, t.accent, t.accent};
    case TagKind::neutral:
      return {t.panel, t.edge, t.ink_secondary};
    case TagKind::attention:
      return {t.amber_tint, t.amber_ink, t.amber_ink};
    case TagKind::stop:
      return {t.red_tint, t.red, t.red};
    case TagKind::accent_filled:
      return {t.accent, t.accent, t.on_ink};
    case TagKind::red_filled:
      return {t.red, t.red, t.on_ink};
    case TagKind::amber_filled:
      return {t.amber, t.amber, t.ink};
  }
  return {t.panel, t.edge, t.ink_secondary};
}

}  // namespace

double Painter::tag_width(const wxString& text, int px) {
  return std::ceil(text_width(text, {px, Weight::bold})) + 2 * tag_padding;
}

double Painter::tag(const wxString& text, double x, double centre_y, TagKind kind, int px) {
  const TagColours colours = tag_colours(kind);
  const double width = tag_width(text, px);
  const double height = px <= 13 ? 18 : std::round(px * 1.8);
  const Area area{x, std::round(centre_y - height / 2), width, height};
  box(area, {colours.fill, colours.border, 1, theme().tag_radius});
  line(text, area, {px, Weight::bold, colours.text}, Align::centre);
  return width;
}

double Painter::key_cap_width(const wxString& text, int px) {
  return std::max(std::ceil(text_width(text, {px, Weight::bold})) + 2 * cap_padding, px * 1.4);
}

double Painter::key_cap(const wxString& text, double x, double y, CapKind kind, int px, double height) {
  const Theme& t = theme();
  BoxStyle style{std::nullopt, t.edge, 1, 3};
  wxColour colour = t.ink_secondary;
  switch (kind) {
    case CapKind::plain:
      style.fill = t.quiet_fill;
      break;
    case CapKind::on_colour:
      style.border = t.on_ink;
      colour = t.on_ink;
      break;
    case CapKind::disabled:
      style.border = t.off_edge;
      colour = t.ink_quiet;
      break;
    case CapKind::danger:
      style.fill = t.panel;
      style.border = t.red;
      colour = t.red;
      break;
  }
  const double width = key_cap_width(text, px);
  const Area area{x, y, width, height};
  box(area, style);
  line(text, area, {px, Weight::bold, colour}, Align::centre);
  return width;
}

void Painter::step_mark(double x, double y, double diameter, int number, Step step, const wxColour& number_colour) {
  const Theme& t = theme();
  const double radius = diameter / 2;
  if (step == Step::coming) {
    disc(x + radius, y + radius, radius, t.panel, number_colour, 2);
  } else {
    disc(x + radius, y + radius, radius, t.ink);
  }
  if (step == Step::done) {
    const double size = std::round(diameter * 0.55);
    icon(Icon::check, x + (diameter - size) / 2, y + (diameter - size) / 2, size, t.on_ink, 3);
    return;
  }
  const int px = static_cast<int>(std::round(diameter / 2));
  line(wxString::Format("%d", number), {x, y, diameter, diameter}, {px, Weight::bold, number_colour}, Align::centre);
}

void Painter::progress(const Area& area, double fraction, const wxColour& fill_colour, const wxColour& ground) {
  const double radius = area.h / 2;
  box(area, {ground, std::nullopt, 1, radius});
  const double width = std::clamp(fraction, 0.0, 1.0) * area.w;
  if (width < 1) return;
  gc_.PushState();
  gc_.Clip(area.x, area.y, width, area.h);
  box(area, {fill_colour, std::nullopt, 1, radius});
  gc_.PopState();
}

}  // namespace lanekeeper::widgets
