// Frames of line displays: byte for byte as docs/devices.md has them, and read back by the virtual displays' decoder.
#include <gtest/gtest.h>

#include "devices/display_decoder.h"
#include "peripherals/drawer.h"
#include "peripherals/line_display.h"

namespace lanekeeper::till::test {
namespace {

using namespace std::string_literals;
using devices::DisplayDecoder;
using devices::DisplayKind;
using devices::LampWiring;
using Contents = LineDisplay::Contents;
using Figure = Contents::Figure;

Contents text(std::string upper, std::string lower) {
  return {std::move(upper), std::move(lower), Figure::none, {}};
}
Contents figure(Figure kind, std::int64_t minor) {
  return {{}, {}, kind, Money::of_minor(minor)};
}

TEST(DisplayLine, HasTwentyColumnsWhateverTheText) {
  EXPECT_EQ(display_line("", DisplayCharset::gb18030), std::string(20, ' '));
  EXPECT_EQ(display_line("Total 12.50", DisplayCharset::gb18030), "Total 12.50         ");
  EXPECT_EQ(display_line("a name that does not fit at all", DisplayCharset::ascii), "a name that does not");
  EXPECT_EQ(display_line("合计", DisplayCharset::gb18030), "\xBA\xCF\xBC\xC6" + std::string(16, ' '));
  EXPECT_EQ(display_line("合计", DisplayCharset::ascii), "??" + std::string(18, ' '));
  const auto narrow = display_line("一二三四五六七八九十一", DisplayCharset::gb18030);
  EXPECT_EQ(narrow.size(), 20u) << "the eleventh does not fit";
  EXPECT_EQ(display_line("x一二三四五六七八九十", DisplayCharset::gb18030).back(), ' ') << "half a character is none";
  EXPECT_EQ(display_line("a\r\n\x1b\x02M\x7f"
                         "b",
                         DisplayCharset::gb18030)
                .find_first_of("\r\n\x1b\x02\x7f"),
            std::string::npos)
      << "a text cannot command";
}

TEST(LedNumber, TakesDigitsAndOnePoint) {
  EXPECT_EQ(led_number("1,250"), "1250");
  EXPECT_EQ(led_number("123.45"), "123.45");
  EXPECT_EQ(led_number("-5.27"), "-5.27");
  EXPECT_EQ(led_number("0.00"), "0.00");
  EXPECT_EQ(led_number("123456.78"), "123456.78");
  EXPECT_EQ(led_number("1234567.89"), "1234567.8");
  EXPECT_EQ(led_number("12345678.90"), "12345678");
  EXPECT_EQ(led_number("-1234567.89"), "-1234567");
  EXPECT_EQ(led_number("123456789.00"), std::nullopt);
  for (const char* bad : {"", "-", "1.2.3", "12a", "1-2", "\x1b"}) EXPECT_EQ(led_number(bad), std::nullopt) << bad;
}

// ESC @ (1B 40), 0C, ESC Q A text CR (1B 51 41 .. 0D), ESC Q B (1B 51 42 .. 0D); both lines padded to 20.
TEST(Cd5220, SendsItsFrames) {
  const auto encoder = make_cd5220_encoder(DisplayCharset::gb18030);
  EXPECT_EQ(encoder->reset(), "\x1B@\x0C");
  EXPECT_EQ(encoder->show(text("Milk 1L", "        12.50")),
            "\x1BQAMilk 1L             \r\x1BQB        12.50       \r");
  EXPECT_EQ(encoder->show(figure(Figure::total, 125000)), "\x1BQA                    \r\x1BQB             1250.00\r");
}

// 1F 24 x y, 1F 43 n.
TEST(DmD, SendsItsFrames) {
  const auto encoder = make_dm_d_encoder(DisplayCharset::gb18030);
  EXPECT_EQ(encoder->reset(),
            "\x1B@\x1F"
            "C\0\x0C"s);
  EXPECT_EQ(encoder->show(text("A", "B")),
            "\x1F$\x01\x01"
            "A                   \x1F$\x01\x02"
            "B                   ");
}

// 1B 51 41 "123.45" 0D; lamps 1B 73 n with n ASCII, binary, Partner's 02..05 01, or a bare digit in front.
TEST(Led8, SendsNumberAndLamp) {
  const auto contents = figure(Figure::total, 12345);
  EXPECT_EQ(make_led8_encoder(LampStyle::ascii)->show(contents), "\x1Bs2\x1BQA123.45\r");
  EXPECT_EQ(make_led8_encoder(LampStyle::binary)->show(contents), "\x1Bs\x02\x1BQA123.45\r");
  EXPECT_EQ(make_led8_encoder(LampStyle::partner)->show(contents), "\x1Bs\x03\x01\x1BQA123.45\r");
  EXPECT_EQ(make_led8_encoder(LampStyle::bare)->show(contents), "2\x1BQA123.45\r");
  EXPECT_EQ(make_led8_encoder(LampStyle::none)->show(contents), "\x1BQA123.45\r");
  EXPECT_EQ(make_led8_encoder(LampStyle::ascii)->show(text("x", "y")), "\x0C\x1Bs0");
  EXPECT_EQ(make_led8_encoder(LampStyle::ascii)->show(figure(Figure::price, 125000)), "\x1Bs1\x1BQA1250.00\r");
  EXPECT_EQ(make_led8_encoder(LampStyle::ascii)->show(figure(Figure::paid, 12345678900)), "\x0C\x1Bs0")
      << "nothing rather than a wrong number";
  EXPECT_EQ(make_led8_encoder(LampStyle::ascii)->reset(), "\x1B@\x0C");
}

TEST(DisplayDecoder, ReadsTheFramesOfTheDocuments) {
  DisplayDecoder led(DisplayKind::led8);
  led.feed("\x1B@\x1BQA123.45\r\x1Bs4");
  EXPECT_EQ(led.shown(), (nlohmann::json{{"number", "123.45"}, {"lamp", "change"}}));
  led.feed("\x02M");
  EXPECT_EQ(led.drawer_pulses(), 1);
  EXPECT_TRUE(led.unknown().empty());
  led.feed("\x1BQA1,250\r");
  EXPECT_EQ(led.unknown().size(), 1u) << "grouping is not understood by digits";
}

TEST(Displays, ShowWhatTheyWereToldInAnyPieces) {
  const auto contents = text("蒙牛纯牛奶 250ml", "单价 3.50  合计 7.00");
  for (const auto& [kind, encoder] :
       {std::pair{DisplayKind::cd5220, make_cd5220_encoder(DisplayCharset::gb18030).release()},
        {DisplayKind::dm_d, make_dm_d_encoder(DisplayCharset::gb18030).release()}}) {
    const std::unique_ptr<DisplayEncoder> owner(encoder);
    const auto bytes =
        encoder->reset() + encoder->show(text("something that was longer", "x")) + encoder->show(contents);
    for (const std::size_t piece : {1, 2, 3, 7, 200}) {
      DisplayDecoder decoder(kind);
      for (std::size_t at = 0; at < bytes.size(); at += piece) decoder.feed(std::string_view(bytes).substr(at, piece));
      EXPECT_EQ(decoder.shown()["upper"], "蒙牛纯牛奶 250ml    ");
      EXPECT_EQ(decoder.shown()["lower"], "单价 3.50  合计 7.00");
      EXPECT_TRUE(decoder.unknown().empty());
    }
  }
}

TEST(Displays, LampsOfEveryWiring) {
  for (const auto& [style, wiring] : {std::pair{LampStyle::ascii, LampWiring::ascii},
                                      {LampStyle::binary, LampWiring::binary},
                                      {LampStyle::partner, LampWiring::partner},
                                      {LampStyle::bare, LampWiring::bare}}) {
    const auto encoder = make_led8_encoder(style);
    DisplayDecoder decoder(DisplayKind::led8, wiring);
    decoder.feed(encoder->reset());
    for (const auto& [kind, name] : {std::pair{Figure::price, "price"},
                                     {Figure::total, "total"},
                                     {Figure::paid, "paid"},
                                     {Figure::change, "change"}}) {
      decoder.feed(encoder->show(figure(kind, 1250)));
      EXPECT_EQ(decoder.shown(), (nlohmann::json{{"number", "12.50"}, {"lamp", name}}));
    }
    decoder.feed(encoder->show({}));
    EXPECT_EQ(decoder.shown()["number"], "");
    EXPECT_TRUE(decoder.unknown().empty()) << decoder.unknown().front();
  }
}

TEST(LineDisplayAddress, ReadsAllForms) {
  using Kind = LineDisplayAddress::Kind;
  const auto plain = LineDisplayAddress::parse("cd5220:/dev/ttyS1").value();
  EXPECT_EQ(plain.kind, Kind::cd5220);
  EXPECT_EQ(plain.port.settings, SerialSettings{});
  const auto led = LineDisplayAddress::parse("led8:/dev/ttyS1,lamp=partner,9600").value();
  EXPECT_EQ(led.lamps, LampStyle::partner);
  EXPECT_EQ(led.port.settings.baud, 9600);
  EXPECT_EQ(LineDisplayAddress::parse("led8:/dev/ttyS1").value().port.settings.baud, 2400);
  EXPECT_EQ(LineDisplayAddress::parse("dm-d:tcp://h:4001,ascii").value().charset, DisplayCharset::ascii);
  EXPECT_EQ(LineDisplayAddress::parse("none").value().kind, Kind::none);
  for (const char* bad : {"vfd:/dev/ttyS1", "cd5220:", "cd5220:/dev/ttyS1,lamp=ascii", "led8:/dev/ttyS1,lamp=red",
                          "led8:/dev/ttyS1,ascii", "dm-d:tcp://h"}) {
    ASSERT_FALSE(LineDisplayAddress::parse(bad)) << bad;
    EXPECT_EQ(LineDisplayAddress::parse(bad).error().code, "display.bad_address");
  }
  const auto none = make_line_display({});
  EXPECT_EQ(none->state(), DeviceState::none);
  EXPECT_EQ(none->pulse().error().code, "device.no_display");
}

TEST(DrawerAddress, ReadsAllForms) {
  using Kind = DrawerAddress::Kind;
  EXPECT_EQ(DrawerAddress::parse("printer").value().kind, Kind::printer);
  EXPECT_EQ(DrawerAddress::parse("printer:5").value().pin, 5);
  EXPECT_EQ(DrawerAddress::parse("display").value().kind, Kind::display);
  EXPECT_EQ(DrawerAddress::parse("serial:/dev/ttyS2").value().bytes, "\x02M");
  EXPECT_EQ(DrawerAddress::parse("serial:/dev/ttyS2,2400,byte=\\x07").value().bytes, "\x07");
  EXPECT_EQ(DrawerAddress::parse("").value().kind, Kind::none);
  for (const char* bad : {"printer:7", "printer:5,9600", "display:5", "serial:", "serial:/dev/ttyS2,byte=", "lp0"}) {
    ASSERT_FALSE(DrawerAddress::parse(bad)) << bad;
    EXPECT_EQ(DrawerAddress::parse(bad).error().code, "drawer.bad_address");
  }
}

struct PulsedPrinter final : ReceiptPrinter {
  Result<void> print(std::string, std::function<void(Result<void>)>) override { return {}; }
  Result<void> pulse(std::string bytes) override {
    pulses += bytes;
    return {};
  }
  [[nodiscard]] DeviceState state() const override { return DeviceState::ok; }
  std::string pulses;
};

TEST(CashDrawer, OpensThroughThePrinter) {
  PulsedPrinter printer;
  std::atomic<CashDrawer::Position> position = CashDrawer::Position::closed;
  DrawerMeans means;
  means.printer = &printer;
  means.position = [&] { return position.load(); };
  means.look = std::chrono::milliseconds(1);
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<CashDrawer::Position> told;
  {
    const auto drawer = make_drawer(DrawerAddress::parse("printer:5").value(), means);
    drawer->on_position([&](CashDrawer::Position now) {
      const std::lock_guard lock(mutex);
      told.push_back(now);
      changed.notify_all();
    });
    ASSERT_TRUE(drawer->open());
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(5), [&] { return told.size() == 1; }));
    position = CashDrawer::Position::open;
    EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(5), [&] { return told.size() == 2; }));
    EXPECT_EQ(drawer->position(), CashDrawer::Position::open);
  }
  EXPECT_EQ(printer.pulses, "\x1Bp\x01\x32\xFA");
  EXPECT_EQ(told.back(), CashDrawer::Position::open);
}

TEST(CashDrawer, WithoutOneSaysSo) {
  for (const char* address : {"none", "printer", "display"}) {
    const auto drawer = make_drawer(DrawerAddress::parse(address).value(), {});
    EXPECT_EQ(drawer->open().error().code, "device.no_drawer");
    EXPECT_EQ(drawer->position(), CashDrawer::Position::unknown);
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
