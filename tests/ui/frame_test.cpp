// The till's window on an X server of its own, driven with real key and mouse events.

#include <gmock/gmock.h>

#include "shop_offers.h"
#include "widgets/text.h"
#include "widgets/touch_key.h"
#include "window_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view crisps = "6901000002107";
constexpr std::string_view oil = "6901000003005";

// Whether a control that can be seen says this.
bool shows(const wxWindow& window, const wxString& words) {
  if (!window.IsShown()) return false;
  if (window.GetLabel().Contains(words)) return true;
  for (const wxWindow* child : window.GetChildren()) {
    if (shows(*child, words)) return true;
  }
  return false;
}

TEST_F(FrameTest, SellsFromTheKeyboardAlone) {
  open();
  type("2580");
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().cashier.has_value(); }));
  scan(oil);
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
  simulator.Char('=', wxMOD_SHIFT);  // the plus of the main keyboard
  ASSERT_TRUE(until([&] { return frame->desk().screen() == ui::Screen::tender; }));
  type("100");
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return till->journal.sales.size() == 1; }));
  EXPECT_EQ(till->journal.sales[0].change.to_string(), "30.10");
  EXPECT_EQ(till->printer.printed.size(), 2U) << "drawer and receipt";
}

TEST_F(FrameTest, ScannerIsHeardWhateverIsOpen) {
  open();
  sign_in();
  scan(crisps);
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
  key(WXK_F9);
  ASSERT_TRUE(until([&] { return frame->desk().task() == ui::Task::search; }));
  scan(oil);
  ASSERT_TRUE(until([&] { return view().lines.size() == 2; }));
  EXPECT_EQ(frame->desk().task(), ui::Task::none);
  EXPECT_TRUE(frame->desk().text().empty());
}

TEST_F(FrameTest, ScannerIsHeardByABusyWindow) {
  open();
  sign_in();
  ASSERT_TRUE(until([&] { return frame->desk().screen() == ui::Screen::sale; }));
  // A window that takes longer over a key than a scanner over the next: the keys wait, their times stay true.
  frame->Bind(wxEVT_CHAR_HOOK, [](wxKeyEvent& event) {
    const auto busy = std::chrono::steady_clock::now() + std::chrono::milliseconds(45);
    while (std::chrono::steady_clock::now() < busy) continue;
    event.Skip();
  });
  scan(oil);
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
  EXPECT_TRUE(frame->desk().text().empty());
  scan("AB+12*7");
  ASSERT_TRUE(until([&] { return view().message.has_value(); }));
  EXPECT_EQ(frame->desk().screen(), ui::Screen::sale) << "the plus in the barcode did not pay";
}

TEST_F(FrameTest, FunctionKeysReachTheDeskAndNotTheToolkit) {
  open();
  sign_in();
  scan(crisps);
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
  key(WXK_F10);  // GTK would open a menu
  ASSERT_TRUE(until([&] { return frame->desk().place() == ui::Place::reprint; }));
  key(WXK_ESCAPE);
  ASSERT_TRUE(until([&] { return frame->desk().part() == nullptr; }));
  key(WXK_F11);
  ASSERT_TRUE(until([&] { return frame->desk().task() == ui::Task::more; }));
  key(WXK_ESCAPE);
  ASSERT_TRUE(until([&] { return frame->desk().task() == ui::Task::none; }));
  key(WXK_F1);
  ASSERT_TRUE(until([&] { return frame->desk().task() == ui::Task::price_check; }));
}

TEST_F(FrameTest, CtrlLChangesTheLanguageWithoutARestart) {
  open();
  sign_in();
  key('L', wxMOD_CONTROL);
  ASSERT_TRUE(until([&] { return frame->desk().language() == i18n::Language::en; }));
}

TEST_F(FrameTest, ADrawerLeftOpenDoesNotHideThatItMayHoldTooLittleChange) {
  open();
  sign_in("1003");
  ASSERT_TRUE(till->lane().command(OpenShift{Money::of_minor(20'00)}));
  (void)till->lane().command(Scan{std::string(oil), barcode::Symbology::ean13});
  till->lane().drawer_changed(CashDrawer::Position::open);
  till->lane().drawer_stays_open();
  frame->desk().act(ui::Action::pay);
  settle();
  const i18n::Texts texts(i18n::Language::zh_CN);
  const auto shown = [this](const std::string& words) { return shows(*frame, widgets::to_wx(words)); };
  EXPECT_TRUE(shown(texts.text("till.drawer_left.title")));
  frame->desk().type("100");
  settle();
  EXPECT_TRUE(shown(texts.text("till.beyond_drawer.change", {{"amount", "30.10"}})));
  EXPECT_FALSE(shown(texts.text("till.drawer_left.title")));
}

TEST_F(FrameTest, QuickKeysAnswerAFinger) {
  open();
  sign_in();
  const wxWindow* target = nullptr;
  ASSERT_TRUE(until([&] { return (target = key_with_cap("305")) != nullptr; }));
  const wxRect place = target->GetScreenRect();
  simulator.MouseMove(place.x + place.width / 2, place.y + place.height / 2);
  settle();
  simulator.MouseClick();
  ASSERT_TRUE(until([&] { return view().waiting_for_weight.has_value(); }));
}

TEST_F(ClippingTest, NothingIsCutOff) {
  struct Form {
    int width, height;
    i18n::Language language;
    const char* name;
  };
  for (const Form& form : {Form{1366, 768, i18n::Language::zh_CN, "zh 1366"},
                           {1366, 768, i18n::Language::en, "en 1366"},
                           {1024, 768, i18n::Language::zh_CN, "zh 1024"},
                           {1024, 768, i18n::Language::en, "en 1024"}}) {
    const std::string name = form.name;
    ShopOptions shop;
    shop.with_offers = true;
    open(form.width, form.height, form.language, shop);
    check(name + " sign-in");
    sign_in("1003");
    till->lane().link_changed(till->lane().link());
    (void)till->lane().command(Scan{std::string(crisps), barcode::Symbology::ean13});
    (void)till->lane().command(Scan{std::string(oil), barcode::Symbology::ean13});
    check(name + " sale");
    using ui::Action;
    (void)till->lane().identify_member(member_card);
    for (const Action action : {Action::find_item, Action::change_price, Action::more, Action::help, Action::quantity,
                                Action::member, Action::coupon, Action::discount}) {
      frame->desk().act(Action::cancel);
      frame->desk().act(action);
      check(name + " task " + std::to_string(static_cast<int>(action)));
    }
    frame->desk().act(Action::cancel);
    frame->desk().act(Action::change_price);
    frame->desk().type("5");
    frame->desk().act(Action::confirm);
    check(name + " reason");
    frame->desk().act(Action::cancel);
    till->lane().add_coupon(shop_coupon, [](const Result<void>&) {});
    frame->desk().act(Action::coupon);
    check(name + " coupons");
    frame->desk().act(Action::cancel);
    frame->desk().act(Action::discount);
    frame->desk().type("5");
    frame->desk().act(Action::confirm);
    check(name + " discount's reason");
    frame->desk().act(Action::cancel);
    (void)till->lane().command(Scan{"6901000005009", barcode::Symbology::ean13});
    check(name + " age");
    (void)till->lane().command(Dismiss{});
    till->link_state(LinkStatus::State::offline);
    check(name + " offline");
    (void)till->lane().command(BeginTender{});
    check(name + " tender");
    frame->desk().take_cash(Money::of_minor(100'00));
    check(name + " last sale");
    frame->desk().act(Action::return_goods);
    check(name + " receipt");
    frame->desk().act(Action::find_sale);
    frame->desk().type("3");
    frame->desk().act(Action::find_by_till);
    check(name + " a sale to be found");
    frame->desk().act(Action::confirm);
    check(name + " sales that were found");
    frame->desk().act(Action::cancel);
    frame->desk().act(Action::cancel);
    till->lane().begin_return("3-1", [](const Result<void>&) {});
    settle();
    ASSERT_EQ(frame->desk().screen(), ui::Screen::returns);
    check(name + " returns");
    frame->desk().act(Action::return_quantity);
    check(name + " how many come back");
    frame->desk().act(Action::cancel);
    frame->desk().act(Action::return_all);
    check(name + " all comes back");
    frame->desk().act(Action::refund);
    check(name + " no reason");
    frame->desk().act(Action::reason_1);
    frame->desk().act(Action::refund);
    check(name + " refund");
    frame->desk().act(Action::finish);
    check(name + " refunded");
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
