#include "office_ui/key_rules.h"

#include <wx/textctrl.h>

namespace lanekeeper::office {

bool is_ctrl(const wxKeyEvent& event, int key) {
  return event.GetModifiers() == wxMOD_CONTROL && event.GetKeyCode() == key;
}

bool is_plain(const wxKeyEvent& event, int key) {
  return event.GetModifiers() == wxMOD_NONE && event.GetKeyCode() == key;
}

bool typing_somewhere() {
  return dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus()) != nullptr;
}

bool enter_goes_on(const wxKeyEvent& event, wxWindow* form) {
  if (!is_plain(event, WXK_RETURN) && !is_plain(event, WXK_NUMPAD_ENTER)) return false;
  auto* field = dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus());
  if (field == nullptr || field->IsMultiLine() || !form->IsDescendant(field)) return false;
  // Selections and switches between are for Tab.
  constexpr int most_steps = 16;
  for (int step = 0; step < most_steps; ++step) {
    wxWindow* focus = wxWindow::FindFocus();
    if (focus == nullptr || !focus->Navigate(wxNavigationKeyEvent::IsForward)) break;
    const auto* next = dynamic_cast<wxTextCtrl*>(wxWindow::FindFocus());
    if (next != nullptr && next->IsEditable()) break;
  }
  return true;
}

}  // namespace lanekeeper::office
