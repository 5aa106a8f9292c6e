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
        gains_(bundle_gains(*staged.component, offer, staged.scale)),
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
    now_ = {{0, number_of({}), 0}};
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

  int number_of(const OpenUses& open) {
    const auto [found, fresh] = numbers_.try_emplace(open, static_cast<int>(opens_.size()));
    if (fresh) opens_.push_back({&found->first, rules_.ahead(open)});
    return found->second;
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
    const bool may_leave = !is_touched || rules_.may_close(*opens_[at(state.open)].uses, to_come_);
    for (int s = first_step_[at(state.node)]; s < first_step_[at(state.node) + 1]; ++s) {
      auto step = steps_.layers[layer][at(s)];
      step.from = from;
      if (step.choice.offer != index_) {
        if (may_leave) add({step.to, state.open, state.loss + step.loss}, step, layer);
        continue;
      }
      const auto to = step.to;
      const auto loss = step.loss;
      const auto group = static_cast<std::size_t>(step.choice.label);
      rules_.for_each_way(*opens_[at(state.open)].uses, price, group, way_, [&](const BundleUses::Way& way) {
        if (!rules_.may_close(way.open, to_come_)) return;
        step.choice.label = static_cast<int>(group + offer_.group_counts.size() * way.place);
        step.loss = loss + gains_.of_class[at(unit_class)] - way.gain + (way.completes ? gains_.of_completion : 0);
        add({to, number_of(way.open), state.loss + step.loss}, step, layer);
      });
    }
  }

  void add(const State& state, Steps::Step step, std::size_t layer) {
    const auto to_go = to_go_[layer + 1][at(state.node)];
    if (to_go >= no_way || state.loss + opens_[at(state.open)].ahead + to_go > budget_) return;
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
  BundleGains gains_;
  BundleUses rules_;
  std::int64_t budget_;
  Losses to_go_;
  std::vector<std::uint32_t> groups_of_class_;
  std::vector<std::int64_t> to_come_;  // units of each group
  struct Open {
    const OpenUses* uses = nullptr;
    std::int64_t ahead = 0;
  };
  std::unordered_map<OpenUses, int, OpenUsesHash> numbers_;
  std::vector<Open> opens_;
  std::vector<State> now_;
  std::vector<State> next_;
  CodeTable known_;
  std::vector<int> first_step_;  // of each node of the layer
  std::vector<Steps::Step>* kept_ = nullptr;
  BundleUses::Way way_;
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

bool is_used(const Steps& steps, int offer, std::int64_t budget) {
  const auto to_go = losses_to_go(steps);
  std::vector<std::int64_t> so_far{0};
  for (std::size_t layer = 0; layer < steps.layers.size(); ++layer) {
    std::vector<std::int64_t> next(at(steps.nodes[layer + 1]), no_way);
    for (const auto& step : steps.layers[layer]) {
      const auto loss = so_far[at(step.from)] + step.loss;
      if (so_far[at(step.from)] >= no_way || to_go[layer + 1][at(step.to)] >= no_way) continue;
      if (step.choice.offer == offer && loss + to_go[layer + 1][at(step.to)] <= budget) return true;
      next[at(step.to)] = std::min(next[at(step.to)], loss);
    }
    so_far.swap(next);
  }
  return false;
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
      Tally::One one;
      if (step.choice.offer < 0) one = tally.of_baseline(at(staged.order[layer]));
      if (step.completes) one = tally.of_offer(at(step.choice.offer));
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
