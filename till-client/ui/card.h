// What the painted parts of the till's screens share: a control that shows a value, keys and pads that act on the desk,
// and words that shrink until they fit.
#pragma once

#include <utility>

#include "till_ui/key_pad.h"
#include "widgets/painted.h"
#include "widgets/touch_key.h"

namespace lanekeeper::till::ui {

// A painted control that shows a value of type ContentT, which compares and says by spoken() what assistive technology
// calls it.
template <class ContentT>
class PaintedCard : public widgets::PaintedControl {
 public:
  using Content = ContentT;
  explicit PaintedCard(wxWindow* parent) : PaintedControl(parent, wxString()) {}
  // Only what differs is painted again.
  void set(Content content) {
    if (content == content_) return;
    content_ = std::move(content);
    SetLabel(content_.spoken());
    Refresh();
  }

 protected:
  // The white panel that most cards stand on.
  static void paint_panel(widgets::Painter& painter) {
    const auto& t = widgets::theme();
    painter.box(painter.area(), {t.panel, t.line, 1, t.radius});
  }

  Content content_;
};

// A key that does the action when it is pressed; card_key for one that stands on a white panel.
[[nodiscard]] widgets::TouchKey* action_key(wxWindow* parent, Desk& desk, Action action);
[[nodiscard]] widgets::TouchKey* card_key(wxWindow* parent, Desk& desk, Action action);

// What a pad types and does goes to the desk.
[[nodiscard]] KeyPad::Handler to_desk(Desk& desk);

// The style, smaller when the text would not fit into the width, but not below least_px.
[[nodiscard]] widgets::TextStyle fitted(widgets::Painter& painter, const wxString& text, widgets::TextStyle style,
                                        double width, int least_px);

}  // namespace lanekeeper::till::ui
