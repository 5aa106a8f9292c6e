// A small table from numbers to places, cleared at the cost of what is in it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace lanekeeper::pricing {

class CodeTable {
 public:
  static constexpr int absent = -2;

  // The place of the code, `absent` for a new one; to be set before the next call.
  int& operator[](std::uint64_t code) {
    if (entries_.size() < (used_.size() + 1) * 2) widen();
    const auto at = slot(code);
    if (entries_[at].place == absent) {
      used_.push_back(at);
      entries_[at].code = code;
    }
    return entries_[at].place;
  }
  void clear() {
    for (const auto at : used_) entries_[at].place = absent;
    used_.clear();
  }

 private:
  struct Entry {
    std::uint64_t code = 0;
    int place = absent;
  };
  [[nodiscard]] std::size_t slot(std::uint64_t code) const {
    const auto mask = entries_.size() - 1;
    auto at = (code * 0x9E3779B97F4A7C15ULL >> 24U) & mask;
    while (entries_[at].place != absent && entries_[at].code != code) at = (at + 1) & mask;
    return at;
  }
  void widen() {
    std::vector<Entry> before(std::max<std::size_t>(entries_.size() * 2, 64));
    before.swap(entries_);
    for (auto& at : used_) {
      const auto entry = before[at];
      at = slot(entry.code);
      entries_[at] = entry;
    }
  }

  std::vector<Entry> entries_;
  std::vector<std::size_t> used_;
};

}  // namespace lanekeeper::pricing
