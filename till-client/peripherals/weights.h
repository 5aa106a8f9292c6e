// Weights as scales write them, into kilograms with three decimals, by integers alone.
#pragma once

#include <optional>
#include <string_view>

#include "lane/device_ports.h"

namespace lanekeeper::till {

enum class WeightUnit { kilogram, gram, pound, ounce };

[[nodiscard]] std::optional<WeightUnit> weight_unit(std::string_view name);  // "kg", " KG", "g", "lb", "oz"

// "12.345", "  0.5", "-0.010", "+  1.500": at most seven digits. Kilograms and grams have to fit into whole grams or
// are refused; pounds (453.59237 g) and ounces (28.349523125 g) are rounded to the nearest gram.
[[nodiscard]] std::optional<Quantity> parse_weight(std::string_view text, WeightUnit unit);
// Pounds and ounces together: "2", "3.5".
[[nodiscard]] std::optional<Quantity> parse_pounds_ounces(std::string_view pounds, std::string_view ounces);

// What a weight means when the scale says nothing else against it.
[[nodiscard]] ScaleReading reading_of(Quantity gross, bool moving);

}  // namespace lanekeeper::till
