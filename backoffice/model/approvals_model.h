// What tills ask to be allowed, and the answers of who sits here. The first answer in the store counts; whoever comes
// later learns who it was.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "model/lifetime.h"
#include "model/signal.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/lane_messages.h"

namespace lanekeeper::office {

// UI thread only.
class ApprovalsModel {
 public:
  // How often the waiting ones are asked for although nothing was pushed: requests expire by themselves.
  static constexpr std::chrono::milliseconds look_again{15'000};

  ApprovalsModel(Transport& transport, Timers& timers) : transport_(transport), timers_(timers) {}

  void refresh(Asked asked = Asked::by_person);
  void pushed() { refresh(Asked::by_itself); }
  void clear();

  [[nodiscard]] const std::vector<protocol::ApprovalStatus>& waiting() const { return waiting_; }  // oldest first
  [[nodiscard]] bool answering(const Uuid& id) const { return answering_ == id; }
  // How the last answer went, until the next one or dismiss(): it counted, or why not (approval.answered names who was
  // first).
  struct Outcome {
    protocol::ApprovalStatus what;
    std::optional<Error> error;
  };
  [[nodiscard]] const std::optional<Outcome>& outcome() const { return outcome_; }

  // One at a time; while one is under way others are not begun.
  void answer(const Uuid& id, bool granted);
  void dismiss();

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void answered(const protocol::ApprovalStatus& what, Result<protocol::ApprovalStatus> answer);
  void look_later();

  Transport& transport_;
  Timers& timers_;
  std::vector<protocol::ApprovalStatus> waiting_;
  std::optional<Uuid> answering_;
  std::optional<Outcome> outcome_;
  std::unique_ptr<Timer> again_;
  Lifetime alive_;
  Signal changed_;
};

}  // namespace lanekeeper::office
