#include "till_ui/side_panels.h"

#include "till_ui/card.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::TextStyle;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

// ---- offline ----

namespace {

struct OfflineWords {
  wxString works_title, fails_title;
  std::vector<wxString> works, fails;
  [[nodiscard]] wxString spoken() const { return works_title; }
  bool operator==(const OfflineWords&) const = default;
};

}  // namespace

class OfflinePanel::Card : public PaintedCard<OfflineWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    paint_panel(painter);
    Area area = painter.area().inset(15, 12);
    area.take_bottom(58);
    const bool small = painter.width() < 420;
    Area right = area.take_right(area.w * (small ? 0.44 : 0.4), 16);
    painter.fill({right.x - 9, area.y, 1, area.h}, t.line);
    column(painter, area, content_.works_title, content_.works, Icon::check, t.ink, small);
    column(painter, right, content_.fails_title, content_.fails, Icon::cross, t.amber_ink, small);
  }

 private:
  static void column(Painter& painter, Area area, const wxString& title, const std::vector<wxString>& rows, Icon icon,
                     const wxColour& colour, bool small) {
    painter.text(title, area.take_top(26, 3), {17, Weight::bold, theme().ink});
    const TextStyle style{small ? 15 : 17, Weight::regular, colour};
    for (const wxString& row : rows) {
      Area sign = area;
      sign.take_left(26);
      const auto lines = painter.wrap(row, style, sign.w, 2);
      const double height = lines.size() > 1 ? 43 : 29;
      if (area.h < height) return;
      Area line = area.take_top(height);
      painter.icon(icon, line.x, line.y + 6, 18, colour, 3);
      line.take_left(26);
      line = line.inset(0, (height - 21.0 * static_cast<double>(lines.size())) / 2);
      painter.paragraph(row, line, style, 21, Align::left, 2);
    }
  }
};

OfflinePanel::OfflinePanel(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  card_ = new Card(this);
  quick_keys_ = card_key(card_, desk, Action::quick_keys);
  reconnect_ = card_key(card_, desk, Action::reconnect);
}

void OfflinePanel::update(const Scene& scene) {
  Card::Content content;
  content.works_title = scene.text("till.offline.works");
  content.fails_title = scene.text("till.offline.fails");
  for (const char* key : {"till.offline.works.sell", "till.offline.works.search", "till.offline.works.change",
                          "till.offline.works.cash", "till.offline.works.print"}) {
    content.works.push_back(scene.text(key));
  }
  for (const char* key : {"till.offline.fails.prices", "till.offline.fails.staff", "till.offline.fails.office",
                          "till.offline.fails.coupons", "till.offline.fails.receipts"}) {
    content.fails.push_back(scene.text(key));
  }
  card_->set(std::move(content));
  for (const auto& [key, action] : {std::pair{quick_keys_, Action::quick_keys}, {reconnect_, Action::reconnect}}) {
    TouchKey::Content look = key_content(scene, row_of(Place::sale, action));
    look.arrangement = TouchKey::Arrangement::in_row;
    look.label_px = metrics().narrow ? 15 : 17;
    key->set(look);
  }
}

void OfflinePanel::lay_out(Area area, const Metrics&) {
  put(*card_, area);
  Area keys{15, area.h - 12 - 50, area.w - 30, 50};
  const double width = (keys.w - 8) / 2;
  put(*quick_keys_, keys.take_left(width, 8));
  put(*reconnect_, keys);
}

// ---- price ----

namespace {

// How the panel's room is shared, so that the painted words and the keys agree.
struct PriceRoom {
  bool two_rows = false;  // name and prices under each other
  double head = 46, name = 0, prices = 52, step = 26, keys = 64;
  [[nodiscard]] double above_keys() const { return 3 + head + 6 + name + prices + step; }
};

PriceRoom price_room(double width, double height) {
  PriceRoom room;
  room.two_rows = width < 420;
  if (room.two_rows) {
    room.name = 28;
    room.prices = 46;
  }
  if (height < 380) {
    room.head = 38;
    room.step = 22;
    room.keys = 54;
  }
  return room;
}

}  // namespace

namespace {

struct PriceWords {
  wxString title, hint, name, place, old_label, old_price, new_label, new_price, off_label, off, step;
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const PriceWords&) const = default;
};

}  // namespace

class PricePanel::Card : public PaintedCard<PriceWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    const PriceRoom room = price_room(painter.width(), painter.height());
    painter.box(painter.area(), {t.panel, t.amber, 3, t.radius});
    Area area = painter.area().inset(3);
    Area head = area.take_top(room.head);
    painter.fill(head, t.amber);
    head = head.inset(14, 0);
    const Area sign = head.take_left(24, 12);
    painter.icon(Icon::tag, sign.x, sign.centre_y() - 12, 24, t.ink);
    const double used = painter.text(content_.title, head, {20, Weight::bold, t.ink});
    head.take_left(used + 10);
    painter.text(content_.hint, head, {15, Weight::regular, t.ink}, Align::right);
    area = area.inset(14, 6);
    if (room.two_rows) {
      Area name = area.take_top(room.name);
      const double width = painter.text(content_.name, name, {18, Weight::bold, t.ink});
      name.take_left(width + 10);
      painter.text(content_.place, name, {15, Weight::regular, t.ink_secondary}, Align::right);
      paint_prices(painter, area.take_top(room.prices));
    } else {
      Area row = area.take_top(room.prices);
      Area words = row;
      words.w -= paint_prices(painter, row);
      painter.text(content_.name, words.take_top(29), {20, Weight::bold, t.ink});
      painter.text(content_.place, words, {15, Weight::regular, t.ink_secondary});
    }
    painter.text(content_.step, area.take_top(room.step), {16, Weight::bold, t.ink_secondary});
  }

 private:
  // Returns the width that was used, from the right.
  double paint_prices(Painter& painter, Area area) const {
    const double all = area.w;
    const auto& t = theme();
    const TextStyle label{14, Weight::regular, t.ink_quiet};
    const auto column = [&](const wxString& head, const wxString& value, const TextStyle& style) {
      if (value.empty()) return;
      const double width = std::max(painter.text_width(head, label), painter.text_width(value, style)) + 1;
      Area place = area.take_right(width, 16);
      painter.text(head, place.take_top(20), label, Align::right);
      painter.text(value, place, style, Align::right, Overflow::never);
    };
    column(content_.off_label, content_.off, {22, Weight::bold, t.red});
    column(content_.new_label, content_.new_price, {22, Weight::bold, t.ink});
    if (!content_.new_price.empty()) {
      const Area arrow = area.take_right(20, 12);
      painter.icon(Icon::chevron_right, arrow.x, arrow.centre_y() - 10, 20, t.ink);
    }
    column(content_.old_label, content_.old_price, {20, Weight::regular, t.ink, !content_.new_price.empty()});
    return all - area.w;
  }
};

PricePanel::PricePanel(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  card_ = new Card(this);
  for (int reason = 1; reason <= price_reasons; ++reason) {
    reasons_.push_back(new TouchKey(card_));
    reasons_.back()->Bind(wxEVT_BUTTON, [&desk, reason](wxCommandEvent&) { desk.choose_reason(reason); });
  }
  keep_ = card_key(card_, desk, Action::cancel);
  change_ = card_key(card_, desk, Action::confirm);
  KeyPad::Layout layout;
  layout.grid = KeyPad::digits_and_point();
  layout.columns = 6;
  pad_ = new KeyPad(card_, layout, to_desk(desk));
  pad_->SetBackgroundColour(theme().panel);
  for (TouchKey* key : reasons_) key->set_ground(theme().panel);
}

void PricePanel::update(const Scene& scene) {
  const Desk::PriceChange change = scene.desk.price_change();
  const ViewLine* line = scene.desk.line(change.line);
  const bool choosing = scene.desk.task() == Task::price_reason;
  Card::Content content;
  content.title = scene.text("till.price.title");
  content.hint = scene.text(choosing ? "till.price.hint_reason" : "till.price.hint_amount");
  content.step = scene.text(choosing ? "till.price.step_reason" : "till.price.step_amount");
  if (line != nullptr) {
    content.name = scene.name_of(*line);
    content.place = scene.text("till.price.line", {{"line", std::to_string(change.line)},
                                                   {"quantity", widgets::to_utf8(quantity_text(scene, *line))}});
    content.old_label = scene.text("till.price.old");
    content.old_price = to_wx(widgets::amount_text(line->unit_price));
    if (change.unit_price) {
      content.new_label = scene.text("till.price.new");
      content.new_price = to_wx(widgets::amount_text(*change.unit_price));
      const auto now = multiply(*change.unit_price, line->quantity);
      if (now) {
        content.off_label = scene.text("till.price.difference");
        content.off = to_wx(widgets::amount_text(*now - line->gross));
      }
    }
  }
  card_->set(std::move(content));
  for (int i = 0; i < price_reasons; ++i) {
    TouchKey::Content key;
    key.label = scene.text("till.price.reason." + std::to_string(i + 1));
    key.cap = wxString::Format("%d", i + 1);
    key.arrangement = TouchKey::Arrangement::leading;
    key.selected = change.reason == i + 1;
    key.label_px = metrics().narrow ? 15 : 17;
    TouchKey* reason = reasons_[static_cast<std::size_t>(i)];
    reason->set(key);
    reason->Show(choosing);
  }
  pad_->Show(!choosing);
  pad_->show(scene);
  keep_->set({.label = scene.text("till.price.keep"), .cap = "Esc", .label_px = 18});
  change_->set({.label = scene.text(choosing ? "till.price.change" : "till.price.next"),
                .cap = "Enter",
                .look = TouchKey::Look::primary,
                .label_px = 20});
}

void PricePanel::lay_out(Area area, const Metrics&) {
  put(*card_, area);
  const PriceRoom room = price_room(area.w, area.h);
  Area inner = Area{0, 0, area.w, area.h}.inset(17, 0);
  inner.take_top(room.above_keys() + 2);
  inner.take_bottom(13);
  Area keys = inner.take_bottom(room.keys, 8);
  put(*keep_, keys.take_left(keys.w * 0.37, 8));
  put(*change_, keys);
  put(*pad_, {inner.x, inner.y, inner.w, std::min(inner.h, 150.0)});
  const double width = (inner.w - 2 * 6) / 3;
  const double height = std::min(56.0, (inner.h - 6) / 2);
  for (std::size_t i = 0; i < reasons_.size(); ++i) put(*reasons_[i], cell(inner, i, 3, width, height, 6));
}

// ---- more ----

MorePanel::MorePanel(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  card_ = new widgets::Surface(this);
  title_ = new widgets::Label(card_, wxString(), {20, Weight::bold, theme().ink});
  for (const ActionRow& row : action_table()) {
    if (row.place == Place::more) keys_.emplace_back(&row, card_key(card_, desk, row.action));
  }
  close_ = card_key(card_, desk, Action::cancel);
}

void MorePanel::update(const Scene& scene) {
  title_->set(scene.text("till.more.title"));
  for (const auto& [row, key] : keys_) {
    TouchKey::Content content = key_content(scene, *row);
    content.arrangement = TouchKey::Arrangement::leading;
    content.label_px = metrics().narrow || scene.english() ? 15 : 17;
    content.note.clear();
    if (row->action == Action::void_basket && content.available) content.look = TouchKey::Look::danger;
    if (row->action == Action::training && scene.desk.view().training) {
      content.label = scene.text("till.action.end_training");
    }
    if (row->action == Action::text_size) content.label += wxString::Format(" %d %%", scene.desk.text_percent());
    if (row->action == Action::requests && scene.desk.requests().waiting() > 0) {
      content.label += wxString::Format(" (%zu)", scene.desk.requests().waiting());
    }
    key->set(content);
  }
  close_->set({.label = scene.text("till.action.close"),
               .cap = "Esc",
               .arrangement = TouchKey::Arrangement::in_row,
               .label_px = 15});
}

void MorePanel::lay_out(Area area, const Metrics&) {
  put(*card_, area);
  Area inner = Area{0, 0, area.w, area.h}.inset(14, 10);
  Area head = inner.take_top(40, 8);
  put(*close_, head.take_right(110, 8));
  put(*title_, head);
  constexpr double gap = 6;
  const double width = (inner.w - gap) / 2;
  const double rows = static_cast<double>((keys_.size() + 1) / 2);
  const double height = std::min(72.0, (inner.h - gap * (rows - 1)) / rows);
  for (std::size_t i = 0; i < keys_.size(); ++i) put(*keys_[i].second, cell(inner, i, 2, width, height, gap));
}

// ---- letters ----

LetterPanel::LetterPanel(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  KeyPad::Layout digits;
  digits.columns = 10;
  for (const char digit : std::string_view("1234567890")) {
    KeyPad::Spec spec;
    spec.types = std::string(1, digit);
    spec.label_px = 20;
    digits.grid.push_back(spec);
  }
  digits_ = new KeyPad(this, digits, to_desk(desk));
  letters_ = new KeyPad(this, KeyPad::letters(), to_desk(desk));
}

void LetterPanel::update(const Scene& scene) {
  digits_->show(scene);
  letters_->show(scene);
}

void LetterPanel::lay_out(Area area, const Metrics& m) {
  // Ten digits in a row would be too narrow for fingers on a small screen; the number row of letters has seven keys.
  const double digit_height = std::min(64.0, (area.h - 4 * 6) / 5);
  if (m.narrow) {
    digits_->Show(false);
    put(*letters_, area);
    return;
  }
  digits_->Show(true);
  put(*digits_, area.take_top(digit_height, 6));
  put(*letters_, area);
}

}  // namespace lanekeeper::till::ui
