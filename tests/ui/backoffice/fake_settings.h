// The settings and the shifts of the store in memory.
#pragma once

#include <string>

#include "net/https_client.h"
#include "protocol/settings_messages.h"
#include "protocol/shift_messages.h"

namespace lanekeeper::office::test {

// Not thread-safe: its owner locks.
class FakeSettings {
 public:
  FakeSettings();
  // path: behind /v1/settings.
  [[nodiscard]] Result<net::HttpResponse> handle(const net::HttpRequest& request, const std::string& path);
  [[nodiscard]] const protocol::StoreSettings& settings() const { return settings_; }

 private:
  protocol::StoreSettings settings_;
};

// Four shifts of the shop's day: one agrees, one is short, one differs from the server, one is open, or was given up
// for this reason.
[[nodiscard]] protocol::ShiftPage shop_shifts(const Date& date, const std::string& lost_because = {});

}  // namespace lanekeeper::office::test
