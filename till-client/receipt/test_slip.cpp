#include "receipt/test_slip.h"

#include <algorithm>

#include "receipt_template/layout.h"

namespace lanekeeper::till {

namespace {

using receipt_template::Align;
using receipt_template::Cell;
using receipt_template::Document;
using receipt_template::Row;
using receipt_template::Rule;
using receipt_template::Run;
using receipt_template::Style;

// Simplified and traditional characters, punctuation and signs of prices: two bytes each in GB18030.
constexpr const char* han_sample =
    "\u6536\u94f6 \u9c9c\u9c7c \u8c46\u8150 \u86cb\u7cd5 \u8d85\u5e02 \u7e41\u9ad4 "
    "\u9eb5\u5305 \uff0c\u3002\uff08\uff09\u3001\uff1a\uffe5\uff05";
constexpr char first_ascii = '!';
constexpr char last_ascii = '~';

Row line(Align align, std::string text, const Style& style = {}) {
  return {{Cell{align, {Run{std::move(text), style}}}}, {}};
}

// 1234567890123..., to the last column of the paper.
std::string ruler(int columns) {
  std::string digits;
  for (int column = 1; column <= columns; ++column) digits += static_cast<char>('0' + column % 10);
  return digits;
}

void add_ascii(Document& slip, int columns) {
  std::string row;
  for (char c = first_ascii; c <= last_ascii; ++c) {
    row += c;
    if (static_cast<int>(row.size()) == columns) slip.emplace_back(line(Align::left, std::exchange(row, {})));
  }
  if (!row.empty()) slip.emplace_back(line(Align::left, row));
}

void add_styles(Document& slip, const i18n::Texts& texts) {
  Style bold;
  bold.bold = true;
  Style underlined;
  underlined.underlined = true;
  Style inverted;
  inverted.inverted = true;
  Style large;
  large.width = large.height = 2;
  slip.emplace_back(line(Align::left, texts.text("receipt.test.bold"), bold));
  slip.emplace_back(line(Align::left, texts.text("receipt.test.underlined"), underlined));
  slip.emplace_back(line(Align::left, texts.text("receipt.test.inverted"), inverted));
  slip.emplace_back(line(Align::left, texts.text("receipt.test.large"), large));
}

}  // namespace

std::string test_slip_bytes(std::int64_t till, const ZonedTime& now, const ReceiptStore& store,
                            const i18n::Texts& texts, const ReceiptPaper& paper) {
  Style title;
  title.bold = true;
  title.height = title.width = 2;
  Document slip;
  if (!store.name.empty()) slip.emplace_back(line(Align::centre, store.name));
  slip.emplace_back(line(Align::centre, texts.text("receipt.test.title"), title));
  slip.emplace_back(line(Align::centre, till > 0 ? texts.text("receipt.test.till", {{"number", std::to_string(till)}})
                                                 : texts.text("receipt.test.unpaired")));
  slip.emplace_back(line(Align::centre, now.local_date().to_string() + " " + now.local_time_hms()));
  slip.emplace_back(Rule{});
  slip.emplace_back(line(Align::left, ruler(paper.columns)));
  add_ascii(slip, paper.columns);
  slip.emplace_back(line(Align::left, han_sample));
  add_styles(slip, texts);
  slip.emplace_back(receipt_template::Barcode{"1234567890", 60, 2, true});
  slip.emplace_back(receipt_template::QrCode{"Lanekeeper"});
  slip.emplace_back(Rule{});
  slip.emplace_back(line(Align::centre, texts.text("receipt.test.note")));
  slip.emplace_back(receipt_template::Cut{});
  return escpos_of(receipt_template::lay_out(slip, paper.columns), paper.encoding);
}

}  // namespace lanekeeper::till
