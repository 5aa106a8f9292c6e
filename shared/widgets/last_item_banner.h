// What was scanned last: name, how it was counted, and its amount, readable at arm's length.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class LastItemBanner : public PaintedControl {
 public:
  struct Content {
    wxString caption{};  // "刚扫"
    wxString place{};    // "第 9 行"
    wxString name{};
    wxString detail{};
    wxString amount{};
    bool quiet = false;    // nothing scanned yet: no accent
    bool compact = false;  // narrow screens
    bool operator==(const Content&) const = default;
  };

  explicit LastItemBanner(wxWindow* parent);
  void set(Content content);

 protected:
  void paint(Painter& painter) override;

 private:
  Content content_;
};

}  // namespace lanekeeper::widgets
