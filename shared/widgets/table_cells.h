// Pieces of tables drawn on any wxDC, for custom renderers of wxDataViewCtrl.
#pragma once

#include <functional>

#include <wx/dc.h>

#include "widgets/painter.h"

namespace lanekeeper::widgets {

// Paints into a rectangle of a dc (device pixels); inside, the painter works in design pixels from (0, 0).
void paint_on(wxDC& dc, const wxRect& rect, const std::function<void(Painter&)>& paint);

// A check box, 18 px.
void paint_check_box(Painter& painter, double x, double centre_y, bool checked);
// A text in which one part (case-insensitive, first occurrence) stands out in bold accent.
void paint_highlighted(Painter& painter, const wxString& text, const wxString& part, const Area& area,
                       const TextStyle& style);

}  // namespace lanekeeper::widgets
