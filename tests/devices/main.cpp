// lanekeeper-devices: virtual devices for trials, training and tests.
//
//   lanekeeper-devices printer --listen 127.0.0.1:9100 --out DIR [--png] [--pty LINK] [--fault FAULT]
//   lanekeeper-devices scale --protocol cas --pty /tmp/scale [--fault silent]
//   lanekeeper-devices display --protocol cd5220 --listen 127.0.0.1:4001
//   lanekeeper-devices scanner|drawer --pty LINK

#include <cstdio>

#include <CLI/CLI.hpp>

#include "line_device_commands.h"
#include "virtual_printer.h"

int main(int argc, char** argv) {
  CLI::App app{"Virtual devices: what a till drives, without the hardware."};
  app.require_subcommand(1);
  lanekeeper::devices::VirtualPrinterOptions printer;
  std::string listen = "127.0.0.1:9100";
  auto* command =
      app.add_subcommand("printer", "an ESC/POS receipt printer on TCP and on a terminal; receipts become files");
  command->add_option("--listen", listen, "ADDRESS:PORT")->capture_default_str();
  command->add_option("--out", printer.out, "the folder for receipts, NNNN.txt and NNNN.png")->required();
  command->add_flag("--png", printer.png, "a picture of each receipt as well");
  command->add_option("--pty", printer.pty, "a link to make, to a serial printer");
  command->add_option("--fault", printer.fault,
                      "what is wrong with it: refuse, paper_low, paper_out, \"paper_out after N\", cover_open, jam, "
                      "silent, slow, garbage; also by lines on stdin, with drawer open|closed, ok and quit");
  lanekeeper::devices::LineDeviceCommands line_devices(app);
  CLI11_PARSE(app, argc, argv);
  if (line_devices.chosen()) return line_devices.run();
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) {
    std::fprintf(stderr, "Write the address as ADDRESS:PORT, for example 127.0.0.1:9100.\n");
    return 2;
  }
  printer.host = listen.substr(0, colon);
  printer.port = std::atoi(listen.c_str() + colon + 1);
  return lanekeeper::devices::run_virtual_printer(printer);
}
