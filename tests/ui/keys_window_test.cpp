// Badges, quick keys, the help and the size of the texts in the real window, with real keys and a scanner.

#include "widgets/theme.h"
#include "window_fixture.h"

namespace lanekeeper::till::test {
namespace {

using ui::Action;

constexpr std::string_view crisps = "6901000002107";

class KeysWindow : public FrameTest {
 protected:
  void TearDown() override {
    widgets::set_text_scale(1.0);
    FrameTest::TearDown();
  }
};

TEST_F(KeysWindow, ABadgeAtTheSignInNeverLandsInThePin) {
  open();
  type("25");
  scan(supervisor_badge);
  ASSERT_TRUE(until([&] { return frame->desk().sign_in().badge_read(); }));
  EXPECT_EQ(frame->desk().text(), "");
  type(shop_pin);
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().cashier.has_value(); }));
  EXPECT_EQ(view().cashier->number, "1003");
  scan(crisps);
  key(WXK_F12);
  ASSERT_TRUE(until([&] { return frame->desk().locked(); }));
  scan(supervisor_badge);
  ASSERT_TRUE(until([&] { return frame->desk().sign_in().badge_read(); }));
  EXPECT_EQ(frame->desk().text(), "");
}

TEST_F(KeysWindow, QuickKeysByKeyboardAlone) {
  open(1024, 768);
  sign_in();
  key('Q', wxMOD_CONTROL);
  ASSERT_TRUE(until([&] { return frame->desk().entry() == ui::Entry::quick_key; }));
  ASSERT_NE(key_with_cap("A"), nullptr) << "every key has one, past nine too";
  key(WXK_PAGEDOWN);
  EXPECT_EQ(frame->desk().quick_key_page(), 1);
  key(WXK_PAGEUP);
  EXPECT_EQ(frame->desk().quick_key_page(), 0);
  simulator.Char('5');
  ASSERT_TRUE(until([&] { return view().waiting_for_weight.has_value(); }));
  EXPECT_EQ(view().waiting_for_weight->name, "西红柿");
  key(WXK_ESCAPE);
  key('Q', wxMOD_CONTROL);
  key(WXK_LEFT);
  ASSERT_TRUE(until([&] { return frame->desk().quick_key_tab() == 4U; })) << "the departments are the last tab";
  simulator.Char('1');
  ASSERT_TRUE(until([&] { return frame->desk().entry() == ui::Entry::open_price; }));
}

TEST_F(KeysWindow, TheHelpShowsTheKeysOfEveryScreen) {
  open();
  key(WXK_F1);
  ASSERT_TRUE(until([&] { return frame->desk().help_open(); }));
  key(WXK_ESCAPE);
  EXPECT_FALSE(frame->desk().help_open());
  sign_in();
  simulator.Char('/', wxMOD_SHIFT);
  ASSERT_TRUE(until([&] { return frame->desk().help_open(); }));
  scan(crisps);
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
  EXPECT_FALSE(frame->desk().help_open());
  key('H', wxMOD_CONTROL);
  ASSERT_TRUE(until([&] { return frame->desk().help_open(); }));
  key(WXK_NUMPAD_ADD);
  ASSERT_TRUE(until([&] { return frame->desk().screen() == ui::Screen::tender; }));
  EXPECT_FALSE(frame->desk().help_open());
}

class KeysClipping : public ClippingTest {
 protected:
  void TearDown() override {
    widgets::set_text_scale(1.0);
    ClippingTest::TearDown();
  }
};

TEST_F(KeysClipping, NothingIsCutOffInTheHelpNorWithLargeTexts) {
  struct Form {
    int width;
    i18n::Language language;
    const char* name;
  };
  for (const Form& form : {Form{1366, i18n::Language::zh_CN, "zh 1366"},
                           {1366, i18n::Language::en, "en 1366"},
                           {1024, i18n::Language::zh_CN, "zh 1024"},
                           {1024, i18n::Language::en, "en 1024"}}) {
    ShopOptions shop;
    shop.with_scale = true;
    open(form.width, 768, form.language, std::move(shop));
    const auto act = [&](Action action) { frame->desk().act(action); };
    act(Action::text_size);
    act(Action::text_size);
    EXPECT_EQ(frame->desk().text_percent(), 130);
    EXPECT_EQ(widgets::theme().text_scale, 1.3);
    check(std::string(form.name) + " sign-in");
    act(Action::help);
    check(std::string(form.name) + " help at the sign-in");
    act(Action::cancel);
    sign_in();
    (void)till->lane().command(Scan{std::string(crisps), barcode::Symbology::ean13});
    for (const Action action : {Action::help, Action::more, Action::quick_keys, Action::read_scale, Action::hold}) {
      act(action);
      check(std::string(form.name) + " large " + std::to_string(static_cast<int>(action)));
      act(Action::cancel);
    }
    act(Action::pay);
    act(Action::help);
    check(std::string(form.name) + " help while paying");
    act(Action::cancel);
    check(std::string(form.name) + " tender");
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
