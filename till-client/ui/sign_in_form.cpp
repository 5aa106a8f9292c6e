#include "till_ui/sign_in_form.h"

#include <algorithm>

namespace lanekeeper::till::ui {

void SignInForm::set_people(std::vector<access::StaffMember> people, const std::string& first_number) {
  people_ = std::move(people);
  std::stable_sort(people_.begin(), people_.end(), [&first_number](const auto& a, const auto& b) {
    if ((a.number == first_number) != (b.number == first_number)) return a.number == first_number;
    const bool a_cashier = a.role == access::Role::cashier;
    const bool b_cashier = b.role == access::Role::cashier;
    return a_cashier != b_cashier ? a_cashier : a.number < b.number;
  });
  if (number_.empty() && !typing_number_ && !people_.empty()) number_ = people_.front().number;
}

std::optional<std::size_t> SignInForm::chosen() const {
  if (typing_number_) return std::nullopt;
  for (std::size_t i = 0; i < people_.size(); ++i) {
    if (people_[i].number == number_) return i;
  }
  return std::nullopt;
}

void SignInForm::choose(std::size_t index) {
  if (index < people_.size()) choose_number(people_[index].number);
}

void SignInForm::choose_number(const std::string& number) {
  number_ = number;
  typing_number_ = false;
  badge_read_ = false;
  clear_message();
}

void SignInForm::choose_next(int step) {
  if (people_.empty()) return;
  const auto count = static_cast<int>(people_.size());
  const auto now = static_cast<int>(chosen().value_or(0));
  choose(static_cast<std::size_t>((now + step + count) % count));
}

void SignInForm::begin_number() {
  typing_number_ = true;
  badge_read_ = false;
  clear_message();
}

void SignInForm::signed_in() {
  last_number_ = number_;
  badge_read_ = false;
  clear_message();
}

void SignInForm::clear_message() {
  forgot_ = false;
  error_.reset();
}

}  // namespace lanekeeper::till::ui
