#include "office_ui/receipts_page.h"

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using receipt_template::all_kinds;
using widgets::Button;
using widgets::FactSheet;
using widgets::Icon;
using widgets::NoteBox;
using widgets::SelectField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {

constexpr int roll_columns[] = {48, 32};
constexpr i18n::Language languages[] = {i18n::Language::zh_CN, i18n::Language::en};
constexpr std::size_t most_problems = 20;
constexpr double paper_width = 404;

std::size_t place_of(TemplateEditor::Kind kind) {
  const auto& kinds = all_kinds();
  return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
}

}  // namespace

ReceiptsPage::ReceiptsPage(wxWindow* parent, Shell& around) : Page(parent, around) {
  build_editor();
  build_preview();
  auto all = row_of(this, 16);
  all.add(left_, 1).add(right_);
  SetSizer(all.padded(20, 16));
  watch(office());
  watch(office().store());
  watch(editor());
  update();
}

void ReceiptsPage::build_editor() {
  left_ = new wxPanel(this);
  left_->SetBackgroundColour(GetBackgroundColour());
  kind_ = new SelectField(left_, wxString(), {}, 0);
  language_ = new SelectField(left_, wxString(), {}, 0);
  kind_->SetName(words()("receipts.kind"));
  language_->SetName(words()("receipts.language"));
  for (auto* field : {kind_, language_}) field->set_ground(GetBackgroundColour());
  kind_->on_select([this](int index) { open(all_kinds()[static_cast<std::size_t>(index)], editor().key().language); });
  language_->on_select([this](int index) { open(editor().key().kind, languages[index]); });
  state_ = new widgets::Label(left_, wxString(), {14, Weight::regular, theme().ink_secondary});
  state_->set_may_shrink();
  names_ = new SelectField(left_, wxString(), {words()("receipts.insert")}, 0);
  names_->set_ground(GetBackgroundColour());
  names_->on_select([this](int index) {
    names_->select(0);
    if (index > 0) text_->insert(to_wx(insertable_[static_cast<std::size_t>(index - 1)].written));
  });
  auto head = row_of(left_, 12);
  head.add(kind_).add(language_).add_centred(state_, 1).add_stretch().add(names_);

  text_ = new widgets::TextArea(left_, words()("receipts.text"));
  text_->on_edit([this] { editor().edit(to_utf8(text_->value())); });
  text_->on_caret([this] { show_caret(); });
  problems_ = new FactSheet(left_, words()("receipts.problems"));
  problems_->on_link([this](int id) {
    const auto& problems = editor().problems();
    if (id < 0 || static_cast<std::size_t>(id) >= problems.size()) return;
    const auto& problem = problems[static_cast<std::size_t>(id)];
    text_->control().SetFocus();
    text_->go_to({problem.line, problem.column});
  });
  problems_->set_ground(theme().amber_tint);
  problems_->Hide();
  note_ = new NoteBox(left_, NoteBox::Kind::info, wxString());
  note_->set_ground(GetBackgroundColour());
  note_->Hide();

  auto column = column_of(left_, 12);
  column.add(head).add(note_).add(text_, 1).add(problems_).add(build_foot());
  left_->SetSizer(column.sizer());
}

wxSizer* ReceiptsPage::build_foot() {
  const auto button = [this](const wxString& label, const wxString& key, Icon icon, auto run) {
    Button::Content content;
    content.label = label;
    content.hotkey = key;
    content.icon = icon;
    auto* made = new Button(left_, content);
    made->set_ground(GetBackgroundColour());
    made->Bind(wxEVT_BUTTON, [run](wxCommandEvent&) { run(); });
    return made;
  };
  undo_ = button(words()("receipts.undo"), "Ctrl+Z", Icon::return_arrow, [this] { editor().undo(); });
  redo_ = button(words()("receipts.redo"), "Ctrl+Y", Icon::chevron_right, [this] { editor().redo(); });
  built_in_ = button(words()("receipts.use_built_in"), wxString(), Icon::printer, [this] { editor().use_built_in(); });
  caret_ = new widgets::Label(left_, wxString(), {14, Weight::regular, theme().ink_quiet});
  caret_->set_may_shrink();
  auto foot = row_of(left_, 12);
  foot.add_centred(caret_, 1).add(undo_).add(redo_).add(built_in_);
  return foot.sizer();
}

void ReceiptsPage::build_preview() {
  right_ = new widgets::Surface(this);
  auto* title = new widgets::Label(right_, words()("receipts.preview"), {17, Weight::bold, theme().ink});
  auto* sample = new widgets::Label(right_, words()("receipts.preview_note"), {14, Weight::regular, theme().ink_quiet});
  title->set_may_shrink();
  sample->set_may_shrink();
  roll_ = new SelectField(right_, wxString(), {words()("receipts.roll_80"), words()("receipts.roll_58")}, 0, true);
  roll_->SetName(words()("receipts.roll"));
  roll_->on_select([this](int) { update_paper(); });
  old_ = new NoteBox(right_, NoteBox::Kind::warning, words()("receipts.preview_old"));
  old_->set_ground(theme().panel);
  old_->Hide();
  paper_ = new PaperView(right_, words());
  auto titles = column_of(right_, 0);
  titles.add(title).add(sample);
  auto head = row_of(right_, 8);
  head.add_space(14).add(titles, 1).add_centred(roll_).add_space(12);
  auto column = column_of(right_, 8);
  column.add(head).add(old_).add(paper_, 1);
  right_->SetSizer(column.padded(1, 10));
  right_->SetMinSize(wxSize(px(paper_width), -1));
}

wxString ReceiptsPage::subtitle() const {
  return words()(editor().prints_own() ? "receipts.prints_own" : "receipts.prints_built_in");
}

std::vector<Page::Action> ReceiptsPage::actions() {
  Button::Content save_all;
  save_all.label = words()(editor().saving() ? "receipts.saving" : "receipts.save");
  save_all.hotkey = shell().narrow() ? "" : "Ctrl+S";
  save_all.icon = Icon::upload;
  save_all.look = editor().changed() && editor().problems().empty() ? Button::Look::primary : Button::Look::plain;
  return {{save_all, [this] { save(); }}};
}

void ReceiptsPage::save() {
  if (editor().save() || editor().problems().empty()) return;
  const auto& first = editor().problems().front();
  text_->control().SetFocus();
  text_->go_to({first.line, first.column});
}

bool ReceiptsPage::take_key(const wxKeyEvent& event) {
  if (is_ctrl(event, 'S')) {
    save();
    return true;
  }
  if (is_ctrl(event, 'Z')) {
    editor().undo();
    return true;
  }
  const bool shifted_undo = event.GetModifiers() == (wxMOD_CONTROL | wxMOD_SHIFT) && event.GetKeyCode() == 'Z';
  if (is_ctrl(event, 'Y') || shifted_undo) {
    editor().redo();
    return true;
  }
  return false;
}

void ReceiptsPage::focus_first() {
  text_->control().SetFocus();
}

void ReceiptsPage::open(TemplateEditor::Kind kind, i18n::Language language) {
  editor().open({kind, language});
}

void ReceiptsPage::show_caret() {
  const auto place = text_->caret();
  caret_->set(
      words()("receipts.caret", {{"line", std::to_string(place.line)}, {"column", std::to_string(place.column)}}));
}

wxString ReceiptsPage::state() const {
  if (editor().changed()) return words()("receipts.state_changed");
  return words()(editor().prints_own() ? "receipts.state_own" : "receipts.state_built_in");
}

void ReceiptsPage::update_choices() {
  const auto& key = editor().key();
  const auto named = [this](const wxString& name, const TemplateEditor::Key& which) {
    return editor().changed(which) ? words()("receipts.unsaved", {{"name", to_utf8(name)}}) : name;
  };
  std::vector<wxString> kinds;
  for (const auto kind : all_kinds()) {
    kinds.push_back(
        named(words()("receipts.kind." + std::string(receipt_template::name_of(kind))), {kind, key.language}));
  }
  std::vector<wxString> tongues;
  for (const auto language : languages) {
    tongues.push_back(named(words()("language." + std::string(name_of(language))), {key.kind, language}));
  }
  kind_->set_choices(std::move(kinds), static_cast<int>(place_of(key.kind)));
  language_->set_choices(std::move(tongues), key.language == i18n::Language::en ? 1 : 0);
  for (auto* field : {kind_, language_}) field->SetMinSize(field->GetBestSize());
  state_->set(state());
}

void ReceiptsPage::update_problems() {
  std::vector<FactSheet::Row> rows;
  std::set<int> lines;
  const auto& problems = editor().problems();
  for (std::size_t i = 0; i < problems.size(); ++i) {
    lines.insert(problems[i].line);
    if (i >= most_problems) continue;
    FactSheet::Row row;
    row.kind = FactSheet::Kind::link;
    row.id = static_cast<int>(i);
    row.icon = Icon::alert;
    row.tone = FactSheet::Tone::attention;
    row.label = words()("receipts.problem_at",
                        {{"line", std::to_string(problems[i].line)}, {"column", std::to_string(problems[i].column)}});
    row.note = words().error({problems[i].code, problems[i].message, {}});
    rows.push_back(row);
  }
  text_->mark_lines(std::move(lines));
  const bool wrong = !rows.empty();
  problems_->SetMinSize(wxSize(-1, px(rows.size() > 1 ? 128 : 68)));
  problems_->set(std::move(rows));
  set_shown(problems_, wrong);
}

void ReceiptsPage::update_note() {
  const auto& settings = office().store_desk().settings;
  wxString text;
  auto kind = NoteBox::Kind::info;
  if (editor().error()) {
    kind = NoteBox::Kind::warning;
    text = words().error(*editor().error());
  } else if (!editor().readable() && settings.error()) {
    kind = NoteBox::Kind::warning;
    text = words()("receipts.not_read", {{"reason", to_utf8(words().error(*settings.error()))}});
  } else if (editor().just_saved()) {
    text = words()(editor().prints_own() ? "receipts.saved" : "receipts.saved_built_in");
  }
  if (!text.empty()) note_->set(kind, text);
  set_shown(note_, !text.empty());
}

void ReceiptsPage::update_paper() {
  const int columns = roll_columns[roll_->selected()];
  paper_->set(editor().paper(columns), columns, editor().paper_is_old());
  if (set_shown(old_, editor().paper_is_old())) right_->Layout();
}

void ReceiptsPage::update() {
  const bool other = shown_ != editor().key();
  shown_ = editor().key();
  text_->set_value(to_wx(editor().text()));
  if (other) {
    insertable_ = sample_names(editor().key().kind);
    std::vector<wxString> names{words()("receipts.insert")};
    for (const auto& one : insertable_) names.push_back(to_wx(one.name));
    names_->set_choices(std::move(names), 0);
    text_->go_to({1, 1});
    paper_->scroll_to_top();
  }
  text_->control().SetEditable(editor().readable());
  undo_->Enable(editor().can_undo());
  redo_->Enable(editor().can_redo());
  built_in_->Enable(editor().readable() && !editor().is_built_in());
  update_choices();
  update_problems();
  update_note();
  update_paper();
  show_caret();
  // Three buttons and their keys need room for themselves, and so do the choices.
  set_shown(redo_, !shell().narrow());
  set_shown(state_, !shell().narrow());
  left_->Layout();
  shell().heading_changed();
}

}  // namespace lanekeeper::office
