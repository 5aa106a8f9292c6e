#include "widgets/status_bar.h"

namespace lanekeeper::widgets {

namespace {

constexpr double padding = 12;
constexpr double icon_size = 18;
constexpr double inner_gap = 6;
constexpr double chip_padding = 10;
constexpr double chip_height = 28;
constexpr int text_px = 15;

}  // namespace

StatusBar::StatusBar(wxWindow* parent) : PaintedControl(parent, wxString()) {
  set_ground(theme().ink);
  set_design_size(-1, theme().status_bar_height);
}

void StatusBar::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  Refresh();
}

double StatusBar::item_width(Painter& painter, const Item& item, bool shrunk) const {
  const bool chip = item.tone != Tone::normal;
  double width = chip ? 2 * chip_padding : 0;
  if (item.icon) width += icon_size;
  if (shrunk) return width;
  const double strong = painter.text_width(item.strong, {text_px, Weight::bold});
  const double text = painter.text_width(item.text, {text_px, chip ? Weight::bold : Weight::regular});
  if (item.icon && strong + text > 0) width += inner_gap;
  if (strong > 0 && text > 0) width += inner_gap;
  return width + strong + text;
}

void StatusBar::paint_item(Painter& painter, const Item& item, bool shrunk, double x, double width) const {
  const Theme& t = theme();
  const bool chip = item.tone != Tone::normal;
  wxColour text_colour = t.on_ink_quiet;
  wxColour strong_colour = t.on_ink;
  if (chip) {
    const bool warning = item.tone == Tone::warning;
    text_colour = strong_colour = warning ? t.ink : t.on_ink;
    painter.box({x, (painter.height() - chip_height) / 2, width, chip_height},
                {warning ? t.amber : t.red, std::nullopt, 1, t.tag_radius});
    x += chip_padding;
  }
  if (item.icon) {
    painter.icon(*item.icon, x, (painter.height() - icon_size) / 2, icon_size, text_colour);
    x += icon_size + inner_gap;
  }
  if (shrunk) return;
  const double rest = painter.width();
  if (!item.strong.empty()) {
    x += painter.text(item.strong, {x, 0, rest, painter.height()}, {text_px, Weight::bold, strong_colour}) + inner_gap;
  }
  painter.text(item.text, {x, 0, rest, painter.height()},
               {text_px, chip ? Weight::bold : Weight::regular, text_colour});
}

double StatusBar::paint_clock(Painter& painter, double right) const {
  const Theme& t = theme();
  const TextStyle time{20, Weight::bold, t.on_ink};
  const TextStyle date{text_px, Weight::regular, t.on_ink_quiet};
  right -= painter.text_width(content_.time, time);
  painter.text(content_.time, {right, 0, 200, painter.height()}, time, Align::left, Overflow::never);
  right -= inner_gap + painter.text_width(content_.date, date);
  painter.text(content_.date, {right, 0, 300, painter.height()}, date, Align::left, Overflow::never);
  return right;
}

void StatusBar::paint(Painter& painter) {
  painter.keep_sizes();
  const bool narrow = painter.width() < 1200;
  const double gap = narrow ? 10 : 14;
  double right = paint_clock(painter, painter.width() - padding);

  const auto rule = [&](double x) { painter.fill({x, (painter.height() - 18) / 2, 1, 18}, theme().on_ink_rule); };
  const auto total = [&](const std::vector<bool>& shrunk) {
    double width = 0;
    for (const Item& item : content_.left) width += item_width(painter, item, false) + 2 * gap + 1;
    for (std::size_t i = 0; i < content_.right.size(); ++i) {
      width += item_width(painter, content_.right[i], shrunk[i]) + gap;
    }
    return width + gap + 1;
  };
  std::vector<bool> shrunk(content_.right.size(), false);
  for (std::size_t i = content_.right.size(); i-- > 0 && total(shrunk) > right - padding;) {
    if (content_.right[i].may_shrink) shrunk[i] = true;
  }

  if (!content_.right.empty()) {
    right -= gap + 1;
    rule(right);
  }
  for (std::size_t i = content_.right.size(); i-- > 0;) {
    const double width = item_width(painter, content_.right[i], shrunk[i]);
    right -= gap + width;
    paint_item(painter, content_.right[i], shrunk[i], right, width);
  }
  double left_width = padding;
  for (const Item& item : content_.left) left_width += item_width(painter, item, false) + 2 * gap + 1;
  const double excess = left_width - right;
  double x = padding;
  for (std::size_t i = 0; i < content_.left.size(); ++i) {
    if (i > 0) {
      rule(x + gap);
      x += 2 * gap + 1;
    }
    Item item = content_.left[i];
    if (i == 0 && excess > 0) {  // the name of the shop is the longest and the best known
      const TextStyle style{text_px, Weight::bold};
      item.strong = painter.ellipsized(item.strong, style, painter.text_width(item.strong, style) - excess);
    }
    const double width = item_width(painter, item, false);
    paint_item(painter, item, false, x, width);
    x += width;
  }
}

}  // namespace lanekeeper::widgets
