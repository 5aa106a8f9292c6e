#include "office_ui/methods_editor.h"

#include "office_ui/flow_control.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Chip;
using widgets::Icon;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

MethodsEditor::MethodsEditor(wxWindow* parent, Shell& around) : Watcher(parent, around) {
  list_ = new wxBoxSizer(wxVERTICAL);
  none_ = new widgets::Label(this, words()("rules.no_methods"), {14, Weight::regular, theme().ink_quiet});
  none_->set_max_lines(2);
  Button::Content content;
  content.label = words()("rules.add_method");
  content.icon = Icon::plus;
  add_ = new Button(this, content);
  add_->set_ground(theme().panel);
  add_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    editor().add_method();
    CallAfter([this] { focus_last(); });
  });
  auto buttons = row_of(this, 0);
  buttons.add(add_).add_stretch();
  auto column = column_of(this, 10);
  column.add(none_).add(list_).add(buttons);
  SetSizer(column.sizer());
}

TextField* MethodsEditor::make_field(wxWindow* panel, std::size_t index, PolicyField field,
                                     std::string MethodForm::*member, std::string_view label) {
  TextField::Options options;
  options.label = words()(label);
  auto* made = new TextField(panel, options);
  made->SetMinSize(wxSize(px(90), made->GetBestSize().y));
  made->control().Bind(wxEVT_TEXT, [this, index, field, member, made](wxCommandEvent&) {
    if (updating_) return;
    const std::string value = to_utf8(made->value());
    editor().edit(field, index, [&](PolicyForm& form) {
      if (index < form.methods.size()) form.methods[index].*member = value;
    });
  });
  return made;
}

Chip* MethodsEditor::make_chip(wxWindow* panel, std::size_t index, bool MethodForm::*member, std::string_view label) {
  auto* chip = new Chip(panel, {words()(label)});
  chip->set_ground(theme().panel);
  chip->Bind(wxEVT_BUTTON, [this, index, member](wxCommandEvent&) {
    editor().edit([index, member](PolicyForm& form) {
      if (index < form.methods.size()) form.methods[index].*member = !(form.methods[index].*member);
    });
  });
  return chip;
}

MethodsEditor::Row MethodsEditor::make_row(std::size_t index) {
  auto* panel = new wxPanel(this);
  panel->SetBackgroundColour(theme().panel);
  Row row{panel,
          make_field(panel, index, PolicyField::method_code, &MethodForm::code, "rules.method_code"),
          make_field(panel, index, PolicyField::method_name, &MethodForm::name, "rules.method_name"),
          make_field(panel, index, PolicyField::method_name_en, &MethodForm::name_en, "rules.method_name_en"),
          make_chip(panel, index, &MethodForm::needs_reference, "rules.needs_reference"),
          make_chip(panel, index, &MethodForm::works_offline, "rules.works_offline"),
          nullptr};
  Button::Content remove;
  remove.icon = Icon::cross;
  remove.look = Button::Look::quiet;
  remove.compact = true;
  row.remove = new Button(panel, remove);
  row.remove->set_ground(theme().panel);
  row.remove->SetLabel(words()("rules.remove_method"));
  row.remove->Bind(wxEVT_BUTTON,
                   [this, index](wxCommandEvent&) { CallAfter([this, index] { editor().remove_method(index); }); });
  // A field with an error grows downwards; the others stay as they are.
  auto* fields = new wxBoxSizer(wxHORIZONTAL);
  fields->Add(row.code, wxSizerFlags(2));
  fields->AddSpacer(px(8));
  fields->Add(row.name, wxSizerFlags(3));
  fields->AddSpacer(px(8));
  fields->Add(row.name_en, wxSizerFlags(3));
  auto chips = row_of(panel, 8);
  chips.add_centred(row.reference).add_centred(row.offline).add_stretch().add_centred(row.remove);
  auto column = column_of(panel, 8);
  column.add(fields).add(chips);
  panel->SetSizer(column.sizer());
  list_->Add(panel, wxSizerFlags().Expand().Border(wxBOTTOM, px(14)));
  return row;
}

void MethodsEditor::make_rows(std::size_t count) {
  for (const auto& row : rows_) row.panel->Destroy();
  rows_.clear();
  list_->Clear();
  for (std::size_t i = 0; i < count; ++i) rows_.push_back(make_row(i));
  add_->MoveAfterInTabOrder(rows_.empty() ? static_cast<wxWindow*>(none_) : rows_.back().panel);
}

void MethodsEditor::show_row(std::size_t index) {
  const auto& row = rows_[index];
  const auto& method = editor().form().methods[index];
  const auto show = [&](TextField* field, PolicyField which, const std::string& value) {
    if (field->value() != to_wx(value)) field->set_value(to_wx(value));
    const auto* problem = editor().problem(which, index);
    field->set_error(problem == nullptr ? wxString() : words().error(*problem));
  };
  show(row.code, PolicyField::method_code, method.code);
  show(row.name, PolicyField::method_name, method.name);
  show(row.name_en, PolicyField::method_name_en, method.name_en);
  row.reference->set({words()("rules.needs_reference"), method.needs_reference});
  row.offline->set({words()("rules.works_offline"), method.works_offline});
}

void MethodsEditor::show() {
  updating_ = true;
  const auto count = editor().form().methods.size();
  const bool rebuilt = count != rows_.size();
  if (rebuilt) make_rows(count);
  for (std::size_t i = 0; i < count; ++i) show_row(i);
  add_->Enable(editor().readable() && count < most_methods);
  set_shown(none_, count == 0);
  updating_ = false;
  if (rebuilt) lay_out_around(this);
}

TextField& MethodsEditor::field(PolicyField which, std::size_t row) {
  const auto& fields = rows_[row];
  if (which == PolicyField::method_code) return *fields.code;
  return which == PolicyField::method_name_en ? *fields.name_en : *fields.name;
}

void MethodsEditor::focus_last() {
  if (rows_.empty()) return;
  rows_.back().code->control().SetFocus();
}

}  // namespace lanekeeper::office
