// Whatever a template and its data say: nothing is wider than the paper, nothing is lost, figures end at the edge.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "receipt_template/layout.h"
#include "receipt_template/receipt_template.h"

namespace lanekeeper::receipt_template {
namespace {

std::string some_text() {
  static const std::vector<std::string> pieces = {"a",  "B", "7",  " ", "-", ".",  "长",
                                                  "牛", "×", "，", "ｱ", "é", "𠮷", "x́"};
  std::string text;
  for (const auto& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces))) text += piece;
  return text;
}

Row some_row() {
  Row row;
  const int cells = *rc::gen::inRange(1, 7);
  for (int i = 0; i < cells; ++i) {
    Cell cell;
    cell.align = *rc::gen::element(Align::left, Align::centre, Align::right);
    const int runs = *rc::gen::inRange(0, 3);
    for (int j = 0; j < runs; ++j) {
      Style style;
      style.bold = *rc::gen::arbitrary<bool>();
      style.width = *rc::gen::inRange(1, 3);
      style.height = *rc::gen::inRange(1, 3);
      const auto text = some_text();
      if (!text.empty()) cell.runs.push_back({text, style});
    }
    row.cells.push_back(std::move(cell));
  }
  if (*rc::gen::arbitrary<bool>()) {
    for (int i = 0; i < cells; ++i) row.widths.push_back(*rc::gen::inRange(1, 40));
  }
  return row;
}

std::u32string letters(std::string_view text) {
  std::u32string out;
  for (const char32_t c : to_utf32(text)) {
    if (c != U' ') out += c;
  }
  return out;
}

RC_GTEST_PROP(ReceiptLayout, FitsThePaperAndLosesNothing, ()) {
  const int columns = *rc::gen::element(48, 32, 42);
  const Row row = some_row();
  std::u32string given;
  for (const auto& cell : row.cells) {
    for (const auto& run : cell.runs) given += letters(run.text);
  }
  std::u32string printed;
  for (const auto& element : lay_out({row}, columns)) {
    const auto& line = std::get<PaperLine>(element);
    RC_ASSERT(width_of(line) <= columns);
    for (const auto& run : line.runs) printed += letters(run.text);
  }
  std::sort(given.begin(), given.end());
  std::sort(printed.begin(), printed.end());
  RC_ASSERT(given == printed);
}

RC_GTEST_PROP(ReceiptLayout, ACellKeepsItsOrder, ()) {
  const int columns = *rc::gen::element(48, 32);
  Row row;
  const auto text = some_text();
  row.cells.push_back({*rc::gen::element(Align::left, Align::centre, Align::right), {}});
  if (!text.empty()) row.cells[0].runs.push_back({text, {}});
  std::u32string printed;
  for (const auto& element : lay_out({row}, columns)) {
    for (const auto& run : std::get<PaperLine>(element).runs) printed += letters(run.text);
  }
  RC_ASSERT(printed == letters(text));
}

RC_GTEST_PROP(ReceiptLayout, AmountsEndAtTheEdgeAndStayWhole, ()) {
  const int columns = *rc::gen::element(48, 32);
  const auto cents = *rc::gen::inRange<std::int64_t>(-99999999, 99999999);
  std::string amount = std::to_string(cents);
  amount.insert(amount.size() - 1, ".");
  Row row;
  const auto name = some_text();
  row.cells.push_back({Align::left, {}});
  if (!name.empty()) row.cells[0].runs.push_back({name, {}});
  row.cells.push_back({Align::right, {{amount, {}}}});
  const auto paper = lay_out({row}, columns);
  std::string first;
  for (const auto& run : std::get<PaperLine>(paper.at(0)).runs) first += run.text;
  RC_ASSERT(first.ends_with(amount));
  RC_ASSERT(display_width(first) == columns);
}

RC_GTEST_PROP(ReceiptLayout, AnyTextIsATemplateOrHasErrorsWithPlaces, ()) {
  static const std::vector<std::string> pieces = {
      "{{", "}}", "{", "}",     "#a", "^a",     "/a", "a",  "|",  " ", "\n", "^",
      "\"", "-",  "=", "code:", ";",  "width:", "9,", "\\", "长", "~", "."};
  std::string text;
  for (const auto& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces))) text += piece;
  const auto read = ReceiptTemplate::parse(text);
  if (!read) {
    const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
    for (const auto& error : read.error()) RC_ASSERT(error.line >= 1 && error.line <= lines && error.column >= 1);
    return;
  }
  Value data;
  data["a"] = List{Value("x"), Value("y|z")};
  for (const auto& element : lay_out(read->render(data), 32)) {
    if (const auto* line = std::get_if<PaperLine>(&element)) {
      RC_LOG() << text << " ## " << line->runs.size();
      RC_ASSERT(width_of(*line) <= 32);
    }
  }
}

}  // namespace
}  // namespace lanekeeper::receipt_template
