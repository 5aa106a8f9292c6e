#include "gs1_samples.h"

#include <algorithm>
#include <map>

#include "barcode/gtin.h"

namespace lanekeeper::barcode::gs1::samples {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string_view characters(char set) {
  static const std::string set82 = [] {
    std::string out;
    for (char c = '!'; c <= 'z'; ++c) {
      if (!run_check(Check::cset82, {&c, 1}) && c != '%') out += c;
    }
    return out;
  }();
  switch (set) {
    case 'N':
      return digits;
    case 'Y':
      return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ#-/";
    case 'Z':
      return base64;
    default:
      return set82;
  }
}

std::string random_text(std::string_view from, std::size_t length, const Dice& dice) {
  std::string out;
  while (out.size() < length) out += from[dice(from.size())];
  return out;
}

std::string two(std::size_t number) {
  std::string out = "00";
  out[0] = digits[number / 10];
  out[1] = digits[number % 10];
  return out;
}

std::string with_check_pair(std::string text) {
  constexpr std::string_view set32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  text += "  ";
  for (const char first : set32) {
    for (const char second : set32) {
      text[text.size() - 2] = first;
      text[text.size() - 1] = second;
      if (!run_check(Check::csumalpha, text)) return text;
    }
  }
  return {};
}

bool has(const Component& component, Check wanted) {
  return std::find(std::begin(component.checks), std::end(component.checks), wanted) != std::end(component.checks);
}

// Checks that leave only a few texts; any of them is good.
std::string fixed_sample(Check check, const Dice& dice) {
  static const std::map<Check, std::vector<std::string>> samples = {
      {Check::iso3166, {"156", "276", "840", "392", "004"}},
      {Check::iso3166999, {"156", "999", "752"}},
      {Check::iso3166alpha2, {"CN", "DE", "US", "AX"}},
      {Check::iso4217, {"156", "978", "840", "008"}},
      {Check::iso5218, {"0", "1", "2", "9"}},
      {Check::iban, {"GB98MIDL07009312345678", "PK70BANK0000123456789000"}},
      {Check::latitude, {"0279085848", "1800000000"}},
      {Check::longitude, {"0301529797", "3600000000"}},
      {Check::yesno, {"0", "1"}},
      {Check::zero, {"0"}},
      {Check::hyphen, {"-"}},
      {Check::winding, {"0", "1", "9"}},
      {Check::pieceoftotal, {"0102", "0202", "1299"}},
      {Check::posinseqslash, {"1/3", "9/9"}},
      {Check::importeridx, {"A", "7", "-", "_"}},
      {Check::mediatype, {"01", "10", "80", "99"}},
      {Check::packagetype, {"PX", "200", "9", "APE"}},
      {Check::couponcode, {"012345612345611110123", "106141416543213500110000310123196000"}},
      {Check::couponposoffer, {"001234561234560123456"}},
  };
  const auto found = samples.find(check);
  return found == samples.end() ? std::string() : found->second[dice(found->second.size())];
}

std::string clock_sample(Check check, const Dice& dice) {
  const auto date = [&] { return two(1 + dice(12)) + two(1 + dice(28)); };
  switch (check) {
    case Check::yymmdd:
      return two(dice(100)) + date();
    case Check::yymmd0:
      return two(dice(100)) + (dice(5) == 0 ? two(1 + dice(12)) + "00" : date());
    case Check::yyyymmdd:
    case Check::yyyymmd0:
      return two(19 + dice(2)) + two(dice(100)) + date();
    case Check::hh:
      return two(dice(24));
    case Check::hhmi:
      return two(dice(24)) + two(dice(60));
    case Check::mi:
    case Check::ss:
      return two(dice(60));
    default:
      return {};
  }
}

std::string good_part(const Component& component, std::size_t length, const Dice& dice) {
  for (const auto check : component.checks) {
    if (auto text = fixed_sample(check, dice); !text.empty()) return text;
    if (auto text = clock_sample(check, dice); !text.empty()) return text;
  }
  const bool pair = has(component, Check::csumalpha);
  const bool prefix = has(component, Check::gcppos1);
  std::string text = random_text(digits, prefix ? std::min<std::size_t>(4, length) : 0, dice);
  if (has(component, Check::hasnondigit)) text += 'K';
  if (pair) return with_check_pair(text + random_text(characters(component.set), length - 2 - text.size(), dice));
  text += random_text(characters(component.set), length - text.size(), dice);
  if (has(component, Check::nonzero) || has(component, Check::nozeroprefix)) text.front() = '7';
  if (has(component, Check::csum)) text.back() = check_digit(std::string_view(text).substr(0, length - 1));
  return text;
}

std::size_t shortest_part(const Component& component) {
  if (has(component, Check::csumalpha)) return 7;
  return has(component, Check::gcppos1) ? std::max<std::size_t>(component.min, 4) : component.min;
}

// Tries the alternatives one after the other until all that is still missing is there.
std::optional<Elements> complete(const Elements& elements, const Dice& dice, int depth) {
  if (find_contradiction(elements) || depth == 0) return {};
  const auto missing = find_missing_partner(elements);
  if (!missing) return elements;
  std::string needs;
  for (const auto& [name, value] : missing->details) {
    if (name == "needs") needs = value;
  }
  for (std::size_t begin = 0; begin <= needs.size();) {
    const auto end = std::min(needs.find(',', begin), needs.size());
    Elements more = elements;
    for (std::size_t part = begin; part < end;) {
      const auto part_end = std::min({needs.find('+', part), end});
      const auto ai = identifier_for(std::string_view(needs).substr(part, part_end - part));
      if (ai && find(more, *ai) == nullptr) more.push_back(good_element(*ai, dice));
      part = part_end + 1;
    }
    if (auto out = complete(more, dice, depth - 1)) return out;
    begin = end + 1;
  }
  return {};
}

}  // namespace

std::vector<std::string> all_identifiers() {
  std::vector<std::string> out;
  for (const auto& spec : all_specs()) {
    for (int number = std::stoi(std::string(spec.first)); number <= std::stoi(std::string(spec.last)); ++number) {
      const auto text = std::to_string(number);
      out.push_back(std::string(spec.first.size() - text.size(), '0') + text);
    }
  }
  return out;
}

std::vector<std::string> good_parts(const AiSpec& spec, const Dice& dice, Length length) {
  std::vector<std::string> parts;
  for (const auto& component : components_of(spec)) {
    if (component.optional && length == Length::shortest) break;
    if (component.optional && length == Length::random && dice(2) == 0) break;
    const auto shortest = shortest_part(component);
    const auto any = shortest + dice(component.max - shortest + 1);
    const auto size = length == Length::shortest ? shortest : length == Length::longest ? component.max : any;
    parts.push_back(good_part(component, size, dice));
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += part;
  return out;
}

Element good_element(std::string_view ai, const Dice& dice) {
  return {std::string(ai), join(good_parts(*find_spec(ai), dice)), 0, 0};
}

std::string bad_content(Check check, std::string_view good) {
  const auto same_length = [&](std::string text) { return text.size() == good.size() ? text : std::string(); };
  switch (check) {
    case Check::yymmdd:
      return "260200";
    case Check::yymmd0:
      return "261301";
    case Check::yyyymmdd:
    case Check::yyyymmd0:
      return "20260230";
    case Check::hh:
      return "24";
    case Check::hhmi:
      return "1260";
    case Check::mi:
    case Check::ss:
      return "60";
    case Check::iso3166:
    case Check::iso3166999:
    case Check::iso4217:
      return "001";
    case Check::iso3166alpha2:
      return "QQ";
    case Check::iso5218:
    case Check::winding:
      return "5";
    case Check::yesno:
      return "2";
    case Check::zero:
      return "1";
    case Check::hyphen:
      return "X";
    case Check::importeridx:
      return "!";
    case Check::mediatype:
      return "11";
    case Check::latitude:
      return "1800000001";
    case Check::longitude:
      return "3600000001";
    case Check::pieceoftotal:
      return "0201";
    case Check::posinseqslash:
      return "3/1";
    case Check::packagetype:
      return std::string(good.size(), '!');
    case Check::nonzero:
      return std::string(good.size(), '0');
    case Check::nozeroprefix:
      return "0" + std::string(good.substr(1));
    case Check::hasnondigit:
      return std::string(good.size(), '1');
    case Check::gcppos1:
    case Check::gcppos2:
      return "A" + std::string(good.substr(1));
    case Check::pcenc:
      return good.size() < 2 ? "%" : std::string(good.substr(0, good.size() - 2)) + "%G";
    case Check::iban:
      return same_length("GB99" + std::string(good.substr(4)));
    case Check::couponcode:
    case Check::couponposoffer:
      return "9" + std::string(good.substr(1));
    default:
      return {};
  }
}

std::optional<std::string> identifier_for(std::string_view pattern, std::string_view other_than) {
  for (const auto& ai : all_identifiers()) {
    if (ai != other_than && matches(pattern, ai)) return ai;
  }
  return {};
}

std::optional<Elements> completed(Elements elements, const Dice& dice) {
  return complete(elements, dice, 6);
}

}  // namespace lanekeeper::barcode::gs1::samples
