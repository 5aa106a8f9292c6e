// Who sells at this till: names, the PIN and its pad; at the left what the till knows about itself.
#pragma once

#include "till_ui/key_pad.h"
#include "widgets/pin_dots.h"
#include "widgets/surface.h"

namespace lanekeeper::till::ui {

class SignInScreen : public ScenePanel {
 public:
  SignInScreen(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Checks;
  class Heading;
  static constexpr std::size_t person_keys = 4;

  void update_checks(const Scene& scene);
  void update_people(const Scene& scene);
  void update_form(const Scene& scene);
  [[nodiscard]] std::vector<std::size_t> shown_people() const;

  Desk& desk_;
  Checks* checks_;
  std::vector<std::pair<Action, widgets::TouchKey*>> extras_;
  widgets::Surface* card_;
  Heading* heading_;
  std::vector<widgets::TouchKey*> people_;
  widgets::PinDots* pin_;
  KeyPad* pad_;
  widgets::TouchKey* forgot_;
  widgets::TouchKey* enter_;
};

}  // namespace lanekeeper::till::ui
