#include "model/shifts_model.h"

#include <set>

namespace lanekeeper::office {

using protocol::ShiftState;

Date ShiftsModel::today() const {
  return business_date(clock_.now(), static_cast<int>(store_.profile().day_start_minute));
}

Date ShiftsModel::date() const {
  return date_.value_or(today());
}

bool ShiftsModel::is_today() const {
  return date() == today();
}

void ShiftsModel::show() {
  if (looked_at_) return;
  looked_at_ = true;
  load();
}

void ShiftsModel::hide() {
  looked_at_ = false;
  again_.reset();
}

void ShiftsModel::refresh(Asked asked) {
  if (looked_at_) load(asked);
}

void ShiftsModel::clear() {
  reading_.renew();
  alive_.renew();
  again_.reset();
  looked_at_ = loaded_ = giving_up_ = false;
  loss_error_.reset();
  date_.reset();
  till_.reset();
  selected_.reset();
  error_.reset();
  all_.clear();
  choose();
  changed_.notify();
}

void ShiftsModel::load(Asked asked) {
  reading_.renew();
  again_.reset();
  transport_.send(get("/v1/shifts?date=" + date().to_string(), asked),
                  decoded<protocol::ShiftPage>(reading_, [this](auto page) {
                    if (page) {
                      take(std::move(*page));
                    } else {
                      error_ = std::move(page.error());
                    }
                    if (looked_at_ && is_today()) look_later();
                    changed_.notify();
                  }));
}

void ShiftsModel::take(protocol::ShiftPage page) {
  all_ = std::move(page.shifts);
  loaded_ = true;
  error_.reset();
  choose();
}

void ShiftsModel::give_up(const std::string& reason) {
  if (giving_up_ || !selected_) return;
  giving_up_ = true;
  loss_error_.reset();
  const auto target = "/v1/shifts/" + std::to_string(selected_->till) + "/" + std::to_string(selected_->number);
  transport_.send(with_body("POST", target + "/loss", protocol::ShiftLossReport{reason}),
                  decoded<protocol::ShiftPage>(alive_, [this](auto page) {
                    giving_up_ = false;
                    if (!page) {
                      loss_error_ = std::move(page.error());
                      refresh();  // its Z may have come meanwhile
                    } else if (page->business_date == date()) {
                      reading_.renew();  // what was asked before would show it as it was
                      take(std::move(*page));
                      if (looked_at_ && is_today()) look_later();
                    }
                    changed_.notify();
                  }));
  changed_.notify();
}

void ShiftsModel::forget_loss_error() {
  loss_error_.reset();
  changed_.notify();
}

void ShiftsModel::look_later() {
  again_ = timers_.once(look_again, [this] { load(Asked::by_itself); });
}

void ShiftsModel::set_date(Date date) {
  const auto wanted = date == today() ? std::nullopt : std::optional(date);
  if (wanted == date_) return;
  date_ = wanted;
  all_.clear();
  selected_.reset();
  loaded_ = false;
  error_.reset();
  choose();
  load();
  changed_.notify();
}

void ShiftsModel::move_day(int days) {
  const auto wanted = date().plus_days(days);
  if (wanted <= today()) set_date(wanted);
}

void ShiftsModel::set_till(std::optional<std::int64_t> till) {
  if (till == till_) return;
  till_ = till;
  choose();
  changed_.notify();
}

std::vector<std::int64_t> ShiftsModel::tills() const {
  std::set<std::int64_t> tills;
  for (const auto& shift : all_) tills.insert(shift.till);
  return {tills.begin(), tills.end()};
}

void ShiftsModel::choose() {
  shown_.clear();
  for (const auto& shift : all_) {
    if (!till_ || shift.till == *till_) shown_.push_back(shift);
  }
  if (!selected_row()) selected_.reset();
}

ShiftSums ShiftsModel::sums() const {
  ShiftSums sums;
  for (const auto& shift : shown_) {
    if (!shift.closing) {
      sums.open += shift.state == ShiftState::open;
      continue;
    }
    ++sums.closed;
    sums.disagreeing += shift.state == ShiftState::differs || shift.state == ShiftState::incomplete;
    sums.turnover += shift.closing->totals.turnover;
    sums.difference += shift.difference.value_or(Money());
  }
  return sums;
}

void ShiftsModel::select(std::optional<ShiftKey> key) {
  selected_ = key;
  changed_.notify();
}

std::optional<std::size_t> ShiftsModel::selected_row() const {
  if (!selected_) return std::nullopt;
  for (std::size_t row = 0; row < shown_.size(); ++row) {
    if (key_of(shown_[row]) == *selected_) return row;
  }
  return std::nullopt;
}

}  // namespace lanekeeper::office
