// A receipt printer on TCP 9100 that lays every receipt into a folder instead of on a counter.
#pragma once

#include <filesystem>
#include <string>

namespace lanekeeper::devices {

struct VirtualPrinterOptions {
  std::string host = "127.0.0.1";
  int port = 9100;
  std::filesystem::path out;
  bool png = false;
  // "": works. "refuse": takes no connections' bytes and closes. "paper_out": reads on, says paper end in its status
  // and prints nothing until told otherwise. "slow": 2 kB a second, as a worn serial adapter does.
  std::string fault;
};

// Serves until SIGTERM or SIGINT. One JSON object a line on stdout per receipt and drawer pulse. Returns the exit
// status.
int run_virtual_printer(const VirtualPrinterOptions& options);

}  // namespace lanekeeper::devices
