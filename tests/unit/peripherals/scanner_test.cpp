// What scanners send, cut into scans: by marks, by silence, whatever the pieces it comes in.
#include <linux/input-event-codes.h>

#include <random>

#include <gtest/gtest.h>

#include "peripherals/key_decoder.h"
#include "peripherals/scan_detector.h"
#include "peripherals/scan_framer.h"
#include "peripherals/scanner.h"

namespace lanekeeper::till::test {
namespace {

using Scans = std::vector<std::string>;

Scans feed(ScanFramer& framer, std::string_view bytes) {
  return framer.receive(bytes);
}

TEST(ScanFramer, EndsAtLineEnds) {
  ScanFramer framer({});
  EXPECT_EQ(feed(framer, "6901234567892\r\n]E06901234567892\n\r\nA\r"),
            (Scans{"6901234567892", "]E06901234567892", "A"}));
  EXPECT_FALSE(framer.in_scan());
  EXPECT_TRUE(framer.marks_ends());
  EXPECT_EQ(feed(framer,
                 "]C10106901234567892\x1D"
                 "10A\r"),
            (Scans{"]C10106901234567892\x1D"
                   "10A"}))
      << "GS is data";
}

TEST(ScanFramer, TakesItsMarksOff) {
  ScanFramer framer({"\x02", "\x03"});
  EXPECT_EQ(feed(framer,
                 "\x02"
                 "69012\x03\r\n\x02"
                 "34\x03"
                 "56\x03\x03"),
            (Scans{"69012", "34", "56"}));
  ScanFramer pair({"", "\r\n"});
  EXPECT_EQ(feed(pair, "12\r34\r\n\r\n56\r\n"), (Scans{"12\r34", "56"}));
}

TEST(ScanFramer, WithoutAnEndSilenceEndsIt) {
  ScanFramer framer({});
  EXPECT_TRUE(feed(framer, "69012").empty());
  EXPECT_TRUE(framer.in_scan());
  EXPECT_FALSE(framer.marks_ends());
  EXPECT_EQ(framer.silence(), Scans{"69012"});
  EXPECT_TRUE(framer.silence().empty());
}

TEST(ScanFramer, IsBounded) {
  ScanFramer framer({});
  EXPECT_TRUE(feed(framer, std::string(ScanFramer::max_length + 1, '7')).empty());
  EXPECT_TRUE(feed(framer, std::string(100'000, '7')).empty());
  EXPECT_EQ(feed(framer, "77\r69012\r"), Scans{"69012"}) << "what was too long is no code, nor is its end";
  EXPECT_EQ(feed(framer, std::string(ScanFramer::max_length, '8') + "\r"),
            Scans{std::string(ScanFramer::max_length, '8')});
}

TEST(ScanFramer, ADamagedScanIsNone) {
  ScanFramer framer({});
  EXPECT_TRUE(feed(framer, "690").empty());
  framer.damaged();
  EXPECT_EQ(feed(framer, "4567892\r6901234567892\r"), Scans{"6901234567892"});
  framer.damaged();
  EXPECT_TRUE(framer.silence().empty());
  EXPECT_EQ(feed(framer, "1\r"), Scans{"1"});
}

// Whatever the codes and however they are cut up, the same codes come out in the same order.
TEST(ScanFramer, LosesAndMergesNothing) {
  std::mt19937 random(20'261'122);
  const auto dice = [&random](std::size_t n) { return random() % n; };
  for (int round = 0; round < 2000; ++round) {
    const std::vector<ScanMarks> setups = {{}, {"", "\t"}, {"\x02", "\x03"}, {"~", "\r\n"}, {"AB", "ABA"}};
    const auto& marks = setups[dice(setups.size())];
    const auto end = marks.suffix.empty() ? (dice(2) == 0 ? "\r" : "\r\n") : marks.suffix;
    Scans sent;
    std::string bytes;
    for (auto count = 1 + dice(8); count > 0; --count) {
      std::string code;
      for (auto length = 1 + dice(dice(10) == 0 ? 200 : 20); length > 0; --length) {
        code += "0123456789]EC\x1D"[dice(14)];
      }
      bytes += marks.prefix + code + end;
      sent.push_back(code);
    }
    ScanFramer framer(marks);
    Scans got;
    while (!bytes.empty()) {
      const auto piece = std::min<std::size_t>(1 + dice(30), bytes.size());
      for (auto& scan : framer.receive(bytes.substr(0, piece))) got.push_back(std::move(scan));
      bytes.erase(0, piece);
    }
    for (auto& scan : framer.silence()) got.push_back(std::move(scan));
    ASSERT_EQ(got, sent) << "round " << round;
  }
}

// Types a text as a keyboard would.
std::string typed(KeyDecoder& decoder, const std::vector<std::pair<std::uint16_t, std::int32_t>>& events) {
  std::string out;
  for (const auto& [code, value] : events) {
    if (const auto c = decoder.key(code, value)) out += *c;
  }
  return out;
}

TEST(KeyDecoder, ReadsKeysWithShift) {
  KeyDecoder decoder;
  EXPECT_EQ(
      typed(decoder, {{KEY_6, 1}, {KEY_6, 0}, {KEY_9, 1}, {KEY_9, 0}, {KEY_KP0, 1}, {KEY_KP0, 0}, {KEY_ENTER, 1}}),
      "690\r");
  EXPECT_EQ(typed(decoder, {{KEY_RIGHTBRACE, 1},
                            {KEY_RIGHTBRACE, 0},
                            {KEY_LEFTSHIFT, 1},
                            {KEY_E, 1},
                            {KEY_E, 0},
                            {KEY_LEFTSHIFT, 0},
                            {KEY_0, 1},
                            {KEY_0, 0}}),
            "]E0");
  EXPECT_EQ(typed(decoder, {{KEY_RIGHTSHIFT, 1},
                            {KEY_LEFTSHIFT, 1},
                            {KEY_LEFTSHIFT, 0},
                            {KEY_9, 1},
                            {KEY_9, 0},
                            {KEY_RIGHTSHIFT, 0},
                            {KEY_9, 1}}),
            "(9")
      << "two shift keys";
  EXPECT_EQ(typed(decoder, {{KEY_A, 1}, {KEY_A, 2}, {KEY_A, 2}, {KEY_A, 0}}), "a") << "a key held is typed once";
  EXPECT_EQ(typed(decoder, {{KEY_LEFTCTRL, 1}, {KEY_RIGHTBRACE, 1}, {KEY_RIGHTBRACE, 0}, {KEY_LEFTCTRL, 0}}), "\x1D");
  EXPECT_EQ(typed(decoder, {{KEY_F1, 1}, {KEY_LEFTALT, 1}, {KEY_UP, 1}, {0x2FF, 1}}), "");
  EXPECT_EQ(typed(decoder, {{KEY_LEFTSHIFT, 1}, {KEY_1, 1}}), "!");
  decoder.reset();
  EXPECT_EQ(typed(decoder, {{KEY_1, 1}}), "1");
}

TEST(ScannerAddress, ReadsAllForms) {
  using Kind = ScannerAddress::Kind;
  const auto serial = ScannerAddress::parse("serial:/dev/ttyACM0,115200,prefix=\\x02,suffix=\\x03").value();
  EXPECT_EQ(serial.kind, Kind::serial);
  EXPECT_EQ(serial.port.settings.baud, 115200);
  EXPECT_EQ(serial.marks, (ScanMarks{"\x02", "\x03"}));
  EXPECT_EQ(ScannerAddress::parse("tcp://10.0.8.53:4001").value().port.port, 4001);
  EXPECT_EQ(ScannerAddress::parse("serial:tcp://h:1").value().port.host, "h");
  EXPECT_EQ(ScannerAddress::parse("serial:/dev/ttyACM0,suffix=\\,").value().marks.suffix, ",");
  const auto evdev = ScannerAddress::parse("evdev:/dev/input/by-id/usb-Scanner-event-kbd").value();
  EXPECT_EQ(evdev.kind, Kind::evdev);
  EXPECT_EQ(evdev.path, "/dev/input/by-id/usb-Scanner-event-kbd");
  EXPECT_EQ(ScannerAddress::parse("none").value().kind, Kind::none);
  for (const char* bad : {"usb:/dev/x", "serial:", "serial:ttyACM0", "evdev:event0", "evdev:/dev/input/event0,9600",
                          "serial:/dev/ttyACM0,prefix=", "serial:/dev/ttyACM0,suffix=\\x0", "tcp://h"}) {
    ASSERT_FALSE(ScannerAddress::parse(bad)) << bad;
    EXPECT_EQ(ScannerAddress::parse(bad).error().code, "scanner.bad_address");
  }
}

std::optional<DetectedScan> type(ScanDetector& detector, std::string_view keys) {
  static std::int64_t now = 0;
  now += 1000;
  for (const char key : keys) detector.character(key, now += 5);
  return detector.enter(now + 5);
}

TEST(ScanDetector, WithAPrefixOnlyWhatBeginsWithItIsAScan) {
  ScanDetector detector('~');
  const auto scan = type(detector, "~6901234567892");
  ASSERT_TRUE(scan);
  EXPECT_EQ(scan->data, "6901234567892");
  EXPECT_EQ(scan->typed, 14u) << "the prefix went to the screen too";
  EXPECT_EQ(type(detector, "~]E06901234567892")->symbology, barcode::Symbology::ean13);
  EXPECT_EQ(type(detector, "~12")->data, "12") << "short, but marked";
  EXPECT_FALSE(type(detector, "6901234567892")) << "fast, but not marked";
  EXPECT_FALSE(type(detector, "~"));
}

}  // namespace
}  // namespace lanekeeper::till::test
