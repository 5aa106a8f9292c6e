// Rows of cells -> what they say about goods.
#include <gtest/gtest.h>

#include "importing/cell_values.h"
#include "importing/column_map.h"
#include "importing/goods_file.h"
#include "importing/item_rows.h"
#include "workbook.h"

namespace lanekeeper::importing {
namespace {

using catalogue::UnitOfMeasure;

std::vector<RowReading> rows_of(std::string content) {
  auto file = GoodsFile::open(std::move(content), 1000);
  if (!file) {
    ADD_FAILURE() << file.error().code << ": " << file.error().message;
    return {};
  }
  std::vector<RowReading> out;
  EXPECT_TRUE(file->for_each([&](RowReading row) {
    out.push_back(std::move(row));
    return true;
  }));
  EXPECT_EQ(static_cast<std::int64_t>(out.size()), file->row_count());
  return out;
}

RowReading one_row(const std::string& headings, const std::string& cells) {
  auto rows = rows_of(headings + "\n" + cells + "\n");
  EXPECT_EQ(rows.size(), 1U);
  return rows.empty() ? RowReading{} : rows.front();
}

std::vector<std::string> codes_of(const RowReading& reading, bool warnings = false) {
  std::vector<std::string> out;
  for (const auto& finding : reading.findings) {
    if (finding.warning == warnings) out.push_back(finding.error.code);
  }
  return out;
}

std::string error_of(const auto& result) {
  return result ? "none" : result.error().code;
}

TEST(Headings, AreKnownInChineseAndEnglish) {
  for (const auto& [heading, column] : {std::pair<const char*, Column>{"条码", Column::barcode},
                                        {"商品条码", Column::barcode},
                                        {"国际条码", Column::barcode},
                                        {"EAN", Column::barcode},
                                        {"Bar Code", Column::barcode},
                                        {"UPCEAN", Column::barcode},
                                        {"货号", Column::number},
                                        {"单品编码", Column::number},
                                        {"*商品编号", Column::number},
                                        {"ID", Column::number},
                                        {"品名", Column::name},
                                        {" 商品名称 ", Column::name},
                                        {"Name", Column::name},
                                        {"规格", Column::spec},
                                        {"零售价（元）", Column::price},
                                        {"售价", Column::price},
                                        {"Unit Price", Column::price},
                                        {"会员价", Column::member_price},
                                        {"进价", Column::cost},
                                        {"分类名称", Column::category},
                                        {"税率(%)", Column::tax},
                                        {"是否称重", Column::weighed},
                                        {"ＰＬＵ", Column::plu}}) {
    EXPECT_EQ(column_of_heading(heading), column) << heading;
  }
  EXPECT_EQ(column_of_heading("库存"), std::nullopt);
  EXPECT_EQ(column_of_heading(""), std::nullopt);
}

TEST(Headings, MayFollowATitle) {
  const auto rows = rows_of("商品资料导出,,\n2026-11-22,,\n条码,名称,售价\n6908512108211,可口可乐,3.00\n");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].row.line, 4);
  EXPECT_EQ(rows[0].row.name, "可口可乐");
}

TEST(Headings, CodeIsABarcodeUnlessAnotherColumnIs) {
  EXPECT_EQ(one_row("code,name", "6908512108211,x").row.codes.at(0).code, "06908512108211");
  const auto both = one_row("code,barcode,name", "A-17,6908512108211,x").row;
  EXPECT_EQ(both.number, "A-17");
  EXPECT_EQ(both.codes.size(), 1U);
}

TEST(Headings, ANumberThatHoldsBarcodesIsOne) {
  const auto row = one_row("商品编码,名称", "6908512108211,可口可乐").row;
  EXPECT_EQ(row.number, "6908512108211");
  ASSERT_EQ(row.codes.size(), 1U);
  EXPECT_EQ(row.codes[0].code, "06908512108211");
  EXPECT_TRUE(one_row("商品编码,名称", "10001,可口可乐").row.codes.empty());
}

TEST(Headings, FilesWithoutThemSpeakForThemselves) {
  std::string text;
  for (const char* line :
       {"11\t071132003245\t# 4 Split Washer\t1\tDefault\t0\t", "12\t022735200074\t#1 Dad\t1\tDefault\t0\t",
        "13\t6908512108211\tCola, cold\t1\tDefault\t0\t", "14\t6908512109218\tLemonade\t1\tDefault\t0\t"}) {
    text += std::string(line) + "\n";
  }
  const auto rows = rows_of(text);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].row.line, 1);
  EXPECT_EQ(rows[0].row.number, "11");
  EXPECT_EQ(rows[2].row.name, "Cola, cold");
  EXPECT_EQ(rows[2].row.codes.at(0).code, "06908512108211");
  EXPECT_EQ(GoodsFile::open("hello\nworld\nthis is a letter\n", 10).error().code, "import.no_columns");
}

TEST(Headings, UnknownColumnsAreNamedOnce) {
  auto file = GoodsFile::open("条码,名称,库存,名称\n6908512108211,x,5,y\n", 10);
  ASSERT_TRUE(file);
  const auto findings = findings_of(file->columns());
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].error.code, "import.no_price_column");
  EXPECT_EQ(findings[1].error.code, "import.columns_ignored");
  EXPECT_EQ(findings[1].value, "库存, 名称");
}

TEST(Amounts, AreReadTheWayShopsWriteThem) {
  for (const auto& [text, minor] : {std::pair<const char*, std::int64_t>{"12.50", 1250},
                                    {"12.5", 1250},
                                    {"12", 1200},
                                    {"¥12.50", 1250},
                                    {"￥ 12.50", 1250},
                                    {"12.50元", 1250},
                                    {"１２．５０", 1250},
                                    {"1,234.00", 123400},
                                    {"1,234", 123400},
                                    {"12,5", 1250},
                                    {"12,50", 1250},
                                    {"3.5000", 350},
                                    {".5", 50},
                                    {"5.", 500},
                                    {"0", 0},
                                    {"-0.00", 0},
                                    {"1000000", 100000000}}) {
    const auto amount = parse_amount(text);
    ASSERT_TRUE(amount) << text;
    EXPECT_EQ(amount->minor(), minor) << text;
  }
  EXPECT_EQ(error_of(parse_amount("-3.50")), "item.negative_price");
  EXPECT_EQ(error_of(parse_amount("3.505")), "import.price_decimals");
  EXPECT_EQ(error_of(parse_amount("6908512108211")), "item.price_too_high");
  EXPECT_EQ(error_of(parse_amount("99999999999999999999999999")), "item.price_too_high");
  for (const char* rubbish : {"abc", "1.2.3", "--1", "1-2", "¥", "1e5", "12元5角", ".", ",", "NaN"}) {
    EXPECT_EQ(error_of(parse_amount(rubbish)), "import.bad_price") << rubbish;
  }
}

TEST(Taxes, ArePercentsOrParts) {
  for (const auto& [text, rate] : {std::pair<const char*, int>{"13%", 1300},
                                   {"13", 1300},
                                   {"0.13", 1300},
                                   {"9.0%", 900},
                                   {"免税", 0},
                                   {"0", 0},
                                   {"６％", 600}}) {
    ASSERT_TRUE(parse_tax(text)) << text;
    EXPECT_EQ(parse_tax(text)->per_10k(), rate) << text;
  }
  EXPECT_EQ(error_of(parse_tax("lots")), "import.bad_tax");
  EXPECT_EQ(error_of(parse_tax("130")), "import.bad_tax");
}

TEST(Units, AreKilogramsOrPieces) {
  EXPECT_EQ(parse_unit("瓶")->unit, UnitOfMeasure::piece);
  EXPECT_EQ(parse_unit("KG")->unit, UnitOfMeasure::kilogram);
  EXPECT_EQ(parse_unit("公斤")->unit, UnitOfMeasure::kilogram);
  EXPECT_TRUE(parse_unit("斤")->half_kilogram);
  EXPECT_EQ(error_of(parse_unit("克")), "import.unsupported_unit");
}

TEST(Barcodes, BecomeCanonical) {
  EXPECT_EQ(parse_barcodes("6908512108211")->codes, (std::vector<std::string>{"06908512108211"}));
  EXPECT_EQ(parse_barcodes("071132003245")->codes, (std::vector<std::string>{"00071132003245"}));
  EXPECT_EQ(parse_barcodes("=\"6908512108211\"")->codes, (std::vector<std::string>{"06908512108211"}));
  EXPECT_EQ(parse_barcodes("'6908512108211")->codes, (std::vector<std::string>{"06908512108211"}));
  EXPECT_EQ(parse_barcodes("6908512108211.0")->codes, (std::vector<std::string>{"06908512108211"}));
  EXPECT_EQ(parse_barcodes("６９０８５１２１０８２１１")->codes, (std::vector<std::string>{"06908512108211"}));
  EXPECT_EQ(parse_barcodes("6908512108211/6908512109218 6908512108211")->codes,
            (std::vector<std::string>{"06908512108211", "06908512109218"}));
  EXPECT_EQ(parse_barcodes("69021824")->codes, (std::vector<std::string>{"00000069021824"}));  // EAN-8
  EXPECT_EQ(parse_barcodes("04252614")->codes, (std::vector<std::string>{"00042100005264"}));  // UPC-E
  EXPECT_EQ(parse_barcodes("301")->codes, (std::vector<std::string>{"301"}));
  for (const char* none : {"无", "-", "0", "无条码", ""}) EXPECT_TRUE(parse_barcodes(none)->codes.empty()) << none;
  const auto restored = parse_barcodes("71132003245");
  EXPECT_EQ(restored->codes, (std::vector<std::string>{"00071132003245"}));
  EXPECT_TRUE(restored->zero_restored);
  EXPECT_EQ(error_of(parse_barcodes("6908512108212")), "barcode.check_digit");
  EXPECT_EQ(error_of(parse_barcodes("6.90851E+12")), "import.scientific");
  EXPECT_EQ(error_of(parse_barcodes("#N/A")), "import.formula_error");
  EXPECT_EQ(error_of(parse_barcodes("条码")), "barcode.bad_characters");
}

TEST(ItemRows, ReadEveryColumn) {
  const auto reading = one_row(
      "货号,条码,PLU,名称,英文名称,规格,单位,售价,会员价,进价,税率,分类,品牌,助记码,皮重,年龄限制,停售,箱码,箱装数,"
      "箱价",
      "1001,6908512108211,301,可口可乐,Cola,1.25L,瓶,6.50,6.00,4.10,13%,饮料/汽水,可口可乐,KKKL klkl,0.01,18,是,"
      "16908512108218,12,70.00");
  EXPECT_TRUE(reading.findings.empty());
  const ItemRow& row = reading.row;
  EXPECT_EQ(row.line, 2);
  EXPECT_EQ(row.number, "1001");
  ASSERT_EQ(row.codes.size(), 3U);
  EXPECT_EQ(row.codes[1].code, "301");
  EXPECT_EQ(row.codes[2].code, "16908512108218");
  EXPECT_EQ(row.codes[2].pack_quantity, Quantity::of_units(12));
  EXPECT_EQ(row.codes[2].pack_price, Money::of_minor(7000));
  EXPECT_EQ(row.name, "可口可乐");
  EXPECT_EQ(row.name_en, "Cola");
  EXPECT_EQ(row.spec, "1.25L");
  EXPECT_EQ(row.brand, "可口可乐");
  EXPECT_EQ(row.mnemonic, "kkkl klkl");
  EXPECT_EQ(row.category, "汽水");
  EXPECT_EQ(row.unit, UnitOfMeasure::piece);
  EXPECT_EQ(row.price, Money::of_minor(650));
  EXPECT_EQ(row.member_price, Money::of_minor(600));
  EXPECT_EQ(row.cost, Money::of_minor(410));
  EXPECT_EQ(row.tax, Rate::of_per_10k(1300));
  EXPECT_EQ(row.tare, Quantity::of_milli(10));
  EXPECT_EQ(row.minimum_age, 18);
  EXPECT_EQ(row.sale_blocked, true);
  EXPECT_EQ(row.active, std::nullopt);
}

TEST(ItemRows, ReadTheRulesOfGoods) {
  const auto row = one_row("货号,名称,售价,押金,不可退货,销售时段", "1001,桶装水押金,30.00,是,否,８:00～22:00");
  EXPECT_TRUE(row.findings.empty());
  EXPECT_EQ(row.row.deposit, true);
  EXPECT_EQ(row.row.return_blocked, false);
  ASSERT_TRUE(row.row.sale_hours);
  EXPECT_EQ(*row.row.sale_hours, (catalogue::SaleHours{480, 1320}));
  const auto english = one_row("number,name,price,deposit,no return,sale hours", "1001,Barrel,30.00,,yes,18:00-24:00");
  EXPECT_TRUE(english.findings.empty());
  EXPECT_EQ(english.row.deposit, std::nullopt);
  EXPECT_EQ(english.row.return_blocked, true);
  EXPECT_EQ(*english.row.sale_hours, (catalogue::SaleHours{1080, 0}));
  const auto all_day = one_row("货号,名称,售价,销售时段", "1001,酱油,30.00,全天");
  ASSERT_TRUE(all_day.row.sale_hours);
  EXPECT_FALSE(*all_day.row.sale_hours);
  EXPECT_FALSE(one_row("货号,名称,售价,销售时段", "1001,酱油,30.00,").row.sale_hours) << "stays as it is stored";
  const auto bad = one_row("货号,名称,售价,押金,销售时段", "1001,酱油,30.00,30,8点到22点");
  EXPECT_EQ(codes_of(bad), (std::vector<std::string>{"import.bad_yes_no", "item.bad_sale_hours"}));
  EXPECT_EQ(bad.findings[1].column, "销售时段");
  EXPECT_EQ(bad.findings[1].value, "8点到22点");
}

TEST(ItemRows, RefuseWithLineColumnAndValue) {
  const auto reading = one_row("条码,名称,售价", "6908512108212,,-3");
  EXPECT_TRUE(reading.refused());
  EXPECT_EQ(codes_of(reading),
            (std::vector<std::string>{"barcode.check_digit", "item.no_name", "item.negative_price"}));
  EXPECT_EQ(reading.findings[0].line, 2);
  EXPECT_EQ(reading.findings[0].column, "条码");
  EXPECT_EQ(reading.findings[0].value, "6908512108212");
  EXPECT_EQ(reading.findings[2].column, "售价");
  EXPECT_EQ(reading.findings[2].value, "-3");
  EXPECT_EQ(codes_of(one_row("条码,名称", "无,可乐")), (std::vector<std::string>{"import.no_identity"}));
  EXPECT_EQ(codes_of(one_row("条码,名称", "6908512108211," + std::string(10 << 20, 'x'))),
            (std::vector<std::string>{"import.cell_too_long"}));
  EXPECT_EQ(codes_of(one_row("条码,名称,售价", "6908512108211,可乐,#REF!")),
            (std::vector<std::string>{"import.formula_error"}));
  EXPECT_EQ(codes_of(one_row("条码,名称,箱码", "6908512108211,可乐,16908512108218")),
            (std::vector<std::string>{"import.no_case_quantity"}));
}

TEST(ItemRows, OnlyWarnAboutWhatCanBeTaken) {
  const auto unpriced = one_row("条码,名称,售价", "6908512108211,可乐,");
  EXPECT_FALSE(unpriced.refused());
  EXPECT_EQ(codes_of(unpriced, true), (std::vector<std::string>{"import.no_price"}));
  EXPECT_EQ(unpriced.row.price, std::nullopt);
  EXPECT_EQ(codes_of(one_row("条码,名称,售价", "6908512108211,可乐,0"), true),
            (std::vector<std::string>{"import.zero_price"}));
  const auto per_jin = one_row("货号,名称,单位,售价,会员价", "17,大白菜,斤,1.29,1.09");
  EXPECT_EQ(per_jin.row.price, Money::of_minor(258));
  EXPECT_EQ(per_jin.row.member_price, Money::of_minor(218));
  EXPECT_EQ(per_jin.row.unit, UnitOfMeasure::kilogram);
  EXPECT_EQ(codes_of(per_jin, true), (std::vector<std::string>{"import.per_half_kilogram"}));
}

TEST(ItemRows, DropTheSortingLetterWhereItIsAHabit) {
  std::string text = "条码,名称\n";
  const std::vector<std::string> codes = {"6908512108211", "6908512109218", "6908512109423",
                                          "6908512108426", "6908512110429", "6942404210019"};
  for (const auto& code : codes) text += code + ",A可口可乐\n";
  text += "6942404210026,Am&m豆\n6942404210033,雪碧\n";
  const auto rows = rows_of(text);
  ASSERT_EQ(rows.size(), 8U);
  EXPECT_EQ(rows[0].row.name, "可口可乐");
  EXPECT_EQ(codes_of(rows[0], true), (std::vector<std::string>{"import.stray_letter"}));
  EXPECT_EQ(rows[6].row.name, "m&m豆");
  EXPECT_EQ(rows[7].row.name, "雪碧");
  EXPECT_TRUE(rows[7].findings.empty());
  EXPECT_EQ(one_row("条码,名称", "6908512108211,A字裤").row.name, "A字裤");
}

TEST(ItemRows, WithoutANameColumnOnlyChangeWhatTheyMention) {
  const auto reading = one_row("条码,售价", "6908512108211,3.20");
  EXPECT_FALSE(reading.refused());
  EXPECT_EQ(reading.row.name, std::nullopt);
  EXPECT_EQ(reading.row.price, Money::of_minor(320));
}

TEST(GoodsFiles, ComeAsWorkbooksToo) {
  const auto rows =
      rows_of(testing::workbook_of({{"商品条码", "品名", "零售价"}, {"6908512108211", "可口可乐", "3.00"}}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].row.price, Money::of_minor(300));
}

TEST(GoodsFiles, OfOtherKindsAreRefusedByName) {
  const auto code = [](std::string content, std::int64_t limit = 10) {
    const auto file = GoodsFile::open(std::move(content), limit);
    return file ? "none" : file.error().code;
  };
  EXPECT_EQ(code(""), "import.empty");
  EXPECT_EQ(code(" \r\n \n"), "import.empty");
  EXPECT_EQ(code("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on"), "import.old_excel");
  EXPECT_EQ(code("<html><table><tr><td>条码</td></tr></table></html>"), "import.web_page");
  EXPECT_EQ(code("PK\x03\x04 not really"), "import.not_xlsx");
  std::string many = "条码,名称\n";
  for (int i = 0; i < 11; ++i) many += "6908512108211,x\n";
  EXPECT_EQ(code(many), "import.too_many_rows");
  EXPECT_EQ(code(many, 11), "none");
}

}  // namespace
}  // namespace lanekeeper::importing
