// GS1 Digital Link: element strings as web addresses (GS1 Digital Link Standard: URI Syntax). Pure; nothing is fetched.
//
//   https://id.gs1.org/01/06901234567892/10/ABC?17=261231
//   https://shop.example/any/path/gtin/6901234567892/lot/ABC?17=261231&utm=x#top
//
// Any host and any path in front. The key is looked for from the end of the path backwards. Behind it stand its
// qualifiers in the order of the standard, behind the ? what else there is. Names that the standard once had (gtin,
// lot, ser, ...) are taken in the path, a GTIN of 8, 12 or 13 digits is filled up to 14, percent sequences are decoded,
// "+" behind the ? is a blank, query keys that are not all digits are left alone, and so is what follows #.
//
// Errors as in gs1_element.h, and gs1.link_bad (no http address, or characters that addresses do not have),
// gs1.link_no_key, gs1.link_qualifier (wrong order, or no qualifier of this key), gs1.link_attribute (belongs into the
// path, or nowhere), gs1.link_empty.
#pragma once

#include <string>
#include <string_view>

#include "barcode/gs1_element.h"

namespace lanekeeper::barcode::gs1 {

// "http://" or "https://", in small or in capital letters: worth a try with parse_link.
[[nodiscard]] bool looks_like_link(std::string_view text);

// Key first, then qualifiers, then attributes as they stand. Pairings are not checked.
[[nodiscard]] Result<Elements> parse_link(std::string_view uri);

// `stem` is what stands before the key: "https://id.gs1.org". The first key of the list begins the path.
// gs1.link_no_key, gs1.link_attribute (detail "at": place in the list).
[[nodiscard]] Result<std::string> to_link(const Elements& elements, std::string_view stem);

}  // namespace lanekeeper::barcode::gs1
