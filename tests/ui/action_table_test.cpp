// The table that all keys come from: what the help lists, the words of the console beside it, the rights it names.

#include <algorithm>
#include <set>

#include "console/grammar.h"
#include "desk_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view oil = "6901000003005";

// ---- the help lists what works, and all of it ----

class DeskHelpTest : public DeskTest {
 protected:
  DeskHelpTest() : DeskTest(shop()) { till.link_state(LinkStatus::State::online); }
  static ShopOptions shop() {
    ShopOptions options;
    options.with_scale = true;
    return options;
  }
  [[nodiscard]] std::set<std::string_view> caps() const {
    std::set<std::string_view> all;
    for (const auto* row : desk.working_rows()) {
      EXPECT_TRUE(all.insert(row->cap).second) << row->cap;
      EXPECT_EQ(desk.action_of(row->key), row) << row->cap;
    }
    return all;
  }
};

TEST_F(DeskHelpTest, OnTheSaleScreenAndOverIt) {
  sign_in();
  scanner(oil);
  const auto sale = caps();
  for (const char* cap : {"F1", "F12", "+", "Del", "Ctrl+Q", "Ctrl+T", "Enter", "?"}) {
    EXPECT_TRUE(sale.contains(cap)) << cap;
  }
  press(Action::quick_keys);
  const auto keys = caps();
  for (const char* cap : {"PgUp", "PgDn", "\u2190", "F1", "F6", "+", "Ctrl+Q"}) {
    EXPECT_TRUE(keys.contains(cap)) << cap;
  }
  press(Action::cancel);
  press(Action::find_item);
  EXPECT_FALSE(caps().contains("+")) << "it is part of what is looked for";
  press(Action::cancel);
  desk.add_item(305);
  ASSERT_EQ(desk.place(), Place::weighing);
  const auto weighing = caps();
  EXPECT_TRUE(weighing.contains("F7"));
  EXPECT_TRUE(weighing.contains("F8"));
  EXPECT_TRUE(weighing.contains("Ctrl+L"));
}

TEST_F(DeskHelpTest, ListsEveryPrintedKeyOfAPlace) {
  const auto expect_all = [this](Place where) {
    ASSERT_EQ(desk.place(), where);
    const auto listed = desk.working_rows();
    for (const auto& row : ui::action_table()) {
      if (row.place != where || row.cap.empty() || row.needs == ui::Needs::later_issue) continue;
      EXPECT_TRUE(std::any_of(listed.begin(), listed.end(), [&row](const auto* one) {
        return one->action == row.action && one->label == row.label;
      })) << row.label;
    }
  };
  expect_all(Place::sign_in);
  sign_in();
  expect_all(Place::sale);
  scanner(oil);
  expect_all(Place::sale);
  const std::pair<Action, Place> panels[] = {{Action::more, Place::more},
                                             {Action::quick_keys, Place::quick_keys},
                                             {Action::member, Place::member},
                                             {Action::coupon, Place::coupon},
                                             {Action::discount, Place::discount},
                                             {Action::hold, Place::hold},
                                             {Action::read_scale, Place::scale},
                                             {Action::reprint, Place::reprint},
                                             {Action::void_basket, Place::void_basket}};
  for (const auto& [action, where] : panels) {
    press(action);
    expect_all(where);
    press(Action::cancel);
  }
  desk.add_item(305);
  expect_all(Place::weighing);
  press(Action::cancel);
  desk.add_item(10);
  expect_all(Place::age_check);
  press(Action::age_refused);
  press(Action::pay);
  expect_all(Place::tender);
}

TEST_F(DeskHelpTest, OnlyWhatAnApprovalLeavesFree) {
  sign_in();
  scanner(oil);
  press(Action::change_price);
  person("60");
  press_enter();
  ASSERT_TRUE(desk.approval().open());
  const auto held = caps();
  EXPECT_TRUE(held.contains("F9"));
  EXPECT_TRUE(held.contains("Ctrl+L"));
  for (const char* cap : {"F1", "F2", "F5", "F12", "*", "+", "Ctrl+Q", "Ctrl+U"}) {
    EXPECT_FALSE(held.contains(cap)) << cap;
  }
}

// ---- the table ----

TEST(ActionFacts, EveryActionOfTheTableHasOneWithAWordOfTheConsole) {
  std::set<std::string> words;
  for (const auto& command : console::all_commands()) {
    words.emplace(command.usage.substr(0, command.usage.find(' ')));
  }
  std::set<Action> known;
  for (const auto& fact : ui::action_facts()) {
    EXPECT_TRUE(known.insert(fact.action).second) << "twice: " << static_cast<int>(fact.action);
    EXPECT_TRUE(fact.console.empty() || words.contains(std::string(fact.console))) << fact.console;
    EXPECT_FALSE(fact.permission && fact.console.empty()) << "what needs a right can be done from the console";
  }
  for (const auto& row : ui::action_table()) {
    EXPECT_TRUE(known.contains(row.action)) << row.label << " " << row.cap;
  }
}

TEST(ActionFacts, EveryWordOfTheConsoleThatChangesASaleHasAnAction) {
  std::set<std::string_view> reached;
  for (const auto& fact : ui::action_facts()) reached.insert(fact.console);
  // How a person speaks to a machine without a screen, and what a scanner or a screen does by itself.
  const std::set<std::string_view> only_there = {"scan",  "weigh", "basket", "suspended",   "recall", "approve",
                                                 "badge", "grant", "refund", "declare",     "bring",  "sync",
                                                 "wait",  "clock", "quit",   "departments", "status"};
  for (const auto& command : console::all_commands()) {
    const auto word = command.usage.substr(0, command.usage.find(' '));
    EXPECT_TRUE(reached.contains(word) || only_there.contains(word)) << word;
  }
}

// What a cashier may not do alone is refused with the right that the table names.
TEST_F(DeskHelpTest, TheRegisterAsksForTheRightsOfTheTable) {
  const auto right_of = [](Action action) {
    const auto permission = ui::fact_of(action).permission;
    return permission ? std::string(access::name_of(*permission)) : std::string();
  };
  const auto refused_for = [this](const Command& command) {
    const auto result = till.lane().command(command);
    EXPECT_FALSE(result);
    if (result) return std::string();
    const auto permission = Lane::needs_approval(result.error());
    EXPECT_TRUE(permission) << result.error().code;
    return permission ? std::string(access::name_of(*permission)) : std::string();
  };
  std::set<Action> asked;
  const auto expect = [&](Action action, const Command& command) {
    EXPECT_EQ(refused_for(command), right_of(action)) << static_cast<int>(action);
    asked.insert(action);
  };
  const Money one = Money::of_minor(1'00);
  sign_in("1003");
  ASSERT_TRUE(till.lane().command(OpenShift{Money::of_minor(100'00)}));
  scanner(oil);
  ASSERT_TRUE(till.lane().command(BeginTender{}));
  ASSERT_TRUE(till.lane().command(TenderCash{Money::of_minor(100'00)}));
  auto sold = till.journal.find_sale(1);
  ASSERT_TRUE(sold);
  sold->may_be_incomplete = false;
  ASSERT_TRUE(till.lane().command(SignOut{}));
  sign_in();
  expect(Action::return_goods, BeginReturn{*sold});
  expect(Action::void_receipt, BeginVoid{*sold, "other"});
  expect(Action::blind_return, BeginBlindReturn{"quality"});
  expect(Action::paid_in, MoveCash{sale::ControlKind::paid_in, one, "float", {}});
  expect(Action::paid_out, MoveCash{sale::ControlKind::paid_out, one, "float", {}});
  expect(Action::add_change, MoveCash{sale::ControlKind::loan, one, {}, {}});
  expect(Action::no_sale, NoSale{"change"});
  expect(Action::close_for_other, BeginClose{});
  scanner(oil);
  const auto line = view().selected_line;
  expect(Action::change_price, OverridePrice{line, one, "price.label"});
  expect(Action::discount, DiscountLine{line, one, {}, "damaged"});
  ASSERT_TRUE(till.lane().command(BeginTender{}));
  ASSERT_TRUE(till.lane().command(TenderOther{sale::TenderKind::card, {}, one, "1"}));
  expect(Action::undo_tender, VoidTender{0});
  EXPECT_TRUE(till.lane().print_x()) << "X is everybody's who has signed in";
  EXPECT_EQ(right_of(Action::print_x), "");

  FakeTill other(shop());
  ASSERT_TRUE(other.lane().sign_in("1027", shop_pin));
  ASSERT_TRUE(other.lane().command(OpenShift{Money::of_minor(100'00)}));
  ASSERT_TRUE(other.lane().command(BeginClose{}));
  ASSERT_TRUE(other.lane().command(CountCash{{{Money::of_minor(1'00), 1}}}));
  ASSERT_TRUE(other.lane().command(DeclareTender{sale::TenderKind::cash, {}, {}, "unknown"}));
  const auto closed = other.lane().command(CloseShift{});
  ASSERT_FALSE(closed);
  EXPECT_EQ(Lane::needs_approval(closed.error()), ui::fact_of(Action::sign_close).permission);
  asked.insert(Action::sign_close);

  // The others are rights of everybody who may sign in at a till, or stand beside one that was asked.
  for (const auto& fact : ui::action_facts()) {
    if (!fact.permission || access::allows(access::Role::cashier, *fact.permission)) continue;
    EXPECT_TRUE(
        std::any_of(asked.begin(), asked.end(),
                    [&fact](Action one_asked) { return ui::fact_of(one_asked).permission == fact.permission; }) ||
        fact.permission == access::Permission::approvals_answer)
        << static_cast<int>(fact.action);
  }
}

TEST(ActionTable, EveryPrintedKeyHasWords) {
  for (const auto& row : ui::action_table()) EXPECT_EQ(row.cap.empty(), row.label.empty()) << row.label << row.cap;
}

}  // namespace
}  // namespace lanekeeper::till::test
