#include "till_ui/device_screen.h"

#include <algorithm>

#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::Painter;
using widgets::TextStyle;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr double margin = 24;
constexpr double keys_height = 64;
constexpr double name_width = 190;
constexpr double scan_height = 92;
constexpr double highest_row = 84;

struct DeviceWords {
  struct Row {
    Icon icon = Icon::check;
    wxString name, state, figure, note, advice;
    DeviceRow::Tone tone = DeviceRow::Tone::quiet;
    bool operator==(const Row&) const = default;
  };
  wxString title, note;
  bool alert = false;  // the note is what has just happened at the till
  std::vector<Row> rows;
  wxString scan_title, scan_code, scan_kind;
  bool scan_good = true;
  [[nodiscard]] wxString spoken() const { return alert ? title + " " + note : title; }
  bool operator==(const DeviceWords&) const = default;
};

Icon icon_of(DeviceRow::Device device) {
  switch (device) {
    case DeviceRow::Device::printer:
      return Icon::printer;
    case DeviceRow::Device::drawer:
      return Icon::cash;
    case DeviceRow::Device::scale:
      return Icon::scale;
    case DeviceRow::Device::display:
      return Icon::users;
    case DeviceRow::Device::scanner:
      break;
  }
  return Icon::qr;
}

}  // namespace

class DeviceScreen::Card : public PaintedCard<DeviceWords> {
 public:
  using Row = DeviceWords::Row;
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    paint_panel(painter);
    Area area = painter.area().inset(margin, 16);
    area.take_bottom(keys_height + 12);
    painter.text(content_.title, area.take_top(36), {26, Weight::bold, t.ink});
    const Area head = area.take_top(28, 8);
    if (content_.alert) {
      painter.text(content_.note, head, fitted(painter, content_.note, {18, Weight::bold, t.amber_ink}, head.w, 14));
    } else {
      painter.text(content_.note, head, {16, Weight::regular, t.ink_secondary});
    }
    painter.fill(area.take_top(2), t.ink);
    paint_scan(painter, area.take_bottom(scan_height, 8));
    const double height =
        std::min(highest_row, area.h / std::max<double>(1, static_cast<double>(content_.rows.size())));
    for (const Row& row : content_.rows) {
      const Area place = area.take_top(height);
      paint_row(painter, place, row);
      painter.rule(place.x, place.bottom() - 1, place.w, t.line);
    }
  }

 private:
  static void paint_row(Painter& painter, Area area, const Row& row) {
    const auto& t = theme();
    const Area sign = area.take_left(28, 12);
    painter.icon(row.icon, sign.x, sign.centre_y() - 14, 28, t.ink);
    painter.text(row.name, area.take_left(name_width - 40, 12),
                 fitted(painter, row.name, {20, Weight::bold, t.ink}, name_width - 52, 15));
    paint_state(painter, area.take_left(area.w * 0.36, 16), row);
    if (!row.figure.empty()) {
      painter.text(row.figure, area.take_right(170, 12), {30, Weight::bold, t.ink}, Align::right);
    }
    if (row.note.empty() || row.advice.empty()) return paint_note(painter, area, row);
    // Two texts close together: larger, one would stand on the other.
    Painter close(painter.context(), painter.width(), painter.height());
    close.keep_sizes();
    paint_note(close, area, row);
  }

  static void paint_state(Painter& painter, Area area, const Row& row) {
    const auto& t = theme();
    const bool warning = row.tone == DeviceRow::Tone::warning;
    const bool quiet = row.tone == DeviceRow::Tone::quiet;
    const double mark_width = quiet ? 0 : 28;
    const double padding = warning ? 10 : 0;
    const auto style = fitted(painter, row.state,
                              {18, warning ? Weight::bold : Weight::regular,
                               warning ? t.amber_ink
                               : quiet ? t.ink_secondary
                                       : t.ink},
                              area.w - mark_width - 2 * padding, 14);
    if (warning) {
      const double width = std::min(area.w, painter.text_width(row.state, style) + mark_width + 2 * padding + 2);
      area = area.take_left(width);
      painter.box(area.centred(area.w, 36), {t.amber_tint, std::nullopt, 1, t.tag_radius});
      area = area.inset(padding, 0);
    }
    if (!quiet) {
      const Area mark = area.take_left(20, 8);
      painter.icon(warning ? Icon::alert : Icon::check, mark.x, mark.centre_y() - 10, 20, style.colour,
                   warning ? 2 : 3);
    }
    painter.text(row.state, area, style);
  }

  // One under the other, in the middle of the row.
  static void paint_note(Painter& painter, const Area& area, const Row& row) {
    const auto& t = theme();
    const TextStyle plain{16, Weight::regular, t.ink_secondary};
    const TextStyle strong{16, Weight::bold, t.ink};
    constexpr double line = 20;
    const int most = static_cast<int>(area.h / line);
    const auto lines_of = [&](const wxString& words, const TextStyle& style, int at_most) {
      return words.empty() || at_most < 1 ? 0.0
                                          : static_cast<double>(painter.wrap(words, style, area.w, at_most).size());
    };
    const double notes = lines_of(row.note, plain, std::min(2, most));
    const double advices = lines_of(row.advice, strong, std::min(2, most - static_cast<int>(notes)));
    Area block = area.centred(area.w, line * (notes + advices));
    if (notes > 0) {
      painter.paragraph(row.note, block.take_top(line * notes), plain, line, Align::left, static_cast<int>(notes));
    }
    if (advices > 0) painter.paragraph(row.advice, block, strong, line, Align::left, static_cast<int>(advices));
  }

  void paint_scan(Painter& painter, Area area) {
    const auto& t = theme();
    painter.box(area, {t.background, std::nullopt, 1, t.radius});
    area = area.inset(16, 10);
    painter.text(content_.scan_title, area.take_top(24), {16, Weight::regular, t.ink_secondary});
    Area line = area;
    if (!content_.scan_code.empty()) {
      const TextStyle code = fitted(painter, content_.scan_code, {26, Weight::bold, t.ink}, line.w * 0.6, 15);
      const double width = std::min(painter.text_width(content_.scan_code, code) + 1, line.w * 0.6);
      painter.text(content_.scan_code, line.take_left(width, 20), code);
    }
    painter.text(
        content_.scan_kind, line,
        fitted(painter, content_.scan_kind, {20, Weight::regular, content_.scan_good ? t.ink : t.red}, line.w, 14));
  }
};

DeviceScreen::DeviceScreen(wxWindow* parent, Desk& desk) : ScenePanel(parent) {
  card_ = new Card(this);
  for (const Action action : {Action::print_test, Action::show_test, Action::change_language, Action::cancel}) {
    keys_.emplace_back(action, card_key(card_, desk, action));
  }
}

void DeviceScreen::update(const Scene& scene) {
  const DeviceDesk& desk = scene.desk.devices();
  Card::Content content;
  content.title = scene.text("till.devices.title");
  const auto notice = scene.desk.notice();
  content.alert = notice && !notice->lasting;
  content.note = content.alert ? scene.say(notice->title) : scene.text("till.devices.note");
  for (const DeviceRow& row : desk.rows()) {
    content.rows.push_back({icon_of(row.device), scene.say(row.name), scene.say(row.state), to_wx(row.figure),
                            scene.say(row.note), scene.say(row.advice), row.tone});
  }
  content.scan_title = scene.text("till.devices.scan_title");
  if (const auto& read = desk.read()) {
    content.scan_code = to_wx(read->code);
    content.scan_kind = scene.say(read->kind);
    content.scan_good = read->good;
  } else {
    content.scan_kind = scene.text("till.devices.scan_hint");
  }
  card_->set(std::move(content));
  for (const auto& [action, key] : keys_) {
    const bool everywhere = action == Action::cancel;
    TouchKey::Content look = key_content(scene, row_of(everywhere ? Place::everywhere : Place::devices, action));
    look.label_px = scene.english() ? 16 : 18;
    key->set(look);
  }
}

void DeviceScreen::lay_out(Area area, const Metrics&) {
  area = area.inset(theme().gap);
  put(*card_, area);
  Area keys = Area{0, 0, area.w, area.h}.inset(margin, 16).take_bottom(keys_height);
  const double width = std::min(260.0, (keys.w - 3 * 8) / 4);
  for (const auto& [action, key] : keys_) put(*key, keys.take_left(width, 8));
}

}  // namespace lanekeeper::till::ui
