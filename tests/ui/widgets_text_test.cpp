#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "widgets/text.h"

namespace lanekeeper::widgets {
namespace {

TEST(WidgetsText, WritesMoneyWithAMinusAsWideAsADigit) {
  EXPECT_EQ(amount_text(Money::of_minor(-5'27)),
            "\xE2\x88\x92"
            "5.27");
  EXPECT_EQ(amount_text(Money::of_minor(1'286'40)), "1286.40");
  EXPECT_EQ(grouped_amount_text(Money::of_minor(1'286'40)), "1,286.40");
  EXPECT_EQ(grouped_amount_text(Money::of_minor(-123'456'789'01)),
            "\xE2\x88\x92"
            "123,456,789.01");
  EXPECT_EQ(grouped_count_text(18'426), "18,426");
  EXPECT_EQ(grouped_count_text(126), "126");
  EXPECT_EQ(weight_text(Quantity::of_milli(836)), "0.836 kg");
}

std::vector<std::string> pieces(std::string_view text) {
  std::vector<std::string> out;
  for (const wxString& piece : break_pieces(to_wx(text))) out.push_back(to_utf8(piece));
  return out;
}

TEST(WidgetsText, BreaksWhereTypesettersDo) {
  EXPECT_THAT(pieces("Change price"), testing::ElementsAre("Change ", "price"));
  EXPECT_THAT(pieces("挂单/取单"), testing::ElementsAre("挂", "单/", "取", "单"));
  EXPECT_THAT(pieces("好，再见。"), testing::ElementsAre("好，", "再", "见。"));
  EXPECT_THAT(pieces("（大）"), testing::ElementsAre("（大）"));
}

}  // namespace
}  // namespace lanekeeper::widgets
