// lanekeeper-till: the till's window, or with --console the same till in a terminal.

#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include "console/console.h"
#include "running_till.h"
#include "stop_signals.h"
#include "till_ui/run.h"
#include "window_memory.h"

namespace {

using namespace lanekeeper;
namespace fs = std::filesystem;

constexpr std::size_t log_bytes = 5 * 1024 * 1024;
constexpr std::size_t log_files = 3;
constexpr int bad_arguments = 2;
constexpr int most_alarm_s = 3600;

net::Endpoint proposed_server() {
  return {"127.0.0.1", 7443};
}

struct Options {
  bool console = false;
  std::string server;  // empty: the one it belongs to or asked last
  std::string data_directory;
  std::string printer = "none";
  std::string scale = "none";
  std::string display = "none";
  std::string drawer = "printer";
  std::string drawer_open;
  int drawer_alarm_s = 30;
  int paper_columns = 48;
  std::string paper_chinese = "gb18030";
  std::string paper_cut = "partial";
  std::string logo;
  std::vector<std::string> scanners;
  std::string wedge_prefix;
  std::string language;
  std::string window_size;
  std::string customer_window;
  std::string customer_language;
  std::string name;
  bool simulate_clock = false;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string default_data_directory() {
  const auto base = environment("XDG_DATA_HOME");
  if (!base.empty()) return (fs::path(base) / "lanekeeper" / "till").string();
  const auto home = environment("HOME");
  return (fs::path(home.empty() ? "." : home) / ".local" / "share" / "lanekeeper" / "till").string();
}

std::string default_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const auto value = environment(name); !value.empty()) return value;
  }
  return "zh_CN";
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? std::string(name) : std::string("till");
}

void declare(CLI::App& app, Options& options) {
  app.add_flag("--console", options.console, "the till in this terminal instead of a window");
  app.add_option("--server", options.server,
                 "the store server, HOST:PORT; without it the one this till belongs to or asked last, at first " +
                     proposed_server().to_string());
  app.add_option("--data-dir", options.data_directory, "where journal and catalogue are kept")->capture_default_str();
  app.add_option("--printer", options.printer, "tcp://HOST:PORT, file:PATH, dir:FOLDER or none")->capture_default_str();
  app.add_option("--scale", options.scale, "a scale, for example mettler-8217:/dev/ttyS0 or nci:tcp://HOST:PORT")
      ->capture_default_str();
  app.add_option("--display", options.display, "a customer's line display, for example cd5220:/dev/ttyS1")
      ->capture_default_str();
  app.add_option("--drawer", options.drawer, "printer, display, serial:PORT or none")->capture_default_str();
  app.add_option("--drawer-open", options.drawer_open,
                 "high or low: the level at the printer's drawer connector that means open");
  app.add_option("--drawer-alarm", options.drawer_alarm_s,
                 "after so many seconds an open drawer is called out, where --drawer-open tells; 0 never")
      ->capture_default_str();
  app.add_option("--paper-columns", options.paper_columns, "characters in a line: 32 (58 mm), 42 or 48 (80 mm)")
      ->capture_default_str();
  app.add_option("--paper-chinese", options.paper_chinese,
                 "gb18030: the printer has Chinese characters; drawn: Chinese lines are sent as pictures")
      ->capture_default_str();
  app.add_option("--paper-cut", options.paper_cut, "partial, full or none (the printer has no knife)")
      ->capture_default_str();
  app.add_option("--logo", options.logo, "the shop's logo for the head of receipts, a PNG file");
  app.add_option("--scanner", options.scanners, "a scanner of its own, for example serial:/dev/ttyACM0; repeatable");
  app.add_option("--wedge-prefix", options.wedge_prefix,
                 "the sign that scanners which type like a keyboard send ahead of each code, for example ~; then only "
                 "what begins with it is a scan");
  app.add_option("--language", options.language, "zh or en");
  app.add_option("--window-size", options.window_size, "WIDTHxHEIGHT in pixels, for trials");
  app.add_option(
      "--customer-window", options.customer_window,
      "a second window for the customer, WIDTHxHEIGHT or WIDTHxHEIGHT+LEFT+TOP in pixels; without a place on the "
      "second screen");
  app.add_option("--customer-language", options.customer_language, "zh or en there; without it the till's");
  app.add_option("--name", options.name, "what the back office calls this machine while it is being paired");
  app.add_flag("--simulate-clock", options.simulate_clock,
               "allow the console command `clock`; sales are marked as rung by a clock that was set by hand");
  app.set_config("--config", "", "a file with these options, one `name = value` a line");
  app.set_version_flag("--version", std::string("lanekeeper-till ") + LANEKEEPER_VERSION);
}

Result<void> read_window_size(const std::string& text, till::FaceOptions& face) {
  if (text.empty()) return {};
  int end = 0;
  const int found = std::sscanf(text.c_str(), "%5dx%5d%n", &face.window_width_px, &face.window_height_px, &end);
  const bool whole = found == 2 && static_cast<std::size_t>(end) == text.size();
  if (whole && face.window_width_px >= 640 && face.window_height_px >= 480) return {};
  return fail("till.bad_window_size", "A window size is written like 1366x768, at least 640x480.");
}

// A letter or a digit may begin a code of its own.
Result<void> read_wedge_prefix(const std::string& text, till::FaceOptions& face) {
  if (text.empty()) return {};
  const bool is_sign = text.size() == 1 && std::ispunct(static_cast<unsigned char>(text.front())) != 0;
  if (!is_sign) {
    return fail("till.bad_wedge_prefix", "Write --wedge-prefix as one sign that is neither letter nor digit, like ~.");
  }
  face.wedge_prefix = text.front();
  return {};
}

Result<void> read_customer_window(const Options& options, till::CustomerWindow& window) {
  if (!options.customer_language.empty()) window.language = i18n::language_from_locale(options.customer_language);
  const std::string& text = options.customer_window;
  if (text.empty()) return {};
  int left = 0;
  int top = 0;
  int end = 0;
  const auto whole = [&] { return static_cast<std::size_t>(end) == text.size(); };
  int found = std::sscanf(text.c_str(), "%5dx%5d%n", &window.width_px, &window.height_px, &end);
  bool good = found == 2 && whole();
  if (!good) {
    end = 0;
    found = std::sscanf(text.c_str(), "%5dx%5d+%5d+%5d%n", &window.width_px, &window.height_px, &left, &top, &end);
    good = found == 4 && whole();
    if (good) window.at_px = {left, top};
  }
  if (good && window.width_px >= 480 && window.height_px >= 320) return {};
  return fail("till.bad_customer_window",
              "A customer's window is written like 1024x600 or 1024x600+1366+0, at least 480x320.");
}

// The log goes to a file in the data directory; what needs somebody's attention also to stderr. Never to stdout, which
// belongs to the console's answers.
Result<void> prepare_directory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) {
    return fail("till.data_directory", "The data directory cannot be made: " + error.message(),
                {{"path", directory.string()}});
  }
  auto to_stderr = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  to_stderr->set_level(spdlog::level::warn);
  std::vector<spdlog::sink_ptr> sinks{std::move(to_stderr)};
  try {
    sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>((directory / "till.log").string(), log_bytes,
                                                                           log_files));
  } catch (const spdlog::spdlog_ex& problem) {
    std::fprintf(stderr, "lanekeeper-till: no log file: %s\n", problem.what());
  }
  auto logger = std::make_shared<spdlog::logger>("till", sinks.begin(), sinks.end());
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
  return {};
}

template <class Address>
Result<void> read_address(const std::string& text, Address& address) {
  if (text.empty()) return {};
  auto given = Address::parse(text);
  if (!given) return fail(std::move(given.error()));
  address = std::move(*given);
  return {};
}

Result<void> read_paper(const Options& options, till::TillSetup& setup) {
  const int columns = options.paper_columns;
  if (columns != 32 && columns != 42 && columns != 48) {
    return fail("till.bad_paper_columns", "Write --paper-columns 32 (paper of 58 mm), 42 or 48 (80 mm).");
  }
  setup.paper_columns = columns;
  if (options.paper_chinese != "gb18030" && options.paper_chinese != "drawn") {
    return fail("till.bad_paper_chinese", "Write --paper-chinese gb18030 or --paper-chinese drawn.");
  }
  setup.draws_chinese = options.paper_chinese == "drawn";
  const std::map<std::string_view, till::PaperCut> cuts = {
      {"partial", till::PaperCut::partial}, {"full", till::PaperCut::full}, {"none", till::PaperCut::none}};
  const auto cut = cuts.find(options.paper_cut);
  if (cut == cuts.end()) return fail("till.bad_paper_cut", "Write --paper-cut partial, full or none.");
  setup.paper_cut = cut->second;
  setup.logo = options.logo;
  return {};
}

Result<void> read_devices(const Options& options, till::TillSetup& setup) {
  if (auto ok = read_address(options.printer, setup.printer); !ok) return ok;
  if (auto ok = read_address(options.scale, setup.scale); !ok) return ok;
  if (auto ok = read_address(options.display, setup.display); !ok) return ok;
  if (auto ok = read_address(options.drawer, setup.drawer); !ok) return ok;
  for (const auto& text : options.scanners) {
    if (auto ok = read_address(text, setup.scanners.emplace_back()); !ok) return ok;
  }
  if (auto ok = read_paper(options, setup); !ok) return ok;
  if (options.drawer_alarm_s < 0 || options.drawer_alarm_s > most_alarm_s) {
    return fail("till.bad_drawer_alarm", "Write --drawer-alarm as seconds from 0 (never) to 3600.");
  }
  setup.drawer_alarm = std::chrono::seconds(options.drawer_alarm_s);
  if (options.drawer_open.empty()) return {};
  if (options.drawer_open != "high" && options.drawer_open != "low") {
    return fail("till.bad_drawer_level", "Write --drawer-open high or --drawer-open low.");
  }
  setup.drawer_open_level = options.drawer_open == "high";
  return {};
}

struct Prepared {
  till::TillSetup setup;
  till::FaceOptions face;
};

Result<Prepared> prepare(const Options& options) {
  Prepared out;
  const auto language = options.language.empty() ? default_language() : options.language;
  out.face.language = i18n::language_from_locale(language);
  out.face.server = options.server;
  out.face.device_name = options.name;
  if (auto size = read_window_size(options.window_size, out.face); !size) return fail(std::move(size.error()));
  if (auto prefix = read_wedge_prefix(options.wedge_prefix, out.face); !prefix) return fail(std::move(prefix.error()));
  if (auto second = read_customer_window(options, out.face.customer_window); !second) {
    return fail(std::move(second.error()));
  }
  net::Endpoint server;
  if (!options.server.empty()) {
    auto given = net::Endpoint::parse(options.server);
    if (!given) return fail(std::move(given.error()));
    server = std::move(*given);
  }
  out.setup.data_directory = options.data_directory;
  out.setup.server = server;
  out.setup.proposed_server = proposed_server();
  out.setup.device_name = options.name;
  out.setup.receipt_language = out.face.language == i18n::Language::en ? "en" : "zh_CN";
  out.setup.simulate_clock = options.simulate_clock;
  if (auto devices = read_devices(options, out.setup); !devices) return fail(std::move(devices.error()));
  const bool display = !environment("DISPLAY").empty() || !environment("WAYLAND_DISPLAY").empty();
  if (!options.console && !display) {
    return fail("till.no_display", "There is no display for the window. Start the till in a terminal with --console.");
  }
  if (auto ready = prepare_directory(options.data_directory); !ready) return fail(std::move(ready.error()));
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  ::umask(S_IRWXG | S_IRWXO);
  std::signal(SIGPIPE, SIG_IGN);
  till::StopSignals stop_signals;
  Options options;
  options.data_directory = default_data_directory();
  options.name = host_name();
  CLI::App app{"Lanekeeper till: sells, with or without the store server."};
  declare(app, options);
  CLI11_PARSE(app, argc, argv);

  auto prepared = prepare(options);
  if (!prepared) {
    const i18n::Texts texts(
        i18n::language_from_locale(options.language.empty() ? default_language() : options.language));
    std::fprintf(stderr, "lanekeeper-till: %s\n", texts.text(prepared.error()).c_str());
    return bad_arguments;
  }
  prepared->face.on_stop = [&stop_signals](std::function<void()> stop) { stop_signals.on_stop(std::move(stop)); };
  const till::WindowMemory memory(options.data_directory);
  prepared->face.text_percent = memory.text_percent();
  prepared->face.on_text_percent = [&memory](int percent) { memory.keep_text_percent(percent); };
  const auto open = [&prepared](till::Post post) { return till::open_till(prepared->setup, std::move(post)); };
  try {
    if (!options.console) return till::ui::run_window(prepared->face, open);
    return till::console::run_console(prepared->face, open);
  } catch (const std::exception& fault) {
    spdlog::critical("the till ends: {}", fault.what());
    std::fprintf(stderr, "lanekeeper-till: %s\n", fault.what());
    return EXIT_FAILURE;
  }
}
