#include "line_device_commands.h"

#include <cstdio>
#include <map>

#include <CLI/CLI.hpp>

#include "virtual_display.h"
#include "virtual_drawer.h"
#include "virtual_scale.h"
#include "virtual_scanner.h"

namespace lanekeeper::devices {

namespace {

const std::map<std::string, DisplayKind> display_kinds = {
    {"cd5220", DisplayKind::cd5220}, {"dm-d", DisplayKind::dm_d}, {"led8", DisplayKind::led8}};
const std::map<std::string, LampWiring> lamp_wirings = {{"ascii", LampWiring::ascii},
                                                        {"binary", LampWiring::binary},
                                                        {"partner", LampWiring::partner},
                                                        {"bare", LampWiring::bare}};

}  // namespace

LineDeviceCommands::LineDeviceCommands(CLI::App& app) {
  auto* scale = add(app, "scale", "a checkout scale; weights come as commands on stdin",
                    [this] { return virtual_scale(protocol_); });
  scale->add_option("--protocol", protocol_, "how it talks")
      ->required()
      ->check(CLI::IsMember({"mettler-8217", "cas", "cas-text", "cas-pd2", "nci", "dialog06"}));
  auto* display = add(app, "display", "a line display; tells what it shows",
                      [this] { return virtual_display(display_kinds.at(protocol_), lamp_wirings.at(lamp_)); });
  display->add_option("--protocol", protocol_, "how it is told")
      ->required()
      ->check(CLI::IsMember({"cd5220", "dm-d", "led8"}));
  display->add_option("--lamp", lamp_, "how the lamps of led8 are switched")
      ->capture_default_str()
      ->check(CLI::IsMember({"ascii", "binary", "partner", "bare"}));
  auto* scanner = add(app, "scanner", "a scanner; codes come as commands on stdin",
                      [this] { return virtual_scanner(typed_bytes(prefix_), typed_bytes(suffix_)); });
  scanner->add_option("--prefix", prefix_, "sent before each code");
  scanner->add_option("--suffix", suffix_, "sent after each code")->capture_default_str();
  auto* drawer = add(app, "drawer", "a cash drawer at a port of its own; tells when it opens",
                     [this] { return virtual_drawer(typed_bytes(opens_)); });
  drawer->add_option("--opens", opens_, "the bytes that open it")->capture_default_str();
}

CLI::App* LineDeviceCommands::add(CLI::App& app, const std::string& name, const std::string& about,
                                  std::function<std::unique_ptr<LineDevice>()> make) {
  auto* command = app.add_subcommand(name, about);
  command->add_option("--listen", listen_, "ADDRESS:PORT; port 0: a free one, told in \"ready\"")
      ->capture_default_str();
  command->add_option("--pty", pty_, "a link to a pseudo terminal, instead of TCP");
  command->add_option("--fault", fault_, "silent, garbage, slow, split, double, late or pulled; also on stdin");
  command->callback([this, make = std::move(make)] { make_ = make; });
  return command;
}

int LineDeviceCommands::run() const {
  Endpoint::Options where;
  const auto colon = listen_.rfind(':');
  where.host = listen_.substr(0, colon);
  where.port = colon == std::string::npos ? -1 : std::atoi(listen_.c_str() + colon + 1);
  where.pty = pty_;
  if (where.port < 0 || where.port > 65'535) {
    std::fprintf(stderr, "Write the address as ADDRESS:PORT, for example 127.0.0.1:4001.\n");
    return 2;
  }
  return run_line_device(make_(), where, fault_);
}

}  // namespace lanekeeper::devices
