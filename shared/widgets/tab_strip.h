// Underlined tabs over a panel of the back office. Left/Right move; the owner swaps the pages.
#pragma once

#include <functional>
#include <vector>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class TabStrip : public PaintedControl {
 public:
  explicit TabStrip(wxWindow* parent);
  void set(std::vector<wxString> labels, int selected);
  [[nodiscard]] int selected() const { return selected_; }
  void on_select(std::function<void(int index)> handler) { handler_ = std::move(handler); }

 protected:
  void paint(Painter& painter) override;
  wxSize DoGetBestClientSize() const override;

 private:
  [[nodiscard]] double tab_width(std::size_t index) const;
  void select(int index);

  std::vector<wxString> labels_;
  int selected_ = 0;
  std::function<void(int)> handler_;
};

}  // namespace lanekeeper::widgets
