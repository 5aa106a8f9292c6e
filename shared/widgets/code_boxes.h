// The six digits of a pairing code, as large as reading them aloud across a room needs.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class CodeBoxes : public PaintedControl {
 public:
  explicit CodeBoxes(wxWindow* parent);
  void set(const wxString& digits);  // empty: empty boxes

 protected:
  void paint(Painter& painter) override;

 private:
  wxString digits_;
};

}  // namespace lanekeeper::widgets
