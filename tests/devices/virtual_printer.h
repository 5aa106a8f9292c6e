// A receipt printer on TCP and on a pseudo terminal that lays every receipt into a folder instead of on a counter.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace lanekeeper::devices {

struct VirtualPrinterOptions {
  std::string host = "127.0.0.1";
  int port = 9100;            // 0: a free one, told with "ready"
  std::filesystem::path pty;  // a link to be made to a pseudo terminal, for serial printers; empty: none
  std::filesystem::path out;
  bool png = false;
  // What is wrong from the beginning: a command of PrinterMechanism, or "refuse": closes every connection at the first
  // byte.
  std::string fault;
  int control = 0;                               // commands are read from here, a line each
  std::function<void(const std::string&)> tell;  // gets the events; empty: they go to stdout
};

// Serves until SIGTERM, SIGINT or the command "quit"; the end of the commands changes nothing. One JSON object a line:
// ready, receipt, torn (the paper ended within a receipt), drawer, and one answer to each command: fault or error.
// Returns the exit status.
int run_virtual_printer(const VirtualPrinterOptions& options);

}  // namespace lanekeeper::devices
