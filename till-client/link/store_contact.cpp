#include "link/store_contact.h"

#include <cstdlib>

#include <spdlog/spdlog.h>

#include "base/json_codec.h"
#include "cache/safe_file.h"

namespace lanekeeper::till {

namespace {

constexpr std::int64_t minute_ms = std::int64_t{60} * 1000;
constexpr std::int64_t write_every_ms = 10 * minute_ms;
constexpr std::int64_t believed_ms = 24 * 60 * minute_ms;

struct Written {
  std::int64_t heard_at_ms = 0;
  std::int64_t clock_ahead_s = 0;
};
template <class V>
void describe(V& visit, Written& w) {
  visit("heard_at_ms", w.heard_at_ms);
  visit("clock_ahead_s", w.clock_ahead_s);
}

}  // namespace

StoreContact::StoreContact(const std::filesystem::path& directory, Instant now)
    : file_(directory / "server-contact.json") {
  const auto text = read_small_file(file_);
  if (!text || !*text) return;
  const auto before = json::decode<Written>(**text);
  if (!before) return;
  heard_at_ = written_ = Instant{before->heard_at_ms};
  const auto ago_ms = now.unix_ms - before->heard_at_ms;
  if (ago_ms >= 0 && ago_ms <= believed_ms) clock_ahead_s_ = before->clock_ahead_s;
}

void StoreContact::heard(Instant now, std::int64_t clock_ahead_s) {
  const bool is_new = !written_ || clock_ahead_s != clock_ahead_s_;
  heard_at_ = now;
  clock_ahead_s_ = clock_ahead_s;
  if (is_new || std::abs(now.unix_ms - written_->unix_ms) >= write_every_ms) write();
}

void StoreContact::clock_moved(std::int64_t moved_s, std::int64_t clock_ahead_s) {
  clock_ahead_s_ = clock_ahead_s;
  if (!heard_at_) return;
  heard_at_->unix_ms += moved_s * 1000;
  write();
}

void StoreContact::write() {
  const auto done = write_private_file(file_, json::encode(Written{heard_at_->unix_ms, clock_ahead_s_}));
  if (done) {
    written_ = heard_at_;
  } else {
    written_.reset();
    spdlog::warn("link: when the server was heard could not be written: {}", done.error().code);
  }
}

}  // namespace lanekeeper::till
