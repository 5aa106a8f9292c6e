// A push channel on which nothing is said stays open: an evening without a sale is no fault.
#include <gtest/gtest.h>

#include "live_server.h"
#include "net/push_client.h"

namespace lanekeeper::push {
namespace {

TEST(QuietPush, StaysOpenBeyondTheLimitOfSilence) {
  std::string problem;
  auto* live = testing::shared_server(problem);
  if (live == nullptr) GTEST_SKIP() << problem;
  const auto device = live->enrol(protocol::DeviceKind::backoffice);
  std::atomic<int> connected = 0;
  std::atomic<int> lost = 0;
  const net::PushClient client(live->endpoint(), device.identity, "",
                               {[&] { ++connected; }, [&](const Error&) { ++lost; }, [](const std::string&) {}});
  ASSERT_TRUE(testing::eventually([&] { return connected == 1; }));
  EXPECT_FALSE(testing::eventually([&] { return lost > 0; }, PushHub::silence_limit + PushHub::ping_every));
  EXPECT_EQ(connected, 1);
}

}  // namespace
}  // namespace lanekeeper::push
