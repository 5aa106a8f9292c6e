#include "base/json_codec.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace lanekeeper::json {
namespace {

constexpr int nesting_limit = 64;
constexpr int integer_digits_limit = 19;  // every number of 19 digits fits 64 bits

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What the parser would swallow but we do not want: depth that costs stack, numbers that would become floating point.
// Runs before anything is built; it need not notice malformed text, the parser does.
class Guard {
 public:
  Result<void> check(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (in_string_) {
        if (c == '\\') {
          ++i;
        } else if (c == '"') {
          in_string_ = false;
        }
        continue;
      }
      if (auto outside = outside_string(c); !outside) return outside;
    }
    return {};
  }

 private:
  Result<void> outside_string(char c) {
    if (is_digit(c)) {
      if (++digits_ > integer_digits_limit) return fail("json.range", "A number is out of range.");
      return {};
    }
    if (digits_ > 0 && (c == '.' || c == 'e' || c == 'E')) {
      return fail("json.fraction", "A number has a fraction or an exponent; only whole numbers are used here.");
    }
    digits_ = 0;
    if (c == '"') in_string_ = true;
    if (c == '{' || c == '[') ++depth_;
    if (c == '}' || c == ']') --depth_;
    if (depth_ > nesting_limit) return fail("json.too_deep", "The JSON is nested too deeply.");
    return {};
  }

  bool in_string_ = false;
  int depth_ = 0;
  int digits_ = 0;
};

std::string dump(const Value& value) {
  return value.dump(-1, ' ', false, Value::error_handler_t::replace);
}

bool is_escaped(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

template <class Integer>
void append_integer(std::string& out, Integer value) {
  char digits[24];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
  out.append(digits, end);
}

}  // namespace

namespace detail {

void Writer::text(std::string_view text) {
  const bool plain = std::none_of(text.begin(), text.end(), is_escaped);
  if (plain && (std::all_of(text.begin(), text.end(), is_ascii) || is_valid_utf8(text))) {
    out_ += '"';
    out_ += text;
    out_ += '"';
  } else {
    out_ += dump(Value(std::string(text)));
  }
}

void Writer::any(const Value& value) {
  if (value.is_string()) {
    text(value.get_ref<const std::string&>());
  } else {
    out_ += dump(value);
  }
}

void Writer::integer(std::int64_t value) {
  append_integer(out_, value);
}
void Writer::integer(std::uint64_t value) {
  append_integer(out_, value);
}

void Writer::order_members(std::size_t first_member, std::size_t begin) {
  const auto first = members_.begin() + static_cast<std::ptrdiff_t>(first_member);
  std::sort(first, members_.end(), [](const Member& a, const Member& b) { return std::strcmp(a.name, b.name) < 0; });
  sorted_ = '{';
  for (auto member = first; member != members_.end(); ++member) {
    if (member != first) sorted_ += ',';
    sorted_ += '"';
    sorted_ += member->name;
    sorted_ += "\":";
    sorted_.append(out_, member->begin, member->end - member->begin);
  }
  sorted_ += '}';
  out_.resize(begin);
  out_ += sorted_;
  members_.erase(first, members_.end());
}

}  // namespace detail

Result<Value> parse(std::string_view text) {
  if (auto guard = Guard().check(text); !guard) return fail(std::move(guard.error()));
  try {
    return Value::parse(text);
  } catch (const Value::parse_error& error) {
    return fail("json.malformed", "The text is not JSON.", {{"position", std::to_string(error.byte)}});
  }
}

}  // namespace lanekeeper::json
