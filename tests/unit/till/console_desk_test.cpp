// Shifts, approvals, baskets that are put aside, training and devices in the words of the console.
#include "console/grammar.h"
#include "console_run.h"
#include "whole_lane.h"

namespace lanekeeper::till::test {
namespace {

using json::Value;

std::string parse_error(std::string_view line) {
  const auto parsed = console::parse_line(line);
  return parsed ? std::string() : parsed.error().code;
}
template <class T>
T parsed_as(std::string_view line) {
  return std::get<T>(std::get<till::Command>(console::parse_line(line).value()));
}
template <class T>
T other(std::string_view line) {
  return std::get<T>(console::parse_line(line).value());
}

TEST(ConsoleDeskGrammar, Money) {
  EXPECT_EQ(parsed_as<TenderOther>("card 50 4711 22").reference, "4711 22");
  EXPECT_EQ(parsed_as<TenderOther>("card 50").amount, yuan("50"));
  EXPECT_EQ(parsed_as<TenderOther>("voucher 20 V-1").kind, sale::TenderKind::voucher);
  EXPECT_EQ(parsed_as<TenderOther>("pay meal 12.50 R1").method, "meal");
  EXPECT_FALSE(parsed_as<TenderOther>("pay card 12.50").method);
  EXPECT_EQ(parsed_as<RefundTender>("refund card 30 77").kind, sale::TenderKind::card);
  EXPECT_EQ(parsed_as<RefundTender>("refund meal 30").method, "meal");
  EXPECT_EQ(parsed_as<EnterPrice>("price 12.50").unit_price, yuan("12.50"));
  EXPECT_EQ(parsed_as<OverridePrice>("price 1 12.50").line, 1);
  for (const auto* line : {"card", "pay meal", "pay cash 5", "refund cash 5", "refund card", "voucher"}) {
    EXPECT_EQ(parse_error(line), "console.usage") << line;
  }
  EXPECT_EQ(parse_error("card 6901234567892"), "register.looks_like_barcode");
}

TEST(ConsoleDeskGrammar, Prices) {
  EXPECT_EQ(other<console::CheckPrice>("check 6901234567892").code, "6901234567892");
  EXPECT_EQ(parse_error("check"), "console.usage");
  EXPECT_EQ(parse_error("check 1 2"), "console.usage");
}

TEST(ConsoleDeskGrammar, Deposits) {
  EXPECT_EQ(parsed_as<TakeBackDeposit>("deposit back 6900000000106").code, Shop::bottle);
  EXPECT_EQ(parsed_as<TakeBackDeposit>("deposit back 6900000000106").quantity, qty("1"));
  EXPECT_EQ(parsed_as<TakeBackDeposit>("deposit back 6900000000106 24").quantity, qty("24"));
  (void)other<console::ShowDeposits>("deposit list");
  for (const auto* line : {"deposit", "deposit back", "deposit 6900000000106", "deposit back 1 2 3"}) {
    EXPECT_EQ(parse_error(line), "console.usage") << line;
  }
}

TEST(ConsoleDeskGrammar, ShiftsAndCash) {
  EXPECT_EQ(parsed_as<OpenShift>("shift open 500").opening_float, yuan("500"));
  (void)other<console::ShowShift>("shift");
  EXPECT_EQ(parsed_as<MoveCash>("cash in 20 found money").reason, "found money");
  EXPECT_EQ(parsed_as<MoveCash>("cash out 20 stamps").kind, sale::ControlKind::paid_out);
  EXPECT_EQ(parsed_as<MoveCash>("cash pickup 3000 safe").note, "safe");
  EXPECT_EQ(parsed_as<MoveCash>("cash loan 200").kind, sale::ControlKind::loan);
  EXPECT_EQ(parsed_as<NoSale>("drawer change a note").reason, "change a note");
  (void)other<console::PrintX>("x");
  (void)other<console::PrintZ>("z");
  (void)other<console::CloseTill>("close");
  EXPECT_EQ(parsed_as<CloseShift>("close left 500").left_in_drawer, yuan("500"));
  (void)parsed_as<CancelClose>("close cancel");
  const auto count = parsed_as<CountCash>("count 100x23 50x8 0.50x4");
  ASSERT_EQ(count.counts.size(), 3u);
  EXPECT_EQ(count.counts[2], (sale::CashCount{yuan("0.50"), 4}));
  const auto card = parsed_as<DeclareTender>("declare card 123.45 one slip is lost");
  EXPECT_EQ(card.declared, yuan("123.45"));
  EXPECT_EQ(card.reason, "one slip is lost");
  EXPECT_EQ(parsed_as<DeclareTender>("declare meal 5").method, "meal");
  EXPECT_EQ(parsed_as<DeclareTender>("declare cash change").reason, "change");
  EXPECT_FALSE(parsed_as<DeclareTender>("declare cash 5").declared) << "cash is counted";
  for (const auto* line : {"shift close", "shift open", "cash", "cash away 5", "drawer", "close 5", "count",
                           "count 100", "count 100x", "count x5", "declare card", "x 1"}) {
    EXPECT_EQ(parse_error(line), "console.usage") << line;
  }
  EXPECT_EQ(parse_error("cash in ten"), "register.bad_amount");
}

TEST(ConsoleDeskGrammar, Desk) {
  EXPECT_EQ(parsed_as<SuspendBasket>("suspend back at five").note, "back at five");
  EXPECT_EQ(other<console::Recall>("recall 3-0017").label, "3-0017");
  EXPECT_EQ(other<console::Approve>("approve 1028 271828").pin, "271828");
  EXPECT_EQ(other<console::ApproveByBadge>("badge B-1").code, "B-1");
  (void)other<console::AskApproval>("ask");
  (void)other<console::WithdrawApproval>("ask off");
  const auto answer = other<console::AnswerApproval>("grant 01890000-0000-7000-8000-000000000001 1028 271828");
  EXPECT_TRUE(answer.granted);
  EXPECT_FALSE(other<console::AnswerApproval>("refuse 01890000-0000-7000-8000-000000000001 1028 1").granted);
  EXPECT_EQ(parsed_as<BeginBlindReturn>("blind no receipt").reason, "no receipt");
  EXPECT_TRUE(parsed_as<SellInReturn>("sell").selling);
  EXPECT_FALSE(parsed_as<SellInReturn>("bring back").selling);
  EXPECT_EQ(other<console::SetTare>("tare 0.02").tare, qty("0.02"));
  EXPECT_EQ(other<console::SetTare>("tare off").tare, Quantity());
  EXPECT_EQ(parsed_as<NoteBasket>("note wrap it").note, "wrap it");
  EXPECT_EQ(parsed_as<NoteLine>("note 2 wrap it").line, 2);
  EXPECT_EQ(parsed_as<NoteLine>("note 2 off").note, "");
  EXPECT_EQ(parsed_as<NoteBasket>("note off").note, "");
  EXPECT_EQ(other<console::GiftReceipt>("gift").receipt, 0);
  EXPECT_EQ(other<console::Reprint>("reprint 142").receipt, 142);
  EXPECT_TRUE(other<console::Training>("training on").on);
  using Trial = console::ShowDevices::Test;
  EXPECT_EQ(other<console::ShowDevices>("devices").test, Trial::none);
  EXPECT_EQ(other<console::ShowDevices>("devices print").test, Trial::print);
  EXPECT_EQ(other<console::ShowDevices>("devices display").test, Trial::display);
  for (const auto* line : {"recall", "approve 1", "badge", "ask me", "grant 1 2 3", "blind", "bring", "tare", "note",
                           "gift x", "reprint 0", "training", "training maybe", "devices drawer", "devices print 2"}) {
    EXPECT_EQ(parse_error(line), "console.usage") << line;
  }
}

TEST(ConsoleDeskGrammar, EveryCommandIsExplainedInBothLanguages) {
  for (const auto language : {i18n::Language::zh_CN, i18n::Language::en}) {
    const i18n::Texts texts(language);
    for (const auto& command : console::all_commands()) EXPECT_TRUE(texts.has(command.key)) << command.key;
  }
}

void prepare(FakeTill& till) {
  till.whole = true;
  till.replica.stored = whole_profile();
  protocol::TillPolicy policy;
  policy.shifts_required = true;
  till.replica.stored->till_policy = policy;
}

TEST(ConsoleDesk, AWholeShift) {
  ConsoleRun till(i18n::Language::en, prepare);
  EXPECT_EQ(till.ask("login 1027 271828")["shift_needed"], true);
  EXPECT_EQ(till.ask("scan 6901234567892")["code"], "shift.open_first");
  EXPECT_EQ(till.ask("shift open 500")["shift"]["number"], 1);
  (void)till.ask("scan 6901234567892");
  const auto total = till.ask("total");
  EXPECT_EQ(total["left_due"], "49.90");
  const auto part = till.ask("card 20 4711");
  EXPECT_EQ(part["tenders"][0]["kind"], "card");
  EXPECT_EQ(part["tenders"][0]["reference"], "4711");
  EXPECT_EQ(till.ask("card 30 4712")["code"], "tender.too_much");
  EXPECT_EQ(till.ask("card 29.90 4712")["receipt_number"], 142);
  EXPECT_EQ(till.ask("cash pickup 100")["ok"], true);
  EXPECT_EQ(till.ask("drawer change")["code"], "access.denied");
  EXPECT_EQ(till.ask("approve 1028 271828")["ok"], true);
  EXPECT_EQ(till.ask("x")["ok"], true);
  const auto shift = till.ask("shift")["shift"];
  EXPECT_FALSE(shift.contains("totals")) << "whoever counts does not know";
  EXPECT_EQ(shift["counters"]["sale_count"], 1);
  EXPECT_EQ(shift["counters"]["no_sales"], 1);
  EXPECT_EQ(shift["not_cash"][0]["amount"], "49.90");
  EXPECT_EQ(till.ask("scan 6900000000014")["ok"], true);
  EXPECT_EQ(till.ask("suspend")["ok"], true);
  const auto closing = till.ask("close");
  EXPECT_EQ(closing["state"], "closing");
  EXPECT_EQ(closing["close"]["obstacles"][0]["code"], "close.unsent");
  EXPECT_EQ(closing["close"]["obstacles"][1]["details"]["labels"], "3-0017");
  EXPECT_EQ(till.ask("close left 400")["code"], "shift.count_first");
  const auto counted = till.ask("count 100x4");
  EXPECT_EQ(counted["close"]["checks"][0]["difference"], "0.00");
  EXPECT_EQ(till.ask("declare card 49.90")["ok"], true);
  EXPECT_EQ(till.ask("close left 400")["state"], "signed_out");
  EXPECT_EQ(till.ask("login 1027 271828")["last_shift"], 1);
  EXPECT_EQ(till.ask("z")["ok"], true);
}

TEST(ConsoleDesk, WarnsOfChangeThatTheDrawerMayNotHoldAndCountsDuplicates) {
  ConsoleRun till(i18n::Language::en, prepare);
  (void)till.ask("login 1027 271828");
  (void)till.ask("shift open 10");
  (void)till.ask("scan 6901234567892");
  (void)till.ask("total");
  const auto paid = till.ask("tender cash 100");
  EXPECT_EQ(paid["change"], "50.10");
  EXPECT_EQ(paid["last_sale"]["beyond_drawer"], true);
  EXPECT_TRUE(paid["warning"].get<std::string>().starts_with("By this shift's records"));
  (void)till.ask("scan 6901234567892");
  (void)till.ask("total");
  const auto exact = till.ask("tender cash 49.90");
  EXPECT_FALSE(exact.contains("warning"));
  EXPECT_FALSE(exact["last_sale"].contains("beyond_drawer"));
  EXPECT_EQ(till.ask("reprint 142")["ok"], true);
  EXPECT_EQ(till.ask("shift")["shift"]["counters"]["reprints"], 1);
}

TEST(ConsoleDesk, PutAsideTakenUpApprovedAndTrained) {
  MemoryServer store;
  ConsoleRun till(i18n::Language::en, [&store](FakeTill& fake) {
    fake.whole = true;
    fake.replica.stored = whole_profile();
    fake.questions.server = &store;
  });
  (void)till.ask("login 1027 271828");
  EXPECT_EQ(till.ask("ask")["code"], "console.nothing_refused");
  (void)till.ask("scan 6901234567892");
  EXPECT_EQ(till.ask("note 1 wrap it")["lines"][0]["note"], "wrap it");
  EXPECT_EQ(till.ask("price 1 40 damaged")["code"], "access.denied");
  EXPECT_EQ(till.ask("ask")["code"], "link.offline");
  EXPECT_EQ(till.ask("approve 1027 271828")["code"], "access.same_person");
  const auto cheaper = till.ask("badge B-1030");
  EXPECT_EQ(cheaper["total"], "40.00");
  EXPECT_EQ(cheaper["approvals"][0]["means"], "badge");
  EXPECT_EQ(till.ask("suspend")["lines"].size(), 0u);
  const auto list = till.ask("suspended");
  EXPECT_EQ(list["offline"], true);
  EXPECT_EQ(list["suspended"][0]["label"], "3-0017");
  EXPECT_EQ(till.ask("recall 3-0099")["code"], "suspended.unknown");
  EXPECT_EQ(till.ask("recall 3-0017")["total"], "40.00");
  EXPECT_EQ(till.ask("training on")["code"], "training.not_now");
  EXPECT_EQ(till.ask("void all")["ok"], true);
  EXPECT_EQ(till.ask("training on")["training"], true);
  EXPECT_EQ(till.ask("training off")["training"], false);
  EXPECT_EQ(till.ask("tare 0.02")["tare"], "0.02");
  EXPECT_EQ(till.ask("approvals")["waiting"].size(), 0u);
  EXPECT_EQ(till.ask("gift")["code"], "register.nothing_to_reprint");
}

TEST(ConsoleDesk, DepositsAreListedAndGivenBack) {
  ConsoleRun till;
  (void)till.ask("login 1027 271828");
  EXPECT_EQ(till.ask("deposit list")["items"][0]["price"], "0.60");
  const auto back = till.ask("deposit back 6900000000106 5");
  EXPECT_EQ(back["lines"][0]["deposit"], true);
  EXPECT_EQ(back["lines"][0]["returns"], true);
  EXPECT_EQ(back["total"], "-3.00");
  EXPECT_EQ(till.ask("deposit back 6901234567892")["code"], "deposit.not_one");
  (void)till.ask("total");
  EXPECT_EQ(till.ask("tender cash 0")["change"], "3.00");
}

TEST(ConsoleDesk, AScannerOfItsOwnAndAScaleAreHeard) {
  ConsoleRun till(i18n::Language::en, [](FakeTill& fake) { fake.whole = true; });
  (void)till.ask("login 1028 271828");
  till.post([](FakeTill& fake) { fake.lane().scanned("6901234567892"); });
  EXPECT_EQ(till.read()["event"], "scanned");
  const auto entered = till.read();
  EXPECT_EQ(entered["event"], "scan_entered");
  EXPECT_EQ(entered["total"], "49.90");
  till.post([](FakeTill& fake) {
    fake.scale.now = {ScaleReading::State::stable, qty("0.428")};
    fake.lane().scale_changed(fake.scale.now);
  });
  EXPECT_EQ(till.read()["scale"]["gross"], "0.428");
  EXPECT_EQ(till.ask("scan 301")["lines"][1]["quantity"], "0.428");
  EXPECT_EQ(till.ask("weight")["state"], "stable");
}

TEST(ConsoleDesk, DevicesAreTriedBeforeAnybodySignsIn) {
  ConsoleRun till(i18n::Language::en, [](FakeTill& whole) {
    prepare(whole);
    static MemoryScanner away(DeviceState::absent);
    whole.scanners = {&away};
    whole.scale.now = {ScaleReading::State::stable, qty("0.75")};
  });
  const auto before = till.ask("status")["last_sequence"];
  const auto devices = till.ask("devices");
  EXPECT_EQ(devices["ok"], true);
  EXPECT_EQ(devices["printer"], "ok");
  EXPECT_EQ(devices["display"], "ok");
  EXPECT_EQ(devices["drawer"], "unknown");
  EXPECT_EQ(devices["scanners"], json::Value::array({"absent"}));
  EXPECT_EQ(devices["scale"]["gross"], "0.75");
  EXPECT_FALSE(devices.contains("test_slip"));
  EXPECT_EQ(till.ask("devices print")["test_slip"], "waiting");
  EXPECT_EQ(till.ask("devices display")["ok"], true);
  EXPECT_EQ(till.ask("devices")["test_slip"], "printed");
  EXPECT_EQ(till.ask("status")["last_sequence"], before);
}

TEST(ConsoleDesk, WhatIsNotThereCannotBeTried) {
  ConsoleRun till(i18n::Language::en, [](FakeTill& bare) { bare.printer.device = DeviceState::none; });
  const auto devices = till.ask("devices");
  for (const char* name : {"printer", "display", "drawer"}) EXPECT_EQ(devices[name], "none") << name;
  EXPECT_EQ(devices["scale"]["state"], "none");
  EXPECT_EQ(till.ask("devices print")["code"], "device.no_printer");
  EXPECT_EQ(till.ask("devices display")["code"], "display.none");
}

}  // namespace
}  // namespace lanekeeper::till::test
