// How often each promotion is used, as numbers that compare as the sorted lists of their ids do.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "pricing/component.h"

namespace lanekeeper::pricing {

// How often each promotion is used, so that comparing two of them word by word, larger first, compares the sorted lists
// of ids: of lists of equal length, the one with more of the smallest id is the smaller.
class Tally {
 public:
  explicit Tally(const Component& component) {
    std::vector<int> ranks;
    for (const auto& offer : component.offers) ranks.push_back(offer.rank);
    for (const auto& unit_class : component.classes) {
      units_ += static_cast<std::uint64_t>(unit_class.units);
      if (unit_class.baseline_rank >= 0) ranks.push_back(unit_class.baseline_rank);
    }
    std::sort(ranks.begin(), ranks.end());
    ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
    const auto bits = static_cast<unsigned>(std::bit_width(units_));
    per_word_ = 64 / bits;
    words_ = (ranks.size() + per_word_ - 1) / per_word_;
    const auto place = [&](int rank) {
      const auto at = static_cast<std::size_t>(std::lower_bound(ranks.begin(), ranks.end(), rank) - ranks.begin());
      return One{at / per_word_, 1ULL << (64 - bits * (at % per_word_ + 1))};
    };
    for (const auto& offer : component.offers) offers_.push_back(place(offer.rank));
    for (const auto& unit_class : component.classes) {
      classes_.push_back(unit_class.baseline_rank >= 0 ? place(unit_class.baseline_rank) : One{});
    }
  }

  struct One {
    std::size_t word = 0;
    std::uint64_t add = 0;
  };
  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] One of_offer(std::size_t offer) const { return offers_[offer]; }
  [[nodiscard]] One of_baseline(std::size_t unit_class) const { return classes_[unit_class]; }
  // Of a whole choice: the uses, and the baselines of what they leave.
  [[nodiscard]] std::vector<std::uint64_t> of(const Component& component, const std::vector<Use>& uses) const {
    std::vector<std::uint64_t> tally(words_, 0);
    for (std::size_t c = 0; c < classes_.size(); ++c) {
      tally[classes_[c].word] += classes_[c].add * static_cast<std::uint64_t>(component.classes[c].units);
    }
    for (const auto& use : uses) {
      const auto& one = offers_[static_cast<std::size_t>(use.offer)];
      tally[one.word] += one.add;
      for (const auto c : use.classes) {
        const auto& left = classes_[static_cast<std::size_t>(c)];
        tally[left.word] -= left.add;
      }
    }
    return tally;
  }

 private:
  std::uint64_t units_ = 0;
  std::size_t per_word_ = 1;
  std::size_t words_ = 1;
  std::vector<One> offers_;
  std::vector<One> classes_;
};

}  // namespace lanekeeper::pricing
