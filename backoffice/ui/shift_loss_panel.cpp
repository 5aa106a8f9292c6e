#include "office_ui/shift_loss_panel.h"

#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::NoteBox;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;

ShiftLossPanel::ShiftLossPanel(wxWindow* parent, Shell& around) : Watcher(parent, around) {
  SetBackgroundColour(theme().panel);
  note_ = new NoteBox(this, NoteBox::Kind::stop, wxString());
  note_->set_ground(theme().panel);
  TextField::Options options;
  options.label = words()("shifts.loss_reason");
  options.hint = words()("shifts.loss_reason_hint");
  reason_ = new TextField(this, options);
  reason_->control().SetMaxLength(static_cast<unsigned long>(protocol::max_loss_reason));
  Button::Content keep;
  keep.label = words()("shifts.loss_keep");
  keep_ = new Button(this, keep);
  Button::Content give_up;
  give_up.label = words()("shifts.loss");
  give_up_ = new Button(this, give_up);
  for (Button* button : {keep_, give_up_}) button->set_ground(theme().panel);
  keep_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { this->keep(); });
  give_up_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { press(); });
  auto buttons = row_of(this, 8);
  buttons.add(keep_).add(give_up_, 1);
  auto column = column_of(this, 10);
  column.add(note_).add(reason_).add(buttons);
  SetSizer(column.padded(18, 4));
}

void ShiftLossPanel::press() {
  if (asking_) {
    model().give_up(to_utf8(reason_->value()));
  } else {
    asking_ = true;
    reason_->set_value(wxString());
    model().forget_loss_error();
  }
  CallAfter([this] {  // once it is shown
    if (asking_) reason_->control().SetFocus();
  });
}

void ShiftLossPanel::keep() {
  asking_ = false;
  model().forget_loss_error();
}

void ShiftLossPanel::show_note() {
  const auto& error = model().loss_error();
  if (error) {
    note_->set(NoteBox::Kind::warning, words().error(*error));
  } else {
    note_->set(NoteBox::Kind::stop, words()("shifts.loss_note"));
  }
}

bool ShiftLossPanel::show() {
  if (shown_ != model().selected()) {
    shown_ = model().selected();
    asking_ = false;
  }
  const auto row = model().selected_row();
  const bool may = row && model().shifts()[*row].state == protocol::ShiftState::open &&
                   office().allows(access::Permission::shift_close_other);
  if (!may) asking_ = false;
  bool changed = set_shown(this, may);
  if (!may) return changed;
  if (asking_) show_note();
  changed = set_shown(note_, asking_) || changed;
  changed = set_shown(reason_, asking_) || changed;
  changed = set_shown(keep_, asking_) || changed;
  auto content = give_up_->content();
  content.label = words()(model().giving_up() ? "shifts.loss_sending" : asking_ ? "shifts.loss_really" : "shifts.loss");
  content.look = asking_ ? Button::Look::danger : Button::Look::plain;
  give_up_->set(content);
  Layout();
  return changed;
}

}  // namespace lanekeeper::office
