#include "bench.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lanekeeper::bench {

namespace {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Effort& own_effort() {
  static Effort effort;
  return effort;
}

}  // namespace

const Effort& effort() {
  return own_effort();
}

void set_effort(Effort effort) {
  own_effort() = effort;
}

Figure::Verdict judged(bool reached) {
  if (effort().brief) return Figure::Verdict::none;
  return reached ? Figure::Verdict::reached : Figure::Verdict::missed;
}

void Report::add(Figure figure) {
  if (figure.ratio == 0 && figure.reference_value != 0) figure.ratio = figure.value / figure.reference_value;
  figures_.push_back(std::move(figure));
}

void Report::add_limit(Figure figure, double goal) {
  if (figure.reference.empty()) {
    figure.reference = "goal<=";
    figure.reference_value = goal;
  }
  figure.verdict = judged(figure.value <= goal);
  add(std::move(figure));
}

void Report::add_at_least(Figure figure, double goal) {
  if (figure.reference.empty()) {
    figure.reference = "goal>=";
    figure.reference_value = goal;
  }
  figure.verdict = judged(figure.value >= goal);
  add(std::move(figure));
}

void Samples::append(const Samples& other) {
  nanoseconds_.insert(nanoseconds_.end(), other.nanoseconds_.begin(), other.nanoseconds_.end());
}

double Samples::quantile_ms(double q) const {
  if (nanoseconds_.empty()) return 0;
  auto sorted = nanoseconds_;
  const auto last = static_cast<double>(sorted.size() - 1);
  const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(std::ceil(q * last));
  std::nth_element(sorted.begin(), at, sorted.end());
  return static_cast<double>(*at) / 1e6;
}

double Samples::mean_ms() const {
  if (nanoseconds_.empty()) return 0;
  const auto sum = std::accumulate(nanoseconds_.begin(), nanoseconds_.end(), std::int64_t{0});
  return static_cast<double>(sum) / static_cast<double>(nanoseconds_.size()) / 1e6;
}

Alternated alternate(int rounds, const std::function<double()>& thing, const std::function<double()>& reference) {
  std::vector<double> values;
  std::vector<double> references;
  std::vector<double> ratios;
  for (int round = 0; round < effort().times(rounds); ++round) {
    values.push_back(thing());
    references.push_back(reference());
    if (references.back() == 0) throw Fault("bench.conditions", "the reference measured nothing");
    ratios.push_back(values.back() / references.back());
  }
  const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
  return {median(values), median(references), median(ratios), *low, *high};
}

}  // namespace lanekeeper::bench
