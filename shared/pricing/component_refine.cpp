#include "pricing/component_refine.h"

#include <algorithm>
#include <unordered_map>

#include "pricing/code_table.h"
#include "pricing/offer_bundle.h"

namespace lanekeeper::pricing {
namespace {

using Losses = std::vector<std::vector<std::int64_t>>;  // by layer, by node

constexpr std::int64_t no_way = std::numeric_limits<std::int64_t>::max() / 4;

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

// The least that is lost from every node on.
Losses losses_to_go(const Steps& steps) {
  Losses losses(steps.nodes.size());
  for (std::size_t layer = 0; layer < losses.size(); ++layer) losses[layer].assign(at(steps.nodes[layer]), no_way);
  std::fill(losses.back().begin(), losses.back().end(), 0);
  for (auto layer = steps.layers.size(); layer-- > 0;) {
    for (const auto& step : steps.layers[layer]) {
      const auto after = losses[layer + 1][at(step.to)];
      if (after < no_way) losses[layer][at(step.from)] = std::min(losses[layer][at(step.from)], step.loss + after);
    }
  }
  return losses;
}

class Refiner {
 public:
  Refiner(const Staged& staged, const Steps& steps, int offer, std::int64_t budget)
      : staged_(staged),
        steps_(steps),
        index_(offer),
        offer_(staged.component->offers[at(offer)]),
        rules_(*staged.component, offer, staged.scale),
        budget_(budget),
        to_go_(losses_to_go(steps)),
        groups_of_class_(staged.component->classes.size(), 0),
        to_come_(offer_.group_counts.size(), 0) {
    for (std::size_t c = 0; c < groups_of_class_.size(); ++c) {
      for (const auto& how : staged.component->classes[c].offers) {
        if (how.offer == offer) groups_of_class_[c] = how.groups;
      }
    }
    for (const auto c : staged.order) count(groups_of_class_[at(c)], 1);
  }

  std::optional<Steps> run(std::int64_t max_work, std::int64_t& work) {
    Steps out;
    now_ = {{0, number_of({}, 0), 0}};
    for (std::size_t layer = 0; layer < steps_.layers.size(); ++layer) {
      count(groups_of_class_[at(staged_.order[layer])], -1);
      out.nodes.push_back(static_cast<int>(now_.size()));
      kept_ = &out.layers.emplace_back();
      next_.clear();
      known_.clear();
      find_first_steps(layer);
      for (std::size_t i = 0; i < now_.size(); ++i) extend(static_cast<int>(i), layer);
      work += static_cast<std::int64_t>(kept_->size()) + 1;
      if (work > max_work) return std::nullopt;
      now_.swap(next_);
    }
    out.nodes.push_back(static_cast<int>(now_.size()));
    return out;
  }

 private:
  struct State {
    int node = 0;  // of the steps
    int open = 0;  // number of the open applications
    std::int64_t loss = 0;
  };

  void count(std::uint32_t groups, int by) {
    for (std::size_t g = 0; g < to_come_.size(); ++g) {
      if ((groups >> g & 1U) != 0) to_come_[g] += by;
    }
  }

  int number_of(const OpenUses& open, std::int64_t least_loss) {
    const auto [found, fresh] = numbers_.try_emplace(open, static_cast<int>(opens_.size()));
    if (!fresh) return found->second;
    opens_.push_back({&found->first, least_loss});
    for (std::size_t g = 0; g < to_come_.size(); ++g) missing_.push_back(rules_.missing(open, g));
    return found->second;
  }
  // Can what is open still be completed with the units to come?
  [[nodiscard]] bool may_close(int open) const {
    const auto* missing = missing_.data() + at(open) * to_come_.size();
    for (std::size_t g = 0; g < to_come_.size(); ++g) {
      if (missing[g] > to_come_[g]) return false;
    }
    return true;
  }

  void find_first_steps(std::size_t layer) {
    const auto& steps = steps_.layers[layer];
    first_step_.assign(at(steps_.nodes[layer]) + 1, static_cast<int>(steps.size()));
    for (auto i = steps.size(); i-- > 0;) first_step_[at(steps[i].from)] = static_cast<int>(i);
    for (auto node = first_step_.size() - 1; node-- > 0;) {
      first_step_[node] = std::min(first_step_[node], first_step_[node + 1]);
    }
  }

  void extend(int from, std::size_t layer) {
    const auto state = now_[at(from)];
    const auto unit_class = staged_.order[layer];
    const auto price = staged_.component->classes[at(unit_class)].price;
    const bool is_touched = groups_of_class_[at(unit_class)] != 0;
    const bool may_leave = !is_touched || may_close(state.open);
    for (int s = first_step_[at(state.node)]; s < first_step_[at(state.node) + 1]; ++s) {
      auto step = steps_.layers[layer][at(s)];
      step.from = from;
      if (step.choice.offer != index_) {
        if (may_leave) add({step.to, state.open, state.loss + step.loss}, step, layer);
        continue;
      }
      take(state, step, price, layer);
    }
  }

  // Every way of giving the unit to an open application or a new one.
  void take(const State& state, const Steps::Step& step, std::int64_t price, std::size_t layer) {
    const auto to_go = to_go_[layer + 1][at(step.to)];
    if (to_go >= no_way) return;
    const auto& open = *opens_[at(state.open)].uses;
    const auto open_loss = opens_[at(state.open)].least_loss;
    const auto group = static_cast<std::size_t>(step.choice.label);
    const auto gain = rules_.gains().of_class[at(staged_.order[layer])];
    rules_.for_each_place(open, group, [&](std::size_t place, const OpenUse& use) {
      const auto grown = rules_.grown(use, price, group);
      auto way = step;
      way.loss += gain - grown.gain + (grown.completes ? rules_.gains().of_completion : 0);
      auto least_loss = open_loss + (grown.completes ? 0 : rules_.least_loss(grown.use));
      if (place < open.size()) least_loss -= rules_.least_loss(use);
      if (state.loss + way.loss + least_loss + to_go > budget_) return;
      BundleUses::replace(open, place, grown, after_);
      const int after = number_of(after_, least_loss);
      if (!may_close(after)) return;
      way.choice.label = static_cast<int>(group + offer_.group_counts.size() * place);
      add({way.to, after, state.loss + way.loss}, way, layer);
    });
  }

  void add(const State& state, Steps::Step step, std::size_t layer) {
    const auto to_go = to_go_[layer + 1][at(state.node)];
    if (to_go >= no_way || state.loss + opens_[at(state.open)].least_loss + to_go > budget_) return;
    auto& place = known_[static_cast<std::uint64_t>(state.node) << 32U | static_cast<std::uint32_t>(state.open)];
    if (place == CodeTable::absent) {
      place = static_cast<int>(next_.size());
      next_.push_back(state);
    } else {
      auto& least = next_[at(place)].loss;
      least = std::min(least, state.loss);
    }
    step.to = place;
    kept_->push_back(step);
  }

  const Staged& staged_;
  const Steps& steps_;
  int index_;
  const CompetingOffer& offer_;
  BundleUses rules_;
  std::int64_t budget_;
  Losses to_go_;
  std::vector<std::uint32_t> groups_of_class_;
  std::vector<std::int64_t> to_come_;  // units of each group
  struct Open {
    const OpenUses* uses = nullptr;
    std::int64_t least_loss = 0;
  };
  std::unordered_map<OpenUses, int, OpenUsesHash> numbers_;
  std::vector<Open> opens_;
  std::vector<std::int64_t> missing_;  // of each in turn, units of every group
  std::vector<State> now_;
  std::vector<State> next_;
  CodeTable known_;
  std::vector<int> first_step_;  // of each node of the layer
  std::vector<Steps::Step>* kept_ = nullptr;
  OpenUses after_;
};

}  // namespace

std::optional<Steps> refined(const Staged& staged, const Steps& steps, int offer, std::int64_t budget,
                             std::int64_t max_work, std::int64_t& work) {
  return Refiner(staged, steps, offer, budget).run(max_work, work);
}

std::optional<std::int64_t> least_loss(const Steps& steps) {
  const auto least = losses_to_go(steps).front().front();
  return least < no_way ? std::optional(least) : std::nullopt;
}

namespace {

// Calls each(layer, step) for every step on a path that loses at most the budget, layer by layer; until it says false.
template <class Each>
void for_each_within(const Steps& steps, std::int64_t budget, const Each& each) {
  const auto to_go = losses_to_go(steps);
  std::vector<std::int64_t> so_far{0};
  for (std::size_t layer = 0; layer < steps.layers.size(); ++layer) {
    std::vector<std::int64_t> next(at(steps.nodes[layer + 1]), no_way);
    for (const auto& step : steps.layers[layer]) {
      const auto before = so_far[at(step.from)];
      const auto after = to_go[layer + 1][at(step.to)];
      if (before >= no_way || after >= no_way || before + step.loss + after > budget) continue;
      next[at(step.to)] = std::min(next[at(step.to)], before + step.loss);
      if (!each(layer, step)) return;
    }
    so_far.swap(next);
  }
}

Tally::One one_of(const Staged& staged, const Tally& tally, std::size_t layer, const Steps::Step& step) {
  if (step.choice.offer < 0) return tally.of_baseline(at(staged.order[layer]));
  return step.completes ? tally.of_offer(at(step.choice.offer)) : Tally::One{};
}

}  // namespace

bool is_used(const Steps& steps, int offer, std::int64_t budget) {
  bool found = false;
  for_each_within(steps, budget, [&](std::size_t, const Steps::Step& step) {
    found = step.choice.offer == offer;
    return !found;
  });
  return found;
}

std::vector<std::uint64_t> largest_tally(const Staged& staged, const Steps& steps, const Tally& tally,
                                         std::int64_t budget) {
  const auto words = tally.words();
  std::vector<std::uint64_t> now(words, 0);
  std::vector<std::uint64_t> next;
  std::vector<std::uint64_t> candidate(words);
  std::size_t layer_of_next = steps.layers.size();
  for_each_within(steps, budget, [&](std::size_t layer, const Steps::Step& step) {
    if (layer != layer_of_next) {
      if (layer > 0) now.swap(next);
      next.assign(at(steps.nodes[layer + 1]) * words, 0);
      layer_of_next = layer;
    }
    std::copy_n(now.begin() + static_cast<std::ptrdiff_t>(at(step.from) * words), words, candidate.begin());
    const auto one = one_of(staged, tally, layer, step);
    candidate[one.word] += one.add;
    auto* own = next.data() + at(step.to) * words;
    if (std::lexicographical_compare(own, own + words, candidate.begin(), candidate.end())) {
      std::copy(candidate.begin(), candidate.end(), own);
    }
    return true;
  });
  std::vector<std::uint64_t> largest(words, 0);
  for (std::size_t i = 0; i + words <= next.size(); i += words) {
    const auto* own = next.data() + i;
    if (std::lexicographical_compare(largest.begin(), largest.end(), own, own + words)) {
      std::copy_n(own, words, largest.begin());
    }
  }
  return largest;
}

std::vector<Choice> best_path(const Staged& staged, const Steps& steps, const Tally& tally) {
  const auto to_go = losses_to_go(steps);
  const auto words = tally.words();
  // Of each node the best step that leads there on a best path, and how often each promotion was used so far.
  std::vector<std::vector<const Steps::Step*>> came_by(steps.nodes.size());
  std::vector<std::uint64_t> tallies(words, 0);
  std::vector<char> reached{1};
  for (std::size_t layer = 0; layer < steps.layers.size(); ++layer) {
    const auto nodes = at(steps.nodes[layer + 1]);
    std::vector<std::uint64_t> next(nodes * words, 0);
    std::vector<std::uint64_t> candidate(words);
    came_by[layer + 1].assign(nodes, nullptr);
    for (const auto& step : steps.layers[layer]) {
      const auto after = to_go[layer + 1][at(step.to)];
      if (reached[at(step.from)] == 0 || after >= no_way) continue;
      if (step.loss + after != to_go[layer][at(step.from)]) continue;
      std::copy_n(tallies.begin() + static_cast<std::ptrdiff_t>(at(step.from) * words), words, candidate.begin());
      const auto one = one_of(staged, tally, layer, step);
      candidate[one.word] += one.add;
      auto* own = next.data() + at(step.to) * words;
      auto& best = came_by[layer + 1][at(step.to)];
      if (best != nullptr && !std::lexicographical_compare(own, own + words, candidate.begin(), candidate.end())) {
        continue;
      }
      best = &step;
      std::copy(candidate.begin(), candidate.end(), own);
    }
    reached.assign(nodes, 0);
    for (std::size_t n = 0; n < nodes; ++n) reached[n] = came_by[layer + 1][n] != nullptr ? 1 : 0;
    tallies.swap(next);
  }
  // Of several ends the best: they differ in nothing but how they were reached.
  std::size_t end = 0;
  const auto before = [&](std::size_t a, std::size_t b) {
    const auto* x = tallies.data() + a * words;
    const auto* y = tallies.data() + b * words;
    return std::lexicographical_compare(x, x + words, y, y + words);
  };
  for (std::size_t n = 1; n < reached.size(); ++n) {
    if (reached[n] != 0 && (reached[end] == 0 || before(end, n))) end = n;
  }
  std::vector<Choice> choices(steps.layers.size());
  for (auto layer = steps.layers.size(); layer-- > 0;) {
    const auto* step = came_by[layer + 1][end];
    choices[layer] = step->choice;
    end = at(step->from);
  }
  return choices;
}

}  // namespace lanekeeper::pricing
