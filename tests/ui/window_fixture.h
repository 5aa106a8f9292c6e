// The till's window on an X server of its own, over the real lane and register, driven with real key and mouse events.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <wx/app.h>
#include <wx/uiaction.h>

#include "fake_till.h"
#include "till_ui/till_frame.h"
#include "wedge_scanner.h"

namespace lanekeeper::till::test {

// Whether there is a window system; wx begins once for the program, and lives as long as its tests.
[[nodiscard]] bool window_system_started();

class FrameTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!window_system_started()) GTEST_SKIP() << "no X server (Xvfb) on this machine";
  }
  void TearDown() override { close(); }

  void open(int width = 1366, int height = 768, i18n::Language language = i18n::Language::zh_CN,
            ShopOptions shop = {}) {
    close();
    till = std::make_unique<FakeTill>(std::move(shop));
    till->link_state(LinkStatus::State::online);
    FaceOptions options;
    options.language = language;
    options.window_width_px = width;
    options.window_height_px = height;
    options.customer_window = customer_window;
    frame = new ui::TillFrame(*till, options);
    frame->Show();
    // Without a window manager the keys go to the window under the pointer.
    simulator.MouseMove(700, 20);
    settle();
  }
  void close() {
    if (frame == nullptr) return;
    frame->Hide();
    frame->Destroy();
    frame = nullptr;
    wxTheApp->ProcessIdle();
    till.reset();
  }
  void settle() {
    for (int i = 0; i < 4; ++i) turn();
  }
  // The window's loop once, with what other threads would have handed over.
  void turn() {
    wxTheApp->Yield(true);
    if (till) till->run_posted();
  }
  // Runs the window until something is true.
  template <class Condition>
  [[nodiscard]] bool until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      turn();
    }
    settle();
    return true;
  }
  void key(int code, int modifiers = wxMOD_NONE) {
    simulator.Char(code, modifiers);
    settle();
  }
  // As a person: every character is through before the next comes.
  void type(std::string_view text) {
    for (const char c : text) {
      const auto before = frame->desk().text();
      simulator.Char(c);
      ASSERT_TRUE(until([&] { return frame->desk().text() != before; })) << c;
      const auto pause = std::chrono::steady_clock::now() + std::chrono::milliseconds(40);
      while (std::chrono::steady_clock::now() < pause) wxTheApp->Yield(true);
    }
  }
  // As a scanner: all at once.
  void scan(std::string_view code) {
    ASSERT_TRUE(wedge_scan(code));
    settle();
  }
  void sign_in(std::string_view number = "1027") {
    ASSERT_TRUE(till->lane().sign_in(number, shop_pin));
    settle();
  }
  // The key with this cap that can be seen; nullptr when there is none.
  [[nodiscard]] const wxWindow* key_with_cap(const wxString& cap) const;
  const RegisterView& view() { return *till->lane().view(); }

  static constexpr int patience_ms = 8'000;

  CustomerWindow customer_window{};  // set before open()
  wxUIActionSimulator simulator;
  std::unique_ptr<FakeTill> till;
  ui::TillFrame* frame = nullptr;
};

// Every key that can be seen shows all its words, lies inside its panel and touches no other.
class ClippingTest : public FrameTest {
 protected:
  void check(const std::string& where);
};

}  // namespace lanekeeper::till::test
