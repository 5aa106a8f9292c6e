#include "model/shifts_model.h"

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

using protocol::ShiftState;

class ShiftsModelTest : public testing::Test {
 protected:
  static protocol::ShiftSummary shift(std::int64_t till, std::int64_t number, ShiftState state, std::int64_t turnover,
                                      std::int64_t difference) {
    protocol::ShiftSummary result;
    result.till = till;
    result.number = number;
    result.business_date = Date{2026, 11, 20};
    result.state = state;
    if (state == ShiftState::open) return result;
    result.closing.emplace();
    result.closing->totals.turnover = Money::of_minor(turnover);
    result.difference = Money::of_minor(difference);
    return result;
  }
  void load() {
    shifts.show();
    server.reply(protocol::ShiftPage{Date{2026, 11, 20},
                                     {shift(1, 16, ShiftState::agrees, 1000, 0), shift(1, 17, ShiftState::open, 0, 0),
                                      shift(3, 9, ShiftState::differs, 2000, -15)}});
  }

  FakeTransport server;
  FakeTimers timers;
  FakeClock clock;
  StoreModel store{server};
  ShiftsModel shifts{server, timers, clock, store};
};

TEST_F(ShiftsModelTest, AsksOnlyWhileSomebodyLooks) {
  shifts.refresh();
  EXPECT_TRUE(server.asked.empty());
  shifts.show();
  EXPECT_EQ(server.next(), "GET /v1/shifts?date=2026-11-20");
  EXPECT_TRUE(server.asked.front().request.headers.empty());
  server.reply(protocol::ShiftPage{Date{2026, 11, 20}, {}});
  EXPECT_TRUE(shifts.ever_loaded());
  timers.advance(ShiftsModel::look_again);
  EXPECT_EQ(server.next(), "GET /v1/shifts?date=2026-11-20") << "today goes on";
  ASSERT_EQ(server.asked.front().request.headers.size(), 1U) << "nobody asked: the session lives no longer for it";
  EXPECT_EQ(server.asked.front().request.headers[0].name, "X-Unattended");
  shifts.hide();
  server.reply(protocol::ShiftPage{Date{2026, 11, 20}, {}});
  timers.advance(ShiftsModel::look_again);
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(ShiftsModelTest, SumsWhatIsClosedAndShowsOneTill) {
  load();
  auto sums = shifts.sums();
  EXPECT_EQ(sums.closed, 2);
  EXPECT_EQ(sums.open, 1);
  EXPECT_EQ(sums.disagreeing, 1);
  EXPECT_EQ(sums.turnover, Money::of_minor(3000));
  EXPECT_EQ(sums.difference, Money::of_minor(-15));
  EXPECT_EQ(shifts.tills(), (std::vector<std::int64_t>{1, 3}));
  shifts.select(ShiftKey{3, 9});
  EXPECT_EQ(shifts.selected_row(), 2U);
  shifts.set_till(1);
  EXPECT_FALSE(shifts.selected()) << "it is not shown any more";
  EXPECT_EQ(shifts.sums().turnover, Money::of_minor(1000));
  EXPECT_EQ(shifts.tills().size(), 2U);
}

TEST_F(ShiftsModelTest, GivesAShiftUpAndShowsTheDayAsItIsThen) {
  load();
  shifts.give_up("");
  EXPECT_TRUE(server.asked.empty()) << "none is chosen";
  shifts.select(ShiftKey{1, 17});
  shifts.give_up("broken disk");
  shifts.give_up("broken disk");
  ASSERT_EQ(server.asked.size(), 1U) << "one at a time";
  EXPECT_EQ(server.next(), "POST /v1/shifts/1/17/loss");
  EXPECT_EQ(server.body<protocol::ShiftLossReport>().reason, "broken disk");
  server.refuse("shift.bad_reason");
  EXPECT_EQ(shifts.loss_error()->code, "shift.bad_reason");
  EXPECT_EQ(server.next(), "GET /v1/shifts?date=2026-11-20");
  server.reply(protocol::ShiftPage{Date{2026, 11, 20}, {shift(1, 17, ShiftState::open, 0, 0)}});
  shifts.give_up("broken disk");
  EXPECT_TRUE(shifts.giving_up());
  auto lost = shift(1, 17, ShiftState::open, 0, 0);
  lost.state = ShiftState::lost;
  server.reply(protocol::ShiftPage{Date{2026, 11, 20}, {lost}});
  EXPECT_FALSE(shifts.giving_up());
  EXPECT_FALSE(shifts.loss_error());
  EXPECT_EQ(shifts.shifts()[*shifts.selected_row()].state, ShiftState::lost);
  EXPECT_EQ(shifts.sums().open, 0);
  shifts.give_up("again");
  shifts.clear();
  server.refuse("access.session_ended");
  EXPECT_FALSE(shifts.giving_up());
}

TEST_F(ShiftsModelTest, GoesThroughTheDaysButNotIntoTomorrow) {
  load();
  shifts.move_day(1);
  EXPECT_TRUE(server.asked.empty());
  shifts.move_day(-1);
  EXPECT_EQ(server.next(), "GET /v1/shifts?date=2026-11-19");
  EXPECT_TRUE(shifts.shifts().empty());
  EXPECT_FALSE(shifts.ever_loaded());
  EXPECT_FALSE(shifts.is_today());
  server.refuse("net.unreachable");
  EXPECT_EQ(shifts.error()->code, "net.unreachable");
  timers.advance(ShiftsModel::look_again);
  EXPECT_TRUE(server.asked.empty()) << "the past does not change by itself";
  shifts.move_day(1);
  EXPECT_TRUE(shifts.is_today());
}

}  // namespace
}  // namespace lanekeeper::office
