// The desk while a screen of the shift stands: keys, characters and scans go there, commands come back from there.

#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

ShiftDesk::Hooks Desk::shift_hooks() {
  ShiftDesk::Hooks hooks;
  hooks.view = [this] { return till_.lane().view(); };
  hooks.run = [this](const Command& command, std::function<void()> done) { return run(command, std::move(done)); };
  hooks.print_x = [this] { return till_.lane().print_x(); };
  hooks.reprint_z = [this] { return till_.lane().reprint_z(); };
  hooks.obstacles = [this](std::function<void(const std::vector<Error>&)> then) {
    till_.lane().close_obstacles(std::move(then));
  };
  hooks.currency = [this] { return lane().profile() ? lane().profile()->currency : std::string(); };
  hooks.now_ms = [this] { return hooks_.now_ms(); };
  hooks.say = [this](Notice notice) { say(std::move(notice), Sound::ok); };
  hooks.sound = [this](bool good) { hooks_.sound(good ? Sound::ok : Sound::attention); };
  hooks.changed = [this] { changed(); };
  return hooks;
}

bool Desk::on_shift() const {
  return open_part() == nullptr && screen() == Screen::shift;
}

bool Desk::act_on_shift(Action action) {
  if (!on_shift() || action == Action::change_language || action == Action::reconnect) return false;
  const bool told = local_notice_.has_value() || shown_message() != nullptr;
  if (action == Action::cancel && told && !shift_.notice()) {
    if (local_notice_) {
      local_notice_.reset();
    } else {
      run(Dismiss{});
    }
    changed();
    return true;
  }
  if (action == Action::confirm) {
    enter();
  } else {
    shift_.act(action);
  }
  return true;
}

// Goods are scanned while a screen of the shift stands: they are sold if it gives way, and never half of both.
bool Desk::shift_takes_scan() {
  return on_shift() && !shift_.give_way_to_scan();
}

}  // namespace lanekeeper::till::ui
