#include "office_ui/flow_control.h"

#include <cmath>

#include <wx/scrolwin.h>
#include <wx/sizer.h>

namespace lanekeeper::office {

FlowControl::FlowControl(wxWindow* parent, const wxString& label, widgets::Focus focus)
    : PaintedControl(parent, label, focus) {
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    take_height();
    event.Skip();
  });
}

void FlowControl::content_changed() {
  take_height();
  Refresh();
}

void FlowControl::take_height() {
  const int wanted = px(std::ceil(height_for(design_width())));
  if (GetMinSize().y == wanted) return;
  SetMinSize(wxSize(-1, wanted));
  CallAfter([this] { lay_out_around(this); });
}

wxSize FlowControl::DoGetBestClientSize() const {
  return {px(100), px(std::ceil(height_for(std::max(200.0, design_width()))))};
}

void lay_out_around(wxWindow* window) {
  for (wxWindow* above = window->GetParent(); above != nullptr; above = above->GetParent()) {
    if (auto* scrolled = wxDynamicCast(above, wxScrolledWindow)) {
      scrolled->FitInside();
      scrolled->Layout();
      // Panels between the scrolled window and this one got their new sizes just now.
      for (wxWindow* inner = window->GetParent(); inner != above; inner = inner->GetParent()) inner->Layout();
      return;
    }
    above->InvalidateBestSize();
    if (above->IsTopLevel()) return;
  }
}

}  // namespace lanekeeper::office
