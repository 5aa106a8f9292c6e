#include "base/text.h"
#include "console/grammar.h"
#include "console/session.h"
#include "console_run.h"
#include "offers.h"

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

TEST(ConsoleGrammar, ReadsWhatPeopleWrite) {
  EXPECT_EQ(parsed_as<Scan>("scan 6901234567892").data, "6901234567892");
  EXPECT_EQ(parsed_as<Scan>("  scan\t\"A B\"  ean13 \r").data, "A B");
  EXPECT_EQ(parsed_as<Scan>("scan 01234565 upc_e").symbology, barcode::Symbology::upc_e);
  EXPECT_EQ(parsed_as<PendingQuantity>("quantity 3").quantity, qty("3"));
  EXPECT_EQ(parsed_as<SetLineQuantity>("quantity 2 5").line, 2);
  EXPECT_EQ(parsed_as<Weigh>("weigh 0.836").weight, qty("0.836"));
  EXPECT_EQ(parsed_as<Weigh>("weigh 301 0.836").code, "301");
  EXPECT_EQ(parsed_as<Weigh>("weigh 301 0.836 manual").source, sale::WeightSource::manual);
  EXPECT_EQ(parsed_as<Weigh>("weigh 0.5 manual").code, "");
  EXPECT_EQ(parsed_as<OverridePrice>("price 1 4.50 shelf label").reason, "shelf label");
  EXPECT_EQ(parsed_as<TenderCash>("tender cash 50").amount, yuan("50"));
  EXPECT_EQ(parsed_as<TenderCash>("tender cash 50").reason, "");
  EXPECT_EQ(parsed_as<TenderCash>("tender cash 0 refund_failed").reason, "refund_failed");
  EXPECT_EQ(parsed_as<VoidTender>("untender 1").index, 0u);
  EXPECT_TRUE(std::holds_alternative<VoidBasket>(std::get<till::Command>(console::parse_line("void all").value())));
  EXPECT_EQ(std::get<console::Search>(console::parse_line("search 可口 可乐").value()).text, "可口 可乐");
  EXPECT_EQ(std::get<console::Wait>(console::parse_line("wait delivered 5").value()).seconds, 5);
}

TEST(ConsoleGrammar, ReadsWhatMakesItCheaperAndWhatComesBack) {
  const auto other = []<class T>(std::string_view line, T) { return std::get<T>(console::parse_line(line).value()); };
  EXPECT_EQ(other("member 138 1234 5678", console::Member{}).code, "138 1234 5678");
  EXPECT_FALSE(parsed_as<IdentifyMember>("member off").member);
  EXPECT_EQ(other("coupon WELCOME", console::PresentCoupon{}).code, "WELCOME");
  EXPECT_EQ(parsed_as<RemoveCoupon>("coupon off WELCOME").code, "WELCOME");
  EXPECT_EQ(parsed_as<DiscountBasket>("discount 10%").percent, Rate::of_per_10k(1000));
  EXPECT_EQ(parsed_as<DiscountBasket>("discount 5.00 broken box").reason, "broken box");
  EXPECT_EQ(parsed_as<DiscountBasket>("discount 5 broken box").amount, yuan("5"));
  EXPECT_EQ(parsed_as<DiscountLine>("discount 2 5").line, 2);
  EXPECT_EQ(parsed_as<DiscountLine>("discount 2 12.5% broken box").reason, "broken box");
  EXPECT_FALSE(parsed_as<DiscountLine>("discount 2 off").amount);
  EXPECT_FALSE(parsed_as<DiscountBasket>("discount off").percent);
  EXPECT_EQ(other("return 3-142", console::BringBack{}).receipt, "3-142");
  EXPECT_EQ(other("void receipt 3-142 rung twice", console::VoidReceipt{}).receipt, "3-142");
  EXPECT_EQ(other("void receipt 3-142 rung twice", console::VoidReceipt{}).reason, "rung twice");
  EXPECT_EQ(other("take 1", console::Take{}).quantity, std::nullopt);
  EXPECT_EQ(other("take 1 2", console::Take{}).quantity, qty("2"));
  EXPECT_EQ(other("take 1 0.5 waste", console::Take{}).quantity, qty("0.5"));
  EXPECT_EQ(other("take 1 waste", console::Take{}).to, sale::ReturnedTo::waste);
  EXPECT_EQ(other("take 1 2 supplier because it is broken", console::Take{}).to, sale::ReturnedTo::supplier);
  EXPECT_EQ(other("take 1 2 supplier because it is broken", console::Take{}).reason, "it is broken");
  EXPECT_EQ(other("take 1 because quality", console::Take{}).quantity, std::nullopt);
  EXPECT_EQ(other("find", console::FindSales{}).wish.code, "");
  const auto find = other("find 6688 till=3 date=2026-11-18 amount=173.91", console::FindSales{}).wish;
  EXPECT_EQ(find.code, "6688");
  EXPECT_EQ(find.till, 3);
  EXPECT_EQ(find.date, (Date{2026, 11, 18}));
  EXPECT_EQ(find.amount, yuan("173.91"));
  for (const auto* line : {"member",   "coupon",      "coupon a b",   "discount",
                           "return",   "return a b",  "void receipt", "void receipt 3-1",
                           "take",     "take x",      "take 1 2 3",   "take 1 2 away",
                           "why",      "goes",        "goes away",    "goes 1 2 waste",
                           "find a b", "find till=x", "find date=x",  "find who=x"}) {
    EXPECT_EQ(parse_error(line), "console.usage") << line;
  }
  EXPECT_EQ(parse_error("discount ten"), "register.bad_amount");
  EXPECT_EQ(parse_error("discount x%"), "rate.bad");
  EXPECT_EQ(parse_error("take 1 6901234567892"), "register.looks_like_barcode");
}

TEST(ConsoleGrammar, SaysWhatIsWrong) {
  EXPECT_EQ(parse_error(""), "console.empty");
  EXPECT_EQ(parse_error(" \t"), "console.empty");
  EXPECT_EQ(parse_error("sing"), "console.unknown_command");
  EXPECT_EQ(parse_error("scan"), "console.usage");
  EXPECT_EQ(parse_error("scan 1 2 3"), "console.usage");
  EXPECT_EQ(parse_error("scan 1 nonsense"), "console.usage");
  EXPECT_EQ(parse_error("login 1027"), "console.usage");
  EXPECT_EQ(parse_error("quantity three"), "register.bad_quantity");
  EXPECT_EQ(parse_error("quantity 6901234567892"), "register.looks_like_barcode");
  EXPECT_EQ(parse_error("tender cash 6901234567892"), "register.looks_like_barcode");
  EXPECT_EQ(parse_error("tender gold 5"), "console.usage");
  EXPECT_EQ(parse_error("untender 0"), "console.usage");
  EXPECT_EQ(parse_error("void -1"), "console.usage");
  EXPECT_EQ(parse_error("select 99999999999999999999"), "console.usage");
  EXPECT_EQ(parse_error("wait forever"), "console.usage");
  EXPECT_EQ(parse_error("wait online 999999999"), "console.usage");
  EXPECT_EQ(parse_error("clock yesterday"), "time.bad_timestamp");
  EXPECT_EQ(parse_error("scan \xff\xfe"), "console.not_text");
  EXPECT_EQ(parse_error(std::string_view("scan\0x", 6)), "console.not_text");
}

TEST(Console, RingsASale) {
  ConsoleRun till;
  EXPECT_EQ(till.ask("scan 6901234567892")["code"], "register.signed_out");
  EXPECT_EQ(till.ask("login 1028 271828")["state"], "idle");
  EXPECT_EQ(till.ask("quantity 2")["pending_quantity"], "2");
  const auto scanned = till.ask("scan 6901234567892");
  EXPECT_EQ(scanned["ok"], true);
  EXPECT_EQ(scanned["lines"][0]["quantity"], "2");
  EXPECT_EQ(scanned["total"], "99.80");
  EXPECT_EQ(till.ask("scan 301")["code"], "register.weight_needed");
  EXPECT_EQ(till.ask("basket")["waiting_for_weight"]["name"], "上海青");
  EXPECT_EQ(till.ask("weigh 0.428")["lines"][1]["gross"], "2.55");
  EXPECT_EQ(till.ask("void 2")["total"], "99.80");
  EXPECT_EQ(till.ask("total")["cash_due"], "99.80");
  EXPECT_EQ(till.ask("tender cash 50")["cash_due"], "49.80");
  const auto paid = till.ask("tender cash 50");
  EXPECT_EQ(paid["ok"], true);
  EXPECT_EQ(paid["receipt_number"], 142);
  EXPECT_EQ(paid["change"], "0.20");
  EXPECT_EQ(paid["state"], "idle");
  EXPECT_EQ(till.ask("status")["last_receipt_number"], 142);
  EXPECT_EQ(till.ask("logout")["ok"], true);
  ASSERT_FALSE(till.events.empty());
  EXPECT_EQ(till.events[0]["event"], "printed");
  EXPECT_EQ(till.events[0]["receipt_number"], 142);
  EXPECT_EQ(till.finish(), 0);
}

TEST(Console, SaysWhatIsSavedAndTakesGoodsBack) {
  ConsoleRun till;
  (void)till.ask("status");
  till.post([](FakeTill& fake) {
    fake.replica.calendar = usual_calendar();
    fake.replica.members["6688"] = {31, 1, "6688", "王*", "gold", {}, {}, true};
    fake.replica.stored->staff[1].role = access::Role::manager;
    fake.lane().profile_changed();
  });
  EXPECT_EQ(till.ask("login 1028 271828")["ok"], true);
  (void)till.ask("scan 6900000000014");
  const auto missed = till.ask("basket")["near_misses"];
  EXPECT_NE(std::find_if(missed.begin(), missed.end(),
                         [](const auto& miss) { return miss["promotion"] == "chips" && miss["missing_pieces"] == 1; }),
            missed.end());
  (void)till.ask("quantity 1 2");
  const auto chips = till.ask("basket");
  EXPECT_EQ(chips["lines"][0]["savings"][0]["promotion"], "chips");
  EXPECT_EQ(chips["lines"][0]["savings"][0]["name"], "chips名");
  EXPECT_EQ(chips["lines"][0]["savings"][0]["amount"], "3.95");
  EXPECT_EQ(chips["lines"][0]["savings"][0]["count"], 2);
  EXPECT_EQ(till.ask("member 1111")["code"], "member.unknown");
  EXPECT_EQ(till.ask("coupon WELCOME")["message"],
            "This coupon is not reached yet: WELCOME. 18.15 more to spend. Scan it again then.");
  (void)till.ask("scan 6901234567892");
  const auto member = till.ask("member 6688");
  EXPECT_EQ(member["member"]["tier"], "gold");
  EXPECT_EQ(member["total"], "57.75");
  const auto coupon = till.ask("coupon 88123456");
  EXPECT_EQ(coupon["coupons"][0]["saving"], "3.00") << "answered when the server has kept it";
  EXPECT_EQ(till.ask("coupon off 88123456")["coupons"].size(), 0u);
  EXPECT_EQ(till.ask("scan 88123457")["coupons"][0]["code"], "88123457") << "scanned as well";
  EXPECT_EQ(till.ask("discount 2 10% box")["discount"], nullptr);
  EXPECT_EQ(till.ask("discount 0.75")["discount"]["amount"], "0.75");
  EXPECT_EQ(till.ask("basket")["savings"].back()["promotion"], "@manual");
  const auto due = till.ask("total")["cash_due"].get<std::string>();
  EXPECT_EQ(till.ask("tender cash " + due)["receipt_number"], 142);
  EXPECT_EQ(till.ask("return 5-1")["code"], "link.offline");
  const auto begun = till.ask("return 0320261120000142");
  EXPECT_EQ(begun["returning"]["receipt_number"], 142);
  EXPECT_EQ(begun["returning"]["lines"][0]["left"], "2");
  EXPECT_EQ(till.ask("take 1 3")["code"], "refund.more_than_sold");
  EXPECT_EQ(till.ask("take 1 1 waste")["lines"][0]["returned_line"], 1);
  EXPECT_EQ(till.ask("take 1")["returning"]["lines"][0]["left"], "0");
  const auto back = till.ask("take 2");
  EXPECT_EQ(back["total"], "-" + due);
  EXPECT_EQ(till.ask("total")["code"], "return.why_needed");
  EXPECT_EQ(till.ask("why 1 spoiled")["lines"][0]["return_reason"], "spoiled");
  const auto described = till.ask("goes 3 supplier");
  EXPECT_EQ(described["lines"][0]["returned_to"], "waste");
  EXPECT_EQ(described["lines"][2]["returned_to"], "supplier");
  EXPECT_EQ(described["return_reason"], "spoiled");
  EXPECT_EQ(till.ask("total")["cash_due"], "-" + due);
  const auto paid = till.ask("tender cash 0");
  EXPECT_EQ(paid["payable"], "-" + due);
  EXPECT_EQ(paid["change"], due);
  const auto found = till.ask("find 6901234567892");
  ASSERT_EQ(found["sales"].size(), 1u) << "a return is no sale";
  EXPECT_EQ(found["sales"][0]["receipt_number"], 142);
  EXPECT_EQ(found["sales"][0]["left"], false);
  EXPECT_EQ(found["offline"], true);
  EXPECT_EQ(till.ask("find nothing")["code"], "return.search_nothing");
}

TEST(Console, OneAnswerALineInOrder) {
  ConsoleRun till;
  till.send("status\n\nnonsense\nhelp\nlanguage zh\nnonsense\nquit\nstatus\n");
  EXPECT_EQ(till.read()["till"], 3);
  EXPECT_EQ(till.read()["code"], "console.empty");
  const auto english = till.read();
  EXPECT_EQ(english["message"], "There is no such command: nonsense. Try: help");
  EXPECT_EQ(english["details"]["command"], "nonsense");
  EXPECT_GT(till.read()["commands"].size(), 20u);
  EXPECT_EQ(till.read()["ok"], true);
  EXPECT_EQ(till.read()["message"], "没有这个命令：nonsense。试试：help");
  EXPECT_EQ(till.read()["ok"], true);
  EXPECT_TRUE(till.read().is_null()) << "nothing is answered after quit";
  EXPECT_EQ(till.finish(), 0);
}

TEST(Console, OverlongLinesGetOneErrorAndTheNextLineGoesOn) {
  ConsoleRun till;
  std::thread writer([&till] { till.send("scan " + std::string(300'000, 'x') + "\nstatus\n"); });
  EXPECT_EQ(till.read()["code"], "console.too_long");
  EXPECT_EQ(till.read()["ok"], true);
  writer.join();
}

TEST(Console, ALastLineWithoutItsEndIsACommandAndTheEndOfInputQuits) {
  ConsoleRun till;
  till.send("status");
  EXPECT_EQ(till.finish(), 0);
  EXPECT_EQ(till.read()["ok"], true);
  EXPECT_TRUE(till.read().is_null());
}

TEST(Console, WaitsForWhatHappensByItself) {
  ConsoleRun till;
  EXPECT_EQ(till.ask("wait catalogue 5")["ok"], true);
  EXPECT_EQ(till.ask("wait online 0")["code"], "console.timeout");
  till.send("wait online 20\n");
  till.post([](FakeTill& fake) {
    LinkStatus status;
    status.state = LinkStatus::State::online;
    fake.lane().link_changed(status);
  });
  EXPECT_EQ(till.read()["event"], "online");
  EXPECT_EQ(till.read()["link"], "online");
}

TEST(Console, SyncWaitsForTheOutbox) {
  ConsoleRun till;
  (void)till.ask("status");
  till.post([](FakeTill& fake) { fake.journal.unsent = 2; });
  const auto late = till.ask("sync 0");
  EXPECT_EQ(late["code"], "console.timeout");
  EXPECT_EQ(late["unsent"], 2);
  till.post([](FakeTill& fake) { fake.journal.unsent = 0; });
  EXPECT_EQ(till.ask("sync 20")["unsent"], 0);
}

TEST(Console, SetsASimulatedClock) {
  ConsoleRun till;
  EXPECT_EQ(till.ask("clock 2020-07-01T09:00:00.000+08:00")["ok"], true);
  EXPECT_EQ(till.ask("status")["now"], "2020-07-01T09:00:00.000+08:00");
}

TEST(Console, ATillThatCannotBeOpenedSaysWhy) {
  int out[2];
  ASSERT_EQ(::pipe2(out, O_CLOEXEC), 0);
  const OpenTill open = [](const Post&) -> Result<std::unique_ptr<Till>> {
    return fail("till.already_running", "Another till runs here.");
  };
  EXPECT_EQ(console::run_console({}, open, {0, out[1]}), 1);
  ::close(out[1]);
  char buffer[1000] = {};
  ASSERT_GT(::read(out[0], buffer, sizeof buffer - 1), 0);
  EXPECT_EQ(Value::parse(buffer)["code"], "till.already_running");
  ::close(out[0]);
}

TEST(Console, EndsWhenItIsAskedTo) {
  int in[2];
  ASSERT_EQ(::pipe2(in, O_CLOEXEC), 0);
  const OpenTill open = [](Post post) -> Result<std::unique_ptr<Till>> {
    return std::make_unique<FakeTill>(std::move(post));
  };
  FaceOptions options;
  std::vector<bool> handed_over;
  options.on_stop = [&](const std::function<void()>& stop) {
    handed_over.push_back(stop != nullptr);
    if (stop) stop();
  };
  EXPECT_EQ(console::run_console(options, open, {in[0], 1}), 0);
  EXPECT_EQ(handed_over, (std::vector<bool>{true, false})) << "what ends it is taken back";
  ::close(in[0]);
  ::close(in[1]);
}

}  // namespace
}  // namespace lanekeeper::till::test
