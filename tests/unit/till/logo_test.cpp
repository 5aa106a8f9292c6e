#include "raster/logo.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "png_file.h"

namespace lanekeeper::till::test {
namespace {

constexpr int wide_paper = 576;
constexpr int narrow_paper = 384;

class LogoTest : public testing::Test {
 protected:
  LogoTest()
      : path_(std::filesystem::temp_directory_path() / ("lanekeeper-logo-" + std::to_string(::getpid()) + ".png")) {}
  ~LogoTest() override { std::filesystem::remove(path_); }
  [[nodiscard]] Result<Bitmap> load(const std::string& bytes, int paper_dots = wide_paper) const {
    std::ofstream(path_, std::ios::binary) << bytes;
    return load_logo(path_, paper_dots);
  }
  [[nodiscard]] std::string refusal(const std::string& bytes) const {
    const auto logo = load(bytes);
    return logo ? "" : logo.error().code;
  }

  const std::filesystem::path path_;
};

bool black(const Bitmap& bitmap, int x, int y) {
  return (bitmap.bits[static_cast<std::size_t>(y * bitmap.bytes_across() + x / 8)] >> (7 - x % 8) & 1) != 0;
}
int black_dots(const Bitmap& bitmap) {
  int count = 0;
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = 0; x < bitmap.width; ++x) count += black(bitmap, x, y);
  }
  return count;
}

TEST_F(LogoTest, BlackStaysBlackAndNothingElseIs) {
  const auto logo = load(png_of(20, 10, [](int x, int y) {
    if (x < 5) return Dot{0, 255};
    return Dot{static_cast<std::uint8_t>(y < 5 ? 255 : 0), static_cast<std::uint8_t>(y < 5 ? 255 : 0)};
  }));
  ASSERT_TRUE(logo);
  EXPECT_EQ(logo->width, 20) << "a small picture stays as it is";
  EXPECT_EQ(logo->height, 10);
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 20; ++x) EXPECT_EQ(black(*logo, x, y), x < 5) << x << " " << y << ": transparent is white";
  }
}

TEST_F(LogoTest, GreyIsScattered) {
  const auto logo = load(png_of(100, 100, [](int, int) { return Dot{192, 255}; }));
  ASSERT_TRUE(logo);
  EXPECT_NEAR(black_dots(*logo), 2500, 150) << "a quarter of the dots";
  int in_one_row = 0;
  for (int x = 0; x < 100; ++x) in_one_row += black(*logo, x, 50);
  EXPECT_NEAR(in_one_row, 25, 10);
}

TEST_F(LogoTest, ALargePictureIsMadeToFit) {
  const auto striped = png_of(1200, 300, [](int x, int) {
    return Dot{static_cast<std::uint8_t>(x < 600 ? 0 : 255), 255};
  });
  for (const int paper : {wide_paper, narrow_paper}) {
    const auto logo = load(striped, paper);
    ASSERT_TRUE(logo);
    EXPECT_EQ(logo->width, paper);
    EXPECT_EQ(logo->height, paper / 4);
    EXPECT_TRUE(black(*logo, paper / 2 - 3, 10));
    EXPECT_FALSE(black(*logo, paper / 2 + 3, 10));
  }
  const auto tall = load(png_of(100, 1000, [](int, int) { return Dot{0, 255}; }));
  ASSERT_TRUE(tall);
  EXPECT_EQ(tall->height, tallest_logo_dots);
  EXPECT_EQ(tall->width, 32);
  const auto line = load(png_of(4000, 1, [](int, int) { return Dot{0, 255}; }));
  ASSERT_TRUE(line);
  EXPECT_EQ(line->height, 1) << "never nothing";
}

TEST_F(LogoTest, RubbishIsRefusedInWords) {
  EXPECT_EQ(load_logo("/nowhere/logo.png", wide_paper).error().code, "logo.missing");
  EXPECT_EQ(load_logo("/", wide_paper).error().code, "logo.missing");
  EXPECT_EQ(refusal(""), "logo.missing");
  EXPECT_EQ(refusal("BM this is another kind of picture, whatever its name says"), "logo.not_png");
  EXPECT_EQ(refusal("\x89PNG"), "logo.not_png");
  const auto whole = png_of(40, 40, [](int x, int y) { return Dot{static_cast<std::uint8_t>(x * y), 255}; });
  ASSERT_EQ(refusal(whole), "");
  for (std::size_t length = 24; length < whole.size(); length += 17) {
    EXPECT_TRUE(refusal(whole.substr(0, length)).starts_with("logo.")) << length;
  }
  EXPECT_EQ(refusal(png_head(30000, 30000, 6) + png_chunk("IDAT", "x")), "logo.too_large") << "only claims to be";
  EXPECT_EQ(refusal(png_head(0, 10, 6) + png_chunk("IDAT", "x")), "logo.damaged");
  EXPECT_EQ(refusal(png_head(10, 10, 6) + png_chunk("IDAT", "no deflate") + png_chunk("IEND", "")), "logo.damaged");
  EXPECT_EQ(refusal(whole + std::string(most_logo_bytes, 'x')), "logo.too_large");
}

}  // namespace
}  // namespace lanekeeper::till::test
