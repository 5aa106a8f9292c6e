// A quiet box with a thick left edge: information, warning, stop. Its height follows its text.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class NoteBox : public PaintedControl {
 public:
  enum class Kind { info, warning, stop };

  NoteBox(wxWindow* parent, Kind kind, const wxString& text, int text_px = 14);
  // Lines are separated by \n; the parent is laid out again when the height changes.
  void set(Kind kind, const wxString& text);
  [[nodiscard]] double height_for(double width) const;  // design pixels

 protected:
  void paint(Painter& painter) override;
  wxSize DoGetBestClientSize() const override;

 private:
  Kind kind_;
  wxString text_;
  int text_px_;
};

}  // namespace lanekeeper::widgets
