// A basket with an offer of every kind is rung at the window by scans and keys: each saving is on the screen and on the
// paper. Then its goods come back one by one for exactly what was paid.

#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "devices/escpos_decoder.h"
#include "devices/paper.h"
#include "receipt/receipt.h"
#include "shop_offers.h"
#include "widgets/text.h"
#include "window_fixture.h"

namespace lanekeeper::till::test {
namespace {

using testing::HasSubstr;
using ui::Screen;
using ui::Task;

constexpr std::string_view bag = "2100000000012";
constexpr std::string_view milk = "6901000001001";
constexpr std::string_view crisps = "6901000002107";
constexpr std::string_view crisps_cucumber = "6901000002114";
constexpr std::string_view oil = "6901000003005";
constexpr std::string_view tissues = "6901000004002";
constexpr char group_separator = 0x1D;

class OffersWindow : public FrameTest {
 protected:
  void open_shop(i18n::Language language = i18n::Language::zh_CN) {
    ShopOptions shop;
    shop.with_offers = true;
    open(1366, 768, language, shop);
    sign_in("1003");
  }
  void ring(std::string_view code) {
    const auto before = view().item_count;
    scan(code);
    ASSERT_TRUE(until([&] { return view().item_count == before + 1; })) << code;
  }
  void ring_weighed(std::string_view plu, std::string_view kilograms) {
    const auto before = view().item_count;
    type(plu);
    key(WXK_RETURN);
    ASSERT_TRUE(until([&] { return view().waiting_for_weight.has_value(); }));
    type(kilograms);
    wait_for_panels();
    key(WXK_RETURN);
    ASSERT_TRUE(until([&] { return view().item_count == before + 1; }));
  }
  void name_member() {
    key(WXK_F2);
    ASSERT_TRUE(until([&] { return frame->desk().task() == Task::member; }));
    scan(member_card);
    ASSERT_TRUE(until([&] { return view().member.has_value(); }));
  }
  void present_coupon() {
    key('U', wxMOD_CONTROL);
    ASSERT_TRUE(until([&] { return frame->desk().task() == Task::coupon; }));
    scan(shop_coupon);
    ASSERT_TRUE(until([&] { return view().coupons.size() == 1; }));
  }
  void press_plus() { simulator.Char('=', wxMOD_SHIFT); }
  // Panels that open by themselves do not hear Enter for a moment.
  void wait_for_panels() {
    const auto pause = std::chrono::steady_clock::now() + std::chrono::milliseconds(420);
    while (std::chrono::steady_clock::now() < pause) wxTheApp->Yield(true);
  }
  // Everything that the windows on the screen say.
  [[nodiscard]] std::string on_screen() {
    frame->refresh_now();
    settle();
    std::string words;
    std::vector<const wxWindow*> windows{frame};
    while (!windows.empty()) {
      const wxWindow* one = windows.back();
      windows.pop_back();
      if (!one->IsShown()) continue;
      words += widgets::to_utf8(one->GetLabel()) + "\n";
      for (const wxWindow* child : one->GetChildren()) windows.push_back(child);
    }
    return words;
  }
  [[nodiscard]] std::string paper() const {
    std::vector<devices::PrinterEvent> events;
    devices::EscPosDecoder decoder;
    for (const auto& bytes : till->printer.printed) {
      for (auto& event : decoder.feed(bytes)) events.push_back(std::move(event));
    }
    return devices::render_text(events);
  }
  void ring_basket() {
    ring(crisps);
    ring(crisps);
    ring(crisps_cucumber);
    ring(tissues);
    ring(tissues);
    ring(oil);
    ring(bag);
    ring(milk);
    ring_weighed("301", "0.428");
    name_member();
    present_coupon();
  }
  // One piece of a line of the sale comes back and is paid out.
  void give_back_one(const sale::RetailTransaction& sold, std::size_t line) {
    const auto before = till->journal.sales.size();
    key(WXK_F7);
    ASSERT_TRUE(until([&] { return frame->desk().task() == Task::receipt; }));
    scan(receipt_identity(sold));
    ASSERT_TRUE(until([&] { return frame->desk().screen() == Screen::returns; })) << on_screen();
    // The first line that has something left is chosen already; pieces come back from the last line on.
    for (std::size_t i = 0; i < line; ++i) key(WXK_DOWN);
    ASSERT_EQ(frame->desk().return_line(), sold.lines[line].line);
    key(WXK_RETURN);
    ASSERT_TRUE(until([&] { return view().line_count == 1; })) << on_screen();
    EXPECT_THAT(on_screen(), HasSubstr("退货模式"));
    key('3', wxMOD_ALT);
    ASSERT_TRUE(until([&] { return view().return_reason == "unwanted"; })) << on_screen();
    press_plus();
    ASSERT_TRUE(until([&] { return frame->desk().screen() == Screen::tender; }));
    EXPECT_THAT(on_screen(), HasSubstr("现金退款"));
    key(WXK_RETURN);
    ASSERT_TRUE(until([&] { return till->journal.sales.size() == before + 1; })) << on_screen();
    EXPECT_THAT(on_screen(), HasSubstr("已退"));
  }
};

// What the lines of a promotion on the paper add up to.
Money printed_saving(const std::string& paper, const std::string& name) {
  Money sum;
  std::istringstream lines(paper);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find("  " + name + " ");
    const auto minus = line.rfind('-');
    if (at != 0 || minus == std::string::npos) continue;
    const auto amount = Money::parse(line.substr(minus + 1));
    if (amount) sum += *amount;
  }
  return sum;
}

TEST_F(OffersWindow, EverySavingIsSeenAndPrintedAndEveryPieceComesBackForWhatWasPaid) {
  open_shop();
  ASSERT_NO_FATAL_FAILURE(ring_basket());

  const std::set<std::string> offers{"任3件付2",     "第2件半价", "油配袋省5元", "会员价",
                                     "金卡蔬菜98折", "满150减10", "满50减5券"};
  std::map<std::string, std::string> saved;
  for (const auto& saving : view().savings) saved[saving.name] = saving.amount.to_string();
  ASSERT_EQ(saved.size(), offers.size());
  for (const auto& name : offers) EXPECT_TRUE(saved.contains(name)) << name;
  const std::string sale = on_screen();
  for (const auto* name : {"任3件付2", "第2件半价", "油配袋省5元", "会员价", "金卡蔬菜98折", "满50减5券", "林*士"}) {
    EXPECT_THAT(sale, HasSubstr(name)) << "on the sale screen";
  }
  const Money due = view().total;

  press_plus();
  ASSERT_TRUE(until([&] { return frame->desk().screen() == Screen::tender; }));
  const std::string tender = on_screen();
  for (const auto& [name, amount] : saved) {
    EXPECT_THAT(tender, HasSubstr(name + " \xE2\x88\x92" + amount)) << "on the tender screen";
  }
  EXPECT_FALSE(view().cash_adjustment.is_zero()) << "the basket is to show 抹零 as well";
  EXPECT_EQ(view().cash_due, due + view().cash_adjustment);
  type("150");
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return till->journal.sales.size() == 1; }));
  const sale::RetailTransaction sold = till->journal.sales[0];
  EXPECT_EQ(sold.payable, due + sold.cash_adjustment);
  EXPECT_THAT(on_screen(), HasSubstr("收款完成"));
  const std::string printed = paper();
  for (const auto& [name, amount] : saved) {
    EXPECT_EQ(printed_saving(printed, name).to_string(), amount) << name << " on the paper:\n" << printed;
  }
  EXPECT_THAT(printed, HasSubstr("-" + (-sold.cash_adjustment).to_string())) << "抹零 has its own line";

  Money back;
  for (std::size_t line = sold.lines.size(); line-- > 0;) {
    const bool pieces = sold.lines[line].unit == catalogue::UnitOfMeasure::piece;
    const auto times = pieces ? sold.lines[line].quantity.milli() / 1000 : 1;
    for (int i = 0; i < times; ++i) {
      ASSERT_NO_FATAL_FAILURE(give_back_one(sold, line));
      back += -sale::drawer_cash(till->journal.sales.back());
    }
  }
  EXPECT_EQ(back, sold.payable) << "all of it back is exactly what was paid";
  for (const auto& one : till->journal.sales) EXPECT_TRUE(sale::check_arithmetic(one)) << one.receipt_number;

  key(WXK_F7);
  ASSERT_TRUE(until([&] { return frame->desk().task() == Task::receipt; }));
  scan(receipt_identity(sold));
  ASSERT_TRUE(until([&] { return view().message.has_value(); }));
  EXPECT_EQ(view().message->code, "return.nothing_left");
}

TEST_F(OffersWindow, AMemberIsNamedAndTakenOffAtAnyMoment) {
  open_shop();
  ring(milk);
  EXPECT_EQ(view().total.to_string(), "49.90");
  name_member();
  EXPECT_EQ(view().total.to_string(), "45.90");
  EXPECT_THAT(on_screen(), HasSubstr("林*士"));
  key(WXK_F2);
  ASSERT_TRUE(until([&] { return frame->desk().task() == Task::member; }));
  key(WXK_DELETE);
  ASSERT_TRUE(until([&] { return !view().member.has_value(); }));
  EXPECT_EQ(view().total.to_string(), "49.90");
}

TEST_F(OffersWindow, AScannersGroupSeparatorReachesTheRegister) {
  open_shop();
  // The batch is of variable length: without its separator the day after it would be part of it, and goods whose day
  // has passed would be sold.
  const std::string batch = "]C10106901000003005" + std::string("10AB12");
  scan(batch + group_separator + "17200101");
  ASSERT_TRUE(until([&] { return view().message.has_value(); })) << on_screen();
  EXPECT_EQ(view().message->code, "barcode.expired");
  EXPECT_TRUE(view().lines.empty());
  key(WXK_ESCAPE);
  ASSERT_TRUE(until([&] { return !view().message.has_value(); }));
  scan(batch + group_separator + "17300101");
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; })) << on_screen();
  EXPECT_EQ(view().lines[0].name_en, "Jinsui blended oil 5 L");
  EXPECT_TRUE(frame->desk().text().empty());
}

TEST_F(OffersWindow, ADiscountNeedsAValueAndAReason) {
  open_shop();
  ring(oil);
  key(WXK_F5);
  ASSERT_TRUE(until([&] { return frame->desk().task() == Task::discount; }));
  type("10");
  scan(crisps);
  EXPECT_EQ(view().lines.size(), 1U) << "a scan waits, it is no percentage";
  EXPECT_EQ(frame->desk().text(), "10");
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return frame->desk().task() == Task::discount_reason; }));
  simulator.Char('2');
  ASSERT_TRUE(until([&] { return frame->desk().discount().reason == 2; }));
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().lines.size() == 2; })) << "then the scan goes in";
  EXPECT_EQ(view().lines[0].net.to_string(), "62.91");
}

}  // namespace
}  // namespace lanekeeper::till::test
