#include "pricing/exact_json.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace lanekeeper::pricing::exact_json {
namespace {

constexpr std::size_t members_limit = 100;  // nothing here has half as many, and they are searched one by one

// Builds a Value from the parser's events: only they carry the text of a number.
class Builder {
 public:
  bool null() { return add(Value{}); }
  bool boolean(bool flag) {
    Value value;
    value.kind = Value::Kind::boolean;
    value.boolean = flag;
    return add(std::move(value));
  }
  bool number_integer(std::int64_t number) { return add_text(Value::Kind::number, std::to_string(number)); }
  bool number_unsigned(std::uint64_t number) { return add_text(Value::Kind::number, std::to_string(number)); }
  bool number_float(nlohmann::json::number_float_t /*approximate*/, const std::string& literal) {
    return add_text(Value::Kind::number, literal);
  }
  bool string(std::string& text) { return add_text(Value::Kind::string, std::move(text)); }
  bool binary(nlohmann::json::binary_t& /*never in text*/) { return false; }
  bool start_object(std::size_t /*unknown*/) { return open(Value::Kind::object); }
  bool start_array(std::size_t /*unknown*/) { return open(Value::Kind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    auto& members = open_.back()->members;
    if (members.size() >= members_limit) {
      error_ = Error{"json.range", "An object has too many members.", {{"at", pointer()}}};
      return false;
    }
    const bool repeated = std::any_of(members.begin(), members.end(), [&](const auto& m) { return m.name == name; });
    if (repeated) {
      error_ = Error{"json.repeated_member",
                     "A member stands twice in one object. Keep one of them.",
                     {{"name", sanitize_utf8(name)}, {"at", pointer() + "/" + name}}};
      return false;
    }
    members.push_back({std::move(name), Value{}});
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::json::exception& /*error*/) {
    error_ = Error{"json.malformed",
                   "This is not JSON. Correct what stands before the place named.",
                   {{"at", "byte " + std::to_string(position)}}};
    return false;
  }

  [[nodiscard]] Value take() { return std::move(root_); }
  [[nodiscard]] Error take_error() { return std::move(error_); }

 private:
  Value* add_value(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    auto& parent = *open_.back();
    if (parent.kind == Value::Kind::object) {
      parent.members.back().value = std::move(value);
      return &parent.members.back().value;
    }
    return &parent.elements.emplace_back(std::move(value));
  }
  bool add(Value value) {
    add_value(std::move(value));
    return true;
  }
  bool add_text(Value::Kind kind, std::string text) {
    Value value;
    value.kind = kind;
    value.text = std::move(text);
    return add(std::move(value));
  }
  bool open(Value::Kind kind) {
    if (open_.size() >= nesting_limit) {
      error_ = Error{"json.too_deep", "The JSON is nested too deeply.", {{"at", pointer()}}};
      return false;
    }
    Value value;
    value.kind = kind;
    // What is open never moves: only the innermost container grows.
    open_.push_back(add_value(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  [[nodiscard]] std::string pointer() const {
    std::string out;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      const auto& value = *open_[i];
      out += '/';
      out += value.kind == Value::Kind::object ? value.members.back().name : std::to_string(value.elements.size() - 1);
    }
    return out;
  }

  Value root_;
  std::vector<Value*> open_;
  Error error_;
};

struct Number {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;  // of ten, behind the digits
};

std::optional<Number> split(std::string_view text) {
  Number number;
  number.negative = text.starts_with('-');
  if (number.negative) text.remove_prefix(1);
  const auto e = text.find_first_of("eE");
  auto mantissa = text.substr(0, e);
  if (e != std::string_view::npos) {
    auto exponent = text.substr(e + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    const auto end = exponent.data() + exponent.size();
    const auto read = std::from_chars(exponent.data(), end, number.exponent);
    if (read.ec != std::errc{} || read.ptr != end || std::abs(number.exponent) > 10'000) return std::nullopt;
  }
  const auto point = mantissa.find('.');
  number.digits = mantissa.substr(0, point);
  if (point != std::string_view::npos) {
    number.digits += mantissa.substr(point + 1);
    number.exponent -= static_cast<std::int64_t>(mantissa.size() - point - 1);
  }
  if (!is_ascii_digits(number.digits)) return std::nullopt;
  number.digits.erase(0, std::min(number.digits.find_first_not_of('0'), number.digits.size()));
  while (!number.digits.empty() && number.digits.back() == '0') {
    number.digits.pop_back();
    ++number.exponent;
  }
  return number;
}

std::string escaped(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Result<Value> parse(std::string_view text) {
  Builder builder;
  if (!nlohmann::json::sax_parse(text, &builder)) return fail(builder.take_error());
  return builder.take();
}

std::optional<std::int64_t> exact_decimal(std::string_view text, int decimals) {
  constexpr std::size_t most_digits = 18;
  const auto number = split(text);
  if (!number) return std::nullopt;
  if (number->digits.empty()) return 0;
  const auto zeros = number->exponent + decimals;
  if (zeros < 0) return std::nullopt;  // finer than it may be
  if (number->digits.size() + static_cast<std::size_t>(zeros) > most_digits) return std::nullopt;
  std::int64_t value = 0;
  for (const char digit : number->digits) value = value * 10 + (digit - '0');
  for (std::int64_t i = 0; i < zeros; ++i) value *= 10;
  return number->negative ? -value : value;
}

void append_quoted(std::string& out, std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
  });
  if (plain) {
    out += '"';
    out += text;
    out += '"';
  } else {
    out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
}

std::string Place::pointer() const {
  const auto last = is_element ? "/" + std::to_string(index) : name.empty() ? std::string() : "/" + escaped(name);
  return up != nullptr ? up->pointer() + last : last;
}

void Complaints::add(std::string_view code, std::string_view message, const Place& place, Error::Details details) {
  if (error_) return;
  details.emplace_back("at", place.pointer());
  error_ = Error{std::string(code), std::string(message), std::move(details)};
}

void Complaints::add(Error error, const Place& place) {
  if (error_) return;
  error.details.emplace_back("at", place.pointer());
  error_ = std::move(error);
}

const Value* expect(const Value& value, Value::Kind kind, std::string_view expected, const Place& place,
                    Complaints& complaints) {
  if (value.kind == kind) return &value;
  complaints.add("json.type", "A member has the wrong type: " + std::string(expected) + " is expected.", place,
                 {{"expected", std::string(expected)}});
  return nullptr;
}

std::int64_t integer_of(const Value& value, std::int64_t least, std::int64_t most, const Place& place,
                        Complaints& complaints) {
  if (expect(value, Value::Kind::number, "a whole number", place, complaints) == nullptr) return least;
  const auto number = exact_decimal(value.text, 0);
  if (number && *number >= least && *number <= most) return *number;
  complaints.add("json.range",
                 "A number must be whole and from " + std::to_string(least) + " to " + std::to_string(most) + ".",
                 place);
  return least;
}

Members::Members(const Value& value, const Place& place, Complaints& complaints)
    : value_(expect(value, Value::Kind::object, "an object", place, complaints)),
      place_(place),
      complaints_(complaints) {
  if (value_ != nullptr) asked_.resize(value_->members.size());
}

const NamedValue* Members::find(std::string_view name) const {
  if (value_ == nullptr) return nullptr;
  for (const auto& member : value_->members) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

bool Members::has(std::string_view name) const {
  const auto* member = find(name);
  return member != nullptr && member->value.kind != Value::Kind::null;
}

const Value* Members::optional(std::string_view name) {
  const auto* member = find(name);
  if (member == nullptr) return nullptr;
  asked_[static_cast<std::size_t>(member - value_->members.data())] = true;
  return member->value.kind == Value::Kind::null ? nullptr : &member->value;
}

const Value* Members::required(std::string_view name) {
  const auto* value = optional(name);
  if (value == nullptr && value_ != nullptr) {
    complaints_.add("json.missing", "The required member \"" + std::string(name) + "\" is missing.", at(name));
  }
  return value;
}

std::string Members::text(std::string_view name) {
  const auto* value = required(name);
  if (value == nullptr || expect(*value, Value::Kind::string, "a string", at(name), complaints_) == nullptr) return {};
  if (value->text.empty()) complaints_.add("json.range", "A name must not be empty.", at(name));
  return value->text;
}

std::optional<std::string> Members::optional_text(std::string_view name) {
  const auto* value = optional(name);
  if (value == nullptr || expect(*value, Value::Kind::string, "a string", at(name), complaints_) == nullptr) return {};
  return value->text;
}

bool Members::flag(std::string_view name) {
  const auto* value = optional(name);
  if (value == nullptr) return false;
  const auto* boolean = expect(*value, Value::Kind::boolean, "true or false", at(name), complaints_);
  return boolean != nullptr && boolean->boolean;
}

std::optional<std::int64_t> Members::optional_integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto* value = optional(name);
  if (value == nullptr) return std::nullopt;
  return integer_of(*value, least, most, at(name), complaints_);
}

std::int64_t Members::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto* value = required(name);
  return value == nullptr ? least : integer_of(*value, least, most, at(name), complaints_);
}

std::vector<std::string> Members::texts(std::string_view name) {
  std::vector<std::string> texts;
  const auto* value = optional(name);
  if (value == nullptr) return texts;
  const auto here = at(name);
  if (expect(*value, Value::Kind::array, "a list of strings", here, complaints_) == nullptr) return texts;
  texts.reserve(value->elements.size());
  for (const auto& element : value->elements) {
    const Place place{&here, {}, texts.size(), true};
    if (expect(element, Value::Kind::string, "a string", place, complaints_) == nullptr) return texts;
    texts.push_back(element.text);
  }
  return texts;
}

void Members::finish() {
  if (value_ == nullptr) return;
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    if (asked_[i]) continue;
    const auto& name = value_->members[i].name;
    complaints_.add("json.unknown_member", "The member \"" + name + "\" is not known here. Check its spelling.",
                    at(name), {{"name", name}});
  }
}

}  // namespace lanekeeper::pricing::exact_json
