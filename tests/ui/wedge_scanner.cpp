// Apart from the tests because the headers of X define None, Bool and Status as macros.
#include "wedge_scanner.h"

#include <poll.h>

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

using Connection = std::unique_ptr<Display, int (*)(Display*)>;

Connection connect_with_keys() {
  Connection display{XOpenDisplay(nullptr), XCloseDisplay};
  int unused = 0;
  if (display && !XTestQueryExtension(display.get(), &unused, &unused, &unused, &unused)) display.reset();
  return display;
}

constexpr char group_separator = 0x1D;

void press_character(Display* display, char character) {
  if (character == group_separator) {
    // As scanners in keyboard mode send control characters: Ctrl with the key that stands for them.
    const KeyCode control = XKeysymToKeycode(display, XK_Control_L);
    XTestFakeKeyEvent(display, control, True, CurrentTime);
    press(display, XKeysymToKeycode(display, XK_bracketright));
    XTestFakeKeyEvent(display, control, False, CurrentTime);
    return;
  }
  const KeyCode shift = XKeysymToKeycode(display, XK_Shift_L);
  const auto symbol = static_cast<KeySym>(static_cast<unsigned char>(character));  // Latin-1: its own key symbol
  const KeyCode key = XKeysymToKeycode(display, symbol);
  const bool shifted = XkbKeycodeToKeysym(display, key, 0, 0) != symbol;
  if (shifted) XTestFakeKeyEvent(display, shift, True, CurrentTime);
  press(display, key);
  if (shifted) XTestFakeKeyEvent(display, shift, False, CurrentTime);
}

bool shows_a_window(Display* display) {
  Window root = 0;
  Window parent = 0;
  Window* children = nullptr;
  unsigned int count = 0;
  if (XQueryTree(display, DefaultRootWindow(display), &root, &parent, &children, &count) == 0) return false;
  bool shown = false;
  for (unsigned int i = 0; i < count; ++i) {
    XWindowAttributes attributes{};
    const bool known = XGetWindowAttributes(display, children[i], &attributes) != 0;
    shown = shown || (known && attributes.map_state == IsViewable && attributes.width > 200);
  }
  if (children != nullptr) XFree(children);
  return shown;
}

}  // namespace

bool wait_for_window() {
  Connection display{nullptr, XCloseDisplay};
  constexpr int tries = 400;
  for (int i = 0; i < tries; ++i) {
    // A display starts anew when its last client has gone, and takes nobody meanwhile. Once open it stays so, lest it
    // start anew just when the window wants it.
    if (!display) display.reset(XOpenDisplay(nullptr));
    if (display && shows_a_window(display.get())) return true;
    ::poll(nullptr, 0, 50);
  }
  return false;
}

bool type_by_hand(std::string_view text) {
  const auto display = connect_with_keys();
  if (!display) return false;
  constexpr int pause_ms = 80;  // slower than any scanner
  for (const char c : text) {
    press_character(display.get(), c);
    XSync(display.get(), False);
    ::poll(nullptr, 0, pause_ms);
  }
  press(display.get(), XKeysymToKeycode(display.get(), XK_Return));
  XSync(display.get(), False);
  return true;
}

bool wedge_scan(std::string_view code) {
  const auto display = connect_with_keys();
  if (!display) return false;
  for (const char c : code) press_character(display.get(), c);
  press(display.get(), XKeysymToKeycode(display.get(), XK_Return));
  XSync(display.get(), False);
  return true;
}

}  // namespace lanekeeper::till::test
