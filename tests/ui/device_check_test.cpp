// The device check at sign-in and pairing: how each device stands, what can be tried, and that nothing comes of it.
#include <algorithm>

#include "desk_fixture.h"

namespace lanekeeper::till::test {
namespace {

using Device = ui::DeviceRow::Device;
using Tone = ui::DeviceRow::Tone;

constexpr std::string_view oil = "6901000003005";
constexpr std::string_view payment_code = "134567890123456789";

class DeviceCheckTest : public DeskTest {
 protected:
  explicit DeviceCheckTest(ShopOptions shop = equipped()) : DeskTest(std::move(shop)) {
    till.link_state(LinkStatus::State::online);
  }
  static ShopOptions equipped() {
    ShopOptions options;
    options.with_scale = true;
    options.with_devices = true;
    return options;
  }
  void open() {
    press(Action::device_check);
    ASSERT_EQ(desk.screen(), Screen::devices);
    sounds.clear();
  }
  [[nodiscard]] ui::DeviceRow row(Device device) const {
    const auto rows = desk.devices().rows();
    const auto found =
        std::find_if(rows.begin(), rows.end(), [device](const auto& one) { return one.device == device; });
    return found == rows.end() ? ui::DeviceRow{} : *found;
  }
  [[nodiscard]] std::string state(Device device) const { return row(device).state.key; }
  [[nodiscard]] std::string note(Device device) const { return row(device).note.key; }
  void expect_no_trace() {
    EXPECT_TRUE(till.journal.sales.empty());
    EXPECT_TRUE(till.journal.controls.empty());
    EXPECT_EQ(till.drawer.opened, 0);
    EXPECT_TRUE(view().lines.empty());
    EXPECT_FALSE(view().cashier);
  }
};

TEST_F(DeviceCheckTest, F11OpensItForEverybodyAndEscClosesIt) {
  ASSERT_EQ(desk.screen(), Screen::sign_in);
  const auto* key = desk.action_of(ui::stroke(ui::Key::f11));
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(key->action, Action::device_check);
  EXPECT_EQ(desk.hindrance(*key), "");
  person("25");
  open();
  EXPECT_EQ(desk.place(), Place::devices);
  person("19");
  press_enter();
  EXPECT_EQ(desk.text(), "");
  press(Action::training);
  press(Action::forgot_pin);
  EXPECT_EQ(desk.screen(), Screen::devices) << "other keys mean nothing here";
  EXPECT_FALSE(desk.training());
  press(Action::cancel);
  EXPECT_EQ(desk.screen(), Screen::sign_in);
  EXPECT_EQ(desk.text(), "");
  expect_no_trace();
}

TEST_F(DeviceCheckTest, HelpAndLanguageWorkThere) {
  open();
  std::vector<std::string_view> caps;
  for (const auto* one : desk.working_rows()) caps.push_back(one->cap);
  for (const char* cap : {"F5", "F6", "F12", "Esc"}) {
    EXPECT_NE(std::find(caps.begin(), caps.end(), cap), caps.end()) << cap;
  }
  press(Action::change_language);
  EXPECT_EQ(desk.language(), i18n::Language::en);
  press(Action::help);
  EXPECT_TRUE(desk.help_open());
  press(Action::cancel);
  EXPECT_FALSE(desk.help_open());
  EXPECT_EQ(desk.screen(), Screen::devices);
}

TEST_F(DeviceCheckTest, SaysHowEachDeviceStandsWhileItIsOpen) {
  open();
  EXPECT_EQ(state(Device::printer), "till.check.ok");
  EXPECT_EQ(state(Device::drawer), "till.devices.drawer_unknown");
  EXPECT_EQ(note(Device::drawer), "till.devices.drawer_note");
  EXPECT_EQ(state(Device::scale), "till.scale.zero");
  EXPECT_EQ(state(Device::display), "till.check.ok");
  const auto rows = desk.devices().rows();
  ASSERT_EQ(rows.size(), 6u) << "two scanners";
  EXPECT_EQ(rows[4].tone, Tone::good);
  EXPECT_EQ(rows[5].state.key, "till.check.printer_absent");
  EXPECT_EQ(rows[5].tone, Tone::warning);

  till.printer.device = DeviceState::paper_out;
  till.display.device = DeviceState::absent;
  till.weigh(ScaleReading::State::stable, "1.234");
  till.lane().drawer_changed(CashDrawer::Position::open);
  EXPECT_EQ(state(Device::printer), "till.status.printer_paper");
  EXPECT_EQ(row(Device::printer).advice.key, "error.device.paper_out");
  EXPECT_EQ(row(Device::display).tone, Tone::warning);
  EXPECT_EQ(row(Device::scale).figure, "1.234 kg");
  EXPECT_EQ(state(Device::drawer), "till.check.drawer_open");
  till.lane().drawer_changed(CashDrawer::Position::closed);
  EXPECT_EQ(state(Device::drawer), "till.devices.drawer_closed");
  till.weigh(ScaleReading::State::absent);
  EXPECT_EQ(state(Device::scale), "till.scale.absent");
  EXPECT_EQ(row(Device::scale).tone, Tone::warning);
  for (const auto state : {DeviceState::absent, DeviceState::cover_open, DeviceState::error, DeviceState::offline,
                           DeviceState::paper_low}) {
    till.printer.device = state;
    EXPECT_EQ(row(Device::printer).tone, Tone::warning);
    EXPECT_TRUE(i18n::Texts(i18n::Language::en).has(row(Device::printer).state.key));
  }
}

TEST_F(DeviceCheckTest, AScanIsOnlyShownWithItsKind) {
  open();
  EXPECT_FALSE(desk.devices().read());
  const auto kind = [this] { return desk.devices().read().value_or(ui::DeviceDesk::Read{}).kind.key; };
  scanner(oil);
  EXPECT_EQ(kind(), "till.devices.kind.gtin");
  EXPECT_EQ(desk.devices().read()->code, oil);
  scanner("6901000003006");
  EXPECT_EQ(kind(), "error.barcode.check_digit");
  EXPECT_FALSE(desk.devices().read()->good);
  till.lane().scanned("01234-hello");
  EXPECT_EQ(kind(), "till.devices.kind.other");
  scanner(payment_code);
  EXPECT_EQ(kind(), "till.devices.kind.payment_code");
  EXPECT_EQ(desk.devices().read()->code, "") << "worth money for a minute";
  scanner(supervisor_badge);
  EXPECT_EQ(kind(), "till.devices.kind.badge");
  EXPECT_EQ(desk.devices().read()->code, "") << "it lets in";
  EXPECT_EQ(desk.screen(), Screen::devices);
  expect_no_trace();
  press(Action::cancel);
  open();
  EXPECT_FALSE(desk.devices().read()) << "of the time before";
}

TEST_F(DeviceCheckTest, ATestSlipSaysWhereItStands) {
  open();
  EXPECT_EQ(note(Device::printer), "till.devices.print_hint");
  press(Action::print_test);
  EXPECT_EQ(sounds.back(), Sound::ok);
  EXPECT_EQ(note(Device::printer), "till.devices.slip_waiting");
  till.run_posted();
  EXPECT_EQ(note(Device::printer), "till.devices.slip_printed");
  EXPECT_EQ(till.printer.printed.size(), 1u);

  till.printer.device = DeviceState::paper_out;
  till.printer.trouble = Error{"device.paper_out", "No paper.", {}};
  press(Action::print_test);
  till.run_posted();
  EXPECT_EQ(note(Device::printer), "till.devices.slip_waiting");
  press(Action::print_test);
  EXPECT_EQ(sounds.back(), Sound::attention);
  EXPECT_EQ(note(Device::printer), "error.device.test_waits");
  EXPECT_FALSE(desk.notice()) << "no receipt is missing";
  press(Action::cancel);
  EXPECT_EQ(desk.screen(), Screen::sign_in) << "nothing waits for the printer";
  till.printer.mend();
  till.run_posted();
  open();
  EXPECT_EQ(note(Device::printer), "till.devices.slip_printed");
  expect_no_trace();
}

TEST_F(DeviceCheckTest, ATestOnTheDisplayGoesWithTheScreen) {
  open();
  EXPECT_EQ(note(Device::display), "till.devices.show_hint");
  press(Action::show_test);
  EXPECT_EQ(note(Device::display), "till.devices.shown");
  ASSERT_EQ(till.display.shown.size(), 1u);
  press(Action::cancel);
  ASSERT_EQ(till.display.shown.size(), 2u);
  EXPECT_EQ(till.display.shown.back(), LineDisplay::Contents{});
  expect_no_trace();
}

TEST_F(DeviceCheckTest, ALockedTillKeepsItsSale) {
  sign_in();
  scanner(oil);
  press(Action::lock);
  ASSERT_TRUE(desk.locked());
  open();
  scanner("6901000002107");
  press(Action::print_test);
  press(Action::cancel);
  EXPECT_EQ(desk.screen(), Screen::sign_in);
  EXPECT_TRUE(desk.locked());
  EXPECT_EQ(view().lines.size(), 1u);
}

TEST_F(DeviceCheckTest, WhatLiesOnTheScaleIsNotSoldByIt) {
  sign_in();
  scanner(oil);
  desk.add_item(305);
  ASSERT_TRUE(view().waiting_for_weight);
  press(Action::lock);
  ASSERT_TRUE(desk.locked());
  till.weigh(ScaleReading::State::stable, "2");
  EXPECT_EQ(view().lines.size(), 1u) << "nobody stands at a locked till";
  till.weigh(ScaleReading::State::zero);
  open();
  EXPECT_FALSE(desk.notice()) << "the question is for whoever goes on with the sale";
  till.weigh(ScaleReading::State::stable, "1");
  EXPECT_EQ(row(Device::scale).figure, "1.000 kg");
  EXPECT_EQ(view().lines.size(), 1u);
  press(Action::cancel);
  ASSERT_EQ(desk.screen(), Screen::sign_in);
  EXPECT_EQ(view().lines.size(), 1u) << "it is locked still";
  till.weigh(ScaleReading::State::zero);
  till.weigh(ScaleReading::State::stable, "0.5");
  person(shop_pin);
  press_enter();
  ASSERT_EQ(desk.screen(), Screen::sale);
  ASSERT_EQ(view().lines.size(), 2u) << "what lies there by now";
  EXPECT_EQ(view().lines[1].quantity.to_string(), "0.5");
}

TEST_F(DeviceCheckTest, TheCustomerOfALockedSaleSeesItAgain) {
  sign_in();
  scanner("6901000002107");
  scanner(oil);
  ASSERT_FALSE(till.display.shown.empty());
  const auto before = till.display.shown.back();
  press(Action::lock);
  open();
  press(Action::show_test);
  ASSERT_NE(till.display.shown.back(), before);
  press(Action::cancel);
  EXPECT_EQ(till.display.shown.back(), before);
}

TEST_F(DeviceCheckTest, ReadsWhatTheRegisterReads) {
  open();
  scanner("(01)06901234567892(3922)0299");  // the weight may be in another code of the same goods
  ASSERT_TRUE(desk.devices().read());
  EXPECT_TRUE(desk.devices().read()->good);
  EXPECT_EQ(desk.devices().read()->kind.key, "till.devices.kind.gs1");
}

class BareDeviceCheckTest : public DeviceCheckTest {
 protected:
  BareDeviceCheckTest() : DeviceCheckTest(unpaired()) {
    till.printer.device = DeviceState::none;
    till.link_state(LinkStatus::State::unpaired);
  }
  static ShopOptions unpaired() {
    ShopOptions options;
    options.till = 0;
    options.with_profile = false;
    return options;
  }
};

TEST_F(BareDeviceCheckTest, AtPairingItSaysWhatIsNotSetUp) {
  ASSERT_EQ(desk.screen(), Screen::pairing);
  open();
  EXPECT_EQ(desk.devices().rows().size(), 5u);
  EXPECT_EQ(state(Device::printer), "till.check.printer_none");
  EXPECT_EQ(state(Device::drawer), "till.check.printer_none");
  EXPECT_EQ(state(Device::scale), "till.scale.none");
  EXPECT_EQ(state(Device::display), "till.check.printer_none");
  EXPECT_EQ(state(Device::scanner), "till.devices.no_port");
  for (const auto& one : desk.devices().rows()) EXPECT_EQ(one.tone, Tone::quiet);
  scanner(oil);
  EXPECT_EQ(desk.devices().read()->kind.key, "till.devices.kind.gtin");
  press(Action::print_test);
  EXPECT_EQ(sounds.back(), Sound::attention);
  EXPECT_TRUE(till.printer.printed.empty());
  press(Action::show_test);
  EXPECT_EQ(sounds.back(), Sound::attention);
  press(Action::cancel);
  EXPECT_EQ(desk.screen(), Screen::pairing);
}

}  // namespace
}  // namespace lanekeeper::till::test
