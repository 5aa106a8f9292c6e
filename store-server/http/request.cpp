#include "http/request.h"

#include <charconv>

#include "base/text.h"

namespace lanekeeper::http {
namespace {

constexpr std::size_t max_parameters = 64;

tl::unexpected<Error> malformed(std::string_view what) {
  return fail("request.malformed", "The request cannot be understood. Update the program that sent it.",
              {{"what", std::string(what)}});
}

std::optional<std::int64_t> to_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<unsigned char> hex_byte(std::string_view two) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(two.data(), two.data() + two.size(), value, 16);
  if (two.size() != 2 || error != std::errc() || end != two.data() + 2) return std::nullopt;
  return static_cast<unsigned char>(value);
}

}  // namespace

std::string Request::text(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return {};
}

Result<std::int64_t> Request::number(std::string_view name, std::int64_t fallback, std::int64_t lowest,
                                     std::int64_t highest) const {
  const std::string given = text(name);
  if (given.empty()) return fallback;
  const auto value = to_number(given);
  if (!value || *value < lowest || *value > highest) {
    return fail(
        "request.bad_parameter", "A parameter of the request is out of its range.",
        {{"name", std::string(name)}, {"lowest", std::to_string(lowest)}, {"highest", std::to_string(highest)}});
  }
  return *value;
}

Result<std::int64_t> Request::path_number(std::size_t index) const {
  const auto value = index < path.size() ? to_number(path[index]) : std::nullopt;
  if (!value || *value <= 0) return fail("request.not_found", "There is nothing at this address.");
  return *value;
}

Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const auto byte = hex_byte(text.substr(i + 1, 2));
      if (!byte) return malformed("percent encoding");
      out += static_cast<char>(*byte);
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!is_valid_utf8(out) || out.find('\0') != std::string::npos) return malformed("not UTF-8");
  return out;
}

Result<Target> parse_target(std::string_view text) {
  Target target;
  const auto question = text.find('?');
  target.path = text.substr(0, question);
  if (!target.path.starts_with('/')) return malformed("not an absolute path");
  std::string_view rest = question == std::string_view::npos ? std::string_view() : text.substr(question + 1);
  while (!rest.empty()) {
    const auto end = rest.find('&');
    const std::string_view pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (pair.empty()) continue;
    if (target.query.size() == max_parameters) return malformed("too many parameters");
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    if (!name) return fail(std::move(name.error()));
    auto value = percent_decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!value) return fail(std::move(value.error()));
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return target;
}

}  // namespace lanekeeper::http
