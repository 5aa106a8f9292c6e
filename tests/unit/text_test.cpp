#include "base/text.h"

#include <gtest/gtest.h>

namespace lanekeeper {
namespace {

TEST(Utf8, AcceptsWellFormedText) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("plain"));
  EXPECT_TRUE(is_valid_utf8("可口可乐 é 🥤"));
  EXPECT_TRUE(is_valid_utf8("\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesOverlongSurrogatesAndTornText) {
  for (const std::string_view bad :
       {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF0\x80\x80\x80", "\x80", "\xE5\x8F", "\xFF",
        "a\xE5"
        "b"}) {
    EXPECT_FALSE(is_valid_utf8(bad)) << to_hex(as_bytes(bad));
  }
}

TEST(Utf8, SanitizesWithoutLosingWhatIsGood) {
  EXPECT_EQ(sanitize_utf8("a\tb\nc"), "a\tb\nc");
  EXPECT_EQ(sanitize_utf8("a\x01"
                          "b\x7F"
                          "c\xC2\x85"),
            "a\uFFFDb\uFFFDc\uFFFD");
  EXPECT_EQ(sanitize_utf8("可\xE5\x8F"
                          "口"),
            "可\uFFFD口");
  EXPECT_EQ(sanitize_utf8("\xF0\x9F\xA5"), "\uFFFD");
}

TEST(Utf8, TravelsThroughUtf32) {
  EXPECT_EQ(to_utf32("可a🥤"), U"可a🥤");
  EXPECT_EQ(to_utf8(U"可a🥤"), "可a🥤");
  EXPECT_EQ(to_utf8(std::u32string{0xD800, 0x110000}), "\uFFFD\uFFFD");
}

TEST(Trim, TakesOffAsciiAndChineseSpaceAndTheByteOrderMark) {
  EXPECT_EQ(trim(" \t\r\n可 乐　\uFEFF "), "可 乐");
  EXPECT_EQ(trim("　 　"), "");
  EXPECT_EQ(trim(""), "");
}

TEST(AsciiText, DigitsAndCase) {
  EXPECT_TRUE(is_ascii_digits("0123456789"));
  EXPECT_FALSE(is_ascii_digits(""));
  EXPECT_FALSE(is_ascii_digits("12a"));
  EXPECT_FALSE(is_ascii_digits("１２"));
  EXPECT_EQ(to_lower_ascii("ABcÉ可"), "abcÉ可");
}

TEST(DisplayWidth, CountsColumnsOfAFixedPitchPrinter) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("可乐330ml"), 9);
  EXPECT_EQ(display_width("ＡＢ"), 4);
  EXPECT_EQ(display_width(U'×'), 2);  // ambiguous: GB18030 printers draw it wide
  EXPECT_EQ(display_width(U'¥'), 1);
  EXPECT_EQ(display_width("e\u0301"), 1);
  EXPECT_EQ(display_width("\u200B\n"), 0);
}

TEST(DisplayWidth, TruncatesOnCharacterBoundaries) {
  EXPECT_EQ(truncate_to_width("可口可乐", 5), "可口");
  EXPECT_EQ(truncate_to_width("可口可乐", 8), "可口可乐");
  EXPECT_EQ(truncate_to_width("ab", 10), "ab");
  EXPECT_EQ(truncate_to_width("可", 1), "");
}

TEST(Hex, RoundTripsAndRefusesRubbish) {
  const Bytes bytes{0x00, 0x7F, 0xFF};
  EXPECT_EQ(to_hex(bytes), "007fff");
  EXPECT_EQ(from_hex("007FfF").value(), bytes);
  EXPECT_EQ(from_hex("").value(), Bytes{});
  for (const auto* bad : {"0", "0g", "zz", " 0"}) EXPECT_EQ(from_hex(bad).error().code, "text.bad_hex") << bad;
}

// RFC 4648 section 10.
TEST(Base64, MatchesTheStandardsVectors) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [text, encoded] : vectors) {
    EXPECT_EQ(to_base64(as_bytes(text)), encoded);
    EXPECT_EQ(as_text(from_base64(encoded).value()), text);
  }
}

TEST(Base64, AcceptsOnlyTheOneEncoding) {
  for (const auto* bad : {"Zg", "Zg=", "Z===", "====", "Zh==", "Zm9=", "Zm 9v", "Zg==Zg=="}) {
    EXPECT_FALSE(from_base64(bad)) << bad;
  }
}

}  // namespace
}  // namespace lanekeeper
