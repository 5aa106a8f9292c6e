// What the parts of the console's grammar share. Only they include this.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "console/grammar.h"

namespace lanekeeper::till::console {

using Words = std::vector<std::string>;
using Parsed = Result<ConsoleCommand>;

inline constexpr std::string_view off = "off";

// How the command that begins with this word is written.
[[nodiscard]] tl::unexpected<Error> usage(const Words& words);
// "stock", "waste", "supplier"
[[nodiscard]] std::optional<sale::ReturnedTo> destination(std::string_view word);
[[nodiscard]] std::string join_from(const Words& words, std::size_t first);
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);  // not negative

template <class T>
Parsed command(Result<T> value, auto make) {
  if (!value) return fail(std::move(value.error()));
  return ConsoleCommand(till::Command(make(*value)));
}

template <class T>
Parsed plain(const Words& words) {
  if (words.size() != 1) return usage(words);
  if constexpr (std::is_constructible_v<till::Command, T>) {
    return ConsoleCommand(till::Command(T{}));
  } else {
    return ConsoleCommand(T{});
  }
}

struct Rule {
  std::string_view name;
  std::string_view usage;
  std::string_view key;
  Parsed (*parse)(const Words&);
};
// Shifts, cash and money of all kinds; grammar_cash.cpp.
[[nodiscard]] const std::vector<Rule>& cash_rules();
// Baskets that are put aside, approvals, training, devices; grammar_desk.cpp.
[[nodiscard]] const std::vector<Rule>& desk_rules();

}  // namespace lanekeeper::till::console
