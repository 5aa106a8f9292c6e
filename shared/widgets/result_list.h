// Goods found by a search, or to choose from: one is selected, Up/Down come from outside, a press takes one.
#pragma once

#include <functional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class ResultList : public PaintedControl {
 public:
  struct Row {
    wxString cap{};  // PLU, number, or the digit that takes it
    wxString name{};
    wxString note{};
    wxString price{};
    wxString unit{};  // "/kg"
    bool operator==(const Row&) const = default;
  };
  struct Content {
    wxString heading{};
    wxString hint{};
    wxString empty{};  // in the middle while there are no rows
    wxString empty_note{};
    wxString highlight{};  // part of a name that stands out, as typed; may be empty
    std::vector<Row> rows{};
    int selected = -1;
    bool operator==(const Content&) const = default;
  };

  explicit ResultList(wxWindow* parent);
  void set(Content content);
  void on_pressed(std::function<void(int index)> handler) { pressed_ = std::move(handler); }
  [[nodiscard]] int rows_per_page() const;

 protected:
  void paint(Painter& painter) override;

 private:
  [[nodiscard]] Area rows_area() const;
  [[nodiscard]] double row_height() const;
  void paint_row(Painter& painter, Area area, const Row& row, bool selected) const;

  Content content_;
  std::function<void(int)> pressed_;
  int first_ = 0;
};

}  // namespace lanekeeper::widgets
