#include "till_ui/sign_in_screen.h"

#include <algorithm>

#include "till_ui/card.h"
#include "till_ui/shift_words.h"
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

constexpr double keys_height = 64;

KeyPad::Layout pin_pad() {
  KeyPad::Layout layout;
  for (const char* digit : {"7", "8", "9", "4", "5", "6", "1", "2", "3"}) {
    KeyPad::Spec spec;
    spec.types = digit;
    spec.label_px = 30;
    layout.grid.push_back(spec);
  }
  layout.grid.push_back({.text_key = "till.key.clear", .action = Action::clear, .label_px = 24});
  layout.grid.push_back({.types = "0", .label_px = 30});
  layout.grid.push_back({.text_key = "till.key.backspace", .action = Action::backspace, .label_px = 24});
  layout.gap = 8;
  return layout;
}

}  // namespace

// The left panel: store, number of the till, and a list of what is ready.
namespace {

struct Readiness {
  struct Row {
    Icon icon = Icon::check;
    wxString label, value;
    enum class Tone { plain, good, warning } tone = Tone::plain;
    bool operator==(const Row&) const = default;
  };
  wxString store, till, tag;
  std::vector<Row> rows;
  [[nodiscard]] wxString spoken() const { return till; }
  bool operator==(const Readiness&) const = default;
};

}  // namespace

class SignInScreen::Checks : public PaintedCard<Readiness> {
 public:
  using Row = Readiness::Row;
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    paint_panel(painter);
    const bool small = painter.width() < 480;
    Area area = painter.area().inset(small ? 18 : 24, 20);
    area.take_bottom(keys_height + 8);
    painter.text(content_.store, area.take_top(28), {20, Weight::regular, t.ink_secondary});
    Area head = area.take_top(small ? 66 : 84);
    if (!content_.tag.empty()) {
      const double width = painter.tag_width(content_.tag, 18);
      const Area tag = head.take_right(width, 12);
      painter.tag(content_.tag, tag.x, tag.centre_y() + 4, widgets::TagKind::neutral, 18);
    }
    painter.text(content_.till, head, {small ? 46 : 64, Weight::bold, t.ink});
    area.take_top(4);
    painter.fill(area.take_top(2), t.ink);
    const double row_height = std::min(54.0, area.h / std::max<double>(1, static_cast<double>(content_.rows.size())));
    for (std::size_t i = 0; i < content_.rows.size(); ++i) {
      Area row = area.take_top(row_height);
      paint_row(painter, row, content_.rows[i], small);
      if (i + 1 < content_.rows.size()) painter.fill({row.x, row.bottom() - 1, row.w, 1}, t.line);
    }
  }

 private:
  static void paint_row(Painter& painter, Area area, const Row& row, bool small) {
    const auto& t = theme();
    const Area sign = area.take_left(24, 12);
    painter.icon(row.icon, sign.x, sign.centre_y() - 12, 24, t.ink);
    const bool warning = row.tone == Row::Tone::warning;
    const bool plain = row.tone == Row::Tone::plain;
    const TextStyle label_style{small ? 16 : 18, Weight::regular, t.ink};
    TextStyle value{small ? 15 : 17, plain || warning ? Weight::bold : Weight::regular, warning ? t.amber_ink : t.ink};
    const double label = painter.text_width(row.label, label_style);
    const double icon = plain ? 0 : 24;
    const double padding = warning ? 8 : 0;
    value = fitted(painter, row.value, value, area.w - label - 14 - icon - 2 * padding, 13);
    const double width =
        std::min(painter.text_width(row.value, value) + icon + 2 * padding + 1, std::max(60.0, area.w - label - 12));
    Area place = area.take_right(width, 12);
    if (warning) {
      painter.box(place.centred(place.w, 28), {t.amber_tint, std::nullopt, 1, t.tag_radius});
      place = place.inset(padding, 0);
    }
    if (!plain) {
      const Area mark = place.take_left(18, 6);
      painter.icon(warning ? Icon::alert : Icon::check, mark.x, mark.centre_y() - 9, 18, value.colour, warning ? 2 : 3);
    }
    painter.text(row.value, place, value);
    painter.text(row.label, area, label_style);
  }
};

// The line over the names: what to do, or what was wrong.
namespace {

struct HeadingWords {
  wxString text;
  enum class Tone { plain, warning, stop } tone = Tone::plain;
  [[nodiscard]] wxString spoken() const { return text; }
  bool operator==(const HeadingWords&) const = default;
};

}  // namespace

class SignInScreen::Heading : public PaintedCard<HeadingWords> {
 public:
  explicit Heading(wxWindow* parent) : PaintedCard(parent) { set_ground(theme().panel); }

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    Area area = painter.area();
    if (content_.tone == Content::Tone::plain) {
      painter.text(content_.text, area, fitted(painter, content_.text, {28, Weight::bold, t.ink}, area.w, 18));
      return;
    }
    const bool stop = content_.tone == Content::Tone::stop;
    painter.box(area, {stop ? t.red_tint : t.amber_tint, stop ? t.red : t.amber, 2, t.radius});
    area = area.inset(12, 2);
    const Area sign = area.take_left(24, 10);
    painter.icon(stop ? Icon::stop_sign : Icon::info, sign.x, sign.centre_y() - 12, 24, stop ? t.red : t.amber_ink);
    const auto style = fitted(painter, content_.text, {17, Weight::bold, stop ? t.red : t.ink}, area.w, 13);
    const auto lines = painter.wrap(content_.text, style, area.w, 2);
    Area block = area.centred(area.w, style.px * 1.25 * static_cast<double>(lines.size()));
    painter.paragraph(content_.text, block, style, style.px * 1.25, Align::left, 2);
  }
};

SignInScreen::SignInScreen(wxWindow* parent, Desk& desk) : ScenePanel(parent), desk_(desk) {
  checks_ = new Checks(this);
  for (const Action action :
       {Action::close_for_other, Action::training, Action::device_check, Action::change_language}) {
    extras_.emplace_back(action, card_key(checks_, desk_, action));
  }
  card_ = new widgets::Surface(this);
  heading_ = new Heading(card_);
  for (std::size_t i = 0; i < person_keys; ++i) {
    people_.push_back(new TouchKey(card_));
    people_.back()->set_ground(theme().panel);
    people_.back()->Bind(wxEVT_BUTTON, [this, i](wxCommandEvent&) {
      const auto shown = shown_people();
      if (i + 1 < person_keys && i < shown.size()) return desk_.choose_person(shown[i]);
      desk_.act(Action::other_person);
    });
  }
  pin_ = new widgets::PinDots(card_);
  pin_->set_ground(theme().panel);
  pad_ = new KeyPad(card_, pin_pad(), to_desk(desk_));
  pad_->SetBackgroundColour(theme().panel);
  forgot_ = card_key(card_, desk_, Action::forgot_pin);
  enter_ = card_key(card_, desk_, Action::confirm);
}

// The first names, and always the one that is chosen.
std::vector<std::size_t> SignInScreen::shown_people() const {
  std::vector<std::size_t> shown;
  const std::size_t most = person_keys - 1;
  for (std::size_t i = 0; i < std::min(most, desk_.sign_in().people().size()); ++i) shown.push_back(i);
  const auto chosen = desk_.sign_in().chosen();
  if (chosen && *chosen >= most && !shown.empty()) shown.back() = *chosen;
  return shown;
}

void SignInScreen::update(const Scene& scene) {
  update_checks(scene);
  update_people(scene);
  update_form(scene);
}

namespace {

// Whose shift is open, if one is; the next person may go on with it, or close it with the right to.
void add_shift(const Scene& scene, Readiness& content) {
  const auto& shift = scene.desk.view().shift;
  if (!shift) {
    if (content.tag.empty()) content.tag = scene.text("till.check.no_shift");
    return;
  }
  const auto people = scene.desk.lane().staff();
  const auto owner =
      std::find_if(people.begin(), people.end(), [&](const auto& one) { return one.id == shift->opened_by; });
  wxString value = shift_text(scene, *shift);
  if (owner != people.end()) value += "  " + to_wx(owner->name);
  content.rows.push_back({Icon::clock, scene.text("till.check.shift"), value, Readiness::Row::Tone::plain});
}

}  // namespace

void SignInScreen::update_checks(const Scene& scene) {
  using Tone = Checks::Row::Tone;
  const Lane& lane = scene.desk.lane();
  const auto& profile = lane.profile();
  Checks::Content content;
  if (profile) {
    const bool english = scene.english() && !profile->name_en.empty();
    content.store = to_wx(english ? profile->name_en : profile->name);
  }
  content.till = scene.text("till.status.till", {{"number", std::to_string(lane.till())}});
  if (scene.desk.locked()) content.tag = scene.text("till.status.locked");
  const int day_start = profile ? static_cast<int>(profile->day_start_minute) : 0;
  ZonedTime business_day = lane.now();
  business_day.instant.unix_ms -= std::int64_t{day_start} * 60'000;
  content.rows.push_back({Icon::calendar, scene.text("till.check.day"), date_text(scene, business_day), Tone::plain});

  const LinkStatus& link = lane.link();
  const bool online = link.state == LinkStatus::State::online;
  const wxString server = online ? scene.text("till.check.server_ok") : scene.text("till.check.server_away");
  content.rows.push_back({online ? Icon::link : Icon::unlink, scene.text("till.check.server"), server,
                          online ? Tone::good : Tone::warning});
  const bool goods = lane.item_count() > 0;
  content.rows.push_back(
      {Icon::goods, scene.text("till.check.goods"),
       goods ? scene.text("till.check.goods_count", {{"count", widgets::grouped_count_text(lane.item_count())}})
             : scene.text("till.check.goods_none"),
       goods ? Tone::good : Tone::warning});
  const auto outbox = lane.outbox();
  content.rows.push_back({Icon::upload, scene.text("till.check.unsent"),
                          scene.text("till.check.unsent_count", {{"count", std::to_string(outbox.unsent)}}),
                          outbox.unsent == 0 ? Tone::good : Tone::warning});
  const DeviceState printer = lane.printer_state();
  const bool printing = printer == DeviceState::ok || printer == DeviceState::paper_low;
  content.rows.push_back({Icon::printer, scene.text("till.check.printer"),
                          scene.text(printing                         ? "till.check.ok"
                                     : printer == DeviceState::none   ? "till.check.printer_none"
                                     : printer == DeviceState::absent ? "till.check.printer_absent"
                                                                      : "till.check.printer_trouble"),
                          printing ? Tone::good : Tone::warning});
  const ScaleReading reading = lane.weight();
  const ScaleWords scale = scale_words(reading);
  const bool has_scale = reading.state != ScaleReading::State::none;
  content.rows.push_back({Icon::scale, scene.text("till.check.scale"),
                          !has_scale             ? scene.text("till.check.scale_none")
                          : scale.weight.empty() ? scene.text(scale.state)
                                                 : scene.text("till.check.scale_ok", {{"weight", scale.weight}}),
                          !has_scale      ? Tone::plain
                          : scale.settled ? Tone::good
                                          : Tone::warning});
  if (lane.drawer_position() == CashDrawer::Position::open) {
    content.rows.push_back(
        {Icon::cash, scene.text("till.check.drawer"), scene.text("till.check.drawer_open"), Tone::warning});
  }
  add_shift(scene, content);
  checks_->set(std::move(content));

  for (const auto& [action, key] : extras_) {
    TouchKey::Content look = key_content(scene, row_of(Place::sign_in, action));
    if (action == Action::training && scene.desk.training()) look.label = scene.text("till.action.end_training");
    if (action == Action::close_for_other) {
      look.available = scene.desk.view().shift.has_value();
      look.selected = scene.desk.shift().closes_after_sign_in();
    }
    look.label_px = metrics().narrow || scene.english() ? 15 : 17;
    key->set(look);
  }
}

void SignInScreen::update_people(const Scene& scene) {
  const auto shown = shown_people();
  const auto chosen = desk_.sign_in().chosen();
  for (std::size_t i = 0; i < person_keys; ++i) {
    TouchKey::Content content;
    content.note_px = 15;
    content.label_px = metrics().narrow ? 16 : 18;
    if (i + 1 < person_keys) {
      content.available = i < shown.size();
      if (content.available) {
        const auto& person = desk_.sign_in().people()[shown[i]];
        content.label = to_wx(person.name);
        content.note = to_wx(person.number);
        content.selected = chosen == shown[i];
      }
    } else {
      content.label = scene.text("till.action.other_person");
      content.note = "Tab";
      content.selected = scene.desk.entry() == Entry::staff_number || (!chosen && !desk_.sign_in().number().empty());
      if (!chosen && !desk_.sign_in().number().empty() && scene.desk.entry() == Entry::pin) {
        content.note = to_wx(desk_.sign_in().number());
      }
    }
    people_[i]->set(content);
  }
}

void SignInScreen::update_form(const Scene& scene) {
  Heading::Content heading;
  heading.text = scene.text(desk_.locked() ? "till.sign_in.unlock" : "till.sign_in.title");
  if (desk_.sign_in().people().empty()) {
    heading = {scene.text("till.sign_in.no_people"), Heading::Content::Tone::warning};
  } else if (desk_.entry() == Entry::staff_number) {
    heading.text = scene.text("till.sign_in.number_title");
  } else if (const auto chosen = desk_.sign_in().chosen(); desk_.sign_in().badge_read() && chosen) {
    heading.text = scene.text("till.sign_in.badge_read", {{"name", desk_.sign_in().people()[*chosen].name}});
  }
  if (const auto notice = desk_.notice(); notice && !(notice->lasting && desk_.sign_in_speaks())) {
    heading = {scene.say(notice->title) + "  " + scene.say(notice->note), Heading::Content::Tone::warning};
  }
  if (desk_.sign_in().forgot()) heading = {scene.text("till.sign_in.forgot"), Heading::Content::Tone::warning};
  if (desk_.sign_in().error()) {
    heading = {to_wx(Words{"till.error." + desk_.sign_in().error()->code + ".title",
                           desk_.sign_in().error()->details,
                           {},
                           "",
                           desk_.sign_in().error()}
                         .in(scene.texts)),
               Heading::Content::Tone::stop};
  }
  if (scene.desk.shift().closes_after_sign_in() && heading.tone == Heading::Content::Tone::plain) {
    heading.text = scene.text("till.sign_in.close_for_other");
  }
  heading_->set(std::move(heading));

  widgets::PinDots::Content field;
  const auto chosen = desk_.sign_in().chosen();
  if (desk_.entry() == Entry::staff_number) {
    field.label = scene.text("till.sign_in.number", {{"number", desk_.text()}});
    field.places = 0;
  } else {
    const std::string who = chosen ? desk_.sign_in().people()[*chosen].name : desk_.sign_in().number();
    field.label = scene.text("till.sign_in.pin_of", {{"name", who}});
    field.filled = static_cast<int>(desk_.text().size());
    field.places = std::max(6, field.filled);
  }
  pin_->set(std::move(field));
  pad_->show(scene);
  forgot_->set({.label = scene.text("till.action.forgot_pin"),
                .cap = "F2",
                .note = scene.text("till.sign_in.forgot_note"),
                .selected = desk_.sign_in().forgot(),
                .label_px = metrics().narrow || scene.english() ? 16 : 18});
  enter_->set({.label = scene.text(desk_.entry() == Entry::staff_number ? "till.sign_in.next" : "till.sign_in.enter"),
               .cap = "Enter",
               .look = TouchKey::Look::primary,
               .label_px = metrics().narrow ? 24 : 28});
}

void SignInScreen::lay_out(Area area, const Metrics& m) {
  area = area.inset(12);
  const double left_width = m.narrow ? 392 : m.wide ? 640 : 560;
  const Area left = area.take_left(left_width, 12);
  put(*checks_, left);
  const double inset = m.narrow ? 18 : 24;
  Area keys{inset, left.h - 20 - keys_height, left.w - 2 * inset, keys_height};
  const auto extras = static_cast<double>(extras_.size());
  const double key_width = (keys.w - 8 * (extras - 1)) / extras;
  for (const auto& [action, key] : extras_) put(*key, keys.take_left(key_width, 8));

  put(*card_, area);
  Area inner = Area{0, 0, area.w, area.h}.inset(m.narrow ? 20 : 28, 20);
  put(*heading_, inner.take_top(44, 12));
  Area names = inner.take_top(76, 14);
  const double name_width = (names.w - 8 * (person_keys - 1)) / person_keys;
  for (TouchKey* person : people_) put(*person, names.take_left(name_width, 8));
  put(*pin_, inner.take_top(72, 14));
  Area side = inner.take_right(m.narrow ? 146 : 190, 8);
  put(*forgot_, side.take_top(96, 8));
  put(*enter_, side);
  put(*pad_, inner);
}

}  // namespace lanekeeper::till::ui
