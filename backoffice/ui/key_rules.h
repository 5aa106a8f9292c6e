// What keys mean wherever the focus is.
#pragma once

#include <wx/event.h>

namespace lanekeeper::office {

[[nodiscard]] bool is_ctrl(const wxKeyEvent& event, int key);
[[nodiscard]] bool is_plain(const wxKeyEvent& event, int key);
// Does the window with the focus take letters?
[[nodiscard]] bool typing_somewhere();
// Enter in a text field goes to the next one. True when there was a field to leave.
bool enter_goes_on(const wxKeyEvent& event, wxWindow* form);

}  // namespace lanekeeper::office
