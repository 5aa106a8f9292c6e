#include "till_ui/pairing_screen.h"

#include "till_ui/card.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

KeyPad::Layout address_pad() {
  KeyPad::Layout layout;
  for (const char* text : {"7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0", ":"}) {
    KeyPad::Spec spec;
    spec.types = text;
    layout.grid.push_back(spec);
  }
  layout.side = {{{.text_key = "till.key.backspace", .action = Action::backspace, .label_px = 17}, 1},
                 {{.text_key = "till.key.clear", .action = Action::clear, .label_px = 17}, 1},
                 {{.text_key = "till.pairing.use_server",
                   .action = Action::confirm,
                   .cap = "Enter",
                   .look = TouchKey::Look::confirm,
                   .label_px = 20},
                  2}};
  layout.side_width = 150;
  return layout;
}

}  // namespace

namespace {

struct StepWords {
  struct Row {
    wxString title, note;
    Painter::Step step = Painter::Step::coming;
    bool operator==(const Row&) const = default;
  };
  wxString title, note;
  std::vector<Row> rows;
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const StepWords&) const = default;
};

}  // namespace

class PairingScreen::Steps : public PaintedCard<StepWords> {
 public:
  using Row = StepWords::Row;
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    paint_panel(painter);
    Area area = painter.area().inset(24);
    painter.text(content_.title, area.take_top(34), {24, Weight::bold, t.ink});
    painter.text(content_.note, area.take_top(26, 14), {17, Weight::regular, t.ink_secondary});
    int number = 0;
    for (const Row& row : content_.rows) {
      ++number;
      const widgets::TextStyle title{20, row.step == Painter::Step::current ? Weight::bold : Weight::regular, t.ink};
      const widgets::TextStyle note{16, Weight::regular, t.ink_secondary};
      const double words_width = area.w - 60;
      const auto title_lines = painter.wrap(row.title, title, words_width, 2);
      const auto note_lines = painter.wrap(row.note, note, words_width, 2);
      const double words_height =
          27 * static_cast<double>(title_lines.size()) + 21.0 * static_cast<double>(note_lines.size());
      Area place = area.take_top(std::max(84.0, words_height + 14));
      const bool coming = row.step == Painter::Step::coming;
      painter.step_mark(place.x, place.y + (place.h - 44) / 2, 44, number, row.step,
                        coming ? t.ink_secondary : t.on_ink);
      place.take_left(60);
      Area block = place.centred(place.w, words_height);
      block.take_top(painter.paragraph(row.title, block, title, 27, Align::left, 2));
      painter.paragraph(row.note, block, note, 21, Align::left, 2);
    }
  }
};

namespace {

struct CodeWords {
  struct Fact {
    wxString label, value;
    bool operator==(const Fact&) const = default;
  };
  wxString title, code, left, waiting, problem;
  double fraction = 0;
  std::vector<Fact> facts;
  bool editing = false;
  [[nodiscard]] wxString spoken() const { return title + " " + code; }
  bool operator==(const CodeWords&) const = default;
};

}  // namespace

class PairingScreen::Code : public PaintedCard<CodeWords> {
 public:
  using Fact = CodeWords::Fact;
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    paint_panel(painter);
    const double width = std::min(660.0, painter.width() - 40);
    Area area = painter.area().inset((painter.width() - width) / 2, 0);
    area.take_bottom(28 + 72);
    if (content_.editing) {
      area.take_top(28);
      painter.text(content_.title, area.take_top(36), {24, Weight::bold, t.ink});
      if (!content_.problem.empty()) {
        painter.paragraph(content_.problem, area.take_top(48), {16, Weight::bold, t.red}, 22, Align::left, 2);
      } else {
        painter.paragraph(content_.waiting, area.take_top(48), {16, Weight::regular, t.ink_secondary}, 22, Align::left,
                          2);
      }
      return;
    }
    area = area.centred(area.w, 376);
    painter.text(content_.title, area.take_top(34, 14), {24, Weight::regular, t.ink_secondary}, Align::centre);
    paint_tiles(painter, area.take_top(124, 18));
    paint_countdown(painter, area.take_top(30, 14));
    painter.progress(area.take_top(10, 32), content_.fraction, t.ink, t.off);
    paint_facts(painter, area.take_top(70));
  }

 private:
  void paint_tiles(Painter& painter, Area area) const {
    const auto& t = theme();
    constexpr int digits = 6;
    const double tile = std::min(92.0, (area.w - 5 * 12 - 32) / digits);
    const double total = tile * digits + 5 * 12 + 32;
    double x = area.x + (area.w - total) / 2;
    for (int i = 0; i < digits; ++i) {
      const bool known = i < static_cast<int>(content_.code.length());
      const Area place{x, area.y, tile, area.h};
      painter.box(place, {t.panel, known ? t.ink : t.line, 3, t.radius});
      if (known) {
        painter.text(content_.code.Mid(static_cast<std::size_t>(i), 1), place,
                     {tile < 80 ? 60 : 76, Weight::bold, t.ink}, Align::centre, Overflow::never);
      }
      x += tile + 12 + (i == 2 ? 32 : 0);
    }
  }

  void paint_countdown(Painter& painter, const Area& area) const {
    const auto& t = theme();
    if (!content_.problem.empty()) {
      painter.text(content_.problem, area, {18, Weight::bold, t.red}, Align::centre);
      return;
    }
    const widgets::TextStyle strong{20, Weight::bold, t.ink};
    const widgets::TextStyle plain{20, Weight::regular, t.ink};
    const double left = painter.text_width(content_.left, strong);
    const double words = std::min(painter.text_width(content_.waiting, plain), area.w - left - 46);
    const double sign = content_.left.empty() ? 0 : 38;
    double x = area.x + (area.w - sign - left - 6 - words) / 2;
    if (sign > 0) painter.icon(Icon::clock, x, area.centre_y() - 13, 26, t.ink);
    x += sign;
    x += painter.text(content_.left, {x, area.y, left + 1, area.h}, strong, Align::left, Overflow::never) + 6;
    painter.text(content_.waiting, {x, area.y, words + 1, area.h}, plain);
  }

  void paint_facts(Painter& painter, Area area) const {
    const auto& t = theme();
    painter.fill({area.x, area.y, area.w, 1}, t.line);
    painter.fill({area.x, area.bottom() - 1, area.w, 1}, t.line);
    if (content_.facts.empty()) return;
    const double width =
        (area.w - 12 * (static_cast<double>(content_.facts.size()) - 1)) / static_cast<double>(content_.facts.size());
    area = area.inset(0, 10);
    for (const Fact& fact : content_.facts) {
      Area column = area.take_left(width, 12);
      painter.text(fact.label, column.take_top(24), {15, Weight::regular, t.ink_quiet});
      painter.text(fact.value, column, {18, Weight::bold, t.ink});
    }
  }
};

PairingScreen::PairingScreen(wxWindow* parent, Desk& desk, const wxString& device_name)
    : ScenePanel(parent), desk_(desk), device_name_(device_name) {
  steps_ = new Steps(this);
  warning_ = new widgets::NoteBox(steps_, widgets::NoteBox::Kind::warning, wxString(), 16);
  code_ = new Code(this);
  address_ = new widgets::EntryBar(code_);
  address_->set_ground(theme().panel);
  pad_ = new KeyPad(code_, address_pad(), to_desk(desk_));
  pad_->SetBackgroundColour(theme().panel);
  for (const Action action :
       {Action::new_code, Action::server_address, Action::device_check, Action::change_language}) {
    keys_.emplace_back(action, card_key(code_, desk_, action));
  }
}

void PairingScreen::update(const Scene& scene) {
  update_steps(scene);
  update_code(scene);
  update_address(scene);
  for (const auto& [action, key] : keys_) {
    TouchKey::Content content = key_content(scene, row_of(Place::pairing, action));
    content.label_px = metrics().narrow || scene.english() ? 15 : 18;
    content.selected = action == Action::server_address && desk_.entry() == Entry::server;
    key->set(content);
  }
}

void PairingScreen::update_steps(const Scene& scene) {
  using Step = Painter::Step;
  const LinkStatus& link = scene.desk.lane().link();
  const bool found = link.state == LinkStatus::State::pairing;
  Steps::Content content;
  content.title = scene.text("till.pairing.title");
  content.note = scene.text("till.pairing.subtitle");
  const auto row = [&](const char* stem, Step step, const wxString& note) {
    content.rows.push_back({scene.text(std::string(stem)), note, step});
  };
  row("till.pairing.step1", found ? Step::done : Step::current,
      found ? scene.text("till.pairing.step1_done", {{"server", link.server}}) : scene.text("till.pairing.step1_note"));
  row("till.pairing.step2", found ? Step::current : Step::coming, scene.text("till.pairing.step2_note"));
  row("till.pairing.step3", Step::coming, scene.text("till.pairing.step3_note"));
  row("till.pairing.step4", Step::coming, scene.text("till.pairing.step4_note"));
  steps_->set(std::move(content));
  warning_->set(widgets::NoteBox::Kind::warning, scene.text("till.pairing.warning"));
}

void PairingScreen::update_code(const Scene& scene) {
  const LinkStatus& link = scene.desk.lane().link();
  Code::Content content;
  content.editing = desk_.entry() == Entry::server;
  content.title = scene.text(content.editing ? "till.pairing.server_title" : "till.pairing.code");
  if (content.editing) {
    content.waiting = scene.text("till.pairing.server_note");
  } else if (link.ticket) {
    content.code = to_wx(link.ticket->code);
    const std::int64_t left_ms = link.ticket->expires_at.instant.unix_ms - scene.desk.lane().now().instant.unix_ms;
    if (link.ticket->code != shown_code_) {
      shown_code_ = link.ticket->code;
      code_lifetime_ms_ = std::max<std::int64_t>(1, left_ms);
    }
    content.left = duration_text(left_ms / 1000);
    content.waiting = scene.text("till.pairing.waiting");
    content.fraction = static_cast<double>(left_ms) / static_cast<double>(code_lifetime_ms_);
    content.facts.push_back({scene.text("till.pairing.fingerprint"), to_wx(link.ticket->fingerprint)});
  } else {
    content.waiting = scene.text("till.pairing.asking");
  }
  if (!link.server.empty()) {
    content.facts.insert(content.facts.begin(), {scene.text("till.pairing.server"), to_wx(link.server)});
  }
  content.facts.insert(content.facts.begin(), {scene.text("till.pairing.device"), device_name_});
  if (link.error && !link.ticket) content.problem = to_wx(scene.texts.text(*link.error));
  if (const auto notice = desk_.notice(); notice && content.editing) content.problem = scene.say(notice->title);
  code_->set(std::move(content));
}

void PairingScreen::update_address(const Scene& scene) {
  const bool editing = desk_.entry() == Entry::server;
  widgets::EntryBar::Content content;
  content.text = to_wx(desk_.text());
  content.placeholder = scene.text("till.pairing.server_hint");
  address_->set(std::move(content));
  address_->Show(editing);
  pad_->Show(editing);
  pad_->show(scene);
}

void PairingScreen::lay_out(Area area, const Metrics& m) {
  area = area.inset(12);
  const Area left = area.take_left(m.narrow ? 360 : 420, 12);
  put(*steps_, left);
  put(*warning_, {24, left.h - 24 - 64, left.w - 48, 64});
  put(*code_, area);
  const double width = std::min(660.0, area.w - 40);
  Area inner{(area.w - width) / 2, 0, width, area.h};
  inner.take_bottom(28);
  Area keys = inner.take_bottom(72, 20);
  const double key_width = (keys.w - 24) / 4;
  for (const auto& [action, key] : keys_) put(*key, keys.take_left(key_width, 8));
  inner.take_top(28 + 36 + 54);
  put(*address_, inner.take_top(60, 10));
  put(*pad_, inner);
}

}  // namespace lanekeeper::till::ui
