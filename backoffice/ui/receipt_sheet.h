// A sale as rows of a fact sheet: what was bought, the taxes, how it was paid, what is odd about it.
#pragma once

#include <vector>

#include "office_ui/words.h"
#include "protocol/messages.h"
#include "widgets/fact_sheet.h"

namespace lanekeeper::office {

[[nodiscard]] std::vector<widgets::FactSheet::Row> receipt_rows(const protocol::SaleDetail& detail, const Words& words);

}  // namespace lanekeeper::office
