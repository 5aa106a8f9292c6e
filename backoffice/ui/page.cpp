#include "office_ui/page.h"

namespace lanekeeper::office {

Watcher::Watcher(wxWindow* parent, Shell& shell) : wxPanel(parent), shell_(shell) {
  SetBackgroundColour(parent->GetBackgroundColour());
}

void Watcher::update_soon() {
  if (update_pending_) return;
  update_pending_ = true;
  CallAfter([this] {
    update_pending_ = false;
    update();
  });
}

}  // namespace lanekeeper::office
