#include "office_ui/wx_timers.h"

#include <wx/timer.h>

namespace lanekeeper::office {
namespace {

class WxOnce : public Timer {
 public:
  WxOnce(std::chrono::milliseconds delay, std::function<void()> call) : call_(std::move(call)) {
    timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
      const auto run = call_;  // it may destroy this timer
      run();
    });
    timer_.StartOnce(static_cast<int>(std::max<std::int64_t>(1, delay.count())));
  }

 private:
  std::function<void()> call_;
  wxTimer timer_;
};

}  // namespace

std::unique_ptr<Timer> WxTimers::once(std::chrono::milliseconds delay, std::function<void()> call) {
  return std::make_unique<WxOnce>(delay, std::move(call));
}

}  // namespace lanekeeper::office
