#include "pricing/component_order.h"

#include <algorithm>
#include <numeric>

namespace lanekeeper::pricing {
namespace {

class Ordering {
 public:
  explicit Ordering(const Component& component)
      : component_(component), left_(component.offers.size(), 0), done_(component.classes.size(), 0) {
    for (const auto& unit_class : component.classes) {
      for (const auto& how : unit_class.offers) ++left_[at(how.offer)];
    }
    begun_.assign(left_.size(), 0);
    blocked_.assign(left_.size(), 0);
  }

  // Classes one after the other: of those that may come, the one that opens fewest offers beyond those it closes.
  std::vector<int> classes() {
    std::vector<int> order;
    while (order.size() < done_.size()) {
      int best = -1;
      int least = 0;
      std::fill(blocked_.begin(), blocked_.end(), 0);
      for (std::size_t c = 0; c < done_.size(); ++c) {
        if (done_[c] != 0) continue;
        const bool may_come = !is_blocked(c);
        block_behind(c);
        if (!may_come) continue;
        const int opens = opened_by(c);
        if (best < 0 || opens < least) {
          best = static_cast<int>(c);
          least = opens;
        }
      }
      finish(at(best));
      order.push_back(best);
    }
    return order;
  }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }

  // A dearer class of one of its nth_offs is still to come.
  [[nodiscard]] bool is_blocked(std::size_t c) const {
    const auto& offers = component_.classes[c].offers;
    return std::any_of(offers.begin(), offers.end(), [&](const auto& how) { return blocked_[at(how.offer)] != 0; });
  }
  void block_behind(std::size_t c) {
    for (const auto& how : component_.classes[c].offers) {
      if (component_.offers[at(how.offer)].shape == OfferShape::nth_off) blocked_[at(how.offer)] = 1;
    }
  }
  [[nodiscard]] int opened_by(std::size_t c) const {
    int opens = 0;
    for (const auto& how : component_.classes[c].offers) {
      opens += begun_[at(how.offer)] == 0 ? 1 : 0;
      opens -= left_[at(how.offer)] == 1 ? 1 : 0;
    }
    return opens;
  }
  void finish(std::size_t c) {
    done_[c] = 1;
    for (const auto& how : component_.classes[c].offers) {
      begun_[at(how.offer)] = 1;
      --left_[at(how.offer)];
    }
  }

  const Component& component_;
  std::vector<int> left_;  // classes of each offer that are still to come
  std::vector<char> begun_;
  std::vector<char> blocked_;
  std::vector<char> done_;
};

}  // namespace

std::vector<int> search_order(const Component& component) {
  // Choosing costs the square of the classes; alone, an offer is always half looked at.
  constexpr std::size_t most_classes = 400;
  std::vector<int> classes(component.classes.size());
  std::iota(classes.begin(), classes.end(), 0);
  if (component.offers.size() > 1 && classes.size() <= most_classes) classes = Ordering(component).classes();
  std::vector<int> order;
  for (const auto c : classes) {
    order.insert(order.end(), static_cast<std::size_t>(component.classes[static_cast<std::size_t>(c)].units), c);
  }
  return order;
}

}  // namespace lanekeeper::pricing
