// What the server found odd during the last day about tills rather than about a sale: barcodes nobody knows, baskets
// nobody took up, shifts and journals that are not right. Oddities of a sale stand with the sale.
#pragma once

#include <memory>
#include <vector>

#include "model/lifetime.h"
#include "model/signal.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// UI thread only.
class ExceptionsModel {
 public:
  static constexpr std::chrono::milliseconds look_again{60'000};
  static constexpr std::int64_t shown_for_h = 24;

  ExceptionsModel(Transport& transport, Timers& timers) : transport_(transport), timers_(timers) {}

  void refresh(Asked asked = Asked::by_person);
  void clear();

  [[nodiscard]] const std::vector<protocol::ExceptionRow>& rows() const { return rows_; }  // newest first

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  Transport& transport_;
  Timers& timers_;
  std::vector<protocol::ExceptionRow> rows_;
  std::unique_ptr<Timer> again_;
  Lifetime alive_;
  Signal changed_;
};

}  // namespace lanekeeper::office
