// What an ESC/POS printer says about itself, read from the bytes that it sends. Pure.
//
// Sources: answers to DLE EOT n (one byte, b & 0x93 == 0x12), automatic status (GS a: four bytes, the first
// b & 0x93 == 0x10, the others b & 0x90 == 0) and the answer to GS r 1 (one byte, b & 0x90 == 0). They may come mixed.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "lane/ports.h"

namespace lanekeeper::till {

struct PrinterStatus {
  bool cover_open = false;
  bool paper_out = false;
  bool paper_low = false;
  bool error = false;
  bool offline = false;
  bool wants_recovery = false;     // an error that DLE ENQ 2 ends once its cause is gone (a jammed cutter)
  std::optional<bool> drawer_pin;  // true: high
  bool operator==(const PrinterStatus&) const = default;
};

// device.cover_open, device.paper_out, device.error, device.offline
[[nodiscard]] Result<void> trouble_of(const PrinterStatus& status);
[[nodiscard]] DeviceState state_of(const Error& error);

class StatusReader {
 public:
  void expect_real_time(int n);  // DLE EOT n is being asked; what was expected before is given up
  void expect_in_order();        // GS r 1 is being asked
  void feed(std::string_view bytes);

  [[nodiscard]] bool answered() const { return expected_ == 0; }
  [[nodiscard]] bool answered_in_order() const { return in_order_ == 0; }
  [[nodiscard]] bool heard_rubbish() const { return rubbish_; }
  void forget_rubbish() { rubbish_ = false; }
  void new_connection();  // what was half said is over; what is known stays
  [[nodiscard]] const PrinterStatus& status() const { return status_; }
  void set_status(const PrinterStatus& status) { status_ = status; }

 private:
  void take(unsigned char byte);
  void take_real_time(unsigned char byte);
  void take_in_order(unsigned char byte);
  void take_automatic();

  PrinterStatus status_;
  bool stopped_for_paper_ = false;
  int expected_ = 0;
  int in_order_ = 0;  // answers that are still to come
  bool rubbish_ = false;
  unsigned char block_[4] = {};
  int block_size_ = 0;
};

}  // namespace lanekeeper::till
