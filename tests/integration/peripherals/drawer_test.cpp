// A drawer at a port of its own.
#include <gtest/gtest.h>

#include <atomic>

#include "devices/virtual_drawer.h"
#include "eventually.h"
#include "peripherals/drawer.h"
#include "plugged.h"

namespace lanekeeper::till::test {
namespace {

using testing::eventually;

constexpr std::chrono::seconds patience{20};

class MemoryPrinter final : public ReceiptPrinter {
 public:
  Result<void> print(std::string, std::function<void(Result<void>)>) override { return {}; }
  [[nodiscard]] DeviceState state() const override { return DeviceState::ok; }
};

TEST(SerialDrawer, OpensAndIsDroppedWhenItCannotGoOut) {
  for (const auto plug : {Plug::pty, Plug::tcp}) {
    Plugged device(devices::virtual_drawer("\x07"), plug);
    const auto drawer = make_drawer(DrawerAddress::parse("serial:" + device.place() + ",byte=\\x07").value(), {});
    ASSERT_TRUE(drawer->open());
    EXPECT_TRUE(eventually([&] { return device.status()["pulses"] == 1; }, patience));
    EXPECT_TRUE(device.status()["open"]);
    EXPECT_EQ(drawer->position(), CashDrawer::Position::unknown);
    ASSERT_TRUE(device.tell("fault pulled"));
    ASSERT_TRUE(eventually([&] { return !drawer->open(); }, patience)) << "it is told as soon as it is known";
    EXPECT_EQ(drawer->open().error().code, "device.drawer_absent");
    ASSERT_TRUE(device.tell("clear"));
    EXPECT_TRUE(eventually([&] { return device.status()["pulses"] >= 2; }, patience)) << "the last one is still young";
    EXPECT_TRUE(eventually([&] { return drawer->open().has_value(); }, patience));
  }
}

// The position is looked at by the drawer's own thread; how long is too long is counted from when it was seen open.
TEST(DrawerPosition, StandingOpenForTooLongIsToldOnceEachTime) {
  using Position = CashDrawer::Position;
  std::atomic<Position> stands{Position::closed};
  std::atomic<int> moves{0};
  std::atomic<int> too_long{0};
  DrawerMeans means;
  MemoryPrinter printer;
  means.printer = &printer;
  means.position = [&] { return stands.load(); };
  means.look = std::chrono::milliseconds(2);
  means.left_open_after = std::chrono::milliseconds(60);
  const auto drawer = make_drawer(DrawerAddress::parse("printer").value(), means);
  drawer->on_left_open([&] { ++too_long; });
  drawer->on_position([&](Position) { ++moves; });
  ASSERT_TRUE(eventually([&] { return moves == 1; }, patience));
  const auto opened_at = std::chrono::steady_clock::now();
  stands = Position::open;
  ASSERT_TRUE(eventually([&] { return too_long == 1; }, patience));
  EXPECT_GE(std::chrono::steady_clock::now() - opened_at, std::chrono::milliseconds(60));
  stands = Position::closed;
  ASSERT_TRUE(eventually([&] { return moves == 3; }, patience));
  EXPECT_EQ(too_long, 1) << "once";
  stands = Position::open;
  EXPECT_TRUE(eventually([&] { return too_long == 2; }, patience));
}

TEST(DrawerPosition, WithoutALimitItMayStandOpen) {
  std::atomic<int> looks{0};
  std::atomic<int> too_long{0};
  DrawerMeans means;
  MemoryPrinter printer;
  means.printer = &printer;
  means.position = [&] {
    ++looks;
    return CashDrawer::Position::open;
  };
  means.look = std::chrono::milliseconds(1);
  const auto drawer = make_drawer(DrawerAddress::parse("printer").value(), means);
  drawer->on_left_open([&] { ++too_long; });
  drawer->on_position([](CashDrawer::Position) {});
  ASSERT_TRUE(eventually([&] { return looks > 20; }, patience));
  EXPECT_EQ(too_long, 0);
}

}  // namespace
}  // namespace lanekeeper::till::test
