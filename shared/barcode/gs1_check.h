// The content checks of the GS1 Barcode Syntax Dictionary: what a part of an application identifier's data has to be,
// beyond its length. Names are the dictionary's ("linters"); reasons are those of its reference tests in lower case.
// Pure. Check digits and dates: GS1 General Specifications 7.9 and 7.12; country, currency and package codes:
// gs1_code_lists.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lanekeeper::barcode::gs1 {

enum class Check : std::uint8_t {
  none,
  csetnumeric,  // digits
  cset82,       // the invariant part of ISO 646
  cset39,       // digits, capitals, # - /
  cset64,       // file-safe base64, padding optional
  csum,         // last digit is the check digit
  csumalpha,    // last two characters are the check pair
  gcppos1,      // begins with a GS1 company prefix
  gcppos2,      // the same from the second character on
  yymmdd,
  yymmd0,  // the day may be 00
  yyyymmdd,
  yyyymmd0,
  hh,
  hhmi,
  mi,
  ss,
  iso3166,
  iso3166999,  // or 999
  iso3166alpha2,
  iso4217,
  iso5218,
  iban,
  latitude,
  longitude,
  yesno,
  zero,
  nonzero,
  nozeroprefix,
  hasnondigit,
  hyphen,
  winding,
  pieceoftotal,
  posinseqslash,
  pcenc,  // percent sequences are whole
  importeridx,
  mediatype,
  packagetype,
  couponcode,      // AI 8110
  couponposoffer,  // AI 8112
};
inline constexpr std::size_t check_count = static_cast<std::size_t>(Check::couponposoffer) + 1;

struct CheckFault {
  std::string_view reason;  // static: "incorrect_check_digit"
  std::size_t at = 0;       // of the bad part in the data
  std::size_t length = 0;
};

// nullopt: the data is good. A company prefix is checked as far as it can be without a register of its holders: four
// digits at least.
[[nodiscard]] std::optional<CheckFault> run_check(Check check, std::string_view data);

[[nodiscard]] std::string_view name_of(Check check);

// Of the coupon checks. Internal to barcode.
[[nodiscard]] std::optional<CheckFault> check_coupon_code(std::string_view data);
[[nodiscard]] std::optional<CheckFault> check_coupon_pos_offer(std::string_view data);

}  // namespace lanekeeper::barcode::gs1
