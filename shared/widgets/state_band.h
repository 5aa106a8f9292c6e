// The band under the status bar that tells of a state of the whole till: offline, sending, training, return, blocked.
#pragma once

#include <optional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class StateBand : public PaintedControl {
 public:
  enum class Kind { offline, sending, training, returning, stop, notice };
  struct Figure {
    wxString label{};
    wxString value{};
    bool operator==(const Figure&) const = default;
  };
  struct Content {
    Kind kind = Kind::offline;
    Icon icon = Icon::unlink;
    wxString title{};
    wxString note{};
    std::optional<Icon> figures_icon{};
    std::vector<Figure> figures{};     // in an ink block at the right
    std::optional<double> progress{};  // 0..1
    wxString tag{};                    // "培训"
    bool operator==(const Content&) const = default;
  };

  explicit StateBand(wxWindow* parent);
  void set(Content content);

 protected:
  void paint(Painter& painter) override;

 private:
  void paint_figures(Painter& painter, Area& area) const;

  Content content_;
};

}  // namespace lanekeeper::widgets
