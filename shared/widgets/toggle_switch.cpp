#include "widgets/toggle_switch.h"

#include <cmath>

namespace lanekeeper::widgets {

ToggleSwitch::ToggleSwitch(wxWindow* parent, Content content, bool value)
    : Pressable(parent, content.label, Focus::tab_stop), content_(std::move(content)), value_(value) {
  set_ground(theme().panel);
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
}

void ToggleSwitch::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.label);
  Refresh();
}

void ToggleSwitch::set_value(bool value) {
  if (value == value_) return;
  value_ = value;
  Refresh();
}

void ToggleSwitch::fire() {
  set_value(!value_);
  wxCommandEvent event(wxEVT_CHECKBOX, GetId());
  event.SetEventObject(this);
  event.SetInt(value_ ? 1 : 0);
  ProcessWindowEvent(event);
}

wxSize ToggleSwitch::DoGetBestClientSize() const {
  const double words = measure_text(content_.label, 15) +
                       std::max(measure_text(content_.on_text, 14), measure_text(content_.off_text, 14));
  return {px(std::ceil(words) + 40 + 24), px(38)};
}

void ToggleSwitch::paint(Painter& painter) {
  const Theme& t = theme();
  if (has_focus_ring()) painter.box(painter.area(), {t.accent_tint, std::nullopt, 1, t.tag_radius});
  painter.fill({0, painter.height() - 1, painter.width(), 1}, t.line);
  Area area = painter.area();
  const Area track = area.take_right(40, 8).centred(40, 22);
  const bool enabled = IsThisEnabled();
  painter.box(track, {value_ && enabled ? t.accent : enabled ? t.edge : t.off_edge, std::nullopt, 1, 11});
  painter.disc(value_ ? track.right() - 11 : track.x + 11, track.centre_y(), 8, t.panel);
  const wxString& state = value_ ? content_.on_text : content_.off_text;
  const TextStyle quiet{14, Weight::regular, t.ink_secondary};
  const Area state_area = area.take_right(painter.text_width(state, quiet) + 1, 8);
  painter.text(state, state_area, quiet, Align::right, Overflow::never);
  painter.text(content_.label, area, {15, Weight::regular, enabled ? t.ink : t.ink_quiet});
}

}  // namespace lanekeeper::widgets
