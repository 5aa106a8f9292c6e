// The path language of SVG (section 9.3), as far as the icons use it: M L H V C S A Z in both cases. Arcs are circular.
#pragma once

#include <string_view>
#include <vector>

#include <wx/graphics.h>

namespace lanekeeper::widgets {

class SvgPath {
 public:
  // A malformed path ends where it stops making sense.
  [[nodiscard]] static SvgPath parse(std::string_view text);
  [[nodiscard]] wxGraphicsPath on(wxGraphicsContext& gc) const;

 private:
  enum class Verb { move, line, cubic, arc, close };
  struct Step {
    Verb verb;
    // move, line: x y; cubic: two control points and the end; arc: centre, radius, start and end angle, clockwise.
    std::array<double, 6> numbers{};
  };
  class Reader;
  std::vector<Step> steps_;
};

}  // namespace lanekeeper::widgets
