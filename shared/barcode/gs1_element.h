// Element strings: what GS1 barcodes carry, as a list of application identifiers with their data. Pure.
//
// Three spellings of the same list:
//   message     010690123456789217261231<GS>10ABC    FNC1 comes as GS (0x1D) where it separates; scanners send this
//   bracketed   (01)06901234567892(17)261231(10)ABC  as printed beside the symbol; "(" in data is written "\("
//   Digital Link, see gs1_link.h
//
// Errors name the place: detail "at" is the offset (from 0) into the text that was given, "ai" the identifier, "reason"
// the rule of the dictionary that was broken (gs1_check.h).
//   gs1.empty              nothing there
//   gs1.too_big            more than max_message characters
//   gs1.unknown_ai         no identifier of GS1 begins so
//   gs1.brackets           "(" or ")" is missing or in the wrong place
//   gs1.too_short, gs1.too_long, gs1.character, gs1.check_digit, gs1.check_pair, gs1.date, gs1.content
//   gs1.repeated           the same identifier twice with different data
//   gs1.missing_partner    needs another identifier (detail "needs")
//   gs1.excluded_partner   must not stand beside another one (detail "other")
//   gs1.serial_needed      a signature beside a key without its serial number
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "barcode/gs1_ai.h"
#include "base/error.h"

namespace lanekeeper::barcode::gs1 {

inline constexpr char fnc1 = '\x1D';
inline constexpr std::size_t max_message = 2048;

struct Element {
  std::string ai;
  std::string value;
  std::size_t at = 0;        // where the identifier begins in the text that was read
  std::size_t value_at = 0;  // where its data begins
  // The place is not part of what was said.
  bool operator==(const Element& other) const { return ai == other.ai && value == other.value; }
};
using Elements = std::vector<Element>;

// One FNC1 in front and one behind are taken as well. Formats and contents are checked, pairings are not. `at` is the
// place of the message in a larger text.
[[nodiscard]] Result<Elements> parse_message(std::string_view message, std::size_t at = 0);
[[nodiscard]] Result<Elements> parse_bracketed(std::string_view text);

// What is wrong with the list as a whole. It should hold everything that stands on the goods: a missing partner may be
// in another barcode beside this one.
[[nodiscard]] std::optional<Error> find_contradiction(const Elements& elements);    // repeated, excluded
[[nodiscard]] std::optional<Error> find_missing_partner(const Elements& elements);  // missing, serial

[[nodiscard]] std::string to_message(const Elements& elements);  // FNC1 only where it is needed
[[nodiscard]] std::string to_bracketed(const Elements& elements);

// The data of an identifier; nullptr when it is not there. A pattern takes the first that matches: "310n".
[[nodiscard]] const Element* find(const Elements& elements, std::string_view pattern);

// Checks one value and says what is wrong as an error. Used by all spellings; value_at as in Element.
[[nodiscard]] std::optional<Error> check_element(const Element& element);

// The error of a place: message and detail names are the same everywhere.
[[nodiscard]] Error error_at(std::string_view code, std::size_t at, std::string_view ai = {}, Error::Details more = {});

}  // namespace lanekeeper::barcode::gs1
