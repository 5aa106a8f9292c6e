// A filter that is on or off. Tab stop; emits wxEVT_BUTTON; the owner decides what is on.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class Chip : public Pressable {
 public:
  struct Content {
    wxString label{};
    bool on = false;
    bool operator==(const Content&) const = default;
  };

  Chip(wxWindow* parent, Content content);
  void set(Content content);
  [[nodiscard]] bool on() const { return content_.on; }

 protected:
  void paint(Painter& painter) override;
  wxSize DoGetBestClientSize() const override;

 private:
  Content content_;
};

}  // namespace lanekeeper::widgets
