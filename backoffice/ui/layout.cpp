#include "office_ui/layout.h"

#include "widgets/painted.h"

namespace lanekeeper::office {

namespace {

// Gives every visible child but the first the gap before it, each time it is measured.
class GapSizer : public wxBoxSizer {
 public:
  GapSizer(int orientation, int gap) : wxBoxSizer(orientation), gap_(gap) {}
  wxSize CalcMin() override {
    bool first = true;
    for (wxSizerItem* item : GetChildren()) {
      if (item->IsSpacer() || !item->IsShown()) continue;
      item->SetBorder(first ? 0 : gap_);
      first = false;
    }
    return wxBoxSizer::CalcMin();
  }

 private:
  int gap_;
};

}  // namespace

Stack::Stack(wxWindow* parent, int orientation, double gap)
    : parent_(parent), sizer_(new GapSizer(orientation, widgets::px(parent, gap))) {}

wxSizerFlags Stack::flags(int proportion) const {
  wxSizerFlags result(proportion);
  result.Border(sizer_->GetOrientation() == wxVERTICAL ? wxTOP : wxLEFT, 0);
  return result;
}

Stack& Stack::add(wxWindow* child, int proportion) {
  sizer_->Add(child, flags(proportion).Expand());
  return *this;
}

Stack& Stack::add_centred(wxWindow* child, int proportion) {
  const bool vertical = sizer_->GetOrientation() == wxVERTICAL;
  sizer_->Add(child, vertical ? flags(proportion).CenterHorizontal() : flags(proportion).CenterVertical());
  return *this;
}

Stack& Stack::add_at_end(wxWindow* child) {
  sizer_->Add(child, sizer_->GetOrientation() == wxVERTICAL ? flags(0).Right() : flags(0).Bottom());
  return *this;
}

Stack& Stack::add(wxSizer* child, int proportion) {
  sizer_->Add(child, flags(proportion).Expand());
  return *this;
}

Stack& Stack::add_centred(wxSizer* child) {
  const bool vertical = sizer_->GetOrientation() == wxVERTICAL;
  sizer_->Add(child, vertical ? flags(0).CenterHorizontal() : flags(0).CenterVertical());
  return *this;
}

Stack& Stack::add_space(double size, int proportion) {
  const int space = widgets::px(parent_, size);
  const bool vertical = sizer_->GetOrientation() == wxVERTICAL;
  sizer_->Add(vertical ? 0 : space, vertical ? space : 0, proportion);
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
  for (wxWindow* child : {left, right}) child->SetMinSize(wxSize(widgets::px(parent, 60), child->GetBestSize().y));
  sizer->Add(left, wxSizerFlags(1));
  sizer->AddSpacer(widgets::px(parent, gap));  // no border: that would be taken off one child only
  sizer->Add(right, wxSizerFlags(1));
  return sizer;
}

bool set_shown(wxWindow* window, bool shown) {
  if (window->IsShown() == shown) return false;
  window->Show(shown);
  return true;
}

}  // namespace lanekeeper::office
