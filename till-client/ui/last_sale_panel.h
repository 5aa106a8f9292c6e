// What the last sale leaves on the screen until the next scan: paid, change, receipt.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::till::ui {

class LastSalePanel : public widgets::PaintedControl {
 public:
  struct Row {
    wxString label;
    wxString value;
    bool strong = false;
    bool operator==(const Row&) const = default;
  };
  struct Content {
    wxString title;
    wxString note;
    std::vector<Row> rows{};
    wxString next;
    bool refund = false;  // money went out
    bool done = true;     // a tick; else the panel only says what comes next
    bool operator==(const Content&) const = default;
  };

  explicit LastSalePanel(wxWindow* parent);
  void set(Content content);

 protected:
  void paint(widgets::Painter& painter) override;

 private:
  Content content_;
};

}  // namespace lanekeeper::till::ui
