// A row with a name, what the switch says now, and the switch. Emits wxEVT_CHECKBOX (IsChecked); tab stop, Space.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class ToggleSwitch : public Pressable {
 public:
  struct Content {
    wxString label{};
    wxString on_text{};   // "是"
    wxString off_text{};  // "否"
    bool operator==(const Content&) const = default;
  };

  ToggleSwitch(wxWindow* parent, Content content, bool value = false);
  void set(Content content);
  [[nodiscard]] bool value() const { return value_; }
  void set_value(bool value);

 protected:
  void paint(Painter& painter) override;
  void fire() override;
  wxSize DoGetBestClientSize() const override;

 private:
  Content content_;
  bool value_;
};

}  // namespace lanekeeper::widgets
