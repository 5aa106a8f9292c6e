#include "model/signal.h"

#include <gtest/gtest.h>

#include <memory>

#include "model/lifetime.h"

namespace lanekeeper::office {
namespace {

TEST(Signal, TellsThoseWhoStillListen) {
  Signal signal;
  int first = 0;
  int second = 0;
  auto one = signal.subscribe([&] { ++first; });
  {
    auto two = signal.subscribe([&] { ++second; });
    signal.notify();
  }
  signal.notify();
  EXPECT_EQ(first, 2);
  EXPECT_EQ(second, 1);
}

TEST(Signal, ListenersMayLeaveOrEndItWhileTheyAreTold) {
  auto signal = std::make_unique<Signal>();
  int told = 0;
  Signal::Subscription second;
  auto first = signal->subscribe([&] {
    ++told;
    second = {};
  });
  second = signal->subscribe([&] { told += 100; });
  signal->notify();
  EXPECT_EQ(told, 1);
  auto last = signal->subscribe([&] { signal.reset(); });
  auto never = signal->subscribe([&] { told += 1000; });
  signal->notify();
  EXPECT_EQ(told, 2);
}

TEST(Lifetime, DropsWhatComesTooLate) {
  int told = 0;
  auto life = std::make_unique<Lifetime>();
  auto before = life->guard([&] { ++told; });
  before();
  life->renew();
  before();
  auto after = life->guard([&] { ++told; });
  after();
  life.reset();
  after();
  EXPECT_EQ(told, 2);
}

}  // namespace
}  // namespace lanekeeper::office
