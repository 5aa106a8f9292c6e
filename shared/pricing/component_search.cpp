// The exact search. Units are looked at one after the other; a partial choice is the tuple of the nodes in which the
// offers' graphs stand, and partial choices with the same tuple are one: the better stays. Each carries how far it
// falls short of the upper bound (component_bound.h); what falls shorter than the best plan known cannot become better
// and is dropped. A pass keeps at most `width` partial choices; when it had to leave some out, what it found only
// narrows the gap for the next, wider pass. The first pass that leaves nothing out is exact, ties included.
#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <tuple>

#include "pricing/component_bound.h"
#include "pricing/component_greedy.h"
#include "pricing/component_order.h"

namespace lanekeeper::pricing {
namespace {

constexpr std::size_t max_graph_nodes = 1'000'000;  // of a component, with edges

template <std::size_t words>
using Key = std::array<std::uint64_t, words>;

template <std::size_t words>
std::uint64_t hash_of(const Key<words>& key) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL;
  for (const auto word : key) {
    hash = (hash ^ word) * 0xD6E8FEB86659FD93ULL;
    hash ^= hash >> 32U;
  }
  return hash;
}

struct Field {
  std::size_t word = 0;
  unsigned shift = 0;
  std::uint64_t mask = 0;
};

// Fields of so many bits each, packed into words without crossing from one to the next.
class FieldPacker {
 public:
  Field add(std::uint64_t largest) {
    const auto bits = std::max(1U, static_cast<unsigned>(std::bit_width(largest)));
    if (used_ + bits > 64) {
      ++word_;
      used_ = 0;
    }
    const Field field{word_, used_, bits == 64 ? ~0ULL : (1ULL << bits) - 1};
    used_ += bits;
    return field;
  }
  [[nodiscard]] std::size_t words() const { return word_ + 1; }

 private:
  std::size_t word_ = 0;
  unsigned used_ = 0;
};

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

 private:
  std::uint64_t units_ = 0;
  std::size_t per_word_ = 1;
  std::size_t words_ = 1;
  std::vector<One> offers_;
  std::vector<One> classes_;
};

// Partial choices that have looked at the same units.
template <std::size_t words>
struct Front {
  struct Entry {
    Key<words> key{};
    std::int64_t short_of = 0;  // the bound
    int parent = 0;             // in the front before
    Choice choice;
  };
  std::vector<Entry> entries;
  std::vector<std::uint64_t> tallies;  // of each entry in turn

  void clear() {
    entries.clear();
    tallies.clear();
  }
};

struct TraceStep {
  int parent = 0;
  Choice choice;
};

template <std::size_t words>
class Pass {
 public:
  Pass(const Staged& staged, const Bound& bound, const Tally& tally, const std::vector<Field>& fields)
      : staged_(staged), bound_(bound), tally_(tally), fields_(fields), touched_(staged.order.size()) {
    for (std::size_t graph = 0; graph < staged.graphs.size(); ++graph) {
      const auto& stages = staged.graphs[graph].stages;
      for (std::size_t layer = 0; layer < stages.size(); ++layer) {
        touched_[static_cast<std::size_t>(stages[layer])].push_back({graph, layer, 0, 0, 0, false});
      }
    }
  }

  struct Outcome {
    std::optional<Plan> plan;  // the best that was found, when it is at least as good as the gap asks
    bool complete = true;      // nothing was left out
    std::int64_t work = 0;
  };

  // gap: how far short of the bound a plan may fall. Stops when more than max_work partial choices were made.
  Outcome run(std::size_t width, std::int64_t gap, std::int64_t max_work) {
    Outcome outcome;
    gap_ = gap;
    now_.clear();
    now_.entries.push_back({});
    now_.tallies.assign(tally_.words(), 0);
    trace_.clear();
    for (std::size_t stage = 0; stage < staged_.order.size(); ++stage) {
      next_.clear();
      reset_table(now_.entries.size());
      for (std::size_t i = 0; i < now_.entries.size(); ++i) {
        extend(static_cast<int>(i), stage, outcome.work);
        if (outcome.work > max_work) {
          outcome.complete = false;
          return outcome;
        }
      }
      if (next_.entries.size() > width) {
        outcome.complete = false;
        narrow(width);
      }
      if (next_.entries.empty()) return outcome;
      auto& steps = trace_.emplace_back();
      steps.reserve(next_.entries.size());
      for (const auto& entry : next_.entries) steps.push_back({entry.parent, entry.choice});
      std::swap(now_, next_);
    }
    outcome.plan = plan_of(now_.entries.front());
    return outcome;
  }

 private:
  struct Touch {
    std::size_t graph = 0;
    std::size_t layer = 0;
    int node = 0;                 // of the choice that is extended
    std::int64_t to_go = 0;       // from there
    std::int64_t skip_short = 0;  // what leaving the unit falls short
    bool must_take = false;
  };

  void extend(int parent, std::size_t stage, std::int64_t& work) {
    auto& touches = touched_[stage];
    const auto entry = now_.entries[static_cast<std::size_t>(parent)];
    auto key = entry.key;
    std::int64_t short_of = entry.short_of;
    int must_take = 0;
    for (auto& touch : touches) {
      locate(touch, entry.key, key);
      must_take += touch.must_take ? 1 : 0;
      short_of += touch.skip_short;
    }
    const auto c = staged_.order[stage];
    const auto price = bound_.price(c);
    const auto* tally = now_.tallies.data() + static_cast<std::size_t>(parent) * tally_.words();
    if (must_take == 0) {
      ++work;
      const auto baseline_short = short_of + price - staged_.baseline(c);
      add({key, baseline_short, parent, {}}, tally, tally_.of_baseline(static_cast<std::size_t>(c)));
    }
    for (const auto& touch : touches) {
      if (must_take > (touch.must_take ? 1 : 0)) continue;
      take(touch, {key, short_of - touch.skip_short, parent, {}}, price, tally, work);
    }
  }

  // Where the offer stands, and where leaving the unit leads.
  void locate(Touch& touch, const Key<words>& from, Key<words>& key) const {
    const auto& graph = staged_.graphs[touch.graph];
    const auto& field = fields_[touch.graph];
    const auto local = from[field.word] >> field.shift & field.mask;
    touch.node = graph.first_node[touch.layer] + static_cast<int>(local);
    touch.to_go = bound_.to_go(static_cast<int>(touch.graph), touch.node);
    const auto skip = graph.skip_to[static_cast<std::size_t>(touch.node)];
    const auto after = skip < 0 ? unreachable : bound_.to_go(static_cast<int>(touch.graph), skip);
    touch.must_take = !is_reachable(after);
    touch.skip_short = touch.must_take ? 0 : touch.to_go - after;
    if (!touch.must_take) put(key, touch, skip);
  }

  void put(Key<words>& key, const Touch& touch, int node) const {
    const auto& field = fields_[touch.graph];
    const auto& graph = staged_.graphs[touch.graph];
    // At its end all that an offer may have become is one: over.
    const bool over = touch.layer + 1 == graph.stages.size();
    const auto local = over ? 0 : static_cast<std::uint64_t>(node - graph.first_node[touch.layer + 1]);
    key[field.word] = (key[field.word] & ~(field.mask << field.shift)) | local << field.shift;
  }

  using Entry = typename Front<words>::Entry;

  void take(const Touch& touch, Entry base, std::int64_t price, const std::uint64_t* tally, std::int64_t& work) {
    const auto& graph = staged_.graphs[touch.graph];
    const auto node = static_cast<std::size_t>(touch.node);
    for (int e = graph.first_edge[node]; e < graph.first_edge[node + 1]; ++e) {
      const auto& edge = graph.edges[static_cast<std::size_t>(e)];
      const auto after = bound_.to_go(static_cast<int>(touch.graph), edge.to);
      if (!is_reachable(after)) continue;
      ++work;
      Entry entry = base;
      entry.short_of += touch.to_go - (edge.gain - price + after);
      if (entry.short_of > gap_) continue;
      entry.choice = {edge.offer, edge.label};
      put(entry.key, touch, edge.to);
      add(entry, tally, edge.completes ? tally_.of_offer(static_cast<std::size_t>(edge.offer)) : Tally::One{});
    }
  }

  void reset_table(std::size_t expected) {
    const auto size = std::bit_ceil(std::max<std::size_t>(expected * 4, 64));
    if (table_.size() < size) {
      table_.assign(size, -1);
    } else {
      std::fill(table_.begin(), table_.end(), -1);
    }
  }
  void grow_table() {
    table_.assign(table_.size() * 2, -1);
    for (std::size_t i = 0; i < next_.entries.size(); ++i) *slot(next_.entries[i].key) = static_cast<int>(i);
  }
  // Where the key stands or would stand.
  int* slot(const Key<words>& key) {
    auto at = hash_of(key) & (table_.size() - 1);
    while (table_[at] >= 0 && next_.entries[static_cast<std::size_t>(table_[at])].key != key) {
      at = (at + 1) & (table_.size() - 1);
    }
    return &table_[at];
  }

  void add(const Entry& entry, const std::uint64_t* tally, Tally::One one) {
    if (entry.short_of > gap_) return;
    if (next_.entries.size() * 2 >= table_.size()) grow_table();
    int* found = slot(entry.key);
    const auto count = tally_.words();
    scratch_.assign(tally, tally + count);
    scratch_[one.word] += one.add;
    if (*found < 0) {
      *found = static_cast<int>(next_.entries.size());
      next_.entries.push_back(entry);
      next_.tallies.insert(next_.tallies.end(), scratch_.begin(), scratch_.end());
      return;
    }
    auto& there = next_.entries[static_cast<std::size_t>(*found)];
    auto* there_tally = next_.tallies.data() + static_cast<std::size_t>(*found) * count;
    if (entry.short_of > there.short_of) return;
    const bool as_short = entry.short_of == there.short_of;
    if (as_short && !std::lexicographical_compare(there_tally, there_tally + count, scratch_.begin(), scratch_.end())) {
      return;
    }
    there = entry;
    std::copy(scratch_.begin(), scratch_.end(), there_tally);
  }

  // Keeps the best; which is decided without regard to the order they came in.
  void narrow(std::size_t width) {
    std::vector<int> places(next_.entries.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<int>(i);
    const auto before = [&](int a, int b) {
      const auto& x = next_.entries[static_cast<std::size_t>(a)];
      const auto& y = next_.entries[static_cast<std::size_t>(b)];
      return x.short_of != y.short_of ? x.short_of < y.short_of : x.key < y.key;
    };
    std::nth_element(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(width), places.end(), before);
    places.resize(width);
    std::sort(places.begin(), places.end());
    const auto count = tally_.words();
    for (std::size_t i = 0; i < width; ++i) {
      const auto from = static_cast<std::size_t>(places[i]);
      next_.entries[i] = next_.entries[from];
      std::copy_n(next_.tallies.begin() + static_cast<std::ptrdiff_t>(from * count), count,
                  next_.tallies.begin() + static_cast<std::ptrdiff_t>(i * count));
    }
    next_.entries.resize(width);
    next_.tallies.resize(width * count);
  }

  Plan plan_of(const Entry& end) const {
    Plan plan;
    plan.value = bound_.value() - end.short_of;
    plan.choices.resize(trace_.size());
    int at = 0;
    for (auto stage = trace_.size(); stage-- > 0;) {
      const auto& step = trace_[stage][static_cast<std::size_t>(at)];
      plan.choices[stage] = step.choice;
      at = step.parent;
    }
    return plan;
  }

  const Staged& staged_;
  const Bound& bound_;
  const Tally& tally_;
  const std::vector<Field>& fields_;
  std::vector<std::vector<Touch>> touched_;
  std::int64_t gap_ = 0;
  Front<words> now_;
  Front<words> next_;
  std::vector<int> table_;
  std::vector<std::uint64_t> scratch_;
  std::vector<std::vector<TraceStep>> trace_;
};

struct Found {
  Plan plan;
  bool optimal = false;
  std::int64_t work = 0;
};

// What is tried in turn: graphs merged up to a width, the bound lowered for so many rounds, a pass of a width.
struct Effort {
  int merged_width = 0;
  int rounds = 0;
  std::size_t pass_width = 0;
};
constexpr Effort efforts[] = {{0, 0, 8},       {0, 16, 16},     {0, 12, 48},        {60, 16, 192},
                              {250, 20, 1024}, {400, 40, 8192}, {1000, 60, 65'536}, {1000, 0, 1'000'000}};

constexpr std::int64_t nodes_per_choice = 8;  // so many nodes of the bound cost as much as one partial choice

// Merges the graphs that touch most units together, again and again, while the result stays narrow.
bool merge_graphs(Staged& staged, int widest) {
  constexpr std::size_t max_merged_nodes = 200'000;
  auto& graphs = staged.graphs;
  bool any = false;
  while (true) {
    int most = 0;
    std::size_t first = 0;
    std::size_t second = 0;
    for (std::size_t a = 0; a < graphs.size(); ++a) {
      for (std::size_t b = a + 1; b < graphs.size(); ++b) {
        if (width_of(graphs[a]) * width_of(graphs[b]) > widest) continue;
        const int shared = shared_units(graphs[a], graphs[b]);
        if (shared <= most) continue;
        most = shared;
        first = a;
        second = b;
      }
    }
    if (most == 0) return any;
    auto both = merged(graphs[first], graphs[second], max_merged_nodes);
    if (!both) return any;
    graphs[first] = std::move(*both);
    graphs.erase(graphs.begin() + static_cast<std::ptrdiff_t>(second));
    any = true;
  }
}

template <std::size_t words>
auto pass(const Staged& staged, const Bound& bound, const Tally& tally, const std::vector<Field>& fields,
          std::size_t width, std::int64_t gap, std::int64_t max_work) {
  auto outcome = Pass<words>(staged, bound, tally, fields).run(width, gap, max_work);
  return std::tuple(std::move(outcome.plan), outcome.complete, outcome.work);
}

auto pass(const Staged& staged, const Bound& bound, const Tally& tally, std::size_t width, std::int64_t gap,
          std::int64_t max_work) {
  std::vector<Field> fields;
  FieldPacker packer;
  for (const auto& graph : staged.graphs) fields.push_back(packer.add(static_cast<std::uint64_t>(width_of(graph) - 1)));
  if (packer.words() <= 1) return pass<1>(staged, bound, tally, fields, width, gap, max_work);
  if (packer.words() <= 2) return pass<2>(staged, bound, tally, fields, width, gap, max_work);
  if (packer.words() <= 4) return pass<4>(staged, bound, tally, fields, width, gap, max_work);
  if (packer.words() <= 16) return pass<16>(staged, bound, tally, fields, width, gap, max_work);
  return decltype(pass<1>(staged, bound, tally, fields, width, gap, max_work)){};  // hundreds of offers in one knot
}

Found search(Staged& staged, std::int64_t max_work) {
  const Tally tally(*staged.component);
  auto bound = std::make_unique<Bound>(staged);
  Found found{bound->one_after_the_other(), false, 0};
  int width_so_far = 0;
  std::int64_t passed = 0;
  for (const auto& effort : efforts) {
    if (effort.merged_width > width_so_far && merge_graphs(staged, effort.merged_width)) {
      bound = std::make_unique<Bound>(staged, *bound);
    }
    width_so_far = effort.merged_width;
    const bool is_first = effort.pass_width == efforts[0].pass_width;
    if (is_first && bound->value() > found.plan.value) continue;  // only where offers hardly meet
    bound->improve(effort.rounds, found.plan.value);
    auto [plan, complete, work] =
        pass(staged, *bound, tally, effort.pass_width, bound->value() - found.plan.value, max_work - found.work);
    found.work = passed += work;
    found.work += bound->work() / nodes_per_choice;
    if (plan && (complete || plan->value > found.plan.value)) found.plan = std::move(*plan);
    found.optimal = complete;
    if (complete || found.work >= max_work) break;
  }
  return found;
}

std::vector<Use> uses_of(const Staged& staged, const Plan& plan) {
  std::vector<std::vector<Step>> steps(staged.component->offers.size());
  for (std::size_t stage = 0; stage < plan.choices.size(); ++stage) {
    const auto& choice = plan.choices[stage];
    if (choice.offer >= 0) steps[static_cast<std::size_t>(choice.offer)].push_back({staged.order[stage], choice.label});
  }
  std::vector<Use> uses;
  for (std::size_t offer = 0; offer < steps.size(); ++offer) {
    auto own = uses_of_path(*staged.component, static_cast<int>(offer), steps[offer]);
    uses.insert(uses.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  }
  return uses;
}

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
  std::size_t nodes_left = max_graph_nodes;
  bool is_exact = true;
  for (std::size_t offer = 0; offer < component.offers.size(); ++offer) {
    auto graph = build_graph(component, static_cast<int>(offer), staged.order, staged.scale, nodes_left);
    if (!graph) {
      // Too much to look at: the search does without this offer, the greedy ways below do not.
      is_exact = false;
      staged.graphs.push_back(untouched_graph());
      continue;
    }
    nodes_left -= std::min(nodes_left, static_cast<std::size_t>(graph->nodes()) + graph->edges.size());
    is_exact = is_exact && graph->is_exact;
    staged.graphs.push_back(std::move(*graph));
  }
  auto found = search(staged, max_work);
  ComponentSolution solution{uses_of(staged, found.plan), found.optimal && is_exact, found.work};
  if (!solution.optimal) {
    drop_losses(component, solution.uses);
    auto other = greedy(component);
    if (gain_of(component, other) > gain_of(component, solution.uses)) solution.uses = std::move(other);
  }
  return solution;
}

}  // namespace lanekeeper::pricing
