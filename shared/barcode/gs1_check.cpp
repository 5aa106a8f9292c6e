#include "barcode/gs1_check.h"

#include <algorithm>
#include <array>

#include "barcode/gs1_code_lists.h"
#include "barcode/gtin.h"

namespace lanekeeper::barcode::gs1 {
namespace {

using Fault = std::optional<CheckFault>;

constexpr std::size_t shortest_company_prefix = 4;
constexpr std::size_t coordinate_length = 10;

Fault whole(std::string_view reason, std::string_view data) {
  return CheckFault{reason, 0, data.size()};
}
Fault one(std::string_view reason, std::size_t at) {
  return CheckFault{reason, at, 1};
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_hex(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}
constexpr bool in_cset82(char c) {
  return c >= '!' && c <= 'z' && std::string_view("#$@[\\]^`").find(c) == std::string_view::npos;
}
constexpr bool in_cset39(char c) {
  return is_digit(c) || is_upper(c) || c == '#' || c == '-' || c == '/';
}
constexpr bool in_cset64(char c) {
  return is_digit(c) || is_upper(c) || is_lower(c) || c == '-' || c == '_';
}

template <class Belongs>
Fault all_of(std::string_view data, Belongs belongs, std::string_view reason) {
  const auto bad = std::find_if_not(data.begin(), data.end(), belongs);
  if (bad == data.end()) return {};
  return one(reason, static_cast<std::size_t>(bad - data.begin()));
}
Fault digits(std::string_view data) {
  return all_of(data, is_digit, "non_digit_character");
}

int number(std::string_view data) {
  int value = 0;
  for (const char c : data) value = value * 10 + (c - '0');
  return value;
}

Fault cset64(std::string_view data) {
  const auto last = data.find_last_not_of('=');
  const std::size_t length = last == std::string_view::npos ? 0 : last + 1;
  const std::size_t padding = data.size() - length;
  if (padding > 2 || (padding > 0 && data.size() % 3 != 0)) {
    return CheckFault{"invalid_cset64_padding", length, padding};
  }
  return all_of(data.substr(0, length), in_cset64, "invalid_cset64_character");
}

Fault csum(std::string_view data) {
  if (data.empty()) return whole("too_short_for_check_digit", data);
  if (auto fault = digits(data)) return fault;
  if (check_digit(data.substr(0, data.size() - 1)) == data.back()) return {};
  return one("incorrect_check_digit", data.size() - 1);
}

// GS1 General Specifications 7.9.5: characters by their place in set 82, weighted with the primes from the right; the
// sum modulo 1021 is written as two characters of a set of 32.
Fault csumalpha(std::string_view data) {
  constexpr std::string_view set82 =
      "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view set32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  constexpr std::size_t longest = 97;
  constexpr auto primes = [] {
    std::array<unsigned, longest> out{};
    std::size_t found = 0;
    for (unsigned candidate = 2; found < longest; ++candidate) {
      bool prime = true;
      for (std::size_t i = 0; i < found && prime; ++i) prime = candidate % out[i] != 0;
      if (prime) out[found++] = candidate;
    }
    return out;
  }();
  if (data.size() > longest + 2) return whole("too_long_for_check_pair_implementation", data);
  if (data.size() < 2) return whole("too_short_for_check_pair", data);
  const auto body = data.substr(0, data.size() - 2);
  unsigned sum = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto value = set82.find(body[i]);
    if (value == std::string_view::npos) return one("invalid_cset82_character", i);
    sum += static_cast<unsigned>(value) * primes[body.size() - 1 - i];
  }
  sum %= 1021;
  if (data[body.size()] == set32[sum >> 5] && data[body.size() + 1] == set32[sum & 31]) return {};
  return CheckFault{"incorrect_check_pair", body.size(), 2};
}

Fault company_prefix(std::string_view data, std::size_t at) {
  if (data.size() < at + shortest_company_prefix) return whole("too_short_for_gcp", data);
  for (std::size_t i = at; i < at + shortest_company_prefix; ++i) {
    if (!is_digit(data[i])) return one("invalid_gcp_prefix", i);
  }
  return {};
}

// Two-digit years are leap years by themselves: 2000 is one, and a hundred years from it nobody reads them as 2100.
Fault date(std::string_view data, std::size_t year_digits, bool day_may_be_zero) {
  const std::size_t length = year_digits + 4;
  if (data.size() < length) return whole("date_too_short", data);
  if (data.size() > length) return whole("date_too_long", data);
  if (auto fault = digits(data)) return fault;
  const int year = number(data.substr(0, year_digits));
  const int month = number(data.substr(year_digits, 2));
  const int day = number(data.substr(year_digits + 2));
  if (month < 1 || month > 12) return CheckFault{"illegal_month", year_digits, 2};
  constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool centuries_count = year_digits == 4;
  const bool leap = year % 4 == 0 && (!centuries_count || year % 100 != 0 || year % 400 == 0);
  const int last = days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
  if (day > last || (day == 0 && !day_may_be_zero)) return CheckFault{"illegal_day", year_digits + 2, 2};
  return {};
}

struct ClockReasons {
  std::string_view too_short;
  std::string_view too_long;
  std::string_view illegal;
};
Fault two_digits(std::string_view data, int limit, const ClockReasons& reasons) {
  if (data.size() < 2) return whole(reasons.too_short, data);
  if (data.size() > 2) return whole(reasons.too_long, data);
  if (auto fault = digits(data)) return fault;
  if (number(data) >= limit) return whole(reasons.illegal, data);
  return {};
}
Fault hour_and_minute(std::string_view data) {
  if (data.size() < 4) return whole("hour_with_minute_too_short", data);
  if (data.size() > 4) return whole("hour_with_minute_too_long", data);
  if (auto fault = digits(data)) return fault;
  if (number(data.substr(0, 2)) > 23) return CheckFault{"illegal_hour", 0, 2};
  if (number(data.substr(2)) > 59) return CheckFault{"illegal_minute", 2, 2};
  return {};
}

Fault iban(std::string_view data) {
  constexpr std::size_t shortest = 11;
  constexpr std::size_t longest = 34;
  constexpr std::string_view values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (data.size() < 4) return whole("iban_too_short", data);
  if (!is_country_alpha2(data.substr(0, 2))) return CheckFault{"illegal_iban_country_code", 0, 2};
  if (data.size() > longest) return whole("iban_too_long", data);
  if (data.size() < shortest) return whole("iban_too_short", data);
  std::size_t remainder = 0;
  for (std::size_t i = 4; i < data.size() + 4; ++i) {  // the first four characters count last
    const std::size_t at = i % data.size();
    const auto value = values.find(data[at]);
    if (value == std::string_view::npos) return one("invalid_iban_character", at);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  if (remainder == 1) return {};
  return CheckFault{"incorrect_iban_checksum", 2, 2};
}

Fault coordinate(std::string_view data, std::string_view limit, std::string_view wrong_length,
                 std::string_view beyond) {
  if (data.size() != coordinate_length) return whole(wrong_length, data);
  if (auto fault = digits(data)) return fault;
  return data > limit ? whole(beyond, data) : std::nullopt;
}

Fault nonzero(std::string_view data) {
  if (auto fault = digits(data)) return fault;
  return data.find_first_not_of('0') == std::string_view::npos ? whole("illegal_zero_value", data) : std::nullopt;
}

Fault no_zero_prefix(std::string_view data) {
  if (auto fault = digits(data)) return fault;
  return data.starts_with('0') ? one("illegal_zero_prefix", 0) : std::nullopt;
}

Fault piece_of_total(std::string_view data) {
  if (data.empty() || data.size() % 2 != 0) return whole("invalid_length_for_piece_of_total", data);
  if (auto fault = digits(data)) return fault;
  const std::size_t half = data.size() / 2;
  const auto piece = data.substr(0, half);
  const auto total = data.substr(half);
  if (piece.find_first_not_of('0') == std::string_view::npos) return CheckFault{"zero_piece_number", 0, half};
  if (total.find_first_not_of('0') == std::string_view::npos) return CheckFault{"zero_total_pieces", half, half};
  return piece > total ? whole("piece_number_exceeds_total", data) : std::nullopt;
}

Fault position_in_sequence(std::string_view data) {
  const auto slash = data.find('/');
  const auto malformed = whole("position_in_sequence_malformed", data);
  if (slash == std::string_view::npos) return malformed;
  const auto position = data.substr(0, slash);
  const auto end = data.substr(slash + 1);
  if (position.empty() || end.empty() || digits(position) || digits(end)) return malformed;
  if (position.starts_with('0')) return CheckFault{"illegal_zero_prefix", 0, position.size()};
  if (end.starts_with('0')) return CheckFault{"illegal_zero_prefix", slash + 1, end.size()};
  const bool beyond = position.size() > end.size() || (position.size() == end.size() && position > end);
  return beyond ? whole("position_exceeds_end", data) : std::nullopt;
}

Fault percent_sequences(std::string_view data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] != '%') continue;
    const auto sequence = data.substr(i, 3);
    if (sequence.size() < 3 || !is_hex(sequence[1]) || !is_hex(sequence[2])) {
      return CheckFault{"invalid_percent_sequence", i, sequence.size()};
    }
  }
  return {};
}

Fault importer_index(std::string_view data) {
  if (data.size() != 1) return whole("importer_idx_must_be_one_character", data);
  return in_cset64(data[0]) ? std::nullopt : whole("invalid_import_idx_character", data);
}

bool is_media_type(std::string_view data) {
  if (data.size() != 2 || digits(data)) return false;
  const int type = number(data);
  return (type >= 1 && type <= 10) || type >= 80;
}

Fault one_of(std::string_view data, std::string_view allowed, std::string_view reason) {
  const bool good = data.size() == 1 && allowed.find(data[0]) != std::string_view::npos;
  return good ? std::nullopt : whole(reason, data);
}
Fault listed(bool good, std::string_view reason, std::string_view data) {
  return good ? std::nullopt : whole(reason, data);
}

using Routine = Fault (*)(std::string_view);
struct NamedCheck {
  std::string_view name;
  Routine run;
};

// In the order of the enumeration.
constexpr std::array<NamedCheck, check_count> checks = {{
    {"none", [](std::string_view) { return Fault{}; }},
    {"csetnumeric", digits},
    {"cset82", [](std::string_view data) { return all_of(data, in_cset82, "invalid_cset82_character"); }},
    {"cset39", [](std::string_view data) { return all_of(data, in_cset39, "invalid_cset39_character"); }},
    {"cset64", cset64},
    {"csum", csum},
    {"csumalpha", csumalpha},
    {"gcppos1", [](std::string_view data) { return company_prefix(data, 0); }},
    {"gcppos2", [](std::string_view data) { return company_prefix(data, 1); }},
    {"yymmdd", [](std::string_view data) { return date(data, 2, false); }},
    {"yymmd0", [](std::string_view data) { return date(data, 2, true); }},
    {"yyyymmdd", [](std::string_view data) { return date(data, 4, false); }},
    {"yyyymmd0", [](std::string_view data) { return date(data, 4, true); }},
    {"hh",
     [](std::string_view data) {
       return two_digits(data, 24, {"hour_too_short", "hour_too_long", "illegal_hour"});
     }},
    {"hhmi", hour_and_minute},
    {"mi",
     [](std::string_view data) {
       return two_digits(data, 60, {"minute_too_short", "minute_too_long", "illegal_minute"});
     }},
    {"ss",
     [](std::string_view data) {
       return two_digits(data, 60, {"second_too_short", "second_too_long", "illegal_second"});
     }},
    {"iso3166", [](std::string_view data) { return listed(is_country(data), "not_iso3166", data); }},
    {"iso3166999",
     [](std::string_view data) { return listed(data == "999" || is_country(data), "not_iso3166_or_999", data); }},
    {"iso3166alpha2",
     [](std::string_view data) { return listed(is_country_alpha2(data), "not_iso3166_alpha2", data); }},
    {"iso4217", [](std::string_view data) { return listed(!currency_alpha3(data).empty(), "not_iso4217", data); }},
    {"iso5218", [](std::string_view data) { return one_of(data, "0129", "invalid_biological_sex_code"); }},
    {"iban", iban},
    {"latitude",
     [](std::string_view data) {
       return coordinate(data, "1800000000", "latitude_invalid_length", "invalid_latitude");
     }},
    {"longitude",
     [](std::string_view data) {
       return coordinate(data, "3600000000", "longitude_invalid_length", "invalid_longitude");
     }},
    {"yesno", [](std::string_view data) { return one_of(data, "01", "not_zero_or_one"); }},
    {"zero",
     [](std::string_view data) {
       return listed(data.find_first_not_of('0') == std::string_view::npos, "not_zero", data);
     }},
    {"nonzero", nonzero},
    {"nozeroprefix", no_zero_prefix},
    {"hasnondigit",
     [](std::string_view data) {
       return listed(!std::all_of(data.begin(), data.end(), is_digit), "requires_non_digit_character", data);
     }},
    {"hyphen",
     [](std::string_view data) {
       return all_of(
           data, [](char c) { return c == '-'; }, "not_hyphen");
     }},
    {"winding", [](std::string_view data) { return one_of(data, "019", "invalid_winding_direction"); }},
    {"pieceoftotal", piece_of_total},
    {"posinseqslash", position_in_sequence},
    {"pcenc", percent_sequences},
    {"importeridx", importer_index},
    {"mediatype", [](std::string_view data) { return listed(is_media_type(data), "invalid_media_type", data); }},
    {"packagetype", [](std::string_view data) { return listed(is_package_type(data), "invalid_package_type", data); }},
    {"couponcode", check_coupon_code},
    {"couponposoffer", check_coupon_pos_offer},
}};

}  // namespace

std::optional<CheckFault> run_check(Check check, std::string_view data) {
  return checks[static_cast<std::size_t>(check)].run(data);
}

std::string_view name_of(Check check) {
  return checks[static_cast<std::size_t>(check)].name;
}

}  // namespace lanekeeper::barcode::gs1
