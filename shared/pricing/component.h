// One piece of the item layer's problem: goods and the offers that compete for them. Offers that share no goods stand
// in different components and are solved apart.
//
// Units that no offer can tell apart are one class. What a unit brings when no competing offer takes it (the best
// unlimited per-unit offer, or nothing) is the class's baseline, so unlimited per-unit offers never compete.
#pragma once

#include <cstdint>
#include <vector>

#include "money/money.h"

namespace lanekeeper::pricing {

enum class OfferShape {
  per_unit,        // a limited number of single units
  multibuy,        // `count` units for `amount`
  nth_off,         // the cheapest of `count` units less `percent`
  bundle_price,    // the groups' units for `amount`
  bundle_amount,   // the groups' units less `amount`, which no combination is cheaper than
  bundle_capped,   // the same where some combination may be cheaper than `amount`
  bundle_percent,  // the groups' units less `percent`, rounded once for the application
};

struct CompetingOffer {
  OfferShape shape = OfferShape::per_unit;
  std::int64_t count = 1;   // units of one application
  std::int64_t amount = 0;  // minor units
  Rate percent;
  std::vector<std::int64_t> group_counts;  // bundles
  std::int64_t limit = -1;                 // applications; < 0: as many as there are units for
  int rank = 0;                            // place of its id among the set's ids
};

struct ClassOffer {
  int offer = 0;             // index into Component::offers
  std::uint32_t groups = 1;  // of a bundle: which groups the unit may stand in, as bits
  std::int64_t saving = 0;   // per_unit: what it takes off
};

struct UnitClass {
  std::int64_t price = 0;          // of a unit, minor units, >= 0
  std::int64_t units = 0;          // how many there are
  std::int64_t baseline = 0;       // saving of a unit that no competing offer takes
  int baseline_rank = -1;          // of the promotion that gives it; -1: none
  std::vector<ClassOffer> offers;  // by offer
};

struct Component {
  std::vector<UnitClass> classes;  // dearest first, otherwise in an order that does not depend on scanning
  std::vector<CompetingOffer> offers;
};

// One application of a competing offer; `classes` has one entry per unit.
struct Use {
  int offer = 0;
  std::vector<int> classes;
};

// The saving of an application over units of these prices; may be negative where the offer is no bargain.
[[nodiscard]] std::int64_t saving_of(const CompetingOffer& offer, const std::vector<std::int64_t>& prices);
[[nodiscard]] std::int64_t percent_saving(std::int64_t amount, Rate percent);

struct ComponentSolution {
  std::vector<Use> uses;  // units that are in none have their baseline
  bool optimal = true;
  std::int64_t work = 0;
};

// The best set of uses: largest saving, then fewest applications, then the smallest list of ids. max_work: how many
// search states may be looked at before the best found so far is returned.
[[nodiscard]] ComponentSolution solve(const Component& component, std::int64_t max_work);

}  // namespace lanekeeper::pricing
