#include "till_ui/key_gate.h"

#include <utility>

namespace lanekeeper::till::ui {

void KeyGate::character(char32_t character, std::int64_t pressed_at_ms) {
  if (!detector_.continues(pressed_at_ms)) {
    burst_over();
    sink_.save_draft();
  }
  if (character > 0x7F) {
    detector_.reset();
    sink_.character(character);
    return;
  }
  detector_.character(static_cast<char>(character), pressed_at_ms);
  // Behind a waiting command the order has to be kept.
  if (!held_.empty() || sink_.is_command(character)) {
    held_ += character;
  } else {
    sink_.character(character);
  }
}

void KeyGate::enter(std::int64_t pressed_at_ms) {
  if (const auto scan = detector_.enter(pressed_at_ms)) {
    held_.clear();
    sink_.restore_draft();
    sink_.scan(*scan);
    return;
  }
  burst_over();
  sink_.enter();
}

void KeyGate::other_key() {
  detector_.reset();
  burst_over();
}

void KeyGate::burst_over() {
  for (const char32_t character : std::exchange(held_, {})) sink_.character(character);
}

}  // namespace lanekeeper::till::ui
