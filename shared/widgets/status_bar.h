// The bar at the top of the till: who and where on the left, what is connected and the clock on the right.
#pragma once

#include <optional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class StatusBar : public PaintedControl {
 public:
  enum class Tone { normal, warning, stop };
  struct Item {
    std::optional<Icon> icon{};
    wxString strong{};
    wxString text{};
    Tone tone = Tone::normal;
    bool may_shrink = false;  // to its icon, when the bar is too narrow
    bool operator==(const Item&) const = default;
  };
  struct Content {
    std::vector<Item> left{};  // separated by rules
    std::vector<Item> right{};
    wxString date{};
    wxString time{};
    bool operator==(const Content&) const = default;
  };

  explicit StatusBar(wxWindow* parent);
  void set(Content content);

 protected:
  void paint(Painter& painter) override;

 private:
  [[nodiscard]] double item_width(Painter& painter, const Item& item, bool shrunk) const;
  void paint_item(Painter& painter, const Item& item, bool shrunk, double x, double width) const;
  double paint_clock(Painter& painter, double right) const;

  Content content_;
};

}  // namespace lanekeeper::widgets
