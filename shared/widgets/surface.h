// A wxPanel with the look of a panel: white, one pixel of line, rounded; children lie on it. And a plain label.
#pragma once

#include <optional>

#include <wx/panel.h>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class Surface : public wxPanel {
 public:
  struct Look {
    std::optional<wxColour> fill{};    // default: panel
    std::optional<wxColour> border{};  // default: line
    double border_width = 1;
    bool operator==(const Look&) const = default;
  };
  explicit Surface(wxWindow* parent);
  void set_look(Look look);

 private:
  Look look_;
};

// Text that wraps to the width it gets.
class Label : public PaintedControl {
 public:
  Label(wxWindow* parent, const wxString& text, TextStyle style = {}, Align align = Align::left);
  void set(const wxString& text);
  void set(const wxString& text, const TextStyle& style);
  void set_max_lines(int lines);  // default 1
  // A long text ends in an ellipsis instead of pushing aside what stands beside it.
  void set_may_shrink();

 protected:
  void paint(Painter& painter) override;
  wxSize DoGetBestClientSize() const override;

 private:
  wxString text_;
  TextStyle style_;
  Align align_;
  int max_lines_ = 1;
  bool may_shrink_ = false;

  void take_size();
};

}  // namespace lanekeeper::widgets
