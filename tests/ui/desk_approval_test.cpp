// Approvals in the window: on the spot, by badge, from afar, and those of other tills.

#include <gmock/gmock.h>

#include "desk_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view oil = "6901000003005";
constexpr std::string_view crisps = "6901000002107";

class DeskApprovalTest : public DeskTest {
 protected:
  // A price change up to the panel.
  void change_price() {
    scanner(oil);
    press(Action::change_price);
    person("59.9");
    press_enter();
    now_ms += 1000;
  }
  void say_who(std::string_view number = "1003", std::string_view pin = shop_pin) {
    now_ms += 1000;
    person(number);
    press_enter();
    person(pin);
    press_enter();
  }
  std::string message() {
    const auto model = desk.part()->panel();
    return model.message.empty() ? std::string() : model.message.in(i18n::Texts(i18n::Language::zh_CN));
  }
};

TEST_F(DeskApprovalTest, APriceChangeAsksForAReasonNumberAndPin) {
  sign_in();
  change_price();
  ASSERT_TRUE(desk.approval().open());
  EXPECT_EQ(desk.approval().line(), 1);
  const auto model = desk.part()->panel();
  EXPECT_EQ(model.choices.size(), 6U);
  ASSERT_EQ(model.figures.size(), 3U);
  EXPECT_EQ(model.figures[0].amount->to_string(), "69.90");
  EXPECT_EQ(model.figures[1].amount->to_string(), "59.90");
  press_enter();
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "69.90") << "without a reason nothing happens";
  person("2");
  say_who();
  EXPECT_FALSE(desk.approval().open());
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "59.90");
  ASSERT_EQ(view().approvals.size(), 1U);
  EXPECT_EQ(view().approvals[0].approver_number, "1003");
  EXPECT_EQ(sounds.back(), Sound::ok);
}

TEST_F(DeskApprovalTest, ThePinIsNeverShown) {
  sign_in();
  change_price();
  person("2");
  person("1003");
  press_enter();
  person("25");
  const auto model = desk.part()->panel();
  ASSERT_TRUE(model.credentials);
  EXPECT_EQ(model.credentials->number, "1003");
  EXPECT_EQ(model.credentials->pin_digits, 2);
  EXPECT_EQ(desk.part()->entry().kind, ui::EntryModel::Kind::secret);
}

TEST_F(DeskApprovalTest, NobodyAllowsTheirOwnRequestAndAWrongPinMayBeTypedAgain) {
  sign_in();
  change_price();
  person("2");
  say_who("1027");
  ASSERT_TRUE(desk.approval().open());
  EXPECT_FALSE(message().empty());
  say_who("1003", "1111");
  ASSERT_TRUE(desk.approval().open());
  EXPECT_FALSE(message().empty());
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "69.90");
}

TEST_F(DeskApprovalTest, AnotherCashierCannotAllowIt) {
  sign_in();
  change_price();
  person("1");
  say_who("1031");
  ASSERT_TRUE(desk.approval().open());
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "69.90");
}

TEST_F(DeskApprovalTest, EscGivesUpAndNothingChanges) {
  sign_in();
  change_price();
  press(Action::cancel);
  EXPECT_FALSE(desk.approval().open());
  EXPECT_FALSE(desk.notice());
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "69.90");
}

TEST_F(DeskApprovalTest, ABadgeAllowsIt) {
  sign_in();
  change_price();
  person("3");
  scanner(supervisor_badge);
  EXPECT_FALSE(desk.approval().open());
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "59.90");
  EXPECT_EQ(view().approvals.at(0).means, sale::ApprovalMeans::badge);
}

TEST_F(DeskApprovalTest, GoodsScannedMeanwhileFollow) {
  sign_in();
  change_price();
  scanner(crisps);
  scanner(crisps);
  EXPECT_EQ(desk.queued_scans(), 2U);
  EXPECT_EQ(view().lines.size(), 1U);
  person("2");
  say_who();
  EXPECT_EQ(desk.queued_scans(), 0U);
  ASSERT_EQ(view().lines.size(), 2U);
  EXPECT_EQ(view().lines[1].quantity, Quantity::of_units(2));
}

TEST_F(DeskApprovalTest, GoodsScannedMeanwhileFollowWhenItIsGivenUp) {
  sign_in();
  change_price();
  scanner(crisps);
  press(Action::cancel);
  EXPECT_EQ(view().lines.size(), 2U);
}

TEST_F(DeskApprovalTest, ADiscountOfTheCashierIsAllowed) {
  sign_in();
  scanner(oil);
  press(Action::discount);
  person("10");
  press_enter();
  ASSERT_TRUE(desk.approval().open());
  now_ms += 1000;
  person("5");
  say_who();
  EXPECT_EQ(view().total.to_string(), "62.91");
}

TEST_F(DeskApprovalTest, ADiscountOverTheLimitNeedsTheManager) {
  sign_in("1003");
  scanner(oil);
  press(Action::discount);
  person("50");
  press_enter();
  person("1");
  press_enter();
  ASSERT_TRUE(desk.approval().open()) << "the reason is there already";
  EXPECT_TRUE(desk.part()->panel().choices.empty());
  say_who("1001");
  EXPECT_EQ(view().total.to_string(), "34.95");
}

TEST_F(DeskApprovalTest, ATypedWeightIsAllowed) {
  sign_in();
  desk.add_item(305);
  now_ms += 1000;
  person("0.836");
  press_enter();
  ASSERT_TRUE(desk.approval().open());
  say_who();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].weight_source, sale::WeightSource::manual);
}

TEST_F(DeskApprovalTest, OfAReturnWithReceipt) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  person("100");
  press_enter();
  press(Action::return_goods);
  person("3-1");
  press_enter();
  till.run_posted();
  ASSERT_TRUE(desk.approval().open());
  say_who();
  EXPECT_EQ(desk.screen(), Screen::returns);
}

TEST_F(DeskApprovalTest, EnterMeansNothingRightAfterThePanelOpened) {
  sign_in("1003");
  scanner(oil);
  press(Action::discount);
  person("50");
  press_enter();
  person("1");
  press_enter();
  ASSERT_TRUE(desk.approval().open());
  desk.type("1");
  gate.enter(now_ms += 100);
  EXPECT_EQ(desk.part()->panel().credentials->asks, ui::PanelCredentials::Asks::number);
}

TEST_F(DeskApprovalTest, IsAskedFromAfarAndCarriedOutWhenGranted) {
  sign_in();
  till.link_state(LinkStatus::State::online);
  change_price();
  person("2");
  press(Action::ask_afar);
  till.run_posted();
  EXPECT_TRUE(desk.approval().asking_afar());
  ASSERT_EQ(till.server.approvals.size(), 1U);
  EXPECT_EQ(till.server.approvals[0].request.permission, "price.override");
  scanner(crisps);
  EXPECT_EQ(desk.queued_scans(), 1U);
  ASSERT_TRUE(till.server.answer(till.server.approvals[0].request.id, true, 5));
  till.lane().approvals_changed();
  till.run_posted();
  EXPECT_FALSE(desk.approval().open());
  EXPECT_EQ(view().lines.at(0).unit_price.to_string(), "59.90");
  EXPECT_EQ(view().lines.size(), 2U) << "what was scanned meanwhile";
}

TEST_F(DeskApprovalTest, ARefusalFromAfarLeavesThePanelOpen) {
  sign_in();
  till.link_state(LinkStatus::State::online);
  change_price();
  person("2");
  press(Action::ask_afar);
  till.run_posted();
  ASSERT_TRUE(till.server.answer(till.server.approvals.at(0).request.id, false, 5));
  till.lane().approvals_changed();
  till.run_posted();
  ASSERT_TRUE(desk.approval().open());
  EXPECT_FALSE(desk.approval().asking_afar());
  EXPECT_FALSE(message().empty());
  say_who();
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "59.90");
}

TEST_F(DeskApprovalTest, EscTakesTheRequestBack) {
  sign_in();
  till.link_state(LinkStatus::State::online);
  change_price();
  person("2");
  press(Action::ask_afar);
  till.run_posted();
  press(Action::cancel);
  till.run_posted();
  EXPECT_FALSE(desk.approval().open());
  EXPECT_EQ(till.questions.withdrawn.size(), 1U);
}

TEST_F(DeskApprovalTest, AnswersWhatAnotherTillAsks) {
  sign_in();
  till.link_state(LinkStatus::State::online);
  protocol::ApprovalRequest request;
  request.id = *Uuid::parse("01924b3a-0000-7000-8000-0000000000aa");
  request.till = 5;
  request.cashier = 2;
  request.cashier_name = "陈浩";
  request.permission = "price.override";
  request.subject = "approval.price_override";
  request.details = {{"name", "金穗食用调和油 5L"}, {"old", "69.90"}, {"new", "59.90"}};
  request.asked_at = till.clock.now();
  till.server.ask(request);
  till.lane().approvals_changed();
  till.run_posted();
  EXPECT_EQ(desk.requests().waiting(), 1U);
  press(Action::more);
  person("8");
  ASSERT_NE(desk.part(), nullptr);
  const auto model = desk.part()->panel();
  ASSERT_EQ(model.rows.size(), 1U);
  EXPECT_THAT(model.rows[0].title.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("金穗"));
  press_enter();
  say_who();
  till.run_posted();
  EXPECT_EQ(till.server.approvals[0].state, protocol::ApprovalState::granted);
  EXPECT_EQ(till.server.approvals[0].answered_by_number, "1003");
}

}  // namespace
}  // namespace lanekeeper::till::test
