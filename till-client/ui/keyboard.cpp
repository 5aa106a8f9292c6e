#include "till_ui/keyboard.h"

#include <wx/defs.h>

namespace lanekeeper::till::ui {

namespace {

Key named_key(int code) {
  switch (code) {
    case WXK_RETURN:
    case WXK_NUMPAD_ENTER:
      return Key::enter;
    case WXK_ESCAPE:
      return Key::escape;
    case WXK_BACK:
      return Key::backspace;
    case WXK_DELETE:
    case WXK_NUMPAD_DELETE:
      return Key::del;
    case WXK_TAB:
    case WXK_NUMPAD_TAB:
      return Key::tab;
    case WXK_UP:
    case WXK_NUMPAD_UP:
      return Key::up;
    case WXK_DOWN:
    case WXK_NUMPAD_DOWN:
      return Key::down;
    case WXK_LEFT:
    case WXK_NUMPAD_LEFT:
      return Key::left;
    case WXK_RIGHT:
    case WXK_NUMPAD_RIGHT:
      return Key::right;
    case WXK_PAGEUP:
    case WXK_NUMPAD_PAGEUP:
      return Key::page_up;
    case WXK_PAGEDOWN:
    case WXK_NUMPAD_PAGEDOWN:
      return Key::page_down;
    default:
      break;
  }
  if (code >= WXK_F1 && code <= WXK_F12) {
    return static_cast<Key>(static_cast<int>(Key::f1) + (code - WXK_F1));
  }
  return Key::none;
}

// The character as the layout and Shift make it. A character hook carries the unshifted key; on GTK the raw code is the
// key symbol, which is the character itself for Latin 1, and has its own range for the keypad.
char32_t character_of(const wxKeyEvent& event) {
#ifdef __WXGTK__
  constexpr wxUint32 keypad_first = 0xFFAA;  // GDK_KEY_KP_Multiply
  constexpr wxUint32 keypad_last = 0xFFB9;   // GDK_KEY_KP_9
  const wxUint32 symbol = event.GetRawKeyCode();
  if (symbol >= 0x20 && symbol <= 0xFF) return symbol;
  if (symbol >= keypad_first && symbol <= keypad_last) {
    // The symbols of the keypad follow ASCII: 0xFFAA is '*', 0xFFB0 is '0'. Some layouts have a comma for the point.
    const char32_t character = symbol - 0xFF80;
    return character == ',' ? U'.' : character;
  }
  if (symbol >= 0x01000100 && symbol <= 0x0110FFFF) return symbol - 0x01000000;
  return 0;
#else
  const auto character = static_cast<char32_t>(event.GetUnicodeKey());
  return character == WXK_NONE ? 0 : character;
#endif
}

}  // namespace

KeyStroke key_stroke_of(const wxKeyEvent& event) {
  const bool with_alt = event.AltDown();
  const Key named = named_key(event.GetKeyCode());
  if (named != Key::none) return with_alt ? KeyStroke{} : KeyStroke{named, 0, event.ControlDown(), false};
  char32_t character = character_of(event);
  if (character == 0 || character == 0x7F) return {};
  const bool with_ctrl = event.ControlDown();
  if ((with_ctrl || with_alt) && character >= 'A' && character <= 'Z') character += 'a' - 'A';
  return {Key::character, character, with_ctrl, with_alt};
}

}  // namespace lanekeeper::till::ui
