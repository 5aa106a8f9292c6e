#include "barcode/gs1_ai.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace lanekeeper::barcode::gs1 {
namespace {

#include "barcode/gs1_ai_table.inc"

constexpr std::size_t prefix_count = 100;

constexpr std::size_t two_digits(std::string_view text) {
  return static_cast<std::size_t>(text[0] - '0') * 10 + static_cast<std::size_t>(text[1] - '0');
}

// The first two digits tell how long an identifier is. The generator made sure of it.
constexpr std::array<std::uint8_t, prefix_count> ai_lengths = [] {
  std::array<std::uint8_t, prefix_count> out{};
  for (const auto& spec : all_specs_table) {
    for (auto prefix = two_digits(spec.first); prefix <= two_digits(spec.last); ++prefix) {
      out[prefix] = static_cast<std::uint8_t>(spec.first.size());
    }
  }
  return out;
}();

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Check set_check(char set) {
  switch (set) {
    case 'N':
      return Check::csetnumeric;
    case 'Y':
      return Check::cset39;
    case 'Z':
      return Check::cset64;
    default:
      return Check::cset82;
  }
}

// What a person is told follows from the reason, not from the check: a date may hold a letter, too.
std::string_view code_of(std::string_view reason) {
  if (reason == "incorrect_check_digit") return "gs1.check_digit";
  if (reason == "incorrect_check_pair") return "gs1.check_pair";
  if (reason == "illegal_month" || reason == "illegal_day") return "gs1.date";
  if (reason == "non_digit_character" || reason.starts_with("invalid_cset")) return "gs1.character";
  return "gs1.content";
}

std::optional<ValueFault> check_component(const Component& component, std::string_view part, std::size_t at) {
  const auto as_fault = [at](const CheckFault& fault) {
    return ValueFault{code_of(fault.reason), fault.reason, at + fault.at};
  };
  if (const auto fault = run_check(set_check(component.set), part)) return as_fault(*fault);
  for (const auto check : component.checks) {
    if (const auto fault = run_check(check, part)) return as_fault(*fault);
  }
  return {};
}

}  // namespace

std::span<const AiSpec> all_specs() {
  return all_specs_table;
}

std::span<const Component> components_of(const AiSpec& spec) {
  return std::span(all_components).subspan(spec.first_component, spec.component_count);
}

const AiSpec* find_spec(std::string_view ai) {
  if (ai.size() < 2 || ai_length(ai) != ai.size() || !std::all_of(ai.begin(), ai.end(), is_digit)) return nullptr;
  const auto after = std::upper_bound(all_specs_table.begin(), all_specs_table.end(), ai,
                                      [](std::string_view wanted, const AiSpec& spec) { return wanted < spec.first; });
  if (after == all_specs_table.begin()) return nullptr;
  const auto& spec = *std::prev(after);
  return spec.first.size() == ai.size() && ai <= spec.last ? &spec : nullptr;
}

std::size_t ai_length(std::string_view text) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return 0;
  return ai_lengths[two_digits(text)];
}

std::size_t min_length(const AiSpec& spec) {
  std::size_t length = 0;
  for (const auto& component : components_of(spec)) length += component.optional ? 0 : component.min;
  return length;
}

std::size_t max_length(const AiSpec& spec) {
  std::size_t length = 0;
  for (const auto& component : components_of(spec)) length += component.max;
  return length;
}

bool matches(std::string_view pattern, std::string_view ai) {
  if (pattern.size() != ai.size()) return false;
  const auto digits = pattern.substr(0, pattern.find_last_not_of('n') + 1);
  return ai.starts_with(digits);
}

std::optional<ValueFault> check_value(const AiSpec& spec, std::string_view value) {
  std::size_t at = 0;
  for (const auto& component : components_of(spec)) {
    const auto part = value.substr(at, component.max);
    if (part.empty() && component.optional) break;
    if (part.size() < component.min) return ValueFault{"gs1.too_short", {}, value.size()};
    if (auto fault = check_component(component, part, at)) return fault;
    at += part.size();
  }
  if (at < value.size()) return ValueFault{"gs1.too_long", {}, at};
  return {};
}

}  // namespace lanekeeper::barcode::gs1
