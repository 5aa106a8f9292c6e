// The desk behind the window over the real lane, fed by a scanner and by a person.
#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "fake_till.h"
#include "till_ui/desk.h"

namespace lanekeeper::till::test {

using ui::Action;
using ui::Desk;
using ui::Entry;
using ui::KeyGate;
using ui::Place;
using ui::Screen;
using ui::Sound;
using ui::Task;

class DeskTest : public testing::Test {
 protected:
  explicit DeskTest(ShopOptions shop = {})
      : till(std::move(shop)), desk(till, i18n::Language::zh_CN, hooks()), gate(desk) {
    till.lane().on_change([this] { desk.lane_changed(); });
    till.lane().on_event([this](const LaneEvent& event) { desk.lane_event(event); });
  }

  Desk::Hooks hooks() {
    return {[] {}, [this](Sound sound) { sounds.push_back(sound); }, [this] { return now_ms; }};
  }
  void sign_in(std::string_view number = "1027") {
    ASSERT_TRUE(till.lane().sign_in(number, shop_pin));
    sounds.clear();
  }
  // As a scanner types: 5 ms a character, Enter at the end.
  void scanner(std::string_view code) {
    now_ms += 1000;
    for (const char c : code) gate.character(static_cast<unsigned char>(c), now_ms += 5);
    gate.enter(now_ms += 5);
  }
  // As a person types.
  void person(std::string_view text) {
    for (const char c : text) {
      gate.character(static_cast<unsigned char>(c), now_ms += 120);
      now_ms += gate.wake_in_ms();
      gate.burst_over();
    }
  }
  void press_enter() { gate.enter(now_ms += 500); }
  void press(Action action) {
    now_ms += 200;
    gate.other_key();
    desk.act(action);
  }
  const RegisterView& view() { return *till.lane().view(); }

  std::int64_t now_ms = 10'000;
  std::vector<Sound> sounds;
  FakeTill till;
  Desk desk;
  KeyGate gate;
};

}  // namespace lanekeeper::till::test
