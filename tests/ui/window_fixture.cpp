#include "window_fixture.h"

#include <wx/evtloop.h>

#include "own_display.h"
#include "widgets/touch_key.h"

namespace lanekeeper::till::test {

namespace {

class TestApp : public wxApp {
 public:
  bool OnInit() override { return true; }
};

// wx begins once for the program; its server and its app live as long as the tests.
class WindowWorld : public testing::Environment {
 public:
  void SetUp() override {
    display_ = std::make_unique<OwnDisplay>(1366, 768);
    if (!display_->running()) return;
    wxApp::SetInstance(new TestApp);
    int count = 1;
    char name[] = "till_window_test";
    char* arguments[] = {name, nullptr};
    started_ = wxEntryStart(count, arguments) && wxTheApp->CallOnInit();
    if (!started_) return;
    loop_ = std::make_unique<wxGUIEventLoop>();
    wxEventLoopBase::SetActive(loop_.get());
  }
  void TearDown() override {
    if (started_) {
      wxEventLoopBase::SetActive(nullptr);
      loop_.reset();
      wxEntryCleanup();
    }
    display_.reset();
  }
  [[nodiscard]] static bool started() { return started_; }

 private:
  std::unique_ptr<OwnDisplay> display_;
  std::unique_ptr<wxGUIEventLoop> loop_;
  static inline bool started_ = false;
};

const auto* const world = testing::AddGlobalTestEnvironment(new WindowWorld);

}  // namespace

bool window_system_started() {
  return WindowWorld::started();
}

const wxWindow* FrameTest::key_with_cap(const wxString& cap) const {
  std::vector<wxWindow*> open_windows{frame};
  while (!open_windows.empty()) {
    wxWindow* one = open_windows.back();
    open_windows.pop_back();
    const auto* touch = dynamic_cast<widgets::TouchKey*>(one);
    if (touch != nullptr && touch->IsShownOnScreen() && touch->content().cap == cap) return one;
    for (wxWindow* child : one->GetChildren()) open_windows.push_back(child);
  }
  return nullptr;
}

void ClippingTest::check(const std::string& where) {
  frame->refresh_now();
  settle();
  std::vector<wxWindow*> open_windows{frame};
  while (!open_windows.empty()) {
    wxWindow* parent = open_windows.back();
    open_windows.pop_back();
    std::vector<wxWindow*> keys;
    for (wxWindow* child : parent->GetChildren()) {
      if (!child->IsShown()) continue;
      open_windows.push_back(child);
      auto* touch = dynamic_cast<widgets::TouchKey*>(child);
      if (touch == nullptr) continue;
      // Names of goods on quick keys may end in an ellipsis, like everywhere.
      const bool goods = touch->content().arrangement == widgets::TouchKey::Arrangement::bottom;
      EXPECT_TRUE(goods || touch->words_fit())
          << where << ": " << touch->GetLabel().utf8_str() << " in " << touch->GetSize().x << "x" << touch->GetSize().y;
      EXPECT_TRUE(parent->GetClientRect().Contains(touch->GetRect())) << where << ": " << touch->GetLabel().utf8_str();
      for (const wxWindow* other : keys) {
        EXPECT_FALSE(other->GetRect().Intersects(touch->GetRect()))
            << where << ": " << touch->GetLabel().utf8_str() << " over " << other->GetLabel().utf8_str();
      }
      keys.push_back(touch);
    }
  }
}

}  // namespace lanekeeper::till::test
