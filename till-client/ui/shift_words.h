// The register's view of a shift in the words of the screens.
#pragma once

#include "till_ui/hint_bar.h"
#include "till_ui/scene.h"
#include "till_ui/shift_cards.h"
#include "till_ui/shift_desk.h"
#include "till_ui/shift_lists.h"

namespace lanekeeper::till::ui {

[[nodiscard]] wxString way_name(const Scene& scene, sale::TenderKind kind, const std::optional<std::string>& method);
[[nodiscard]] wxString denomination_text(const Scene& scene, Money denomination);  // "100 元", "5 角"
[[nodiscard]] wxString shift_text(const Scene& scene, const ViewShift& shift);     // "早班 第 318 班"
[[nodiscard]] wxString shift_period(const Scene& scene, const ViewShift& shift);   // "早班 07:28 – 15:02"
[[nodiscard]] std::string z_number(std::int64_t number);                           // "Z-0318"
// The steps of a close.
[[nodiscard]] StepsWords close_steps(const Scene& scene, std::size_t current);
// X as far as the person at the till may read it; what is still open only while the shift is being closed.
[[nodiscard]] ReportWords report_words(const Scene& scene);
// The figures of X and Z, as far as they may be read.
[[nodiscard]] FiguresWords figures_words(const Scene& scene);
[[nodiscard]] CountRows count_rows(const Scene& scene, const ShiftDesk& shift);
[[nodiscard]] CheckRows check_rows(const Scene& scene, const ShiftDesk& shift);
// What has to be said at the foot: a message of the shift's desk or of the desk, else this hint.
[[nodiscard]] HintWords shift_hint(const Scene& scene, const ShiftDesk& shift, const wxString& hint);

}  // namespace lanekeeper::till::ui
