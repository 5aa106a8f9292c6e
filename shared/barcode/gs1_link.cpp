#include "barcode/gs1_link.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace lanekeeper::barcode::gs1 {
namespace {

constexpr std::size_t gtin_length = 14;

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> names = {
    {{"cpid", "8010"},  {"cpsn", "8011"},  {"cpv", "22"},    {"gcn", "255"},   {"gdti", "253"},  {"giai", "8004"},
     {"ginc", "401"},   {"gln", "414"},    {"glnx", "254"},  {"gmn", "8013"},  {"grai", "8003"}, {"gsin", "402"},
     {"gsrn", "8018"},  {"gsrnp", "8017"}, {"gtin", "01"},   {"itip", "8006"}, {"lot", "10"},    {"party", "417"},
     {"refno", "8020"}, {"ser", "21"},     {"srin", "8019"}, {"sscc", "00"}}};

// A piece of the address and where it begins in it.
struct Piece {
  std::string_view text;
  std::size_t at = 0;
  [[nodiscard]] Piece sub(std::size_t begin, std::size_t length = std::string_view::npos) const {
    return {text.substr(begin, length), at + begin};
  }
};

struct Address {
  Piece path;   // behind the host, without the first '/'
  Piece query;  // behind '?', may be empty
};

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
bool may_stand_in_address(char c) {
  return is_alnum(c) || std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != std::string_view::npos;
}
bool may_stand_in_host(char c) {
  return is_alnum(c) || std::string_view("-.:[]").find(c) != std::string_view::npos;
}

std::size_t scheme_length(std::string_view text) {
  for (const std::string_view scheme : {"https://", "HTTPS://", "http://", "HTTP://"}) {
    if (text.starts_with(scheme)) return scheme.size();
  }
  return 0;
}

template <class Allowed>
std::size_t first_not(std::string_view text, Allowed allowed) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), allowed) - text.begin());
}

Result<Address> split_address(std::string_view uri) {
  if (uri.size() > max_message) return fail(error_at("gs1.too_big", max_message));
  if (const auto bad = first_not(uri, may_stand_in_address); bad < uri.size()) {
    return fail(error_at("gs1.link_bad", bad));
  }
  const auto host_at = scheme_length(uri);
  if (host_at == 0) return fail(error_at("gs1.link_bad", 0));
  const auto slash = uri.find('/', host_at);
  const auto host = uri.substr(host_at, slash == std::string_view::npos ? slash : slash - host_at);
  if (const auto bad = first_not(host, may_stand_in_host); bad < host.size() || host.empty()) {
    return fail(error_at("gs1.link_bad", host_at + bad));
  }
  if (slash == std::string_view::npos) return fail(error_at("gs1.link_no_key", uri.size()));
  uri = uri.substr(0, uri.find('#', slash));
  const auto mark = uri.find('?', slash);
  if (mark == std::string_view::npos) return Address{{uri.substr(slash + 1), slash + 1}, {{}, uri.size()}};
  return Address{{uri.substr(slash + 1, mark - slash - 1), slash + 1}, {uri.substr(mark + 1), mark + 1}};
}

std::vector<Piece> split(Piece piece, char separator) {
  std::vector<Piece> out;
  for (;;) {
    const auto end = piece.text.find(separator);
    out.push_back(piece.sub(0, end));
    if (end == std::string_view::npos) return out;
    piece = piece.sub(end + 1);
  }
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// The identifier that a part of the path stands for; empty when it is none.
std::string_view identifier_of(std::string_view text) {
  if (find_spec(text) != nullptr) return text;
  const auto named = std::find_if(names.begin(), names.end(), [text](auto& name) { return name.first == text; });
  return named == names.end() ? std::string_view() : named->second;
}

// Decodes and checks one value. A '%' without two hexadecimal digits behind it stands for itself.
Result<Element> read_value(std::string_view ai, std::size_t ai_at, const Piece& raw, bool plus_is_blank) {
  if (raw.text.empty()) return fail(error_at("gs1.link_empty", raw.at, ai));
  Element element{std::string(ai), {}, ai_at, raw.at};
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < raw.text.size(); ++i) {
    places.push_back(raw.at + i);
    char c = raw.text[i];
    if (c == '%' && i + 2 < raw.text.size() && hex_value(raw.text[i + 1]) >= 0 && hex_value(raw.text[i + 2]) >= 0) {
      c = static_cast<char>(hex_value(raw.text[i + 1]) * 16 + hex_value(raw.text[i + 2]));
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    element.value += c;
  }
  places.push_back(raw.at + raw.text.size());
  const auto size = element.value.size();
  const bool short_gtin = ai == "01" && (size == 8 || size == 12 || size == 13);
  const std::size_t filled = short_gtin ? gtin_length - size : 0;
  element.value.insert(0, filled, '0');
  if (const auto fault = check_value(*find_spec(ai), element.value)) {
    auto error = *check_element(element);
    error.details.front().second = std::to_string(places[fault->at < filled ? 0 : fault->at - filled]);
    return fail(std::move(error));
  }
  return element;
}

// Whether these identifiers may follow the key in this order: a subsequence of one of its alternatives.
bool qualifiers_fit(const AiSpec& key, const std::vector<std::string_view>& qualifiers) {
  if (qualifiers.empty()) return true;
  for (const auto& alternative : split({key.link_qualifiers, 0}, '|')) {
    auto next = qualifiers.begin();
    for (const auto& allowed : split(alternative, ',')) {
      if (next != qualifiers.end() && *next == allowed.text) ++next;
    }
    if (next == qualifiers.end()) return true;
  }
  return false;
}

bool belongs_into_path(const AiSpec& key, const std::vector<std::string_view>& qualifiers, std::string_view ai) {
  for (std::size_t place = 0; place <= qualifiers.size(); ++place) {
    auto longer = qualifiers;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(place), ai);
    if (qualifiers_fit(key, longer)) return true;
  }
  return false;
}

Result<Elements> read_path(const Piece& path) {
  const auto parts = split(path, '/');
  std::size_t begin = parts.size();
  for (std::size_t pair = parts.size() / 2; pair > 0; --pair) {  // from the end: what is in front may look like a key
    const std::size_t at = parts.size() - 2 * (parts.size() / 2 - pair + 1);
    const auto ai = identifier_of(parts[at].text);
    if (ai.empty()) break;
    if (!find_spec(ai)->link_key) continue;
    begin = at;
    break;
  }
  if (begin == parts.size()) return fail(error_at("gs1.link_no_key", path.at));
  Elements elements;
  std::vector<std::string_view> qualifiers;
  const auto& key = *find_spec(identifier_of(parts[begin].text));
  for (std::size_t i = begin; i < parts.size(); i += 2) {
    const auto ai = identifier_of(parts[i].text);
    if (i > begin) qualifiers.push_back(ai);
    if (!qualifiers_fit(key, qualifiers)) return fail(error_at("gs1.link_qualifier", parts[i].at, ai));
    auto element = read_value(ai, parts[i].at, parts[i + 1], false);
    if (!element) return fail(std::move(element.error()));
    elements.push_back(std::move(*element));
  }
  return elements;
}

std::vector<std::string_view> qualifiers_of(const Elements& path) {
  std::vector<std::string_view> out;
  for (std::size_t i = 1; i < path.size(); ++i) out.push_back(path[i].ai);
  return out;
}

Result<Elements> add_attributes(Elements elements, const Piece& query) {
  const Elements path = elements;
  const auto qualifiers = qualifiers_of(path);
  for (const auto& parameter : split(query, '&')) {
    const auto equals = parameter.text.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = parameter.text.substr(0, equals);
    if (!is_ascii_digits(name)) continue;
    const auto* spec = find_spec(name);
    if (spec == nullptr) return fail(error_at("gs1.unknown_ai", parameter.at, name));
    auto element = read_value(name, parameter.at, parameter.sub(equals + 1), true);
    if (!element) return fail(std::move(element.error()));
    if (find(elements, name) != nullptr) return fail(error_at("gs1.repeated", parameter.at, name));
    if (!spec->link_attribute || belongs_into_path(*find_spec(path.front().ai), qualifiers, name)) {
      return fail(error_at("gs1.link_attribute", parameter.at, name));
    }
    elements.push_back(std::move(*element));
  }
  return elements;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_alnum(c) || std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  return out;
}

// The qualifiers of the key that are there, once for each of its alternatives, the fullest first.
std::vector<std::vector<std::string_view>> present_qualifiers(const AiSpec& key, const Elements& elements) {
  std::vector<std::vector<std::string_view>> out;
  for (const auto& alternative : split({key.link_qualifiers, 0}, '|')) {
    auto& present = out.emplace_back();
    for (const auto& allowed : split(alternative, ',')) {
      if (find(elements, allowed.text) != nullptr) present.push_back(allowed.text);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

// The part behind the stem with these qualifiers in the path and everything else behind the '?'.
Result<std::string> write_link(const Elements& elements, const Element& first,
                               const std::vector<std::string_view>& qualifiers) {
  const auto& key = *find_spec(first.ai);
  std::string out = "/" + first.ai + "/" + percent_encoded(first.value);
  for (const auto qualifier : qualifiers) {
    out.append("/").append(qualifier).append("/").append(percent_encoded(find(elements, qualifier)->value));
  }
  char separator = '?';
  for (auto element = elements.begin(); element != elements.end(); ++element) {
    const bool in_path =
        element->ai == first.ai || std::find(qualifiers.begin(), qualifiers.end(), element->ai) != qualifiers.end();
    const bool said = std::any_of(elements.begin(), element, [&](const Element& e) { return e.ai == element->ai; });
    if (in_path || said) continue;
    const auto* spec = find_spec(element->ai);
    if (spec == nullptr || !spec->link_attribute || belongs_into_path(key, qualifiers, element->ai)) {
      return fail(error_at("gs1.link_attribute", static_cast<std::size_t>(element - elements.begin()), element->ai));
    }
    out.append(1, separator).append(element->ai).append("=").append(percent_encoded(element->value));
    separator = '&';
  }
  return out;
}

}  // namespace

bool looks_like_link(std::string_view text) {
  return scheme_length(text) != 0;
}

Result<Elements> parse_link(std::string_view uri) {
  auto address = split_address(uri);
  if (!address) return fail(std::move(address.error()));
  auto elements = read_path(address->path);
  if (!elements) return elements;
  return add_attributes(std::move(*elements), address->query);
}

Result<std::string> to_link(const Elements& elements, std::string_view stem) {
  const auto first_key = std::find_if(elements.begin(), elements.end(), [](const Element& element) {
    const auto* spec = find_spec(element.ai);
    return spec != nullptr && spec->link_key;
  });
  if (first_key == elements.end()) return fail(error_at("gs1.link_no_key", 0));
  const std::string_view front = stem.ends_with('/') ? stem.substr(0, stem.size() - 1) : stem;
  std::optional<Error> first_error;
  for (const auto& qualifiers : present_qualifiers(*find_spec(first_key->ai), elements)) {
    auto link = write_link(elements, *first_key, qualifiers);
    if (link) return std::string(front) + *link;
    if (!first_error) first_error = std::move(link.error());
  }
  return fail(std::move(*first_error));
}

}  // namespace lanekeeper::barcode::gs1
