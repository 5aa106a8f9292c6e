#include "pricing/component_refine.h"

#include <algorithm>
#include <unordered_map>

#include "pricing/code_table.h"
#include "pricing/offer_bundle.h"

namespace lanekeeper::pricing {
namespace {

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

// Lists of open applications cost as much as so many steps: to look one up, and to keep one that is new.
constexpr std::int64_t work_of_list = 2;
constexpr std::int64_t work_of_new_list = 10;
constexpr std::size_t entries_of_work = 4;  // and their entries, four as much as one step

class Refiner {
 public:
  Refiner(const Staged& staged, const Steps& steps, int offer, std::int64_t budget)
      : staged_(staged),
        steps_(steps),
        index_(offer),
        groups_(staged.component->offers[at(offer)].group_counts.size()),
        rules_(*staged.component, offer, staged.scale),
        budget_(budget),
        groups_of_class_(staged.component->classes.size(), 0),
        to_come_(groups_, 0) {
    for (std::size_t c = 0; c < groups_of_class_.size(); ++c) {
      for (const auto& how : staged.component->classes[c].offers) {
        if (how.offer == offer) groups_of_class_[c] = how.groups;
      }
    }
    for (const auto c : staged.order) count(groups_of_class_[at(c)], 1);
    first_step_.assign(at(steps.nodes) + 1, static_cast<int>(steps.steps.size()));
    for (auto i = steps.steps.size(); i-- > 0;) first_step_[at(steps.steps[i].from)] = static_cast<int>(i);
    for (auto node = first_step_.size() - 1; node-- > 0;) {
      first_step_[node] = std::min(first_step_[node], first_step_[node + 1]);
    }
  }

  std::optional<Steps> run(std::int64_t max_work, std::int64_t& work) {
    const auto work_before = work;
    max_work_ = max_work;
    now_ = {{0, number_of({}, 0), 0}};
    for (std::size_t layer = 0; layer < steps_.layers(); ++layer) {
      count(groups_of_class_[at(staged_.order[layer])], -1);
      out_.first_step.push_back(static_cast<int>(out_.steps.size()));
      out_.first_end = out_.nodes;
      next_.clear();
      known_.clear();
      for (std::size_t i = 0; i < now_.size() && spent_ <= max_work; ++i) {
        extend(now_[i], this_node_ + static_cast<int>(i), layer);
      }
      work = work_before + spent_;
      if (spent_ > max_work) return std::nullopt;
      this_node_ = out_.nodes;
      out_.nodes += static_cast<int>(next_.size());
      now_.swap(next_);
    }
    out_.finish();
    return std::move(out_);
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
    spent_ += work_of_list + static_cast<std::int64_t>(open.size() / entries_of_work);
    const auto [found, fresh] = numbers_.try_emplace(open, static_cast<int>(opens_.size()));
    if (!fresh) return found->second;
    spent_ += work_of_new_list;
    opens_.push_back({&found->first, least_loss});
    for (std::size_t g = 0; g < groups_; ++g) missing_.push_back(rules_.missing(open, g));
    return found->second;
  }
  // Can what is open still be completed with the units to come?
  [[nodiscard]] bool may_close(int open) const {
    const auto* missing = missing_.data() + at(open) * groups_;
    for (std::size_t g = 0; g < groups_; ++g) {
      if (missing[g] > to_come_[g]) return false;
    }
    return true;
  }

  void extend(const State& state, int from, std::size_t layer) {
    const auto unit_class = staged_.order[layer];
    const bool may_leave = groups_of_class_[at(unit_class)] == 0 || may_close(state.open);
    for (int s = first_step_[at(state.node)]; s < first_step_[at(state.node) + 1] && spent_ <= max_work_; ++s) {
      auto step = steps_.steps[at(s)];
      if (steps_.to_go[at(step.to)] >= Steps::no_way) continue;
      step.from = from;
      if (step.choice.offer == index_) {
        take(state, step, unit_class);
      } else if (may_leave && within(state.loss + step.loss, opens_[at(state.open)].least_loss, step.to)) {
        add({step.to, state.open, state.loss + step.loss}, step);
      }
    }
  }
  [[nodiscard]] bool within(std::int64_t loss, std::int64_t least_loss_of_open, int node) const {
    return loss + least_loss_of_open + steps_.to_go[at(node)] <= budget_;
  }

  // Every way of giving the unit to an open application or a new one.
  void take(const State& state, const Steps::Step& step, int unit_class) {
    const auto& open = *opens_[at(state.open)].uses;
    const auto open_loss = opens_[at(state.open)].least_loss;
    const auto group = static_cast<std::size_t>(step.choice.label);
    const auto price = staged_.component->classes[at(unit_class)].price;
    const auto gain = rules_.gains().of_class[at(unit_class)];
    rules_.for_each_place(open, group, [&](std::size_t place, const OpenUse& use) {
      const auto grown = rules_.grown(use, price, group);
      auto way = step;
      way.loss += gain - grown.gain + (grown.completes ? rules_.gains().of_completion : 0);
      auto least_loss = open_loss + (grown.completes ? 0 : rules_.least_loss(grown.use));
      if (place < open.size()) least_loss -= rules_.least_loss(use);
      if (!within(state.loss + way.loss, least_loss, way.to)) return;
      BundleUses::replace(open, place, grown, after_);
      const int after = number_of(after_, least_loss);
      if (!may_close(after)) return;
      way.choice.label = static_cast<int>(group + groups_ * place);
      add({way.to, after, state.loss + way.loss}, way);
    });
  }

  void add(const State& state, Steps::Step step) {
    auto& place = known_[static_cast<std::uint64_t>(state.node) << 32U | static_cast<std::uint32_t>(state.open)];
    if (place == CodeTable::absent) {
      place = static_cast<int>(next_.size());
      next_.push_back(state);
    } else {
      auto& least = next_[at(place)].loss;
      least = std::min(least, state.loss);
    }
    step.to = out_.nodes + place;
    out_.steps.push_back(step);
    ++spent_;
  }

  const Staged& staged_;
  const Steps& steps_;
  int index_;
  std::size_t groups_;
  BundleUses rules_;
  std::int64_t budget_;
  std::vector<std::uint32_t> groups_of_class_;
  std::vector<std::int64_t> to_come_;  // units of each group
  std::vector<int> first_step_;        // of each node
  struct Open {
    const OpenUses* uses = nullptr;
    std::int64_t least_loss = 0;
  };
  std::unordered_map<OpenUses, int, OpenUsesHash> numbers_;
  std::vector<Open> opens_;
  std::vector<std::int64_t> missing_;  // of each in turn, units of every group
  std::vector<State> now_;
  std::vector<State> next_;
  int this_node_ = 0;  // of the first of `now_`, among all
  CodeTable known_;
  Steps out_;
  OpenUses after_;
  std::int64_t max_work_ = 0;
  std::int64_t spent_ = 0;
};

// Calls each(layer, step) for every step on a path that loses at most the budget, layer by layer.
template <class Each>
void for_each_within(const Steps& steps, std::int64_t budget, const Each& each) {
  std::vector<std::int64_t> so_far(at(steps.nodes), Steps::no_way);
  so_far[0] = 0;
  for (std::size_t layer = 0; layer < steps.layers(); ++layer) {
    for (int s = steps.first_step[layer]; s < steps.first_step[layer + 1]; ++s) {
      const auto& step = steps.steps[at(s)];
      const auto before = so_far[at(step.from)];
      const auto after = steps.to_go[at(step.to)];
      if (before >= Steps::no_way || after >= Steps::no_way || before + step.loss + after > budget) continue;
      so_far[at(step.to)] = std::min(so_far[at(step.to)], before + step.loss);
      each(layer, step);
    }
  }
}

// The largest tally with which each node is reached, going by the steps that are given one after the other.
class Tallies {
 public:
  Tallies(const Staged& staged, const Steps& steps, const Tally& tally)
      : staged_(staged),
        tally_(tally),
        words_(tally.words()),
        reached_(at(steps.nodes), 0),
        tallies_(at(steps.nodes) * words_, 0),
        candidate_(words_) {
    reached_[0] = 1;
  }
  // True: the node that the step leads to was not reached by a larger one before.
  bool add(std::size_t layer, const Steps::Step& step) {
    if (reached_[at(step.from)] == 0) return false;
    std::copy_n(of(step.from), words_, candidate_.begin());
    Tally::One one;
    if (step.choice.offer < 0) one = tally_.of_baseline(at(staged_.order[layer]));
    if (step.completes) one = tally_.of_offer(at(step.choice.offer));
    candidate_[one.word] += one.add;
    auto* own = tallies_.data() + at(step.to) * words_;
    if (reached_[at(step.to)] != 0 &&
        !std::lexicographical_compare(own, own + words_, candidate_.begin(), candidate_.end())) {
      return false;
    }
    reached_[at(step.to)] = 1;
    std::copy(candidate_.begin(), candidate_.end(), own);
    return true;
  }
  [[nodiscard]] bool is_reached(int node) const { return reached_[at(node)] != 0; }
  [[nodiscard]] const std::uint64_t* of(int node) const { return tallies_.data() + at(node) * words_; }
  // Of the ends that were reached the one with the largest; -1: none.
  [[nodiscard]] int best_end(const Steps& steps) const {
    int best = -1;
    for (int node = steps.first_end; node < steps.nodes; ++node) {
      if (!is_reached(node)) continue;
      if (best < 0 || std::lexicographical_compare(of(best), of(best) + words_, of(node), of(node) + words_)) {
        best = node;
      }
    }
    return best;
  }

 private:
  const Staged& staged_;
  const Tally& tally_;
  std::size_t words_;
  std::vector<char> reached_;
  std::vector<std::uint64_t> tallies_;  // of each node in turn
  std::vector<std::uint64_t> candidate_;
};

}  // namespace

std::optional<Steps> refined(const Staged& staged, const Steps& steps, int offer, std::int64_t budget,
                             std::int64_t max_work, std::int64_t& work) {
  return Refiner(staged, steps, offer, budget).run(max_work, work);
}

std::vector<char> used_offers(const Staged& staged, const Steps& steps, std::int64_t budget) {
  std::vector<char> used(staged.component->offers.size(), 0);
  for_each_within(steps, budget, [&](std::size_t, const Steps::Step& step) {
    if (step.choice.offer >= 0) used[at(step.choice.offer)] = 1;
  });
  return used;
}

std::vector<std::uint64_t> largest_tally(const Staged& staged, const Steps& steps, const Tally& tally,
                                         std::int64_t budget) {
  Tallies tallies(staged, steps, tally);
  for_each_within(steps, budget, [&](std::size_t layer, const Steps::Step& step) { tallies.add(layer, step); });
  const int end = tallies.best_end(steps);
  if (end < 0) return std::vector<std::uint64_t>(tally.words(), 0);
  return {tallies.of(end), tallies.of(end) + tally.words()};
}

std::vector<Choice> best_path(const Staged& staged, const Steps& steps, const Tally& tally) {
  Tallies tallies(staged, steps, tally);
  std::vector<const Steps::Step*> came_by(at(steps.nodes), nullptr);
  for (std::size_t layer = 0; layer < steps.layers(); ++layer) {
    for (int s = steps.first_step[layer]; s < steps.first_step[layer + 1]; ++s) {
      const auto& step = steps.steps[at(s)];
      const auto after = steps.to_go[at(step.to)];
      if (after >= Steps::no_way || step.loss + after != steps.to_go[at(step.from)]) continue;
      if (tallies.add(layer, step)) came_by[at(step.to)] = &step;
    }
  }
  std::vector<Choice> choices(steps.layers());
  int node = tallies.best_end(steps);
  for (auto layer = choices.size(); layer-- > 0;) {
    const auto* step = came_by[at(node)];
    choices[layer] = step->choice;
    node = step->from;
  }
  return choices;
}

}  // namespace lanekeeper::pricing
