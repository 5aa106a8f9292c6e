// Frames are from the makers' documents and public drivers as named at each test, or made after their description.
#include <gtest/gtest.h>

#include "conversation.h"
#include "peripherals/scale.h"

namespace lanekeeper::till {

void PrintTo(const ScaleReading& reading, std::ostream* out) {
  *out << "state " << static_cast<int>(reading.state) << " gross " << reading.gross.to_fixed_string();
}

namespace test {
namespace {

using namespace std::string_literals;
using State = ScaleReading::State;

struct Case {
  std::string frame;
  ScaleReading expected;
};

// Every split of the bytes, noise in front, and the same frame twice in a row give the same.
void expect_all_ways(ScaleCodec& codec, const std::vector<Case>& cases, const std::string& noise) {
  for (const auto& [frame, expected] : cases) {
    for (std::size_t piece = 1; piece <= frame.size(); ++piece) {
      EXPECT_EQ(converse(codec, frame, piece).reading, expected) << ::testing::PrintToString(frame) << piece;
    }
    EXPECT_EQ(converse(codec, noise + frame).reading, expected) << ::testing::PrintToString(frame);
    EXPECT_EQ(converse(codec, frame + frame, 64).reading, expected) << ::testing::PrintToString(frame);
    EXPECT_EQ(converse(codec, frame.substr(0, frame.size() - 2)).reading, std::nullopt) << "cut off";
  }
}

TEST(Weights, AreReadByIntegers) {
  using U = WeightUnit;
  EXPECT_EQ(parse_weight("12.345", U::kilogram), Quantity::of_milli(12345));
  EXPECT_EQ(parse_weight("  0.5", U::kilogram), Quantity::of_milli(500));
  EXPECT_EQ(parse_weight("+  1.500", U::kilogram), Quantity::of_milli(1500));
  EXPECT_EQ(parse_weight("-0.010", U::kilogram), Quantity::of_milli(-10));
  EXPECT_EQ(parse_weight("1.5000", U::kilogram), Quantity::of_milli(1500));
  EXPECT_EQ(parse_weight("836", U::gram), Quantity::of_milli(836));
  EXPECT_EQ(parse_weight("836.0", U::gram), Quantity::of_milli(836));
  EXPECT_EQ(parse_weight("0000.26", U::pound), Quantity::of_milli(118)) << "117.934 g";
  EXPECT_EQ(parse_weight("1", U::pound), Quantity::of_milli(454)) << "453.59237 g";
  EXPECT_EQ(parse_weight("10.0", U::ounce), Quantity::of_milli(283)) << "283.495 g";
  EXPECT_EQ(parse_pounds_ounces("2", "3.5"), Quantity::of_milli(1006)) << "907.185 g and 99.223 g";
  for (const char* bad : {"", " ", "-", ".5", "5.", "1.2.3", "1,5", "12345678", "1 2", "1.5kg", "--1", "0.8836"}) {
    EXPECT_EQ(parse_weight(bad, U::kilogram), std::nullopt) << bad;
  }
  EXPECT_EQ(parse_weight("0.5", U::gram), std::nullopt) << "half a gram cannot be written down";
  EXPECT_EQ(weight_unit(" KG"), U::kilogram);
  EXPECT_EQ(weight_unit("t"), std::nullopt);
}

// The forms of Odoo's driver: STX, spaces, digits and point, perhaps N, CR; and STX ? status CR.
TEST(Mettler8217, ReadsItsFrames) {
  const auto codec = make_mettler_8217(WeightUnit::kilogram);
  EXPECT_EQ(codec->begin(), "W");
  EXPECT_EQ(codec->zero_command(), "Z");
  expect_all_ways(*codec,
                  {{"\x02"
                    "00.836\r",
                    stable(836)},
                   {"\x02  0.836\r", stable(836)},
                   {"\x02"
                    "12.345\r",
                    stable(12345)},
                   {"\x02"
                    "00.000\r",
                    state(State::zero)},
                   {"\x02"
                    "00.400N\r",
                    state(State::under_zero)}},
                  "\r\n836\x15");
  for (const auto& [status, expected] : std::vector<std::pair<char, State>>{{'\x01', State::moving},
                                                                            {'\x41', State::moving},
                                                                            {'\x02', State::overload},
                                                                            {'\x03', State::overload},
                                                                            {'\x04', State::under_zero},
                                                                            {'\x08', State::under_zero},
                                                                            {'\x10', State::zero},
                                                                            {'\x20', State::under_zero},
                                                                            {'\x0D', State::under_zero},
                                                                            {'\x00', State::moving}}) {
    EXPECT_EQ(converse(*codec, "\x02?"s + status + "\r").reading, state(expected)) << static_cast<int>(status);
  }
}

TEST(Mettler8217, RefusesWhatIsNoWeight) {
  const auto codec = make_mettler_8217(WeightUnit::kilogram);
  for (const auto& frame : {"\x02\r"s,
                            "\x02"
                            "0.83.6\r"s,
                            "\x02-.836\r"s,
                            "\x02"
                            "0O.836\r"s,
                            "\x02"
                            "00.836kg\r"s,
                            "\x02"
                            "00..836\r"s,
                            "\x02"
                            "00.8836\r"s,
                            "\x02"
                            "0\0.836\r"s,
                            "\x02"
                            "EF\r"s}) {
    EXPECT_EQ(converse(*codec, frame).reading, state(State::garbled)) << ::testing::PrintToString(frame);
  }
  EXPECT_EQ(converse(*codec, "\x02" + std::string(500, '1') + "\r").reading, std::nullopt) << "no end: it is dropped";
  const auto pounds = make_mettler_8217(WeightUnit::pound);
  EXPECT_EQ(converse(*pounds,
                     "\x02"
                     "00.26\r")
                .reading,
            stable(118));
}

std::string cas_frame(const std::string& body) {
  char check = 0;
  for (const char c : body) check = static_cast<char>(check ^ c);
  return "\x01\x02"s + body + check + "\x03\x04";
}

// The frame as a public parser of it has it: SOH STX status sign weight(6) unit(2) BCC ETX EOT.
TEST(CasAp, AsksAndReads) {
  const auto codec = make_cas();
  const auto talk = converse(*codec, "\x06" + cas_frame("S  1.500kg"));
  EXPECT_EQ(talk.said, "\x05\x11");
  EXPECT_EQ(talk.reading, stable(1500));
  for (const auto& [body, expected] : std::vector<Case>{{"S  0.836kg", stable(836)},
                                                        {"S+ 0.836KG", stable(836)},
                                                        {"U  0.836kg", moving(836)},
                                                        {"S  0.000kg", state(State::zero)},
                                                        {"S- 0.100kg", state(State::under_zero)},
                                                        {"F      kg ", state(State::overload)},
                                                        {"SF     kg ", state(State::overload)},
                                                        {"S   1500 g", stable(1500)},
                                                        {"S  0.260lb", stable(118)},
                                                        {"S  1.500tn", state(State::garbled)},
                                                        {"X  1.500kg", state(State::garbled)},
                                                        {"S?  .836kg", state(State::garbled)}}) {
    for (std::size_t piece = 1; piece <= 16; ++piece) {
      EXPECT_EQ(converse(*codec, "\x06" + cas_frame(body), piece).reading, expected) << body;
    }
  }
}

TEST(CasAp, ChecksItsFrames) {
  const auto codec = make_cas();
  auto broken = cas_frame("S  1.500kg");
  broken[6] = '7';
  EXPECT_EQ(converse(*codec, "\x06" + broken).reading, state(State::garbled));
  EXPECT_EQ(converse(*codec, cas_frame("S  1.500kg")).reading, std::nullopt) << "an answer before it was asked for";
  EXPECT_EQ(converse(*codec, "\x15").reading, state(State::moving));
  EXPECT_EQ(converse(*codec, "\x06\x06" + cas_frame("S  1.500kg")).said, "\x05\x11") << "asked once";
}

// The line is that of the ER series; the 22 byte form is in CAS's manuals CI-600D (10-1) and NT-200 (14).
TEST(CasText, ReadsLines) {
  const auto codec = make_cas_text("");
  expect_all_ways(*codec,
                  {{"ST,GS,+  1.500kg\r\n", stable(1500)},
                   {"US,GS,+  1.500kg\r\n", moving(1500)},
                   {"ST,GS,+  0.000kg\r\n", state(State::zero)},
                   {"ST,GS,-  0.010kg\r\n", state(State::under_zero)},
                   {"ST,NT,+  1.500kg\r\n", state(State::under_zero)},
                   {"OL,GS,+  9.999kg\r\n", state(State::overload)},
                   {"ST,GS,1\xC4,   1.500 kg\r\n", stable(1500)},
                   {"ST,GS,+   836 g\r\n", stable(836)}},
                  "GS,+  7.777kg\r\n");
  for (const auto* bad : {"ST,GS,+  1.500\r\n", "ST,GS,+  1.5.0kg\r\n", "ST,XX,+  1.500kg\r\n", "ST,GS,+  1.500t\r\n",
                          "ST,GS,\r\n", "ST,\r\n"}) {
    EXPECT_EQ(converse(*codec, bad).reading, state(State::garbled)) << bad;
  }
  EXPECT_EQ(converse(*codec, std::string(300, 'S') + "\r\nST,GS,+  1.500kg\r\n").reading, stable(1500));
  EXPECT_EQ(make_cas_text("W\r")->begin(), "W\r");
}

// Seven bytes from STX to ETX, as the driver that was tested on a PD-II has it.
TEST(CasPd2, ReadsSevenBytesAndTellsNoMotion) {
  const auto codec = make_cas_pd2(WeightUnit::kilogram);
  EXPECT_EQ(codec->begin(), "W");
  EXPECT_FALSE(codec->tells_motion());
  expect_all_ways(*codec,
                  {{"\x02"
                    "00836\x03",
                    stable(836)},
                   {"\x02"
                    "0.836\x03",
                    stable(836)},
                   {"\x02"
                    "00000\x03",
                    state(State::zero)},
                   {"\x02"
                    "-0.01\x03",
                    state(State::under_zero)},
                   {"\x02"
                    "0836\x03",
                    state(State::garbled)},
                   {"\x02"
                    "ST,GS\x03",
                    state(State::garbled)}},
                  "0836\x03");
  EXPECT_EQ(converse(*codec,
                     "\x02\x02"
                     "0000883366\x03\x03")
                .reading,
            std::nullopt)
      << "every byte twice";
}

TEST(Steadiness, TakesTwoEqualWeights) {
  Steadiness steadiness;
  EXPECT_EQ(steadiness.judge(stable(836)), moving(836));
  EXPECT_EQ(steadiness.judge(stable(836)), stable(836));
  EXPECT_EQ(steadiness.judge(stable(836)), stable(836));
  EXPECT_EQ(steadiness.judge(stable(840)), moving(840));
  EXPECT_EQ(steadiness.judge(state(State::absent)), state(State::absent));
  EXPECT_EQ(steadiness.judge(stable(840)), moving(840)) << "the cable was out: it begins again";
  EXPECT_EQ(steadiness.judge(state(State::zero)), state(State::zero));
}

// The example of the protocol's description: stable 0.26 lb.
TEST(Nci, ReadsItsFrames) {
  const auto codec = make_nci();
  EXPECT_EQ(codec->begin(), "W\r");
  EXPECT_EQ(codec->zero_command(), "Z\r");
  expect_all_ways(*codec,
                  {{"\n0000.26LB\r\n00\r\x03", stable(118)},
                   {"\n   0.836kg\r\n00\r\x03", stable(836)},
                   {"\n   0.836kg\r\n10\r\x03", moving(836)},
                   {"\n   0.836kg\r\nS00\r\x03", stable(836)},
                   {"\n   0.836KG\r\n\xB0\xB0\r\x03", stable(836)},
                   {"\n   0.000kg\r\n20\r\x03", state(State::zero)},
                   {"\n^^^^^^^kg\r\n02\r\x03", state(State::overload)},
                   {"\n_______kg\r\n01\r\x03", state(State::under_zero)},
                   {"\n   0.400kg\r\n0p4\r\x03", state(State::under_zero)},
                   {"\n   0.400kg\r\n0p0\r\x03", stable(400)},
                   {"\n2lb 03.5oz\r\n00\r\x03", stable(1006)},
                   {"\n10\r\x03", state(State::moving)},
                   {"\n20\r\x03", state(State::zero)},
                   {"\n?\r\x03", state(State::garbled)},
                   {"\n   0.836kg\r\n40\r\x03", state(State::garbled)},
                   {"\n   0.836kg\r\n08\r\x03", state(State::garbled)}},
                  "0.26LB\r\x03");
  for (const auto* bad : {"\n0000.26\r\n00\r\x03", "\n0000.26LB\n00\r\x03", "\n0000.26LB\r\n0\r\x03",
                          "\n0000.26LB\r\nxx\r\x03", "\n\r\n00\r\x03", "\n0000..26LLBB\r\n00\r\x03", "\n\n\x03"}) {
    EXPECT_EQ(converse(*codec, bad).reading, state(State::garbled)) << bad;
  }
}

TEST(ScaleAddress, ReadsAllForms) {
  using Protocol = ScaleAddress::Protocol;
  using Parity = SerialSettings::Parity;
  const auto toledo = ScaleAddress::parse("mettler-8217:/dev/ttyS0").value();
  EXPECT_EQ(toledo.protocol, Protocol::mettler_8217);
  EXPECT_EQ(toledo.port.path, "/dev/ttyS0");
  EXPECT_EQ(toledo.port.settings, (SerialSettings{9600, 7, Parity::even, 1}));
  const auto other = ScaleAddress::parse("mettler-8217:/dev/ttyS0,4800,8N1,lb").value();
  EXPECT_EQ(other.port.settings, (SerialSettings{4800, 8, Parity::none, 1}));
  EXPECT_EQ(other.unit, WeightUnit::pound);
  const auto remote = ScaleAddress::parse("cas:tcp://10.0.8.51:4001").value();
  EXPECT_EQ(remote.port.host, "10.0.8.51");
  EXPECT_EQ(remote.port.port, 4001);
  EXPECT_EQ(ScaleAddress::parse("nci:tcp://[::1]:4001").value().port.host, "::1");
  EXPECT_EQ(ScaleAddress::parse("cas-text:/dev/ttyS0,ask=W\\r\\n").value().question, "W\r\n");
  EXPECT_EQ(ScaleAddress::parse("dialog06:/dev/ttyS0,poly=8005").value().polynomial, 0x8005);
  EXPECT_EQ(ScaleAddress::parse("cas-pd2:/dev/ttyS0").value().protocol, Protocol::cas_pd2);
  EXPECT_EQ(ScaleAddress::parse("none").value().protocol, Protocol::none);
  EXPECT_EQ(ScaleAddress::parse("").value().protocol, Protocol::none);
  for (const char* bad : {"toledo:/dev/ttyS0", "cas", "cas:", "cas:ttyS0", "cas:/dev/ttyS0,9601", "cas:/dev/ttyS0,9E1",
                          "cas:/dev/ttyS0,lb", "cas:tcp://h", "cas:tcp://:1", "cas:tcp://h:0", "nci:/dev/ttyS0,poly=1",
                          "dialog06:/dev/ttyS0,poly=18005", "cas-text:/dev/ttyS0,ask=\\q"}) {
    const auto address = ScaleAddress::parse(bad);
    ASSERT_FALSE(address) << bad;
    EXPECT_EQ(address.error().code, "scale.bad_address");
  }
}

}  // namespace
}  // namespace test
}  // namespace lanekeeper::till
