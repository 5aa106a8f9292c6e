// The check sum of a row in replica.db. Private to this room.
#pragma once

#include <cstdint>
#include <string_view>

namespace lanekeeper::till {

// FNV-1a over the columns of a row: against a disk that lies, not against malice. Any single changed byte changes it.
class RowSum {
 public:
  RowSum& add(std::int64_t value) {
    for (int shift = 0; shift < 64; shift += 8)
      byte(static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> shift));
    return *this;
  }
  RowSum& add(std::string_view text) {
    for (const char c : text) byte(static_cast<unsigned char>(c));
    return add(static_cast<std::int64_t>(text.size()));
  }
  RowSum& add_null() { return add(std::int64_t{-1}); }
  [[nodiscard]] std::int64_t value() const { return static_cast<std::int64_t>(sum_); }

 private:
  void byte(unsigned char c) { sum_ = (sum_ ^ c) * 0x100000001b3U; }
  std::uint64_t sum_ = 0xcbf29ce484222325U;
};

}  // namespace lanekeeper::till
