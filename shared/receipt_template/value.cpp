#include "receipt_template/value.h"

namespace lanekeeper::receipt_template {

Value& Value::operator[](std::string_view name) {
  if (!std::holds_alternative<Parts>(node)) node = Parts{};
  return std::get<Parts>(node).try_emplace(std::string(name)).first->second;
}

const Value* Value::find(std::string_view name) const {
  const auto* parts = std::get_if<Parts>(&node);
  if (parts == nullptr) return nullptr;
  const auto found = parts->find(name);
  return found == parts->end() ? nullptr : &found->second;
}

bool Value::holds() const {
  if (const auto* text = std::get_if<std::string>(&node)) return !text->empty();
  if (const auto* list = std::get_if<List>(&node)) return !list->empty();
  return true;
}

}  // namespace lanekeeper::receipt_template
