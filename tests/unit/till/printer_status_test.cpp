// What printers say about themselves, and how a job is cut into pieces.
#include <gtest/gtest.h>

#include "peripherals/escpos_pieces.h"
#include "peripherals/printer_status.h"

namespace lanekeeper::till::test {
namespace {

PrinterStatus heard(int question, unsigned char byte) {
  StatusReader reader;
  reader.expect_real_time(question);
  const char answer = static_cast<char>(byte);
  reader.feed({&answer, 1});
  EXPECT_TRUE(reader.answered());
  return reader.status();
}

TEST(StatusReader, RealTimeAnswers) {
  EXPECT_EQ(heard(1, 0x12).drawer_pin, false);
  EXPECT_EQ(heard(1, 0x16).drawer_pin, true);
  EXPECT_TRUE(heard(1, 0x1a).offline);
  EXPECT_TRUE(heard(2, 0x16).cover_open);
  EXPECT_TRUE(heard(2, 0x32).paper_out);
  EXPECT_TRUE(heard(2, 0x52).error);
  EXPECT_TRUE(heard(3, 0x1a).wants_recovery);
  EXPECT_FALSE(heard(3, 0x32).wants_recovery) << "only a repair helps";
  EXPECT_FALSE(heard(4, 0x12).paper_low);
  EXPECT_TRUE(heard(4, 0x1e).paper_low);
  EXPECT_FALSE(heard(4, 0x1e).paper_out);
  EXPECT_TRUE(heard(4, 0x72).paper_out);
}

TEST(StatusReader, AutomaticStatusBetweenAnswers) {
  StatusReader reader;
  reader.expect_real_time(1);
  reader.feed(std::string("\x3c\x00\x12\x0f\x00", 5));  // the answer comes within the block
  EXPECT_TRUE(reader.answered());
  EXPECT_TRUE(reader.status().cover_open);
  EXPECT_TRUE(reader.status().paper_low);
  EXPECT_TRUE(reader.status().paper_out);
  EXPECT_FALSE(reader.heard_rubbish());
  reader.feed(std::string("\x10\x00\x00\x00", 4));
  EXPECT_EQ(trouble_of(reader.status()).has_value(), true);
  reader.feed(std::string("\x18\x04\x00\x00", 4));
  EXPECT_EQ(trouble_of(reader.status()).error().code, "device.error");
}

TEST(StatusReader, InItsTurn) {
  StatusReader reader;
  reader.expect_in_order();
  EXPECT_FALSE(reader.answered_in_order());
  reader.feed("\x03");
  EXPECT_TRUE(reader.answered_in_order());
  EXPECT_TRUE(reader.status().paper_low);
  EXPECT_FALSE(reader.status().paper_out);
}

TEST(StatusReader, RubbishIsHeardAsSuch) {
  StatusReader reader;
  reader.feed("\xff\x80\xc3");
  EXPECT_TRUE(reader.heard_rubbish());
  EXPECT_EQ(reader.status(), PrinterStatus{});
}

TEST(StatusReader, TheGravestTroubleIsSaidFirst) {
  PrinterStatus status;
  status.offline = status.paper_out = status.cover_open = status.error = true;
  EXPECT_EQ(trouble_of(status).error().code, "device.cover_open");
  status.cover_open = false;
  EXPECT_EQ(trouble_of(status).error().code, "device.paper_out");
  status = {};
  status.offline = true;
  EXPECT_EQ(state_of(trouble_of(status).error()), DeviceState::offline);
  status = {};
  status.paper_low = true;
  EXPECT_TRUE(trouble_of(status)) << "works, but warns";
}

std::string joined(const std::vector<std::string_view>& pieces) {
  std::string all;
  for (const auto piece : pieces) all += piece;
  return all;
}

TEST(EscPosPieces, EndBetweenLinesAndKeepTheCutApart) {
  const std::string cut = "\x1dVB\x03";
  const std::string job = "\x1b@\x1c&one\ntwo\nthree\n\x1dkI\x03{C\x0a" + cut;
  const auto pieces = escpos_pieces(job, 8);
  EXPECT_EQ(joined(pieces), job);
  ASSERT_EQ(pieces.size(), 4U);
  EXPECT_EQ(pieces[0], "\x1b@\x1c&one\n");
  EXPECT_EQ(pieces[2], "\x1dkI\x03{C\x0a") << "a line feed inside a barcode ends nothing";
  EXPECT_EQ(pieces.back(), cut);
}

TEST(EscPosPieces, WhatIsNotUnderstoodIsOnePiece) {
  for (const std::string& job :
       {std::string("one\n\x1b\x07two\nthree\n"), std::string("one\n\x1d"), std::string("\x1dv")}) {
    const auto pieces = escpos_pieces(job, 4);
    EXPECT_EQ(joined(pieces), job);
  }
  EXPECT_TRUE(escpos_pieces("", 4).empty());
}

TEST(EscPosPieces, WithoutAKnifeTheLastFeedIsTheCut) {
  const std::string torn =
      "\x1b@one\n\x1b"
      "d\x02two\n\x1b"
      "d\x05";
  const auto pieces = escpos_pieces(torn, 1000);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[1],
            "\x1b"
            "d\x05");
  EXPECT_EQ(escpos_pieces("\x1b@one\n\x1b"
                          "d\x05\x1dVB\x03",
                          1000)
                .back(),
            "\x1dVB\x03");
}

TEST(EscPosPieces, PicturesStayWhole) {
  std::string picture = "\x1dv0";
  picture += std::string("\x00\x02\x00\x03\x00", 5) + "\n\n\n\n\n\n";
  const std::string job = "a\n" + picture + "b\n";
  const auto pieces = escpos_pieces(job, 1);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[1], picture);
}

}  // namespace
}  // namespace lanekeeper::till::test
