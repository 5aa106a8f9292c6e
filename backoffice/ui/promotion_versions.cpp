#include "office_ui/promotion_versions.h"

#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::Button;
using widgets::FactSheet;
using widgets::Icon;
using widgets::NoteBox;
using widgets::TableCell;
using widgets::TagKind;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {
enum Column : std::size_t { version_column, state, effective, author, published, count, note_column };
}

PromotionVersions::PromotionVersions(wxWindow* parent, Shell& around) : Watcher(parent, around) {
  left_ = new wxPanel(this);
  left_->SetBackgroundColour(GetBackgroundColour());
  outcome_ = new NoteBox(left_, NoteBox::Kind::info, wxString());
  outcome_->set_ground(GetBackgroundColour());
  outcome_->Hide();
  table_ = new widgets::TableView(left_, words()("promo.versions"),
                                  {{words()("promo.version.col.version"), 92, 0, Align::left, 0},
                                   {words()("promo.version.col.state"), 108, 0, Align::left, 0},
                                   {words()("promo.version.col.effective"), 112, 0.1, Align::left, 0},
                                   {words()("promo.version.col.by"), 84, 0.2, Align::left, 1},
                                   {words()("promo.version.col.published"), 112, 0.1, Align::left, 3},
                                   {words()("promo.version.col.count"), 68, 0, Align::right, 4},
                                   {words()("promo.version.col.note"), 150, 1, Align::left, 2}},
                                  {[this](std::size_t row, std::size_t column) { return cell(row, column); }, {}});
  table_->set_empty(words()("promo.version.none"), words()("promo.version.none_note"));
  table_->on_select([this](std::size_t row) {
    if (row >= model().books().size()) return;
    selected_ = model().books()[row].version;
    confirming_ = false;
    update_soon();
  });
  auto column = column_of(left_, 12);
  column.add(outcome_).add(table_, 1);
  left_->SetSizer(column.sizer());
  build_detail();
  auto all = row_of(this, 16);
  all.add(left_, 1).add(detail_);
  SetSizer(all.sizer());
  watch(office());
  watch(office().promotions().model);
  update();
}

void PromotionVersions::build_detail() {
  detail_ = new widgets::Surface(this);
  detail_->SetMinSize(wxSize(px(340), -1));
  title_ = new widgets::Label(detail_, wxString(), {17, Weight::bold, theme().ink});
  facts_ = new FactSheet(detail_, words()("promo.versions"));
  question_ = new NoteBox(detail_, NoteBox::Kind::warning, wxString());
  Button::Content keep;
  keep.label = words()("promo.version.keep");
  keep_ = new Button(detail_, keep);
  Button::Content restore;
  restore.label = words()("promo.version.restore");
  restore.icon = Icon::return_arrow;
  restore_ = new Button(detail_, restore);
  for (Button* button : {keep_, restore_}) button->set_ground(theme().panel);
  keep_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { step_back(); });
  restore_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { ask_or_restore(); });
  auto title = row_of(detail_, 0);
  title.add_space(18).add(title_, 1).add_space(18);
  auto question = row_of(detail_, 0);
  question.add_space(18).add(question_, 1).add_space(18);
  auto buttons = row_of(detail_, 8);
  buttons.add_space(18).add_stretch().add(keep_).add(restore_).add_space(18);
  auto column = column_of(detail_, 10);
  column.add_space(14).add(title).add(facts_, 1).add(question).add(buttons).add_space(14);
  detail_->SetSizer(column.sizer());
}

void PromotionVersions::ask_or_restore() {
  if (selected() == nullptr) return;
  if (confirming_) model().restore(selected_);
  confirming_ = !confirming_;
  update();
  // A second press of the same key must not be the confirmation.
  if (confirming_) keep_->SetFocus();
}

bool PromotionVersions::step_back() {
  if (selected_ == 0) return false;
  if (!confirming_) selected_ = 0;
  confirming_ = false;
  update_soon();
  return true;
}

const protocol::PromotionVersion* PromotionVersions::selected() const {
  for (const auto& book : model().books()) {
    if (book.version == selected_) return &book;
  }
  return nullptr;
}

wxString PromotionVersions::by(const protocol::PromotionVersion& version) const {
  return version.published_by == "server" || version.published_by.empty() ? words()("promo.version.server")
                                                                          : to_wx(version.published_by);
}

wxString PromotionVersions::note(const protocol::PromotionVersion& version) const {
  if (!version.restored_from) return to_wx(version.note);
  return words()("promo.version.restored", {{"version", std::to_string(*version.restored_from)}});
}

TableCell PromotionVersions::state_cell(const protocol::PromotionVersion& version) const {
  const auto now = office().clock().now().instant;
  const auto* in_force = model().in_force(now);
  if (in_force != nullptr && in_force->version == version.version) {
    return {words()("promo.version.in_force"), TableCell::Tone::normal, Weight::bold, 14, std::nullopt, Icon::check};
  }
  if (version.effective_at.instant > now) {
    return {words()("promo.version.coming"), TableCell::Tone::normal, Weight::regular, 14, TagKind::accent};
  }
  return {words()("promo.version.past"), TableCell::Tone::quiet};
}

TableCell PromotionVersions::cell(std::size_t row, std::size_t column) const {
  const auto& version = model().books()[row];
  const auto now = office().clock().now();
  switch (static_cast<Column>(column)) {
    case version_column:
      return {words()("promo.version.number", {{"version", std::to_string(version.version)}}), TableCell::Tone::normal,
              Weight::bold, 15};
    case state:
      return state_cell(version);
    case effective:
      return {words().moment(version.effective_at, now), TableCell::Tone::normal};
    case author:
      return {by(version), TableCell::Tone::secondary};
    case published:
      return {words().moment(version.published_at, now), TableCell::Tone::secondary};
    case count:
      return {words().count(version.promotions), TableCell::Tone::secondary};
    case note_column:
      return {note(version), TableCell::Tone::secondary};
  }
  return {};
}

void PromotionVersions::update_detail() {
  const auto* version = selected();
  bool changed = set_shown(detail_, version != nullptr);
  const bool covered = version != nullptr && GetClientSize().x < px(820);
  changed = set_shown(left_, !covered) || changed;
  if (auto* item = GetSizer()->GetItem(detail_, true)) item->SetProportion(covered ? 1 : 0);
  if (version != nullptr) {
    const auto number = std::to_string(version->version);
    const auto now = office().clock().now();
    title_->set(words()("promo.version.number", {{"version", number}}));
    std::vector<FactSheet::Row> rows;
    const auto add = [&](std::string_view label, const wxString& value) {
      FactSheet::Row row;
      row.label = words()(label);
      row.value = value;
      rows.push_back(row);
    };
    add("promo.version.col.state", state_cell(*version).text);
    add("promo.version.col.effective", words().moment(version->effective_at, now));
    add("promo.version.col.by", by(*version));
    add("promo.version.col.published", words().moment(version->published_at, now));
    add("promo.version.col.count", words().count(version->promotions));
    if (!note(*version).empty()) add("promo.version.col.note", note(*version));
    facts_->set(std::move(rows));
    const bool newest = version->version == model().newest();
    const bool may = office().allows(access::Permission::promotions_edit) && !newest;
    if (confirming_) {
      question_->set(
          NoteBox::Kind::warning,
          words()("promo.version.restore_note", {{"version", number}, {"count", std::to_string(version->promotions)}}));
    } else if (newest) {
      question_->set(NoteBox::Kind::info, words()("promo.version.newest_already"));
    }
    set_shown(question_, confirming_ || newest);
    set_shown(keep_, confirming_);
    set_shown(restore_, may);
    restore_->Enable(!model().busy());
    auto content = restore_->content();
    content.label =
        confirming_ ? words()("promo.version.restore_really", {{"version", number}}) : words()("promo.version.restore");
    content.look = confirming_ ? Button::Look::danger : Button::Look::plain;
    restore_->set(content);
    detail_->Layout();
  }
  if (changed) Layout();
}

void PromotionVersions::update() {
  const auto& failed = model().publish_error();
  const auto& done = model().just_published();
  if (failed) outcome_->set(NoteBox::Kind::stop, words().error(*failed));
  if (done) {
    outcome_->set(NoteBox::Kind::info, words()("promo.publish.done", {{"version", std::to_string(*done)}}));
  }
  if (set_shown(outcome_, failed || done)) left_->Layout();
  std::optional<std::size_t> row;
  for (std::size_t i = 0; i < model().books().size(); ++i) {
    if (model().books()[i].version == selected_) row = i;
  }
  table_->set_rows(model().books().size(), row);
  update_detail();
}

}  // namespace lanekeeper::office
