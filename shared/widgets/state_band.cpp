#include "widgets/state_band.h"

namespace lanekeeper::widgets {

namespace {

struct Look {
  wxColour fill, text;
  std::optional<wxColour> border;
  double border_width = 0;
};

Look look_of(StateBand::Kind kind) {
  const Theme& t = theme();
  switch (kind) {
    case StateBand::Kind::offline:
      return {t.amber, t.ink, std::nullopt, 0};
    case StateBand::Kind::sending:
      return {t.panel, t.ink, t.ink, 2};
    case StateBand::Kind::training:
      return {t.panel, t.ink, t.amber, 4};
    case StateBand::Kind::returning:
    case StateBand::Kind::stop:
      return {t.red, t.on_ink, std::nullopt, 0};
    case StateBand::Kind::notice:
      return {t.accent_tint, t.ink, t.accent, 2};
  }
  return {t.panel, t.ink, t.ink, 2};
}

// Plain diagonal bars, 14 px wide.
void paint_hatch(Painter& painter) {
  wxGraphicsContext& gc = painter.context();
  gc.SetPen(*wxTRANSPARENT_PEN);
  gc.SetBrush(wxBrush(theme().amber_hatch));
  constexpr double bar = 20;
  const double height = painter.height();
  for (double x = -height; x < painter.width(); x += 2 * bar) {
    wxGraphicsPath path = gc.CreatePath();
    path.MoveToPoint(x, height);
    path.AddLineToPoint(x + height, 0);
    path.AddLineToPoint(x + height + bar, 0);
    path.AddLineToPoint(x + bar, height);
    path.CloseSubpath();
    gc.FillPath(path);
  }
}

}  // namespace

StateBand::StateBand(wxWindow* parent) : PaintedControl(parent, wxString()) {
  set_design_size(-1, theme().state_band_height);
}

void StateBand::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.title);
  Refresh();
}

void StateBand::paint_figures(Painter& painter, Area& area) const {
  if (content_.figures.empty()) return;
  const Theme& t = theme();
  const TextStyle label{14, Weight::regular, t.on_ink_quiet};
  const TextStyle value{22, Weight::bold, t.on_ink};
  double width = 32 + (content_.figures_icon ? 40 : 0);
  std::vector<double> widths;
  for (const Figure& figure : content_.figures) {
    widths.push_back(std::max(painter.text_width(figure.label, label), painter.text_width(figure.value, value)) + 1);
    width += widths.back();
  }
  width += 25 * static_cast<double>(content_.figures.size() - 1);
  Area block = area.take_right(width, 14).inset(0, 5);
  painter.box(block, {t.ink, std::nullopt, 1, t.radius});
  block = block.inset(16, 5);
  if (content_.figures_icon) {
    const Area place = block.take_left(28, 12);
    painter.icon(*content_.figures_icon, place.x, place.centre_y() - 14, 28, t.on_ink);
  }
  for (std::size_t i = 0; i < content_.figures.size(); ++i) {
    if (i > 0) {
      const Area place = block.take_left(1, 12);
      painter.fill({place.x, place.centre_y() - 18, 1, 36}, t.on_ink_rule);
    }
    Area column = block.take_left(widths[i], 12);
    painter.text(content_.figures[i].label, column.take_top(18), label);
    painter.text(content_.figures[i].value, column, value, Align::left, Overflow::never);
  }
}

void StateBand::paint(Painter& painter) {
  painter.keep_sizes();
  const Look look = look_of(content_.kind);
  painter.box(painter.area(), {look.fill, look.border, look.border_width, 0});
  if (content_.kind == Kind::training) {
    paint_hatch(painter);
    painter.box(painter.area(), {std::nullopt, look.border, look.border_width, 0});
  }
  Area area = painter.area().inset(16, 0);
  const Area icon = area.take_left(40, 14);
  painter.icon(content_.icon, icon.x, icon.centre_y() - 20, 40, look.text, 2.5);
  paint_figures(painter, area);
  if (!content_.tag.empty()) {
    const double width = painter.tag_width(content_.tag, 18);
    const Area place = area.take_right(width, 14);
    painter.tag(content_.tag, place.x, place.centre_y(), TagKind::amber_filled, 18);
  }
  if (content_.progress) {
    const Area place = area.take_right(std::min(240.0, area.w * 0.3), 14);
    painter.progress({place.x, place.centre_y() - 6, place.w, 12}, *content_.progress, theme().ink, theme().off);
  }
  Area words{area.x, 6, area.w, 52};
  painter.text(content_.title, words.take_top(29), {24, Weight::bold, look.text});
  painter.text(content_.note, words, {16, Weight::regular, look.text});
}

}  // namespace lanekeeper::widgets
