#include "office_ui/promotion_publish.h"

#include <fmt/format.h>

#include "base/text.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Chip;
using widgets::Icon;
using widgets::NoteBox;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;
using What = DefinitionChange::What;

std::optional<ZonedTime> parse_moment(std::string_view text, int utc_offset_min) {
  const auto gap = text.find(' ');
  if (gap == std::string_view::npos) return std::nullopt;
  const int size = utc_offset_min < 0 ? -utc_offset_min : utc_offset_min;
  const auto time =
      ZonedTime::parse(fmt::format("{}T{}:00{}{:02}:{:02}", text.substr(0, gap), trim(text.substr(gap + 1)),
                                   utc_offset_min < 0 ? '-' : '+', size / 60, size % 60));
  return time ? std::optional(*time) : std::nullopt;
}

wxString moment_text(const ZonedTime& time) {
  return to_wx(time.local_date().to_string() + " " + time.local_time_hms().substr(0, 5));
}

PromotionPublish::PromotionPublish(wxWindow* parent, Shell& around, const PromotionWords& promotions)
    : Watcher(parent, around), promotions_(promotions) {
  build_left();
  build_right();
  auto all = row_of(this, 16);
  all.add(left_, 1).add(right_);
  SetSizer(all.sizer());
  watch(office());
  watch(model());
  watch(office().promotions().goods);
}

void PromotionPublish::build_left() {
  left_ = new wxScrolledWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL);
  left_->SetBackgroundColour(GetBackgroundColour());
  left_->SetScrollRate(0, px(12));
  auto* surface = new widgets::Surface(left_);
  auto* heading = new widgets::Label(surface, words()("promo.publish.changes"), {17, Weight::bold, theme().ink});
  changes_ = new NumberedSentences(surface, words()("promo.publish.changes"));
  auto inner = column_of(surface, 12);
  inner.add(heading).add(changes_);
  surface->SetSizer(inner.padded(18, 14));
  auto column = column_of(left_, 0);
  column.add(surface);
  left_->SetSizer(column.sizer());
}

void PromotionPublish::build_right() {
  right_ = new widgets::Surface(this);
  right_->SetMinSize(wxSize(px(400), -1));
  auto* when = new widgets::Label(right_, words()("promo.publish.when"), {17, Weight::bold, theme().ink});
  at_once_ = new Chip(right_, {words()("promo.publish.at_once"), true});
  later_ = new Chip(right_, {words()("promo.publish.at")});
  for (auto* chip : {at_once_, later_}) chip->set_ground(theme().panel);
  at_once_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { choose(false); });
  later_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { choose(true); });
  auto chips = row_of(right_, 8);
  chips.add_centred(at_once_).add_centred(later_).add_stretch();
  widgets::TextField::Options moment;
  moment.label = words()("promo.publish.moment");
  moment.hint = words()("promo.publish.moment_hint");
  moment_ = new widgets::TextField(right_, moment);
  moment_->control().Bind(wxEVT_TEXT, [this](wxCommandEvent&) { update_soon(); });
  auto* tills = new widgets::Label(right_, words()("promo.publish.tills"), {14, Weight::regular, theme().ink_quiet});
  tills->set_max_lines(3);
  widgets::TextField::Options note;
  note.label = words()("promo.publish.note");
  note_ = new widgets::TextField(right_, note);
  verdict_ = new NoteBox(right_, NoteBox::Kind::info, wxString());
  overridden_ = new NoteBox(right_, NoteBox::Kind::warning, wxString());
  overridden_->Hide();
  Button::Content go;
  go.label = words()("promo.publish.go");
  go.look = Button::Look::primary;
  go_ = new Button(right_, go);
  go_->set_ground(theme().panel);
  go_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { publish(); });
  discard_ = new Button(right_, {words()("promo.discard_draft")});
  discard_->set_ground(theme().panel);
  discard_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { discard(); });
  auto column = column_of(right_, 12);
  column.add(when).add(chips).add(moment_).add(tills).add(note_).add(overridden_).add(verdict_).add(go_).add(discard_);
  right_->SetSizer(column.padded(18, 14));
}

void PromotionPublish::start() {
  is_later_ = discarding_ = false;
  note_->set_value(wxString());
  const auto now = office().clock().now();
  const auto tomorrow = now.local_date().plus_days(1).to_string();
  moment_->set_value(to_wx(tomorrow + " 00:00"));
  if (model().check_state() != PromotionsModel::Check::done) model().check_soon(model().draft());
  update();
  note_->control().SetFocus();
}

void PromotionPublish::choose(bool later) {
  is_later_ = later;
  update();
  if (later) moment_->control().SetFocus();
}

void PromotionPublish::discard() {
  if (discarding_) model().discard();
  discarding_ = !discarding_;
  update();
  // A second press of the same key must not be the confirmation.
  if (discarding_) note_->control().SetFocus();
}

std::optional<ZonedTime> PromotionPublish::chosen_moment() const {
  const auto now = office().clock().now();
  const auto moment = parse_moment(trim(to_utf8(moment_->value())), now.utc_offset_min);
  return moment && moment->instant > now.instant ? moment : std::nullopt;
}

std::int64_t PromotionPublish::stops() const {
  const auto& findings = model().findings();
  return std::count_if(findings.begin(), findings.end(), [](const auto& finding) { return finding.stops; });
}

std::vector<wxString> PromotionPublish::changes() const {
  std::vector<wxString> sentences;
  for (const auto& change : model().changes()) {
    const auto* definition = find_definition(model().draft(), change.id);
    if (definition == nullptr) definition = find_definition(model().published(), change.id);
    if (definition == nullptr) continue;
    const std::string_view key = change.what == What::added     ? "promo.publish.added_as"
                                 : change.what == What::removed ? "promo.publish.removed_as"
                                                                : "promo.publish.changed_as";
    const wxString gives =
        definition->promotion ? promotions_.gives(*definition->promotion) : promotions_.kind(*definition);
    sentences.push_back(words()(key, {{"name", to_utf8(promotions_.name(*definition))}, {"gives", to_utf8(gives)}}));
  }
  if (sentences.empty()) sentences.push_back(words()("promo.publish.nothing"));
  return sentences;
}

std::pair<NoteBox::Kind, wxString> PromotionPublish::verdict() const {
  if (model().publish_error()) return {NoteBox::Kind::stop, promotions_.error(*model().publish_error())};
  if (model().busy()) return {NoteBox::Kind::info, words()("promo.publish.busy")};
  if (model().just_published()) {
    return {NoteBox::Kind::info,
            words()("promo.publish.done", {{"version", std::to_string(*model().just_published())}})};
  }
  wxString text;
  for (const auto& finding : model().findings()) {
    if (!text.empty()) text += "\n";
    text += promotions_.error(finding.error);
  }
  if (!text.empty()) return {stops() > 0 ? NoteBox::Kind::stop : NoteBox::Kind::warning, text};
  if (model().check_state() == PromotionsModel::Check::failed) {
    return {NoteBox::Kind::warning,
            words()("promo.check.failed", {{"reason", to_utf8(promotions_.error(*model().check_error()))}})};
  }
  const bool done = model().check_state() == PromotionsModel::Check::done;
  return {NoteBox::Kind::info, words()(done ? "promo.check.clean" : "promo.check.under_way")};
}

void PromotionPublish::publish() {
  if (!go_->IsThisEnabled()) return;
  model().publish(std::string(trim(to_utf8(note_->value()))), is_later_ ? chosen_moment() : std::nullopt);
}

void PromotionPublish::update() {
  changes_->set(changes());
  at_once_->set({words()("promo.publish.at_once"), !is_later_});
  later_->set({words()("promo.publish.at"), is_later_});
  const auto moment = chosen_moment();
  const bool bad_moment = is_later_ && !moment;
  moment_->set_error(bad_moment
                         ? words().error(Error{"office.promotion_moment", "Write the moment as 2026-11-21 08:00.", {}})
                         : wxString());
  set_shown(moment_, is_later_);
  const auto now = office().clock().now();
  const ZonedTime begins = is_later_ && moment ? *moment : now;
  const protocol::PromotionVersion* later = nullptr;
  for (const auto& book : model().books()) {
    if (book.effective_at.instant > begins.instant) later = &book;
  }
  if (later != nullptr) {
    overridden_->set(NoteBox::Kind::warning, words()("promo.publish.overridden",
                                                     {{"version", std::to_string(later->version)},
                                                      {"time", to_utf8(words().moment(later->effective_at, now))}}));
  }
  set_shown(overridden_, later != nullptr);
  const auto [kind, text] = verdict();
  verdict_->set(kind, text);
  auto content = go_->content();
  content.label = stops() > 0 ? words()("promo.publish.stopped", {{"count", std::to_string(stops())}})
                  : is_later_ && moment
                      ? words()("promo.publish.go_at", {{"time", to_utf8(words().moment(*moment, now))}})
                      : words()("promo.publish.go");
  content.icon = stops() > 0 ? std::optional(Icon::lock) : std::nullopt;
  go_->set(content);
  go_->Enable(!model().busy() && !model().changes().empty() && stops() == 0 && !bad_moment);
  auto discard = discard_->content();
  discard.label = words()(discarding_ ? "promo.discard_really" : "promo.discard_draft");
  discard.look = discarding_ ? Button::Look::danger : Button::Look::plain;
  discard_->set(discard);
  discard_->Enable(!model().busy() && !model().changes().empty());
  right_->Layout();
  Layout();
}

}  // namespace lanekeeper::office
