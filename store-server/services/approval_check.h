// Whether those who approved something at a till could: they exist, are not the person at the till, do not buy
// themselves, and their role allows it; and whether somebody rang up their own purchase. By the staff of today.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sale/control_transaction.h"
#include "sale/retail_transaction.h"
#include "services/entry_preparation.h"
#include "services/price_book.h"

namespace lanekeeper::services {

void check_approvals(const sale::RetailTransaction& sale, const StoreFacts& facts,
                     std::vector<ExceptionDraft>& exceptions);
void check_approvals(const sale::ControlTransaction& control, const StoreFacts& facts,
                     std::vector<ExceptionDraft>& exceptions);
void check_whose_purchase(const sale::RetailTransaction& sale, const StoreFacts& facts,
                          std::vector<ExceptionDraft>& exceptions);

}  // namespace lanekeeper::services
