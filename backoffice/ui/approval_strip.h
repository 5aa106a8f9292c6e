// What a till asks to be allowed right now: one request at a time over every page, answered with two buttons, and how
// the last answer went.
#pragma once

#include <chrono>

#include "office_ui/page.h"
#include "widgets/icon_label.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class ApprovalStrip : public Watcher {
 public:
  ApprovalStrip(wxWindow* parent, Shell& shell);
  // Something is to be seen; the parent shows and hides it.
  [[nodiscard]] bool wanted() const;
  // For tests.
  [[nodiscard]] widgets::Button& grant() { return *grant_; }
  [[nodiscard]] widgets::Button& refuse() { return *refuse_; }

 protected:
  void update() override;

 private:
  void show_request(const protocol::ApprovalStatus& status, std::size_t more);
  void show_outcome();
  void answer(bool granted);
  // What was shown when the button could be pressed: a request that moved up meanwhile is not answered by mistake.
  std::optional<Uuid> shown_;
  std::chrono::steady_clock::time_point shown_at_;

  widgets::Surface* card_;
  widgets::IconLabel* title_;
  widgets::Label* note_;
  widgets::Button* refuse_;
  widgets::Button* grant_;
};

}  // namespace lanekeeper::office
