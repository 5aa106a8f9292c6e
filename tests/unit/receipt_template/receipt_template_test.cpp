#include "receipt_template/receipt_template.h"

#include <gtest/gtest.h>

#include "receipt_template/built_in.h"
#include "receipt_template/layout.h"
#include "receipt_template/plain_text.h"

namespace lanekeeper::receipt_template {
namespace {

Document rendered(std::string_view text, const Value& data = {}) {
  auto read = ReceiptTemplate::parse(text);
  if (!read) {
    const auto& error = read.error().front();
    ADD_FAILURE() << error.line << ":" << error.column << " " << error.code;
    return {};
  }
  return read->render(data);
}

std::string printed(std::string_view text, const Value& data = {}, int columns = 32) {
  return plain_text(lay_out(rendered(text, data), columns), columns);
}

Value goods() {
  Value data;
  List lines;
  for (const auto* name : {"牛奶", "薯片"}) {
    Value line;
    line["name"] = name;
    line["amount"] = "4.50";
    lines.push_back(std::move(line));
  }
  std::get<Parts>(lines[1].node)["saving"] = Value("-1.00");
  data["lines"] = std::move(lines);
  data["store"]["name"] = "惠民";
  return data;
}

TEST(ReceiptTemplate, CellsStandWhereTheirBlanksSay) {
  EXPECT_EQ(printed("left | right"), "left                       right\n");
  EXPECT_EQ(printed("middle"), "             middle\n");
  EXPECT_EQ(printed("left |"), "left\n");
  EXPECT_EQ(printed("| right"), "                           right\n");
  EXPECT_EQ(printed("{width:10,11,11}\na | b| c"), "a                   b          c\n");
  EXPECT_EQ(printed("a | b | c"), "a             b                c\n");
  EXPECT_EQ(printed("~~in | x"), "  in                           x\n");
}

TEST(ReceiptTemplate, VariablesLoopsAndConditions) {
  EXPECT_EQ(
      printed("{{store.name}} |\n{{#lines}}\n{{name}} | {{amount}}\n{{#saving}}\n~~off | {{saving}}\n{{/saving}}\n{{/"
              "lines}}\nend |",
              goods()),
      "惠民\n"
      "牛奶                        4.50\n"
      "薯片                        4.50\n"
      "  off                      -1.00\n"
      "end\n");
  EXPECT_EQ(printed("{{^member}}\nno member |\n{{/member}}\n{{#member}}\nmember |\n{{/member}}"), "no member\n");
  EXPECT_EQ(printed("{{#words}}{{.}}, {{/words}}end |",
                    [] {
                      Value data;
                      data["words"] = List{Value("a"), Value("b")};
                      return data;
                    }()),
            "a, b, end\n");
}

TEST(ReceiptTemplate, NothingLeavesNoLine) {
  EXPECT_EQ(printed("a |\n{{missing}} |\nb |"), "a\nb\n");
  EXPECT_EQ(printed("a |\n{{#missing}}x |{{/missing}}\nb |"), "a\nb\n");
  EXPECT_EQ(printed("a |\n\nb |"), "a\n\nb\n") << "a blank line of the template is one";
  EXPECT_EQ(printed("a |\n{{! said to nobody }}\nb |"), "a\nb\n");
  EXPECT_EQ(printed("a |\n{{^missing}}\n{{/missing}}\n\nb |"), "a\n\nb\n");
  EXPECT_TRUE(rendered("{code:{{missing}}}").empty());
}

TEST(ReceiptTemplate, DataIsNeverMarkup) {
  Value data;
  data["x"] = "a|b\"^^{code:1}\\-_`~{{x}}";
  EXPECT_EQ(printed("{{x}} |", data), "a|b\"^^{code:1}\\-_`~{{x}}\n");
  data["x"] = "---";
  EXPECT_TRUE(std::holds_alternative<Row>(rendered("{{x}}", data).at(0)));
  data["x"] = "===";
  EXPECT_TRUE(std::holds_alternative<Row>(rendered("{{x}}", data).at(0)));
  data["x"] = "a\nb\x1b";
  EXPECT_EQ(printed("{{x}} |", data), "a b\n");
}

TEST(ReceiptTemplate, StylesAndSizes) {
  const auto row = std::get<Row>(rendered("a\"b\"_c_`d`^e^f^^g^^^h").at(0));
  const auto& runs = row.cells.at(0).runs;
  ASSERT_EQ(runs.size(), 8U);
  EXPECT_EQ(runs[0].style, Style{});
  EXPECT_TRUE(runs[1].style.bold);
  EXPECT_TRUE(runs[2].style.underlined);
  EXPECT_TRUE(runs[3].style.inverted);
  EXPECT_EQ(runs[4].style.width, 2);
  EXPECT_EQ(runs[5].style, Style{});
  EXPECT_EQ(runs[6].style.height, 2);
  EXPECT_EQ(runs[6].style.width, 1);
  EXPECT_EQ(runs[7].style.width, 2);
  EXPECT_EQ(runs[7].style.height, 2);
  EXPECT_EQ(printed("\\|\\^\\\"\\{\\- |"), "|^\"{-\n");
}

TEST(ReceiptTemplate, RulesCodesPicturesCuts) {
  Value data;
  data["number"] = "0320261120000142";
  const auto document = rendered(
      "-\n{rule:=}\n{code:{{number}}}\n{code:A-{{number}};option:3,60,nohri}\n{qr:https://shop/{{number}};option:5,q}\n"
      "{code:x;option:qrcode,3,l}\n{image:logo}\n=\n",
      data);
  ASSERT_EQ(document.size(), 8U);
  EXPECT_EQ(std::get<Rule>(document[0]).character, '-');
  EXPECT_EQ(std::get<Rule>(document[1]).character, '=');
  EXPECT_EQ(std::get<Barcode>(document[2]).data, "0320261120000142");
  EXPECT_TRUE(std::get<Barcode>(document[2]).text_below);
  const auto& code = std::get<Barcode>(document[3]);
  EXPECT_EQ(code.data, "A-0320261120000142");
  EXPECT_EQ(code.module_dots, 3);
  EXPECT_EQ(code.height_dots, 60);
  EXPECT_FALSE(code.text_below);
  const auto& qr = std::get<QrCode>(document[4]);
  EXPECT_EQ(qr.data, "https://shop/0320261120000142");
  EXPECT_EQ(qr.module_dots, 5);
  EXPECT_EQ(qr.level, QrCode::Level::quartile);
  EXPECT_EQ(std::get<QrCode>(document[5]).level, QrCode::Level::low);
  EXPECT_EQ(std::get<Image>(document[6]).name, "logo");
  EXPECT_TRUE(std::holds_alternative<Cut>(document[7]));
}

TEST(ReceiptTemplate, WhatNoScannerCanReadIsWrittenOut) {
  Value data;
  data["x"] = "挂单";
  EXPECT_TRUE(std::holds_alternative<Row>(rendered("{code:{{x}}}", data).at(0)));
}

struct BadCase {
  const char* text;
  const char* code;
  int line;
  int column;
};
TEST(ReceiptTemplate, ErrorsSayWhere) {
  for (const auto& bad : std::vector<BadCase>{{"a\n b {{x", "template.unclosed_tag", 2, 4},
                                              {"a\n{{#lines}}\nb", "template.unclosed_section", 2, 1},
                                              {"a {{/lines}}", "template.unopened_section", 1, 3},
                                              {"{{#a}}{{#b}}{{/a}}{{/b}}", "template.unopened_section", 1, 13},
                                              {"中文 {{a b}}", "template.bad_tag", 1, 4},
                                              {"{{.a}}", "template.bad_tag", 1, 1},
                                              {"x\n{code:1", "template.unclosed_property", 2, 7},
                                              {"{code:1} x", "template.bad_property", 1, 9},
                                              {"{color:red}", "template.bad_property", 1, 2},
                                              {"{width:a,2}", "template.bad_value", 1, 2},
                                              {"{width:1,2,3,4,5,6,7,8,9}", "template.too_many_cells", 1, 2},
                                              {"{rule:ab}", "template.bad_value", 1, 2},
                                              {"{code:1;option:ean13}", "template.bad_value", 1, 9},
                                              {"a|b|c|d|e|f|g|h|i", "template.too_many_cells", 1, 13},
                                              {"x^^^^y", "template.bad_size", 1, 2}}) {
    const auto read = ReceiptTemplate::parse(bad.text);
    ASSERT_FALSE(read) << bad.text;
    const auto& error = read.error().front();
    EXPECT_EQ(error.code, bad.code) << bad.text;
    EXPECT_EQ(error.line, bad.line) << bad.text;
    EXPECT_EQ(error.column, bad.column) << bad.text;
    EXPECT_FALSE(error.message.empty());
  }
  EXPECT_FALSE(ReceiptTemplate::parse(std::string(70'000, 'x')));
  std::string deep;
  for (int i = 0; i < 30; ++i) deep += "{{#a}}";
  for (int i = 0; i < 30; ++i) deep += "{{/a}}";
  EXPECT_FALSE(ReceiptTemplate::parse(deep));
}

TEST(Layout, LongTextIsWrappedAndAmountsStayWhole) {
  EXPECT_EQ(printed("{{x}} | 1.00",
                    [] {
                      Value data;
                      data["x"] = "一个长得没完没了的商品名称 two words";
                      return data;
                    }()),
            "一个长得没完没了的商品名称  1.00\n"
            "two words\n");
  EXPECT_EQ(printed("{width:13,6,6,7}\na | 1| 1000000.00| 1000000.00"), "a        1 1000000.00 1000000.00\n");
  EXPECT_EQ(printed("{width:20,9,9,10}\na | 1| 2| 3"), "a                  1     2     3\n");
}

TEST(Layout, AnIndentGivesWayToItsWord) {
  EXPECT_EQ(printed("~~6901234567892 | 49.90| 49.90| 49.90"), "6901234567892  49.90 49.90 49.90\n");
}

TEST(Layout, NoLineBeginsWithAClosingMark) {
  EXPECT_EQ(printed("凭本小票七天内可以退换生鲜商品了，请 |"), "凭本小票七天内可以退换生鲜商品\n了，请\n");
  EXPECT_EQ(printed("凭本小票七天内可以退换生鲜商品（以 |"), "凭本小票七天内可以退换生鲜商品\n（以\n");
}

TEST(Layout, DoubledRowsAreOneRun) {
  const auto paper = lay_out(rendered("\"^^^应付 | \"^^^183.13"), 48);
  const auto& line = std::get<PaperLine>(paper.at(0));
  ASSERT_EQ(line.runs.size(), 1U);
  EXPECT_EQ(line.runs[0].text, "应付              183.13");
  EXPECT_EQ(width_of(line), 48);
}

TEST(BuiltIn, EveryKindIsThereInBothLanguages) {
  for (const auto kind : all_kinds()) {
    EXPECT_EQ(kind_of(name_of(kind)), kind);
    for (const auto language : {i18n::Language::zh_CN, i18n::Language::en}) {
      const auto document = built_in(kind, language).render({});
      EXPECT_TRUE(std::holds_alternative<Cut>(document.back()));
    }
  }
  EXPECT_FALSE(kind_of("invoice"));
}

}  // namespace
}  // namespace lanekeeper::receipt_template
