#include "till_ui/card.h"

namespace lanekeeper::till::ui {

using widgets::TouchKey;

TouchKey* action_key(wxWindow* parent, Desk& desk, Action action) {
  auto* key = new TouchKey(parent);
  key->Bind(wxEVT_BUTTON, [&desk, action](wxCommandEvent&) { desk.act(action); });
  return key;
}

TouchKey* card_key(wxWindow* parent, Desk& desk, Action action) {
  auto* key = action_key(parent, desk, action);
  key->set_ground(widgets::theme().panel);
  return key;
}

KeyPad::Handler to_desk(Desk& desk) {
  return {[&desk](std::string_view text) { desk.type(text); }, [&desk](Action action) { desk.act(action); }};
}

widgets::TextStyle fitted(widgets::Painter& painter, const wxString& text, widgets::TextStyle style, double width,
                          int least_px) {
  while (style.px > least_px && painter.text_width(text, style) > width) --style.px;
  return style;
}

}  // namespace lanekeeper::till::ui
