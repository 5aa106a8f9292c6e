// A shift as rows of a fact sheet: what does not agree, its Z, its cash, who and when.
#pragma once

#include <vector>

#include "office_ui/words.h"
#include "protocol/shift_messages.h"
#include "protocol/till_policy.h"
#include "widgets/fact_sheet.h"

namespace lanekeeper::office {

// methods: the store's own ways of paying, for their names.
[[nodiscard]] std::vector<widgets::FactSheet::Row> shift_rows(const protocol::ShiftSummary& shift, const Words& words,
                                                              const std::vector<protocol::TenderMethod>& methods,
                                                              const ZonedTime& now);
// "001726–001811"; empty: none.
[[nodiscard]] wxString receipt_range(const sale::ShiftTotals& totals);

}  // namespace lanekeeper::office
