// Random cases of every kind and mix: small ones for the oracle, large ones for properties and benches.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "pricing/goods.h"
#include "pricing/promotion.h"

namespace lanekeeper::oracle {

struct Case {
  std::vector<pricing::Promotion> promotions;
  pricing::Goods goods;
};

// At most most_units units, so that everything can be tried.
[[nodiscard]] Case small_case(std::uint64_t seed, int most_units);

// A supermarket's basket: lines of 1..6 pieces and some weighed ones, a dozen categories, and `touching` promotions of
// every kind of the item layer over them. rich: wide scopes that overlap much.
[[nodiscard]] Case large_case(std::uint64_t seed, int lines, int touching, bool rich);

// The case as the price tool reads it.
[[nodiscard]] std::string to_json(const Case& the_case);

}  // namespace lanekeeper::oracle
