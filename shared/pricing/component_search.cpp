// The exact search. Units are looked at one after the other; a partial choice is the tuple of the nodes in which the
// offers' graphs stand, and partial choices with the same tuple are one: the better stays. Each carries how far it
// falls short of the upper bound (component_bound.h); what falls shorter than the best plan known cannot become better
// and is dropped. A pass keeps at most `width` partial choices; when it had to leave some out, what it found only
// narrows the gap for the next, wider pass. The first pass that leaves nothing out is exact, ties included.
// Bundles whose saving depends on what stands together are known from above at first; then what a complete pass leaves
// is refined (component_refine.h).
#include <algorithm>
#include <memory>
#include <tuple>

#include "pricing/component_greedy.h"
#include "pricing/component_order.h"
#include "pricing/component_pass.h"
#include "pricing/component_refine.h"

namespace lanekeeper::pricing {
namespace {

constexpr std::size_t max_graph_nodes = 1'000'000;  // of a component, with edges

// What is tried in turn: graphs merged up to a width, the bound lowered for so many rounds, then a pass that looks at
// everything while that is at most `pass_width` partial choices at a time, and from then on at the best `beam`.
struct Effort {
  int merged_width = 0;
  int rounds = 0;
  std::size_t pass_width = 0;
  std::size_t beam = 0;
};
constexpr Effort efforts[] = {{0, 0, 8, 8},
                              {0, 16, 16, 8},
                              {0, 12, 32, 12},
                              {60, 16, 128, 16},
                              {250, 16, 512, 64},
                              {400, 20, 2'048, 256},
                              {1000, 40, 16'384, 2'048},
                              {2000, 60, 65'536, 8'192},
                              {2000, 0, 1'000'000, 65'536}};

constexpr std::int64_t nodes_per_choice = 8;  // so many nodes of the bound cost as much as one partial choice

// Merges graphs that want the same units, those first where most is at stake, while the result stays narrow.
void merge_graphs(Staged& staged, const Bound& bound, int widest) {
  constexpr std::size_t max_merged_nodes = 200'000;
  auto& graphs = staged.graphs;
  const auto count = graphs.size();
  std::vector<std::int64_t> conflicts(count * count);
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = 0; b < count; ++b) conflicts[a * count + b] = a == b ? 0 : bound.conflict(a, b);
  }
  std::vector<int> widths;
  widths.reserve(count);
  for (const auto& graph : graphs) widths.push_back(width_of(graph));
  std::vector<char> gone(count, 0);
  while (true) {
    std::int64_t most = 0;
    std::size_t first = 0;
    std::size_t second = 0;
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = a + 1; b < count; ++b) {
        if (conflicts[a * count + b] <= most || std::int64_t{widths[a]} * widths[b] > widest) continue;
        most = conflicts[a * count + b];
        first = a;
        second = b;
      }
    }
    if (most == 0) break;
    auto both = merged(graphs[first], graphs[second], max_merged_nodes);
    conflicts[first * count + second] = 0;
    if (!both) continue;
    graphs[first] = std::move(*both);
    widths[first] = width_of(graphs[first]);
    gone[second] = 1;
    for (std::size_t other = 0; other < count; ++other) {
      const auto sum = conflicts[first * count + other] + conflicts[second * count + other];
      conflicts[first * count + other] = conflicts[other * count + first] = other == first ? 0 : sum;
      conflicts[second * count + other] = conflicts[other * count + second] = 0;
    }
  }
  std::size_t kept = 0;
  for (std::size_t g = 0; g < count; ++g) {
    if (gone[g] == 0 && kept++ != g) graphs[kept - 1] = std::move(graphs[g]);
  }
  graphs.resize(kept);
}

struct PassAsked {
  std::size_t width = 0;
  std::size_t beam = 0;
  std::int64_t gap = 0;
  std::int64_t max_work = 0;
  bool keeps_steps = false;
};

template <std::size_t words>
PassOutcome pass(const Staged& staged, const Bound& bound, const Tally& tally, const KeyLayout& layout,
                 const PassAsked& asked) {
  return Pass<words>(staged, bound, tally, layout, asked.gap)
      .run(asked.width, asked.beam, asked.max_work, asked.keeps_steps);
}

PassOutcome pass(const Staged& staged, const Bound& bound, const Tally& tally, const PassAsked& asked) {
  const KeyLayout layout(staged);
  if (layout.words <= 1) return pass<1>(staged, bound, tally, layout, asked);
  if (layout.words <= 2) return pass<2>(staged, bound, tally, layout, asked);
  if (layout.words <= 4) return pass<4>(staged, bound, tally, layout, asked);
  if (layout.words <= 16) return pass<16>(staged, bound, tally, layout, asked);
  PassOutcome none;  // hundreds of offers in one knot
  none.complete = false;
  return none;
}

std::vector<Use> uses_of(const Staged& staged, const std::vector<Choice>& choices, const std::vector<char>& refined) {
  std::vector<std::vector<Step>> steps(staged.component->offers.size());
  for (std::size_t stage = 0; stage < choices.size(); ++stage) {
    const auto& choice = choices[stage];
    if (choice.offer >= 0) steps[static_cast<std::size_t>(choice.offer)].push_back({staged.order[stage], choice.label});
  }
  std::vector<Use> uses;
  for (std::size_t offer = 0; offer < steps.size(); ++offer) {
    if (steps[offer].empty()) continue;
    auto own = uses_of_path(*staged.component, static_cast<int>(offer), steps[offer], refined[offer] != 0);
    uses.insert(uses.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  }
  return uses;
}

class Search {
 public:
  Search(Staged& staged, std::int64_t max_work)
      : staged_(staged),
        tally_(*staged.component),
        bound_(std::make_unique<Bound>(staged)),
        refined_(staged.component->offers.size(), 0),
        max_work_(max_work) {}

  ComponentSolution run() {
    const auto begun = bound_->one_after_the_other();
    consider(uses_of(staged_, begun.choices, refined_));
    int width_so_far = 0;
    for (const auto& effort : efforts) {
      if (effort.merged_width > width_so_far) narrow_graphs(effort.merged_width);
      width_so_far = effort.merged_width;
      const bool is_first = effort.pass_width == efforts[0].pass_width;
      if (is_first && bound_->value() > begun.value) continue;  // only where offers hardly meet
      bound_->improve(effort.rounds, best_value_);
      const auto outcome = pass_of(effort);
      conclude(outcome);
      if (outcome.complete || work() >= max_work_) break;
    }
    return {std::move(best_), optimal_, work()};
  }

 private:
  [[nodiscard]] std::int64_t work() const { return passed_ + bound_->work() / nodes_per_choice; }

  // Scaled; what the units bring that are in none of the uses is in it.
  [[nodiscard]] std::int64_t value_of(const std::vector<Use>& uses) const {
    std::int64_t value = 0;
    for (const auto c : staged_.order) value += staged_.baseline(c);
    for (const auto& use : uses) {
      value += saving_of_use(*staged_.component, use) * staged_.scale - 1;
      for (const auto c : use.classes) value -= staged_.baseline(c);
    }
    return value;
  }
  // Of plans that are worth the same the first counts, unless a later one is known to be the best.
  std::int64_t consider(std::vector<Use> uses, bool is_best = false) {
    const auto value = value_of(uses);
    if (!has_best_ || value > best_value_ || (is_best && value == best_value_)) {
      best_ = std::move(uses);
      best_value_ = value;
      has_best_ = true;
    }
    return value;
  }

  // Leaves out what cannot be part of a better plan, and merges what remains.
  void narrow_graphs(int widest) {
    for (std::size_t graph = 0; graph < staged_.graphs.size(); ++graph) {
      staged_.graphs[graph] = pruned(staged_, *bound_, graph, bound_->value() - best_value_);
    }
    merge_graphs(staged_, *bound_, widest);
    bound_ = std::make_unique<Bound>(staged_, *bound_);
  }

  PassOutcome pass_of(const Effort& effort) {
    const auto gap = bound_->value() - best_value_;
    auto outcome =
        pass(staged_, *bound_, tally_, {effort.pass_width, effort.beam, gap, max_work_ - work(), !staged_.is_exact()});
    passed_ += outcome.work;
    return outcome;
  }

  void conclude(const PassOutcome& outcome) {
    if (!outcome.plan) {
      optimal_ = outcome.complete;
      return;
    }
    const auto value = consider(uses_of(staged_, outcome.plan->choices, refined_), false);
    if (!outcome.complete) return;
    if (value == outcome.plan->value) {
      // What bundles bring was not overrated in this plan, and can only be overrated in others.
      consider(uses_of(staged_, outcome.plan->choices, refined_), true);
      optimal_ = true;
      return;
    }
    refine(outcome.steps);
  }

  // Looks for what is better than the best plan known; where that takes long, first for what really saves as much as
  // the steps say, then for a fen less, and so on. What saves so many fen more than the best plan with as many
  // applications loses exactly so many fen less.
  void refine(const Steps& steps) {
    constexpr std::int64_t little_work = 200'000;
    constexpr int single_fen = 8;  // so many are tried one by one; where the gap is wide the strides grow
    const auto limit = bound_->value() - best_value_;
    auto fen = (limit - steps.least_loss()) / staged_.scale;
    auto found = tell_apart(steps, limit - 1, little_work);
    std::int64_t stride = 1;
    for (int tried = 1; found == Found::too_much && fen > 0; ++tried, fen -= stride) {
      found = tell_apart(steps, limit - fen * staged_.scale, max_work_);
      if (found == Found::nothing) found = Found::too_much;  // in less than the budget
      if (work() >= max_work_) return;
      if (tried >= single_fen) stride *= 2;
    }
    if (found == Found::too_much) found = tell_apart(steps, limit - 1, max_work_);
    optimal_ = found == Found::best;
    if (found != Found::nothing) return;
    // Others may be as good as the best plan and of smaller ids, which asks for a closer look only where the steps may
    // have such at all.
    optimal_ = largest_tally(staged_, steps, tally_, limit) <= tally_.of(*staged_.component, best_) ||
               tell_apart(steps, limit, max_work_) == Found::best;
  }

  // What it costs to go through all steps once.
  static std::int64_t look_at(const Steps& steps) {
    return 1 + static_cast<std::int64_t>(steps.steps.size()) / nodes_per_choice;
  }

  enum class Found { best, nothing, too_much };

  // Tells the applications of one bundle after the other apart in what loses at most the budget, and takes the best.
  Found tell_apart(const Steps& all, std::int64_t budget, std::int64_t most_work) {
    std::fill(refined_.begin(), refined_.end(), 0);
    std::optional<Steps> closer;
    passed_ += look_at(all);
    if (all.least_loss() > budget) return Found::nothing;
    for (std::size_t offer = 0; offer < refined_.size(); ++offer) {
      const auto& steps = closer ? *closer : all;
      if (staged_.is_overrated[offer] == 0 || used_offers(staged_, steps, budget)[offer] == 0) continue;
      passed_ += look_at(steps);
      closer =
          refined(staged_, steps, static_cast<int>(offer), budget, std::min(most_work, max_work_ - work()), passed_);
      if (!closer) return Found::too_much;
      refined_[offer] = 1;
      if (closer->least_loss() > budget) return Found::nothing;
      consider(uses_of(staged_, best_path(staged_, *closer, tally_), refined_));
      budget = std::min(budget, bound_->value() - best_value_);
    }
    consider(uses_of(staged_, best_path(staged_, closer ? *closer : all, tally_), refined_), true);
    return Found::best;
  }

  Staged& staged_;
  Tally tally_;
  std::unique_ptr<Bound> bound_;
  std::vector<char> refined_;  // of each offer: labels tell its applications apart
  std::int64_t max_work_;
  std::int64_t passed_ = 0;
  std::vector<Use> best_;
  std::int64_t best_value_ = 0;
  bool has_best_ = false;
  bool optimal_ = false;
};

// Of an offer that takes nothing.
OfferGraph untouched_graph() {
  OfferGraph graph;
  graph.first_node = {0, 1};
  graph.first_edge = {0, 0};
  graph.accepts = {true};
  return graph;
}

}  // namespace

ComponentSolution solve(const Component& component, std::int64_t max_work) {
  Staged staged;
  staged.component = &component;
  staged.order = search_order(component);
  staged.scale = static_cast<std::int64_t>(staged.order.size()) + 1;
  staged.is_overrated.assign(component.offers.size(), 0);
  std::size_t nodes_left = max_graph_nodes;
  bool is_whole = true;
  for (std::size_t offer = 0; offer < component.offers.size(); ++offer) {
    auto graph = build_graph(component, static_cast<int>(offer), staged.order, staged.scale, nodes_left);
    if (!graph) {
      // Too much to look at: the search does without this offer, the greedy ways below do not.
      is_whole = false;
      staged.graphs.push_back(untouched_graph());
      continue;
    }
    if (!graph->is_exact) staged.is_overrated[offer] = 1;
    nodes_left -= std::min(nodes_left, static_cast<std::size_t>(graph->nodes()) + graph->edges.size());
    staged.graphs.push_back(std::move(*graph));
  }
  auto solution = Search(staged, max_work).run();
  solution.optimal = solution.optimal && is_whole;
  if (!solution.optimal) {
    drop_losses(component, solution.uses);
    auto other = greedy(component);
    if (gain_of(component, other) > gain_of(component, solution.uses)) solution.uses = std::move(other);
  }
  return solution;
}

}  // namespace lanekeeper::pricing
