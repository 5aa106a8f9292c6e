// Short words for sizers in design pixels.
#pragma once

#include <wx/sizer.h>
#include <wx/window.h>

namespace lanekeeper::office {

// A row or column whose visible children are a gap apart: a hidden child leaves none.
class Stack {
 public:
  Stack(wxWindow* parent, int orientation, double gap);

  Stack& add(wxWindow* child, int proportion = 0);          // fills the other direction
  Stack& add_centred(wxWindow* child, int proportion = 0);  // keeps its size in the other direction
  Stack& add_at_end(wxWindow* child);                       // right in a column, at the bottom in a row
  Stack& add(wxSizer* child, int proportion = 0);
  Stack& add_centred(wxSizer* child);
  Stack& add(const Stack& child, int proportion = 0) { return add(child.sizer(), proportion); }
  Stack& add_stretch() { return add_space(0, 1); }
  Stack& add_space(double size, int proportion = 0);
  [[nodiscard]] wxBoxSizer* sizer() const { return sizer_; }
  // A sizer with room around this one, for SetSizer.
  [[nodiscard]] wxSizer* padded(double horizontal, double vertical) const;

 private:
  [[nodiscard]] wxSizerFlags flags(int proportion) const;

  wxWindow* parent_;
  wxBoxSizer* sizer_;
};

[[nodiscard]] Stack row_of(wxWindow* parent, double gap);
[[nodiscard]] Stack column_of(wxWindow* parent, double gap);
// Fields side by side, equally wide.
[[nodiscard]] wxSizer* side_by_side(wxWindow* parent, wxWindow* left, wxWindow* right, double gap = 12);

// Shows or hides; true when that changed something and the parent must be laid out.
bool set_shown(wxWindow* window, bool shown);

}  // namespace lanekeeper::office
