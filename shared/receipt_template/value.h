// The data that a template is filled with: texts, lists and named parts. Numbers and dates come as ready text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lanekeeper::receipt_template {

struct Value;
using List = std::vector<Value>;
using Parts = std::map<std::string, Value, std::less<>>;

struct Value {
  std::variant<std::string, List, Parts> node;

  Value() = default;
  Value(std::string text) : node(std::move(text)) {}
  Value(std::string_view text) : node(std::string(text)) {}
  Value(const char* text) : node(std::string(text)) {}
  Value(List list) : node(std::move(list)) {}
  Value(Parts parts) : node(std::move(parts)) {}

  // Of named parts: a part, made when it is missing. What was a text or a list becomes empty parts.
  Value& operator[](std::string_view name);
  [[nodiscard]] const Value* find(std::string_view name) const;  // nullptr: no such part
  // What a condition asks: an empty text and an empty list do not hold, parts always do.
  [[nodiscard]] bool holds() const;
};

// A condition: "1" or nothing.
[[nodiscard]] inline Value flag(bool holds) {
  return Value(std::string(holds ? "1" : ""));
}

}  // namespace lanekeeper::receipt_template
