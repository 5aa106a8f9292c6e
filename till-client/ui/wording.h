// The register's values as the screens show them.
#pragma once

#include "base/time.h"
#include "till_ui/scene.h"
#include "widgets/line_list.h"
#include "widgets/message_panel.h"
#include "widgets/result_list.h"
#include "widgets/touch_key.h"

namespace lanekeeper::till::ui {

[[nodiscard]] wxString date_text(const Scene& scene, const ZonedTime& time);  // "11-20 周五", "Fri 20 Nov"
[[nodiscard]] wxString time_text(const ZonedTime& time);                      // "10:42"
[[nodiscard]] std::int64_t minutes_between(const ZonedTime& from, const ZonedTime& to);
[[nodiscard]] wxString duration_text(std::int64_t seconds);  // "9:41"
[[nodiscard]] wxString quantity_text(const Scene& scene, const ViewLine& line);
[[nodiscard]] wxString detail_text(const Scene& scene, const ViewLine& line);  // "0.836 kg × 7.98 元/kg"
[[nodiscard]] wxString price_text(const std::optional<Money>& price);          // "—" when there is none
// with_saving: a saving that has no column of its own goes into the note.
[[nodiscard]] widgets::LineRow line_row(const Scene& scene, const ViewLine& line, int number, bool saving_in_note);
[[nodiscard]] widgets::ResultList::Row result_row(const Scene& scene, const catalogue::ItemSummary& item,
                                                  const wxString& cap);
[[nodiscard]] widgets::MessagePanel::Content message_content(const Scene& scene, const Notice& notice);
// A key of the action table: label, cap, and why it cannot be used.
[[nodiscard]] widgets::TouchKey::Content key_content(const Scene& scene, const ActionRow& row);

}  // namespace lanekeeper::till::ui
