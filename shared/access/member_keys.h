// How a till finds a member without a list of card numbers and phones: by a keyed hash of what was scanned or typed.
//
// The till's copy of the members holds HMAC-SHA-256 values, masked names and tiers. A plain hash of a phone number
// hides nothing: there are some ten billion of them, and a graphics card tries them all in seconds. Under a key of 256
// random bits a copy of the list alone (a backup, a lost disk, another store's till) says nothing, and the values of
// two stores cannot be compared. The limit of this: each till knows its store's key, because it has to work without the
// server, so whoever takes over a whole till can try all numbers. It protects the list, not a till whose owner has lost
// it.
#pragma once

#include <string>
#include <string_view>

#include "base/ids.h"

namespace lanekeeper::access {

inline constexpr std::size_t member_secret_bytes = 32;

// What a card number or phone is compared by: blanks and dashes of all kinds removed, full-width characters made plain,
// letters in upper case, the country code of China (+86 in front of anything, 0086 in front of a mobile number) taken
// off.
[[nodiscard]] std::string normal_member_code(std::string_view code);

// Lower-case hex of HMAC-SHA-256(secret, normal_member_code(code)). secret: 32 bytes as hex. Empty where there is no
// such secret or nothing is left of the code: then there is nobody to be found.
[[nodiscard]] std::string member_key(std::string_view secret_hex, std::string_view code);

// The same for the code on a person's badge; a badge never opens what a member's card with the same digits opens.
[[nodiscard]] std::string badge_key(std::string_view secret_hex, std::string_view code);

// A secret for a new store, as hex.
[[nodiscard]] std::string make_member_secret(RandomSource& random);

}  // namespace lanekeeper::access
