#include "widgets/due_block.h"

#include <cmath>

namespace lanekeeper::widgets {

namespace {

const wxColour& tone_colour(DueBlock::Tone tone) {
  switch (tone) {
    case DueBlock::Tone::saving:
      return theme().on_ink_saving;
    case DueBlock::Tone::waiting:
      return theme().on_ink_waiting;
    case DueBlock::Tone::normal:
      break;
  }
  return theme().on_ink;
}

// Noto Sans CJK: 1.160 em above the base line, 0.288 em below.
constexpr double ascent_share = 1.160 / 1.448;

bool narrow(const Painter& painter) {
  return painter.width() < 400;
}

}  // namespace

DueBlock::DueBlock(wxWindow* parent) : PaintedControl(parent, wxString()) {}

void DueBlock::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.label + " " + content_.amount);
  Refresh();
}

void DueBlock::paint_facts_row(Painter& painter, const Area& area) const {
  if (content_.facts.empty()) return;
  const bool small = narrow(painter);
  const TextStyle label{small ? 14 : 16, Weight::regular, content_.refund ? theme().on_ink : theme().on_ink_quiet};
  std::vector<double> widths;
  double total = 0;
  int value_px = small ? 17 : 20;
  for (;; --value_px) {
    widths.clear();
    total = 0;
    for (const Fact& fact : content_.facts) {
      widths.push_back(painter.text_width(fact.label, label) + 5 +
                       painter.text_width(fact.value, {value_px, Weight::bold}));
      total += widths.back();
    }
    if (total + 8 * static_cast<double>(widths.size() - 1) <= area.w || value_px <= 14) break;
  }
  const double gap = widths.size() > 1 ? std::max(6.0, (area.w - total) / static_cast<double>(widths.size() - 1)) : 0;
  double x = area.x;
  for (std::size_t i = 0; i < content_.facts.size(); ++i) {
    const Fact& fact = content_.facts[i];
    const double used = painter.text(fact.label, {x, area.y + 1, widths[i], area.h}, label) + 5;
    painter.text(fact.value, {x + used, area.y, widths[i], area.h}, {value_px, Weight::bold, tone_colour(fact.tone)},
                 Align::left, Overflow::never);
    x += widths[i] + gap;
  }
}

void DueBlock::paint_facts_rows(Painter& painter, Area& area) const {
  for (const Fact& fact : content_.facts) {
    Area row = area.take_top(fact.strong ? 46 : 31);
    const TextStyle label = fact.strong ? TextStyle{22, Weight::bold, theme().on_ink}
                                        : TextStyle{18, Weight::regular, theme().on_ink_quiet};
    const double used = painter.text(fact.label, row, label);
    row.take_left(used + 8);
    painter.text(fact.value, row, {fact.strong ? 36 : 24, Weight::bold, tone_colour(fact.tone)}, Align::right,
                 Overflow::never);
  }
  area.take_top(7);
  painter.fill(area.take_top(1), theme().on_ink_rule);
}

void DueBlock::paint_amount(Painter& painter, const Area& area) const {
  const TextStyle label{content_.facts_in_rows ? 24 : narrow(painter) ? 22 : 28, Weight::bold, theme().on_ink};
  const double label_width = painter.text_width(content_.label, label);
  int amount_px = std::min(content_.amount_px, static_cast<int>(area.h));
  double amount_width = 0;
  double sign_width = 0;
  for (; amount_px > 28; amount_px -= 2) {
    amount_width = painter.text_width(content_.amount, {amount_px, Weight::bold});
    sign_width = painter.text_width(content_.currency, {amount_px / 2, Weight::bold}) + 3;
    if (label_width + 12 + sign_width + amount_width <= area.w) break;
  }
  const TextStyle amount{amount_px, Weight::bold, theme().on_ink};
  const TextStyle sign{amount_px / 2, Weight::bold, theme().on_ink};
  // One base line for all three.
  const double base = area.bottom() - amount_px * (content_.facts_in_rows ? 0.22 : 0.30);
  const auto at_base = [&](const wxString& text, const TextStyle& style, double x) {
    const double height = painter.text_height(style);
    painter.text(text, {x, base - height * ascent_share, area.w, height}, style, Align::left, Overflow::never);
  };
  at_base(content_.amount, amount, area.right() - amount_width);
  at_base(content_.currency, sign, area.right() - amount_width - sign_width);
  at_base(content_.label, label, area.x);
}

void DueBlock::paint(Painter& painter) {
  painter.keep_sizes();
  painter.box(painter.area(), {content_.refund ? theme().red : theme().ink, std::nullopt, 1, theme().radius});
  Area area = painter.area().inset(narrow(painter) ? 14 : 18, 0);
  area.take_top(10);
  area.take_bottom(8);
  if (content_.facts_in_rows) {
    paint_facts_rows(painter, area);
  } else {
    paint_facts_row(painter, area.take_top(26));
  }
  paint_amount(painter, area);
}

}  // namespace lanekeeper::widgets
