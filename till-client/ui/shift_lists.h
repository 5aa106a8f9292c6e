// The two lists of a close: denominations with how many of each, and ways of paying with what should be there and what
// is. A row is pressed to select it.
#pragma once

#include <functional>
#include <vector>

#include "till_ui/card.h"
#include "widgets/painted.h"

namespace lanekeeper::till::ui {

struct CountRows {
  struct Row {
    wxString name, count, amount;
    bool operator==(const Row&) const = default;
  };
  wxString name_heading, count_heading, amount_heading;
  std::vector<Row> rows{};
  std::size_t selected = 0;
  bool operator==(const CountRows&) const = default;
};

struct CheckRows {
  enum class Mark { equal, within, attention, explained };
  struct Row {
    wxString name, note, expected, declared, difference, verdict;
    bool below_zero = false;
    bool typing = false;  // the sum is being typed
    Mark mark = Mark::equal;
    bool operator==(const Row&) const = default;
  };
  wxString name_heading, expected_heading, declared_heading, difference_heading, verdict_heading;
  std::vector<Row> rows{};
  std::size_t selected = 0;
  bool operator==(const CheckRows&) const = default;
};

// What both have in common: a head, rows of one height, a press that names its row.
class ShiftList : public widgets::Pressable {
 public:
  explicit ShiftList(wxWindow* parent);
  void on_pressed(std::function<void(std::size_t index)> handler) { handler_ = std::move(handler); }

 protected:
  [[nodiscard]] virtual std::size_t row_count() const = 0;
  [[nodiscard]] bool accepts_press(const wxPoint2DDouble& at) const override;
  void fire() override;
  [[nodiscard]] double row_height(double room) const;

 private:
  std::function<void(std::size_t)> handler_;
  mutable std::size_t pressed_row_ = 0;
};

class CountList : public ShiftList {
 public:
  using ShiftList::ShiftList;
  void set(CountRows rows);

 protected:
  void paint(widgets::Painter& painter) override;
  [[nodiscard]] std::size_t row_count() const override { return content_.rows.size(); }

 private:
  CountRows content_;
};

class CheckList : public ShiftList {
 public:
  using ShiftList::ShiftList;
  void set(CheckRows rows);

 protected:
  void paint(widgets::Painter& painter) override;
  [[nodiscard]] std::size_t row_count() const override { return content_.rows.size(); }

 private:
  struct Columns {
    double expected, declared, difference, verdict, gap;
  };
  void paint_row(widgets::Painter& painter, widgets::Area area, const CheckRows::Row& row, bool selected,
                 const Columns& columns) const;
  void paint_verdict(widgets::Painter& painter, const widgets::Area& area, const CheckRows::Row& row) const;

  CheckRows content_;
};

}  // namespace lanekeeper::till::ui
