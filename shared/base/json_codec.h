// One description of a struct serves both directions of JSON.
//
//   struct Point { int x; std::string name; };
//   template <class V> void describe(V& visit, Point& p) { visit("x", p.x); visit("name", p.name); }
//
//   std::string text = json::encode(point);          // compact, keys sorted bytewise: the same value, the same bytes
//   Result<Point> p  = json::decode<Point>(text);    // json.malformed, json.missing, json.type, json.range; the detail
//                                                    // "at" names the place: "lines[3].quantity"
//
// Rules: unknown members are ignored (a newer peer may send more); a std::optional member may be missing or null and is
// left out when empty; every other member must be there. Integers only: a JSON number with a fraction is refused, so no
// floating-point value can get in. Types of their own (Money, Date, ...) take part by specialising json::Codec.
// Thread-safe: no state.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/ids.h"
#include "base/time.h"

namespace lanekeeper::json {

using Value = nlohmann::json;

// Specialise: static Value to(const T&); static Result<T> from(const Value&)  (fail with code "json.type" or its own).
template <class T>
struct Codec;

// Specialise for an enum: static constexpr std::pair<E, std::string_view> names[] = {...};
template <class E>
struct EnumNames;

template <class T>
concept HasEnumNames = requires {
  EnumNames<T>::names[0];
};

template <class T>
Value to_value(const T& value);
template <class T>
Result<T> from_value(const Value& value);

namespace detail {

struct Encoder {
  Value& out;
  template <class T>
  void operator()(const char* name, T& member) {
    out[name] = to_value(member);
  }
  template <class T>
  void operator()(const char* name, std::optional<T>& member) {
    if (member) out[name] = to_value(*member);
  }
};

inline std::string join(std::string_view name, std::string_view rest) {
  std::string path(name);
  if (!rest.empty() && rest.front() != '[') path += '.';
  path += rest;
  return path;
}

inline Error at(Error error, std::string_view name) {
  for (auto& [key, text] : error.details) {
    if (key == "at") {
      text = join(name, text);
      return error;
    }
  }
  error.details.emplace_back("at", std::string(name));
  return error;
}

// Writes the text without building a Value first: that is most of the cost of recording a sale. The bytes are those
// that to_value(value).dump() would give.
class Writer {
 public:
  template <class T>
  void value(const T& value);
  // The visitor that describe() calls.
  template <class T>
  void operator()(const char* name, T& member) {
    const auto begin = out_.size();
    value(member);
    members_.push_back({name, begin, out_.size()});
  }
  template <class T>
  void operator()(const char* name, std::optional<T>& member) {
    if (member) (*this)(name, *member);
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  struct Member {
    const char* name;
    std::size_t begin;  // of its text in out_
    std::size_t end;
  };
  void text(std::string_view text);
  void any(const Value& value);
  void integer(std::int64_t value);
  void integer(std::uint64_t value);
  // Members were written one behind the other as they are described; puts them into their order, with names and commas.
  void order_members(std::size_t first_member, std::size_t begin);

  std::string out_;
  std::string sorted_;
  std::vector<Member> members_;  // of the objects that are being written, the innermost last
};

struct Decoder {
  const Value& in;
  std::optional<Error>& error;

  template <class T>
  void operator()(const char* name, T& member) {
    if (error) return;
    const auto found = in.find(name);
    if (found == in.end()) {
      error = Error{"json.missing", "A required member is missing.", {{"at", name}}};
      return;
    }
    read(name, *found, member);
  }
  template <class T>
  void operator()(const char* name, std::optional<T>& member) {
    if (error) return;
    const auto found = in.find(name);
    if (found == in.end() || found->is_null()) {
      member.reset();
      return;
    }
    T value{};
    read(name, *found, value);
    member = std::move(value);
  }

 private:
  template <class T>
  void read(const char* name, const Value& value, T& member) {
    auto result = from_value<T>(value);
    if (result) {
      member = std::move(*result);
    } else {
      error = at(std::move(result.error()), name);
    }
  }
};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {
  using Element = T;
};

template <class T>
concept HasCodec = requires(const T& t) {
  Codec<T>::to(t);
};

inline Error wrong_type(std::string_view expected) {
  return Error{"json.type", "A member has the wrong type.", {{"expected", std::string(expected)}}};
}

}  // namespace detail

template <class T>
Value to_value(const T& value) {
  if constexpr (detail::HasCodec<T>) {
    return Codec<T>::to(value);
  } else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string> || std::is_same_v<T, Value>) {
    return Value(value);
  } else if constexpr (std::is_integral_v<T>) {
    return Value(value);
  } else if constexpr (HasEnumNames<T>) {
    for (const auto& [enumerator, name] : EnumNames<T>::names) {
      if (enumerator == value) return Value(std::string(name));
    }
    throw Fault("json.enum", "an enumerator without a name");
  } else if constexpr (detail::IsVector<T>::value) {
    Value out = Value::array();
    for (const auto& element : value) out.push_back(to_value(element));
    return out;
  } else {
    Value out = Value::object();
    detail::Encoder encoder{out};
    describe(encoder, const_cast<T&>(value));  // describe() serves both directions; the encoder only reads
    return out;
  }
}

template <class T>
Result<T> from_value(const Value& value) {
  if constexpr (detail::HasCodec<T>) {
    return Codec<T>::from(value);
  } else if constexpr (std::is_same_v<T, Value>) {
    return value;
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!value.is_boolean()) return fail(detail::wrong_type("boolean"));
    return value.get<bool>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!value.is_string()) return fail(detail::wrong_type("string"));
    return value.get<std::string>();
  } else if constexpr (std::is_integral_v<T>) {
    if (value.is_number_unsigned()) {
      const auto number = value.get<std::uint64_t>();
      if (!std::in_range<T>(number)) return fail("json.range", "A number is out of range.");
      return static_cast<T>(number);
    }
    if (value.is_number_integer()) {
      const auto number = value.get<std::int64_t>();
      if (!std::in_range<T>(number)) return fail("json.range", "A number is out of range.");
      return static_cast<T>(number);
    }
    return fail(detail::wrong_type("integer"));
  } else if constexpr (HasEnumNames<T>) {
    if (!value.is_string()) return fail(detail::wrong_type("string"));
    const auto& text = value.get_ref<const std::string&>();
    for (const auto& [enumerator, name] : EnumNames<T>::names) {
      if (name == text) return enumerator;
    }
    return fail("json.enum", "A member has a value that is not known here.", {{"value", text}});
  } else if constexpr (detail::IsVector<T>::value) {
    if (!value.is_array()) return fail(detail::wrong_type("array"));
    T out;
    out.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
      auto element = from_value<typename detail::IsVector<T>::Element>(value[i]);
      if (!element) return fail(detail::at(std::move(element.error()), "[" + std::to_string(i) + "]"));
      out.push_back(std::move(*element));
    }
    return out;
  } else {
    if (!value.is_object()) return fail(detail::wrong_type("object"));
    T out{};
    std::optional<Error> error;
    detail::Decoder decoder{value, error};
    describe(decoder, out);
    if (error) return fail(std::move(*error));
    return out;
  }
}

template <class T>
void detail::Writer::value(const T& value) {
  if constexpr (HasCodec<T>) {
    any(Codec<T>::to(value));
  } else if constexpr (std::is_same_v<T, Value>) {
    any(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    out_ += value ? "true" : "false";
  } else if constexpr (std::is_same_v<T, std::string>) {
    text(value);
  } else if constexpr (std::is_integral_v<T>) {
    integer(static_cast<std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>(value));
  } else if constexpr (HasEnumNames<T>) {
    any(to_value(value));
  } else if constexpr (IsVector<T>::value) {
    out_ += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out_ += ',';
      this->value(value[i]);
    }
    out_ += ']';
  } else {
    const auto first_member = members_.size();
    const auto begin = out_.size();
    describe(*this, const_cast<T&>(value));  // describe() serves both directions; the writer only reads
    order_members(first_member, begin);
  }
}

// Invalid UTF-8 in a string becomes U+FFFD: encoding never fails.
template <class T>
std::string encode(const T& value) {
  detail::Writer writer;
  writer.value(value);
  return writer.take();
}

// Depth is bounded by the reader (nesting_limit) so that a hostile body cannot exhaust the stack.
Result<Value> parse(std::string_view text);

template <class T>
Result<T> decode(std::string_view text) {
  auto value = parse(text);
  if (!value) return fail(std::move(value.error()));
  return from_value<T>(*value);
}

template <>
struct Codec<Date> {
  static Value to(const Date& date) { return date.to_string(); }
  static Result<Date> from(const Value& value) {
    if (!value.is_string()) return fail(detail::wrong_type("date"));
    return Date::parse(value.get_ref<const std::string&>());
  }
};
template <>
struct Codec<ZonedTime> {
  static Value to(const ZonedTime& time) { return time.to_string(); }
  static Result<ZonedTime> from(const Value& value) {
    if (!value.is_string()) return fail(detail::wrong_type("timestamp"));
    return ZonedTime::parse(value.get_ref<const std::string&>());
  }
};
template <>
struct Codec<Uuid> {
  static Value to(const Uuid& id) { return id.to_string(); }
  static Result<Uuid> from(const Value& value) {
    if (!value.is_string()) return fail(detail::wrong_type("uuid"));
    return Uuid::parse(value.get_ref<const std::string&>());
  }
};

}  // namespace lanekeeper::json
