// The inside of DeliveryLog, shared with Outbox. Private to this room.
#pragma once

#include <mutex>
#include <set>
#include <string_view>
#include <vector>

#include "cache/outbox.h"
#include "cache/sqlite.h"

namespace lanekeeper::till {

struct DeliveryLog::Impl {
  explicit Impl(const std::filesystem::path& file);

  // Writes the new state, the answer and what was parked in one transaction, then shows the new summary.
  struct Step {
    Summary state;  // parked is counted by itself
    std::vector<ParkedEntry> parked;
    std::int64_t first_position = 0;
    std::string_view answer;  // empty: none to keep
    std::int64_t now_ms = 0;
  };
  void write(const Step& step);
  [[nodiscard]] std::vector<ParkedEntry> parked() const;
  [[nodiscard]] std::set<std::int64_t> parked_positions() const;
  void forget_answers_before(std::int64_t position);

  [[nodiscard]] Summary shown() const;

 private:
  void load();

  sqlite::Database database_;
  mutable std::mutex mutex_;
  Summary summary_;
};

}  // namespace lanekeeper::till
