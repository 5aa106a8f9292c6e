// The painted parts of the shift's screens.
#pragma once

#include <optional>
#include <vector>

#include "till_ui/card.h"

namespace lanekeeper::till::ui {

// The three steps of a close, the present one filled.
struct StepsWords {
  std::vector<wxString> steps;
  std::size_t current = 0;
  [[nodiscard]] wxString spoken() const { return current < steps.size() ? steps[current] : wxString(); }
  bool operator==(const StepsWords&) const = default;
};
class StepBar : public PaintedCard<StepsWords> {
 public:
  using PaintedCard::PaintedCard;
  static constexpr double height = 48;

 protected:
  void paint(widgets::Painter& painter) override;
};

// One large sum on ink; with a line of words above it, or its label beside it.
struct TotalWords {
  wxString head, head_right;  // above
  wxString label;             // beside
  wxString currency, amount;
  [[nodiscard]] wxString spoken() const { return head + label + " " + amount; }
  bool operator==(const TotalWords&) const = default;
};
class TotalCard : public PaintedCard<TotalWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(widgets::Painter& painter) override;
};

// What is typed as an amount: its label, the figure, a note below.
struct FieldWords {
  wxString label, value, note;
  bool typing = false;  // else it is a proposal
  [[nodiscard]] wxString spoken() const { return label + " " + value; }
  bool operator==(const FieldWords&) const = default;
};
class AmountField : public PaintedCard<FieldWords> {
 public:
  using PaintedCard::PaintedCard;
  static constexpr double height = 112;

 protected:
  void paint(widgets::Painter& painter) override;
};

// Words beside a thick edge, with an icon: "count first, then look".
struct AdviceWords {
  wxString title;
  std::vector<wxString> lines;
  widgets::Icon icon = widgets::Icon::info;
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const AdviceWords&) const = default;
};
class AdviceCard : public PaintedCard<AdviceWords> {
 public:
  using PaintedCard::PaintedCard;
  static constexpr double height = 92;

 protected:
  void paint(widgets::Painter& painter) override;
};

// X: sums that may have to stay hidden, the other ways of paying, what is still open, counters.
struct ReportWords {
  struct Sum {
    wxString label, count, value;
    bool hidden = false;
    bool operator==(const Sum&) const = default;
  };
  struct Way {
    wxString name, count, amount;
    bool below_zero = false;
    bool operator==(const Way&) const = default;
  };
  struct OpenEnd {  // what is still open, and what to do about it
    wxString title, note;
    bool operator==(const OpenEnd&) const = default;
  };
  struct Counter {
    wxString label, value;
    bool attention = false;
    bool operator==(const Counter&) const = default;
  };
  wxString title, period;
  wxString hidden;  // in place of a sum
  std::vector<Sum> sums;
  wxString note;
  wxString ways_title, no_ways;
  std::vector<Way> ways;
  std::vector<OpenEnd> open_ends;
  std::vector<Counter> counters;
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const ReportWords&) const = default;
};
class ReportCard : public PaintedCard<ReportWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(widgets::Painter& painter) override;

 private:
  void paint_sums(widgets::Painter& painter, widgets::Area& area) const;
  void paint_ways(widgets::Painter& painter, widgets::Area& area) const;
  void paint_open_ends(widgets::Painter& painter, widgets::Area& area) const;
  void paint_counters(widgets::Painter& painter, widgets::Area area) const;
};

// Rows of a name and a figure under a title, with a remark at the foot.
struct FiguresWords {
  struct Row {
    wxString label, value;
    bool below_zero = false;
    bool strong = false;
    bool operator==(const Row&) const = default;
  };
  wxString title, aside;
  std::vector<Row> rows;
  wxString remark;
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const FiguresWords&) const = default;
};
class FiguresCard : public PaintedCard<FiguresWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(widgets::Painter& painter) override;
};

}  // namespace lanekeeper::till::ui
