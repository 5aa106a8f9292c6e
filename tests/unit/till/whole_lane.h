// A lane with all its devices and a server to share, and what its faces hear.
#pragma once

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::till::test {

// 1027 cashier, 1028 supervisor, 1029 accountant, 1030 manager with the badge B-1030; all with the PIN 271828.
inline protocol::StoreProfile whole_profile() {
  auto profile = shop_profile();
  auto manager = staff_member(access::Role::manager, 4);
  manager.number = "1030";
  manager.name = "陈静";
  manager.pin_verifier = profile.staff.front().pin_verifier;
  profile.member_secret = std::string(2 * access::member_secret_bytes, 'a');
  manager.badge_key = access::badge_key(*profile.member_secret, "B-1030");
  profile.staff.push_back(manager);
  return profile;
}

struct WholeLane {
  FakeTill till;
  std::vector<LaneEvent> events;
  std::vector<std::string> heard;  // codes of what was done, "" for success

  explicit WholeLane(MemoryServer* server = nullptr, std::int64_t number = 3) {
    till.whole = true;
    till.number = number;
    till.questions.server = server;
    till.questions.asking_till = number;
    till.replica.stored = whole_profile();
    if (server != nullptr) {
      for (const auto& member : till.replica.stored->staff) server->staff[member.id] = member;
    }
    open();
  }
  void open() {
    till.open();
    lane().on_event([this](const LaneEvent& event) { events.push_back(event); });
  }
  Lane& lane() { return till.lane(); }
  [[nodiscard]] const RegisterView& view() { return *till.lane().view(); }
  [[nodiscard]] std::string message() { return view().message ? view().message->code : std::string(); }
  void sign_in(std::string_view number = "1027") { ASSERT_TRUE(lane().sign_in(number, "271828")); }
  void go(LinkStatus::State state) {
    LinkStatus status;
    status.state = state;
    till.questions.offline = state != LinkStatus::State::online;
    lane().link_changed(status);
    till.run_tasks();
  }
  void go_online() { go(LinkStatus::State::online); }
  void go_offline() { go(LinkStatus::State::offline); }
  std::string run(const Command& command) {
    const auto result = lane().command(command);
    return result ? std::string() : result.error().code;
  }
  std::string scan(const std::string& code) { return run(Scan{code, {}}); }
  void sell(const std::string& code = Shop::milk) {
    EXPECT_EQ(scan(code), "");
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
  }
  Lane::Done hear() {
    return [this](const Result<void>& result) { heard.push_back(result ? std::string() : result.error().code); };
  }
  [[nodiscard]] std::vector<std::string> labels() {
    std::vector<std::string> labels;
    lane().suspended([&labels](const Result<Lane::Suspended>& answer) {
      ASSERT_TRUE(answer);
      for (const auto& basket : answer->baskets) labels.push_back(basket.label);
    });
    till.run_tasks();
    return labels;
  }
  [[nodiscard]] int count(LaneEvent::Kind kind) const {
    return static_cast<int>(
        std::count_if(events.begin(), events.end(), [kind](const auto& event) { return event.kind == kind; }));
  }
  [[nodiscard]] const LaneEvent* last(LaneEvent::Kind kind) const {
    const LaneEvent* found = nullptr;
    for (const auto& event : events) {
      if (event.kind == kind) found = &event;
    }
    return found;
  }
  [[nodiscard]] std::vector<sale::ControlKind> controls() const {
    std::vector<sale::ControlKind> kinds;
    for (const auto& control : till.journal.controls) kinds.push_back(control.kind);
    return kinds;
  }
};

}  // namespace lanekeeper::till::test
