// A whole shift in the real window, from the keyboard alone; and the customer's window beside it.

#include "widgets/touch_key.h"
#include "window_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view oil = "6901000003005";

class ShiftWindow : public ClippingTest {
 protected:
  void open_shop(int width = 1366, int height = 768, i18n::Language language = i18n::Language::zh_CN) {
    ShopOptions shop;
    shop.shifts_required = true;
    open(width, height, language, std::move(shop));
    till->replica.store->till_policy->difference_tolerance = Money::of_minor(1'00);
    till->lane().profile_changed();
  }
  [[nodiscard]] ui::ShiftDesk& shift() { return frame->desk().shift(); }
  [[nodiscard]] bool shows(ui::ShiftScreen screen) {
    return until([&] { return shift().screen() == screen; });
  }
  // Panels that opened by themselves take no Enter at once.
  void wait_a_moment() {
    const auto over = std::chrono::steady_clock::now() + std::chrono::milliseconds(450);
    while (std::chrono::steady_clock::now() < over) wxTheApp->Yield(true);
  }
  // As a person, slowly enough not to be taken for a scanner.
  void press(std::string_view characters) {
    for (const char c : characters) {
      simulator.Char(c);
      const auto over = std::chrono::steady_clock::now() + std::chrono::milliseconds(60);
      while (std::chrono::steady_clock::now() < over) wxTheApp->Yield(true);
    }
    settle();
  }
  void count(std::initializer_list<std::string_view> counts) {
    for (const auto one : counts) {
      press(one);
      key(WXK_RETURN);
    }
  }
  void sell_oil_for(std::string_view cash) {
    scan(oil);
    ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
    simulator.Char('=', wxMOD_SHIFT);
    ASSERT_TRUE(until([&] { return view().state == RegisterState::tendering; }));
    press(cash);
    key(WXK_RETURN);
    ASSERT_TRUE(until([&] { return view().state == RegisterState::idle; }));
  }
};

TEST_F(ShiftWindow, RunsFromTheFloatToZ) {
  open_shop();
  sign_in();
  ASSERT_TRUE(shows(ui::ShiftScreen::open));
  scan(oil);
  EXPECT_TRUE(view().lines.empty()) << "nothing is sold before the shift";
  EXPECT_TRUE(shift().typed().empty()) << "a scan leaves nothing in the float";
  press("500");
  EXPECT_EQ(shift().typed(), "500");
  wait_a_moment();
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().shift.has_value(); }));
  ASSERT_TRUE(shows(ui::ShiftScreen::none));

  sell_oil_for("100");
  simulator.Char('K', wxMOD_CONTROL);
  ASSERT_TRUE(shows(ui::ShiftScreen::move));
  press("50");
  key(WXK_RETURN);
  ASSERT_TRUE(shows(ui::ShiftScreen::none));
  ASSERT_FALSE(till->journal.controls.empty());
  EXPECT_EQ(till->journal.controls.back().kind, sale::ControlKind::pick_up);

  simulator.Char('E', wxMOD_CONTROL);
  ASSERT_TRUE(shows(ui::ShiftScreen::count));
  EXPECT_FALSE(view().shift->totals) << "blind";
  press("4");
  scan(oil);
  EXPECT_EQ(shift().sheet().rows()[0].typed, "4") << "a scan leaves nothing in the count";
  key(WXK_ESCAPE);
  wait_a_moment();
  key(WXK_RETURN);
  // 500.00 + 69.90 - 50.00 should be there; 100.00 is missing.
  count({"0", "0", "1", "1", "4", "1", "4"});
  EXPECT_EQ(shift().sheet().total().to_string(), "419.90");
  simulator.Char('=', wxMOD_SHIFT);
  ASSERT_TRUE(shows(ui::ShiftScreen::check));
  ASSERT_FALSE(view().close->checks.empty());
  EXPECT_EQ(view().close->checks[0].difference.to_string(), "-100.00");
  press("1");
  wait_a_moment();
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return shift().unexplained() == 0; }));
  key(WXK_F8);
  ASSERT_TRUE(until([&] { return frame->desk().approval().open(); }));
  wait_a_moment();
  press("1003");
  key(WXK_RETURN);
  press(shop_pin);
  key(WXK_RETURN);
  ASSERT_TRUE(shows(ui::ShiftScreen::done));
  EXPECT_EQ(view().state, RegisterState::signed_out);
  const auto& closing = till->journal.controls.back();
  ASSERT_TRUE(closing.closing);
  EXPECT_EQ(closing.closing->left_in_drawer.to_string(), "419.90") << "less than the usual float was there";
  ASSERT_TRUE(closing.approvals);
  EXPECT_EQ(closing.approvals->front().approver_number, "1003");
  wait_a_moment();
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return frame->desk().screen() == ui::Screen::sign_in; }));
}

TEST_F(ShiftWindow, AManagerClosesForSomebodyElse) {
  open_shop();
  sign_in();
  key(WXK_RETURN);
  ASSERT_TRUE(until([&] { return view().shift.has_value(); }));
  ASSERT_TRUE(till->lane().command(SignOut{}));
  ASSERT_TRUE(until([&] { return frame->desk().screen() == ui::Screen::sign_in; }));
  key(WXK_F9);
  EXPECT_TRUE(shift().closes_after_sign_in());
  key(WXK_TAB);
  type("1001");
  key(WXK_RETURN);
  type(shop_pin);
  key(WXK_RETURN);
  ASSERT_TRUE(shows(ui::ShiftScreen::count));
}

TEST_F(ShiftWindow, NothingIsCutOff) {
  struct Form {
    int width, height;
    i18n::Language language;
  };
  for (const Form& form : {Form{1366, 768, i18n::Language::zh_CN}, Form{1024, 768, i18n::Language::en},
                           Form{1024, 768, i18n::Language::zh_CN}, Form{1366, 768, i18n::Language::en}}) {
    const std::string where = std::to_string(form.width) + (form.language == i18n::Language::en ? " en" : " zh");
    open_shop(form.width, form.height, form.language);
    check(where + " sign-in");
    sign_in();
    check(where + " open");
    ASSERT_TRUE(till->lane().command(OpenShift{Money::of_minor(500'00)}));
    auto& desk = frame->desk();
    for (const auto action : {ui::Action::cash_moves, ui::Action::paid_in, ui::Action::paid_out, ui::Action::no_sale}) {
      desk.act(action);
      check(where + " move");
    }
    desk.act(ui::Action::cancel);
    desk.act(ui::Action::shift_report);
    check(where + " report");
    desk.act(ui::Action::cancel);
    desk.act(ui::Action::close_shift);
    ASSERT_TRUE(shows(ui::ShiftScreen::count));
    check(where + " count");
    std::vector<sale::CashCount> counts;
    for (const auto& row : shift().sheet().rows()) counts.push_back({row.denomination, 1});
    ASSERT_TRUE(till->lane().command(CountCash{counts}));
    ASSERT_TRUE(shows(ui::ShiftScreen::check));
    check(where + " check");
    desk.act(ui::Action::keep_float);
    check(where + " float");
    desk.act(ui::Action::cancel);
    desk.type("1");
    wait_a_moment();
    desk.act(ui::Action::sign_close);
    ASSERT_TRUE(until([&] { return desk.approval().open(); }));
    check(where + " signature");
  }
}

TEST_F(ShiftWindow, TheCustomersWindowTakesNoKeys) {
  customer_window = {640, 400, std::pair(0, 300), i18n::Language::en};
  open();
  sign_in();
  ASSERT_NE(frame->customer(), nullptr);
  EXPECT_EQ(frame->customer()->words().moment, ui::CustomerWords::Moment::welcome);
  frame->customer()->Raise();
  simulator.MouseMove(100, 500);
  scan(oil);
  ASSERT_TRUE(until([&] { return view().lines.size() == 1; }));
  ASSERT_TRUE(until([&] { return frame->customer()->words().moment == ui::CustomerWords::Moment::selling; }));
  EXPECT_EQ(frame->customer()->words().due, "69.90");
  EXPECT_EQ(frame->customer()->words().rows.at(0).name, "Jinsui blended oil 5 L");
}

}  // namespace
}  // namespace lanekeeper::till::test
