// The till's state as the JSON objects that the console prints. Pure. Amounts and quantities are decimal strings.
#pragma once

#include "base/json_codec.h"
#include "i18n/i18n.h"
#include "lane/lane.h"

namespace lanekeeper::till::console {

// {"ok":true, ...} with the basket, its totals and what the register waits for.
[[nodiscard]] json::Value basket_answer(const RegisterView& view);

// {"ok":false,"code","message","details"}, the message in the face's language.
[[nodiscard]] json::Value error_answer(const Error& error, const i18n::Texts& texts);

// The goods that wait for an answer, as "waiting_for_weight", "age_check", "choices": only what there is.
void add_waiting(json::Value& answer, const RegisterView& view);

[[nodiscard]] json::Value status_answer(const Lane& lane, const i18n::Texts& texts);

// The lists of the lane's desks, as members of an answer.
[[nodiscard]] json::Value suspended_value(const Lane::Suspended& suspended);
[[nodiscard]] json::Value found_value(const Lane::FoundSales& found);
[[nodiscard]] json::Value approval_value(const protocol::ApprovalStatus& approval);
// "none", "ok", "absent", "paper_out", ...
[[nodiscard]] std::string_view name_of(DeviceState state);
[[nodiscard]] json::Value weight_value(const Lane& lane);
[[nodiscard]] json::Value devices_value(const Lane& lane);
// What basket_answer() says of shifts, approvals and how things stand besides goods and money; answers_desk.cpp.
void add_desk(json::Value& answer, const RegisterView& view);

[[nodiscard]] json::Value item_value(const catalogue::ItemSummary& item);

[[nodiscard]] json::Value price_check_value(const Lane::PriceCheck& check);

// {"event": ...}
[[nodiscard]] json::Value event_value(const LaneEvent& event, const i18n::Texts& texts);

}  // namespace lanekeeper::till::console
