// The desk before anybody sells: pairing and sign-in.

#include <algorithm>

#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

void Desk::load_people() {
  people_ = lane().staff();
  const std::string& first = locked_ && view_->cashier ? view_->cashier->number : last_number_;
  std::stable_sort(people_.begin(), people_.end(), [&first](const auto& a, const auto& b) {
    if ((a.number == first) != (b.number == first)) return a.number == first;
    const bool a_cashier = a.role == access::Role::cashier;
    const bool b_cashier = b.role == access::Role::cashier;
    return a_cashier != b_cashier ? a_cashier : a.number < b.number;
  });
  const bool known =
      std::any_of(people_.begin(), people_.end(), [this](const auto& one) { return one.number == staff_number_; });
  if (!known && !typing_number_ && (staff_number_.empty() || locked_)) {
    staff_number_ = people_.empty() ? std::string() : people_.front().number;
  }
}

std::optional<std::size_t> Desk::chosen_person() const {
  if (typing_number_) return std::nullopt;
  for (std::size_t i = 0; i < people_.size(); ++i) {
    if (people_[i].number == staff_number_) return i;
  }
  return std::nullopt;
}

void Desk::choose_person(std::size_t index) {
  if (index >= people_.size()) return;
  staff_number_ = people_[index].number;
  typing_number_ = false;
  forgot_pin_ = false;
  draft_ = {};
  sign_in_error_.reset();
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
      typing_number_ = true;
      forgot_pin_ = false;
      draft_ = {};
      sign_in_error_.reset();
      return;
    case Action::previous_person:
    case Action::next_person: {
      if (people_.empty()) return;
      const std::size_t now = chosen_person().value_or(0);
      const std::size_t step = action == Action::next_person ? 1 : people_.size() - 1;
      return choose_person((now + step) % people_.size());
    }
    case Action::forgot_pin:
      forgot_pin_ = !forgot_pin_;
      return;
    default:
      return;
  }
}

void Desk::enter_person() {
  if (draft_.text.empty()) return;
  if (typing_number_) {
    staff_number_ = draft_.text;
    typing_number_ = false;
    draft_ = {};
    return;
  }
  const std::string pin = draft_.text;
  draft_ = {};
  local_notice_.reset();
  const auto result = till_.lane().sign_in(staff_number_, pin);
  view_ = till_.lane().view();
  if (!result) {
    sign_in_error_ = result.error();
    hooks_.sound(Sound::stop);
    if (view_->message) (void)till_.lane().command(Dismiss{});
    view_ = till_.lane().view();
    return;
  }
  sign_in_error_.reset();
  forgot_pin_ = false;
  locked_ = false;
  last_number_ = staff_number_;
  hooks_.sound(Sound::ok);
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
