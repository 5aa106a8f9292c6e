// Draws in design pixels on a wxGraphicsContext: flat fills, rounded rectangles, text, line icons. Nothing else is used
// in Lanekeeper's windows.
#pragma once

#include <optional>
#include <vector>

#include <wx/colour.h>
#include <wx/graphics.h>
#include <wx/string.h>

#include "widgets/icons.h"
#include "widgets/theme.h"

namespace lanekeeper::widgets {

// A rectangle that is cut into pieces while a control is painted.
struct Area {
  double x = 0, y = 0, w = 0, h = 0;

  [[nodiscard]] double right() const { return x + w; }
  [[nodiscard]] double bottom() const { return y + h; }
  [[nodiscard]] double centre_y() const { return y + h / 2; }
  [[nodiscard]] bool contains(double px, double py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }
  [[nodiscard]] Area inset(double horizontal, double vertical) const {
    return {x + horizontal, y + vertical, w - 2 * horizontal, h - 2 * vertical};
  }
  [[nodiscard]] Area inset(double all) const { return inset(all, all); }
  // Cuts a strip off and returns it; what is left stays in *this.
  Area take_left(double width, double gap = 0);
  Area take_right(double width, double gap = 0);
  Area take_top(double height, double gap = 0);
  Area take_bottom(double height, double gap = 0);
  [[nodiscard]] Area centred(double width, double height) const {
    return {x + (w - width) / 2, y + (h - height) / 2, width, height};
  }
};

enum class Align { left, centre, right };
// What to do with a text that is wider than its area. Amounts use never: they are neither shortened nor shrunk.
enum class Overflow { ellipsis, never };

struct TextStyle {
  int px = 16;
  Weight weight = Weight::regular;
  wxColour colour = theme().ink;
  bool struck = false;

  [[nodiscard]] TextStyle bold() const { return {px, Weight::bold, colour, struck}; }
  [[nodiscard]] TextStyle in(const wxColour& other) const { return {px, weight, other, struck}; }
  [[nodiscard]] TextStyle size(int other_px) const { return {other_px, weight, colour, struck}; }
};

struct BoxStyle {
  std::optional<wxColour> fill{};
  std::optional<wxColour> border{};
  double border_width = 1;
  double radius = 0;
  bool dashed = false;
};

enum class TagKind { accent, neutral, attention, stop, accent_filled, red_filled, amber_filled };
enum class CapKind { plain, on_colour, disabled, danger };

class Painter {
 public:
  // width and height in design pixels.
  Painter(wxGraphicsContext& context, double width, double height) : gc_(context), width_(width), height_(height) {}

  [[nodiscard]] double width() const { return width_; }
  [[nodiscard]] double height() const { return height_; }
  [[nodiscard]] Area area() const { return {0, 0, width_, height_}; }
  [[nodiscard]] wxGraphicsContext& context() { return gc_; }
  // Texts stay as designed, whatever the text scale: where words stand close together, or somebody else reads them.
  void keep_sizes() { keeps_sizes_ = true; }

  void fill(const Area& area, const wxColour& colour);
  void box(const Area& area, const BoxStyle& style);
  void disc(double centre_x, double centre_y, double radius, const wxColour& fill,
            const std::optional<wxColour>& ring = std::nullopt, double ring_width = 2);
  void rule(double x, double y, double length, const wxColour& colour, double thickness = 1);

  // One line, vertically centred in the area; larger by the theme's text scale as far as the area has room. Returns the
  // width that was drawn.
  double text(const wxString& text, const Area& area, const TextStyle& style, Align align = Align::left,
              Overflow overflow = Overflow::ellipsis);
  [[nodiscard]] double text_width(const wxString& text, const TextStyle& style);
  [[nodiscard]] double text_height(const TextStyle& style);
  // Broken into lines of line_height, from the top of the area; the last line that fits ends in an ellipsis. Larger by
  // the theme's text scale where all of it fits. Returns the height used.
  double paragraph(const wxString& text, const Area& area, const TextStyle& style, double line_height,
                   Align align = Align::left, int max_lines = 99);
  [[nodiscard]] std::vector<wxString> wrap(const wxString& text, const TextStyle& style, double width, int max_lines);
  [[nodiscard]] wxString ellipsized(const wxString& text, const TextStyle& style, double width);

  void icon(Icon icon, double x, double y, double size, const wxColour& colour, double stroke = 2);
  // Small framed word, 18 px high, its middle at centre_y. Returns its width.
  double tag(const wxString& text, double x, double centre_y, TagKind kind, int px = 13);
  [[nodiscard]] double tag_width(const wxString& text, int px = 13);
  // The cap that names a key of the keyboard. Returns its width.
  double key_cap(const wxString& text, double x, double y, CapKind kind, int px = 13, double height = 19);
  [[nodiscard]] double key_cap_width(const wxString& text, int px = 13);
  // A circle of a list of steps: a tick when done, else its number.
  enum class Step { done, current, coming };
  void step_mark(double x, double y, double diameter, int number, Step step, const wxColour& number_colour);
  void progress(const Area& area, double fraction, const wxColour& fill, const wxColour& ground);

 private:
  void use(const TextStyle& style);
  double line(const wxString& shown, const Area& area, const TextStyle& style, Align align);
  // Every size that the text scale allows, largest first; the designed one is the last.
  [[nodiscard]] std::vector<TextStyle> sizes_of(const TextStyle& style) const;

  wxGraphicsContext& gc_;
  double width_;
  double height_;
  bool keeps_sizes_ = false;
};

}  // namespace lanekeeper::widgets
