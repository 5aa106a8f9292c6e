// Bundles whose saving depends on the units of an application together: a percent is rounded once for the application,
// an amount takes off at most what the units cost. What they bring unit by unit is only known from above; which units
// stand together decides about the rest (component_refine.h).
#pragma once

#include <cstdint>
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
};

// The ways in which open applications of one such bundle grow.
class BundleUses {
 public:
  BundleUses(const Component& component, int offer, std::int64_t scale);

  struct Way {
    OpenUses open;  // afterwards
    std::size_t place = 0;
    std::int64_t gain = 0;  // scaled, exact once the application is complete
    bool completes = false;
  };
  // Every way of giving a unit to a group, as each(way); the way is only lent. The place is that of the application in
  // `open`; behind the last one stands a new application.
  template <class Each>
  void for_each_way(const OpenUses& open, std::int64_t price, std::size_t group, Way& way, const Each& each) const {
    for (std::size_t place = 0; place <= open.size(); ++place) {
      const bool is_new = place == open.size();
      if (place > 0 && !is_new && open[place] == open[place - 1]) continue;
      const auto fill = is_new ? 0 : open[place].fill;
      if (filled(fill, group) >= offer_.group_counts[group]) continue;
      way.open = open;
      way.place = place;
      grow(way, price, group);
      each(way);
    }
  }

  // Can what is open still be completed with so many units to come for each group?
  [[nodiscard]] bool may_close(const OpenUses& open, const std::vector<std::int64_t>& to_come) const;
  // What the gains so far run ahead of what the open applications can save at most.
  [[nodiscard]] std::int64_t ahead(const OpenUses& open) const;

 private:
  void grow(Way& way, std::int64_t price, std::size_t group) const;
  [[nodiscard]] std::int64_t filled(std::int64_t fill, std::size_t group) const {
    return fill / bases_[group] % (offer_.group_counts[group] + 1);
  }

  const CompetingOffer& offer_;
  std::int64_t scale_;
  std::vector<std::int64_t> bases_;
  std::int64_t full_ = 0;
};

// A bundle's units by group, made into applications that together save much; units stand in their group throughout.
[[nodiscard]] std::vector<Use> together(const Component& component, int offer,
                                        const std::vector<std::vector<int>>& classes_by_group);

}  // namespace lanekeeper::pricing
