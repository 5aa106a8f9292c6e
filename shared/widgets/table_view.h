// A table that paints itself and asks for its cells while it paints: as many rows as one likes, one of them selected.
// Tab stop: Up/Down, PgUp/PgDn, Home/End move the selection, Enter activates.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

struct TableColumn {
  wxString heading;
  double width = 80;   // design pixels, at least
  double stretch = 0;  // share of the room that is left over
  Align align = Align::left;
  int drop_rank = 0;  // > 0: left out of a table that is too narrow, the highest first
};

struct TableCell {
  enum class Tone { normal, secondary, quiet, accent, attention, stop };
  wxString text{};
  Tone tone = Tone::normal;
  Weight weight = Weight::regular;
  int text_px = 14;
  std::optional<TagKind> tag{};  // the text stands in a small frame
  std::optional<Icon> icon{};    // before the text
  wxString highlight{};          // the part of the text that stands out
  int max_lines = 1;
};

struct TableRowLook {
  enum class Fill { none, attention, stop };
  Fill fill = Fill::none;
  bool marked = false;  // a bar at the left edge: this is new
  bool dimmed = false;
};

class TableView : public PaintedControl {
 public:
  struct Source {
    std::function<TableCell(std::size_t row, std::size_t column)> cell;
    std::function<TableRowLook(std::size_t row)> look;  // may be empty
  };
  TableView(wxWindow* parent, const wxString& name, std::vector<TableColumn> columns, Source source);

  void set_columns(std::vector<TableColumn> columns);
  void set_row_height(int height);  // design pixels; 46 unless set
  // In the middle while there are no rows.
  void set_empty(const wxString& title, const wxString& note);
  // The rows changed: how many there are now and which is selected.
  void set_rows(std::size_t count, std::optional<std::size_t> selected);
  // That many came above what is there: what the eye rests on stays where it is, unless the top was in view.
  void rows_came_on_top(std::size_t count);
  void scroll_to_top();
  [[nodiscard]] bool at_top() const { return offset_ <= 0; }
  [[nodiscard]] std::optional<std::size_t> selected() const { return selected_; }

  void on_select(std::function<void(std::size_t row)> handler) { select_ = std::move(handler); }
  // A click on a row, after its selection.
  void on_press(std::function<void(std::size_t row)> handler) { press_ = std::move(handler); }
  void on_activate(std::function<void(std::size_t row)> handler) { activate_ = std::move(handler); }
  // The last rows are in view: time to load more.
  void on_end_in_view(std::function<void()> handler) { end_in_view_ = std::move(handler); }

  // Where a row is drawn now, in device pixels (for tests that click).
  [[nodiscard]] wxRect row_rect(std::size_t row) const;

 protected:
  void paint(Painter& painter) override;

 private:
  struct Placed {
    std::size_t column;
    double x;
    double width;
  };
  [[nodiscard]] std::vector<Placed> place_columns(double width) const;
  [[nodiscard]] double body_height() const;
  [[nodiscard]] double content_height() const;
  void scroll_by(double delta);
  void clamp_offset();
  void show_row(std::size_t row);
  void move_selection(long delta);
  void paint_head(Painter& painter, const std::vector<Placed>& placed) const;
  void paint_row(Painter& painter, std::size_t row, double y, const std::vector<Placed>& placed) const;
  void paint_cell(Painter& painter, const TableCell& cell, const Area& area, Align align, bool dimmed) const;
  void paint_empty(Painter& painter) const;
  [[nodiscard]] std::optional<Area> thumb() const;
  void tell_end_in_view();
  void on_left_down(wxMouseEvent& event);
  void on_motion(wxMouseEvent& event);
  void on_key(wxKeyEvent& event);

  std::vector<TableColumn> columns_;
  Source source_;
  double row_height_ = 46;
  wxString empty_title_;
  wxString empty_note_;
  std::size_t rows_ = 0;
  std::optional<std::size_t> selected_;
  double offset_ = 0;                 // design pixels that are scrolled away at the top
  bool keyboard_used_ = false;        // shows the focus ring
  std::optional<double> thumb_grip_;  // while it is dragged: where in the thumb
  std::function<void(std::size_t)> select_;
  std::function<void(std::size_t)> press_;
  std::function<void(std::size_t)> activate_;
  std::function<void()> end_in_view_;
};

}  // namespace lanekeeper::widgets
