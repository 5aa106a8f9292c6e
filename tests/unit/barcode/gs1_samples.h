// Good and bad data for every application identifier, made from its format.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "barcode/gs1_ai.h"
#include "barcode/gs1_element.h"

namespace lanekeeper::barcode::gs1::samples {

using Dice = std::function<std::size_t(std::size_t)>;  // 0 .. n-1

// Every identifier by itself: the ranges of the table are taken apart.
[[nodiscard]] std::vector<std::string> all_identifiers();

enum class Length { shortest, random, longest };

// The parts of data that is good.
[[nodiscard]] std::vector<std::string> good_parts(const AiSpec& spec, const Dice& dice, Length length = Length::random);
[[nodiscard]] std::string join(const std::vector<std::string>& parts);
[[nodiscard]] Element good_element(std::string_view ai, const Dice& dice);

// Data of the same length that this check refuses; empty when it refuses nothing of that length and character set.
[[nodiscard]] std::string bad_content(Check check, std::string_view good);

// The first identifier that a pattern stands for: "35nn" -> "3500".
[[nodiscard]] std::optional<std::string> identifier_for(std::string_view pattern, std::string_view other_than = {});

// The elements with everything that belongs to them, without contradiction.
[[nodiscard]] std::optional<Elements> completed(Elements elements, const Dice& dice);

}  // namespace lanekeeper::barcode::gs1::samples
