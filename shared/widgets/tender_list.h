// The ways of payment of this sale, each with its amount and where it stands.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class TenderList : public PaintedControl {
 public:
  struct Row {
    enum class State { taken, waiting, entering };
    Icon icon = Icon::cash;
    wxString title{};
    wxString note{};
    wxString amount{};
    wxString status{};
    std::optional<Icon> status_icon{};
    State state = State::taken;
    bool selected = false;
    bool operator==(const Row&) const = default;
  };
  struct Content {
    wxString heading{};
    wxString hint{};
    wxString empty{};  // in the middle while there are no rows
    std::vector<Row> rows{};
    bool operator==(const Content&) const = default;
  };

  explicit TenderList(wxWindow* parent);
  void set(Content content);
  void on_pressed(std::function<void(std::size_t index)> handler) { pressed_ = std::move(handler); }

 protected:
  void paint(Painter& painter) override;

 private:
  void paint_row(Painter& painter, Area area, const Row& row) const;

  Content content_;
  std::function<void(std::size_t)> pressed_;
};

}  // namespace lanekeeper::widgets
