// What the window does with shifts and cash, without a display and without a register: the view is made by hand, the
// commands are looked at.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "till_ui/shift_desk.h"

namespace lanekeeper::till::test {
namespace {

using sale::TenderKind;
using ui::Action;
using ui::CashMove;
using ui::CashSheet;
using ui::ShiftDesk;
using ui::ShiftScreen;

constexpr Money yuan(std::int64_t amount) {
  return Money::of_minor(amount * 100);
}

// A register as the desk sees it: answers every command as a test has arranged, changes its view as the real one does.
class ShiftDeskTest : public testing::Test {
 protected:
  ShiftDeskTest() {
    view.state = RegisterState::idle;
    access::StaffMember cashier;
    cashier.id = 1;
    cashier.name = "王丽";
    view.cashier = cashier;
    view.usual_float = yuan(500);
    publish();
    desk = std::make_unique<ShiftDesk>(hooks());
  }

  ShiftDesk::Hooks hooks() {
    ShiftDesk::Hooks hooks;
    hooks.view = [this] { return shown; };
    hooks.run = [this](const Command& command, std::function<void()> done) {
      commands.push_back(command);
      if (refuses) {
        waiting = std::move(done);
        return false;
      }
      carry_out(command);
      done();
      return true;
    };
    hooks.print_x = [this]() -> Result<void> {
      ++printed_x;
      return {};
    };
    hooks.reprint_z = [this]() -> Result<void> {
      ++printed_z;
      return {};
    };
    hooks.obstacles = [this](const std::function<void(const std::vector<Error>&)>& then) { then(obstacles); };
    hooks.currency = [] { return std::string("CNY"); };
    hooks.now_ms = [this] { return now_ms; };
    hooks.say = [this](const ui::Notice& notice) { said.push_back(notice.title.key); };
    hooks.sound = [](bool) {};
    hooks.changed = [] {};
    return hooks;
  }
  void publish() {
    shown = std::make_shared<const RegisterView>(view);
    if (desk) desk->lane_changed();
  }
  void open_shift() {
    ViewShift shift;
    shift.number = 318;
    shift.opening_float = yuan(500);
    view.shift = shift;
    view.shift_needed = false;
    publish();
  }
  static ViewClose::Check check(TenderKind kind, Money expected, Money declared, Money tolerance) {
    ViewClose::Check one;
    one.check = {kind, std::nullopt, expected, declared, std::nullopt};
    one.difference = declared - expected;
    const std::int64_t size = std::abs(one.difference.minor());
    one.needs_reason = size > tolerance.minor();
    return one;
  }
  void carry_out(const Command& command) {
    if (std::holds_alternative<OpenShift>(command)) open_shift();
    if (const auto* begin = std::get_if<BeginClose>(&command)) {
      view.state = RegisterState::closing;
      view.close = ViewClose{};
      view.close->obstacles = begin->obstacles;
      view.close->z_number = 318;
      view.close->usual_float = yuan(500);
    }
    if (const auto* count = std::get_if<CountCash>(&command)) {
      view.close->counts = count->counts;
      view.close->counted = Money();
      for (const auto& one : count->counts) {
        view.close->counted += Money::of_minor(one.denomination.minor() * one.count);
      }
      view.close->is_counted = true;
      view.close->checks = {check(TenderKind::cash, expected_cash, view.close->counted, yuan(1)),
                            check(TenderKind::card, yuan(2316), yuan(2316), yuan(1))};
    }
    if (const auto* declared = std::get_if<DeclareTender>(&command)) {
      for (auto& one : view.close->checks) {
        if (one.check.kind != declared->kind) continue;
        const auto reason = declared->reason ? declared->reason : one.check.reason;
        if (declared->declared) one = check(declared->kind, one.check.expected, *declared->declared, yuan(1));
        one.check.reason = reason;
      }
    }
    if (std::holds_alternative<CancelClose>(command)) {
      view.close.reset();
      view.state = RegisterState::idle;
    }
    if (std::holds_alternative<CloseShift>(command)) {
      view.close.reset();
      view.shift.reset();
      view.cashier.reset();
      view.state = RegisterState::signed_out;
    }
    publish();
  }
  void type(std::string_view text) {
    for (const char c : text) desk->character(static_cast<unsigned char>(c));
  }
  // 31 notes of 100 and nothing else.
  void count(std::string_view hundreds) {
    type(hundreds);
    desk->enter();
    for (int i = 1; i < 8; ++i) {
      type("0");
      desk->enter();
    }
    desk->act(Action::submit_count);
    now_ms += 1000;
  }
  template <class T>
  [[nodiscard]] const T* last() const {
    return commands.empty() ? nullptr : std::get_if<T>(&commands.back());
  }

  RegisterView view;
  ViewPtr shown;
  std::vector<Command> commands;
  bool refuses = false;
  std::function<void()> waiting;
  std::vector<Error> obstacles;
  std::vector<std::string> said;
  int printed_x = 0;
  int printed_z = 0;
  Money expected_cash = yuan(3100);
  std::int64_t now_ms = 10'000;
  std::unique_ptr<ShiftDesk> desk;
};

TEST_F(ShiftDeskTest, AsksForAShiftWhereOneIsNeeded) {
  EXPECT_EQ(desk->screen(), ShiftScreen::none);
  view.shift_needed = true;
  publish();
  EXPECT_EQ(desk->screen(), ShiftScreen::open);
  EXPECT_TRUE(desk->holds_the_till());
  EXPECT_FALSE(desk->give_way_to_scan());
  EXPECT_TRUE(desk->notice());
}

TEST_F(ShiftDeskTest, ProposesWhatTheLastShiftLeftAndTakesIt) {
  view.shift_needed = true;
  view.left_in_drawer = yuan(480);
  publish();
  EXPECT_EQ(desk->opening_float(), yuan(480));
  desk->enter();
  ASSERT_NE(last<OpenShift>(), nullptr);
  EXPECT_EQ(last<OpenShift>()->opening_float, yuan(480));
  EXPECT_EQ(desk->screen(), ShiftScreen::none);
}

TEST_F(ShiftDeskTest, TakesATypedFloat) {
  view.shift_needed = true;
  publish();
  type("512.5");
  desk->enter();
  ASSERT_NE(last<OpenShift>(), nullptr);
  EXPECT_EQ(last<OpenShift>()->opening_float, Money::of_minor(512'50));
}

TEST_F(ShiftDeskTest, LeavesTheOpeningBySigningOut) {
  view.shift_needed = true;
  publish();
  type("5");
  desk->act(Action::cancel);
  EXPECT_TRUE(commands.empty()) << "the first Esc clears what was typed";
  desk->act(Action::cancel);
  EXPECT_NE(last<SignOut>(), nullptr);
}

TEST_F(ShiftDeskTest, PicksUpCash) {
  open_shift();
  ASSERT_TRUE(desk->begin(Action::cash_moves));
  EXPECT_EQ(desk->screen(), ShiftScreen::move);
  EXPECT_EQ(desk->move().move(), CashMove::pick_up);
  desk->enter();
  EXPECT_TRUE(desk->notice()) << "no amount yet";
  type("2000");
  desk->enter();
  ASSERT_NE(last<MoveCash>(), nullptr);
  EXPECT_EQ(last<MoveCash>()->kind, sale::ControlKind::pick_up);
  EXPECT_EQ(last<MoveCash>()->amount, yuan(2000));
  EXPECT_EQ(desk->screen(), ShiftScreen::none);
  EXPECT_THAT(said, testing::ElementsAre("till.move.done.title"));
}

TEST_F(ShiftDeskTest, PaysOutForAReasonInOwnWords) {
  open_shift();
  desk->begin(Action::cash_moves);
  desk->act(Action::paid_out);
  type("35.5");
  desk->enter();
  type("7");
  desk->enter();
  EXPECT_EQ(desk->move().step(), ui::CashMoveForm::Step::note);
  desk->enter();
  EXPECT_TRUE(commands.empty()) << "the words are missing";
  type("ice for fish");
  desk->enter();
  ASSERT_NE(last<MoveCash>(), nullptr);
  EXPECT_EQ(last<MoveCash>()->kind, sale::ControlKind::paid_out);
  EXPECT_EQ(last<MoveCash>()->amount, Money::of_minor(35'50));
  EXPECT_EQ(last<MoveCash>()->reason, "ice for fish");
}

TEST_F(ShiftDeskTest, WaitsForAnApprovalAndGoesOnAfterIt) {
  open_shift();
  desk->begin(Action::no_sale);
  type("1");
  refuses = true;
  desk->enter();
  ASSERT_NE(last<NoSale>(), nullptr);
  EXPECT_EQ(last<NoSale>()->reason, "change");
  EXPECT_EQ(desk->screen(), ShiftScreen::move) << "somebody is being asked";
  waiting();
  EXPECT_EQ(desk->screen(), ShiftScreen::none);
  EXPECT_THAT(said, testing::ElementsAre("till.move.opened.title"));
}

TEST_F(ShiftDeskTest, GivesWayToAScanWhileCashIsMoved) {
  open_shift();
  desk->begin(Action::cash_moves);
  type("20");
  EXPECT_TRUE(desk->give_way_to_scan());
  EXPECT_EQ(desk->screen(), ShiftScreen::none);
}

TEST_F(ShiftDeskTest, TakesBackWhatAScannerTyped) {
  open_shift();
  desk->begin(Action::cash_moves);
  type("20");
  desk->save_draft();
  type("6901000002107");
  desk->restore_draft();
  EXPECT_EQ(desk->move().amount_text(), "20");
}

TEST_F(ShiftDeskTest, ReadsAndPrintsX) {
  open_shift();
  desk->begin(Action::shift_report);
  EXPECT_EQ(desk->screen(), ShiftScreen::report);
  desk->act(Action::print_x);
  EXPECT_EQ(printed_x, 1);
  desk->act(Action::cancel);
  desk->act(Action::cancel);
  EXPECT_EQ(desk->screen(), ShiftScreen::none);
}

TEST_F(ShiftDeskTest, ListsWhatIsStillOpen) {
  open_shift();
  obstacles = {Error{"close.unsent", "Two entries are not sent.", {{"count", "2"}}}};
  desk->begin(Action::close_shift);
  ASSERT_NE(last<BeginClose>(), nullptr);
  EXPECT_EQ(last<BeginClose>()->obstacles.size(), 1U);
  EXPECT_EQ(desk->screen(), ShiftScreen::count);
}

TEST_F(ShiftDeskTest, CountsEveryDenominationBeforeItSubmits) {
  open_shift();
  desk->begin(Action::close_shift);
  type("23");
  desk->enter();
  type("8");
  desk->act(Action::submit_count);
  EXPECT_EQ(last<CountCash>(), nullptr);
  ASSERT_TRUE(desk->notice());
  EXPECT_EQ(desk->sheet().missing(), 6U);
  EXPECT_EQ(desk->sheet().total(), yuan(2700));
  EXPECT_EQ(desk->sheet().selected(), 2U) << "the first that was left out";
}

TEST_F(ShiftDeskTest, LeavesTheCountForTheSale) {
  open_shift();
  desk->begin(Action::close_shift);
  desk->act(Action::cancel);
  EXPECT_NE(last<CancelClose>(), nullptr);
  EXPECT_EQ(desk->screen(), ShiftScreen::none);
}

TEST_F(ShiftDeskTest, ClosesWhereEverythingAgrees) {
  open_shift();
  desk->begin(Action::close_shift);
  count("31");
  EXPECT_EQ(desk->screen(), ShiftScreen::check);
  EXPECT_EQ(desk->unexplained(), 0U);
  desk->act(Action::print_z);
  ASSERT_NE(last<CloseShift>(), nullptr);
  EXPECT_EQ(last<CloseShift>()->left_in_drawer, yuan(500));
  ASSERT_EQ(desk->screen(), ShiftScreen::done);
  EXPECT_EQ(desk->closed()->deposit(), yuan(2600));
  desk->act(Action::reprint_z);
  EXPECT_EQ(printed_z, 1);
  desk->enter();
  EXPECT_EQ(desk->screen(), ShiftScreen::none);
}

TEST_F(ShiftDeskTest, TheKeyThatSubmittedTheCountDoesNotPrintZ) {
  open_shift();
  desk->begin(Action::close_shift);
  count("31");
  now_ms -= 1000;
  desk->act(Action::print_z);
  EXPECT_EQ(last<CloseShift>(), nullptr);
}

TEST_F(ShiftDeskTest, WantsAReasonForADifference) {
  open_shift();
  desk->begin(Action::close_shift);
  count("30");
  EXPECT_EQ(desk->unexplained(), 1U);
  EXPECT_EQ(desk->selected_check(), 0U);
  desk->act(Action::print_z);
  EXPECT_EQ(last<CloseShift>(), nullptr);
  EXPECT_TRUE(desk->notice());
  desk->act(Action::cancel);
  type("1");
  desk->enter();
  ASSERT_NE(last<DeclareTender>(), nullptr);
  EXPECT_EQ(last<DeclareTender>()->reason, "change");
  EXPECT_EQ(desk->unexplained(), 0U);
  desk->act(Action::print_z);
  EXPECT_NE(last<CloseShift>(), nullptr);
}

TEST_F(ShiftDeskTest, TakesAChosenReasonAlongWhenItPrints) {
  open_shift();
  desk->begin(Action::close_shift);
  count("30");
  type("2");
  desk->act(Action::print_z);
  EXPECT_NE(last<CloseShift>(), nullptr);
}

TEST_F(ShiftDeskTest, TakesAReasonInOwnWords) {
  open_shift();
  desk->begin(Action::close_shift);
  count("30");
  type("4");
  desk->enter();
  EXPECT_EQ(desk->check_entry(), ShiftDesk::CheckEntry::own_words);
  type("torn note");
  desk->enter();
  ASSERT_NE(last<DeclareTender>(), nullptr);
  EXPECT_EQ(last<DeclareTender>()->reason, "torn note");
  EXPECT_EQ(desk->check_entry(), ShiftDesk::CheckEntry::none);
}

TEST_F(ShiftDeskTest, DeclaresWhatTheSlipsComeTo) {
  open_shift();
  desk->begin(Action::close_shift);
  count("31");
  type("9");
  EXPECT_EQ(desk->check_entry(), ShiftDesk::CheckEntry::none) << "cash was counted and is not typed";
  desk->act(Action::cancel);
  desk->act(Action::next_value);
  type("2266");
  EXPECT_EQ(desk->check_entry(), ShiftDesk::CheckEntry::declared);
  desk->enter();
  ASSERT_NE(last<DeclareTender>(), nullptr);
  EXPECT_EQ(last<DeclareTender>()->kind, TenderKind::card);
  EXPECT_EQ(last<DeclareTender>()->declared, yuan(2266));
  EXPECT_EQ(desk->unexplained(), 1U);
}

TEST_F(ShiftDeskTest, CountsAgainWithWhatWasCounted) {
  open_shift();
  desk->begin(Action::close_shift);
  count("30");
  desk->act(Action::recount);
  EXPECT_EQ(desk->screen(), ShiftScreen::count);
  EXPECT_EQ(desk->sheet().total(), yuan(3000));
  type("31");
  desk->act(Action::submit_count);
  EXPECT_EQ(desk->screen(), ShiftScreen::check);
  EXPECT_EQ(desk->unexplained(), 0U);
}

TEST_F(ShiftDeskTest, LeavesAnotherFloatThanUsual) {
  open_shift();
  desk->begin(Action::close_shift);
  count("31");
  desk->act(Action::keep_float);
  type("9999");
  desk->enter();
  EXPECT_TRUE(desk->notice()) << "more than was counted";
  desk->act(Action::cancel);
  desk->act(Action::clear);
  type("600");
  desk->enter();
  desk->act(Action::print_z);
  ASSERT_NE(last<CloseShift>(), nullptr);
  EXPECT_EQ(last<CloseShift>()->left_in_drawer, yuan(600));
}

TEST_F(ShiftDeskTest, ClosesAfterTheSignature) {
  open_shift();
  desk->begin(Action::close_shift);
  count("30");
  type("1");
  desk->enter();
  refuses = true;
  desk->act(Action::sign_close);
  ASSERT_NE(last<CloseShift>(), nullptr);
  EXPECT_EQ(desk->screen(), ShiftScreen::check) << "somebody is being asked";
  carry_out(commands.back());
  waiting();
  ASSERT_EQ(desk->screen(), ShiftScreen::done);
  EXPECT_EQ(desk->closed()->z_number, 318);
  EXPECT_EQ(desk->closed()->difference, yuan(-100));
}

TEST_F(ShiftDeskTest, ClosesForSomebodyElseRightAfterSigningIn) {
  open_shift();
  desk->close_after_sign_in(true);
  desk->signed_in();
  EXPECT_NE(last<BeginClose>(), nullptr);
  EXPECT_FALSE(desk->closes_after_sign_in());
}

TEST(CashSheet, CountsByDigitsAndEnter) {
  CashSheet sheet(ui::denominations_of("CNY"));
  ASSERT_EQ(sheet.rows().size(), 8U);
  sheet.digit('2');
  sheet.digit('3');
  EXPECT_EQ(sheet.total(), yuan(2300));
  sheet.next();
  sheet.digit('0');
  sheet.move(-1);
  sheet.digit('5');
  EXPECT_EQ(sheet.total(), yuan(500)) << "the first digit replaces what stood there";
  for (int i = 0; i < 12; ++i) sheet.digit('9');
  EXPECT_EQ(sheet.rows()[0].typed.size(), CashSheet::most_digits);
  sheet.select(7);
  sheet.next();
  EXPECT_EQ(sheet.selected(), 2U) << "the first that was left out";
  EXPECT_EQ(sheet.counts().size(), 2U);
}

}  // namespace
}  // namespace lanekeeper::till::test
