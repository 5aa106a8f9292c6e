// The frame of the benches. Each bench is one function in a file of its own, named in table.cpp:
//
//   void till_commit(Report& report);        // measures, adds figures; throws Fault("bench.conditions", why) when it
//                                            // cannot reach the conditions that its goal states
//
// A bench measures the thing and its reference in turn (A B A B) with alternate(), so that what else the machine does
// falls on both. Printed per figure: `name value unit limit-or-peer ratio`, and behind it how far the ratio spread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace lanekeeper::bench {

struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  // What it is held against: "goal <=" and the goal, or the name of what was measured beside it and its value.
  std::string reference;
  double reference_value = 0;
  double ratio = 0;  // value / reference_value
  std::int64_t n = 0;
  double p50 = 0;
  double p99 = 0;
  double ratio_low = 0;  // of the single rounds; 0: one round
  double ratio_high = 0;
  enum class Verdict { none, reached, missed } verdict = Verdict::none;
};

class Report {
 public:
  void add(Figure figure);
  // value held against a goal that it must stay below (or, at_least, above).
  void add_limit(Figure figure, double goal);
  void add_at_least(Figure figure, double goal);
  [[nodiscard]] const std::vector<Figure>& figures() const { return figures_; }

 private:
  std::vector<Figure> figures_;
};

// How much a run measures. A brief one takes a small store and few rounds: it shows in the test suite that every bench
// still reaches its conditions. Its figures say nothing about speed, so none is held against a goal.
struct Effort {
  bool brief = false;
  [[nodiscard]] std::int64_t items(std::int64_t all) const { return brief ? all / 100 : all; }
  [[nodiscard]] int times(int all) const { return brief ? (all + 9) / 10 : all; }
};
[[nodiscard]] const Effort& effort();
void set_effort(Effort effort);                      // once, before the first bench
[[nodiscard]] Figure::Verdict judged(bool reached);  // none of a brief run

// Durations of single operations in nanoseconds.
class Samples {
 public:
  void reserve(std::size_t count) { nanoseconds_.reserve(count); }
  void add(std::chrono::nanoseconds duration) { nanoseconds_.push_back(duration.count()); }
  void append(const Samples& other);
  [[nodiscard]] std::size_t size() const { return nanoseconds_.size(); }
  [[nodiscard]] double quantile_ms(double q) const;  // 0..1; 0 without samples
  [[nodiscard]] double mean_ms() const;

 private:
  std::vector<std::int64_t> nanoseconds_;
};

template <class Work>
std::chrono::nanoseconds timed(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - start);
}

// One round of the thing and one of its reference, `rounds` times; each returns its figure of the round.
struct Alternated {
  double value = 0;  // medians over the rounds
  double reference = 0;
  double ratio = 0;  // median of the rounds' ratios
  double ratio_low = 0;
  double ratio_high = 0;
};
[[nodiscard]] Alternated alternate(int rounds, const std::function<double()>& thing,
                                   const std::function<double()>& reference);

struct Bench {
  std::string_view name;
  std::string_view what;
  void (*run)(Report&);
};
[[nodiscard]] std::span<const Bench> benches();  // table.cpp

}  // namespace lanekeeper::bench
