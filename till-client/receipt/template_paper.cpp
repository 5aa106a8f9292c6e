#include "receipt/template_paper.h"

#include <algorithm>

namespace lanekeeper::till {

namespace {

using receipt_template::Align;
using receipt_template::Cell;
using receipt_template::Document;
using receipt_template::Row;
using receipt_template::Run;
using receipt_template::Style;

Row mark(const std::string& words) {
  Style twice;
  twice.bold = true;
  twice.width = 2;
  twice.height = 2;
  return Row{{Cell{Align::centre, {Run{words, twice}}}}, {}};
}

bool is_cut(const Document& document) {
  return std::any_of(document.begin(), document.end(),
                     [](const auto& element) { return std::holds_alternative<receipt_template::Cut>(element); });
}

}  // namespace

std::string template_bytes(receipt_template::Kind kind, const receipt_template::Value& data, const ReceiptStore& store,
                           const i18n::Texts& texts, const PaperMarks& marks, const ReceiptPaper& paper) {
  const auto own = std::find_if(store.templates.begin(), store.templates.end(),
                                [kind](const auto& one) { return one.kind == kind; });
  Document document;
  if (own == store.templates.end()) {
    document = receipt_template::built_in(kind, texts.language()).render(data);
  } else {
    if (marks.duplicate && !own->marks_duplicates) document.emplace_back(mark(texts.text("receipt.duplicate")));
    if (marks.training && !own->marks_training) document.emplace_back(mark(texts.text("receipt.training")));
    auto rest = own->read.render(data);
    document.insert(document.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
  }
  if (!is_cut(document)) document.emplace_back(receipt_template::Cut{});
  return escpos_of(receipt_template::lay_out(document, paper.columns), paper.encoding);
}

}  // namespace lanekeeper::till
