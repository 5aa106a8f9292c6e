#include "till_ui/run.h"

#include <wx/app.h>
#include <wx/display.h>

#include <spdlog/spdlog.h>

#include "till_ui/failure_frame.h"
#include "till_ui/till_frame.h"

namespace lanekeeper::till::ui {

namespace {

// Tasks that reach the app after the till has gone find the door closed and do nothing.
struct Door {
  std::mutex mutex;
  wxAppConsole* app = nullptr;
};

class TillApp : public wxApp {
 public:
  TillApp(const FaceOptions& options, const OpenTill& open) : options_(options), open_(open) {}

  [[nodiscard]] int result() const { return result_; }

  bool OnInit() override {
    SetAppName("lanekeeper-till");
    set_scale();
    door_ = std::make_shared<Door>();
    door_->app = this;
    if (options_.on_stop) {
      options_.on_stop([this, door = door_] {
        const std::lock_guard lock(door->mutex);
        if (door->app != nullptr) door->app->CallAfter([this] { close_window(); });
      });
    }
    auto till = open_([door = door_](const std::function<void()>& task) {
      const std::lock_guard lock(door->mutex);
      if (door->app != nullptr) door->app->CallAfter(task);
    });
    if (!till) {
      result_ = 1;
      auto* failure = new FailureFrame(options_, till.error());
      failure->Show();
      return true;
    }
    till_ = std::move(*till);
    frame_ = new TillFrame(*till_, options_);
    frame_->Bind(wxEVT_DESTROY, [this](wxWindowDestroyEvent& event) {
      if (event.GetEventObject() == frame_) ExitMainLoop();
      event.Skip();
    });
    if (options_.window_width_px > 0) {
      frame_->Show();
    } else {
      // A till fills its screen.
      frame_->ShowFullScreen(true);
    }
    till_->start();
    return true;
  }

  int OnExit() override {
    if (options_.on_stop) options_.on_stop({});
    {
      const std::lock_guard lock(door_->mutex);
      door_->app = nullptr;
    }
    till_.reset();
    return wxApp::OnExit();
  }

  // A fault that nobody expected must not take the till down with a basket in it.
  bool OnExceptionInMainLoop() override {
    try {
      throw;
    } catch (const std::exception& fault) {
      spdlog::error("the window: {}", fault.what());
    }
    return true;
  }

 private:
  // Between two events, so that what the cashier did last is done and stored.
  void close_window() {
    wxWindow* window = GetTopWindow();
    if (window == nullptr || !window->Close(true)) ExitMainLoop();
  }

  void set_scale() const {
    const wxDisplay display;
    const wxRect area = display.GetGeometry();
    // The layout for 1366 is used at every scale; on a large screen of fine pixels everything grows with it.
    const double by_density = display.GetPPI().y / 100.0;
    const double by_room = std::min(area.width / 1366.0, area.height / 768.0);
    const bool given = options_.window_width_px > 0;
    widgets::set_scale(given ? 1.0 : std::min(by_density, by_room));
  }

  FaceOptions options_;
  OpenTill open_;
  std::shared_ptr<Door> door_;
  std::unique_ptr<Till> till_;
  TillFrame* frame_ = nullptr;
  int result_ = 0;
};

}  // namespace

int run_window(const FaceOptions& options, const OpenTill& open) {
  // The input method stays off: pinyin is matched by initials, and a till must not open candidate windows.
  wxSetEnv("GTK_IM_MODULE", "gtk-im-context-simple");
  auto* app = new TillApp(options, open);
  wxApp::SetInstance(app);
  int argument_count = 1;
  char name[] = "lanekeeper-till";
  char* arguments[] = {name, nullptr};
  if (!wxEntryStart(argument_count, arguments)) return 1;
  int result = 1;
  if (app->CallOnInit()) {
    result = app->OnRun();
    if (result == 0) result = app->result();
    app->OnExit();
  }
  wxEntryCleanup();
  return result;
}

}  // namespace lanekeeper::till::ui
