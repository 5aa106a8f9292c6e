#include "lane/paper_desk.h"

#include <spdlog/spdlog.h>

#include "receipt/test_slip.h"

namespace lanekeeper::till {

namespace {

tl::unexpected<Error> no_printer() {
  return fail("device.no_printer", "This till has no receipt printer. Start it with --printer.");
}

}  // namespace

ReceiptStore PaperDesk::head() const {
  return lane_.store() ? receipt_store(*lane_.store(), texts_.language()) : ReceiptStore{};
}

const ReceiptPaper& PaperDesk::paper() const {
  static const ReceiptPaper usual;
  return services_.paper ? *services_.paper : usual;
}

SlipOptions PaperDesk::complete(SlipOptions options) const {
  if (lane_.store() && lane_.store()->till_policy) options.methods = lane_.store()->till_policy->methods;
  return options;
}

Result<void> PaperDesk::can_print() const {
  if (!has_printer()) return no_printer();
  return {};
}

Result<void> PaperDesk::print(const sale::RetailTransaction& sale, ReceiptKind kind) {
  if (!has_printer()) {
    if (kind == ReceiptKind::original) return {};
    return no_printer();
  }
  const ReceiptLog::Receipt receipt{sale.till, sale.receipt_number};
  // Training has numbers of its own, and a gift receipt is none that is owed.
  const bool owed = kind != ReceiptKind::gift && !sale.training.value_or(false);
  auto* const log = owed ? services_.receipts : nullptr;
  return services_.printer.print_logged(
      receipt_bytes(sale, head(), texts_, kind, paper()),
      [log, receipt] {
        if (log != nullptr) log->begun(receipt);
      },
      [post = lane_.post_here(), this, log, receipt](const Result<void>& result) {
        if (log != nullptr && result) log->printed(receipt);
        if (post) post([this, number = receipt.number, result] { finished_(number, result); });
      });
}

Result<void> PaperDesk::print(const sale::ControlTransaction& control, const SlipOptions& options) {
  if (!has_printer()) {
    if (!options.duplicate) return {};
    return no_printer();
  }
  return print_slip(control_slip_bytes(control, head(), texts_, complete(options), paper()));
}

Result<void> PaperDesk::print(const XReport& report, const SlipOptions& options) {
  if (!has_printer()) return no_printer();
  return print_slip(x_report_bytes(report, head(), texts_, complete(options), paper()));
}

Result<void> PaperDesk::print_test(const ZonedTime& now, std::function<void(const Result<void>&)> heard) {
  if (!has_printer()) return no_printer();
  return services_.printer.print(test_slip_bytes(lane_.till_number(), now, head(), texts_, paper()),
                                 [post = lane_.post_here(), heard = std::move(heard)](const Result<void>& result) {
                                   if (post) post([heard, result] { heard(result); });
                                 });
}

Result<void> PaperDesk::print_slip(std::string bytes) {
  return services_.printer.print(std::move(bytes), [post = lane_.post_here(), this](const Result<void>& result) {
    if (!post || result) return;
    post([this, error = result.error()] { lane_.tell({LaneEvent::Kind::print_failed, 0, {}, error}); });
  });
}

void PaperDesk::print_left() {
  if (services_.receipts == nullptr || !lane_.store() || !has_printer()) return;
  if (std::exchange(left_printed_, true)) return;
  for (const auto& left : services_.receipts->unprinted()) {
    spdlog::info("receipt {} was not printed before the last end of this program", left.sale.receipt_number);
    auto queued = print(left.sale, left.begun ? ReceiptKind::duplicate : ReceiptKind::original);
    if (!queued) lane_.tell({LaneEvent::Kind::print_failed, left.sale.receipt_number, {}, std::move(queued.error())});
  }
}

}  // namespace lanekeeper::till
