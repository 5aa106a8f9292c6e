#include "receipt/control_slip.h"

#include "receipt/slip_data.h"
#include "receipt/template_paper.h"

namespace lanekeeper::till {

namespace {

receipt_template::Kind template_kind(const sale::ControlTransaction& control) {
  if (control.closing) return receipt_template::Kind::report;
  const bool suspended = control.kind == sale::ControlKind::basket_suspend;
  return suspended ? receipt_template::Kind::suspend : receipt_template::Kind::control;
}

}  // namespace

std::string control_slip_bytes(const sale::ControlTransaction& control, const ReceiptStore& store,
                               const i18n::Texts& texts, const SlipOptions& options, const ReceiptPaper& paper) {
  return template_bytes(template_kind(control), control_slip_data(control, store, texts, options, paper), store, texts,
                        {options.duplicate, options.training}, paper);
}

std::string x_report_bytes(const XReport& report, const ReceiptStore& store, const i18n::Texts& texts,
                           const SlipOptions& options, const ReceiptPaper& paper) {
  return template_bytes(receipt_template::Kind::report, x_report_data(report, store, texts, options, paper), store,
                        texts, {options.duplicate, options.training}, paper);
}

}  // namespace lanekeeper::till
