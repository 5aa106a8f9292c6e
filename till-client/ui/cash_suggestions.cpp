#include "till_ui/cash_suggestions.h"

#include <algorithm>

namespace lanekeeper::till::ui {

std::vector<Money> cash_suggestions(Money due, std::size_t most) {
  std::vector<Money> sums;
  if (due <= Money()) return sums;
  sums.push_back(due);
  // Multiples of what notes people pay with: tens, fifties, hundreds.
  constexpr std::int64_t steps[] = {10'00, 50'00, 100'00, 200'00, 500'00};
  for (const std::int64_t step : steps) {
    const std::int64_t next = (due.minor() + step - 1) / step * step;
    const Money sum = Money::of_minor(next);
    if (std::find(sums.begin(), sums.end(), sum) == sums.end()) sums.push_back(sum);
    if (sums.size() == most) break;
  }
  std::sort(sums.begin() + 1, sums.end());
  return sums;
}

}  // namespace lanekeeper::till::ui
