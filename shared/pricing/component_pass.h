// One pass of the search (component_search.cpp) over the units of a component.
//
// Units of one class are the same, so of all ways to give them to the offers one is looked at: in the order of the
// offers, those that are left to their baseline last.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <vector>

#include "pricing/component_bound.h"
#include "pricing/component_losses.h"
#include "pricing/component_steps.h"
#include "pricing/component_tally.h"

namespace lanekeeper::pricing {

template <std::size_t words>
using Key = std::array<std::uint64_t, words>;

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

// What a partial choice consists of: the node of every graph, and the offer that got the unit before, of this class.
struct KeyLayout {
  std::vector<Field> graphs;
  Field last;
  std::size_t words = 1;

  explicit KeyLayout(const Staged& staged) {
    FieldPacker packer;
    last = packer.add(staged.component->offers.size());
    for (const auto& graph : staged.graphs)
      graphs.push_back(packer.add(static_cast<std::uint64_t>(width_of(graph) - 1)));
    words = packer.words();
  }
};

struct PassOutcome {
  std::optional<Plan> plan;  // the best that was found, when it is at least as good as the gap asks
  bool complete = true;      // nothing was left out
  std::int64_t work = 0;
  Steps steps;  // of a complete pass that was asked to keep them
};

template <std::size_t words>
class Pass {
 public:
  // gap: how far short of the bound a plan may fall.
  Pass(const Staged& staged, const Bound& bound, const Tally& tally, const KeyLayout& layout, std::int64_t gap)
      : staged_(staged), bound_(bound), tally_(tally), layout_(layout), losses_(staged, bound, gap), gap_(gap) {
    first_touch_.assign(staged.order.size() + 1, 0);
    for (const auto& graph : staged.graphs) {
      for (const auto stage : graph.stages) ++first_touch_[static_cast<std::size_t>(stage) + 1];
    }
    for (std::size_t s = 1; s < first_touch_.size(); ++s) first_touch_[s] += first_touch_[s - 1];
    touches_.resize(first_touch_.back());
    auto next = first_touch_;
    for (std::size_t graph = 0; graph < staged.graphs.size(); ++graph) {
      const auto& stages = staged.graphs[graph].stages;
      for (std::size_t layer = 0; layer < stages.size(); ++layer) {
        auto& touch = touches_[next[static_cast<std::size_t>(stages[layer])]++];
        touch.field = layout.graphs[graph];
        touch.first_node = losses_.first_node(graph) + static_cast<std::size_t>(staged.graphs[graph].first_node[layer]);
      }
    }
  }

  // Looks at everything while that is at most `width` partial choices at a time; from then on the best `beam` are kept.
  // Stops when more than max_work partial choices were made.
  PassOutcome run(std::size_t width, std::size_t beam, std::int64_t max_work, bool keeps_steps) {
    PassOutcome outcome;
    keeps_steps_ = keeps_steps;
    trace_.reserve(staged_.order.size() * 8);
    first_trace_.reserve(staged_.order.size());
    now_.entries.push_back({});
    now_.tallies.assign(tally_.words(), 0);
    for (std::size_t stage = 0; stage < staged_.order.size(); ++stage) {
      begin(stage);
      for (std::size_t i = 0; i < now_.entries.size(); ++i) {
        extend(static_cast<int>(i), stage, outcome.work);
        if (outcome.work > max_work) {
          outcome.complete = false;
          return outcome;
        }
      }
      if (next_.entries.size() > width) {
        outcome.complete = false;
        keeps_steps_ = false;
        steps_ = {};
        width = std::min(width, beam);
        narrow(width);
      }
      if (next_.entries.empty()) return outcome;
      next_node_ += static_cast<int>(next_.entries.size());
      first_trace_.push_back(trace_.size());
      for (const auto& entry : next_.entries) trace_.push_back({entry.parent, entry.choice});
      std::swap(now_, next_);
    }
    outcome.plan = plan_of(now_.entries.front());
    if (keeps_steps_) {
      steps_.first_end = next_node_ - static_cast<int>(now_.entries.size());
      steps_.nodes = next_node_;
      steps_.finish();
      outcome.steps = std::move(steps_);
    }
    return outcome;
  }

 private:
  struct Entry {
    Key<words> key{};
    std::int64_t short_of = 0;  // the bound
    int parent = 0;             // in the front before
    Choice choice;
  };
  // Partial choices that have looked at the same units.
  struct Front {
    std::vector<Entry> entries;
    std::vector<std::uint64_t> tallies;  // of each entry in turn
  };
  struct TraceStep {
    int parent = 0;
    Choice choice;
  };
  struct Touch {
    Field field;
    std::size_t first_node = 0;          // of the layer, in losses_
    const Losses::Node* node = nullptr;  // of the choice that is extended
  };

  void begin(std::size_t stage) {
    next_.entries.clear();
    next_.tallies.clear();
    reset_table(now_.entries.size());
    // After the last unit of its class it does not matter any more who got the one before.
    remembers_last_ = stage + 1 < staged_.order.size() && staged_.order[stage + 1] == staged_.order[stage];
    this_node_ = next_node_ - static_cast<int>(now_.entries.size());
    if (keeps_steps_) steps_.first_step.push_back(static_cast<int>(steps_.steps.size()));
  }

  static void put(Key<words>& key, const Field& field, std::uint64_t value) {
    key[field.word] = (key[field.word] & ~(field.mask << field.shift)) | value << field.shift;
  }
  static std::uint64_t get(const Key<words>& key, const Field& field) {
    return key[field.word] >> field.shift & field.mask;
  }

  void extend(int parent, std::size_t stage, std::int64_t& work) {
    const auto entry = now_.entries[static_cast<std::size_t>(parent)];
    auto key = entry.key;
    auto short_of = entry.short_of;
    int must_take = 0;
    auto* const touches = touches_.data() + first_touch_[stage];
    auto* const touches_end = touches_.data() + first_touch_[stage + 1];
    for (auto* touch = touches; touch != touches_end; ++touch) {
      touch->node = &losses_.node(touch->first_node + get(entry.key, touch->field));
      if (touch->node->skip_to < 0) {
        ++must_take;
      } else {
        put(key, touch->field, static_cast<std::uint64_t>(touch->node->skip_to));
        short_of += touch->node->skip_loss;
      }
    }
    const auto last = static_cast<int>(get(entry.key, layout_.last));
    const auto baseline = static_cast<int>(staged_.component->offers.size());
    const auto c = staged_.order[stage];
    base_ = {entry.short_of, parent, now_.tallies.data() + static_cast<std::size_t>(parent) * tally_.words()};
    if (must_take == 0) {
      ++work;
      remember(key, baseline);
      const auto shorter = short_of + bound_.price(c) - staged_.baseline(c);
      if (shorter <= gap_) add(key, shorter, {}, tally_.of_baseline(static_cast<std::size_t>(c)), false);
    }
    for (auto* touch = touches; touch != touches_end; ++touch) {
      const bool must = touch->node->skip_to < 0;
      if (must_take > (must ? 1 : 0)) continue;
      const auto others = short_of - (must ? 0 : touch->node->skip_loss);
      for (const auto& edge : losses_.edges(*touch->node)) {
        if (edge.choice.offer < last) continue;
        ++work;
        const auto shorter = others + edge.loss;
        if (shorter > gap_) continue;
        auto taken = key;
        put(taken, touch->field, static_cast<std::uint64_t>(edge.to));
        remember(taken, edge.choice.offer);
        const auto one = edge.completes ? tally_.of_offer(static_cast<std::size_t>(edge.choice.offer)) : Tally::One{};
        add(taken, shorter, edge.choice, one, edge.completes);
      }
    }
  }
  void remember(Key<words>& key, int offer) const {
    put(key, layout_.last, remembers_last_ ? static_cast<std::uint64_t>(offer) : 0);
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
  static std::uint64_t hash_of(const Key<words>& key) {
    std::uint64_t hash = 0x9E3779B97F4A7C15ULL;
    for (const auto word : key) {
      hash = (hash ^ word) * 0xD6E8FEB86659FD93ULL;
      hash ^= hash >> 32U;
    }
    return hash;
  }
  static bool is_same(const Key<words>& a, const Key<words>& b) {
    for (std::size_t w = 0; w < words; ++w) {
      if (a[w] != b[w]) return false;
    }
    return true;
  }
  // Where the key stands or would stand.
  int* slot(const Key<words>& key) {
    auto at = hash_of(key) & (table_.size() - 1);
    while (table_[at] >= 0 && !is_same(next_.entries[static_cast<std::size_t>(table_[at])].key, key)) {
      at = (at + 1) & (table_.size() - 1);
    }
    return &table_[at];
  }

  void add(const Key<words>& key, std::int64_t short_of, Choice choice, Tally::One one, bool completes) {
    if (next_.entries.size() * 2 >= table_.size()) grow_table();
    int* found = slot(key);
    const auto count = tally_.words();
    if (*found < 0) {
      *found = static_cast<int>(next_.entries.size());
      next_.entries.push_back({key, short_of, base_.parent, choice});
      next_.tallies.insert(next_.tallies.end(), base_.tally, base_.tally + count);
      next_.tallies[static_cast<std::size_t>(*found) * count + one.word] += one.add;
    } else {
      auto& there = next_.entries[static_cast<std::size_t>(*found)];
      auto* tally = next_.tallies.data() + static_cast<std::size_t>(*found) * count;
      if (short_of < there.short_of || (short_of == there.short_of && is_more(one, tally))) {
        there.short_of = short_of;
        there.parent = base_.parent;
        there.choice = choice;
        std::copy_n(base_.tally, count, tally);
        tally[one.word] += one.add;
      }
    }
    if (keeps_steps_) {
      steps_.steps.push_back(
          {this_node_ + base_.parent, next_node_ + *found, choice, completes, short_of - base_.short_of});
    }
  }
  // Is the tally of the choice that is extended, with one more, larger?
  [[nodiscard]] bool is_more(Tally::One one, const std::uint64_t* than) const {
    for (std::size_t w = 0; w < tally_.words(); ++w) {
      const auto word = base_.tally[w] + (w == one.word ? one.add : 0);
      if (word != than[w]) return word > than[w];
    }
    return false;
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
    plan.choices.resize(first_trace_.size());
    int at = 0;
    for (auto stage = first_trace_.size(); stage-- > 0;) {
      const auto& step = trace_[first_trace_[stage] + static_cast<std::size_t>(at)];
      plan.choices[stage] = step.choice;
      at = step.parent;
    }
    return plan;
  }

  // What is extended.
  struct Base {
    std::int64_t short_of = 0;
    int parent = 0;
    const std::uint64_t* tally = nullptr;
  };

  const Staged& staged_;
  const Bound& bound_;
  const Tally& tally_;
  const KeyLayout& layout_;
  Losses losses_;
  std::int64_t gap_ = 0;
  std::vector<std::size_t> first_touch_;  // of each stage, and the end
  std::vector<Touch> touches_;
  bool remembers_last_ = false;
  bool keeps_steps_ = false;
  Base base_;
  Steps steps_;
  int this_node_ = 0;  // the first of the front, among all; and of the one behind it
  int next_node_ = 1;
  Front now_;
  Front next_;
  std::vector<int> table_;
  std::vector<TraceStep> trace_;          // of all units in turn
  std::vector<std::size_t> first_trace_;  // of each unit
};

}  // namespace lanekeeper::pricing
