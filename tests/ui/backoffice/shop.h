// The goods, sales and devices of a small supermarket, for windows to show.
#pragma once

#include <string>
#include <vector>

#include "protocol/lane_messages.h"
#include "protocol/messages.h"

namespace lanekeeper::office::test {

[[nodiscard]] ZonedTime shop_time(std::string_view hms);  // of the day that everything happens on
[[nodiscard]] protocol::StoreProfile shop_profile();
[[nodiscard]] std::vector<protocol::ItemRow> shop_goods();
// Newest first; every sale agrees with its lines.
[[nodiscard]] std::vector<protocol::SaleDetail> shop_sales(const std::vector<protocol::ItemRow>& goods);
[[nodiscard]] protocol::SaleDetail shop_sale(const std::vector<protocol::ItemRow>& goods, std::int64_t till,
                                             std::int64_t number, const ZonedTime& completed);
[[nodiscard]] std::vector<protocol::DeviceRow> shop_devices();
// A barcode nobody knows, and a basket nobody took up.
[[nodiscard]] std::vector<protocol::ExceptionRow> shop_oddities();
[[nodiscard]] protocol::WaitingDevice waiting_till();
[[nodiscard]] protocol::ImportStatus shop_import(std::int64_t rows_done);

// Two tills ask at once: a changed price, and goods without a receipt.
[[nodiscard]] std::vector<protocol::ApprovalStatus> asked_approvals();

}  // namespace lanekeeper::office::test
