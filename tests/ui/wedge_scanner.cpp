// Apart from the tests because the headers of X define None, Bool and Status as macros.
#include "wedge_scanner.h"

#include <memory>

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

namespace lanekeeper::till::test {

namespace {

void press(Display* display, KeyCode key) {
  XTestFakeKeyEvent(display, key, True, CurrentTime);
  XTestFakeKeyEvent(display, key, False, CurrentTime);
}

}  // namespace

bool wedge_scan(std::string_view code) {
  const std::unique_ptr<Display, int (*)(Display*)> display{XOpenDisplay(nullptr), XCloseDisplay};
  int unused = 0;
  if (!display || !XTestQueryExtension(display.get(), &unused, &unused, &unused, &unused)) return false;
  const KeyCode shift = XKeysymToKeycode(display.get(), XK_Shift_L);
  for (const char c : code) {
    const auto symbol = static_cast<KeySym>(static_cast<unsigned char>(c));  // Latin-1 key symbols are the characters
    const KeyCode key = XKeysymToKeycode(display.get(), symbol);
    const bool shifted = XkbKeycodeToKeysym(display.get(), key, 0, 0) != symbol;
    if (shifted) XTestFakeKeyEvent(display.get(), shift, True, CurrentTime);
    press(display.get(), key);
    if (shifted) XTestFakeKeyEvent(display.get(), shift, False, CurrentTime);
  }
  press(display.get(), XKeysymToKeycode(display.get(), XK_Return));
  XSync(display.get(), False);
  return true;
}

}  // namespace lanekeeper::till::test
