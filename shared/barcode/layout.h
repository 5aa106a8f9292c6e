// Reading an in-store code by a layout. Internal to barcode.
#pragma once

#include <optional>
#include <string_view>

#include "barcode/scan.h"

namespace lanekeeper::barcode {

// nullopt: the layout is not for this code. Otherwise what it says, or barcode.check_digit, barcode.price_check_digit.
// A UPC-A of number system 2 reaches us with 12 digits or, as EAN-13, with a zero in front; both forms match a layout
// that was written for the other.
[[nodiscard]] std::optional<Result<ScannedCode>> read_by_layout(const VariableMeasureLayout& layout,
                                                                std::string_view digits);

}  // namespace lanekeeper::barcode
