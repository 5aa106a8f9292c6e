// A key of the keyboard, without wx: what the action table, the desk and their tests speak of.
#pragma once

namespace lanekeeper::till::ui {

enum class Key {
  none,
  character,
  enter,
  escape,
  backspace,
  del,
  tab,
  up,
  down,
  left,
  right,
  page_up,
  page_down,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
};

struct KeyStroke {
  Key key = Key::none;
  char32_t character = 0;  // of Key::character: as typed; with ctrl or alt the lower-case letter
  bool ctrl = false;
  bool alt = false;
  bool operator==(const KeyStroke&) const = default;
};

[[nodiscard]] constexpr KeyStroke stroke(Key key) {
  return {key, 0, false, false};
}
[[nodiscard]] constexpr KeyStroke typed(char32_t character) {
  return {Key::character, character, false, false};
}
[[nodiscard]] constexpr KeyStroke ctrl(char32_t letter) {
  return {Key::character, letter, true, false};
}
[[nodiscard]] constexpr KeyStroke alt(char32_t letter) {
  return {Key::character, letter, false, true};
}

}  // namespace lanekeeper::till::ui
