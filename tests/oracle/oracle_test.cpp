// The engine against the oracle over random cases of every kind and mix. Fresh cases in every run; the seed of a case
// that fails is printed, and kept with the case in oracle-failures.txt where the test runs.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "compare.h"

namespace lanekeeper::oracle {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::uint64_t fresh_seed() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32U | device()) >> 8U;
}

// Most cases are small and many, some have more units; the smallest are also tried without remembering anything.
int units_of_case(std::uint64_t index) {
  if (index % 10 == 0) return 9;
  return index % 10 < 3 ? 5 : 7;
}

TEST(Oracle, NeverFindsMoreThanTheEngine) {
  constexpr std::uint64_t cases_of_a_short_run = 4'000;
  constexpr int failures_to_show = 3;
  const auto cases = from_environment("LANEKEEPER_ORACLE_CASES", cases_of_a_short_run);
  const auto first = from_environment("LANEKEEPER_ORACLE_SEED", fresh_seed());
  std::cout << cases << " cases from seed " << first << '\n';
  int failures = 0;
  for (std::uint64_t i = 0; i < cases && failures < failures_to_show; ++i) {
    const int most_units = units_of_case(i);
    const auto the_case = small_case(first + i, most_units);
    const auto wrong = difference(the_case, most_units == 5);
    if (wrong.empty()) continue;
    ++failures;
    std::ofstream("oracle-failures.txt", std::ios::app)
        << "seed " << first + i << " units " << most_units << ": " << wrong << '\n'
        << to_json(the_case) << '\n';
    ADD_FAILURE() << "seed " << first + i << ", up to " << most_units << " units: " << wrong << '\n'
                  << to_json(the_case);
  }
}

}  // namespace
}  // namespace lanekeeper::oracle
