// A key of the till: label in at most two lines, the cap of its hotkey, an icon, a note below. Takes no focus.
//
// A key that cannot be used now keeps its place, turns grey and says why in its note; it still emits wxEVT_BUTTON, so
// that pressing it can explain itself. A press at a key is wxEVT_BUTTON, like at any button.
#pragma once

#include <optional>

#include <wx/timer.h>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class TouchKey : public Pressable {
 public:
  enum class Look { plain, primary, confirm, danger, danger_filled, tab };
  enum class Arrangement {
    stacked,  // cap in the corner; icon, label and note in the middle
    bottom,   // quick key: cap in the corner, label and note at the bottom
    in_row,   // cap (or icon) beside the label, all in the middle
    leading,  // cap, then the label, from the left edge
  };
  struct Content {
    wxString label{};
    wxString cap{};
    wxString note{};
    std::optional<Icon> icon{};
    Look look = Look::plain;
    Arrangement arrangement = Arrangement::stacked;
    bool selected = false;
    bool available = true;
    int label_px = 18;
    int note_px = 14;
    int cap_px = 13;
    bool operator==(const Content&) const = default;
  };

  explicit TouchKey(wxWindow* parent);
  TouchKey(wxWindow* parent, Content content);
  void set(Content content);  // repaints only when something differs
  [[nodiscard]] const Content& content() const { return content_; }
  // Whether all words fit at the present size; a test asks this of every key in every language.
  [[nodiscard]] bool words_fit() const;
  // Shows the pressed look for a moment: the key was pressed on the keyboard.
  void flash();

 protected:
  void paint(Painter& painter) override;

 private:
  struct Colours {
    wxColour fill, border, text, note, cap_text;
    double border_width = 1;
    CapKind cap = CapKind::plain;
  };
  [[nodiscard]] Colours colours() const;
  void paint_stacked(Painter& painter, const Colours& colours, Area area);
  void paint_bottom(Painter& painter, const Colours& colours, Area area);
  void paint_in_row(Painter& painter, const Colours& colours, Area area);
  // The label in one or two lines that fit; the size goes down before words are lost.
  struct Fitted {
    std::vector<wxString> lines{};
    TextStyle style;
    double line_height = 0;
    bool complete = false;
  };
  [[nodiscard]] Fitted fit_label(Painter& painter, const Colours& colours, double width, int max_lines) const;

  Content content_;
  bool flashing_ = false;
  wxTimer flash_timer_;
};

}  // namespace lanekeeper::widgets
