// The templates that every shop begins with.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "i18n/i18n.h"
#include "receipt_template/receipt_template.h"

namespace lanekeeper::receipt_template {

enum class Kind {
  sale,
  gift,      // without prices
  returned,  // goods that came back, money that went out
  control,   // slips of cash that comes and goes, of the drawer, of shifts that begin, of baskets given up
  suspend,   // a basket that was put aside
  report,    // X and Z
};
[[nodiscard]] std::string_view name_of(
    Kind kind);  // as in protocol/till_policy.h: "sale", "gift", "return", "control", ...
[[nodiscard]] std::optional<Kind> kind_of(std::string_view name);
[[nodiscard]] const std::vector<Kind>& all_kinds();

[[nodiscard]] std::string_view built_in_text(Kind kind, i18n::Language language);
[[nodiscard]] const ReceiptTemplate& built_in(Kind kind, i18n::Language language);

}  // namespace lanekeeper::receipt_template
