// Whether a sale that makes another one undone as a whole does so. Where it does not, it is a return like others and
// what the voided sale used stays used: void.not_allowed (detail "because"), at most one for each void. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "sale/returnable_sale.h"
#include "services/entry_preparation.h"

namespace lanekeeper::services {

inline constexpr std::string_view void_not_allowed_kind = "void.not_allowed";

[[nodiscard]] bool is_void(const sale::RetailTransaction& sale);
[[nodiscard]] ExceptionDraft void_not_allowed(const sale::RetailTransaction& back, std::string_view because);

// What can be said without the voided sale. because: "not_all" (it also sells, or takes nothing back), "permission"
// (nobody who may voided or allowed it).
void check_void(const sale::RetailTransaction& back, const StoreFacts& facts, std::vector<ExceptionDraft>& exceptions);

// sold: the voided sale, with what came back before. because: "is_return", "other_day", "something_back", "not_all",
// "own_sale" (whoever rang it voided it alone, or allowed it). nullopt: it is undone.
[[nodiscard]] std::optional<ExceptionDraft> objection_to_void(const sale::ReturnableSale& sold,
                                                              const sale::RetailTransaction& back);

}  // namespace lanekeeper::services
