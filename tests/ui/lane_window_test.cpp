// Approvals, split tenders, baskets put aside, weighing and exchanges in the real window, with real keys.

#include "window_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view oil = "6901000003005";
constexpr std::string_view crisps = "6901000002107";

class LaneWindow : public FrameTest {
 protected:
  void open_scaled() {
    ShopOptions shop;
    shop.with_scale = true;
    open(1366, 768, i18n::Language::zh_CN, std::move(shop));
    sign_in();
  }
  // Panels that opened by themselves take no Enter at once.
  void wait_a_moment() {
    const auto over = std::chrono::steady_clock::now() + std::chrono::milliseconds(450);
    while (std::chrono::steady_clock::now() < over) wxTheApp->Yield(true);
  }
  // Digits that are not shown as typed text anywhere.
  void press_digits(std::string_view digits) {
    for (const char digit : digits) {
      simulator.Char(digit);
      const auto over = std::chrono::steady_clock::now() + std::chrono::milliseconds(60);
      while (std::chrono::steady_clock::now() < over) wxTheApp->Yield(true);
    }
    settle();
  }
  void say_who(std::string_view number, std::string_view pin) {
    wait_a_moment();
    press_digits(number);
    key(WXK_RETURN);
    press_digits(pin);
    key(WXK_RETURN);
  }
};

// Seen in pictures: one row of keys and emptiness below, until the next second.
TEST_F(LaneWindow, QuickKeysFillTheirRoomAtOnce) {
  open_scaled();
  frame->refresh_now();
  const auto at_once = frame->desk().quick_keys().items;
  settle();
  frame->refresh_now();
  EXPECT_EQ(frame->desk().quick_keys().items, at_once);
  EXPECT_GT(at_once.size(), 8U);
  scan(oil);  // the member's card takes or leaves room
  frame->refresh_now();
  const auto behind_the_scan = frame->desk().quick_keys().items;
  settle();
  frame->refresh_now();
  EXPECT_EQ(frame->desk().quick_keys().items, behind_the_scan);
}

TEST_F(LaneWindow, WhatHappensDuringTheDeviceCheckIsSaidThere) {
  open();
  frame->desk().act(ui::Action::device_check);
  ASSERT_TRUE(until([&] { return frame->desk().screen() == ui::Screen::devices; }));
  frame->desk().lane_event(
      {LaneEvent::Kind::storage_failing, 0, {}, Error{"journal.disk_full", "The disk is full.", {}}});
  ASSERT_TRUE(frame->desk().notice());
  const auto words = frame->desk().notice()->title.in(i18n::Texts(i18n::Language::zh_CN));
  frame->refresh_now();
  settle();
  bool said = false;
  std::vector<wxWindow*> open_windows{frame};
  while (!open_windows.empty()) {
    const wxWindow* one = open_windows.back();
    open_windows.pop_back();
    said = said || (one->IsShownOnScreen() && one->GetLabel().Contains(wxString::FromUTF8(words)));
    for (wxWindow* child : one->GetChildren()) open_windows.push_back(child);
  }
  EXPECT_TRUE(said) << words;
  frame->desk().act(ui::Action::cancel);
  EXPECT_FALSE(frame->desk().notice());
  EXPECT_EQ(frame->desk().screen(), ui::Screen::devices);
}

TEST_F(LaneWindow, ASupervisorAllowsAPriceWhileScansWait) {
  open_scaled();
  scan(oil);
  key(WXK_F4);
  type("59.9");
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return frame->desk().approval().open(); }));
  scan(crisps);
  EXPECT_EQ(frame->desk().queued_scans(), 1U);
  press_digits("2");
  say_who("1003", shop_pin);
  ASSERT_TRUE(until([&] { return !frame->desk().approval().open(); }));
  EXPECT_EQ(view().lines.at(0).unit_price.to_string(), "59.90");
  ASSERT_EQ(view().lines.size(), 2U);
}

TEST_F(LaneWindow, ABadgeIsReadWhileSomebodyIsAsked) {
  open_scaled();
  scan(oil);
  key(WXK_F5);
  type("10");
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return frame->desk().approval().open(); }));
  press_digits("1");
  scan(supervisor_badge);
  ASSERT_TRUE(until([&] { return !frame->desk().approval().open(); }));
  EXPECT_EQ(view().total.to_string(), "62.91");
}

TEST_F(LaneWindow, SplitsAPaymentFromTheKeyboard) {
  open_scaled();
  scan(oil);
  key(WXK_NUMPAD_ADD);
  ASSERT_TRUE(until([&] { return view().state == RegisterState::tendering; }));
  type("40");
  key(WXK_F2);
  type("778812");
  key(WXK_RETURN);
  ASSERT_EQ(view().tenders.size(), 1U);
  key(WXK_F8);
  press_digits("1");
  key(WXK_RETURN);
  scan("V000123");
  type("20");
  key(WXK_RETURN);
  ASSERT_EQ(view().tenders.size(), 2U);
  type("10");
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().state == RegisterState::idle; }));
  ASSERT_EQ(till->journal.sales.size(), 1U);
  EXPECT_EQ(till->journal.sales[0].tenders.size(), 3U);
}

TEST_F(LaneWindow, PutsABasketAsideAndTakesItUpAgain) {
  open_scaled();
  scan(oil);
  key(WXK_F6);
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().lines.empty(); }));
  wait_a_moment();
  key(WXK_F6);
  ASSERT_TRUE(until([&] { return frame->desk().part() != nullptr && !frame->desk().part()->panel().rows.empty(); }));
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
}

TEST_F(LaneWindow, GoodsOnTheScaleAreEnteredWithoutAKey) {
  open_scaled();
  frame->desk().add_item(305);
  till->weigh(ScaleReading::State::moving, "0.5");
  settle();
  ASSERT_TRUE(view().waiting_for_weight);
  till->weigh(ScaleReading::State::stable, "0.836");
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
}

TEST_F(LaneWindow, TheKeyThatToolkitsTakeForMenusPrintsAgain) {
  open_scaled();
  scan(oil);
  key(WXK_NUMPAD_ADD);
  ASSERT_TRUE(until([&] { return view().state == RegisterState::tendering; }));
  type("100");
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().state == RegisterState::idle; }));
  const auto before = till->printer.printed.size();
  key(WXK_F10);
  EXPECT_EQ(frame->desk().place(), ui::Place::reprint);
  key(WXK_F10);
  ASSERT_TRUE(until([&] { return till->printer.printed.size() == before + 1; }));
}

TEST_F(LaneWindow, TrainingIsSeenOverEverythingElse) {
  open_scaled();
  key(WXK_F11);
  press_digits("9");
  ASSERT_TRUE(until([&] { return view().training; }));
  till->link_state(LinkStatus::State::offline);
  settle();
  int bands = 0;
  for (const wxWindow* child : frame->GetChildren()) {
    if (dynamic_cast<const widgets::StateBand*>(child) != nullptr && child->IsShown()) ++bands;
  }
  EXPECT_EQ(bands, 2);
}

class LaneClipping : public ClippingTest {
 protected:
  void act(ui::Action action) { frame->desk().act(action); }
  // Panels that opened by themselves take no Enter at once.
  void confirm() {
    const auto over = std::chrono::steady_clock::now() + std::chrono::milliseconds(450);
    while (std::chrono::steady_clock::now() < over) wxTheApp->Yield(true);
    act(ui::Action::confirm);
  }
  void check_panels(const std::string& name);
  void check_tender(const std::string& name);
};

void LaneClipping::check_panels(const std::string& name) {
  using ui::Action;
  for (const Action action : {Action::hold, Action::read_scale, Action::note_line, Action::note_basket, Action::reprint,
                              Action::requests, Action::more}) {
    act(action);
    check(name + " panel " + std::to_string(static_cast<int>(action)));
    act(Action::cancel);
  }
  act(Action::change_price);
  frame->desk().type("59.9");
  confirm();
  ASSERT_TRUE(frame->desk().approval().open());
  check(name + " approval's reason");
  frame->desk().type("2");
  frame->desk().type("1003");
  check(name + " approval");
  act(Action::ask_afar);
  check(name + " approval from afar");
  act(Action::cancel);
  act(Action::cancel);
  frame->desk().add_item(305);
  till->weigh(ScaleReading::State::moving, "0.5");
  check(name + " weighing");
  (void)till->lane().command(Dismiss{});
  frame->desk().add_item(400);
  check(name + " open price");
  (void)till->lane().command(Dismiss{});
}

void LaneClipping::check_tender(const std::string& name) {
  using ui::Action;
  act(Action::pay);
  act(Action::tender_more);
  check(name + " more ways");
  frame->desk().type("1");
  confirm();
  check(name + " voucher");
  act(Action::cancel);
  act(Action::tender_card);
  check(name + " card");
  frame->desk().type("20");
  confirm();
  check(name + " slip");
  frame->desk().type("4711");
  confirm();
  check(name + " split");
  act(Action::undo_tender);
  ASSERT_TRUE(frame->desk().approval().open());
  check(name + " approval while paying");
  act(Action::cancel);
  frame->desk().take_cash(Money::of_minor(200'00));
  check(name + " paid");
  act(Action::return_goods);
  check(name + " receipt");
  act(Action::blind_return);
  check(name + " blind");
  act(Action::cancel);
  till->lane().begin_return("3-1", [](const Result<void>&) {});
  settle();
}

TEST_F(LaneClipping, NothingIsCutOff) {
  struct Form {
    int width;
    i18n::Language language;
    const char* name;
  };
  for (const Form& form : {Form{1366, i18n::Language::zh_CN, "zh 1366"},
                           {1366, i18n::Language::en, "en 1366"},
                           {1024, i18n::Language::zh_CN, "zh 1024"},
                           {1024, i18n::Language::en, "en 1024"}}) {
    for (const bool away : {false, true}) {
      ShopOptions shop;
      shop.with_scale = true;
      open(form.width, 768, form.language, std::move(shop));
      sign_in();
      (void)till->lane().command(Scan{std::string(crisps), barcode::Symbology::ean13});
      (void)till->lane().command(Scan{std::string(oil), barcode::Symbology::ean13});
      if (away) till->link_state(LinkStatus::State::offline);
      check_panels(std::string(form.name) + (away ? " offline" : ""));
      check_tender(std::string(form.name) + (away ? " offline" : ""));
    }
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
