// The conversation with an ESC/POS printer over an open descriptor (socket, USB, serial): asking how it is, sending,
// and hearing that it has printed. Used by one thread.
//
// A printer that answers nothing is taken to be well, because many cheap ones cannot answer; so is one that answers
// rubbish, from the beginning or from now on; it is asked anew every few minutes. One that used to answer and falls
// silent is not.
#pragma once

#include "peripherals/descriptor.h"
#include "peripherals/printer_status.h"

namespace lanekeeper::till {

class PrinterLine {
 public:
  struct Limits {
    Milliseconds answer{400};
    Milliseconds write{10000};
    Milliseconds print{10000};  // of one piece of a receipt
    Milliseconds ask_again{300};
  };
  enum class End { closes, keeps_silent };  // what reading nothing means: a socket's peer is gone; a device has no news

  PrinterLine(End end, Limits limits) : end_(end), limits_(limits) {}

  void connected();  // a new descriptor
  void was_away();   // perhaps another printer is there when it comes back

  // How the printer is; trouble_of() what it says, device.timeout when it used to answer.
  [[nodiscard]] Result<void> greet(int fd, const StopSignal& stop);
  [[nodiscard]] Result<void> send(int fd, std::string_view bytes, const StopSignal& stop);
  // Until the printer has printed all that it was sent, where it can say so (GS r 1 is answered in its turn); else how
  // it is right now. After an error the rest is dropped from the printer's memory where it can.
  [[nodiscard]] Result<void> confirm(int fd, const StopSignal& stop);
  [[nodiscard]] bool confirms() const { return talk_ == Talk::answers && in_order_ == InOrder::answered; }
  [[nodiscard]] bool answers() const { return talk_ == Talk::answers; }
  [[nodiscard]] const PrinterStatus& status() const { return reader_.status(); }

  [[nodiscard]] Result<void> set_automatic_status(int fd, bool on, const StopSignal& stop);
  // Hears what the printer says by itself until `limit` is over or `wake` is raised.
  [[nodiscard]] Result<void> listen(int fd, Milliseconds limit, const StopSignal& wake);

 private:
  enum class Talk { unknown, answers, dumb };
  enum class InOrder { unknown, answered, unanswered };

  // Whether it answered in time.
  [[nodiscard]] Result<bool> ask(int fd, int n, const StopSignal& stop);
  [[nodiscard]] Result<bool> ask_all(int fd, const StopSignal& stop);
  [[nodiscard]] Result<void> probe_in_order(int fd, const StopSignal& stop);
  [[nodiscard]] Result<void> wait_in_order(int fd, const StopSignal& stop);
  template <class Done>
  [[nodiscard]] Result<bool> read_until(int fd, Milliseconds limit, const StopSignal& stop, const Done& done);
  [[nodiscard]] Result<bool> read_some(int fd, Milliseconds limit, const StopSignal& stop);

  const End end_;
  const Limits limits_;
  Talk talk_ = Talk::unknown;
  InOrder in_order_ = InOrder::unknown;
  std::chrono::steady_clock::time_point ask_dumb_at_{};
  StatusReader reader_;
};

}  // namespace lanekeeper::till
