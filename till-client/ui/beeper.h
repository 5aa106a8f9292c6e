// The till's three sounds: ok one short high beep, attention two, stop one long low. Silent where there is no sound
// card.
#pragma once

#include <array>
#include <memory>

#include <wx/sound.h>

#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

class Beeper {
 public:
  Beeper();
  void play(Sound sound);

 private:
  std::array<std::unique_ptr<wxSound>, 3> sounds_;
};

}  // namespace lanekeeper::till::ui
