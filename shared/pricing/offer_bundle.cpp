#include "pricing/offer_bundle.h"

#include <algorithm>
#include <bitset>
#include <numeric>

namespace lanekeeper::pricing {
namespace {

constexpr std::int64_t whole = 10'000;  // 100 %

std::int64_t ceil_of(Int128 numerator, std::int64_t denominator) {
  return static_cast<std::int64_t>((numerator + denominator - 1) / denominator);
}

// The largest rounding in the customer's favour, in parts of `whole` of a fen, when the percents of the units add up to
// one of these fractions: up to the next fen when more than half is there.
std::int64_t favour_of(std::int64_t fraction) {
  return fraction * 2 > whole ? whole - fraction : 0;
}

// The largest favour over all applications: which fractions can the units of all groups add up to?
std::int64_t largest_favour(const Component& component, int offer) {
  constexpr std::int64_t most_fractions = 128;
  constexpr std::int64_t most_units = 8;
  const auto& bundle = component.offers[static_cast<std::size_t>(offer)];
  const auto step = std::gcd(whole, bundle.percent.per_10k());
  const auto fractions = whole / step;
  if (fractions > most_fractions || bundle.count > most_units) return favour_of((whole / 2 / step + 1) * step);
  using Fractions = std::bitset<most_fractions>;
  const auto turned = [&](const Fractions& set, std::int64_t by) {
    const auto up = static_cast<std::size_t>(by);
    const auto all = static_cast<std::size_t>(fractions);
    return ((set << up) | (set >> (all - up))) & ~(~Fractions{} << all);
  };
  Fractions reached;
  reached.set(0);
  for (std::size_t group = 0; group < bundle.group_counts.size(); ++group) {
    Fractions own;
    for (const auto& unit_class : component.classes) {
      for (const auto& how : unit_class.offers) {
        if (how.offer != offer || (how.groups >> group & 1U) == 0) continue;
        own.set(static_cast<std::size_t>(unit_class.price % fractions * (bundle.percent.per_10k() / step) % fractions));
      }
    }
    for (std::int64_t i = 0; i < bundle.group_counts[group]; ++i) {
      Fractions next;
      for (std::int64_t by = 0; by < fractions; ++by) {
        if (own.test(static_cast<std::size_t>(by))) next |= turned(reached, by);
      }
      reached = next;
    }
  }
  std::int64_t most = 0;
  for (std::int64_t f = 0; f < fractions; ++f) {
    if (reached.test(static_cast<std::size_t>(f))) most = std::max(most, favour_of(f * step));
  }
  return most;
}

void add_percent_gains(const Component& component, int offer, std::int64_t scale, BundleGains& gains) {
  const auto percent = component.offers[static_cast<std::size_t>(offer)].percent.per_10k();
  for (std::size_t c = 0; c < component.classes.size(); ++c) {
    const auto& unit_class = component.classes[c];
    const bool is_own = std::any_of(unit_class.offers.begin(), unit_class.offers.end(),
                                    [&](const auto& how) { return how.offer == offer; });
    if (!is_own) continue;
    gains.of_class[c] = ceil_of(Int128{unit_class.price} * percent * scale, whole);
    gains.is_exact = gains.is_exact && Int128{unit_class.price} * percent % whole == 0;
  }
  gains.of_completion = gains.is_exact ? -1 : ceil_of(Int128{largest_favour(component, offer)} * scale, whole) - 1;
}

}  // namespace

bool is_together(OfferShape shape) {
  return shape == OfferShape::bundle_capped || shape == OfferShape::bundle_percent;
}

BundleGains bundle_gains(const Component& component, int offer, std::int64_t scale) {
  const auto& bundle = component.offers[static_cast<std::size_t>(offer)];
  BundleGains gains;
  gains.of_class.resize(component.classes.size(), 0);
  if (bundle.shape == OfferShape::bundle_percent) {
    add_percent_gains(component, offer, scale, gains);
    return gains;
  }
  if (bundle.shape == OfferShape::bundle_price) {
    for (std::size_t c = 0; c < gains.of_class.size(); ++c) gains.of_class[c] = component.classes[c].price * scale;
  }
  gains.of_completion = (bundle.shape == OfferShape::bundle_price ? -bundle.amount : bundle.amount) * scale - 1;
  gains.is_exact = bundle.shape != OfferShape::bundle_capped;
  return gains;
}

namespace {

std::uint64_t mixed(std::uint64_t hash, std::int64_t value) {
  hash = (hash ^ static_cast<std::uint64_t>(value)) * 0xD6E8FEB86659FD93ULL;
  return hash ^ hash >> 32U;
}

}  // namespace

std::size_t OpenUsesHash::operator()(const OpenUse& use) const {
  return mixed(mixed(0x9E3779B97F4A7C15ULL, use.fill), use.worth);
}

std::size_t OpenUsesHash::operator()(const OpenUses& open) const {
  auto hash = 0x9E3779B97F4A7C15ULL;
  for (const auto& use : open) hash = mixed(mixed(hash, use.fill), use.worth);
  return hash;
}

BundleUses::BundleUses(const Component& component, int offer, std::int64_t scale)
    : offer_(component.offers[static_cast<std::size_t>(offer)]),
      scale_(scale),
      gains_(bundle_gains(component, offer, scale)),
      units_(offer_.group_counts.size()) {
  std::int64_t base = 1;
  for (const auto count : offer_.group_counts) {
    bases_.push_back(base);
    full_ += base * count;
    base *= count + 1;
  }
  for (std::size_t c = 0; c < component.classes.size(); ++c) {
    const auto price = component.classes[c].price;
    for (const auto& how : component.classes[c].offers) {
      if (how.offer != offer) continue;
      for (std::size_t g = 0; g < units_.size(); ++g) {
        const bool is_known = !units_[g].empty() && units_[g].back().price == price;
        if ((how.groups >> g & 1U) != 0 && !is_known) units_[g].push_back({price, gains_.of_class[c]});
      }
    }
  }
}

BundleUses::Grown BundleUses::grown(const OpenUse& use, std::int64_t price, std::size_t group) const {
  Grown out;
  if (offer_.shape == OfferShape::bundle_percent) {
    const auto rest = whole - offer_.percent.per_10k();
    const auto cost = use.worth + price % whole * rest;
    out.gain = (price - price / whole * rest - cost / whole) * scale_;
    out.use.worth = cost % whole;
  } else {
    out.use.worth = std::min(use.worth + price, offer_.amount);
    out.gain = (out.use.worth - use.worth) * scale_;
  }
  out.use.fill = use.fill + bases_[group];
  if (out.use.fill == full_) {
    out.completes = true;
    out.gain -= offer_.shape == OfferShape::bundle_percent && out.use.worth * 2 >= whole ? scale_ + 1 : 1;
  }
  return out;
}

void BundleUses::replace(const OpenUses& open, std::size_t place, const Grown& grown, OpenUses& after) {
  after.clear();
  bool is_in = grown.completes;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (i == place) continue;
    if (!is_in && grown.use < open[i]) {
      after.push_back(grown.use);
      is_in = true;
    }
    after.push_back(open[i]);
  }
  if (!is_in) after.push_back(grown.use);
}

std::int64_t BundleUses::missing(const OpenUses& open, std::size_t group) const {
  auto units = static_cast<std::int64_t>(open.size()) * offer_.group_counts[group];
  for (const auto& use : open) units -= filled(use.fill, group);
  return units;
}

std::int64_t BundleUses::missing(const OpenUse& use) const {
  std::int64_t units = offer_.count;
  for (std::size_t g = 0; g < bases_.size(); ++g) units -= filled(use.fill, g);
  return units;
}

// By the best way of completing it with any units of the basket.
std::int64_t BundleUses::least_loss(const OpenUse& use) {
  constexpr std::int64_t most_missing = 2;
  if (missing(use) > most_missing) {
    // At least what its gains so far run ahead of the most that they can come to.
    return offer_.shape == OfferShape::bundle_percent ? static_cast<std::int64_t>(Int128{use.worth} * scale_ / whole)
                                                      : use.worth * scale_;
  }
  if (const auto known = least_losses_.find(use); known != least_losses_.end()) return known->second;
  // In which order the groups are filled makes no difference.
  std::size_t group = 0;
  while (!has_room(use, group)) ++group;
  auto least = std::numeric_limits<std::int64_t>::max();
  for (const auto& unit : units_[group]) {
    const auto after = grown(use, unit.price, group);
    const auto rest = after.completes ? gains_.of_completion : least_loss(after.use);
    least = std::min(least, unit.gain - after.gain + rest);
  }
  least_losses_.emplace(use, least);
  return least;
}

namespace {

class Togetherness {
 public:
  Togetherness(const Component& component, int offer, const std::vector<std::vector<int>>& classes_by_group)
      : component_(component), offer_(component.offers[static_cast<std::size_t>(offer)]), by_group_(classes_by_group) {
    const auto uses = by_group_.front().size() / static_cast<std::size_t>(offer_.group_counts.front());
    sums_.resize(uses, 0);
    for (std::size_t g = 0; g < by_group_.size(); ++g) {
      for (std::size_t i = 0; i < by_group_[g].size(); ++i) sums_[use_of(g, i)] += price_of(g, i);
    }
  }

  // Swaps units between two applications while that saves more.
  void improve() {
    constexpr std::size_t most_uses = 40;
    constexpr int rounds = 4;
    if (sums_.size() > most_uses) return;
    bool any = true;
    for (int round = 0; round < rounds && any; ++round) {
      any = false;
      for (std::size_t g = 0; g < by_group_.size(); ++g) {
        for (std::size_t i = 0; i < by_group_[g].size(); ++i) {
          for (std::size_t j = i + 1; j < by_group_[g].size(); ++j) any = swap_if_better(g, i, j) || any;
        }
      }
    }
  }

  std::vector<Use> uses(int offer) const {
    std::vector<Use> uses(sums_.size(), Use{offer, {}});
    for (std::size_t g = 0; g < by_group_.size(); ++g) {
      for (std::size_t i = 0; i < by_group_[g].size(); ++i) uses[use_of(g, i)].classes.push_back(by_group_[g][i]);
    }
    return uses;
  }

 private:
  [[nodiscard]] std::size_t use_of(std::size_t group, std::size_t unit) const {
    return unit / static_cast<std::size_t>(offer_.group_counts[group]);
  }
  [[nodiscard]] std::int64_t price_of(std::size_t group, std::size_t unit) const {
    return component_.classes[static_cast<std::size_t>(by_group_[group][unit])].price;
  }
  [[nodiscard]] std::int64_t saving_of_sum(std::int64_t sum) const {
    return offer_.shape == OfferShape::bundle_percent ? percent_saving(sum, offer_.percent)
                                                      : std::min(sum, offer_.amount);
  }

  bool swap_if_better(std::size_t group, std::size_t i, std::size_t j) {
    const auto a = use_of(group, i);
    const auto b = use_of(group, j);
    const auto more = price_of(group, j) - price_of(group, i);
    if (a == b || more == 0) return false;
    const auto before = saving_of_sum(sums_[a]) + saving_of_sum(sums_[b]);
    const auto after = saving_of_sum(sums_[a] + more) + saving_of_sum(sums_[b] - more);
    if (after <= before) return false;
    sums_[a] += more;
    sums_[b] -= more;
    std::swap(by_group_[group][i], by_group_[group][j]);
    return true;
  }

  const Component& component_;
  const CompetingOffer& offer_;
  std::vector<std::vector<int>> by_group_;
  std::vector<std::int64_t> sums_;  // of the applications' prices
};

}  // namespace

std::vector<Use> together(const Component& component, int offer,
                          const std::vector<std::vector<int>>& classes_by_group) {
  Togetherness all(component, offer, classes_by_group);
  if (is_together(component.offers[static_cast<std::size_t>(offer)].shape)) all.improve();
  return all.uses(offer);
}

}  // namespace lanekeeper::pricing
