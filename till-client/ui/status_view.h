// What the status bar and the state band say.
#pragma once

#include <optional>

#include "till_ui/scene.h"
#include "widgets/state_band.h"
#include "widgets/status_bar.h"

namespace lanekeeper::till::ui {

[[nodiscard]] widgets::StatusBar::Content status_content(const Scene& scene);
// Of training, over all other bands; nullopt: none.
[[nodiscard]] std::optional<widgets::StateBand::Content> training_band(const Scene& scene);
// nullopt: no band.
[[nodiscard]] std::optional<widgets::StateBand::Content> band_content(const Scene& scene);

}  // namespace lanekeeper::till::ui
