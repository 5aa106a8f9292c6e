// Takes the toolkit's own frame and focus ring off a native text control: the frame around it is painted by us.
#pragma once

#include <wx/window.h>

namespace lanekeeper::widgets {

void take_native_frame_off(wxWindow& text_control);

}  // namespace lanekeeper::widgets
