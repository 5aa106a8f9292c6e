// What a receipt printer does with the commands that reach it: prints in their order, answers, and has the faults that
// it is told to have. Sans I/O: events in, callbacks out.
//
// Paper comes out of one slot: a receipt is what lies between two cuts, whoever sent it. When the paper runs out or the
// cover is opened, what was not printed yet waits in the printer's memory and is printed afterwards, unless the host
// drops it (DLE DC4 8, DLE ENQ 2): so do real ones.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "escpos_decoder.h"

namespace lanekeeper::devices {

class PrinterMechanism {
 public:
  struct Outputs {
    std::function<void(const std::vector<PrinterEvent>& receipt, bool torn)> paper;
    std::function<void(int pin)> drawer_pulse;
    std::function<void(int peer, std::string_view bytes)> answer;
  };
  static constexpr std::size_t most_waiting = 4000;  // commands; a full memory takes no more

  explicit PrinterMechanism(Outputs outputs) : outputs_(std::move(outputs)) {}

  void take(int peer, PrinterEvent event);
  void forget(int peer);  // it hung up; what it sent is still printed
  // paper_low | paper_out | paper_out after N | cover_open | jam | silent | slow | garbage | drawer open | drawer
  // closed | ok. "N" counts lines from now on. False: no such fault.
  [[nodiscard]] bool command(std::string_view words);

  [[nodiscard]] bool silent() const { return silent_; }  // takes nothing, answers nothing
  [[nodiscard]] bool slow() const { return slow_; }
  [[nodiscard]] bool full() const { return waiting_.size() >= most_waiting; }

 private:
  struct Waiting {
    int peer;
    PrinterEvent event;
  };
  [[nodiscard]] bool can_print() const { return !paper_out_ && !cover_open_ && !error_; }
  void print();
  void print_one(Waiting next);
  void carry_out_request(int peer, const StatusRequest& request);
  void drop_waiting(int peer);
  void use_paper(int lines);
  void end_paper();
  void tell_changes();
  [[nodiscard]] char real_time_status(int n) const;
  [[nodiscard]] std::array<char, 4> automatic_status() const;
  void answer(int peer, std::string_view bytes);

  Outputs outputs_;
  std::deque<Waiting> waiting_;
  std::vector<PrinterEvent> receipt_;  // what hangs out of the slot
  std::vector<int> automatic_;         // peers that are told of changes
  std::array<char, 4> told_{};
  std::optional<int> lines_left_;
  bool paper_low_ = false;
  bool paper_out_ = false;
  bool cover_open_ = false;
  bool error_ = false;
  bool silent_ = false;
  bool slow_ = false;
  bool garbage_ = false;
  bool drawer_open_ = false;
};

}  // namespace lanekeeper::devices
