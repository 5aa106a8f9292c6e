// Baskets that are put aside, taken up again, given up, or handed to another person; notes; and the scale's tare.
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;
using sale::ControlKind;

struct Baskets : RegisterAtWork {
  explicit Baskets(Role role = Role::cashier) : RegisterAtWork(role) { machine.set_settings(settings_with_offers()); }
};

TEST(RegisterBaskets, OneThatIsPutAsideIsTakenUpElsewhereWithEverything) {
  Baskets here(Role::supervisor);
  EXPECT_EQ(here.run(SuspendBasket{}), "register.empty_basket");
  here.run(IdentifyMember{some_member()});
  here.scan(Shop::milk);
  here.scan(Shop::beer);
  here.run(ConfirmAge{true});
  here.run(OverridePrice{2, yuan("4"), "damaged"});
  here.run(BeginTender{});
  EXPECT_EQ(here.run(SuspendBasket{"purse at home"}), "");
  ASSERT_TRUE(here.put_aside);
  EXPECT_EQ(here.put_aside->line_count, 2);
  EXPECT_EQ(here.put_aside->total, yuan("49.90"));
  EXPECT_EQ(here.put_aside->note, "purse at home");
  EXPECT_TRUE(here.view().lines.empty());
  EXPECT_EQ(here.view().state, RegisterState::idle);
  ASSERT_EQ(here.controls.size(), 1u);
  EXPECT_EQ(here.controls[0].kind, ControlKind::basket_suspend);
  EXPECT_EQ(here.controls[0].basket->label, "3-0001");
  EXPECT_TRUE(sale::check_arithmetic(here.controls[0]));
  EXPECT_NE(here.effect<PrintControl>(), nullptr);

  Baskets there;
  there.run(SignOut{});
  there.run(SignedIn{staff_member(Role::cashier, 8)});
  EXPECT_EQ(there.run(RecallBasket{here.put_aside->basket, "3-0001"}), "");
  EXPECT_EQ(there.controls.back().kind, ControlKind::basket_recall);
  EXPECT_EQ(there.controls.back().basket->label, "3-0001");
  EXPECT_EQ(there.view().total, yuan("49.90"));
  EXPECT_EQ(there.view().member, some_member());
  EXPECT_EQ(there.machine.basket().id, here.put_aside->basket.id);
  EXPECT_EQ(there.machine.basket().lines[0].entered_by, 7);
  EXPECT_EQ(there.machine.basket().lines[1].age_confirmed, 18);
  EXPECT_EQ(there.run(RecallBasket{here.put_aside->basket, "3-0001"}), "register.basket_open");
  EXPECT_EQ(there.scan(Shop::beer), "") << "asked once";
  EXPECT_FALSE(there.machine.basket().lines[2].entered_by);
  there.run(BeginTender{});
  there.run(TenderCash{there.view().cash_due});
  EXPECT_TRUE(sale::check_arithmetic(*there.sold));
}

TEST(RegisterBaskets, ARecalledOneIsPricedByThePromotionsOfNow) {
  Baskets here;
  here.scan(Shop::chips);
  here.scan(Shop::chips);
  here.run(SuspendBasket{});
  EXPECT_EQ(here.put_aside->total, yuan("11.85"));
  auto settings = settings_with_offers();
  settings.promotions = pricing::PromotionCalendar(
      {edition(8, "2026-11-01T00:00:00.000+08:00", {offer_on("c", {"N2"}, pricing::FixedPrice{yuan("1")})})});
  here.machine.set_settings(settings);
  here.shop.named("脆叶薯片").prices[0].amount = yuan("9.00");
  EXPECT_EQ(here.run(RecallBasket{here.put_aside->basket, "3-0001"}), "");
  EXPECT_EQ(here.view().total, yuan("2"));
  EXPECT_EQ(here.view().lines[0].unit_price, yuan("7.90"));
  EXPECT_FALSE(here.machine.basket().lines[0].entered_by);
}

TEST(RegisterBaskets, WhatCannotBePutAside) {
  Baskets till(Role::manager);
  till.scan(Shop::milk);
  till.scan("88123456");
  EXPECT_EQ(till.run(AddCoupon{"88123456", true}), "");
  EXPECT_EQ(till.run(SuspendBasket{}), "suspend.coupon");
  till.run(RemoveCoupon{"88123456"});
  EXPECT_EQ(till.run(AddCoupon{"WELCOME", false}), "");
  till.run(BeginTender{});
  till.run(TenderCash{yuan("1")});
  EXPECT_EQ(till.run(SuspendBasket{}), "suspend.tender_taken");
  till.run(VoidTender{0});
  EXPECT_EQ(till.run(SuspendBasket{std::string(81, 'x')}), "register.note_too_long");
  EXPECT_EQ(till.run(SuspendBasket{}), "");
  const auto kept = till.put_aside->basket;
  till.now.instant.unix_ms += 86'400'000;
  EXPECT_EQ(till.run(RecallBasket{kept, "3-0001"}), "suspend.other_day");
  till.run(BeginBlindReturn{"gift"});
  EXPECT_EQ(till.run(SuspendBasket{}), "suspend.return");
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(SuspendBasket{}), "suspend.return");
}

TEST(RegisterBaskets, OneThatCannotBeKeptStaysOpen) {
  Baskets till;
  till.scan(Shop::milk);
  const auto outcome = till.machine.handle(SuspendBasket{}, till.moment());
  ASSERT_TRUE(std::holds_alternative<StoreSuspended>(outcome.effects.at(0)));
  EXPECT_EQ(till.scan(Shop::milk), "register.busy");
  EXPECT_FALSE(till.machine.suspend_failed({"journal.disk_full", "", {}}).result);
  EXPECT_EQ(till.view().message->code, "journal.disk_full");
  EXPECT_EQ(till.view().lines.size(), 1u);
  EXPECT_EQ(till.scan(Shop::milk), "");
  EXPECT_FALSE(till.machine.basket_suspended("3-0002", till.moment()).result) << "too late";
}

TEST(RegisterBaskets, OneThatIsGivenUpLeavesItsGoodsInTheJournal) {
  Baskets till;
  till.scan(Shop::milk);
  till.scan(Shop::chips);
  till.run(VoidLine{1});
  const auto id = till.machine.basket().id;
  const auto outcome = till.machine.handle(VoidBasket{}, till.moment());
  const auto given_up = std::get<CommitControl>(outcome.effects.at(0)).control;
  EXPECT_EQ(till.view().lines.size(), 2u) << "until the journal has it";
  EXPECT_FALSE(till.machine.control_commit_failed({"journal.disk_full", "", {}}).result);
  EXPECT_EQ(till.view().message->code, "journal.disk_full");
  EXPECT_EQ(till.view().lines.size(), 2u);
  EXPECT_EQ(till.run(VoidBasket{}), "");
  const auto& trace = *till.controls.back().basket;
  EXPECT_EQ(trace.basket, id);
  EXPECT_EQ(trace.line_count, 1);
  EXPECT_EQ(trace.total, yuan("7.90"));
  EXPECT_EQ(trace.lines->size(), 2u);
  EXPECT_TRUE(sale::check_arithmetic(till.controls.back()));
  EXPECT_TRUE(till.view().lines.empty());
}

TEST(RegisterBaskets, AnotherPersonTakesTheTillOver) {
  Baskets till;
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(SignedIn{staff_member(Role::cashier, 8)}), "register.basket_open");
  EXPECT_EQ(till.detail("permission"), "till.lock_takeover");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 8), SignedIn{staff_member(Role::cashier, 8)}),
            "access.same_person");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), SignedIn{staff_member(Role::cashier, 8)}), "");
  const auto& change = till.controls.back();
  EXPECT_EQ(change.kind, ControlKind::cashier_change);
  EXPECT_EQ(change.cashier, 8);
  EXPECT_EQ(change.approvals->front().approved_by, 50);
  EXPECT_EQ(till.machine.basket().lines[0].entered_by, 7);
  EXPECT_EQ(till.scan(Shop::milk), "");
  EXPECT_EQ(till.view().lines.size(), 2u) << "who entered what stays apart";
  till.run(BeginTender{});
  till.run(TenderCash{yuan("1")});
  EXPECT_EQ(till.run(SignedIn{staff_member(Role::supervisor, 9)}), "");
  EXPECT_EQ(till.machine.basket().tenders[0].taken_by, 8);
  EXPECT_EQ(till.machine.basket().lines[0].entered_by, 7);
  EXPECT_EQ(till.machine.basket().lines[1].entered_by, 8);
  EXPECT_EQ(till.run(SignedIn{staff_member(Role::supervisor, 7)}), "");
  EXPECT_FALSE(till.machine.basket().lines[0].entered_by) << "back with who finishes it";
  till.run(TenderCash{yuan("98.80")});
  ASSERT_TRUE(till.sold);
  EXPECT_EQ(till.sold->cashier, 7);
  EXPECT_EQ(till.sold->tenders[0].taken_by, 8);
}

TEST(RegisterBaskets, WhatWasLentToOnePersonIsNotTheNextOnes) {
  Baskets till;
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), BeginBlindReturn{"gift"}), "");
  EXPECT_EQ(till.run(SignedIn{staff_member(Role::cashier, 8)}), "");
  EXPECT_FALSE(till.view().blind_return) << "nothing has come back yet";
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), BeginBlindReturn{"gift"}), "");
  till.scan(Shop::milk);
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), SignedIn{staff_member(Role::cashier, 9)}), "");
  EXPECT_EQ(till.run(BeginTender{}), "access.denied");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), BeginTender{}), "");
}

TEST(RegisterBaskets, NotesStayWithLineAndReceipt) {
  Baskets till;
  till.scan(Shop::milk);
  std::string long_note;
  for (int i = 0; i < 80; ++i) long_note += "米";
  EXPECT_EQ(till.run(NoteLine{1, long_note + "米"}), "register.note_too_long");
  EXPECT_EQ(till.run(NoteLine{1, long_note}), "");
  EXPECT_EQ(till.run(NoteLine{2, "x"}), "register.no_line");
  EXPECT_EQ(till.view().lines[0].note, long_note);
  EXPECT_EQ(till.scan(Shop::milk), "");
  EXPECT_EQ(till.view().lines.size(), 2u);
  EXPECT_EQ(till.run(NoteLine{1, "  "}), "");
  EXPECT_TRUE(till.view().lines[0].note.empty());
  EXPECT_EQ(till.run(NoteBasket{"deliver"}), "");
  EXPECT_EQ(till.view().note, "deliver");
  till.run(BeginTender{});
  till.run(TenderCash{yuan("100")});
  EXPECT_EQ(till.sold->note, "deliver");
}

TEST(RegisterBaskets, TheTareComesOffTheScalesWeight) {
  Baskets till(Role::supervisor);
  till.shop.named("上海青").tare = qty("0.010");
  EXPECT_EQ(till.run(Weigh{"301", qty("1.010")}), "");
  EXPECT_EQ(till.view().lines[0].quantity, qty("1"));
  EXPECT_EQ(till.view().lines[0].tare, qty("0.010"));
  EXPECT_EQ(till.run(Weigh{"301", qty("1.010"), sale::WeightSource::manual}), "");
  EXPECT_EQ(till.view().lines[1].quantity, qty("1.010")) << "what is typed is net";
  EXPECT_EQ(till.run(Weigh{"301", qty("1.1"), sale::WeightSource::scale, qty("0.1")}), "");
  EXPECT_EQ(till.view().lines[2].quantity, qty("1"));
  EXPECT_EQ(till.run(Weigh{"301", qty("1.1"), sale::WeightSource::scale, qty("0")}), "") << "nothing taken off";
  EXPECT_EQ(till.view().lines[3].quantity, qty("1.1"));
  EXPECT_EQ(till.run(Weigh{"301", qty("0.1"), sale::WeightSource::scale, qty("0.1")}), "register.bad_tare");
  EXPECT_EQ(till.run(Weigh{"301", qty("0.1"), sale::WeightSource::scale, qty("-0.1")}), "register.bad_tare");
  EXPECT_EQ(till.run(Weigh{"301", qty("0.010")}), "register.weight_not_positive");
  EXPECT_EQ(till.run(Weigh{"301", qty("-0.010")}), "register.bad_weight");
}

}  // namespace
}  // namespace lanekeeper::till::test
