// How wide texts are and how high a font is, remembered: laying a text out costs more than drawing it, and a window
// measures the same few hundred texts again with every paint. Used by the thread of the window system.
#pragma once

#include <wx/graphics.h>
#include <wx/string.h>

#include "widgets/theme.h"

namespace lanekeeper::widgets {

// In design pixels, at the scale of the context.
[[nodiscard]] double measured_width(wxGraphicsContext& context, const wxString& text, int em_px, Weight weight);
[[nodiscard]] double measured_height(wxGraphicsContext& context, int em_px, Weight weight);

// The font as the context draws it.
[[nodiscard]] const wxGraphicsFont& graphics_font(wxGraphicsContext& context, int em_px, Weight weight,
                                                  const wxColour& colour);

}  // namespace lanekeeper::widgets
