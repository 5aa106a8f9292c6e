// The back office's navigation: brand, entries with icons and counts, and what is connected at the bottom. Narrow
// (56 px): icons only. Up/Down and Enter when it has the focus.
#pragma once

#include <functional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class Sidebar : public PaintedControl {
 public:
  static constexpr int wide_px = 196;
  static constexpr int narrow_px = 56;

  struct Entry {
    Icon icon = Icon::home;
    wxString label{};
    wxString badge{};  // a count that wants attention; empty: none
    bool operator==(const Entry&) const = default;
  };
  struct FooterLine {
    Icon icon = Icon::link;
    wxString text{};
    bool warning = false;
    bool operator==(const FooterLine&) const = default;
  };
  struct Content {
    wxString brand{};
    std::vector<Entry> entries{};
    int selected = 0;
    std::vector<FooterLine> footer{};
    bool narrow = false;
    bool operator==(const Content&) const = default;
  };

  explicit Sidebar(wxWindow* parent);
  void set(Content content);
  [[nodiscard]] const Content& content() const { return content_; }
  void on_select(std::function<void(int index)> handler) { handler_ = std::move(handler); }

 protected:
  void paint(Painter& painter) override;

 private:
  [[nodiscard]] Area entry_area(int index) const;
  void paint_entry(Painter& painter, int index) const;
  void paint_footer(Painter& painter) const;
  void on_key(wxKeyEvent& event);

  Content content_;
  int focused_ = 0;
  std::function<void(int)> handler_;
};

}  // namespace lanekeeper::widgets
