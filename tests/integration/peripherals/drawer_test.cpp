// A drawer at a port of its own.
#include <gtest/gtest.h>

#include "devices/virtual_drawer.h"
#include "eventually.h"
#include "peripherals/drawer.h"
#include "plugged.h"

namespace lanekeeper::till::test {
namespace {

using testing::eventually;

constexpr std::chrono::seconds patience{20};

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

}  // namespace
}  // namespace lanekeeper::till::test
