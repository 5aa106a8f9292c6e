// JSON for files that people write: numbers are kept as they are written (a percent never passes through floating
// point), repeated members are refused, and what reads a value can name the place of everything it does not like as a
// JSON pointer ("/promotions/2/percent").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace lanekeeper::pricing::exact_json {

struct NamedValue;

struct Value {
  enum class Kind { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool boolean = false;
  std::string text;  // of a string; of a number as it was written
  std::vector<Value> elements;
  std::vector<NamedValue> members;  // as they were written
};

struct NamedValue {
  std::string name;
  Value value;
};

inline constexpr int nesting_limit = 64;

// json.malformed (detail "at": "byte N"), json.too_deep, json.repeated_member. Text that is not UTF-8 is malformed.
[[nodiscard]] Result<Value> parse(std::string_view text);

// "12.5", "-3", "1e1" as an integer of 10^-decimals; nullopt when it is none, or leaves 18 digits.
[[nodiscard]] std::optional<std::int64_t> exact_decimal(std::string_view number, int decimals);

// A JSON string with its quotes.
void append_quoted(std::string& out, std::string_view text);

// Where a value stands; kept as a chain while reading goes down, written out only for an error.
struct Place {
  const Place* up = nullptr;
  std::string_view name;    // a member of an object,
  std::size_t index = 0;    // or an element
  bool is_element = false;  // of an array
  [[nodiscard]] std::string pointer() const;
};

// The first thing that was wrong; what is read afterwards does not matter any more.
class Complaints {
 public:
  void add(std::string_view code, std::string_view message, const Place& place, Error::Details details = {});
  void add(Error error, const Place& place);
  [[nodiscard]] bool any() const { return error_.has_value(); }
  [[nodiscard]] Error take() { return std::move(*error_); }

 private:
  std::optional<Error> error_;
};

// The members of one object. A getter answers a value of its type or, having complained, nothing. null stands for a
// member that is not there.
class Members {
 public:
  // An object is expected; anything else is complained about and reads as empty.
  Members(const Value& value, const Place& place, Complaints& complaints);

  [[nodiscard]] const Value* optional(std::string_view name);
  [[nodiscard]] const Value* required(std::string_view name);
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] Place at(std::string_view name) const { return {&place_, name}; }

  [[nodiscard]] std::string text(std::string_view name);  // required, not empty
  [[nodiscard]] std::optional<std::string> optional_text(std::string_view name);
  [[nodiscard]] bool flag(std::string_view name);  // false when it is not there
  [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t least,
                                                             std::int64_t most);
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);  // required
  [[nodiscard]] std::vector<std::string> texts(std::string_view name);  // empty when it is not there

  // Complains about members that nobody asked for.
  void finish();

 private:
  [[nodiscard]] const NamedValue* find(std::string_view name) const;

  const Value* value_ = nullptr;
  Place place_;
  Complaints& complaints_;
  std::vector<bool> asked_;
};

// value as the wanted kind, or nullptr after a complaint. expected: "a string".
[[nodiscard]] const Value* expect(const Value& value, Value::Kind kind, std::string_view expected, const Place& place,
                                  Complaints& complaints);
[[nodiscard]] std::int64_t integer_of(const Value& value, std::int64_t least, std::int64_t most, const Place& place,
                                      Complaints& complaints);

}  // namespace lanekeeper::pricing::exact_json
