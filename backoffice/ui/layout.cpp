#include "office_ui/layout.h"

#include "widgets/painted.h"

namespace lanekeeper::office {

Stack::Stack(wxWindow* parent, int orientation, double gap)
    : parent_(parent), sizer_(new wxBoxSizer(orientation)), gap_(gap) {}

// The gap belongs to the child that follows, so that a hidden child leaves none.
Stack& Stack::add(wxWindow* child, int proportion) {
  const int before = sizer_->GetOrientation() == wxVERTICAL ? wxTOP : wxLEFT;
  const int gap = sizer_->IsEmpty() ? 0 : widgets::px(parent_, gap_);
  sizer_->Add(child, wxSizerFlags(proportion).Expand().Border(before, gap));
  return *this;
}

Stack& Stack::add_centred(wxWindow* child, int proportion) {
  const bool vertical = sizer_->GetOrientation() == wxVERTICAL;
  const int gap = sizer_->IsEmpty() ? 0 : widgets::px(parent_, gap_);
  wxSizerFlags flags(proportion);
  flags.Border(vertical ? wxTOP : wxLEFT, gap);
  sizer_->Add(child, vertical ? flags.CenterHorizontal() : flags.CenterVertical());
  return *this;
}

Stack& Stack::add(wxSizer* child, int proportion) {
  const int before = sizer_->GetOrientation() == wxVERTICAL ? wxTOP : wxLEFT;
  const int gap = sizer_->IsEmpty() ? 0 : widgets::px(parent_, gap_);
  sizer_->Add(child, wxSizerFlags(proportion).Expand().Border(before, gap));
  return *this;
}

Stack& Stack::add_space(double size, int proportion) {
  const int space = widgets::px(parent_, size);
  sizer_->Add(space, space, proportion);
  return *this;
}

wxSizer* Stack::padded(double horizontal, double vertical) const {
  auto* inner = new wxBoxSizer(wxVERTICAL);
  inner->Add(sizer_, wxSizerFlags(1).Expand().Border(wxTOP | wxBOTTOM, widgets::px(parent_, vertical)));
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(inner, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT, widgets::px(parent_, horizontal)));
  return outer;
}

Stack row_of(wxWindow* parent, double gap) {
  return {parent, wxHORIZONTAL, gap};
}

Stack column_of(wxWindow* parent, double gap) {
  return {parent, wxVERTICAL, gap};
}

wxSizer* side_by_side(wxWindow* parent, wxWindow* left, wxWindow* right, double gap) {
  auto* sizer = new wxBoxSizer(wxHORIZONTAL);
  // Equal widths whatever the contents ask for.
  for (wxWindow* child : {left, right}) child->SetMinSize(wxSize(widgets::px(parent, 60), child->GetBestSize().y));
  sizer->Add(left, wxSizerFlags(1));
  sizer->Add(right, wxSizerFlags(1).Border(wxLEFT, widgets::px(parent, gap)));
  return sizer;
}

bool set_shown(wxWindow* window, bool shown) {
  if (window->IsShown() == shown) return false;
  window->Show(shown);
  return true;
}

}  // namespace lanekeeper::office
