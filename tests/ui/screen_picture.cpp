#include "screen_picture.h"

#include <memory>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <wx/image.h>

namespace lanekeeper::till::test {

namespace {

struct CloseDisplay {
  void operator()(Display* display) const { XCloseDisplay(display); }
};
struct FreeImage {
  void operator()(XImage* image) const { XDestroyImage(image); }
};

unsigned char channel(unsigned long pixel, unsigned long mask) {
  if (mask == 0) return 0;
  while ((mask & 1U) == 0) {
    mask >>= 1U;
    pixel >>= 1U;
  }
  return static_cast<unsigned char>(pixel & mask);
}

}  // namespace

bool save_screen(const ScreenArea& area, const std::string& png_path) {
  const std::unique_ptr<Display, CloseDisplay> display(XOpenDisplay(nullptr));
  if (!display) return false;
  const std::unique_ptr<XImage, FreeImage> image(XGetImage(display.get(), XDefaultRootWindow(display.get()), area.x,
                                                           area.y, static_cast<unsigned>(area.width),
                                                           static_cast<unsigned>(area.height), AllPlanes, ZPixmap));
  if (!image) return false;
  wxImage picture(area.width, area.height);
  for (int y = 0; y < area.height; ++y) {
    for (int x = 0; x < area.width; ++x) {
      const unsigned long pixel = XGetPixel(image.get(), x, y);
      picture.SetRGB(x, y, channel(pixel, image->red_mask), channel(pixel, image->green_mask),
                     channel(pixel, image->blue_mask));
    }
  }
  return picture.SaveFile(wxString::FromUTF8(png_path.c_str()), wxBITMAP_TYPE_PNG);
}

}  // namespace lanekeeper::till::test
