// Two readers that know nothing of each other, one in C++ and one in Python, read our receipts and other people's
// streams and must agree on the text, the codes, the cuts and the drawer.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "devices/escpos_decoder.h"
#include "fakes.h"
#include "offers.h"
#include "raster/line_drawing.h"
#include "receipt/escpos.h"
#include "receipt/receipt.h"
#include "register_at_work.h"

namespace lanekeeper::devices {
namespace {

namespace fs = std::filesystem;
namespace shop = till::test;
using i18n::Language;
using i18n::Texts;
using till::ReceiptKind;

struct Reading {
  std::vector<std::string> lines;  // without blanks at their ends; empty ones left out
  std::vector<std::string> barcodes;
  std::vector<std::string> qr;
  int pictures = 0;
  int cuts = 0;
  int pulses = 0;
  int unknown = 0;
  bool operator==(const Reading&) const = default;
};

std::string shown(const Reading& reading) {
  std::string text;
  for (const auto& line : reading.lines) text += line + "\n";
  for (const auto& code : reading.barcodes) text += "[" + code + "]\n";
  text += "pictures " + std::to_string(reading.pictures) + " ";
  return text + "cuts " + std::to_string(reading.cuts) + " pulses " + std::to_string(reading.pulses) + "\n";
}
void PrintTo(const Reading& reading, std::ostream* out) {
  *out << "\n" << shown(reading);
}

void add_line(Reading& reading, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  if (!line.empty()) reading.lines.push_back(std::move(line));
}

Reading by_cpp(const std::string& bytes) {
  Reading reading;
  EscPosDecoder decoder;
  auto events = decoder.feed(bytes);
  for (auto& event : decoder.finish()) events.push_back(std::move(event));
  for (const auto& event : events) {
    if (const auto* line = std::get_if<TextLine>(&event)) {
      std::string text;
      for (const auto& run : line->runs) text += run.text;
      add_line(reading, std::move(text));
    } else if (const auto* code = std::get_if<Barcode>(&event)) {
      reading.barcodes.push_back(code->data);
    } else if (const auto* symbol = std::get_if<QrCode>(&event)) {
      reading.qr.push_back(symbol->data);
    }
    reading.pictures += std::holds_alternative<Raster>(event);
    reading.cuts += std::holds_alternative<Cut>(event);
    reading.pulses += std::holds_alternative<DrawerPulse>(event);
    reading.unknown += std::holds_alternative<Unknown>(event);
  }
  return reading;
}

Reading by_python(const std::string& bytes) {
  const auto file = fs::temp_directory_path() / ("lanekeeper-escpos-" + std::to_string(::getpid()) + ".bin");
  std::ofstream(file, std::ios::binary) << bytes;
  const std::string command =
      std::string("python3 ") + LANEKEEPER_ROOT + "/tests/devices/escpos_check.py " + file.string();
  std::string said;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    said.append(buffer.data(), got);
  }
  EXPECT_EQ(::pclose(pipe), 0);
  fs::remove(file);
  const auto json = nlohmann::json::parse(said);
  Reading reading;
  for (const auto& line : json["lines"]) add_line(reading, line.get<std::string>());
  json["barcodes"].get_to(reading.barcodes);
  json["qr"].get_to(reading.qr);
  json["pictures"].get_to(reading.pictures);
  json["cuts"].get_to(reading.cuts);
  json["pulses"].get_to(reading.pulses);
  reading.unknown = static_cast<int>(json["unknown"].size());
  return reading;
}

sale::RetailTransaction some_sale() {
  shop::RegisterAtWork till(access::Role::manager);
  till.machine.set_settings(shop::settings_with_offers());
  till.run(till::IdentifyMember{shop::some_member()});
  till.scan(shop::Shop::milk);
  till.run(till::PendingQuantity{shop::qty("2")});
  till.scan(shop::Shop::chips);
  till.run(till::Weigh{"301", shop::qty("0.428"), sale::WeightSource::manual});
  till.run(till::BeginTender{});
  till.run(till::TenderCash{shop::yuan("100")});
  till.sold->receipt_number = 142;
  return *till.sold;
}

// Both readings are the same, with nothing that either does not know, and one cut.
Reading agreed(const std::string& bytes) {
  const auto reading = by_cpp(bytes);
  EXPECT_EQ(reading, by_python(bytes));
  EXPECT_EQ(reading.unknown, 0);
  EXPECT_EQ(reading.cuts, 1);
  return reading;
}

bool has_line(const Reading& reading, const std::string& start) {
  return std::any_of(reading.lines.begin(), reading.lines.end(),
                     [&](const auto& line) { return line.find(start) != std::string::npos; });
}

TEST(EscPosReaders, AgreeOnOurReceipts) {
  auto sale = some_sale();
  for (const auto language : {Language::zh_CN, Language::en}) {
    const Texts texts(language);
    const auto store = till::receipt_store(shop::shop_profile(), language);
    for (const auto kind : {ReceiptKind::original, ReceiptKind::duplicate, ReceiptKind::gift}) {
      for (const bool training : {false, true}) {
        sale.training = training;
        const auto reading = agreed(till::drawer_pulse() + till::receipt_bytes(sale, store, texts, kind));
        EXPECT_EQ(reading.pulses, 1);
        EXPECT_EQ(reading.barcodes, (std::vector<std::string>{"0320261120000142"}));
        EXPECT_TRUE(has_line(reading, store.name));
        const bool chinese = language == Language::zh_CN;
        EXPECT_EQ(has_line(reading, chinese ? "应付" : "To pay"), kind != ReceiptKind::gift) << shown(reading);
        EXPECT_EQ(has_line(reading, chinese ? "重打" : "DUPLICATE"), kind == ReceiptKind::duplicate);
        EXPECT_EQ(has_line(reading, chinese ? "培训 无效" : "TRAINING, VOID"), training);
        for (const auto& line : reading.lines) EXPECT_LE(display_width(line), 48) << line;
      }
    }
  }
}

TEST(EscPosReaders, AgreeOnEveryPaper) {
  const auto sale = some_sale();
  for (const auto language : {Language::zh_CN, Language::en}) {
    const Texts texts(language);
    const auto store = till::receipt_store(shop::shop_profile(), language);
    for (const int columns : {32, 42, 48}) {
      till::ReceiptPaper paper{columns, {}};
      paper.encoding.images["logo"] = till::Bitmap{64, 24, std::vector<std::uint8_t>(8 * 24, 0xa5)};
      const auto own = agreed(till::receipt_bytes(sale, store, texts, ReceiptKind::original, paper));
      EXPECT_EQ(own.pictures, 1) << "the logo";
      for (const auto& line : own.lines) EXPECT_LE(display_width(line), columns) << line;
      paper.encoding.cut = till::PaperCut::full;
      paper.encoding.drawn_line = [columns](const auto& line) { return till::draw_line(line, columns); };
      const auto drawn = agreed(till::receipt_bytes(sale, store, texts, ReceiptKind::original, paper));
      EXPECT_EQ(drawn.barcodes, own.barcodes);
      int with_chinese = 0;
      for (const auto& line : own.lines) {
        with_chinese +=
            std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
      }
      EXPECT_GT(with_chinese, 0);
      EXPECT_EQ(drawn.pictures, 1 + with_chinese) << "each line that is not plain";
      EXPECT_EQ(drawn.lines.size() + static_cast<std::size_t>(with_chinese), own.lines.size());
      for (const auto& line : drawn.lines) EXPECT_EQ(display_width(line), static_cast<int>(line.size())) << line;
    }
  }
}

TEST(EscPosReaders, AgreeOnEveryStyleAndCode) {
  const Texts texts(Language::zh_CN);
  auto profile = shop::shop_profile();
  profile.receipt_templates = {{"sale", "zh_CN",
                                "_下划线_ `反白` ^宽^ ^^高^^ |\n{code:A-b{{receipt.till}};option:2,60,nohri}\n"
                                "{qr:收据 {{receipt.barcode}};option:6,h}\n=\n"}};
  const auto reading = agreed(
      till::receipt_bytes(some_sale(), till::receipt_store(profile, Language::zh_CN), texts, ReceiptKind::original));
  EXPECT_EQ(reading.lines, (std::vector<std::string>{"下划线 反白 宽 高"}));
  EXPECT_EQ(reading.barcodes, (std::vector<std::string>{"A-b3"}));
  EXPECT_EQ(reading.qr, (std::vector<std::string>{"收据 0320261120000142"}));
}

// Character sets differ in what they make of rare bytes: of these streams the plain characters are compared.
std::vector<std::string> plain(const std::vector<std::string>& lines) {
  std::vector<std::string> out;
  for (const auto& line : lines) {
    std::string kept;
    for (const char c : line) {
      if (c > ' ' && c < 0x7f) kept += c;
    }
    if (!kept.empty()) out.push_back(kept);
  }
  return out;
}

TEST(EscPosReaders, AgreeOnStreamsOfOthers) {
  const auto folder = fs::path(LANEKEEPER_ROOT) / ".." / "shared" / "data" / "field" / "escpos";
  if (!fs::exists(folder)) GTEST_SKIP() << "SKIPPED LOUDLY: no shared data at " << folder;
  int streams = 0;
  for (const auto& file : fs::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto first = by_cpp(bytes);
    const auto second = by_python(bytes);
    const auto name = file.path().filename().string();
    EXPECT_EQ(plain(first.lines), plain(second.lines)) << name;
    EXPECT_EQ(first.barcodes, second.barcodes) << name;
    EXPECT_EQ(first.qr, second.qr) << name;
    EXPECT_EQ(first.cuts, second.cuts) << name;
    EXPECT_EQ(first.pulses, second.pulses) << name;
    ++streams;
  }
  EXPECT_GT(streams, 5);
}

}  // namespace
}  // namespace lanekeeper::devices
