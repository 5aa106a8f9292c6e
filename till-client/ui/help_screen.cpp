#include "till_ui/help_screen.h"

#include <cmath>

#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::Icon;
using widgets::Painter;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr double head_height = 72;
constexpr double key_width = 150;

struct HelpWords {
  struct Row {
    wxString cap, label;
    bool asks_somebody = false;  // the person at the till may not do it alone
    bool operator==(const Row&) const = default;
  };
  wxString title, note, lock;
  std::vector<Row> rows;
  int columns = 3;
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const HelpWords&) const = default;
};

}  // namespace

class HelpScreen::Card : public PaintedCard<HelpWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    paint_panel(painter);
    Area area = painter.area().inset(20, 14);
    Area head = area.take_top(head_height - 14, 6);
    head.take_right(3 * (key_width + 8));
    painter.text(content_.title, head.take_top(32), {24, Weight::bold, t.ink});
    painter.text(content_.note, head, {15, Weight::regular, t.ink_quiet});
    painter.fill(area.take_top(2, 8), t.ink);
    if (!content_.lock.empty()) {
      Area foot = area.take_bottom(26, 4);
      const Area sign = foot.take_left(18, 8);
      painter.icon(Icon::lock, sign.x, sign.centre_y() - 9, 18, t.amber_ink);
      painter.text(content_.lock, foot, {15, Weight::regular, t.ink_secondary});
    }
    paint_rows(painter, area);
  }

 private:
  void paint_rows(Painter& painter, const Area& area) {
    const auto& t = theme();
    const auto columns = static_cast<std::size_t>(content_.columns);
    const std::size_t each = std::max<std::size_t>(1, (content_.rows.size() + columns - 1) / columns);
    constexpr double gap = 24;
    const double width = (area.w - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
    const double height = std::min(44.0, area.h / static_cast<double>(each));
    for (std::size_t i = 0; i < content_.rows.size(); ++i) {
      const auto& row = content_.rows[i];
      const std::size_t column = i / each;
      const std::size_t line = i % each;
      Area place{area.x + static_cast<double>(column) * (width + gap), area.y + static_cast<double>(line) * height,
                 width, height};
      painter.rule(place.x, place.bottom() - 1, place.w, t.line);
      const Area cap = place.take_left(74, 10);
      painter.key_cap(row.cap, cap.x, cap.centre_y() - 11.5, widgets::CapKind::plain, 15, 23);
      if (row.asks_somebody) {
        const Area sign = place.take_right(18, 6);
        painter.icon(Icon::lock, sign.x, sign.centre_y() - 9, 18, t.amber_ink);
      }
      painter.text(row.label, place, fitted(painter, row.label, {17, Weight::regular, t.ink}, place.w, 14));
    }
  }
};

HelpScreen::HelpScreen(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  card_ = new Card(this);
  text_size_ = card_key(card_, desk, Action::text_size);
  language_ = card_key(card_, desk, Action::change_language);
  close_ = card_key(card_, desk, Action::help);
}

void HelpScreen::update(const Scene& scene) {
  Card::Content content;
  content.title = scene.text("till.help.title");
  content.note = scene.text("till.help.note");
  content.columns = scene.metrics.narrow ? 3 : scene.metrics.wide ? 4 : 3;
  const auto& cashier = scene.desk.view().cashier;
  for (const ActionRow* row : scene.desk.working_rows()) {
    wxString label = scene.text(row->label);
    label.Replace("\n", scene.english() ? " " : "");
    const auto permission = fact_of(row->action).permission;
    const bool asks = cashier && permission && !access::allows(cashier->role, *permission);
    if (asks) content.lock = scene.text("till.help.lock");
    content.rows.push_back({to_wx(row->cap), label, asks});
  }
  card_->set(std::move(content));
  const wxString percent = wxString::Format(" %d %%", scene.desk.text_percent());
  text_size_->set({.label = scene.text("till.action.text_size") + percent, .cap = "Ctrl+T", .label_px = 16});
  language_->set({.label = scene.text("till.action.change_language"), .cap = "Ctrl+L", .label_px = 16});
  close_->set({.label = scene.text("till.action.close"), .cap = "Esc", .label_px = 16});
}

void HelpScreen::lay_out(Area area, const Metrics&) {
  area = area.inset(theme().gap);
  put(*card_, area);
  Area head = Area{0, 0, area.w, head_height}.inset(20, 6);
  for (TouchKey* key : {close_, language_, text_size_}) put(*key, head.take_right(key_width, 8));
}

}  // namespace lanekeeper::till::ui
