#include "barcode/gs1_element.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace lanekeeper::barcode::gs1 {
namespace {

struct CodeText {
  std::string_view code;
  std::string_view message;
};
constexpr std::array<CodeText, 21> messages = {{
    {"gs1.empty", "The GS1 code is empty. Scan it again."},
    {"gs1.too_big", "The GS1 code is too long. Scan one code at a time."},
    {"gs1.unknown_ai", "The code has an application identifier that GS1 does not know. Scan it again or check it."},
    {"gs1.brackets", "Brackets are wrong. Write it like (01)06901234567892(17)261231."},
    {"gs1.too_short", "The data of an application identifier is too short. Scan the code again or check it."},
    {"gs1.too_long", "The data of an application identifier is too long. Scan the code again or check it."},
    {"gs1.character", "The data of an application identifier has a character that it must not have. Check the code."},
    {"gs1.check_digit", "A check digit in the code is wrong. Scan it again or check it."},
    {"gs1.check_pair", "A check pair in the code is wrong. Scan it again or check it."},
    {"gs1.date", "A date in the code is no date. Check the date that is printed."},
    {"gs1.content", "The data of an application identifier is not what it has to be. Check the code."},
    {"gs1.repeated", "The code says the same thing twice and differently. Enter the number by hand."},
    {"gs1.missing_partner",
     "The code lacks something that belongs to it. Scan the other barcode of the goods as well."},
    {"gs1.excluded_partner", "The code contradicts itself. Enter the number by hand."},
    {"gs1.serial_needed", "The code is signed but has no serial number. Use the number that is printed."},
    {"gs1.link_bad", "This web address cannot be read. Scan it again."},
    {"gs1.link_no_key", "This web address names no goods. Scan the barcode of the goods."},
    {"gs1.link_qualifier", "The parts of this web address are in the wrong order. Enter the number by hand."},
    {"gs1.link_attribute", "This web address has a part where it must not stand. Enter the number by hand."},
    {"gs1.link_empty", "A part of this web address is empty. Enter the number by hand."},
    {"gs1.amount", "The amount in the code cannot be paid in this currency. Enter the price by hand."},
}};

std::string_view message_of(std::string_view code) {
  const auto found = std::find_if(messages.begin(), messages.end(), [code](auto& text) { return text.code == code; });
  return found == messages.end() ? std::string_view() : found->message;
}

// "a,b,c" -> visit each until one says true.
template <class Visit>
bool any_of_list(std::string_view list, char separator, Visit visit) {
  while (!list.empty()) {
    const auto end = list.find(separator);
    if (visit(list.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
    list.remove_prefix(end + 1);
  }
  return false;
}

// Another identifier that matches; an identifier is no partner of itself, also where its own pattern fits it.
const Element* partner(const Elements& elements, std::string_view pattern, std::string_view own) {
  const auto found = std::find_if(elements.begin(), elements.end(), [&](const Element& element) {
    return element.ai != own && matches(pattern, element.ai);
  });
  return found == elements.end() ? nullptr : &*found;
}

bool group_is_there(const Elements& elements, std::string_view group, std::string_view own) {
  return any_of_list(group, ',', [&](std::string_view alternative) {
    return !any_of_list(alternative, '+',
                        [&](std::string_view part) { return partner(elements, part, own) == nullptr; });
  });
}

// GS1 General Specifications: a signature speaks of one thing, so these keys need their serial part.
const Element* signed_without_serial(const Elements& elements) {
  if (find(elements, "8030") == nullptr) return nullptr;
  for (const auto* key : {"253", "255", "8003"}) {
    const auto* element = find(elements, key);
    if (element != nullptr && element->value.size() == min_length(*find_spec(key))) return element;
  }
  return nullptr;
}

Error unknown_ai(std::string_view text, std::size_t at) {
  const auto printable = text.substr(0, std::min(text.find(fnc1), text.size())).substr(0, 4);
  return error_at("gs1.unknown_ai", at, sanitize_utf8(printable));
}

// The identifier at the beginning of the text, with where it stands.
Result<Element> read_identifier(std::string_view text, std::size_t at) {
  const auto length = ai_length(text);
  if (length == 0 || find_spec(text.substr(0, length)) == nullptr) return fail(unknown_ai(text, at));
  return Element{std::string(text.substr(0, length)), {}, at, at + length};
}

}  // namespace

Error error_at(std::string_view code, std::size_t at, std::string_view ai, Error::Details more) {
  Error error{std::string(code), std::string(message_of(code)), {{"at", std::to_string(at)}}};
  if (!ai.empty()) error.details.emplace_back("ai", std::string(ai));
  for (auto& detail : more) error.details.push_back(std::move(detail));
  return error;
}

std::optional<Error> check_element(const Element& element) {
  const auto* spec = find_spec(element.ai);
  if (spec == nullptr) return unknown_ai(element.ai, element.at);
  const auto fault = check_value(*spec, element.value);
  if (!fault) return {};
  Error::Details more;
  if (!fault->reason.empty()) more.emplace_back("reason", std::string(fault->reason));
  return error_at(fault->code, element.value_at + fault->at, element.ai, std::move(more));
}

Result<Elements> parse_message(std::string_view message, std::size_t at) {
  std::size_t here = message.starts_with(fnc1) ? 1 : 0;
  if (here == message.size()) return fail(error_at("gs1.empty", at + here));
  if (message.size() > max_message) return fail(error_at("gs1.too_big", at + max_message));
  Elements elements;
  while (here < message.size()) {
    auto element = read_identifier(message.substr(here), at + here);
    if (!element) return fail(std::move(element.error()));
    here += element->ai.size();
    const auto& spec = *find_spec(element->ai);
    const auto rest = message.substr(here);
    auto value = rest.substr(0, std::min(rest.find(fnc1), rest.size()));
    // What is of fixed length ends by itself; a separator behind it does no harm.
    if (spec.fixed_length) value = value.substr(0, max_length(spec));
    element->value = std::string(value);
    if (auto error = check_element(*element)) return fail(std::move(*error));
    here += value.size();
    if (here < message.size() && message[here] == fnc1) ++here;
    elements.push_back(std::move(*element));
  }
  return elements;
}

Result<Elements> parse_bracketed(std::string_view text) {
  if (text.empty()) return fail(error_at("gs1.empty", 0));
  if (text.size() > max_message) return fail(error_at("gs1.too_big", max_message));
  Elements elements;
  std::size_t here = 0;
  while (here < text.size()) {
    if (text[here] != '(') return fail(error_at("gs1.brackets", here));
    const auto close = text.find(')', here);
    if (close == std::string_view::npos) return fail(error_at("gs1.brackets", here));
    const auto ai = text.substr(here + 1, close - here - 1);
    if (find_spec(ai) == nullptr) return fail(unknown_ai(ai, here + 1));
    Element element{std::string(ai), {}, here + 1, close + 1};
    std::vector<std::size_t> places;  // of each character of the data, since an escape takes two
    for (here = close + 1; here < text.size() && text[here] != '('; ++here) {
      if (text[here] == '\\' && here + 1 < text.size() && text[here + 1] == '(') ++here;
      element.value += text[here];
      places.push_back(here);
    }
    places.push_back(here);
    if (const auto fault = check_value(*find_spec(ai), element.value)) {
      auto error = *check_element(element);
      error.details.front().second = std::to_string(places[fault->at]);
      return fail(std::move(error));
    }
    elements.push_back(std::move(element));
  }
  return elements;
}

std::optional<Error> find_contradiction(const Elements& elements) {
  for (auto element = elements.begin(); element != elements.end(); ++element) {
    const auto same = std::find_if(elements.begin(), element, [&](auto& earlier) { return earlier.ai == element->ai; });
    if (same != element && same->value != element->value) return error_at("gs1.repeated", element->at, element->ai);
  }
  for (const auto& element : elements) {
    const auto* spec = find_spec(element.ai);
    if (spec == nullptr) return unknown_ai(element.ai, element.at);
    const Element* other = nullptr;
    any_of_list(spec->excludes, ',',
                [&](std::string_view pattern) { return (other = partner(elements, pattern, element.ai)) != nullptr; });
    if (other != nullptr) return error_at("gs1.excluded_partner", element.at, element.ai, {{"other", other->ai}});
  }
  return {};
}

std::optional<Error> find_missing_partner(const Elements& elements) {
  for (const auto& element : elements) {
    const auto* spec = find_spec(element.ai);
    if (spec == nullptr) return unknown_ai(element.ai, element.at);
    std::string_view missing;
    any_of_list(spec->needs, ';', [&](std::string_view group) {
      if (group_is_there(elements, group, element.ai)) return false;
      missing = group;
      return true;
    });
    if (!missing.empty()) {
      return error_at("gs1.missing_partner", element.at, element.ai, {{"needs", std::string(missing)}});
    }
  }
  if (const auto* key = signed_without_serial(elements)) return error_at("gs1.serial_needed", key->at, key->ai);
  return {};
}

std::string to_message(const Elements& elements) {
  std::string out;
  bool separate = false;
  for (const auto& element : elements) {
    if (separate) out += fnc1;
    out.append(element.ai).append(element.value);
    const auto* spec = find_spec(element.ai);
    separate = spec == nullptr || !spec->fixed_length;
  }
  return out;
}

std::string to_bracketed(const Elements& elements) {
  std::string out;
  for (const auto& element : elements) {
    out.append("(").append(element.ai).append(")");
    for (const char c : element.value) {
      if (c == '(') out += '\\';
      out += c;
    }
  }
  return out;
}

const Element* find(const Elements& elements, std::string_view pattern) {
  const auto found = std::find_if(elements.begin(), elements.end(),
                                  [pattern](const Element& element) { return matches(pattern, element.ai); });
  return found == elements.end() ? nullptr : &*found;
}

}  // namespace lanekeeper::barcode::gs1
