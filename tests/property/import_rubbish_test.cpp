// Rubbish for the import: random bytes, torn and mixed-up files, damaged workbooks. Whatever comes, there is an error
// or a table within its limits; under the sanitizers nothing else either. Seeds are fixed; LANEKEEPER_RUBBISH
// multiplies the rounds.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "base/text.h"
#include "importing/goods_file.h"
#include "importing/text_encoding.h"
#include "workbook.h"

namespace lanekeeper::importing {
namespace {

int rounds(int usual) {
  const char* factor = std::getenv("LANEKEEPER_RUBBISH");
  return usual * std::max(1, factor == nullptr ? 1 : std::atoi(factor));
}

// What must hold of anything that was read.
void swallow(const std::string& content, int& understood) {
  auto file = GoodsFile::open(content, 100'000);
  if (!file) {
    EXPECT_FALSE(file.error().code.empty());
    EXPECT_FALSE(file.error().message.empty());
    return;
  }
  ++understood;
  std::int64_t rows = 0;
  std::int64_t last_line = 0;
  const auto read = file->for_each([&](RowReading reading) {
    ++rows;
    EXPECT_GT(reading.row.line, last_line);
    last_line = reading.row.line;
    EXPECT_TRUE(reading.refused() || !reading.row.number.empty() || !reading.row.codes.empty());
    for (const auto& code : reading.row.codes) EXPECT_FALSE(code.code.empty());
    for (const auto& finding : reading.findings) {
      EXPECT_EQ(finding.line, reading.row.line);
      EXPECT_LE(to_utf32(finding.value).size(), 80U);
      EXPECT_TRUE(is_valid_utf8(finding.value));
    }
    if (reading.row.price) {
      EXPECT_FALSE(reading.row.price->is_negative());
    }
    return true;
  });
  if (read) {
    EXPECT_EQ(rows, file->row_count());
  }
}

std::string good_table() {
  std::string out = "货号,条码,PLU,名称,规格,单位,售价,税率,分类,称重,皮重,年龄限制,状态,箱码,箱装数,箱价\n";
  for (int i = 0; i < 20; ++i) {
    out += fmt::format(
        "{},6908512108211,{},\"可口可乐, {}\",1.25L,瓶,{}.50,13%,饮料/汽水,否,0.01,18,正常,16908512108218,12,70\n",
        1000 + i, 300 + i, i, i);
  }
  return out;
}

std::string mutate(std::string text, std::mt19937& dice) {
  static const std::vector<std::string> pieces = {"\"",
                                                  ",",
                                                  "\n",
                                                  "\r",
                                                  "\t",
                                                  ";",
                                                  "\"\"",
                                                  std::string(1, '\0'),
                                                  "\xFF\xFE",
                                                  "\xEF\xBB\xBF",
                                                  "\xE5",
                                                  "\x80",
                                                  "A",
                                                  "-1",
                                                  "1e9",
                                                  "99999999999999999999",
                                                  "=\"",
                                                  "#N/A",
                                                  "６９",
                                                  "条码",
                                                  std::string(5000, 'x'),
                                                  std::string(300, ',')};
  const auto below = [&dice](std::size_t n) { return static_cast<std::size_t>(dice() % std::max<std::size_t>(n, 1)); };
  for (std::size_t changes = 1 + below(8); changes > 0 && !text.empty(); --changes) {
    const std::size_t at = below(text.size());
    switch (below(6)) {
      case 0:
        text[at] = static_cast<char>(dice());
        break;
      case 1:
        text.insert(at, pieces[below(pieces.size())]);
        break;
      case 2:
        text.erase(at, 1 + below(40));
        break;
      case 3:
        text.insert(at, text.substr(below(text.size()), below(200)));
        break;
      case 4:
        text.resize(at);
        break;
      default:
        std::swap(text[at], text[below(text.size())]);
        break;
    }
  }
  return text;
}

TEST(ImportRubbish, RandomBytes) {
  std::mt19937 dice(1);
  int understood = 0;
  for (int i = 0; i < rounds(2000); ++i) {
    std::string bytes(dice() % 600, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(dice());
    swallow(bytes, understood);
  }
  EXPECT_EQ(understood, 0);
}

TEST(ImportRubbish, DamagedTables) {
  std::mt19937 dice(2);
  int understood = 0;
  const std::string good = good_table();
  for (int i = 0; i < rounds(1500); ++i) swallow(mutate(good, dice), understood);
  EXPECT_GT(understood, rounds(1500) / 4) << "the damage leaves nothing to read: this tests too little";
}

TEST(ImportRubbish, TablesOfSeparatorsAndQuotes) {
  std::mt19937 dice(3);
  int understood = 0;
  const std::string signs = "\",;\t\n\r1a条码名称";
  for (int i = 0; i < rounds(3000); ++i) {
    std::string text = dice() % 2 == 0 ? "条码,名称\n" : "";
    for (auto n = dice() % 400; n > 0; --n) text += signs[dice() % signs.size()];
    swallow(text, understood);
  }
}

TEST(ImportRubbish, DamagedWorkbookFiles) {
  std::mt19937 dice(4);
  int understood = 0;
  const std::string good = testing::workbook_of({{"条码", "名称", "售价"}, {"6908512108211", "可口可乐", "3.00"}});
  for (int i = 0; i < rounds(2000); ++i) swallow(mutate(good, dice), understood);
}

TEST(ImportRubbish, WorkbooksWithDamagedParts) {
  std::mt19937 dice(5);
  int understood = 0;
  std::string data;
  for (int i = 1; i <= 10; ++i) {
    data += fmt::format(R"(<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}"><f>A1+1</f><v>{2}.5</v></c>)"
                        R"(<c r="C{0}" t="inlineStr"><is><r><t>x&amp;y</t></r><rPh><t>z</t></rPh></is></c></row>)",
                        i, i % 3, i);
  }
  const auto good = testing::workbook_parts(data, {"条码", "6908512108211", "可口可乐"});
  static const std::vector<std::string> pieces = {
      "<",    ">",           "/",   "&",   "&#x110000;", "&#0;",   "<v>1e999</v>", "t=\"s\"", "r=\"ZZZZZZ9\"",
      "<!--", "<![CDATA[",   "]]>", "<?x", "<row>",      "</row>", "<c>",          "</si>",   "18446744073709551616",
      "-1",   "<!DOCTYPE x>"};
  for (int i = 0; i < rounds(2000); ++i) {
    auto parts = good;
    auto part = parts.begin();
    std::advance(part, dice() % parts.size());
    auto& text = part->second;
    for (auto changes = 1 + dice() % 5; changes > 0 && !text.empty(); --changes) {
      const auto at = dice() % text.size();
      switch (dice() % 4) {
        case 0:
          text[at] = static_cast<char>(dice());
          break;
        case 1:
          text.insert(at, pieces[dice() % pieces.size()]);
          break;
        case 2:
          text.erase(at, 1 + dice() % 60);
          break;
        default:
          text.insert(at, text.substr(dice() % text.size(), dice() % 200));
          break;
      }
    }
    swallow(testing::zip(parts), understood);
  }
}

TEST(ImportRubbish, AnythingDecodesToValidTextOrNot) {
  std::mt19937 dice(6);
  for (int i = 0; i < rounds(4000); ++i) {
    std::string bytes(dice() % 200, '\0');
    for (auto& byte : bytes) byte = dice() % 3 == 0 ? static_cast<char>(dice()) : static_cast<char>('a' + dice() % 26);
    const auto text = decode_text(bytes);
    if (text) {
      EXPECT_TRUE(is_valid_utf8(text->text));
    }
  }
}

}  // namespace
}  // namespace lanekeeper::importing
