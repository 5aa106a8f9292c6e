// What the lane asks of its replica and of the server.
#include <gtest/gtest.h>

#include "fakes.h"
#include "offers.h"

namespace lanekeeper::till::test {
namespace {

protocol::MemberCard some_card() {
  return {31, 1, "6688", "王*", "gold", "11-20", {}, true};
}

struct Asking {
  FakeTill till;
  std::vector<std::string> heard;  // codes of what was done, "" for success

  Asking() {
    till.replica.calendar = usual_calendar();
    till.replica.members["6688"] = some_card();
    till.replica.stored->staff[1].role = access::Role::manager;
    till.open();
    EXPECT_TRUE(lane().sign_in("1028", "271828"));
  }
  Lane& lane() { return till.lane(); }
  [[nodiscard]] const RegisterView& view() { return *till.lane().view(); }
  std::string scan(const std::string& code) {
    const auto result = lane().command(Scan{code, {}});
    return result ? std::string() : result.error().code;
  }
  Lane::Done hear() {
    return [this](const Result<void>& result) { heard.push_back(result ? std::string() : result.error().code); };
  }
  void pay() {
    EXPECT_TRUE(lane().command(BeginTender{}));
    EXPECT_TRUE(lane().command(TenderCash{std::max(view().cash_due, Money())}));
  }
  void go_online() {
    LinkStatus status;
    status.state = LinkStatus::State::online;
    lane().link_changed(status);
  }
  [[nodiscard]] std::string message() { return view().message ? view().message->code : std::string(); }
};

TEST(LaneMembers, GoodsGoBeforeACardOfTheSameNumber) {
  Asking work;
  work.till.replica.members["301"] = some_card();
  EXPECT_EQ(work.scan("301"), "register.weight_needed") << "a PLU";
  EXPECT_FALSE(work.view().member);
  EXPECT_TRUE(work.lane().command(Dismiss{}));
  EXPECT_TRUE(work.lane().identify_member("301")) << "asked for as a member it is one";
  EXPECT_EQ(work.view().member->id, 31);
}

TEST(LaneMembers, ByCardOrPhoneTypedOrScanned) {
  Asking work;
  EXPECT_EQ(work.lane().identify_member("13812345678").error().code, "member.unknown");
  EXPECT_EQ(work.view().message->details[0].second, "138****5678");
  EXPECT_TRUE(work.lane().identify_member(" 6688 "));
  EXPECT_EQ(work.view().member->id, 31);
  EXPECT_EQ(work.view().member->tier, "gold");
  EXPECT_TRUE(work.view().member->birthday);
  EXPECT_TRUE(work.lane().command(IdentifyMember{}));
  EXPECT_EQ(work.scan("]C06688"), "") << "a card among the goods";
  EXPECT_EQ(work.view().member->id, 31);
  EXPECT_EQ(work.message(), "");
  EXPECT_EQ(work.scan("9999"), "barcode.unknown");
  EXPECT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(work.view().total, yuan("45.90"));
  EXPECT_TRUE(work.lane().command(IdentifyMember{}));
  EXPECT_TRUE(work.lane().command(BeginTender{}));
  EXPECT_EQ(work.scan("6688"), "") << "a card that is shown late";
  EXPECT_EQ(work.view().cash_due, yuan("45.90"));
}

TEST(LaneMembers, BirthdaysOfALeapDay) {
  Asking work;
  work.till.replica.members["6688"].birthday = "02-29";
  const auto birthday_on = [&work](const char* day) {
    work.till.clock.time = ZonedTime::parse(std::string(day) + "T10:00:00.000+08:00").value();
    EXPECT_TRUE(work.lane().identify_member("6688"));
    return work.view().member->birthday;
  };
  EXPECT_TRUE(birthday_on("2027-02-28"));
  EXPECT_FALSE(birthday_on("2028-02-28"));
  EXPECT_TRUE(birthday_on("2028-02-29"));
}

TEST(LaneMembers, LimitsBeyondTheBasketAreAskedForOnce) {
  Asking work;
  work.till.questions.remaining = {{"milk", 0}};
  EXPECT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(work.till.questions.asked, 0) << "nothing in the set has a limit for everybody";
  EXPECT_TRUE(work.lane().identify_member("6688"));
  EXPECT_EQ(work.view().total, yuan("45.90"));
  work.till.run_tasks();
  EXPECT_EQ(work.view().total, yuan("49.90")) << "used up today";
  EXPECT_EQ(work.scan(Shop::cola), "");
  EXPECT_EQ(work.till.questions.asked, 1);
}

TEST(LaneMembers, AnAnswerForTheMemberBeforeIsDropped) {
  Asking work;
  work.till.questions.remaining = {{"milk", 0}};
  work.till.replica.members["7799"] = {32, 1, "7799", "李*", {}, {}, {}, true};
  EXPECT_EQ(work.scan(Shop::milk), "");
  EXPECT_TRUE(work.lane().identify_member("6688"));
  work.till.questions.remaining = {};
  EXPECT_TRUE(work.lane().identify_member("7799"));
  work.till.run_tasks();
  EXPECT_EQ(work.view().total, yuan("45.90"));
}

// ---- barcodes that nobody knows ----

TEST(LaneUnknownCodes, AreRecordedOnceBehindTheScan) {
  Asking work;
  const auto& written = work.till.journal.controls;
  EXPECT_EQ(work.scan("6909999999996"), "barcode.unknown");
  EXPECT_TRUE(written.empty()) << "the message does not wait for it";
  work.till.run_tasks();
  ASSERT_EQ(written.size(), 1u);
  EXPECT_EQ(written[0].kind, sale::ControlKind::unknown_code);
  EXPECT_EQ(written[0].code, "6909999999996");
  EXPECT_EQ(written[0].cashier_number, "1028");
  EXPECT_TRUE(sale::check_arithmetic(written[0]));
  EXPECT_EQ(work.scan("6909999999996"), "barcode.unknown");
  EXPECT_EQ(work.scan("6688"), "") << "a member's card";
  EXPECT_EQ(work.lane().command(Scan{"999", barcode::Symbology::typed}).error().code, "barcode.unknown");
  EXPECT_EQ(work.scan(Shop::chips), "");
  work.till.run_tasks();
  EXPECT_EQ(written.size(), 1u) << "once, and only what was no slip of the fingers";
  EXPECT_EQ(work.lane().command(Scan{"6909999999989", barcode::Symbology::typed}).error().code, "barcode.unknown");
  work.till.run_tasks();
  EXPECT_EQ(written.size(), 2u);
  EXPECT_EQ(work.message(), "barcode.unknown") << "what is on the screen stays";
}

TEST(LaneUnknownCodes, NothingThatMayNameAPersonIsWritten) {
  Asking work;
  for (const auto* typed : {"13912345678", "8613912345678", "6909999999990"}) {
    EXPECT_NE(work.lane().command(Scan{typed, barcode::Symbology::typed}).error().code, "") << typed;
  }
  EXPECT_EQ(work.scan("88123456789012345678"), "barcode.unknown") << "a badge that this till does not know yet";
  work.till.run_tasks();
  EXPECT_TRUE(work.till.journal.controls.empty());
}

TEST(LaneUnknownCodes, NeverWhileTrainingAndNeverMoreThanFits) {
  Asking work;
  work.till.whole = true;
  work.till.open();
  ASSERT_TRUE(work.lane().sign_in("1028", "271828"));
  ASSERT_TRUE(work.lane().begin_training());
  EXPECT_EQ(work.scan("6909999999996"), "barcode.unknown");
  work.till.run_tasks();
  EXPECT_TRUE(work.till.journal.controls.empty());
  EXPECT_TRUE(work.till.training.controls.empty());
  ASSERT_TRUE(work.lane().end_training());
  for (int i = 0; i < 300; ++i) EXPECT_EQ(work.scan("X-" + std::to_string(i)), "barcode.unknown");
  work.till.run_tasks();
  EXPECT_EQ(work.till.journal.controls.size(), 200u);
}

TEST(LaneUnknownCodes, AJournalThatIsFullKeepsNobodyFromSelling) {
  Asking work;
  work.till.journal.commit_error = Error{"journal.disk_full", "The disk is full.", {}};
  EXPECT_EQ(work.scan("6909999999996"), "barcode.unknown");
  work.till.run_tasks();
  EXPECT_EQ(work.message(), "barcode.unknown");
  work.till.journal.commit_error.reset();
  EXPECT_EQ(work.scan(Shop::chips), "");
}

TEST(LaneCoupons, OneThatEverybodyHasNeedsNobody) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.lane().add_coupon("WELCOME", work.hear());
  EXPECT_EQ(work.heard, (std::vector<std::string>{""}));
  EXPECT_EQ(work.till.questions.asked, 0);
  work.lane().add_coupon("NONSENSE", work.hear());
  EXPECT_EQ(work.heard.back(), "coupon.unknown");
  EXPECT_EQ(work.message(), "coupon.unknown");
}

TEST(LaneCoupons, OneThatIsGoodOnceIsKeptAtTheServer) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.lane().add_coupon("88123456", work.hear());
  EXPECT_TRUE(work.heard.empty());
  EXPECT_TRUE(work.lane().asking());
  EXPECT_EQ(work.message(), "");
  work.till.run_tasks();
  EXPECT_FALSE(work.lane().asking());
  EXPECT_EQ(work.heard, (std::vector<std::string>{""}));
  EXPECT_EQ(work.view().total, yuan("46.90"));
  EXPECT_TRUE(work.lane().command(RemoveCoupon{"88123456"}));
  ASSERT_EQ(work.till.questions.released.size(), 1u);
  EXPECT_EQ(work.scan("88123457"), "") << "scanned: under way";
  EXPECT_TRUE(work.lane().asking());
  work.till.run_tasks();
  EXPECT_EQ(work.view().coupons.size(), 1u);
  EXPECT_TRUE(work.lane().command(VoidBasket{}));
  EXPECT_EQ(work.till.questions.released.size(), 2u);
  EXPECT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(work.scan("88123458"), "");
  work.till.run_tasks();
  work.pay();
  EXPECT_EQ(work.till.journal.sales[0].coupons->front(), "88123458");
  EXPECT_EQ(work.till.questions.released.size(), 2u) << "the sale has used it";
}

TEST(LaneCoupons, RefusalsOfTheServerAndNoServer) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.till.questions.refused_coupons["88123456"] = Error{"coupon.used", "", {}};
  EXPECT_EQ(work.scan("88123456"), "");
  work.till.run_tasks();
  EXPECT_EQ(work.message(), "coupon.used");
  EXPECT_EQ(work.view().message->details[0].second, "88123456");
  work.till.questions.offline = true;
  work.lane().add_coupon("88123457", work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard, (std::vector<std::string>{"coupon.needs_server"}));
  EXPECT_TRUE(work.view().coupons.empty());
  work.till.questions.offline = false;
  work.lane().add_coupon("88123457", work.hear());
  EXPECT_TRUE(work.lane().command(VoidBasket{}));
  work.till.run_tasks();
  EXPECT_NE(work.heard.back(), "") << "the sale is over meanwhile";
  EXPECT_EQ(work.till.questions.released.size(), 1u);
}

TEST(LaneCoupons, ARestoredBasketStillKeepsItsCoupon) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(work.scan("88123456"), "");
  work.till.run_tasks();
  work.till.open();
  EXPECT_TRUE(work.lane().sign_in("1028", "271828"));
  EXPECT_EQ(work.view().total, yuan("46.90"));
  EXPECT_TRUE(work.lane().command(VoidBasket{}));
  EXPECT_EQ(work.till.questions.released.size(), 1u);
}

TEST(LaneReturns, OfThisTillWithoutTheServer) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.pay();
  work.lane().begin_return("0320261120000142", work.hear());
  EXPECT_EQ(work.heard, (std::vector<std::string>{""}));
  EXPECT_TRUE(work.view().returning->may_be_incomplete);
  EXPECT_TRUE(work.lane().command(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}));
  work.pay();
  EXPECT_EQ(work.till.journal.sales[1].change, yuan("49.90"));
  EXPECT_EQ(work.till.printer.pulses.size(), 2u);
  work.lane().begin_return("3-142", work.hear());
  EXPECT_EQ(work.heard.back(), "return.nothing_left") << "the journal knows what came back";
  work.lane().begin_return("03-1120-0143", work.hear());
  EXPECT_EQ(work.heard.back(), "return.is_return");
  work.lane().begin_return("5-12", work.hear());
  EXPECT_EQ(work.heard.back(), "link.offline") << "another till's";
  work.lane().begin_return("milk", work.hear());
  EXPECT_EQ(work.heard.back(), "return.no_receipt");
  EXPECT_EQ(work.message(), "return.no_receipt");
  work.lane().begin_return("0320261119000142", work.hear());
  EXPECT_EQ(work.heard.back(), "return.no_sale") << "that day there was no such receipt";
}

TEST(LaneReturns, AVoidAsksTheServerAndLetsTheSaleGoAgain) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.pay();
  const auto sale = work.till.journal.sales.at(0);
  work.lane().begin_void("3-142", "other", work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard.back(), "void.may_be_incomplete") << "the server does not have it yet";
  work.go_online();
  work.till.questions.sales[{3, 142}] = {sale, {}, {}, false, {}};
  work.lane().begin_void("3-142", "other", work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard.back(), "void.own_sale");
  EXPECT_TRUE(work.till.questions.released_sales.empty()) << "somebody may allow it yet";
  ASSERT_TRUE(work.lane().refused());
  const Command refused = work.lane().refused()->command;
  EXPECT_TRUE(std::holds_alternative<BeginVoid>(refused));
  work.lane().ask_approval(refused, Error(work.lane().refused()->error), "approval.sale_void_completed", {}, {});
  ASSERT_TRUE(work.lane().asked_approval());
  EXPECT_EQ(work.lane().asked_approval()->request.permission, "sale.void_completed");
  EXPECT_EQ(work.lane().asked_approval()->request.amount, sale::sold_total(sale)) << "limits are held against it";
  work.lane().withdraw_approval();
  work.lane().begin_void("milk", "other", work.hear());
  EXPECT_EQ(work.heard.back(), "return.no_receipt");
}

struct Searching : Asking {
  std::vector<Result<Lane::FoundSales>> found;
  void find(const Lane::SaleWish& wish) {
    lane().find_sales(wish, [this](const Result<Lane::FoundSales>& answer) { found.push_back(answer); });
    till.run_tasks();
  }
};

TEST(LaneSearch, WithoutTheServerInTheJournalOfThisTill) {
  Searching work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  EXPECT_TRUE(work.lane().identify_member("6688"));
  work.pay();
  EXPECT_EQ(work.scan(Shop::chips), "");
  work.pay();
  work.find({});
  ASSERT_EQ(work.found.back()->sales.size(), 2u);
  EXPECT_TRUE(work.found.back()->offline);
  EXPECT_EQ(work.found.back()->sales[0].goods[0].name, "脆叶薯片") << "the newest";
  EXPECT_TRUE(work.found.back()->sales[0].left);
  work.find({"6688", {}, {}, {}});
  ASSERT_EQ(work.found.back()->sales.size(), 1u);
  EXPECT_EQ(work.found.back()->sales[0].member_name, "王*");
  EXPECT_EQ(work.found.back()->sales[0].receipt_number, 142);
  work.find({Shop::chips, {}, {}, {}});
  ASSERT_EQ(work.found.back()->sales.size(), 1u);
  EXPECT_EQ(work.found.back()->sales[0].receipt_number, 143);
  work.find({"", {}, {}, yuan("7.90")});
  EXPECT_EQ(work.found.back()->sales.size(), 1u);
  work.find({"", 5, {}, {}});
  EXPECT_TRUE(work.found.back()->sales.empty());
  work.find({"", {}, Date{2026, 11, 19}, {}});
  EXPECT_TRUE(work.found.back()->sales.empty());
  work.find({"13812345678", {}, {}, {}});
  ASSERT_FALSE(work.found.back());
  EXPECT_EQ(work.found.back().error().code, "return.search_nothing");
  EXPECT_EQ(work.found.back().error().details[0].second, "138****5678");
  EXPECT_EQ(work.message(), "return.search_nothing");
  // What came back cannot come back again.
  work.lane().begin_return("3-143", work.hear());
  EXPECT_TRUE(work.lane().command(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}));
  work.pay();
  work.find({});
  ASSERT_EQ(work.found.back()->sales.size(), 2u) << "a return is no sale";
  EXPECT_FALSE(work.found.back()->sales[0].left);
}

TEST(LaneSearch, TheServerIsAskedAndNothingWaits) {
  Searching work;
  work.go_online();
  protocol::FoundSale theirs;
  theirs.till = 5;
  theirs.receipt_number = 12;
  work.till.questions.found_sales = {{theirs}, true};
  work.till.questions.wait = true;
  work.lane().find_sales({"6688", 5, {}, yuan("12.00")},
                         [&](const Result<Lane::FoundSales>& answer) { work.found.push_back(answer); });
  EXPECT_TRUE(work.lane().asking());
  EXPECT_TRUE(work.found.empty());
  EXPECT_EQ(work.scan(Shop::milk), "") << "goods can be scanned meanwhile";
  EXPECT_TRUE(work.lane().command(VoidBasket{}));
  work.till.questions.answer_all();
  work.till.run_tasks();
  ASSERT_EQ(work.found.size(), 1u);
  EXPECT_FALSE(work.lane().asking());
  EXPECT_FALSE(work.found[0]->offline);
  EXPECT_TRUE(work.found[0]->more);
  EXPECT_EQ(work.found[0]->sales[0].till, 5);
  const auto& search = *work.till.questions.searched;
  EXPECT_EQ(search.member, 31);
  EXPECT_EQ(search.till, 5);
  EXPECT_EQ(search.amount, yuan("12"));
  EXPECT_EQ(search.to, (Date{2026, 11, 20}));
  EXPECT_EQ(search.to.days_since_1970() - search.from.days_since_1970() + 1, Lane::search_days);
  work.till.questions.wait = false;
  work.till.questions.offline = true;
  work.find({});
  EXPECT_TRUE(work.found.back()->offline) << "it went away meanwhile";
}

TEST(LaneReturns, TheServerKnowsTheOtherTills) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.pay();
  auto sale = work.till.journal.sales[0];
  sale.till = 5;
  sale.receipt_number = 12;
  work.till.questions.sales[{5, 12}] = {sale, {}, {}, false};
  work.go_online();
  work.lane().begin_return("5-12", work.hear());
  EXPECT_TRUE(work.lane().asking());
  work.till.run_tasks();
  EXPECT_EQ(work.heard, (std::vector<std::string>{""}));
  EXPECT_FALSE(work.view().returning->may_be_incomplete);
  EXPECT_EQ(work.view().returning->till, 5);
  EXPECT_TRUE(work.lane().command(VoidBasket{}));
  work.lane().begin_return("5-13", work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard.back(), "return.no_sale");
  work.lane().begin_return("3-142", work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard.back(), "") << "not sent yet, but this till has it";
}

TEST(LaneReturns, WhatThisTillTookBackAndDidNotSendYetCounts) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.pay();
  work.till.questions.sales[{3, 142}] = {work.till.journal.sales[0], {}, {}, false};
  work.lane().begin_return("3-142", {});
  EXPECT_TRUE(work.lane().command(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}));
  work.pay();
  work.go_online();
  work.lane().begin_return("3-142", work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard, (std::vector<std::string>{"return.nothing_left"}));
}

TEST(LaneReturns, ASaleIsKeptWhileItsGoodsComeBackAndGivenFreeAfterwards) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.pay();
  const auto sale = work.till.journal.sales[0];
  work.till.questions.sales[{3, 142}] = {sale, {}, {}, false};
  work.go_online();
  const auto begin = [&] {
    work.lane().begin_return("3-142", work.hear());
    work.till.run_tasks();
  };
  begin();
  EXPECT_TRUE(work.lane().command(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}));
  EXPECT_TRUE(work.till.questions.released_sales.empty());
  EXPECT_TRUE(work.lane().command(VoidBasket{}));
  EXPECT_EQ(work.till.questions.released_sales, (std::vector<Uuid>{sale.id}));
  begin();
  EXPECT_TRUE(work.lane().command(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}));
  work.pay();
  EXPECT_EQ(work.till.questions.released_sales.size(), 1u) << "the server gives it free when the return arrives";
  begin();
  EXPECT_EQ(work.heard.back(), "return.nothing_left");
  EXPECT_EQ(work.till.questions.released_sales.size(), 2u);
}

// The answer about a restored return may come when it has been paid out already.
TEST(LaneReturns, WhatIsOverWhenTheAnswerComesIsGivenFree) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.pay();
  const auto sale = work.till.journal.sales[0];
  work.lane().begin_return("3-142", {});
  EXPECT_TRUE(work.lane().command(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}));
  work.till.open();
  EXPECT_TRUE(work.lane().sign_in("1028", "271828"));
  work.till.questions.sales[{3, 142}] = {sale, {}, {}, false};
  work.till.questions.wait = true;
  work.go_online();
  work.pay();
  EXPECT_TRUE(work.till.questions.released_sales.empty());
  work.till.questions.answer_all();
  work.till.run_tasks();
  EXPECT_EQ(work.till.questions.released_sales, (std::vector<Uuid>{sale.id}));
}

// What another till is taking back is not taken back here, also where this till sold it.
TEST(LaneReturns, AnotherTillWasFirst) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.pay();
  work.go_online();
  work.till.questions.sales_held_by = 5;
  work.lane().begin_return("3-142", work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard.back(), "return.taken");
  EXPECT_FALSE(work.view().returning);
  work.till.questions.sales_held_by = 0;
}

TEST(LaneReturns, OnlyForThoseWhoMay) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::milk), "");
  work.pay();
  EXPECT_TRUE(work.lane().command(SignOut{}));
  work.lane().begin_return("3-142", work.hear());
  EXPECT_EQ(work.heard.back(), "register.signed_out");
  EXPECT_TRUE(work.lane().sign_in("1027", "271828"));
  work.lane().begin_return("3-142", work.hear());
  EXPECT_EQ(work.heard.back(), "access.denied");
}

TEST(LaneReturns, GoOnAfterAPowerCut) {
  Asking work;
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.scan(Shop::chips), "");
  work.pay();
  work.lane().begin_return("3-142", {});
  EXPECT_TRUE(work.lane().command(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}));
  work.till.open();
  EXPECT_TRUE(work.lane().sign_in("1028", "271828"));
  ASSERT_TRUE(work.view().returning);
  EXPECT_TRUE(work.view().returning->may_be_incomplete);
  work.till.questions.sales[{3, 142}] = {work.till.journal.sales[0], {}, {}, false};
  work.go_online();
  work.till.run_tasks();
  EXPECT_FALSE(work.view().returning->may_be_incomplete);
  EXPECT_TRUE(work.lane().command(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}));
  work.pay();
  EXPECT_EQ(work.till.journal.sales[1].change, yuan("11.85"));
}

}  // namespace
}  // namespace lanekeeper::till::test
