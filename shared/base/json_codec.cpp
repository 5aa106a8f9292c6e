#include "base/json_codec.h"

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

}  // namespace

Result<Value> parse(std::string_view text) {
  if (auto guard = Guard().check(text); !guard) return fail(std::move(guard.error()));
  try {
    return Value::parse(text);
  } catch (const Value::parse_error& error) {
    return fail("json.malformed", "The text is not JSON.", {{"position", std::to_string(error.byte)}});
  }
}

}  // namespace lanekeeper::json
