// Bundles whose saving depends on the units of an application together: a percent is rounded once for the application,
// an amount takes off at most what the units cost. What they bring unit by unit is only known from above; which units
// stand together decides about the rest (component_refine.h).
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "pricing/component.h"

namespace lanekeeper::pricing {

[[nodiscard]] bool is_together(OfferShape shape);

// What a bundle's units bring one by one and what completing an application adds, scaled (OfferGraph). Summed up never
// less than what the applications save.
struct BundleGains {
  std::vector<std::int64_t> of_class;
  std::int64_t of_completion = 0;
  bool is_exact = true;  // never more either
};
[[nodiscard]] BundleGains bundle_gains(const Component& component, int offer, std::int64_t scale);

// An application that is not complete yet: how many units stand in each group (in a number with the groups' counts as
// bases) and what the saving depends on so far: the fraction of a fen of the percent, or the sum up to the amount.
struct OpenUse {
  std::int64_t fill = 0;
  std::int64_t worth = 0;
  auto operator<=>(const OpenUse&) const = default;
};
using OpenUses = std::vector<OpenUse>;  // sorted

struct OpenUsesHash {
  std::size_t operator()(const OpenUses& open) const;
  std::size_t operator()(const OpenUse& use) const;
};

// How open applications of one such bundle grow.
class BundleUses {
 public:
  BundleUses(const Component& component, int offer, std::int64_t scale);
  [[nodiscard]] const BundleGains& gains() const { return gains_; }

  struct Grown {
    OpenUse use;
    std::int64_t gain = 0;  // scaled, exact once the application is complete
    bool completes = false;
  };
  // The application with one more unit in a group that has room for it.
  [[nodiscard]] Grown grown(const OpenUse& use, std::int64_t price, std::size_t group) const;
  [[nodiscard]] bool has_room(const OpenUse& use, std::size_t group) const {
    return filled(use.fill, group) < offer_.group_counts[group];
  }
  // Calls each(place, use) for every open application that may take a unit into the group, of equal ones once, and for
  // a new one, whose place is behind the last.
  template <class Each>
  void for_each_place(const OpenUses& open, std::size_t group, const Each& each) const {
    for (std::size_t place = 0; place < open.size(); ++place) {
      if (place > 0 && open[place] == open[place - 1]) continue;
      if (has_room(open[place], group)) each(place, open[place]);
    }
    each(open.size(), OpenUse{});
  }
  // The open applications once the one at the place has grown.
  static void replace(const OpenUses& open, std::size_t place, const Grown& grown, OpenUses& after);

  // Units of the group that the open applications lack.
  [[nodiscard]] std::int64_t missing(const OpenUses& open, std::size_t group) const;
  // What an application will at least lose of its gains (BundleGains) until it is complete.
  [[nodiscard]] std::int64_t least_loss(const OpenUse& use);

 private:
  [[nodiscard]] std::int64_t missing(const OpenUse& use) const;
  [[nodiscard]] std::int64_t filled(std::int64_t fill, std::size_t group) const {
    return fill / bases_[group] % (offer_.group_counts[group] + 1);
  }

  const CompetingOffer& offer_;
  std::int64_t scale_;
  BundleGains gains_;
  std::vector<std::int64_t> bases_;
  std::int64_t full_ = 0;
  struct Unit {
    std::int64_t price = 0;
    std::int64_t gain = 0;
  };
  struct Hash {
    std::size_t operator()(const OpenUse& use) const { return OpenUsesHash{}(use); }
  };
  std::vector<std::vector<Unit>> units_;  // of each group, one for every price
  std::unordered_map<OpenUse, std::int64_t, Hash> least_losses_;
};

// A bundle's units by group, made into applications that together save much; units stand in their group throughout.
[[nodiscard]] std::vector<Use> together(const Component& component, int offer,
                                        const std::vector<std::vector<int>>& classes_by_group);

}  // namespace lanekeeper::pricing
