// Damaged bytes from scales and scanners, and damaged texts for displays: good frames of every protocol, then bytes
// changed, cut, doubled and mixed, in pieces of any size. Whatever comes, nothing crashes, nothing grows, and no weight
// is out of the world.
//
// A few seconds in the suite; LANEKEEPER_FUZZ_SECONDS makes it longer, LANEKEEPER_FUZZ_SEED repeats a run.
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "base/text.h"
#include "peripherals/display_frames.h"
#include "peripherals/key_decoder.h"
#include "peripherals/scale.h"
#include "peripherals/scan_framer.h"

namespace lanekeeper::till {
namespace {

using namespace std::string_literals;
using State = ScaleReading::State;

std::uint64_t setting(const char* name, std::uint64_t usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

// Runs rounds until the time is over; says how a failure is repeated.
template <class Round>
void for_a_while(const Round& round) {
  const auto seed = setting("LANEKEEPER_FUZZ_SEED", std::random_device{}());
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(setting("LANEKEEPER_FUZZ_SECONDS", 2));
  std::mt19937_64 engine(seed);
  std::uint64_t rounds = 0;
  for (; std::chrono::steady_clock::now() < end && !::testing::Test::HasFailure(); ++rounds) round(engine);
  std::cout << rounds << " rounds, seed " << seed << "\n";
}

std::size_t dice(std::mt19937_64& engine, std::size_t n) {
  return static_cast<std::size_t>(engine() % n);
}

const std::vector<std::string>& frames() {
  static const std::vector<std::string> all = {
      "\x02"
      "00.836\r",
      "\x02?A\r",
      "\x06\x01\x02S  1.500kg\x27\x03\x04",
      "\x06",
      "\x15",
      "ST,GS,+  1.500kg\r\n",
      "US,NT,1\xC4,  -1.500 kg\r\n",
      "\x02"
      "00836\x03",
      "\n0000.26LB\r\n00\r\x03",
      "\n2lb 03.5oz\r\n0p4\r\x03",
      "\n?\r\x03",
      "\x02"
      "02\x1B"
      "3\x1B"
      "00836\x1B"
      "000100\x1B"
      "000084\x03",
      "\x02"
      "09\x1B"
      "21\x03",
      "\x02"
      "11\x1B"
      "25A\x03",
      "\x02"
      "11\x1B"
      "1\x03",
      "6901234567892\r\n",
      "\x02]C10106901234567892\x1D"
      "10A\x03"};
  return all;
}

std::string damaged(std::mt19937_64& engine) {
  std::string bytes;
  for (auto count = 1 + dice(engine, 3); count > 0; --count) bytes += frames()[dice(engine, frames().size())];
  for (auto changes = dice(engine, 6); changes > 0 && !bytes.empty(); --changes) {
    const auto at = dice(engine, bytes.size());
    switch (dice(engine, 5)) {
      case 0:
        bytes[at] = static_cast<char>(engine());
        break;
      case 1:
        bytes.erase(at, 1 + dice(engine, 4));
        break;
      case 2:
        bytes.insert(at, 1, bytes[at]);
        break;
      case 3:
        bytes.insert(at, bytes.substr(dice(engine, bytes.size()), dice(engine, 30)));
        break;
      default:
        bytes.insert(at, 1 + dice(engine, 200), static_cast<char>(engine()));
        break;
    }
  }
  return bytes;
}

template <class Take>
void in_pieces(std::mt19937_64& engine, std::string_view bytes, const Take& take) {
  while (!bytes.empty()) {
    const auto piece = std::min<std::size_t>(1 + dice(engine, 12), bytes.size());
    take(bytes.substr(0, piece));
    bytes.remove_prefix(piece);
  }
}

TEST(DeviceBytes, NoFrameCrashesAScale) {
  std::vector<std::unique_ptr<ScaleCodec>> codecs;
  for (const auto* address : {"mettler-8217:/x", "mettler-8217:/x,lb", "cas:/x", "cas-text:/x", "cas-pd2:/x", "nci:/x",
                              "dialog06:/x", "dialog06:/x,poly=8005"}) {
    codecs.push_back(make_scale_codec(ScaleAddress::parse(address).value()));
  }
  for_a_while([&](std::mt19937_64& engine) {
    const auto bytes = damaged(engine);
    auto& codec = *codecs[dice(engine, codecs.size())];
    if (dice(engine, 4) != 0) {
      EXPECT_LT(codec.begin().size(), 32u);
    }
    in_pieces(engine, bytes, [&](std::string_view piece) {
      const auto answer = codec.receive(piece);
      EXPECT_LT(answer.reply.size(), 200u);
      if (!answer.reading) return;
      const auto& [state, gross] = *answer.reading;
      EXPECT_TRUE(state != State::none && state != State::absent);
      EXPECT_GE(gross.milli(), 0) << ::testing::PrintToString(bytes);
      EXPECT_LE(gross.milli(), 9'999'999'000) << ::testing::PrintToString(bytes);
      EXPECT_TRUE(state == State::stable || state == State::moving || gross.milli() == 0);
      EXPECT_TRUE(state != State::stable || gross.milli() > 0);
    });
  });
}

// One wrong byte within what the check covers never becomes another weight.
TEST(DeviceBytes, TheCheckOfCasHolds) {
  const auto codec = make_cas();
  const std::string good = "\x06\x01\x02S  1.500kg";
  std::string body = good.substr(3);
  char check = 0;
  for (const char c : body) check = static_cast<char>(check ^ c);
  for (std::size_t at = 3; at < good.size() + 1; ++at) {
    for (int value = 0; value < 256; ++value) {
      auto bytes = good + check + "\x03\x04";
      bytes[at] = static_cast<char>(value);
      (void)codec->begin();
      const auto reading = codec->receive(bytes).reading;
      if (reading && reading->state == State::stable) {
        EXPECT_EQ(reading->gross.milli(), 1500) << at << " " << value;
      }
    }
  }
}

TEST(DeviceBytes, NoBytesCrashAScanner) {
  const std::vector<ScanMarks> setups = {{}, {"\x02", "\x03"}, {"]", "\r\n"}, {"", "\t"}};
  std::vector<ScanFramer> framers;
  for (const auto& marks : setups) framers.emplace_back(marks);
  KeyDecoder keys;
  for_a_while([&](std::mt19937_64& engine) {
    auto bytes = damaged(engine);
    if (dice(engine, 200) == 0) bytes.append(dice(engine, 9000), static_cast<char>('0' + dice(engine, 10)));
    auto& framer = framers[dice(engine, framers.size())];
    const auto check = [](const std::vector<std::string>& scans) {
      for (const auto& scan : scans) {
        EXPECT_FALSE(scan.empty());
        EXPECT_LE(scan.size(), ScanFramer::max_length);
      }
    };
    in_pieces(engine, bytes, [&](std::string_view piece) { check(framer.receive(piece)); });
    if (dice(engine, 3) == 0) check(framer.silence());
    if (dice(engine, 20) == 0) framer.damaged();
    (void)keys.key(static_cast<std::uint16_t>(engine()), static_cast<std::int32_t>(dice(engine, 3)));
  });
}

TEST(DeviceBytes, NoTextCommandsADisplay) {
  for_a_while([&](std::mt19937_64& engine) {
    auto text = damaged(engine);
    if (dice(engine, 2) == 0) text += "蒙牛纯牛奶";
    const auto ascii = display_line(text, DisplayCharset::ascii);
    EXPECT_EQ(ascii.size(), static_cast<std::size_t>(display_columns));
    const auto chinese = display_line(text, DisplayCharset::gb18030);
    for (const char c : chinese) EXPECT_FALSE(static_cast<unsigned char>(c) < 0x20) << ::testing::PrintToString(text);
    if (const auto number = led_number(text)) {
      EXPECT_LE(number->size(), 9u);
    }
  });
}

}  // namespace
}  // namespace lanekeeper::till
