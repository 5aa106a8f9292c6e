// wx key events as key strokes.
#pragma once

#include <wx/event.h>

#include "till_ui/key_stroke.h"

namespace lanekeeper::till::ui {

// Key::none for keys that mean nothing here (modifiers alone, named keys with Alt).
[[nodiscard]] KeyStroke key_stroke_of(const wxKeyEvent& event);

}  // namespace lanekeeper::till::ui
