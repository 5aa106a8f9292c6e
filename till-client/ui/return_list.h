// The lines of a sale from which goods come back: how many were sold and are left, how many come back now with keys for
// one more and one less, and what goes back for them.
#pragma once

#include <functional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::till::ui {

class ReturnList : public widgets::PaintedControl {
 public:
  struct Row {
    std::int64_t line = 0;
    wxString name{};
    std::vector<std::pair<wxString, widgets::TagKind>> tags{};  // in front of the note
    wxString note{};
    wxString sold{};
    wxString net{};
    wxString back{};    // quantity
    wxString refund{};  // empty: nothing comes back
    bool gone = false;  // nothing is left, and nothing of it is in this basket
    bool more = false;  // one more can come back
    bool less = false;  // or one less
    bool selected = false;
    bool operator==(const Row&) const = default;
  };
  struct Content {
    wxString name{}, sold{}, net{}, back{}, refund{};  // headings
    std::vector<Row> rows{};
    bool narrow = false;
    bool operator==(const Content&) const = default;
  };

  explicit ReturnList(wxWindow* parent);
  void set(Content content);
  void on_pressed(std::function<void(std::int64_t line)> handler) { pressed_ = std::move(handler); }
  // The box in front of a line: all that is left of it comes back, or nothing.
  void on_tick(std::function<void(std::int64_t line)> handler) { ticked_ = std::move(handler); }
  void on_step(std::function<void(std::int64_t line, int step)> handler) { stepped_ = std::move(handler); }

 protected:
  void paint(widgets::Painter& painter) override;

 private:
  struct Cells {
    widgets::Area tick, name, sold, net, less, back, more, refund;
  };
  [[nodiscard]] int rows_per_page() const;
  [[nodiscard]] double row_height() const;
  [[nodiscard]] Cells cells(const widgets::Area& row) const;
  void paint_row(widgets::Painter& painter, const widgets::Area& area, const Row& row) const;
  void reveal();
  void scroll_to(int first);
  void on_mouse(wxMouseEvent& event);

  Content content_;
  std::function<void(std::int64_t)> pressed_;
  std::function<void(std::int64_t)> ticked_;
  std::function<void(std::int64_t, int)> stepped_;
  int first_ = 0;
  double drag_y_ = 0;
  int drag_first_ = 0;
  bool dragging_ = false;
  bool moved_ = false;
};

}  // namespace lanekeeper::till::ui
