#include "devices/escpos_decoder.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "devices/paper.h"
#include "receipt/escpos.h"

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
  till::EscPosWriter writer;
  writer.centered("惠民生鲜", till::EscPosWriter::Size::twice, true);
  writer.both("小票号 03-1120-0142", "2026-11-20");
  writer.both("应付", "183.13", till::EscPosWriter::Size::twice, true);
  writer.rule('-');
  writer.barcode("0320261120000142");
  writer.cut();
  return till::drawer_pulse() + writer.take();
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
