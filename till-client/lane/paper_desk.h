// What goes to the receipt printer: receipts, slips, reports. Nothing here waits for paper.
#pragma once

#include "lane/lane_work.h"
#include "receipt/control_slip.h"
#include "receipt/receipt.h"

namespace lanekeeper::till {

class PaperDesk {
 public:
  // `finished` hears of receipts on the owning thread.
  using Finished = std::function<void(std::int64_t receipt_number, const Result<void>& result)>;
  PaperDesk(LaneWork& lane, LaneServices& services, const i18n::Texts& texts, Finished finished)
      : lane_(lane), services_(services), texts_(texts), finished_(std::move(finished)) {}

  // Without a printer an original is nothing, and whoever asks for paper is told: device.no_printer.
  [[nodiscard]] Result<void> print(const sale::RetailTransaction& sale, ReceiptKind kind);
  [[nodiscard]] Result<void> print(const sale::ControlTransaction& control, const SlipOptions& options);
  [[nodiscard]] Result<void> print(const XReport& report, const SlipOptions& options);
  // `heard` as ReceiptPrinter::print's, on the owning thread.
  [[nodiscard]] Result<void> print_test(const ZonedTime& now, std::function<void(const Result<void>&)> heard);
  // device.no_printer: what whoever asks for paper would be told.
  [[nodiscard]] Result<void> can_print() const;
  // What a till that was killed or switched off still owes on paper, once, when the profile is there. The drawer stays
  // shut: the money was seen to then.
  void print_left();

 private:
  [[nodiscard]] bool has_printer() const { return services_.printer.state() != DeviceState::none; }
  [[nodiscard]] ReceiptStore head() const;
  [[nodiscard]] const ReceiptPaper& paper() const;
  [[nodiscard]] SlipOptions complete(SlipOptions options) const;
  [[nodiscard]] Result<void> print_slip(std::string bytes);

  LaneWork& lane_;
  LaneServices& services_;
  const i18n::Texts& texts_;
  Finished finished_;
  bool left_printed_ = false;
};

}  // namespace lanekeeper::till
