#include "till_ui/savings_card.h"

#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::amount_text;
using widgets::Area;
using widgets::TextStyle;
using widgets::theme;
using widgets::to_wx;
using widgets::Weight;

namespace {

constexpr double head_height = 32;
constexpr double row_height = 27;

}  // namespace

wxString SavingsWords::spoken() const {
  wxString words = title + " " + total;
  for (const auto& [why, amount] : rows) words += "\n" + why + " " + amount;
  return words;
}

SavingsWords savings_words(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  SavingsWords words;
  words.title = scene.text("till.savings.title");
  words.empty = scene.text("till.savings.none");
  words.more = scene.text("till.savings.more", {{"count", "%d"}});
  if (!view.saving.is_zero()) words.total = to_wx(amount_text(-view.saving));
  for (const ViewSaving& saving : view.savings) {
    words.rows.emplace_back(saving_name(scene, saving), to_wx(amount_text(-saving.amount)));
  }
  return words;
}

void SavingsCard::paint(widgets::Painter& painter) {
  const auto& t = theme();
  paint_panel(painter);
  Area area = painter.area().inset(15, 8);
  Area head = area.take_top(head_height, 2);
  if (!content_.total.empty()) {
    const double used =
        painter.text(content_.total, head, {18, Weight::bold, t.accent}, Align::right, widgets::Overflow::never);
    head.take_right(used + 10);
  }
  painter.text(content_.title, head, {17, Weight::bold, t.ink});
  const TextStyle name{16, Weight::regular, t.ink};
  if (content_.rows.empty()) {
    painter.text(content_.empty, area.take_top(row_height), name.in(t.ink_quiet));
    return;
  }
  auto room = static_cast<std::size_t>(std::max(1.0, area.h / row_height));
  const bool all = content_.rows.size() <= room;
  if (!all) --room;
  for (std::size_t i = 0; i < std::min(room, content_.rows.size()); ++i) {
    Area row = area.take_top(row_height);
    const auto& [why, amount] = content_.rows[i];
    const double used =
        painter.text(amount, row, {16, Weight::regular, t.accent}, Align::right, widgets::Overflow::never);
    row.take_right(used + 12);
    painter.text(why, row, name);
  }
  if (all) return;
  wxString more = content_.more;
  more.Replace("%d", wxString::Format("%d", static_cast<int>(content_.rows.size() - room)));
  painter.text(more, area.take_top(row_height), {15, Weight::regular, t.ink_quiet});
}

}  // namespace lanekeeper::till::ui
