// The shifts of a business day with their Z.
#pragma once

#include <compare>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "model/lifetime.h"
#include "model/signal.h"
#include "model/store_model.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/shift_messages.h"

namespace lanekeeper::office {

struct ShiftKey {
  std::int64_t till = 0;
  std::int64_t number = 0;
  auto operator<=>(const ShiftKey&) const = default;
};
[[nodiscard]] inline ShiftKey key_of(const protocol::ShiftSummary& shift) {
  return {shift.till, shift.number};
}

// Sums of the shifts that are shown; those that are open have no figures yet, those that were given up never will.
struct ShiftSums {
  std::int64_t closed = 0;
  std::int64_t open = 0;
  std::int64_t disagreeing = 0;  // with the server: the Z differs from its sales, or entries are missing
  Money turnover;
  Money difference;  // over and short against each other
};

// UI thread only.
class ShiftsModel {
 public:
  static constexpr std::chrono::milliseconds look_again{30'000};  // while the day is today

  ShiftsModel(Transport& transport, Timers& timers, const Clock& clock, const StoreModel& store)
      : transport_(transport), timers_(timers), clock_(clock), store_(store) {}

  // Read while somebody looks at them, not before.
  void show();
  void hide();
  void refresh(Asked asked = Asked::by_person);
  void clear();

  void set_date(Date date);
  void move_day(int days);
  void set_till(std::optional<std::int64_t> till);  // nullopt: all
  [[nodiscard]] Date date() const;
  [[nodiscard]] bool is_today() const;
  [[nodiscard]] std::optional<std::int64_t> till() const { return till_; }
  [[nodiscard]] std::vector<std::int64_t> tills() const;  // that had a shift on that day

  [[nodiscard]] const std::vector<protocol::ShiftSummary>& shifts() const { return shown_; }  // of the chosen till
  [[nodiscard]] ShiftSums sums() const;
  [[nodiscard]] bool ever_loaded() const { return loaded_; }  // this day
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  void select(std::optional<ShiftKey> key);
  [[nodiscard]] const std::optional<ShiftKey>& selected() const { return selected_; }
  [[nodiscard]] std::optional<std::size_t> selected_row() const;

  // Gives the chosen shift up, whose till can tell no more; one at a time. A reason is needed.
  void give_up(const std::string& reason);
  [[nodiscard]] bool giving_up() const { return giving_up_; }
  [[nodiscard]] const std::optional<Error>& loss_error() const { return loss_error_; }  // of the last try
  void forget_loss_error();

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  [[nodiscard]] Date today() const;
  void load(Asked asked = Asked::by_person);
  void choose();
  void take(protocol::ShiftPage page);
  void look_later();

  Transport& transport_;
  Timers& timers_;
  const Clock& clock_;
  const StoreModel& store_;
  std::optional<Date> date_;  // nullopt: today, whatever that becomes
  std::optional<std::int64_t> till_;
  std::vector<protocol::ShiftSummary> all_;
  std::vector<protocol::ShiftSummary> shown_;
  std::optional<ShiftKey> selected_;
  bool looked_at_ = false;
  bool loaded_ = false;
  std::optional<Error> error_;
  bool giving_up_ = false;
  std::optional<Error> loss_error_;
  std::unique_ptr<Timer> again_;
  Lifetime reading_;
  Lifetime alive_;
  Signal changed_;
};

}  // namespace lanekeeper::office
