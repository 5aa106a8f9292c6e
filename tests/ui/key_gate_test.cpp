// The gate between keyboard and desk on its own: what a hiccup of a scanner may press, and what a person has to wait
// for.
#include "till_ui/key_gate.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace lanekeeper::till::test {
namespace {

using ui::KeyGate;

// As the quick keys: every digit is a command, and so are + and *.
class Desk final : public ui::KeySink {
 public:
  bool digits_are_commands = true;
  std::string pressed;  // commands, and Enter as "!"
  std::string typed;
  std::vector<std::string> scans;

  [[nodiscard]] bool is_command(char32_t c) const override {
    return c == U'+' || c == U'*' || (digits_are_commands && c >= U'0' && c <= U'9');
  }
  void character(char32_t c) override { (is_command(c) ? pressed : typed) += static_cast<char>(c); }
  void enter() override { pressed += '!'; }
  void scan(const DetectedScan& scan) override { scans.push_back(scan.data); }
  void save_draft() override { saved_ = typed; }
  void restore_draft() override { typed = saved_; }

 private:
  std::string saved_;
};

class KeyGateTest : public testing::Test {
 protected:
  // The gate's timer runs out wherever the next key is later than that.
  void key(char c, std::int64_t after_ms) {
    if (gate.waiting() && after_ms > gate.wake_in_ms()) gate.burst_over();
    gate.character(static_cast<unsigned char>(c), now_ms += after_ms);
  }
  void keys(std::string_view text, std::int64_t pause_ms) {
    for (std::size_t i = 0; i < text.size(); ++i) key(text[i], i == 0 ? pause_ms : 5);
  }
  void enter(std::int64_t after_ms) {
    if (gate.waiting() && after_ms > gate.wake_in_ms()) gate.burst_over();
    gate.enter(now_ms += after_ms);
  }

  std::int64_t now_ms = 1000;
  Desk desk;
  KeyGate gate{desk};
};

TEST_F(KeyGateTest, AHiccupOfTheScannerPressesNoQuickKey) {
  for (const auto* first : {"69", "690", "6901234"}) {
    keys(first, 1000);
    keys(std::string("6901234567892").substr(std::string(first).size()), 110);
    enter(5);
    EXPECT_EQ(desk.pressed, "") << first;
  }
  EXPECT_EQ(desk.scans, std::vector<std::string>(3, "6901234567892"));
}

TEST_F(KeyGateTest, NorDoesOneBeforeEnterOrASignInTheMiddleOfACode) {
  desk.digits_are_commands = false;
  keys("AB+C", 1000);
  keys("D+99", 110);
  enter(5);
  EXPECT_EQ(desk.pressed, "");
  EXPECT_EQ(desk.typed, "");
  keys("6901234567892", 1000);
  enter(110);
  EXPECT_EQ(desk.scans, (std::vector<std::string>{"AB+CD+99", "6901234567892"}));
  EXPECT_EQ(desk.typed, "") << "the digits are not confirmed as something typed";
}

TEST_F(KeyGateTest, WhatIsNoHiccupIsPressedAndWhatAPersonTypesWaitsNoLonger) {
  key('1', 1000);
  EXPECT_TRUE(gate.waiting());
  EXPECT_EQ(gate.wake_in_ms(), 35);
  gate.burst_over();
  EXPECT_EQ(desk.pressed, "1");
  key('2', 110);
  EXPECT_EQ(gate.wake_in_ms(), 35) << "a person's second key begins anew";
  gate.burst_over();
  keys("690", 1000);
  EXPECT_EQ(gate.wake_in_ms(), 125) << "it may be a scanner's hiccup";
  key('1', 126);
  EXPECT_EQ(desk.pressed, "12690");
  gate.burst_over();
  EXPECT_EQ(desk.pressed, "126901");
  EXPECT_TRUE(desk.scans.empty());
}

TEST_F(KeyGateTest, WithAPrefixOnlyWhatBeginsWithItIsAScan) {
  desk.digits_are_commands = false;
  KeyGate with_prefix(desk, '~');
  const auto send = [&](std::string_view text) {
    now_ms += 1000;
    for (const char c : text) with_prefix.character(static_cast<unsigned char>(c), now_ms += 5);
    with_prefix.enter(now_ms += 5);
  };
  send("~50007");
  EXPECT_EQ(desk.scans, (std::vector<std::string>{"50007"}));
  EXPECT_EQ(desk.typed, "") << "the prefix is taken back with the rest";
  send("~12");
  EXPECT_EQ(desk.scans.back(), "12") << "of whatever length";
  EXPECT_EQ(desk.pressed, "");
  send("6901234567892");
  EXPECT_EQ(desk.scans.size(), 2u);
  EXPECT_EQ(desk.typed, "6901234567892");
  EXPECT_EQ(desk.pressed, "!");
}

}  // namespace
}  // namespace lanekeeper::till::test
