// Every scale protocol against a virtual scale, with everything that can be wrong with it.
#include <condition_variable>
#include <mutex>
#include <set>

#include <gtest/gtest.h>

#include "devices/virtual_scale.h"
#include "peripherals/scale.h"
#include "plugged.h"

namespace lanekeeper::till::test {
namespace {

using State = ScaleReading::State;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds patience{20};

ScaleTiming quick() {
  ScaleTiming timing;
  timing.live = milliseconds(20);
  timing.idle = milliseconds(500);
  timing.first_retry = milliseconds(10);
  timing.longest_retry = milliseconds(50);
  return timing;
}

// A scale and what the till heard of it, in order.
class Readings {
 public:
  explicit Readings(const std::string& address, const ScaleTiming& timing = quick(), bool live = true)
      : scale_(make_scale(ScaleAddress::parse(address).value(), timing)) {
    scale_->on_reading([this](const ScaleReading& reading) {
      const std::lock_guard lock(mutex_);
      heard_.push_back(reading);
      changed_.notify_all();
    });
    scale_->set_live(live);
    scale_->start();
  }
  [[nodiscard]] Scale& scale() { return *scale_; }
  // Waits until the newest is as wanted.
  [[nodiscard]] bool become(State state, std::int64_t grams = 0) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] {
      return !heard_.empty() && heard_.back().state == state &&
             (state != State::stable || heard_.back().gross.milli() == grams);
    });
  }
  [[nodiscard]] std::set<std::int64_t> stable_weights() {
    const std::lock_guard lock(mutex_);
    std::set<std::int64_t> weights;
    for (const auto& reading : heard_) {
      if (reading.state == State::stable) weights.insert(reading.gross.milli());
    }
    return weights;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    heard_.clear();
  }
  // Waits until it has been heard at all since forget().
  [[nodiscard]] bool heard(State state) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] {
      return std::any_of(heard_.begin(), heard_.end(), [&](const auto& reading) { return reading.state == state; });
    });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ScaleReading> heard_;
  std::unique_ptr<Scale> scale_;  // last: its thread uses the others to its end
};

struct Setup {
  std::string protocol;
  Plug plug;
};

class EveryScale : public ::testing::TestWithParam<Setup> {
 protected:
  EveryScale() : device_(devices::virtual_scale(GetParam().protocol), GetParam().plug) {
    EXPECT_TRUE(device_.tell("weight 0.836"));
    readings_ = std::make_unique<Readings>(GetParam().protocol + ":" + device_.place());
  }

  Plugged device_;
  std::unique_ptr<Readings> readings_;
};

TEST_P(EveryScale, TellsTheWeight) {
  ASSERT_TRUE(readings_->become(State::stable, 836));
  EXPECT_EQ(readings_->scale().reading(), (ScaleReading{State::stable, Quantity::of_milli(836)}));
  for (const auto& [kilograms, grams] : {std::pair{"1.200", 1200}, {"14.995", 14995}, {"0.025", 25}}) {
    ASSERT_TRUE(device_.tell(std::string("weight ") + kilograms));
    EXPECT_TRUE(readings_->become(State::stable, grams)) << kilograms;
  }
  ASSERT_TRUE(device_.tell("zero"));
  EXPECT_TRUE(readings_->become(State::zero));
  EXPECT_EQ(readings_->stable_weights(), (std::set<std::int64_t>{25, 836, 1200, 14995}));
}

TEST_P(EveryScale, TellsWhatKeepsItFromWeighing) {
  const bool speechless = GetParam().protocol == "cas-pd2";  // it has no word for overload
  ASSERT_TRUE(readings_->become(State::stable, 836));
  ASSERT_TRUE(device_.tell("moving"));
  EXPECT_TRUE(readings_->become(State::moving));
  ASSERT_TRUE(device_.tell("over"));
  EXPECT_TRUE(readings_->become(speechless ? State::garbled : State::overload));
  ASSERT_TRUE(device_.tell("under"));
  EXPECT_TRUE(readings_->become(State::under_zero));
  ASSERT_TRUE(device_.tell("stable"));
  EXPECT_TRUE(readings_->become(State::stable, 836));
  EXPECT_EQ(readings_->stable_weights(), std::set<std::int64_t>{836});
}

TEST_P(EveryScale, ASilentOneIsAbsentAndHoldsNobodyUp) {
  ASSERT_TRUE(readings_->become(State::stable, 836));
  ASSERT_TRUE(device_.tell("fault silent"));
  auto& scale = readings_->scale();
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) {
    scale.set_live(i % 2 == 0);
    scale.zero();
    (void)scale.reading();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(500)) << "300 calls";
  scale.set_live(true);
  EXPECT_TRUE(readings_->become(State::absent));
  EXPECT_EQ(scale.reading(), (ScaleReading{State::absent, {}}));
  ASSERT_TRUE(device_.tell("clear"));
  ASSERT_TRUE(device_.tell("weight 0.5"));
  EXPECT_TRUE(readings_->become(State::stable, 500));
}

TEST_P(EveryScale, GarbageIsNeverAWeight) {
  ASSERT_TRUE(readings_->become(State::stable, 836));
  for (const auto* fault : {"fault garbage", "fault double"}) {
    readings_->forget();
    ASSERT_TRUE(device_.tell(fault));
    EXPECT_TRUE(readings_->heard(State::garbled)) << fault;
    ASSERT_TRUE(device_.tell("clear"));
    EXPECT_TRUE(readings_->become(State::stable, 836)) << "after " << fault;
    EXPECT_EQ(readings_->stable_weights(), std::set<std::int64_t>{836}) << fault;
  }
}

TEST_P(EveryScale, SlowAndSplitAnswersArrive) {
  ASSERT_TRUE(readings_->become(State::stable, 836));
  std::set<std::int64_t> expected{836};
  std::int64_t grams = 1000;
  for (const auto* fault : {"fault slow", "fault split"}) {
    ASSERT_TRUE(device_.tell(fault));
    grams += 111;
    ASSERT_TRUE(device_.tell("weight 1." + std::to_string(grams - 1000)));
    EXPECT_TRUE(readings_->become(State::stable, grams)) << fault;
    expected.insert(grams);
  }
  EXPECT_EQ(readings_->stable_weights(), expected);
}

TEST_P(EveryScale, ComesBackAfterTheCableWasPulled) {
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(readings_->become(State::stable, 836));
    ASSERT_TRUE(device_.tell("fault pulled"));
    ASSERT_TRUE(readings_->become(State::absent));
    ASSERT_TRUE(device_.tell("clear"));
  }
  EXPECT_TRUE(readings_->become(State::stable, 836));
}

TEST_P(EveryScale, ALateAnswerIsNoOtherWeight) {
  ASSERT_TRUE(readings_->become(State::stable, 836));
  ASSERT_TRUE(device_.tell("fault late"));
  EXPECT_TRUE(readings_->heard(State::absent));
  ASSERT_TRUE(device_.tell("clear"));
  EXPECT_TRUE(readings_->become(State::stable, 836));
  EXPECT_EQ(readings_->stable_weights(), std::set<std::int64_t>{836});
}

std::vector<Setup> setups() {
  std::vector<Setup> all;
  for (const auto* protocol : {"mettler-8217", "cas", "cas-text", "cas-pd2", "nci", "dialog06"}) {
    for (const auto plug : {Plug::pty, Plug::tcp}) all.push_back({protocol, plug});
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Protocols, EveryScale, ::testing::ValuesIn(setups()), [](const auto& setup) {
  std::string name = setup.param.protocol + (setup.param.plug == Plug::pty ? "_pty" : "_tcp");
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Scale, AWeightReadBeforeItWasWantedIsNotTaken) {
  Plugged device(devices::virtual_scale("nci"), Plug::pty);
  ASSERT_TRUE(device.tell("weight 0.836"));
  auto timing = quick();
  timing.idle = std::chrono::hours(1);
  Readings readings("nci:" + device.place(), timing, false);
  auto& scale = readings.scale();
  ASSERT_TRUE(readings.become(State::stable, 836)) << "asked once at the start";
  ASSERT_TRUE(device.tell("weight 2.0"));
  EXPECT_EQ(scale.reading().state, State::stable);
  ASSERT_TRUE(device.tell("fault silent"));
  scale.set_live(true);
  EXPECT_NE(scale.reading().state, State::stable) << "those were other goods";
  ASSERT_TRUE(device.tell("clear"));
  EXPECT_TRUE(readings.become(State::stable, 2000));
}

TEST(Scale, CanBeSetToZeroWhereTheProtocolHasAWordForIt) {
  for (const auto* protocol : {"mettler-8217", "nci"}) {
    Plugged device(devices::virtual_scale(protocol), Plug::tcp);
    ASSERT_TRUE(device.tell("weight 0.004"));
    Readings readings(protocol + (":" + device.place()));
    ASSERT_TRUE(readings.become(State::stable, 4));
    readings.scale().zero();
    EXPECT_TRUE(readings.become(State::zero)) << protocol;
  }
}

TEST(Scale, Dialog06ProvesItselfWithThePolynomial) {
  Plugged device(devices::virtual_scale("dialog06"), Plug::pty);
  ASSERT_TRUE(device.tell("weight 0.836"));
  ASSERT_TRUE(device.tell("challenge 8005"));
  {
    Readings readings("dialog06:" + device.place());
    EXPECT_TRUE(readings.become(State::garbled)) << "without the polynomial it stays shut";
    EXPECT_TRUE(readings.stable_weights().empty());
  }
  Readings readings("dialog06:" + device.place() + ",poly=8005");
  EXPECT_TRUE(readings.become(State::stable, 836));
}

TEST(Scale, NoScaleIsNone) {
  const auto scale = make_scale({});
  scale->start();
  scale->set_live(true);
  EXPECT_EQ(scale->reading(), ScaleReading{});
}

TEST(Scale, NobodyThereIsAbsentAndEndsAtOnce) {
  for (const auto* place : {"/dev/no-such-port", "tcp://127.0.0.1:1"}) {
    Readings readings(std::string("cas:") + place);
    EXPECT_TRUE(readings.become(State::absent)) << place;
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
