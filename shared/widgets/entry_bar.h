// Where typed characters stand. It paints a buffer that the frame owns; it is not a text field, so focus cannot be
// lost.
#pragma once

#include <optional>

#include "widgets/touch_key.h"

namespace lanekeeper::widgets {

class EntryBar : public PaintedControl {
 public:
  struct Content {
    wxString chip{};         // "3 ×": what applies to the next entry
    wxString label{};        // "第 6 行 数量"
    wxString text{};         // what was typed
    wxString placeholder{};  // while nothing is typed
    std::optional<Icon> side_icon{};
    wxString side_strong{};  // "0.000 kg"
    wxString side_text{};
    wxString key_label{};    // of the key at the right end; empty: none
    bool attention = false;  // amber
    int text_px = 18;
    bool operator==(const Content&) const = default;
  };

  explicit EntryBar(wxWindow* parent);
  void set(Content content);
  [[nodiscard]] TouchKey& key() { return *key_; }  // at the right end; emits wxEVT_BUTTON

 protected:
  void paint(Painter& painter) override;

 private:
  void place_key();
  void paint_side(Painter& painter, Area& area, const wxColour& ground_text) const;

  Content content_;
  TouchKey* key_;
};

}  // namespace lanekeeper::widgets
