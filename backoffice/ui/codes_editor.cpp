#include "office_ui/codes_editor.h"

#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Icon;
using widgets::NoteBox;
using widgets::px;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;

CodesEditor::CodesEditor(wxWindow* parent, Shell& shell)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL), shell_(shell) {
  SetBackgroundColour(theme().panel);
  list_ = new wxBoxSizer(wxVERTICAL);
  problem_ = new NoteBox(this, NoteBox::Kind::warning, wxString());
  problem_->Hide();
  Button::Content add;
  add.label = words()("codes.add");
  add.icon = Icon::plus;
  add_ = new Button(this, add);
  add_->set_ground(theme().panel);
  add_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    editor().edit(ItemField::codes, [](ItemForm& form) { form.codes.emplace_back(); });
    CallAfter([this] { focus_last(); });
  });
  auto* help = new widgets::Label(this, words()("codes.help"), {14, widgets::Weight::regular, theme().ink_quiet});
  help->set_max_lines(4);
  auto buttons = row_of(this, 0);
  buttons.add(add_).add_stretch();
  auto column = column_of(this, 12);
  column.add(list_).add(problem_).add(buttons).add(help);
  SetSizer(column.padded(18, 14));
  SetScrollRate(0, px(this, 10));
}

void CodesEditor::bind_text(TextField* control, std::size_t index, std::string CodeForm::*member) {
  control->control().Bind(wxEVT_TEXT, [this, control, index, member](wxCommandEvent&) {
    if (updating_) return;
    const std::string value = to_utf8(control->value());
    editor().edit(ItemField::codes, [&](ItemForm& form) {
      if (index < form.codes.size()) form.codes[index].*member = value;
    });
  });
}

CodesEditor::Row CodesEditor::make_row(std::size_t index) {
  const auto field = [this](std::string_view label) {
    TextField::Options options;
    options.label = words()(label);
    return new TextField(this, options);
  };
  Row row{field("codes.code"), field("codes.quantity"), field("codes.price"), nullptr};
  Button::Content remove;
  remove.icon = Icon::cross;
  remove.look = Button::Look::quiet;
  remove.compact = true;
  row.remove = new Button(this, remove);
  row.remove->set_ground(theme().panel);
  row.remove->SetLabel(words()("codes.remove"));
  row.remove->Bind(wxEVT_BUTTON, [this, index](wxCommandEvent&) {
    CallAfter([this, index] {
      editor().edit(ItemField::codes, [index](ItemForm& form) {
        if (index < form.codes.size()) form.codes.erase(form.codes.begin() + static_cast<std::ptrdiff_t>(index));
      });
    });
  });
  bind_text(row.code, index, &CodeForm::code);
  bind_text(row.quantity, index, &CodeForm::pack_quantity);
  bind_text(row.price, index, &CodeForm::pack_price);
  // In the narrowest panel 13 digits stay whole.
  row.quantity->SetMinSize(wxSize(px(this, 52), -1));
  row.price->SetMinSize(wxSize(px(this, 70), -1));
  auto* line = new wxBoxSizer(wxHORIZONTAL);
  line->Add(row.code, wxSizerFlags(1));
  line->Add(row.quantity, wxSizerFlags().Border(wxLEFT, px(this, 6)));
  line->Add(row.price, wxSizerFlags().Border(wxLEFT, px(this, 6)));
  line->Add(row.remove, wxSizerFlags().Bottom().Border(wxBOTTOM, px(this, 4)));
  list_->Add(line, wxSizerFlags().Expand().Border(wxBOTTOM, px(this, 10)));
  return row;
}

void CodesEditor::make_rows(std::size_t count) {
  for (const auto& row : rows_) {
    row.code->Destroy();
    row.quantity->Destroy();
    row.price->Destroy();
    row.remove->Destroy();
  }
  rows_.clear();
  list_->Clear();
  for (std::size_t i = 0; i < count; ++i) rows_.push_back(make_row(i));
  // Enter walks the rows before the button.
  add_->MoveAfterInTabOrder(count == 0 ? static_cast<wxWindow*>(problem_) : rows_.back().remove);
}

void CodesEditor::update() {
  if (!editor().is_open()) return;
  updating_ = true;
  const auto& codes = editor().form().codes;
  const bool rebuilt = codes.size() != rows_.size();
  if (rebuilt) make_rows(codes.size());
  const bool editable =
      editor().saving() == ItemEditor::Saving::no && shell_.office().allows(access::Permission::items_edit);
  wxString words_of_problem;
  std::vector<bool> wrong(codes.size(), false);
  for (const auto& problem : editor().shown_problems()) {
    if (problem.field != ItemField::codes) continue;
    if (problem.row < wrong.size()) wrong[problem.row] = true;
    if (!words_of_problem.empty()) words_of_problem += "\n";
    words_of_problem += words().error(problem.error);
  }
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto show = [&](TextField* control, const std::string& value) {
      if (control->value() != to_wx(value)) control->set_value(to_wx(value));
      control->control().SetEditable(editable);
    };
    show(rows_[i].code, codes[i].code);
    show(rows_[i].quantity, codes[i].pack_quantity);
    show(rows_[i].price, codes[i].pack_price);
    rows_[i].code->set_alert(wrong[i]);
    rows_[i].remove->Enable(editable);
  }
  add_->Enable(editable);
  if (!words_of_problem.empty()) problem_->set(NoteBox::Kind::warning, words_of_problem);
  if (set_shown(problem_, !words_of_problem.empty()) || rebuilt) {
    FitInside();
    Layout();
  }
  updating_ = false;
}

void CodesEditor::focus_last() {
  focus_row(rows_.empty() ? 0 : rows_.size() - 1);
}

void CodesEditor::focus_row(std::size_t row) {
  if (row >= rows_.size()) return;
  rows_[row].code->control().SetFocus();
  rows_[row].code->control().SelectAll();
}

}  // namespace lanekeeper::office
