#include "model/exact_edit.h"

#include <algorithm>

namespace lanekeeper::office {

using Kind = ExactValue::Kind;

namespace {

void write(std::string& out, const ExactValue& value);

template <class List, class Each>
void write_list(std::string& out, char open, char close, const List& list, const Each& each) {
  out += open;
  bool first = true;
  for (const auto& one : list) {
    if (!first) out += ',';
    first = false;
    each(one);
  }
  out += close;
}

void write(std::string& out, const ExactValue& value) {
  switch (value.kind) {
    case Kind::null:
      out += "null";
      return;
    case Kind::boolean:
      out += value.boolean ? "true" : "false";
      return;
    case Kind::number:
      out += value.text;
      return;
    case Kind::string:
      pricing::exact_json::append_quoted(out, value.text);
      return;
    case Kind::array:
      return write_list(out, '[', ']', value.elements, [&out](const auto& element) { write(out, element); });
    case Kind::object:
      return write_list(out, '{', '}', value.members, [&out](const auto& named) {
        pricing::exact_json::append_quoted(out, named.name);
        out += ':';
        write(out, named.value);
      });
  }
}

ExactValue of_kind(Kind kind, std::string text = {}) {
  ExactValue value;
  value.kind = kind;
  value.text = std::move(text);
  return value;
}

}  // namespace

std::string write_json(const ExactValue& value) {
  std::string out;
  write(out, value);
  return out;
}

ExactValue empty_object() {
  return of_kind(Kind::object);
}

ExactValue text_value(std::string text) {
  return of_kind(Kind::string, std::move(text));
}

ExactValue number_value(std::string digits) {
  return of_kind(Kind::number, std::move(digits));
}

ExactValue flag_value(bool flag) {
  auto value = of_kind(Kind::boolean);
  value.boolean = flag;
  return value;
}

ExactValue texts_value(const std::vector<std::string>& texts) {
  auto value = of_kind(Kind::array);
  for (const auto& text : texts) value.elements.push_back(text_value(text));
  return value;
}

const ExactValue* member(const ExactValue& object, std::string_view name) {
  const auto found = std::find_if(object.members.begin(), object.members.end(),
                                  [name](const auto& named) { return named.name == name; });
  return found == object.members.end() ? nullptr : &found->value;
}

void set_member(ExactValue& object, std::string_view name, ExactValue value) {
  const auto found = std::find_if(object.members.begin(), object.members.end(),
                                  [name](const auto& named) { return named.name == name; });
  if (found != object.members.end()) {
    found->value = std::move(value);
  } else {
    object.members.push_back({std::string(name), std::move(value)});
  }
}

void drop_member(ExactValue& object, std::string_view name) {
  std::erase_if(object.members, [name](const auto& named) { return named.name == name; });
}

void set_text(ExactValue& object, std::string_view name, const std::string& text) {
  if (text.empty()) return drop_member(object, name);
  set_member(object, name, text_value(text));
}

void set_texts(ExactValue& object, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return drop_member(object, name);
  set_member(object, name, texts_value(texts));
}

void set_flag(ExactValue& object, std::string_view name, bool flag) {
  if (!flag) return drop_member(object, name);
  set_member(object, name, flag_value(true));
}

ExactValue object_member(const ExactValue& object, std::string_view name) {
  const auto* found = member(object, name);
  return found != nullptr && found->kind == Kind::object ? *found : empty_object();
}

void put_object(ExactValue& object, std::string_view name, ExactValue value) {
  if (value.members.empty()) return drop_member(object, name);
  set_member(object, name, std::move(value));
}

}  // namespace lanekeeper::office
