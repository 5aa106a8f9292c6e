#include "devices/escpos_decoder.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "base/text.h"
#include "devices/code_pages.h"
#include "devices/paper.h"
#include "receipt/escpos.h"
#include "receipt/paper_encoder.h"
#include "receipt_template/receipt_template.h"

namespace lanekeeper::devices {
namespace {

std::vector<PrinterEvent> decode(const std::string& bytes, std::size_t step) {
  EscPosDecoder decoder;
  std::vector<PrinterEvent> all;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    for (auto& event : decoder.feed(std::string_view(bytes).substr(at, step))) all.push_back(std::move(event));
  }
  for (auto& event : decoder.finish()) all.push_back(std::move(event));
  EXPECT_EQ(decoder.waiting_bytes(), 0U);
  return all;
}

template <class T>
std::vector<T> all_of(const std::vector<PrinterEvent>& events) {
  std::vector<T> found;
  for (const auto& event : events) {
    if (const auto* match = std::get_if<T>(&event)) found.push_back(*match);
  }
  return found;
}

std::string our_receipt() {
  constexpr std::string_view text =
      "\"^^^惠民生鲜\n小票号 03-1120-0142 | 2026-11-20\n\"^^^应付 | \"^^^183.13\n-\n{code:0320261120000142}\n=\n";
  const auto document = receipt_template::ReceiptTemplate::parse(text).value().render({});
  return till::drawer_pulse() + till::escpos_of(receipt_template::lay_out(document, paper_columns));
}

TEST(EscPosDecoder, ReadsOurReceiptBack) {
  const auto events = decode(our_receipt(), 4096);
  EXPECT_EQ(all_of<DrawerPulse>(events).size(), 1U);
  EXPECT_EQ(all_of<Cut>(events).size(), 1U);
  EXPECT_TRUE(all_of<Unknown>(events).empty());
  const auto barcodes = all_of<Barcode>(events);
  ASSERT_EQ(barcodes.size(), 1U);
  EXPECT_EQ(barcodes[0].data, "0320261120000142");
  const auto lines = all_of<TextLine>(events);
  ASSERT_GE(lines.size(), 3U);
  EXPECT_EQ(lines[0].align, Align::centre);
  EXPECT_EQ(lines[0].runs.at(0).text, "惠民生鲜");
  EXPECT_EQ(lines[0].runs.at(0).width, 2);
  EXPECT_TRUE(lines[0].runs.at(0).bold);
}

TEST(EscPosDecoder, AnySplitOfTheBytesReadsTheSame) {
  const auto whole = render_text(decode(our_receipt(), 4096));
  for (const std::size_t step : {1U, 2U, 3U, 7U, 64U}) EXPECT_EQ(render_text(decode(our_receipt(), step)), whole);
}

TEST(EscPosDecoder, PaperKeepsAmountsAtTheEdge) {
  const auto text = render_text(decode(our_receipt(), 4096));
  EXPECT_NE(text.find("小票号 03-1120-0142                   2026-11-20\n"), std::string::npos) << text;
  EXPECT_NE(text.find("[barcode 0320261120000142]"), std::string::npos) << text;
}

TEST(EscPosDecoder, CodePagesMeanWhatTheySay) {
  const auto text = [](const std::string& bytes) {
    return all_of<TextLine>(decode(bytes + "\n", 64)).at(0).runs.at(0).text;
  };
  EXPECT_EQ(text("\x1bt\x10"
                 "caf\xe9 \x80"),
            "café €");
  EXPECT_EQ(text("\x1bt\x11\x8f\xe0\xa8\xa2\xa5\xe2"), "Привет");
  EXPECT_EQ(text("\x1bt\x63\x9c"), "£") << "an unknown page is 437";
  EXPECT_EQ(text("\x1bt\x01\xb1\xdf"), "ｱﾟ");
  EXPECT_EQ(text("\x1c&\xbb\xdd\xc3\xf1\xc9\xfa\xcf\xca"), "惠民生鲜");
}

TEST(EscPosDecoder, EveryCodePageIsThere) {
  for (int number = 0; number < 256; ++number) {
    std::string high;
    for (int c = 0x80; c < 0x100; ++c) high += static_cast<char>(c);
    const auto shown = to_utf32(to_utf8_from(code_page_name(number), high));
    EXPECT_EQ(shown.size(), high.size()) << number << ' ' << code_page_name(number);
    const auto lost = std::count(shown.begin(), shown.end(), U'\xfffd');
    EXPECT_LT(lost, 90) << number << ' ' << code_page_name(number);
  }
}

TEST(EscPosDecoder, ColumnsGoByBytesAsOnTheMachine) {
  const auto line = [](const std::string& bytes) { return all_of<TextLine>(decode("\x1c&" + bytes + "\n", 1)).at(0); };
  EXPECT_EQ(columns_of(line("\xa1\xc1"
                            "2")),
            3)
      << "a two-byte × is as wide as a character";
  EXPECT_EQ(columns_of(line("\x81\x30\x81\x30"
                            "a")),
            3)
      << "four bytes";
  const auto broken = line(
      "a\xb3\x01\xff"
      "b");
  std::string shown;
  for (const auto& run : broken.runs) shown += run.text;
  EXPECT_EQ(shown, "a\xef\xbf\xbd\xef\xbf\xbd\x62") << "half a character is shown as such";
  EXPECT_EQ(all_of<TextLine>(decode("\x1c&\xb3\n"
                                    "b\n",
                                    1))
                .size(),
            2U)
      << "and swallows no line feed";
}

TEST(EscPosDecoder, StylesReachThePaper) {
  const auto runs = all_of<TextLine>(decode("\x1d"
                                            "B\x01in\x1d"
                                            "B" +
                                                std::string(1, '\0') + "\x1b-\x01un\x1b-" + std::string(1, '\0') +
                                                "\x1d!\x11"
                                                "big\n",
                                            5))
                        .at(0)
                        .runs;
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_TRUE(runs[0].inverted);
  EXPECT_TRUE(runs[1].underlined);
  EXPECT_FALSE(runs[1].inverted);
  EXPECT_EQ(runs[2].width, 2);
  EXPECT_EQ(runs[2].height, 2);
}

TEST(EscPosDecoder, SettingsOfCharactersAreReadOver) {
  EXPECT_EQ(render_text(decode(std::string("\x1c(A\x02\x00\x30\x00shop\n", 12), 1)), "shop\n");
}

TEST(EscPosDecoder, UnknownBytesAreShown) {
  const auto text =
      render_text(decode("before\n\x1b\x7f\x06"
                         "behind\n",
                         64));
  EXPECT_EQ(text, "before\n[unknown 1B 7F]\n[unknown 06]\nbehind\n");
}

TEST(EscPosDecoder, LongLinesBreakAtTheEdge) {
  std::string bytes = "\x1c&";
  for (int i = 0; i < 30; ++i) bytes += "\xb3\xa4";  // 长, two columns
  const auto parts = broken_at_the_edge(all_of<TextLine>(decode(bytes + "\n", 64)).at(0));
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(columns_of(parts[0]), paper_columns);
  EXPECT_EQ(columns_of(parts[1]), 12);
  const auto doubled = render_text(decode("\x1d!\x10" + std::string(30, 'x') + "\n", 64));
  EXPECT_EQ(doubled, std::string(24, 'x') + "\n" + std::string(6, 'x') + "\n");
}

TEST(EscPosDecoder, BandsOfDotsBecomePictures) {
  const std::string band = std::string("\x1b*\x21\x02\x00", 5) + std::string("\x80\x00\x01\xff\xff\xff", 6);
  const auto pictures = all_of<Raster>(decode(band + "\n", 3));
  ASSERT_EQ(pictures.size(), 1U);
  EXPECT_EQ(pictures[0].width, 2);
  EXPECT_EQ(pictures[0].height, 24);
  EXPECT_TRUE(pictures[0].dots.at(0));
  EXPECT_FALSE(pictures[0].dots.at(2));
  EXPECT_TRUE(pictures[0].dots.at(23 * 2));
  EXPECT_TRUE(pictures[0].dots.at(5 * 2 + 1));
  EXPECT_TRUE(all_of<TextLine>(decode(band + "\n", 64)).empty()) << "its line feed is no empty line";
}

TEST(EscPosDecoder, ACommandThatNeverEndsIsThrownAway) {
  EscPosDecoder decoder;
  std::size_t unknown = 0;
  const std::string endless = "\x1dk\x04" + std::string(1 << 20, 'x');
  for (int i = 0; i < 20; ++i) unknown += all_of<Unknown>(decoder.feed(endless)).size();
  EXPECT_GE(unknown, 1U);
  EXPECT_LE(decoder.waiting_bytes(), 17U << 20);
}

TEST(EscPosDecoder, RubbishNeverStopsIt) {
  std::string bytes;
  std::uint32_t state = 12345;
  for (int i = 0; i < 200'000; ++i) {
    state = state * 1664525 + 1013904223;
    bytes += static_cast<char>(state >> 24);
  }
  EscPosDecoder decoder;
  std::size_t events = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 997) events += decoder.feed(bytes.substr(at, 997)).size();
  EXPECT_GT(events, 0U);
}

// Streams that another program wrote, each with what is known to be in it.
TEST(EscPosDecoder, ReadsStreamsOfOthers) {
  const auto folder = std::filesystem::path(LANEKEEPER_ROOT) / ".." / "shared" / "data" / "field" / "escpos";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "SKIPPED LOUDLY: no shared data at " << folder;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto events = decode(bytes, 512);
    EXPECT_FALSE(all_of<TextLine>(events).empty()) << file.path();
    EXPECT_FALSE(all_of<Cut>(events).empty()) << file.path();
    const auto name = file.path().filename().string();
    if (name.find("barcode") != std::string::npos) {
      EXPECT_GT(all_of<Barcode>(events).size(), 10U) << name;
    }
    if (name.find("qr-code") != std::string::npos) {
      EXPECT_GT(all_of<QrCode>(events).size(), 5U) << name;
    }
    EXPECT_LE(all_of<Unknown>(events).size(), 2U) << name;
  }
}

}  // namespace
}  // namespace lanekeeper::devices
