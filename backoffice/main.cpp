// lanekeeper-backoffice: wires the models to the network, the clock and the window.
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include <spdlog/spdlog.h>
#include <wx/app.h>
#include <CLI/CLI.hpp>

#include "base/system_clock.h"
#include "base/system_random.h"
#include "model/net_wire.h"
#include "model/office.h"
#include "office_ui/main_window.h"
#include "office_ui/wx_timers.h"

namespace lanekeeper::office {
namespace {

struct Options {
  std::string server;
  std::string data_directory;
  std::string language;
  std::string window_size = "1366x768";
  bool tell_code = false;
  bool printer_less = false;  // accepted so that one launcher fits both windows: nothing here prints yet
};

std::filesystem::path default_data_directory() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state != '\0') {
    return std::filesystem::path(state) / "lanekeeper-backoffice";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : ".") / ".local/state/lanekeeper-backoffice";
}

std::string host_name() {
  char name[256] = {};
  if (::gethostname(name, sizeof name - 1) != 0 || name[0] == '\0') return "backoffice";
  return name;
}

// "1366x768"
std::optional<wxSize> parse_size(const std::string& text) {
  int width = 0;
  int height = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2) return std::nullopt;
  if (width < 640 || height < 480 || width > 16384 || height > 16384) return std::nullopt;
  return wxSize(width, height);
}

i18n::Language language_of(const std::string& asked, const std::string& remembered) {
  if (!asked.empty()) return i18n::language_from_locale(asked);
  if (!remembered.empty()) return i18n::language_from_locale(remembered);
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return i18n::language_from_locale(value);
  }
  return i18n::Language::zh_CN;
}

class BackofficeApp : public wxApp {
 public:
  explicit BackofficeApp(Options options) : options_(std::move(options)) {}

  bool OnInit() override {
    auto opened = Office::open({wire_, [this](const std::function<void()>& call) { CallAfter(call); }, timers_, clock_,
                                random_, options_.data_directory, host_name()},
                               options_.server);
    if (!opened) {
      std::cerr << "lanekeeper-backoffice: " << opened.error().message << " (" << opened.error().code << ")\n";
      return false;
    }
    office_ = std::move(*opened);
    const auto language = language_of(options_.language, office_->settings().language);
    if (options_.tell_code) {
      told_ = office_->pairing().on_change([this] { tell_code(); });
    }
    office_->start();
    auto* window = new MainWindow(*office_, language, *parse_size(options_.window_size));
    window->Show();
    return true;
  }

  int OnExit() override {
    told_ = {};
    office_.reset();
    return wxApp::OnExit();
  }

  // The one place where a fault ends up.
  bool OnExceptionInMainLoop() override {
    try {
      throw;
    } catch (const Fault& fault) {
      spdlog::critical("{}: {}", fault.code(), fault.what());
    } catch (const std::exception& exception) {
      spdlog::critical("{}", exception.what());
    }
    return false;
  }

 private:
  // For a script that pairs this office by itself (the demo): the code as a line on standard output.
  void tell_code() {
    const auto& ticket = office_->pairing().ticket();
    if (!ticket || ticket->code == last_code_) return;
    last_code_ = ticket->code;
    std::cout << "code " << last_code_ << std::endl;
  }

  Options options_;
  Signal::Subscription told_;
  std::string last_code_;
  SystemClock clock_;
  SystemRandom random_;
  WxTimers timers_;
  NetWire wire_;
  std::unique_ptr<Office> office_;
};

}  // namespace
}  // namespace lanekeeper::office

int main(int argc, char** argv) {
  using lanekeeper::office::Options;
  Options options;
  CLI::App cli{"Lanekeeper back office"};
  cli.set_version_flag("--version", LANEKEEPER_VERSION);
  cli.add_option("--server", options.server, "store server, HOST:PORT; remembered")->type_name("HOST:PORT");
  cli.add_option("--data-dir", options.data_directory, "where the device's identity lives");
  cli.add_option("--language", options.language, "zh_CN or en; default: as last time, else as the desktop");
  cli.add_option("--window-size", options.window_size, "WIDTHxHEIGHT")->check([](const std::string& text) {
    return lanekeeper::office::parse_size(text) ? std::string() : std::string("write it like 1366x768");
  });
  cli.add_flag("--tell-code", options.tell_code, "while pairing, print the code on standard output as well");
  cli.add_flag("--printer-less", options.printer_less, "this desk has no printer");
  CLI11_PARSE(cli, argc, argv);
  if (options.data_directory.empty()) options.data_directory = lanekeeper::office::default_data_directory().string();

  std::setlocale(LC_NUMERIC, "C");
  wxApp::SetInstance(new lanekeeper::office::BackofficeApp(options));
  // Our own options were read already; the toolkit gets the program's name only.
  int toolkit_argc = 1;
  return wxEntry(toolkit_argc, argv);
}
