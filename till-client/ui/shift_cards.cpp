#include "till_ui/shift_cards.h"

#include <algorithm>

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::TextStyle;
using widgets::theme;
using widgets::Weight;

// ---- steps ----

void StepBar::paint(Painter& painter) {
  painter.keep_sizes();
  const auto& t = theme();
  if (content_.steps.empty()) return;
  const auto count = static_cast<double>(content_.steps.size());
  Area area = painter.area();
  const double width = (area.w - (count - 1) * t.gap) / count;
  for (std::size_t i = 0; i < content_.steps.size(); ++i) {
    Area step = area.take_left(width, t.gap);
    const bool current = i == content_.current;
    const wxColour ink = current ? t.on_ink : t.ink_secondary;
    if (current) {
      painter.box(step, {t.ink, std::nullopt, 1, t.radius});
    } else {
      painter.box(step, {t.panel, t.line, 1, t.radius});
    }
    step = step.inset(16, 0);
    const Area mark = step.take_left(28, 12);
    const double middle = mark.x + 14;
    painter.disc(middle, mark.centre_y(), 14, current ? t.ink : t.panel, ink, 2);
    painter.text(wxString::Format("%d", static_cast<int>(i) + 1), mark, {16, Weight::bold, ink}, Align::centre);
    const TextStyle style{18, current ? Weight::bold : Weight::regular, ink};
    painter.text(content_.steps[i], step, fitted(painter, content_.steps[i], style, step.w, 13));
  }
}

// ---- a sum ----

void TotalCard::paint(Painter& painter) {
  painter.keep_sizes();
  const auto& t = theme();
  painter.box(painter.area(), {t.ink, std::nullopt, 1, t.radius});
  Area area = painter.area().inset(18, 8);
  if (!content_.head.empty()) {
    const Area head = area.take_top(26);
    const TextStyle quiet{18, Weight::regular, t.on_ink_quiet};
    painter.text(content_.head, head, quiet);
    painter.text(content_.head_right, head, quiet, Align::right);
  }
  const double label_width =
      content_.label.empty() ? 0 : painter.text_width(content_.label, {24, Weight::bold, t.on_ink}) + 12;
  int px = std::min(60, static_cast<int>(area.h));
  const auto width = [&] {
    return painter.text_width(content_.amount, {px, Weight::bold}) +
           painter.text_width(content_.currency, {px / 2, Weight::bold}) + 2;
  };
  while (px > 28 && width() > area.w - label_width) px -= 2;
  const double amount_width = painter.text_width(content_.amount, {px, Weight::bold});
  painter.text(content_.amount, area, {px, Weight::bold, t.on_ink}, Align::right, Overflow::never);
  // The small words stand on the large one's line.
  const double drop = px * 0.17;
  Area beside{area.x, area.y + drop, area.w - amount_width - 3, area.h};
  painter.text(content_.currency, beside, {px / 2, Weight::bold, t.on_ink}, Align::right, Overflow::never);
  painter.text(content_.label, {area.x, area.y + drop + 2, area.w, area.h}, {24, Weight::bold, t.on_ink});
}

// ---- what is typed ----

void AmountField::paint(Painter& painter) {
  const auto& t = theme();
  painter.box(painter.area(), {t.panel, t.accent, 3, t.radius});
  Area area = painter.area().inset(18, 10);
  const Area head = area.take_top(26);
  const double used = painter.text(content_.label, head, {18, Weight::bold, t.accent});
  Area aside = head;
  aside.take_left(used + 12);
  painter.text(content_.note, aside, fitted(painter, content_.note, {16, Weight::regular, t.ink_quiet}, aside.w, 13),
               Align::right);
  if (content_.typing) painter.fill({area.right() - 2, area.centre_y() - 18, 2, 36}, t.accent);
  area.w -= 8;
  const TextStyle figure{52, Weight::bold, content_.typing ? t.ink : t.ink_quiet};
  painter.text(content_.value, area, fitted(painter, content_.value, figure, area.w, 24), Align::right,
               Overflow::never);
}

// ---- advice ----

void AdviceCard::paint(Painter& painter) {
  painter.keep_sizes();
  const auto& t = theme();
  painter.box(painter.area(), {t.accent_tint, std::nullopt, 1, t.tag_radius});
  Area area = painter.area();
  painter.fill(area.take_left(6), t.accent);
  area = area.inset(14, 6);
  const Area sign = area.take_left(30, 12);
  painter.icon(content_.icon, sign.x, sign.centre_y() - 15, 30, t.ink);
  int px = 16;
  const auto longest = [&] {
    double width = painter.text_width(content_.title, {px, Weight::bold});
    for (const wxString& line : content_.lines) width = std::max(width, painter.text_width(line, {px}));
    return width;
  };
  while (px > 13 && longest() > area.w) --px;
  const double line_height = px * 1.3;
  Area block = area.centred(area.w, line_height * static_cast<double>(content_.lines.size() + 1));
  painter.text(content_.title, block.take_top(line_height), {px, Weight::bold, t.ink});
  for (const wxString& line : content_.lines) {
    painter.text(line, block.take_top(line_height), {px, Weight::regular, t.ink});
  }
}

// ---- X ----

namespace {

constexpr double way_height = 30;
constexpr double open_end_height = 50;
constexpr double counter_height = 53;

}  // namespace

void ReportCard::paint(Painter& painter) {
  const auto& t = theme();
  paint_panel(painter);
  Area area = painter.area().inset(16, 12);
  Area head = area.take_top(28, 4);
  const double used = painter.text(content_.title, head, {20, Weight::bold, t.ink});
  head.take_left(used + 10);
  painter.text(content_.period, head, {15, Weight::regular, t.ink_secondary}, Align::right);
  const auto rows = static_cast<double>((content_.counters.size() + 2) / 3);
  if (rows > 0) paint_counters(painter, area.take_bottom(rows * counter_height + (rows - 1) * t.gap, 8));
  paint_sums(painter, area);
  const double open_ends = open_end_height * static_cast<double>(content_.open_ends.size());
  if (!content_.open_ends.empty()) {
    Area place = area.take_bottom(std::min(open_ends, area.h), 6);
    paint_open_ends(painter, place);
  }
  paint_ways(painter, area);
}

void ReportCard::paint_sums(Painter& painter, Area& area) const {
  const auto& t = theme();
  for (const auto& sum : content_.sums) {
    Area row = area.take_top(38, 5);
    painter.box(row, {sum.hidden ? t.off : t.quiet_fill, std::nullopt, 1, t.tag_radius});
    row = row.inset(10, 0);
    if (sum.hidden) {
      const double width = painter.text_width(content_.hidden, {16});
      Area words = row.take_right(width + 1, 8);
      painter.text(content_.hidden, words, {16, Weight::regular, t.ink_secondary});
      const Area lock = row.take_right(16, 8);
      painter.icon(Icon::lock, lock.x, lock.centre_y() - 8, 16, t.ink_secondary);
    } else {
      const double width = painter.text_width(sum.value, {18, Weight::bold});
      painter.text(sum.value, row.take_right(width + 1, 12), {18, Weight::bold, t.ink}, Align::right, Overflow::never);
    }
    painter.text(sum.count, row, {16, Weight::regular, t.ink_quiet}, Align::right);
    painter.text(sum.label, row, {17, Weight::regular, t.ink});
  }
  // On a low screen what is still open matters more than the reason why sums are hidden.
  if (content_.note.empty() || (content_.open_ends.size() > 1 && area.h < 320)) return;
  painter.text(content_.note, area.take_top(24, 2),
               fitted(painter, content_.note, {15, Weight::regular, t.ink_quiet}, area.w, 13));
}

void ReportCard::paint_ways(Painter& painter, Area& area) const {
  const auto& t = theme();
  painter.text(content_.ways_title, area.take_top(28), {15, Weight::regular, t.ink_secondary});
  painter.fill(area.take_top(2), t.ink);
  if (content_.ways.empty()) {
    painter.text(content_.no_ways, area.take_top(way_height), {15, Weight::regular, t.ink_quiet});
    return;
  }
  const double height = std::clamp(area.h / static_cast<double>(content_.ways.size()), 20.0, way_height);
  for (const auto& way : content_.ways) {
    Area row = area.take_top(height);
    painter.fill({row.x, row.bottom() - 1, row.w, 1}, t.line);
    painter.text(way.amount, row.take_right(130, 0), {17, Weight::bold, way.below_zero ? t.red : t.ink}, Align::right,
                 Overflow::never);
    painter.text(way.count, row.take_right(90, 10), {16, Weight::regular, t.ink_quiet}, Align::right);
    painter.text(way.name, row, {16, Weight::regular, t.ink});
  }
}

void ReportCard::paint_open_ends(Painter& painter, Area& area) const {
  const auto& t = theme();
  for (const auto& end : content_.open_ends) {
    Area box = area.take_top(open_end_height - 4, 4);
    painter.box(box, {t.amber_tint, std::nullopt, 1, t.tag_radius});
    painter.fill(box.take_left(6), t.amber);
    box = box.inset(10, 3);
    const Area sign = box.take_left(22, 10);
    painter.icon(Icon::alert, sign.x, sign.centre_y() - 11, 22, t.ink);
    painter.text(end.title, box.take_top(box.h / 2), fitted(painter, end.title, {16, Weight::bold, t.ink}, box.w, 13));
    painter.text(end.note, box, fitted(painter, end.note, {15, Weight::regular, t.ink}, box.w, 13));
  }
}

void ReportCard::paint_counters(Painter& painter, Area area) const {
  const auto& t = theme();
  const double width = (area.w - 2 * t.gap) / 3;
  for (std::size_t i = 0; i < content_.counters.size(); ++i) {
    const auto& counter = content_.counters[i];
    Area box{area.x + static_cast<double>(i % 3) * (width + t.gap),
             area.y + static_cast<double>(i / 3) * (counter_height + t.gap), width, counter_height};
    painter.box(box, {counter.attention ? t.amber_tint : t.quiet_fill, std::nullopt, 1, t.tag_radius});
    box = box.inset(10, 4);
    painter.text(counter.label, box.take_top(21),
                 fitted(painter, counter.label, {14, Weight::regular, t.ink_quiet}, box.w, 13));
    painter.text(
        counter.value, box,
        fitted(painter, counter.value, {17, Weight::bold, counter.attention ? t.amber_ink : t.ink}, box.w, 13));
  }
}

// ---- figures ----

void FiguresCard::paint(Painter& painter) {
  const auto& t = theme();
  paint_panel(painter);
  Area area = painter.area().inset(18, 12);
  Area head = area.take_top(28, 4);
  const double used = painter.text(content_.title, head, {20, Weight::bold, t.ink});
  head.take_left(used + 10);
  painter.text(content_.aside, head,
               fitted(painter, content_.aside, {16, Weight::regular, t.ink_secondary}, head.w, 13), Align::right);
  if (!content_.remark.empty()) {
    const auto lines = painter.wrap(content_.remark, {16}, area.w - 36, 3);
    Area foot = area.take_bottom(21.0 * static_cast<double>(lines.size()), 8);
    const Area sign = foot.take_left(24, 12);
    painter.icon(Icon::info, sign.x, sign.centre_y() - 12, 24, t.ink_secondary);
    painter.paragraph(content_.remark, foot, {16, Weight::regular, t.ink_secondary}, 21, Align::left, 3);
  }
  if (content_.rows.empty()) return;
  const double height = std::clamp(area.h / static_cast<double>(content_.rows.size()), 22.0, 34.0);
  for (const auto& line : content_.rows) {
    if (area.h < height) break;
    Area row = area.take_top(height);
    painter.fill({row.x, row.bottom() - 1, row.w, 1}, t.line);
    const double width = painter.text_width(line.value, {18, Weight::bold});
    painter.text(line.value, row.take_right(width + 1, 12), {18, Weight::bold, line.below_zero ? t.red : t.ink},
                 Align::right, Overflow::never);
    const TextStyle style{17, line.strong ? Weight::bold : Weight::regular, line.strong ? t.ink : t.ink_secondary};
    painter.text(line.label, row, fitted(painter, line.label, style, row.w, 13));
  }
}

}  // namespace lanekeeper::till::ui
