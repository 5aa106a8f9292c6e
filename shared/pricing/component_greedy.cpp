#include "pricing/component_greedy.h"

#include <algorithm>
#include <optional>

namespace lanekeeper::pricing {
namespace {

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

std::int64_t baseline_of(const Component& component, const Use& use) {
  std::int64_t sum = 0;
  for (const auto c : use.classes) sum += component.classes[at(c)].baseline;
  return sum;
}

class Greedy {
 public:
  Greedy(const Component& component, bool beyond_baseline)
      : component_(component), beyond_baseline_(beyond_baseline), touching_(component.offers.size()) {
    for (std::size_t c = 0; c < component.classes.size(); ++c) {
      left_.push_back(component.classes[c].units);
      for (const auto& how : component.classes[c].offers)
        touching_[at(how.offer)].push_back({static_cast<int>(c), how});
    }
    for (const auto& offer : component.offers) limits_.push_back(offer.limit);
  }

  std::vector<Use> run() {
    std::vector<Use> uses;
    while (auto best = best_use()) {
      for (const auto c : best->classes) --left_[at(c)];
      auto& limit = limits_[at(best->offer)];
      if (limit > 0) --limit;
      uses.push_back(std::move(*best));
    }
    return uses;
  }

 private:
  struct Touched {
    int unit_class = 0;
    ClassOffer how;
  };

  std::optional<Use> best_use() {
    std::optional<Use> best;
    std::int64_t most = 0;
    for (int offer = 0; offer < static_cast<int>(touching_.size()); ++offer) {
      if (limits_[at(offer)] == 0) continue;
      auto use = use_of(offer);
      if (!use) continue;
      const auto saving = saving_of_use(component_, *use);
      const auto beyond = saving - baseline_of(component_, *use);
      const auto worth = beyond_baseline_ ? beyond : saving;
      if (beyond <= 0 || worth <= most) continue;
      best = std::move(use);
      most = worth;
    }
    return best;
  }

  std::optional<Use> use_of(int offer) const {
    const auto& what = component_.offers[at(offer)];
    if (what.shape == OfferShape::per_unit) return best_unit(offer);
    Use use{offer, {}};
    auto left = left_;
    const auto groups = std::max<std::size_t>(what.group_counts.size(), 1);
    for (std::size_t group = 0; group < groups; ++group) {
      auto missing = what.group_counts.empty() ? what.count : what.group_counts[group];
      for (const auto& [unit_class, how] : touching_[at(offer)]) {
        if ((how.groups >> group & 1U) == 0) continue;
        const auto takes = std::min(missing, left[at(unit_class)]);
        use.classes.insert(use.classes.end(), static_cast<std::size_t>(takes), unit_class);
        left[at(unit_class)] -= takes;
        missing -= takes;
      }
      if (missing > 0) return std::nullopt;
    }
    return use;
  }

  std::optional<Use> best_unit(int offer) const {
    const Touched* best = nullptr;
    for (const auto& touched : touching_[at(offer)]) {
      if (left_[at(touched.unit_class)] == 0) continue;
      if (best == nullptr || touched.how.saving > best->how.saving) best = &touched;
    }
    if (best == nullptr) return std::nullopt;
    return Use{offer, {best->unit_class}};
  }

  const Component& component_;
  bool beyond_baseline_;
  std::vector<std::vector<Touched>> touching_;  // the dearest class first
  std::vector<std::int64_t> left_;
  std::vector<std::int64_t> limits_;
};

}  // namespace

std::vector<Use> greedy(const Component& component) {
  auto plain = Greedy(component, false).run();
  auto beyond = Greedy(component, true).run();
  return gain_of(component, beyond) > gain_of(component, plain) ? beyond : plain;
}

std::int64_t saving_of_use(const Component& component, const Use& use) {
  const auto& offer = component.offers[at(use.offer)];
  if (offer.shape == OfferShape::per_unit) {
    const auto& offers = component.classes[at(use.classes.front())].offers;
    const auto how = std::find_if(offers.begin(), offers.end(), [&](const auto& h) { return h.offer == use.offer; });
    return how->saving;
  }
  std::vector<std::int64_t> prices;
  prices.reserve(use.classes.size());
  for (const auto c : use.classes) prices.push_back(component.classes[at(c)].price);
  return saving_of(offer, prices);
}

std::int64_t gain_of(const Component& component, const std::vector<Use>& uses) {
  std::int64_t sum = 0;
  for (const auto& use : uses) sum += saving_of_use(component, use) - baseline_of(component, use);
  return sum;
}

void drop_losses(const Component& component, std::vector<Use>& uses) {
  std::erase_if(uses, [&](const Use& use) {
    const auto saving = saving_of_use(component, use);
    return saving <= 0 || saving < baseline_of(component, use);
  });
}

}  // namespace lanekeeper::pricing
