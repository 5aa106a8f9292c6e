// Bytes -> text -> rows of cells.
#include <gtest/gtest.h>

#include "importing/csv_reader.h"
#include "importing/text_encoding.h"
#include "importing/xlsx_reader.h"
#include "workbook.h"

namespace lanekeeper::importing {
namespace {

using Cells = std::vector<std::vector<std::string>>;

Cells csv(std::string_view text, char separator = ',', std::vector<std::int64_t>* lines = nullptr) {
  Cells out;
  read_csv(text, separator, Limits{}, [&](Row& row) {
    if (lines != nullptr) lines->push_back(row.line);
    auto& cells = out.emplace_back();
    for (auto& cell : row.cells) cells.push_back(cell.text);
    return true;
  });
  return out;
}

TEST(CsvReader, CutsRowsAndCells) {
  EXPECT_EQ(csv("a,b,c\r\n1,,3\n4,5\r6,7,8"), (Cells{{"a", "b", "c"}, {"1", "", "3"}, {"4", "5"}, {"6", "7", "8"}}));
  EXPECT_EQ(csv(""), Cells{});
  EXPECT_EQ(csv("a;b\n", ';'), (Cells{{"a", "b"}}));
  EXPECT_EQ(csv("a\tb, c\n", '\t'), (Cells{{"a", "b, c"}}));
}

TEST(CsvReader, LeavesOutRowsWithoutText) {
  std::vector<std::int64_t> lines;
  EXPECT_EQ(csv("a,b\n\n,,\n  ,\t\nc,d\n", ',', &lines), (Cells{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 5}));
}

TEST(CsvReader, UnderstandsQuotes) {
  EXPECT_EQ(csv("\"a,b\",\"say \"\"hi\"\"\",c\n"), (Cells{{"a,b", "say \"hi\"", "c"}}));
  std::vector<std::int64_t> lines;
  EXPECT_EQ(csv("\"two\nlines\",x\nnext,y\n", ',', &lines), (Cells{{"two\nlines", "x"}, {"next", "y"}}));
  EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 3}));
}

TEST(CsvReader, TakesOtherQuotesLiterally) {
  EXPECT_EQ(csv("\"Zest\" soap,5\" pipe,x\n"), (Cells{{"\"Zest\" soap", "5\" pipe", "x"}}));
  Cells rows;
  std::vector<bool> unclosed;
  read_csv("a,\"open\nb,c\n", ',', Limits{}, [&](Row& row) {
    unclosed.push_back(row.unclosed_quote);
    auto& cells = rows.emplace_back();
    for (auto& cell : row.cells) cells.push_back(cell.text);
    return true;
  });
  EXPECT_EQ(rows, (Cells{{"a", "\"open"}, {"b", "c"}}));
  EXPECT_EQ(unclosed, (std::vector<bool>{true, false}));
}

TEST(CsvReader, KeepsOnlyTheBeginningOfAHugeCell) {
  const std::string huge(10 * 1024 * 1024, 'x');
  std::vector<Row> rows;
  read_csv("a,b\n1," + huge + ",z\n2,\"" + huge + "\"\n3,y\n", ',', Limits{}, [&](Row& row) {
    rows.push_back(row);
    return true;
  });
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_TRUE(rows[1].cells[1].too_long);
  EXPECT_LE(rows[1].cells[1].text.size(), Limits{}.cell_bytes);
  EXPECT_EQ(rows[1].cells[2].text, "z");
  EXPECT_TRUE(rows[2].cells[1].too_long);
  EXPECT_EQ(rows[2].line, 3);
  EXPECT_EQ(rows[3].cells[1].text, "y");
  EXPECT_FALSE(rows[3].cells[1].too_long);
}

TEST(CsvReader, DoesNotCutAHugeCellInsideACharacter) {
  std::string huge;
  while (huge.size() < 3 * Limits{}.cell_bytes) huge += "汉";
  read_csv("x" + huge + "\n", ',', Limits{}, [](Row& row) {
    EXPECT_TRUE(row.cells[0].too_long);
    EXPECT_EQ((row.cells[0].text.size() - 1) % 3, 0U);
    return true;
  });
}

TEST(CsvReader, BoundsTheCellsOfARow) {
  read_csv(std::string(5000, ',') + "x\n", ',', Limits{}, [](Row& row) {
    EXPECT_TRUE(row.too_many_cells);
    EXPECT_LE(row.cells.size(), Limits{}.row_cells);
    return true;
  });
}

TEST(CsvReader, FindsTheSeparator) {
  EXPECT_EQ(detect_separator("条码,名称\n1,2\n"), ',');
  EXPECT_EQ(detect_separator("条码;名称\n1;2,5\n3;4,5\n"), ';');
  EXPECT_EQ(detect_separator("条码\t名称\n1\ta, b\n3\tc\n"), '\t');
  EXPECT_EQ(detect_separator("sep=;\r\na;b\n"), ';');
  EXPECT_EQ(detect_separator("no separator at all"), ',');
  std::vector<std::int64_t> lines;
  EXPECT_EQ(csv("sep=;\r\na;b\n", ';', &lines), (Cells{{"a", "b"}}));
  EXPECT_EQ(lines, (std::vector<std::int64_t>{2}));
}

std::string utf16(std::u16string_view text, bool little, bool mark) {
  std::string out = !mark ? "" : little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char16_t c : text) {
    const char low = static_cast<char>(c & 0xFF);
    const char high = static_cast<char>(c >> 8);
    out += little ? std::string{low, high} : std::string{high, low};
  }
  return out;
}

TEST(TextEncoding, RecognisesWhatShopsUse) {
  const std::string name = "条码,名称\n6908512108211,可口可乐\n";
  const std::u16string wide = u"条码,名称\n6908512108211,可口可乐\n";
  for (const auto& [bytes, encoding] :
       {std::pair<std::string, Encoding>{name, Encoding::utf8},
        {"\xEF\xBB\xBF" + name, Encoding::utf8},
        {"\xCC\xF5\xC2\xEB,\xC3\xFB\xB3\xC6\n6908512108211,\xBF\xC9\xBF\xDA\xBF\xC9\xC0\xD6\n", Encoding::gb18030},
        {utf16(wide, true, true), Encoding::utf16_le},
        {utf16(wide, false, true), Encoding::utf16_be},
        {utf16(wide, true, false), Encoding::utf16_le},
        {utf16(wide, false, false), Encoding::utf16_be}}) {
    const auto text = decode_text(bytes);
    ASSERT_TRUE(text) << text.error().message;
    EXPECT_EQ(text->encoding, encoding);
    EXPECT_EQ(text->text, name) << name_of(encoding);
  }
  EXPECT_EQ(decode_text("plain,ascii\n")->encoding, Encoding::utf8);
}

TEST(TextEncoding, ReadsTheFourByteCharactersOfGb18030) {
  const auto text = decode_text("\xC3\xFB\xB3\xC6,\x82\x30\xC2\x30\n");  // U+3400-block rarity after 名称
  ASSERT_TRUE(text);
  EXPECT_EQ(text->encoding, Encoding::gb18030);
  EXPECT_EQ(text->text.find("\xEF\xBF\xBD"), std::string::npos);
}

TEST(TextEncoding, NamesAFewBrokenBytesAndRefusesMany) {
  std::string mostly;
  for (int i = 0; i < 200; ++i) mostly += "可口可乐,1\n";
  const auto text = decode_text(mostly + "\xE5\x8F,2\n");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->encoding, Encoding::utf8);
  EXPECT_NE(text->text.find("\xEF\xBF\xBD"), std::string::npos);

  const auto latin = decode_text(
      "name,price\ncaf\xE9,1\nfa\xE7"
      "ade,2\nno\xEBl,3\n");
  ASSERT_FALSE(latin);
  EXPECT_EQ(latin.error().code, "import.encoding");
  EXPECT_NE(latin.error().message.find("line 2"), std::string::npos) << latin.error().message;
}

TEST(TextEncoding, RefusesWhatIsNoText) {
  std::string binary;
  for (int i = 0; i < 4096; ++i) binary += static_cast<char>(i * 7 % 256);
  const auto refused = decode_text("\x7F" + std::string("ELF") + binary);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().code == "import.binary" || refused.error().code == "import.encoding");
}

TEST(TextEncoding, MakesFullWidthPlain) {
  EXPECT_EQ(plain_forms("１２．５０ＫＧ"), "12.50KG");
  EXPECT_EQ(plain_forms("可口可乐"), "可口可乐");
}

Cells sheet(const std::string& content) {
  Cells out;
  const auto read = read_xlsx(content, Limits{}, [&](Row& row) {
    auto& cells = out.emplace_back();
    for (auto& cell : row.cells) cells.push_back(cell.text);
    return true;
  });
  EXPECT_TRUE(read) << read.error().message;
  return out;
}

TEST(XlsxReader, ReadsEveryKindOfCell) {
  const std::string data =
      R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>)"
      R"(<row r="3"><c r="A3"><v>6908512108211</v></c><c r="B3" t="n"><v>3.9800000000000004</v></c>)"
      R"(<c r="C3" t="str"><f>A1&amp;"x"</f><v>结果</v></c><c r="D3" t="b"><v>1</v></c><c r="E3" t="e"><v>#N/A</v></c></row>)"
      R"(<row><c t="inlineStr"><is><r><t>可口</t></r><r><t>可乐</t></r><rPh sb="0" eb="1"><t>ke</t></rPh></is></c></row>)";
  EXPECT_EQ(sheet(testing::workbook(data, {"条码", "a&b <c>"})),
            (Cells{{"条码", "", "a&b <c>"}, {"6908512108211", "3.98", "结果", "1", "#N/A"}, {"可口可乐"}}));
}

TEST(XlsxReader, TellsTheRowNumbersOfTheSheet) {
  std::vector<std::int64_t> lines;
  const auto read = read_xlsx(testing::workbook(R"(<row r="2"><c><v>1</v></c></row><row r="7"><c><v>2</v></c></row>)"
                                                R"(<row r="7"><c><v>3</v></c></row>)"),
                              Limits{}, [&](Row& row) {
                                lines.push_back(row.line);
                                return true;
                              });
  ASSERT_TRUE(read);
  EXPECT_EQ(lines, (std::vector<std::int64_t>{2, 7, 8}));
}

TEST(XlsxReader, PassesHiddenSheetsOver) {
  auto parts = testing::workbook_parts(R"(<row><c><v>1</v></c></row>)");
  auto& book = parts["xl/workbook.xml"];
  book.replace(book.find("<sheet "), 7, R"(<sheet name="Secret" sheetId="9" state="hidden" r:id="rId9"/><sheet )");
  EXPECT_EQ(sheet(testing::zip(parts)), (Cells{{"1"}}));
}

TEST(XlsxReader, KeepsNumbersDecimal) {
  for (const auto& [written, meant] : {std::pair<const char*, const char*>{"6.908512108211E12", "6908512108211"},
                                       {"3.9800000000000004", "3.98"},
                                       {"0.30000000000000004", "0.3"},
                                       {"1E-2", "0.01"},
                                       {"99999.999999999999999", "100000"},
                                       {"-0.5", "-0.5"},
                                       {"12", "12"},
                                       {"0.000", "0"},
                                       {"100.0", "100"},
                                       {"1e3", "1000"},
                                       {"1e999", "1e999"},
                                       {"1.2.3", "1.2.3"},
                                       {"", ""},
                                       {".", "."},
                                       {"abc", "abc"}}) {
    EXPECT_EQ(plain_number(written), meant) << written;
  }
}

TEST(XlsxReader, KnowsColumns) {
  EXPECT_EQ(column_of("A1"), 0);
  EXPECT_EQ(column_of("Z9"), 25);
  EXPECT_EQ(column_of("BC12"), 54);
  EXPECT_EQ(column_of("XFD1"), 16383);
  EXPECT_EQ(column_of("12"), -1);
  EXPECT_EQ(column_of("ABCD1"), -1);
}

TEST(XlsxReader, RefusesDamageWithWords) {
  const auto nothing = [](Row&) { return true; };
  const std::string good = testing::workbook(R"(<row><c><v>1</v></c></row>)");
  EXPECT_EQ(read_xlsx(good.substr(0, good.size() / 2), Limits{}, nothing).error().code, "import.not_xlsx");
  EXPECT_EQ(read_xlsx(testing::zip({{"readme.txt", "hello"}}), Limits{}, nothing).error().code, "import.not_xlsx");
  EXPECT_EQ(read_xlsx(testing::workbook("<row><c><v>1</row>"), Limits{}, nothing).error().code, "import.not_xlsx");
  auto entities = testing::workbook_parts("<row><c><v>&x;</v></c></row>");
  auto& part = entities["xl/worksheets/sheet1.xml"];
  part.insert(part.find("<worksheet"), R"(<!DOCTYPE x [<!ENTITY x "lots">]>)");
  EXPECT_EQ(read_xlsx(testing::zip(entities), Limits{}, nothing).error().code, "import.not_xlsx");
  // A bad character reference ends liborcus 0.17, and must not end us.
  EXPECT_EQ(read_xlsx(testing::workbook("<row><c><v>&#x110000;</v></c></row>"), Limits{}, nothing).error().code,
            "import.not_xlsx");
  auto hidden = testing::workbook_parts("");
  auto& book = hidden["xl/workbook.xml"];
  book.replace(book.find("<sheet "), 7, "<sheet state=\"hidden\" ");
  EXPECT_EQ(read_xlsx(testing::zip(hidden), Limits{}, nothing).error().code, "import.no_sheet");
}

TEST(XlsxReader, UnpacksNoBombs) {
  Limits limits;
  limits.part_bytes = 1 << 20;
  const std::string bomb = testing::workbook(std::string(8 << 20, ' '));
  EXPECT_LT(bomb.size(), 64U * 1024);
  const auto refused = read_xlsx(bomb, limits, [](Row&) { return true; });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "import.too_large");

  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<x>";
  EXPECT_EQ(read_xlsx(testing::workbook(deep), Limits{}, [](Row&) { return true; }).error().code, "import.not_xlsx");
}

TEST(XlsxReader, MarksHugeCells) {
  bool seen = false;
  const auto read = read_xlsx(testing::workbook("<row><c t=\"inlineStr\"><is><t>" + std::string(10 << 20, 'x') +
                                                "</t></is></c><c><v>1</v></c></row>"),
                              Limits{}, [&](Row& row) {
                                seen = row.cells[0].too_long && row.cells[1].text == "1";
                                return true;
                              });
  EXPECT_TRUE(read);
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace lanekeeper::importing
