// The application identifiers of GS1 as data: format, checks, pairings, use in Digital Link addresses, short title.
//
// Derived from the GS1 Barcode Syntax Dictionary (github.com/gs1/gs1-syntax-dictionary, Apache License 2.0, GS1 AISBL)
// by shared/barcode/tools/make_gs1_table.py; see docs/barcodes.md. Constant data, no state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "barcode/gs1_check.h"

namespace lanekeeper::barcode::gs1 {

// A part of the data. Parts follow each other; only the last may vary in length, and no mandatory part follows an
// optional one.
struct Component {
  char set;  // 'N' digits, 'X' character set 82, 'Y' set 39, 'Z' base64 for file names
  std::uint8_t min;
  std::uint8_t max;
  bool optional;
  Check checks[3];  // Check::none where there are fewer
};

// One identifier, or a range whose last digit says how many decimals the data has ("3100".."3105").
struct AiSpec {
  std::string_view first;
  std::string_view last;
  bool fixed_length;    // its length is laid down for ever, so that no FNC1 has to follow its data
  bool link_attribute;  // may stand behind the ? of a Digital Link address
  bool link_key;        // may begin the path of a Digital Link address
  std::uint16_t first_component;
  std::uint8_t component_count;
  // Of each group between ';' one alternative between ',' has to be there as well, all of its parts between '+'. An
  // 'n' stands for any digit: "01+21,02,35nn".
  std::string_view needs;
  std::string_view excludes;         // "8111,394n"
  std::string_view link_qualifiers;  // of a key: what may follow it, in this order, '|' between alternatives
  std::string_view title;            // "BATCH/LOT"; empty where the standard has none
};

[[nodiscard]] std::span<const AiSpec> all_specs();
[[nodiscard]] std::span<const Component> components_of(const AiSpec& spec);

// nullptr: there is no such identifier.
[[nodiscard]] const AiSpec* find_spec(std::string_view ai);
// How many digits the identifier at the beginning of the text has; 0 when none begins so.
[[nodiscard]] std::size_t ai_length(std::string_view text);

[[nodiscard]] std::size_t min_length(const AiSpec& spec);
[[nodiscard]] std::size_t max_length(const AiSpec& spec);

// "310n" against "3103": digits are themselves, each 'n' at the end is any digit.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view ai);

// Why data does not fit its identifier.
struct ValueFault {
  std::string_view code;    // "gs1.too_short", "gs1.character", ...: see gs1_element.h
  std::string_view reason;  // of the check that failed, empty for the length
  std::size_t at = 0;       // in the data
};
[[nodiscard]] std::optional<ValueFault> check_value(const AiSpec& spec, std::string_view value);

}  // namespace lanekeeper::barcode::gs1
