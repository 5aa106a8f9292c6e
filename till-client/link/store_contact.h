// When the server answered last and how far this till's clock was off then (server-contact.json in the data directory),
// so that both are known after a restart without it. Private to this room; lives on the link's thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/time.h"

namespace lanekeeper::till {

class StoreContact {
 public:
  // A file that cannot be read says nothing.
  StoreContact(const std::filesystem::path& directory, Instant now);

  [[nodiscard]] const std::optional<Instant>& heard_at() const { return heard_at_; }
  // As it was told last. After a restart only while that is not long ago: somebody may have set the clock meanwhile.
  [[nodiscard]] std::int64_t clock_ahead_s() const { return clock_ahead_s_; }

  // Written when it says something new, and at most every ten minutes otherwise. What cannot be written is written the
  // next time.
  void heard(Instant now, std::int64_t clock_ahead_s);
  // Somebody has set this till's clock, forwards by `moved_s`: what was written by it moves along, so that "how long
  // ago" and "how far off" stay true.
  void clock_moved(std::int64_t moved_s, std::int64_t clock_ahead_s);

 private:
  void write();

  std::filesystem::path file_;
  std::optional<Instant> heard_at_;
  std::int64_t clock_ahead_s_ = 0;
  std::optional<Instant> written_;
};

}  // namespace lanekeeper::till
