// The Date of an HTTP answer: RFC 9110, 5.6.7, in the one form that is sent ("Sun, 06 Nov 1994 08:49:37 GMT").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace lanekeeper::net {

[[nodiscard]] std::string http_date(Instant at);                              // whole seconds
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);  // the old forms are not read

}  // namespace lanekeeper::net
