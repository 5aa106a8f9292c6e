// Checkout Dialog 06. The records and their order are those of two public drivers; the codes are the protocol's.
#include <gtest/gtest.h>

#include "conversation.h"

namespace lanekeeper::till::test {
namespace {

using namespace std::string_literals;
using State = ScaleReading::State;

const std::string price_record =
    "\x04\x02"
    "01\x1B"
    "000100\x1B\x03";
const std::string ask_weight = "\x04\x04\x05";
const std::string ask_status =
    "\x04\x04\x02"
    "08\x03";

std::unique_ptr<ScaleCodec> scale(std::optional<std::uint16_t> polynomial = std::nullopt) {
  return make_dialog06({polynomial, [] { return std::uint16_t{0x1234}; }});
}

std::string weight_record(const std::string& grams) {
  return "\x02"
         "02\x1B"
         "3\x1B" +
         grams +
         "\x1B"
         "000100\x1B"
         "000084\x03";
}
std::string status_record(const std::string& code) {
  return "\x02"
         "09\x1B" +
         code + "\x03";
}

TEST(Dialog06, WeighsWithPriceAndQuestion) {
  for (std::size_t piece = 1; piece < 40; ++piece) {
    const auto codec = scale();
    const auto talk = converse(*codec, "\x06" + weight_record("00836"), piece);
    EXPECT_EQ(talk.said, price_record + ask_weight + "\x04");
    EXPECT_EQ(talk.reading, stable(836));
  }
}

TEST(Dialog06, AsksForTheReasonOfARefusal) {
  const std::vector<std::pair<std::string, State>> codes = {
      {"20", State::moving},     {"22", State::moving},   {"21", State::moving},  {"30", State::zero},
      {"31", State::under_zero}, {"32", State::overload}, {"00", State::moving},  {"01", State::garbled},
      {"02", State::garbled},    {"10", State::garbled},  {"11", State::garbled}, {"12", State::garbled},
      {"13", State::garbled},    {"99", State::garbled}};
  for (const auto& [code, expected] : codes) {
    const auto codec = scale();
    const auto talk = converse(*codec, "\x06\x15" + status_record(code));
    EXPECT_EQ(talk.said, price_record + ask_weight + ask_status + "\x04") << code;
    EXPECT_EQ(talk.reading, state(expected)) << code;
  }
}

TEST(Dialog06, AWeightHoldsUntilSomethingMoves) {
  const auto codec = scale();
  EXPECT_EQ(converse(*codec, "\x06" + weight_record("00836")).reading, stable(836));
  EXPECT_EQ(converse(*codec, "\x06\x15" + status_record("21")).reading, stable(836));
  EXPECT_EQ(converse(*codec, "\x06\x15" + status_record("20")).reading, state(State::moving));
  EXPECT_EQ(converse(*codec, "\x06\x15" + status_record("21")).reading, state(State::moving))
      << "after a movement the old weight is nobody's";
}

TEST(Dialog06, AnswersTheChallenge) {
  // The remainder of a checksum equal to the generator's top bits: x^15 * x^16 by x^16 + x^15 + x^2 + 1.
  EXPECT_EQ(dialog06_correction(0x0001, 0x8005), 0x8005);
  EXPECT_EQ(dialog06_correction(0x0000, 0x8005), 0x0000);
  const auto codec = scale(0x8005);
  const auto correction = dialog06_correction(0x1234, 0x8005);
  char shape[9];
  std::snprintf(shape, sizeof shape, "%04X%04X", 0x2341U,  // rotated left by 4
                ((correction >> 8U) | (correction << 8U)) & 0xFFFFU);
  const auto talk = converse(*codec,
                             "\x02"
                             "11\x1B"
                             "248\x03"
                             "\x06"
                             "\x02"
                             "11\x1B"
                             "1\x03"
                             "\x06" +
                                 weight_record("00836"));
  EXPECT_EQ(talk.said, price_record +
                           "\x04\x04\x02"
                           "10\x1B" +
                           shape + "\x03" + ask_weight + "\x04" + price_record + ask_weight + "\x04");
  EXPECT_EQ(talk.reading, stable(836));
}

TEST(Dialog06, WithoutThePolynomialTheScaleStaysShut) {
  const auto codec = scale();
  const auto talk = converse(*codec,
                             "\x02"
                             "11\x1B"
                             "248\x03"
                             "\x02"
                             "11\x1B"
                             "0\x03");
  EXPECT_NE(talk.said.find("\x02"
                           "10\x1B"),
            std::string::npos);
  EXPECT_EQ(talk.reading, state(State::garbled));
}

TEST(Dialog06, RefusesWhatItCannotRead) {
  for (const auto& frame : {weight_record("0836"), weight_record("0O836"),
                            "\x02"
                            "02\x1B"
                            "3\x1B"
                            "00836\x1B"
                            "000200\x1B"
                            "000084\x03"s,
                            "\x02"
                            "02\x03"s,
                            "\x02"
                            "77\x1B"
                            "1\x03"s,
                            "\x02\x03"s,
                            "\x02"
                            "11\x1B"
                            "2\x03"s,
                            "\x02"
                            "11\x1B"
                            "2XY\x03"s}) {
    const auto codec = scale();
    EXPECT_EQ(converse(*codec, "\x06" + frame).reading, state(State::garbled)) << ::testing::PrintToString(frame);
  }
  const auto codec = scale();
  std::string circle;
  for (int i = 0; i < 20; ++i)
    circle +=
        "\x02"
        "11\x1B"
        "1\x03"
        "\x06";
  EXPECT_EQ(converse(*codec, circle).reading, state(State::garbled)) << "round in circles";
}

}  // namespace
}  // namespace lanekeeper::till::test
