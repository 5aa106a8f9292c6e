// What stands on the two lines that face the customer. Pure.
#pragma once

#include "i18n/i18n.h"
#include "lane/device_ports.h"
#include "register/register.h"

namespace lanekeeper::till {

inline constexpr int customer_columns = 20;

[[nodiscard]] LineDisplay::Contents customer_lines(const ShowItem& item, const i18n::Texts& texts);
[[nodiscard]] LineDisplay::Contents customer_lines(const ShowDue& due, const i18n::Texts& texts);
[[nodiscard]] LineDisplay::Contents customer_lines(const ShowChange& change, const i18n::Texts& texts);

}  // namespace lanekeeper::till
