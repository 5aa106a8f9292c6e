// The desk before anybody sells: pairing and sign-in.

#include <algorithm>
#include <utility>

#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

void Desk::load_people() {
  sign_in_.set_people(lane().staff(), locked_ && view_->cashier ? view_->cashier->number : sign_in_.last_number());
}

void Desk::set_locked(bool locked) {
  locked_ = locked;
  lane().lock_scale(locked);
}

void Desk::choose_person(std::size_t index) {
  sign_in_.choose(index);
  draft_ = {};
  changed();
}

void Desk::act_on_people(Action action) {
  const auto rows = action_table();
  const Place where = place();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ActionRow& candidate) {
    return candidate.place == where && candidate.action == action;
  });
  if (row != rows.end()) {
    if (const auto reason = hindrance(*row); !reason.empty()) {
      refuse(*row, reason);
      return;
    }
  }
  local_notice_.reset();
  switch (action) {
    case Action::new_code:
      till_.link().renew_pairing_code();
      return;
    case Action::server_address:
      editing_server_ = !editing_server_;
      draft_ = {};
      return;
    case Action::other_person:
      sign_in_.begin_number();
      draft_ = {};
      return;
    case Action::previous_person:
    case Action::next_person:
      sign_in_.choose_next(action == Action::next_person ? 1 : -1);
      draft_ = {};
      return;
    case Action::forgot_pin:
      sign_in_.toggle_forgot();
      return;
    case Action::close_for_other:
      return shift_.close_after_sign_in(!shift_.closes_after_sign_in());
    case Action::device_check:
      return devices_.begin();
    case Action::training:
      training_wanted_ = !training();
      return;
    default:
      return;
  }
}

void Desk::enter_person() {
  if (draft_.text.empty()) return;
  const std::string typed_text = std::exchange(draft_, {}).text;
  if (sign_in_.typing_number()) return sign_in_.choose_number(typed_text);
  let_in(till_.lane().sign_in(sign_in_.number(), typed_text));
}

// A badge says whose PIN is asked for; where the store allows it, it is enough. Nothing else is scanned here, and
// nothing of it is ever typed into the PIN.
void Desk::scan_badge(const std::string& code) {
  const auto owner = lane().badge_owner(code);
  if (!owner) {
    sign_in_.refused(owner.error());
    hooks_.sound(Sound::stop);
    return;
  }
  local_notice_.reset();
  draft_ = {};
  sign_in_.choose_number(owner->number);
  const auto result = till_.lane().sign_in_by_badge(code);
  if (result || result.error().code != "access.pin_needed") return let_in(result);
  sign_in_.badge_was_read();
  hooks_.sound(Sound::ok);
}

void Desk::let_in(const Result<void>& signed_in) {
  if (!signed_in && till_.lane().view()->message) (void)till_.lane().command(Dismiss{});
  view_ = till_.lane().view();
  hooks_.sound(signed_in ? Sound::ok : Sound::stop);
  if (!signed_in) return sign_in_.refused(signed_in.error());
  sign_in_.signed_in();
  if (training_wanted_.value_or(view_->training) != view_->training) change_training();
  training_wanted_.reset();
  set_locked(false);
  shift_.signed_in();
}

void Desk::enter_server() {
  if (draft_.text.empty()) return;
  const auto result = till_.link().use_server(draft_.text);
  if (!result) return complain(result.error());
  local_notice_.reset();
  editing_server_ = false;
  draft_ = {};
}

}  // namespace lanekeeper::till::ui
