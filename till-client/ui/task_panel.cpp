#include "till_ui/task_panel.h"

#include <algorithm>

#include "till_ui/card.h"
#include "till_ui/list_look.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::amount_text;
using widgets::Area;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::TextStyle;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr double frame = 3;
constexpr double side = 14;  // inside the frame
constexpr double row_height = 46;
constexpr double note_line = 21;
constexpr double low_height = 440;
constexpr double narrow_width = 420;
constexpr std::size_t most_keys_in_row = 4;  // of a narrow panel

struct FigureWords {
  wxString label, value;
  PanelFigure::Look look = PanelFigure::Look::plain;
  bool operator==(const FigureWords&) const = default;
};
struct RowWords {
  wxString cap, title, note, amount;
  bool operator==(const RowWords&) const = default;
};
struct WhoWords {
  wxString title, number_label, number, pin_label, badge;
  int pin_digits = 0;
  PanelCredentials::Asks asks = PanelCredentials::Asks::number;
  bool operator==(const WhoWords&) const = default;
};
struct FieldWords {
  wxString label, text, placeholder;
  bool operator==(const FieldWords&) const = default;
};

struct PanelWords {
  NoticeKind kind = NoticeKind::notice;
  Icon icon = Icon::info;
  wxString title, hint, name, place, note, message, choices_title, empty;
  std::vector<FigureWords> figures;
  std::vector<RowWords> rows;
  int selected = -1;
  std::optional<WhoWords> who;
  std::optional<FieldWords> field;
  [[nodiscard]] wxString spoken() const {
    wxString all = title;
    for (const wxString* part : {&hint, &name, &place, &message, &note}) {
      if (!part->empty()) all += ". " + *part;
    }
    return all;
  }
  bool operator==(const PanelWords&) const = default;
};

PanelWords words_of(const Scene& scene, const PanelModel& model) {
  PanelWords words;
  words.kind = model.kind;
  words.icon = icon_of(model.sign);
  words.title = scene.say(model.title);
  words.hint = scene.say(model.hint);
  words.name = scene.say(model.name);
  words.place = scene.say(model.place);
  words.note = scene.say(model.note);
  words.message = scene.say(model.message);
  words.choices_title = scene.say(model.choices_title);
  words.empty = scene.say(model.empty);
  for (const PanelFigure& figure : model.figures) {
    words.figures.push_back(
        {scene.say(figure.label), to_wx(figure.amount ? amount_text(*figure.amount) : figure.text), figure.look});
  }
  for (const PanelRow& row : model.rows) {
    words.rows.push_back({to_wx(row.cap), scene.say(row.title), scene.say(row.note),
                          row.amount ? to_wx(amount_text(*row.amount)) : wxString()});
  }
  words.selected = model.selected;
  if (const auto& who = model.credentials) {
    words.who = WhoWords{scene.say(who->title),
                         scene.text("till.approval.number"),
                         to_wx(who->number),
                         scene.text("till.approval.pin"),
                         scene.say(who->badge),
                         who->pin_digits,
                         who->asks};
  }
  if (const auto& field = model.field) {
    words.field = FieldWords{scene.say(field->label), to_wx(field->text), scene.say(field->placeholder)};
  }
  return words;
}

wxColour frame_colour(NoticeKind kind) {
  const auto& t = theme();
  return kind == NoticeKind::stop ? t.red : kind == NoticeKind::attention ? t.amber : t.accent;
}

KeyPad* make_pad(wxWindow* card, Desk& desk, bool point, TaskPanel::PadShape shape) {
  KeyPad::Layout layout;
  layout.grid = KeyPad::digits_and_point();
  const KeyPad::Spec back{.text_key = "till.key.back_short", .action = Action::backspace, .label_px = 17};
  if (!point) layout.grid.back() = back;
  if (shape == TaskPanel::PadShape::strip) {
    layout.columns = 6;
  } else if (point) {
    const KeyPad::Spec clear{.text_key = "till.key.clear", .action = Action::clear, .label_px = 17};
    layout.side = {{back, 1}, {clear, 1}};
    layout.side_width = 116;
  }
  auto* pad = new KeyPad(card, layout, to_desk(desk));
  pad->SetBackgroundColour(theme().panel);
  return pad;
}

}  // namespace

class TaskPanel::Card : public PaintedCard<PanelWords> {
 public:
  Card(wxWindow* parent, Desk& desk) : PaintedCard(parent) {
    Bind(wxEVT_LEFT_UP, [this, &desk](wxMouseEvent& event) {
      const auto point = to_design(event.GetPosition());
      if (!room_.rows.contains(point.m_x, point.m_y) || content_.rows.empty()) return;
      const auto index = first() + static_cast<std::size_t>((point.m_y - room_.rows.y) / row_height);
      if (index < content_.rows.size()) desk.press_row(index);
    });
  }
  void set_room(const Room& room) {
    room_ = room;
    Refresh();
  }

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    painter.box(painter.area(), {t.panel, frame_colour(content_.kind), frame, t.radius});
    paint_head(painter, room_.head);
    paint_about(painter);
    if (!content_.message.empty()) paint_message(painter, room_.message);
    if (room_.note.h >= note_line) {
      painter.paragraph(content_.note, room_.note, {15, Weight::regular, t.ink_secondary}, note_line, Align::left, 3);
    }
    painter.text(content_.choices_title, room_.choices_title, {16, Weight::bold, t.ink_secondary});
    if (content_.who) paint_who(painter, *content_.who);
    if (content_.field) paint_field(painter, *content_.field);
    paint_rows(painter);
  }

 private:
  void paint_head(Painter& painter, Area head) const {
    const auto& t = theme();
    const bool amber = content_.kind == NoticeKind::attention;
    const bool red = content_.kind == NoticeKind::stop;
    const wxColour ink = red ? t.on_ink : t.ink;
    painter.fill(head, amber ? t.amber : red ? t.red : t.accent_tint);
    head = head.inset(side, 0);
    const Area sign = head.take_left(24, 12);
    painter.icon(content_.icon, sign.x, sign.centre_y() - 12, 24, amber || red ? ink : t.accent);
    const auto title = fitted(painter, content_.title, {20, Weight::bold, ink}, head.w, 16);
    const double used = painter.text(content_.title, head, title);
    head.take_left(used + 10);
    const auto hint =
        fitted(painter, content_.hint, {15, Weight::regular, amber || red ? ink : t.ink_secondary}, head.w, 13);
    // Half a remark says nothing.
    if (painter.text_width(content_.hint, hint) <= head.w) painter.text(content_.hint, head, hint, Align::right);
  }

  void paint_about(Painter& painter) const {
    const auto& t = theme();
    Area figures = room_.figures;
    double used = 0;
    for (auto figure = content_.figures.rbegin(); figure != content_.figures.rend(); ++figure) {
      using Look = PanelFigure::Look;
      const TextStyle label{14, Weight::regular, t.ink_quiet};
      const bool strong = figure->look == Look::strong || figure->look == Look::negative;
      const TextStyle value{strong ? 22 : 20, strong ? Weight::bold : Weight::regular,
                            figure->look == Look::negative ? t.red : t.ink, figure->look == Look::struck};
      const double width =
          std::max(painter.text_width(figure->label, label), painter.text_width(figure->value, value)) + 1;
      Area place = figures.take_right(width, 18);
      used += width + 18;
      painter.text(figure->label, place.take_top(19), label, Align::right);
      painter.text(figure->value, place, value, Align::right, Overflow::never);
    }
    Area about = room_.about;
    if (about.y == room_.figures.y) about.w -= used;
    if (about.w < 20) return;
    const bool two = !content_.place.empty() && about.h > 40;
    painter.text(content_.name, two ? about.take_top(28) : about, {19, Weight::bold, t.ink});
    if (two) painter.text(content_.place, about, {15, Weight::regular, t.ink_secondary});
    if (!two && !content_.place.empty()) {
      painter.text(content_.place, about, {15, Weight::regular, t.ink_secondary}, Align::right);
    }
  }

  void paint_message(Painter& painter, Area area) const {
    const auto& t = theme();
    painter.box(area, {t.red_tint, t.red, 1, t.tag_radius});
    area = area.inset(10, 2);
    const Area sign = area.take_left(20, 8);
    painter.icon(Icon::stop_sign, sign.x, sign.centre_y() - 10, 20, t.red);
    const auto style = fitted(painter, content_.message, {16, Weight::bold, t.red}, area.w, 14);
    const auto lines = painter.wrap(content_.message, style, area.w, 2);
    Area block = area.centred(area.w, 19.0 * static_cast<double>(lines.size()));
    painter.paragraph(content_.message, block, style, 19, Align::left, 2);
  }

  void paint_who(Painter& painter, const WhoWords& who) const {
    const auto& t = theme();
    using Asks = PanelCredentials::Asks;
    painter.text(who.title, room_.who_title, {16, Weight::bold, t.ink_secondary});
    Area row = room_.who;
    const bool small = row.w < 420;
    const double badge_width = who.badge.empty() ? 0 : small ? 48 : 128;
    if (badge_width > 0) {
      Area badge = row.take_right(badge_width, 8);
      painter.box(badge.inset(1), {std::nullopt, t.edge, 1.5, t.radius, true});
      badge = badge.inset(small ? 12 : 8, 0);
      const Area sign = badge.take_left(24, 6);
      painter.icon(Icon::badge, sign.x, sign.centre_y() - 12, 24, t.ink_quiet);
      if (!small)
        painter.text(who.badge, badge, fitted(painter, who.badge, {16, Weight::regular, t.ink_quiet}, badge.w, 13));
    }
    const auto box = [&](const Area& area, bool asked) {
      painter.box(asked ? area.inset(1.5) : area.inset(0.5),
                  {t.panel, asked ? t.accent : t.edge, asked ? 3.0 : 1.0, t.radius});
    };
    Area number = row.take_left(row.w * (small ? 0.43 : 0.38), 8);
    box(number, who.asks == Asks::number);
    number = number.inset(small ? 9 : 12, 0);
    const double label = painter.text(who.number_label, number, {14, Weight::regular, t.ink_quiet});
    number.take_left(label + 8);
    const double typed_width = painter.text(who.number, number, {22, Weight::bold, t.ink}, Align::left);
    if (who.asks == Asks::number) painter.fill({number.x + typed_width + 3, number.centre_y() - 14, 2, 28}, t.accent);
    box(row, who.asks == Asks::pin);
    Area pin = row.inset(12, 0);
    const double pin_label = painter.text(who.pin_label, pin, {14, Weight::regular, t.ink_quiet});
    pin.take_left(pin_label + 10);
    const int places = std::max(6, who.pin_digits);
    const double step = std::min(18.0, (pin.w - 12) / places);
    for (int i = 0; i < places; ++i) {
      const double x = pin.x + 7 + i * step;
      if (i < who.pin_digits) {
        painter.disc(x, pin.centre_y(), step * 0.38, t.ink);
      } else {
        painter.disc(x, pin.centre_y(), step * 0.34, t.panel, t.ink, 1.5);
      }
    }
    if (who.asks == Asks::pin) painter.fill({pin.x + places * step + 6, pin.centre_y() - 14, 2, 28}, t.accent);
  }

  void paint_field(Painter& painter, const FieldWords& field) const {
    const auto& t = theme();
    Area area = room_.field;
    painter.box(area.inset(1.5), {t.panel, frame_colour(content_.kind), 3, t.radius});
    area = area.inset(16, 8);
    painter.text(field.label, area.take_top(22), {15, Weight::regular, t.ink_quiet});
    const bool empty = field.text.empty();
    const wxString& shown = empty ? field.placeholder : field.text;
    const bool figure = shown.find_first_not_of("0123456789.-") == wxString::npos;
    TextStyle style{figure ? 40 : 20, figure ? Weight::bold : Weight::regular, empty ? t.off_edge : t.ink};
    style = fitted(painter, shown, style, area.w - 8, 18);
    painter.fill({area.right() - 2, area.centre_y() - 15, 2, 30}, t.accent);
    area.w -= 8;
    painter.text(shown, area, style, Align::right);
  }

  [[nodiscard]] std::size_t first() const {
    const auto shown = static_cast<int>(room_.rows.h / row_height);
    if (content_.selected < shown || shown <= 0) return 0;
    return static_cast<std::size_t>(content_.selected - shown + 1);
  }

  void paint_rows(Painter& painter) const {
    const auto& t = theme();
    Area area = room_.rows;
    if (area.h < row_height) return;
    if (content_.rows.empty()) {
      painter.paragraph(content_.empty, {area.x, area.y + area.h * 0.3, area.w, area.h * 0.7},
                        {18, Weight::regular, t.ink_quiet}, 26, Align::centre, 3);
      return;
    }
    for (std::size_t i = first(); i < content_.rows.size() && area.h >= row_height; ++i) {
      Area row = area.take_top(row_height);
      const RowWords& words = content_.rows[i];
      if (static_cast<int>(i) == content_.selected) paint_chosen_row(painter, row);
      painter.fill({row.x, row.bottom() - 1, row.w, 1}, t.line);
      row = row.inset(side, 3);
      if (!words.cap.empty()) {
        const Area cap = row.take_left(painter.key_cap_width(words.cap), 10);
        painter.key_cap(words.cap, cap.x, cap.centre_y() - 9.5, widgets::CapKind::plain);
      }
      if (!words.amount.empty()) {
        const double used = painter.text(words.amount, row, {19, Weight::bold, t.ink}, Align::right, Overflow::never);
        row.take_right(used + 10);
      }
      if (words.note.empty()) {
        painter.text(words.title, row, {17, Weight::bold, t.ink});
      } else {
        painter.text(words.title, row.take_top(22), {17, Weight::bold, t.ink});
        painter.text(words.note, row, {14, Weight::regular, t.ink_secondary});
      }
    }
  }

  Room room_;
};

TaskPanel::TaskPanel(wxWindow* parent, Desk& desk, PadShape shape) : ScenePanel(parent), desk_(desk), shape_(shape) {
  card_ = new Card(this, desk);
  digits_ = make_pad(card_, desk, false, shape);
  amounts_ = make_pad(card_, desk, true, shape);
}

TouchKey* TaskPanel::key_at(std::vector<TouchKey*>& keys, std::size_t index, bool choice) {
  while (keys.size() <= index) {
    const std::size_t made = keys.size();
    auto* key = new TouchKey(card_);
    key->set_ground(theme().panel);
    key->Bind(wxEVT_BUTTON, [this, made, choice](wxCommandEvent&) {
      if (choice) {
        if (made < model_.choices.size()) desk_.press_choice(static_cast<int>(made) + 1);
      } else if (made < model_.keys.size()) {
        desk_.act(model_.keys[made].action);
      }
    });
    keys.push_back(key);
  }
  return keys[index];
}

void TaskPanel::update(const Scene& scene) {
  if (own_) {
    model_ = *own_;
  } else if (const DeskPart* part = scene.desk.part()) {
    model_ = part->panel();
  } else {
    return;
  }
  card_->set(words_of(scene, model_));
  update_keys(scene);
  digits_->Show(model_.pad == PanelModel::Pad::digits);
  amounts_->Show(model_.pad == PanelModel::Pad::amount);
  digits_->show(scene);
  amounts_->show(scene);
  lay_out_again();
}

// Beside bands a panel has less height: two rows of words have to fit under the cap.
bool TaskPanel::low() const {
  return GetClientSize().y < widgets::px(this, low_height);
}

void TaskPanel::update_keys(const Scene& scene) {
  const bool small = metrics().narrow;
  const bool squeezed = low() && small && scene.english();
  for (std::size_t i = 0; i < std::max(choices_.size(), model_.choices.size()); ++i) {
    TouchKey* key = key_at(choices_, i, true);
    key->Show(i < model_.choices.size());
    if (i >= model_.choices.size()) continue;
    const PanelChoice& choice = model_.choices[i];
    TouchKey::Content content;
    content.label = scene.say(choice.label);
    content.cap = to_wx(choice.cap);
    content.arrangement = TouchKey::Arrangement::leading;
    content.selected = choice.selected;
    content.label_px = squeezed ? 13 : small ? 15 : 17;
    key->set(content);
  }
  for (std::size_t i = 0; i < std::max(keys_.size(), model_.keys.size()); ++i) {
    TouchKey* key = key_at(keys_, i, false);
    key->Show(i < model_.keys.size());
    if (i >= model_.keys.size()) continue;
    const PanelKey& wanted = model_.keys[i];
    TouchKey::Content content;
    content.label = scene.text(wanted.label);
    content.cap = to_wx(wanted.cap);
    using Look = PanelKey::Look;
    content.look = wanted.look == Look::primary  ? TouchKey::Look::primary
                   : wanted.look == Look::danger ? TouchKey::Look::danger
                                                 : TouchKey::Look::plain;
    content.label_px = wanted.look == Look::primary ? (small ? 18 : 20) : (small || scene.english() ? 15 : 17);
    if (squeezed && wanted.look != Look::primary) content.label_px = 13;
    key->set(content);
  }
}

TaskPanel::Room TaskPanel::share(double width, double height) const {
  Room room;
  const bool low = height < low_height;
  const bool narrow = width < narrow_width;
  Area area = Area{0, 0, width, height}.inset(frame);
  room.head = area.take_top(low ? 38 : 46);
  area = area.inset(side, 0);
  area.take_bottom(side - 2);
  const double key_height = low ? 54 : 64;
  if (!model_.keys.empty()) room.keys = area.take_bottom(key_height, 8);
  if (narrow && model_.keys.size() > most_keys_in_row) room.more_keys = area.take_bottom(key_height, 6);
  area.take_top(6);
  const bool about = !model_.name.empty() || !model_.place.empty();
  if (about || !model_.figures.empty()) {
    const bool two_rows = narrow && about && !model_.figures.empty();
    if (two_rows) room.about = area.take_top(28);
    room.figures = area.take_top(48, low ? 2 : 6);
    if (!two_rows) room.about = room.figures;
  }
  if (!model_.message.empty()) room.message = area.take_top(44, 8);
  if (!model_.choices.empty()) {
    room.choices_title = area.take_top(24, 2);
    room.choice_height = low ? 42 : 50;
    const double lines = static_cast<double>((model_.choices.size() + 2) / 3);
    room.choices = area.take_top(lines * room.choice_height + (lines - 1) * 6, 6);
  }
  if (model_.credentials) {
    room.who_title = area.take_top(24, 2);
    room.who = area.take_top(54, 8);
  }
  if (model_.field) room.field = area.take_top(88, 8);
  const bool list = !model_.rows.empty() || !model_.empty.empty();
  if (!model_.note.empty()) room.note = area.take_top(model_.pad == PanelModel::Pad::none && !list ? 66 : 44, 6);
  if (model_.pad != PanelModel::Pad::none) {
    room.pad = shape_ == PadShape::strip ? area.take_bottom(std::min(area.h, 150.0), 6) : area;
  }
  if (list) room.rows = {frame, area.y, width - 2 * frame, area.h};
  return room;
}

// Those between the one that closes and the one that goes on stand in a row of their own where there is one.
void TaskPanel::place_keys(const Room& room) {
  const std::size_t count = std::min(model_.keys.size(), keys_.size());
  std::vector<std::size_t> row;
  std::vector<std::size_t> row_above;
  for (std::size_t i = 0; i < count; ++i) {
    const bool above = room.more_keys.h > 0 && i > 0 && i + 1 < count;
    (above ? row_above : row).push_back(i);
  }
  place_row(room.keys, row);
  place_row(room.more_keys, row_above);
}

void TaskPanel::place_row(const Area& place, const std::vector<std::size_t>& row) {
  if (row.empty()) return;
  // The key that goes on is the widest.
  const auto share_of = [this](std::size_t key) { return model_.keys[key].look == PanelKey::Look::plain ? 1.0 : 1.55; };
  double shares = 0;
  for (const std::size_t key : row) shares += share_of(key);
  const double gap = 8;
  const double width = place.w - gap * static_cast<double>(row.size() - 1);
  Area rest = place;
  for (const std::size_t key : row) put(*keys_[key], rest.take_left(width * share_of(key) / shares, gap));
}

void TaskPanel::lay_out(Area area, const Metrics&) {
  put(*card_, area);
  const Room room = share(area.w, area.h);
  card_->set_room(room);
  const double width = (room.choices.w - 12) / 3;
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    put(*choices_[i], cell(room.choices, i, 3, width, room.choice_height, 6));
  }
  place_keys(room);
  put(*digits_, room.pad);
  put(*amounts_, room.pad);
}

// ---- digits in place of the function keys ----

DigitRow::DigitRow(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  for (int i = 0; i < keys; ++i) {
    auto* key = new TouchKey(this);
    key->Bind(wxEVT_BUTTON, [&desk, i](wxCommandEvent&) {
      if (i < 10) return desk.type(std::string(1, static_cast<char>('0' + (i + 1) % 10)));
      desk.act(i == 10 ? Action::backspace : Action::clear);
    });
    keys_.push_back(key);
  }
}

void DigitRow::update(const Scene& scene) {
  for (int i = 0; i < keys; ++i) {
    TouchKey::Content content;
    content.label_px = i < 10 ? 26 : metrics().narrow ? 15 : 18;
    content.label =
        i < 10 ? wxString::Format("%d", (i + 1) % 10) : scene.text(i == 10 ? "till.key.back_short" : "till.key.clear");
    keys_[static_cast<std::size_t>(i)]->set(content);
  }
}

void DigitRow::lay_out(Area area, const Metrics& m) {
  const double key_gap = m.narrow ? 4 : theme().key_gap;
  const double group_gap = m.narrow ? 10 : theme().key_group_gap;
  const double width = (area.w - 9 * key_gap - 2 * group_gap) / 12;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    put(*keys_[i], area.take_left(width, i % 4 == 3 ? group_gap : key_gap));
  }
}

}  // namespace lanekeeper::till::ui
