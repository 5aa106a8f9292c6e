// Rows of goods: number, name with a note below, quantity, price, saving, amount. Drawn from a plain model, so that the
// customer display can reuse it. Scrolls by rows: wheel, drag, and from outside; strips tell what is out of sight.
#pragma once

#include <functional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

struct LineTag {
  wxString text{};
  TagKind kind = TagKind::neutral;
  bool operator==(const LineTag&) const = default;
};

struct LineRow {
  enum class State { normal, last, selected, marked, voided };
  std::int64_t key = 0;  // given back when the row is pressed
  wxString number{};
  wxString name{};
  std::vector<LineTag> tags{};
  wxString note{};
  wxString quantity{};
  wxString price{};
  wxString saving{};
  wxString amount{};
  State state = State::normal;
  bool current = false;  // the selected one, also when it is void
  [[nodiscard]] wxString spoken() const;
  bool operator==(const LineRow&) const = default;
};

class LineList : public PaintedControl {
 public:
  struct Columns {
    double number = 34, quantity = 96, price = 84, saving = 88, amount = 100;  // saving 0: no such column
    double gap = 12;
    double left = 8, right = 14;
    int name_px = 18, figure_px = 18;
    double row_height = theme().line_row_height;  // at least
    bool operator==(const Columns&) const = default;
  };
  struct Headings {
    wxString name{}, quantity{}, price{}, saving{}, amount{};
    bool operator==(const Headings&) const = default;
  };
  struct Strips {  // called with the number of hidden rows
    std::function<wxString(int)> above{};
    std::function<wxString(int)> below{};
  };

  explicit LineList(wxWindow* parent);
  void set_layout(Columns columns, Headings headings, Strips strips);
  void set_rows(std::vector<LineRow> rows);
  void reveal(std::size_t index);   // scrolls so that this row can be seen
  void scroll_page(int direction);  // -1 up, 1 down
  void on_pressed(std::function<void(std::int64_t key)> handler) { pressed_ = std::move(handler); }
  [[nodiscard]] int rows_per_page() const;
  [[nodiscard]] int first_visible() const { return first_; }

 protected:
  void paint(Painter& painter) override;

 private:
  struct Viewport {
    Area above, rows, below;
    int first = 0, count = 0;
    double row_height = 0;
  };
  [[nodiscard]] Viewport viewport() const;
  void paint_head(Painter& painter, Area area) const;
  void paint_row(Painter& painter, Area area, const LineRow& row) const;
  void paint_name(Painter& painter, const Area& area, const LineRow& row) const;
  void paint_strip(Painter& painter, Area area, const wxString& text, bool up) const;
  void scroll_to(int first);
  void say_rows();
  void on_mouse(wxMouseEvent& event);

  Columns columns_;
  Headings headings_;
  Strips strips_;
  std::vector<LineRow> rows_;
  std::function<void(std::int64_t)> pressed_;
  int first_ = 0;
  std::size_t revealed_ = static_cast<std::size_t>(-1);  // stays in sight when the size changes
  bool dragging_ = false;
  double drag_y_ = 0;
  int drag_first_ = 0;
  bool drag_moved_ = false;
  int wheel_ = 0;
};

}  // namespace lanekeeper::widgets
