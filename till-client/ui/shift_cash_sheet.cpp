#include "till_ui/shift_cash_sheet.h"

#include <algorithm>
#include <charconv>

namespace lanekeeper::till::ui {

std::vector<Money> denominations_of(std::string_view currency) {
  const auto of = [](std::initializer_list<std::int64_t> minors) {
    std::vector<Money> all;
    for (const std::int64_t minor : minors) all.push_back(Money::of_minor(minor));
    return all;
  };
  if (currency == "CNY") return of({100'00, 50'00, 20'00, 10'00, 5'00, 1'00, 50, 10});
  return of({100'00, 50'00, 20'00, 10'00, 5'00, 2'00, 1'00, 50, 20, 10, 5, 1});
}

std::optional<std::int64_t> CashSheet::Row::count() const {
  if (typed.empty()) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), value);
  return value;
}

Money CashSheet::Row::amount() const {
  return Money::of_minor(denomination.minor() * count().value_or(0));
}

CashSheet::CashSheet(const std::vector<Money>& denominations) {
  for (const Money denomination : denominations) rows_.push_back({denomination});
}

void CashSheet::fill(const std::vector<sale::CashCount>& counts) {
  for (Row& row : rows_) {
    const auto found = std::find_if(counts.begin(), counts.end(),
                                    [&](const sale::CashCount& one) { return one.denomination == row.denomination; });
    row.typed = found == counts.end() ? std::string() : std::to_string(found->count);
  }
  select(0);
}

void CashSheet::clear() {
  for (Row& row : rows_) row.typed.clear();
  select(0);
}

void CashSheet::select(std::size_t index) {
  if (index >= rows_.size()) return;
  selected_ = index;
  fresh_ = true;
}

void CashSheet::move(int step) {
  const auto last = static_cast<int>(rows_.size()) - 1;
  select(static_cast<std::size_t>(std::clamp(static_cast<int>(selected_) + step, 0, std::max(0, last))));
}

void CashSheet::next() {
  if (selected_ + 1 < rows_.size()) return select(selected_ + 1);
  const auto left_out = std::find_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.typed.empty(); });
  if (left_out != rows_.end()) select(static_cast<std::size_t>(left_out - rows_.begin()));
}

bool CashSheet::digit(char32_t digit) {
  if (digit < '0' || digit > '9' || rows_.empty()) return false;
  std::string& typed = rows_[selected_].typed;
  if (fresh_ || typed == "0") typed.clear();
  fresh_ = false;
  if (typed.size() >= most_digits) return false;
  typed += static_cast<char>(digit);
  return true;
}

void CashSheet::backspace() {
  if (rows_.empty()) return;
  std::string& typed = rows_[selected_].typed;
  if (!typed.empty()) typed.pop_back();
  fresh_ = false;
}

void CashSheet::clear_row() {
  if (!rows_.empty()) rows_[selected_].typed.clear();
}

std::size_t CashSheet::missing() const {
  return static_cast<std::size_t>(
      std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.typed.empty(); }));
}

Money CashSheet::total() const {
  Money total;
  for (const Row& row : rows_) total += row.amount();
  return total;
}

std::vector<sale::CashCount> CashSheet::counts() const {
  std::vector<sale::CashCount> counts;
  for (const Row& row : rows_) {
    if (const auto count = row.count()) counts.push_back({row.denomination, *count});
  }
  return counts;
}

}  // namespace lanekeeper::till::ui
