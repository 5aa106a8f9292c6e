// A till as far as the push channel and the catalogue go: hears of a new version, fetches what changed.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "live_store.h"
#include "net/push_client.h"

namespace lanekeeper::bench {

class PushTill {
 public:
  // pulls: fetch the difference on every push, as a till does; otherwise only listen.
  PushTill(const net::Endpoint& endpoint, const EnrolledDevice& device, catalogue::Version from, bool pulls);
  ~PushTill();

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] catalogue::Version version() const { return version_; }
  [[nodiscard]] std::chrono::steady_clock::time_point reached_at() const;  // when version() was reached
  void report_status();

 private:
  void pull_all();

  std::int64_t till_;
  std::atomic<bool> connected_ = false;
  std::atomic<catalogue::Version> version_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  catalogue::Version told_ = 0;
  bool stop_ = false;
  std::chrono::steady_clock::time_point reached_at_;
  net::HttpsClient client_;
  std::unique_ptr<net::PushClient> push_;
  std::thread puller_;
};

}  // namespace lanekeeper::bench
