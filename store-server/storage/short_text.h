// Texts of journals are as long as their writer liked; columns are not.
#pragma once

#include <cstddef>
#include <string>

#include "base/text.h"

namespace lanekeeper::storage {

inline std::string shortened(const std::string& text, std::size_t characters) {
  const auto wide = to_utf32(text);
  return wide.size() <= characters ? text : to_utf8(std::u32string_view(wide).substr(0, characters));
}

}  // namespace lanekeeper::storage
