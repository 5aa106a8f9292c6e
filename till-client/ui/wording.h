// The register's values as the screens show them.
#pragma once

#include "base/time.h"
#include "till_ui/scene.h"
#include "widgets/entry_bar.h"
#include "widgets/line_list.h"
#include "widgets/message_panel.h"
#include "widgets/result_list.h"
#include "widgets/touch_key.h"

namespace lanekeeper::till::ui {

[[nodiscard]] widgets::Icon icon_of(NoticeSign sign);
[[nodiscard]] wxString date_text(const Scene& scene, const ZonedTime& time);  // "11-20 周五", "Fri 20 Nov"
[[nodiscard]] wxString time_text(const ZonedTime& time);                      // "10:42"
[[nodiscard]] std::int64_t minutes_between(const ZonedTime& from, const ZonedTime& to);
[[nodiscard]] wxString duration_text(std::int64_t seconds);  // "9:41"
[[nodiscard]] wxString quantity_text(const Scene& scene, const ViewLine& line);
[[nodiscard]] wxString detail_text(const Scene& scene, const ViewLine& line);  // "0.836 kg × 7.98 元/kg"
[[nodiscard]] wxString price_text(const std::optional<Money>& price);          // "—" when there is none
// Why something costs less: the promotion's name in the language of the screen, else a text by layer and kind.
[[nodiscard]] wxString saving_name(const Scene& scene, const ViewSaving& saving);
[[nodiscard]] wxString coupon_name(const Scene& scene, const ViewCoupon& coupon);
[[nodiscard]] wxString near_miss_text(const Scene& scene, const ViewNearMiss& miss);
[[nodiscard]] wxString tier_name(const Scene& scene, const std::string& tier);
// "3 号台 第 187 号", "Till 3 no. 187"
[[nodiscard]] wxString receipt_text(const Scene& scene, std::int64_t till, std::int64_t number);
// saving_in_note: a saving that has no column of its own goes into the note.
[[nodiscard]] widgets::LineRow line_row(const Scene& scene, const ViewLine& line, int number, bool saving_in_note);
[[nodiscard]] widgets::ResultList::Row result_row(const Scene& scene, const catalogue::ItemSummary& item,
                                                  const wxString& cap);
[[nodiscard]] widgets::MessagePanel::Content message_content(const Scene& scene, const Notice& notice);
// What the entry bar says while a part of the desk is open.
[[nodiscard]] widgets::EntryBar::Content part_entry(const Scene& scene);
// A key of the action table: label, cap, and why it cannot be used.
[[nodiscard]] widgets::TouchKey::Content key_content(const Scene& scene, const ActionRow& row);

}  // namespace lanekeeper::till::ui
