// The field of a PIN: whose it is and how many digits stand there, never which.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class PinDots : public PaintedControl {
 public:
  struct Content {
    wxString label{};  // "王丽 的密码"
    int filled = 0;
    int places = 6;  // circles shown at least
    bool operator==(const Content&) const = default;
  };

  explicit PinDots(wxWindow* parent);
  void set(Content content);

 protected:
  void paint(Painter& painter) override;

 private:
  Content content_;
};

}  // namespace lanekeeper::widgets
