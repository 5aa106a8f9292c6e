// The code that a person's badge carries.
#pragma once

#include <string>
#include <string_view>

#include "base/ids.h"

namespace lanekeeper::access {

// Twenty digits of which eighteen are random: nobody guesses one at a till. A scan of them cannot be taken for anything
// else: goods have 8, 12, 13 or 14 digits, or 18 on a scale's label; WeChat's payment codes have 18, Alipay's 16 to 24
// that begin with 25 to 30; and no GS1 element string begins with 88, the first two digits here.
[[nodiscard]] std::string make_badge_code(RandomSource& random);
[[nodiscard]] bool is_badge_code(std::string_view code);

}  // namespace lanekeeper::access
