#include "screen_watch.h"

#include <functional>
#include <thread>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

namespace lanekeeper::bench {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds pause_between{33};
// Each look makes the X server copy pixels instead of painting.
constexpr std::chrono::microseconds between_looks{200};

// FNV-1a over the pixels: enough to see that they changed.
std::uint64_t sum_of(Display* display, const ScreenWatch::Region& region) {
  XImage* image = XGetImage(display, DefaultRootWindow(display), region.x, region.y, region.width, region.height,
                            AllPlanes, ZPixmap);
  if (image == nullptr) return 0;
  std::uint64_t sum = 14695981039346656037ULL;
  const auto words = static_cast<std::size_t>(image->bytes_per_line) * static_cast<std::size_t>(image->height) / 8;
  const auto* pixels = reinterpret_cast<const std::uint64_t*>(image->data);
  for (std::size_t i = 0; i < words; ++i) sum = (sum ^ pixels[i]) * 1099511628211ULL;
  XDestroyImage(image);
  return sum;
}

}  // namespace

struct ScreenWatch::Impl {
  std::unique_ptr<Display, int (*)(Display*)> display{nullptr, XCloseDisplay};

  void key(KeySym symbol) const {
    const KeyCode code = XKeysymToKeycode(display.get(), symbol);
    XTestFakeKeyEvent(display.get(), code, True, CurrentTime);
    XTestFakeKeyEvent(display.get(), code, False, CurrentTime);
  }

  std::optional<std::chrono::nanoseconds> until_changed(const std::function<void()>& send,
                                                        const std::vector<Region>& regions,
                                                        std::chrono::milliseconds limit) const {
    std::vector<std::uint64_t> before;
    for (const auto& region : regions) before.push_back(sum_of(display.get(), region));
    // Nobody scans faster; and what came before has been painted by then.
    std::this_thread::sleep_for(pause_between);
    const auto start = Clock::now();
    send();
    XFlush(display.get());
    std::size_t waiting = 0;  // regions before this one have changed
    while (Clock::now() - start < limit) {
      std::this_thread::sleep_for(between_looks);
      while (waiting < regions.size() && sum_of(display.get(), regions[waiting]) != before[waiting]) ++waiting;
      if (waiting == regions.size()) return Clock::now() - start;
    }
    return std::nullopt;
  }
};

ScreenWatch::ScreenWatch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ScreenWatch::~ScreenWatch() = default;

std::unique_ptr<ScreenWatch> ScreenWatch::open() {
  auto impl = std::make_unique<Impl>();
  impl->display.reset(XOpenDisplay(nullptr));
  int unused = 0;
  if (!impl->display || !XTestQueryExtension(impl->display.get(), &unused, &unused, &unused, &unused)) return nullptr;
  return std::unique_ptr<ScreenWatch>(new ScreenWatch(std::move(impl)));
}

std::optional<ScreenWatch::Region> ScreenWatch::largest_window() const {
  auto* display = impl_->display.get();
  Window root = 0;
  Window parent = 0;
  Window* children = nullptr;
  unsigned int count = 0;
  if (XQueryTree(display, DefaultRootWindow(display), &root, &parent, &children, &count) == 0) return std::nullopt;
  std::optional<Region> largest;
  for (unsigned int i = 0; i < count; ++i) {
    XWindowAttributes attributes{};
    if (XGetWindowAttributes(display, children[i], &attributes) == 0 || attributes.map_state != IsViewable) continue;
    const Region region{attributes.x, attributes.y, static_cast<unsigned>(attributes.width),
                        static_cast<unsigned>(attributes.height)};
    if (!largest || region.width * region.height > largest->width * largest->height) largest = region;
  }
  if (children != nullptr) XFree(children);
  return largest;
}

std::optional<std::chrono::nanoseconds> ScreenWatch::scan(std::string_view code, const std::vector<Region>& regions,
                                                          std::chrono::milliseconds limit) {
  return impl_->until_changed(
      [&] {
        for (const char c : code) impl_->key(static_cast<KeySym>(static_cast<unsigned char>(c)));
        impl_->key(XK_Return);
      },
      regions, limit);
}

std::optional<std::chrono::nanoseconds> ScreenWatch::press(const char* key, const std::vector<Region>& regions,
                                                           std::chrono::milliseconds limit) {
  return impl_->until_changed([&] { impl_->key(XStringToKeysym(key)); }, regions, limit);
}

}  // namespace lanekeeper::bench
