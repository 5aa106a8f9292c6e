// An icon and a few words in one colour.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class IconLabel : public PaintedControl {
 public:
  struct Content {
    Icon icon = Icon::info;
    wxString text;
    TextStyle style{15, Weight::regular, theme().ink, false};
    wxString strong;  // bold, before the text
    bool centred = false;
    bool operator==(const Content& other) const {
      return icon == other.icon && text == other.text && strong == other.strong && style.px == other.style.px &&
             style.weight == other.style.weight && style.colour == other.style.colour && centred == other.centred;
    }
  };
  explicit IconLabel(wxWindow* parent);
  IconLabel(wxWindow* parent, Content content);
  void set(Content content);

 protected:
  void paint(Painter& painter) override;
  wxSize DoGetBestClientSize() const override;

 private:
  [[nodiscard]] double icon_size() const { return content_.style.px + 5; }

  Content content_;
};

}  // namespace lanekeeper::widgets
