// What the lists of the till's own screens have in common: a white panel with a grey head, and how a chosen row looks.
#pragma once

#include "widgets/painter.h"

namespace lanekeeper::till::ui {

inline constexpr double list_head_height = 30;

// Returns the head, leaves the rows in `area`.
[[nodiscard]] widgets::Area paint_list_frame(widgets::Painter& painter, widgets::Area& area);
// Tinted, with the bar in front.
void paint_chosen_row(widgets::Painter& painter, const widgets::Area& row);

}  // namespace lanekeeper::till::ui
