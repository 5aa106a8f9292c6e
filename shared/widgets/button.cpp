#include "widgets/button.h"

#include <cmath>

namespace lanekeeper::widgets {

namespace {

constexpr double gap = 8;

struct Colours {
  wxColour fill, border, text;
};

Colours look_of(Button::Look look, bool enabled, bool pressed, const wxColour& ground) {
  const Theme& t = theme();
  if (!enabled) return {t.off, t.off, t.ink_quiet};
  switch (look) {
    case Button::Look::primary:
      return {pressed ? t.ink : t.accent, pressed ? t.ink : t.accent, t.on_ink};
    case Button::Look::danger:
      return {pressed ? t.red_tint : t.panel, t.red, t.red};
    case Button::Look::quiet:
      return {pressed ? t.pressed : ground, pressed ? t.pressed : ground, t.ink};
    case Button::Look::plain:
      break;
  }
  return {pressed ? t.pressed : t.panel, pressed ? t.ink : t.edge, t.ink};
}

}  // namespace

Button::Button(wxWindow* parent, Content content)
    : Pressable(parent, content.label, Focus::tab_stop), content_(std::move(content)) {
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
}

void Button::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  if (!content_.label.empty()) SetLabel(content_.label);
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
  Refresh();
}

wxString Button::words() const {
  return content_.hotkey.empty() ? content_.label : content_.label + " " + content_.hotkey;
}

wxSize Button::DoGetBestClientSize() const {
  const int text_px = content_.compact ? 14 : 15;
  const int icon = content_.compact ? 16 : 18;
  double width = content_.label.empty() ? (content_.compact ? 8 : 11) * 2.0 : (content_.compact ? 10 : 14) * 2.0;
  width += measure_text(words(), text_px, content_.look == Look::primary ? Weight::bold : Weight::regular);
  if (content_.icon) width += icon + (content_.label.empty() ? 0 : gap);
  if (content_.trailing_icon) width += icon + gap;
  return {px(std::ceil(width) + 2), px(content_.compact ? 32 : 40)};
}

void Button::paint(Painter& painter) {
  const Colours look = look_of(content_.look, IsThisEnabled(), pressed(), ground());
  if (has_focus_ring()) {
    const bool filled = content_.look == Look::primary;
    painter.box(painter.area(),
                {filled ? look.fill : theme().accent_tint, filled ? theme().ink : theme().accent, 3, theme().radius});
  } else {
    painter.box(painter.area(), {look.fill, look.border, 1, theme().radius});
  }
  const TextStyle style{content_.compact ? 14 : 15, content_.look == Look::primary ? Weight::bold : Weight::regular,
                        look.text};
  const double icon = content_.compact ? 16 : 18;
  const double head = content_.icon ? icon + (content_.label.empty() ? 0 : gap) : 0;
  const double tail = content_.trailing_icon ? icon + gap : 0;
  const double room = painter.width() - 2 * 8 - head - tail;
  const double text = std::min(room, painter.text_width(words(), style));
  double x = (painter.width() - head - text - tail) / 2;
  const double top = std::round((painter.height() - icon) / 2);
  if (content_.icon) {
    painter.icon(*content_.icon, std::round(x), top, icon, look.text);
    x += head;
  }
  painter.text(words(), {x, 0, text + 1, painter.height()}, style);
  if (content_.trailing_icon) painter.icon(*content_.trailing_icon, std::round(x + text + gap), top, icon, look.text);
}

}  // namespace lanekeeper::widgets
