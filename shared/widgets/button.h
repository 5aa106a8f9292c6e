// Buttons of the back office: 40 px, compact 32 px. Tab stop; Space and Enter press; emits wxEVT_BUTTON. A disabled one
// (Enable(false)) is grey.
#pragma once

#include <optional>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class Button : public Pressable {
 public:
  enum class Look { plain, primary, danger, quiet };  // quiet: no frame, for icons in headings
  struct Content {
    wxString label{};   // may be empty when there is an icon; then give the control a name with SetLabel
    wxString hotkey{};  // "Ctrl+N", set after the label
    std::optional<Icon> icon{};
    std::optional<Icon> trailing_icon{};  // chevron_down for a menu
    Look look = Look::plain;
    bool compact = false;
    bool operator==(const Content&) const = default;
  };

  Button(wxWindow* parent, Content content);
  void set(Content content);
  [[nodiscard]] const Content& content() const { return content_; }

 protected:
  void paint(Painter& painter) override;
  wxSize DoGetBestClientSize() const override;

 private:
  [[nodiscard]] wxString words() const;

  Content content_;
};

}  // namespace lanekeeper::widgets
