#include "receipt/receipt.h"

#include "receipt/receipt_data.h"
#include "receipt/template_paper.h"

namespace lanekeeper::till {

namespace {

using receipt_template::Align;
using receipt_template::Cell;
using receipt_template::Kind;
using receipt_template::ReceiptTemplate;
using receipt_template::Row;
using receipt_template::Run;
using receipt_template::Style;

std::string_view name_of(i18n::Language language) {
  return language == i18n::Language::en ? "en" : "zh_CN";
}

Kind template_kind(const sale::RetailTransaction& sale, ReceiptKind kind) {
  if (kind == ReceiptKind::gift) return Kind::gift;
  return is_refund(sale) ? Kind::returned : Kind::sale;
}

}  // namespace

ReceiptStore receipt_store(const protocol::StoreProfile& profile, i18n::Language language) {
  ReceiptStore store;
  const bool english = language == i18n::Language::en && !profile.name_en.empty();
  store.name = english ? profile.name_en : profile.name;
  store.address = profile.address;
  store.phone = profile.phone;
  store.footer = profile.receipt_footer;
  if (profile.till_policy) store.methods = profile.till_policy->methods;
  for (const auto& own : profile.receipt_templates.value_or(std::vector<protocol::ReceiptTemplate>())) {
    const auto kind = receipt_template::kind_of(own.kind);
    if (!kind || own.language != name_of(language)) continue;
    auto read = ReceiptTemplate::parse(own.text);
    if (!read) continue;
    const auto says = [&own](std::string_view name) { return own.text.find(name) != std::string::npos; };
    store.templates.push_back({*kind, std::move(*read), says(".duplicate"), says(".training")});
  }
  return store;
}

std::vector<Error> template_errors(const protocol::StoreProfile& profile, const i18n::Texts& texts) {
  std::vector<Error> errors;
  const auto add = [&errors, &texts](const protocol::ReceiptTemplate& own, int line, int column,
                                     const std::string& problem) {
    errors.push_back({"receipt.bad_template",
                      "A receipt template of the store cannot be read; the built-in one prints instead. Correct it.",
                      {{"kind", own.kind},
                       {"language", own.language},
                       {"line", std::to_string(line)},
                       {"column", std::to_string(column)},
                       {"problem", problem},
                       {"reason", texts.text("error." + problem)}}});
  };
  for (const auto& own : profile.receipt_templates.value_or(std::vector<protocol::ReceiptTemplate>())) {
    if (!receipt_template::kind_of(own.kind)) add(own, 1, 1, "template.kind");
    const auto read = ReceiptTemplate::parse(own.text);
    if (read) continue;
    for (const auto& error : read.error()) add(own, error.line, error.column, error.code);
  }
  return errors;
}

std::string receipt_bytes(const sale::RetailTransaction& sale, const ReceiptStore& store, const i18n::Texts& texts,
                          ReceiptKind kind, const ReceiptPaper& paper) {
  const PaperMarks marks{kind == ReceiptKind::duplicate, sale.training.value_or(false)};
  return template_bytes(template_kind(sale, kind), receipt_data(sale, store, texts, kind, paper), store, texts, marks,
                        paper);
}

std::string replacement_heading(const i18n::Texts& texts, const ReceiptPaper& paper) {
  Style bold;
  bold.bold = true;
  const Row row{{Cell{Align::centre, {Run{texts.text("receipt.replaces_incomplete"), bold}}}}, {}};
  return escpos_of(receipt_template::lay_out({receipt_template::Rule{}, row, receipt_template::Rule{}}, paper.columns),
                   paper.encoding);
}

}  // namespace lanekeeper::till
