// One case through engine and oracle.
#pragma once

#include <string>

#include "random_case.h"

namespace lanekeeper::oracle {

// What differs, or an empty text. plainly: the oracle tries every combination without remembering any.
[[nodiscard]] std::string difference(const Case& the_case, bool plainly);

}  // namespace lanekeeper::oracle
