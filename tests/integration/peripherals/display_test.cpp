// Line displays against virtual ones.
#include <gtest/gtest.h>

#include "base/text.h"
#include "devices/virtual_display.h"
#include "eventually.h"
#include "peripherals/drawer.h"
#include "peripherals/line_display.h"
#include "plugged.h"

namespace lanekeeper::till::test {
namespace {

using devices::DisplayKind;
using std::chrono::milliseconds;
using testing::eventually;
using Contents = LineDisplay::Contents;
using Figure = Contents::Figure;

constexpr std::chrono::seconds patience{20};

DisplayTiming quick() {
  DisplayTiming timing;
  timing.first_retry = milliseconds(10);
  timing.longest_retry = milliseconds(50);
  timing.look = milliseconds(20);
  return timing;
}

Contents text(std::string upper, std::string lower) {
  return {std::move(upper), std::move(lower), Figure::none, {}};
}

bool shows(const Plugged& device, const std::string& upper, const std::string& lower) {
  return eventually(
      [&] {
        const auto status = device.status();
        return trim(status["upper"].get<std::string>()) == upper && trim(status["lower"].get<std::string>()) == lower;
      },
      patience);
}

TEST(LineDisplay, ShowsBothLinesInChinese) {
  for (const auto plug : {Plug::pty, Plug::tcp}) {
    for (const auto& [name, kind] : {std::pair{"cd5220:", DisplayKind::cd5220}, {"dm-d:", DisplayKind::dm_d}}) {
      Plugged device(devices::virtual_display(kind), plug);
      const auto display = make_line_display(LineDisplayAddress::parse(name + device.place()).value(), quick());
      display->show(text("农夫山泉 550ml", "单价 2.00"));
      EXPECT_TRUE(shows(device, "农夫山泉 550ml", "单价 2.00")) << name << device.status();
      EXPECT_TRUE(eventually([&] { return display->state() == DeviceState::ok; }, patience));
      EXPECT_TRUE(device.status()["unknown"].empty()) << device.status();
    }
  }
}

TEST(LineDisplay, TheNewestWins) {
  Plugged device(devices::virtual_display(DisplayKind::cd5220), Plug::pty);
  const auto display = make_line_display(LineDisplayAddress::parse("cd5220:" + device.place()).value(), quick());
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i <= 5000; ++i) display->show(text("line " + std::to_string(i), "x"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(2)) << "5000 calls";
  EXPECT_TRUE(shows(device, "line 5000", "x")) << device.status();
}

TEST(LineDisplay, ShowsTheSameAgainAfterTheCableWasPulled) {
  for (const auto plug : {Plug::pty, Plug::tcp}) {
    Plugged device(devices::virtual_display(DisplayKind::cd5220), plug);
    const auto display = make_line_display(LineDisplayAddress::parse("cd5220:" + device.place()).value(), quick());
    display->show(text("before", ""));
    ASSERT_TRUE(shows(device, "before", ""));
    ASSERT_TRUE(device.tell("fault pulled"));
    ASSERT_TRUE(eventually([&] { return display->state() == DeviceState::absent; }, patience));
    display->show(text("never seen", ""));
    display->show(text("after", "12.50"));
    ASSERT_TRUE(device.tell("clear"));
    EXPECT_TRUE(shows(device, "after", "12.50")) << device.status();
    EXPECT_TRUE(eventually([&] { return display->state() == DeviceState::ok; }, patience));
  }
}

TEST(LineDisplay, ADisplayThatLostItsPowerIsFilledAgain) {
  Plugged device(devices::virtual_display(DisplayKind::cd5220), Plug::pty);
  auto timing = quick();
  timing.refresh = milliseconds(50);
  const auto display = make_line_display(LineDisplayAddress::parse("cd5220:" + device.place()).value(), timing);
  display->show(text("still here", ""));
  ASSERT_TRUE(shows(device, "still here", ""));
  ASSERT_TRUE(device.tell("power_cut"));
  EXPECT_TRUE(shows(device, "still here", ""));
}

TEST(LineDisplay, DigitsWithLampAndItsDrawer) {
  Plugged device(devices::virtual_display(DisplayKind::led8), Plug::pty);
  const auto display = make_line_display(LineDisplayAddress::parse("led8:" + device.place()).value(), quick());
  display->show({"ignored", "", Figure::change, Money::of_minor(125000)});
  EXPECT_TRUE(eventually([&] { return device.status()["number"] == "1250.00"; }, patience));
  EXPECT_EQ(device.status()["lamp"], "change");
  DrawerMeans means;
  means.display = display.get();
  const auto drawer = make_drawer(DrawerAddress::parse("display").value(), means);
  ASSERT_TRUE(eventually([&] { return display->state() == DeviceState::ok; }, patience));
  ASSERT_TRUE(drawer->open());
  EXPECT_TRUE(eventually([&] { return device.status()["drawer_pulses"] == 1; }, patience));
  EXPECT_TRUE(device.status()["unknown"].empty()) << device.status();
  ASSERT_TRUE(device.tell("fault pulled"));
  ASSERT_TRUE(eventually([&] { return display->state() == DeviceState::absent; }, patience));
  EXPECT_EQ(drawer->open().error().code, "device.drawer_absent");
}

}  // namespace
}  // namespace lanekeeper::till::test
