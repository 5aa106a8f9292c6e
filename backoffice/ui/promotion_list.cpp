#include "office_ui/promotion_list.h"

#include <wx/wrapsizer.h>

#include "base/text.h"
#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::Icon;
using widgets::NoteBox;
using widgets::TableCell;
using widgets::TagKind;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;
using What = DefinitionChange::What;
using State = PromotionWords::State;

namespace {
enum Column : std::size_t { name, kind, goods, when, who, state };
}

PromotionList::PromotionList(wxWindow* parent, Shell& around, const PromotionWords& promotions)
    : Watcher(parent, around), promotions_(promotions) {
  widgets::TextField::Options options;
  options.leading_icon = Icon::search;
  options.key_cap = "/";
  options.hint = words()("promo.search_hint");
  search_ = new widgets::TextField(this, options);
  search_->control().Bind(wxEVT_TEXT, [this](wxCommandEvent&) { update_soon(); });
  build_chips();
  draft_note_ = new NoteBox(this, NoteBox::Kind::info, wxString());
  contested_ = new NoteBox(this, NoteBox::Kind::warning, wxString());
  for (auto* note : {draft_note_, contested_}) {
    note->set_ground(GetBackgroundColour());
    note->Hide();
  }
  table_ = new widgets::TableView(this, words()("promo.title"),
                                  {{words()("promo.col.name"), 150, 0.6, Align::left, 0},
                                   {words()("promo.col.kind"), 156, 0.2, Align::left, 0},
                                   {words()("promo.col.goods"), 130, 0.8, Align::left, 2},
                                   {words()("promo.col.when"), 190, 0.4, Align::left, 0},
                                   {words()("promo.col.who"), 96, 0.1, Align::left, 1},
                                   {words()("promo.col.state"), 148, 0, Align::left, 0}},
                                  {[this](std::size_t row, std::size_t column) { return cell(row, column); },
                                   [this](std::size_t row) {
                                     widgets::TableRowLook look;
                                     const auto* definition = find(rows_[row]);
                                     const auto change = changed_.find(rows_[row]);
                                     look.marked = change != changed_.end();
                                     look.dimmed =
                                         (change != changed_.end() && change->second == What::removed) ||
                                         (definition != nullptr && promotions_.state(*definition) == State::over);
                                     return look;
                                   }});
  table_->on_select([this](std::size_t row) {
    selected_ = rows_[row];
    table_->set_rows(rows_.size(), row);
  });
  table_->on_press([this](std::size_t row) { open_(std::string(rows_[row])); });
  table_->on_activate([this](std::size_t row) { open_(std::string(rows_[row])); });
  foot_ = new widgets::Label(this, wxString(), {14, Weight::regular, theme().ink_secondary});
  auto column = column_of(this, 8);
  column.add(search_).add_space(4).add(chip_row_).add(contested_).add(draft_note_).add(table_, 1).add(foot_);
  SetSizer(column.sizer());
  watch(office().promotions().model);
  watch(office().promotions().goods);
  watch(office().store());
  update();
}

void PromotionList::build_chips() {
  chip_row_ = new wxPanel(this);
  chip_row_->SetBackgroundColour(GetBackgroundColour());
  chips_ = {{Show::all, "promo.chip.all", nullptr},
            {Show::now, "promo.chip.now", nullptr},
            {Show::later, "promo.chip.later", nullptr},
            {Show::over, "promo.chip.over", nullptr},
            {Show::changed, "promo.chip.changed", nullptr}};
  auto* row = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  for (auto& entry : chips_) {
    entry.chip = new widgets::Chip(chip_row_, {wxString()});
    entry.chip->Bind(wxEVT_BUTTON, [this, show = entry.show](wxCommandEvent&) {
      show_ = show;
      update();
      table_->scroll_to_top();
    });
    row->Add(entry.chip, wxSizerFlags().Border(wxRIGHT | wxBOTTOM, px(8)));
  }
  chip_row_->SetSizer(row);
}

const Definition* PromotionList::find(const std::string& id) const {
  const auto* found = find_definition(model().draft(), id);
  return found != nullptr ? found : find_definition(model().published(), id);
}

bool PromotionList::is_shown(const Definition& definition, Show show) const {
  const State state = promotions_.state(definition);
  switch (show) {
    case Show::all:
      return true;
    case Show::now:
      return state == State::now || state == State::today_not_now;
    case Show::later:
      return state == State::later || state == State::coming_version;
    case Show::over:
      return state == State::over;
    case Show::changed:
      return changed_.contains(definition.id);
  }
  return false;
}

bool PromotionList::is_found(const Definition& definition) const {
  const std::string wanted = to_lower_ascii(trim(to_utf8(search_->value())));
  if (wanted.empty()) return true;
  std::vector<std::string> places{definition.id, to_utf8(promotions_.name(definition)),
                                  to_utf8(promotions_.kind(definition))};
  if (definition.promotion) {
    places.push_back(definition.promotion->name);
    places.push_back(definition.promotion->name_en);
    places.push_back(catalogue::pinyin_initials(definition.promotion->name));
    places.push_back(to_utf8(promotions_.goods(definition.promotion->scope)));
  }
  return std::any_of(places.begin(), places.end(),
                     [&](const auto& place) { return to_lower_ascii(place).find(wanted) != std::string::npos; });
}

void PromotionList::find_rows() {
  rows_.clear();
  changed_.clear();
  for (const auto& change : model().changes()) changed_[change.id] = change.what;
  std::map<Show, std::int64_t> counts;
  const auto look_at = [&](const Definition& definition) {
    for (const auto& entry : chips_) counts[entry.show] += is_shown(definition, entry.show) ? 1 : 0;
    if (is_shown(definition, show_) && is_found(definition)) rows_.push_back(definition.id);
  };
  for (const auto& definition : model().draft()) look_at(definition);
  for (const auto& definition : model().published()) {
    const auto change = changed_.find(definition.id);
    if (change != changed_.end() && change->second == What::removed) look_at(definition);
  }
  for (const auto& entry : chips_) {
    entry.chip->set({words()(entry.label, {{"count", std::to_string(counts[entry.show])}}), entry.show == show_});
    const bool wanted = entry.show == Show::all || entry.show == show_ || counts[entry.show] > 0;
    set_shown(entry.chip, model().ever_loaded() && wanted);
  }
  chip_row_->Layout();
}

TableCell PromotionList::state_cell(const Definition& definition) const {
  const auto tag = [this](std::string_view key, TagKind look) {
    return TableCell{words()(key), TableCell::Tone::normal, Weight::regular, 14, look};
  };
  const auto change = changed_.find(definition.id);
  if (change != changed_.end()) {
    if (change->second == What::added) return tag("promo.state.added", TagKind::attention);
    if (change->second == What::removed) return tag("promo.state.removed", TagKind::stop);
    return tag("promo.state.changed", TagKind::attention);
  }
  switch (promotions_.state(definition)) {
    case State::now:
      return {words()("promo.state.now"), TableCell::Tone::normal, Weight::regular, 14, std::nullopt, Icon::check};
    case State::today_not_now:
      return {words()("promo.state.today_not_now"), TableCell::Tone::secondary};
    case State::later:
      return tag("promo.state.later", TagKind::accent);
    case State::coming_version:
      return tag("promo.state.coming_version", TagKind::accent);
    case State::over:
      return tag("promo.state.over", TagKind::neutral);
    case State::unreadable:
      break;
  }
  return tag("promo.state.unreadable", TagKind::stop);
}

TableCell PromotionList::cell(std::size_t row, std::size_t column) const {
  const auto* definition = find(rows_[row]);
  if (definition == nullptr) return {};
  const auto& promotion = definition->promotion;
  switch (static_cast<Column>(column)) {
    case name:
      return {promotions_.name(*definition), TableCell::Tone::normal, Weight::bold, 15};
    case kind:
      return {promotions_.kind(*definition), TableCell::Tone::normal};
    case goods: {
      if (!promotion) return {};
      const auto* bundle = std::get_if<pricing::Bundle>(&promotion->offer);
      if (bundle == nullptr) return {promotions_.goods(promotion->scope), TableCell::Tone::secondary};
      std::vector<wxString> groups;
      for (const auto& group : bundle->groups) groups.push_back(promotions_.goods(group.scope));
      return {promotions_.list(groups), TableCell::Tone::secondary};
    }
    case when:
      return {promotion ? promotions_.when(promotion->schedule) : wxString(), TableCell::Tone::secondary};
    case who:
      return {promotion ? promotions_.who(promotion->audience) : wxString(), TableCell::Tone::secondary};
    case state:
      return state_cell(*definition);
  }
  return {};
}

wxString PromotionList::foot() const {
  if (model().error()) return words().error(*model().error());
  if (!model().ever_loaded()) return {};
  if (model().books().empty()) return words()("promo.foot_none");
  const auto now = office().clock().now();
  const auto& newest = model().books().front();
  const auto number = std::to_string(newest.version);
  const auto* in_force = model().in_force(now.instant);
  const wxString by = newest.published_by.empty() || newest.published_by == "server" ? words()("promo.version.server")
                                                                                     : to_wx(newest.published_by);
  wxString text =
      words()("promo.foot",
              {{"version", number}, {"by", to_utf8(by)}, {"time", to_utf8(words().moment(newest.published_at, now))}});
  text += words()("promo.sentence_comma");
  if (newest.effective_at.instant > now.instant) {
    return text + words()("promo.foot_coming",
                          {{"version", number},
                           {"time", to_utf8(words().moment(newest.effective_at, now))},
                           {"now", in_force == nullptr ? std::string("0") : std::to_string(in_force->version)}});
  }
  const auto priced_with = in_force == nullptr ? newest.version : in_force->version;
  return text + words()("promo.foot_in_force", {{"version", std::to_string(priced_with)}});
}

void PromotionList::update_notes() {
  std::vector<wxString> names;
  for (const auto& id : model().contested()) names.push_back(promotions_.name(id, model().draft()));
  if (!names.empty()) {
    contested_->set(NoteBox::Kind::warning, words()("promo.contested", {{"names", to_utf8(promotions_.list(names))}}));
  }
  if (!changed_.empty()) {
    draft_note_->set(NoteBox::Kind::info, words()("promo.draft_note", {{"count", std::to_string(changed_.size())}}));
  }
  bool changed = set_shown(contested_, !names.empty());
  changed = set_shown(draft_note_, !changed_.empty()) || changed;
  if (changed) Layout();
}

void PromotionList::update() {
  find_rows();
  update_notes();
  const bool failed = model().error() && !model().ever_loaded();
  const bool filtered = show_ != Show::all || !search_->value().empty();
  const std::string empty = failed                   ? "load_failed"
                            : !model().ever_loaded() ? "loading"
                            : filtered               ? "promo.none_found"
                                                     : "promo.none";
  table_->set_empty(words()(empty), failed                  ? words().error(*model().error())
                                    : model().ever_loaded() ? words()(empty + "_note")
                                                            : wxString());
  std::optional<std::size_t> selected;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i] == selected_) selected = i;
  }
  table_->set_rows(rows_.size(), selected);
  foot_->set(foot());
}

bool PromotionList::take_key(const wxKeyEvent& event) {
  const bool in_search = wxWindow::FindFocus() == &search_->control();
  if (!in_search) return false;
  if (is_plain(event, '/') && search_->value().empty()) return true;  // it is there already
  if (!is_plain(event, WXK_DOWN) && !is_plain(event, WXK_RETURN) && !is_plain(event, WXK_NUMPAD_ENTER)) return false;
  table_->SetFocus();
  return true;
}

void PromotionList::focus_search() {
  search_->control().SetFocus();
  search_->control().SelectAll();
}

}  // namespace lanekeeper::office
