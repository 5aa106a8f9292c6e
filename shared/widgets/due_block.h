// What is due, the largest thing on the screen. In the sale: facts in one row above it. In the tender: facts in rows.
#pragma once

#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class DueBlock : public PaintedControl {
 public:
  enum class Tone { normal, saving, waiting };
  struct Fact {
    wxString label{};
    wxString value{};
    Tone tone = Tone::normal;
    bool strong = false;  // rows: the first, larger one
    bool operator==(const Fact&) const = default;
  };
  struct Content {
    std::vector<Fact> facts{};
    bool facts_in_rows = false;
    wxString label{};
    wxString currency{};  // "¥"
    wxString amount{};
    bool refund = false;  // red
    int amount_px = 84;   // goes down only when the digits would not fit otherwise
    bool operator==(const Content&) const = default;
  };

  explicit DueBlock(wxWindow* parent);
  void set(Content content);
  [[nodiscard]] const Content& content() const { return content_; }

 protected:
  void paint(Painter& painter) override;

 private:
  void paint_facts_row(Painter& painter, const Area& area) const;
  void paint_facts_rows(Painter& painter, Area& area) const;
  void paint_amount(Painter& painter, const Area& area) const;

  Content content_;
};

}  // namespace lanekeeper::widgets
