#include "raster/line_drawing.h"

#include <gtest/gtest.h>

#include "devices/escpos_decoder.h"
#include "receipt/paper_encoder.h"

namespace lanekeeper::till::test {
namespace {

using receipt_template::Align;
using receipt_template::PaperLine;
using receipt_template::Style;

constexpr int columns = 48;

// Black dots between two columns of the paper.
int black(const Bitmap& bitmap, int from_column, int to_column) {
  int count = 0;
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = from_column * column_dots; x < to_column * column_dots; ++x) {
      count += bitmap.bits[static_cast<std::size_t>(y * bitmap.bytes_across() + x / 8)] >> (7 - x % 8) & 1;
    }
  }
  return count;
}

Bitmap drawn(const std::string& text, const Style& style = {}, Align align = Align::left) {
  return draw_line(PaperLine{align, {{text, style}}}, columns);
}

TEST(LineDrawing, CharactersStandInTheirColumns) {
  const auto line = drawn("惠民 1.00");
  EXPECT_EQ(line.width, 576);
  EXPECT_EQ(line.height, 30);
  EXPECT_GT(black(line, 0, 2), 50);
  EXPECT_GT(black(line, 2, 4), 50);
  EXPECT_EQ(black(line, 4, 5), 0) << "a blank";
  EXPECT_GT(black(line, 5, 6), 15);
  EXPECT_EQ(black(line, 9, columns), 0);
  const auto centred = drawn("惠民", {}, Align::centre);
  EXPECT_EQ(black(centred, 0, 22), 0);
  EXPECT_GT(black(centred, 22, 26), 100);
  EXPECT_EQ(black(centred, 26, columns), 0);
}

TEST(LineDrawing, StylesShow) {
  const int plain = black(drawn("应付"), 0, 4);
  Style style;
  style.bold = true;
  EXPECT_GT(black(drawn("应付", style), 0, 4), plain);
  style = {};
  style.width = 2;
  style.height = 2;
  const auto twice = drawn("应付", style);
  EXPECT_EQ(twice.height, 54);
  EXPECT_GT(black(twice, 4, 8), plain);
  style = {};
  style.inverted = true;
  EXPECT_GT(black(drawn("应付", style), 0, 4), 4 * 12 * 24 / 2);
  style = {};
  style.underlined = true;
  EXPECT_EQ(black(drawn("  ", style), 0, 2), 2 * 2 * 12);
  EXPECT_EQ(black(drawn("牛奶", style), 0, 4), black(drawn("牛奶", style), 0, columns));
}

TEST(LineDrawing, PrintersWithoutChineseGetPicturesOfItOnly) {
  PaperEncoding encoding;
  encoding.drawn_line = [](const PaperLine& line) { return draw_line(line, columns); };
  const auto bytes =
      escpos_of({PaperLine{Align::left, {{"TOTAL 1.00", {}}}}, PaperLine{Align::centre, {{"合计", {}}}}}, encoding);
  devices::EscPosDecoder decoder;
  int pictures = 0;
  int lines = 0;
  for (const auto& event : decoder.feed(bytes)) {
    pictures += std::holds_alternative<devices::Raster>(event);
    lines += std::holds_alternative<devices::TextLine>(event);
  }
  EXPECT_EQ(pictures, 1);
  EXPECT_EQ(lines, 1);
}

}  // namespace
}  // namespace lanekeeper::till::test
