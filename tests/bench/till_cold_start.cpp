// Process start to the first scan accepted, with a replica of a million items that is not in the page cache, and the
// memory that the till then has: the console, and the window on the display that DISPLAY names.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "barcode/gtin.h"
#include "base/system_random.h"
#include "bench.h"
#include "cache/journal_database.h"
#include "cache/outbox.h"
#include "goods.h"
#include "journal/chain.h"
#include "link/device_identity.h"
#include "net/x509.h"

namespace lanekeeper::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t items = 1'000'000;
constexpr int starts = 7;
constexpr double goal_seconds = 1.5;
constexpr double goal_megabytes = 120;
constexpr double goal_window_megabytes = 220;
constexpr auto patience = std::chrono::seconds(60);

// A till that was paired long ago; its server is not there, which must not matter.
void enrol_by_hand(const fs::path& folder) {
  SystemRandom random;
  till::DeviceIdentity identity(folder);
  const auto authority = net::CertificateAuthority::create("bench", random, Instant{1'790'000'000'000});
  till::Enrolment enrolment;
  enrolment.server = "127.0.0.1:9";
  enrolment.till = 1;
  enrolment.device_id = "bench";
  enrolment.ca_pem = authority.certificate_pem();
  enrolment.certificate_pem = authority.issue_device(identity.key(random).public_key(), "bench",
                                                     365LL * 24 * 3600 * 1000, random, Instant{1'790'000'000'000});
  identity.enrolled(std::move(enrolment));
}

void drop_from_page_cache(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fdatasync(descriptor);
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
  ::close(descriptor);
}

double resident_megabytes(pid_t process, const char* what) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string word; status >> word;) {
    if (word != what) continue;
    double kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024 / 1e6;
  }
  throw Fault("bench.conditions", "the till's memory cannot be read");
}

class ConsoleTill {
 public:
  ConsoleTill(const fs::path& program, const fs::path& data) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
      throw Fault("bench.conditions", "no pipe");
    }
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      ::execl(program.c_str(), program.c_str(), "--console", "--data-dir", data.c_str(), "--server", "127.0.0.1:9",
              "--printer", "none", nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    to_ = in[1];
    from_ = out[0];
  }
  ~ConsoleTill() {
    ::close(to_);
    ::close(from_);
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  ConsoleTill(const ConsoleTill&) = delete;
  ConsoleTill& operator=(const ConsoleTill&) = delete;

  void say(const std::string& line) {
    const auto text = line + "\n";
    if (::write(to_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
      throw Fault("bench.conditions", "the till does not listen");
    }
  }
  // The next answer; events in between are passed over.
  std::string answer() {
    for (;;) {
      const auto line = next_line();
      if (line.find("\"ok\":") != std::string::npos) return line;
    }
  }
  [[nodiscard]] pid_t process() const { return process_; }

 private:
  std::string next_line() {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
      if (const auto newline = heard_.find('\n'); newline != std::string::npos) {
        auto line = heard_.substr(0, newline);
        heard_.erase(0, newline + 1);
        return line;
      }
      pollfd readable{from_, POLLIN, 0};
      std::array<char, 65536> buffer{};
      const bool any = ::poll(&readable, 1, 1000) > 0;
      const auto got = any ? ::read(from_, buffer.data(), buffer.size()) : -1;
      if (got == 0 || std::chrono::steady_clock::now() > end) {
        throw Fault("bench.conditions", "the till ended without an answer");
      }
      if (got > 0) heard_.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }

  pid_t process_ = 0;
  int to_ = -1;
  int from_ = -1;
  std::string heard_;
};

void expect_ok(const std::string& line) {
  if (line.find("\"ok\":true") == std::string::npos) throw Fault("bench.conditions", "the till refused: " + line);
}

// The window as a cashier has it, heard and driven through the X server.
class WindowTill {
 public:
  WindowTill(const fs::path& program, const fs::path& data) {
    process_ = ::fork();
    if (process_ == 0) {
      ::execl(program.c_str(), program.c_str(), "--data-dir", data.c_str(), "--server", "127.0.0.1:9", "--printer",
              "none", nullptr);
      ::_exit(127);
    }
  }
  ~WindowTill() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  WindowTill(const WindowTill&) = delete;
  WindowTill& operator=(const WindowTill&) = delete;

  // Waits until the window is there; the pointer over it gives it the keys where no window manager does.
  void wait_until_shown() const {
    xdotool("search --sync --onlyvisible --all --pid " + std::to_string(process_) +
            " --name Lanekeeper mousemove --window %1 300 10");
  }
  void type(const std::string& text) const { xdotool("type --delay 40 '" + text + "'"); }
  void press(const std::string& key) const { xdotool("key --delay 40 " + key); }
  [[nodiscard]] pid_t process() const { return process_; }

 private:
  static void xdotool(const std::string& arguments) {
    const auto command = "timeout 30 xdotool " + arguments + " >/dev/null 2>&1";
    if (std::system(command.c_str()) != 0) throw Fault("bench.conditions", "the window cannot be driven by xdotool");
  }

  pid_t process_ = 0;
};

// Goods that the console did not ring: their numbers in the open basket's file tell that the keys arrived.
catalogue::Item window_item(const Goods& goods, int n) {
  return goods.make(5 + n * 19'991);
}

bool basket_has(const fs::path& data, const std::string& number, std::chrono::seconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  do {
    std::ifstream in(data / "basket.db-wal", std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(in)), {});
    if (all.find(number) != std::string::npos) return true;
    ::poll(nullptr, 0, 20);
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

void scan(const WindowTill& till, const catalogue::Item& item) {
  till.type(barcode::display_gtin(item.codes.front().code));
  till.press("Return");
}

// A window that is shown may still be too busy to hear the first key: then it is begun again.
void sign_in_and_ring(const WindowTill& till, const fs::path& data, const catalogue::Item& first) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    till.press("Escape");
    till.type("1001");
    till.press("Return");
    till.type("2580");
    till.press("Return");
    scan(till, first);
    if (basket_has(data, first.number, std::chrono::seconds(10))) return;
  }
  throw Fault("bench.conditions", "the window did not take what was typed");
}

void measure_window(const fs::path& program, const fs::path& data, const Goods& goods, Report& report) {
  if (std::getenv("DISPLAY") == nullptr) {
    throw Fault("bench.conditions", "no display for the window's memory: run it under xvfb-run");
  }
  const WindowTill till(program, data);
  till.wait_until_shown();
  sign_in_and_ring(till, data, window_item(goods, 0));
  constexpr int rung = 50;
  for (int i = 1; i < rung; ++i) scan(till, window_item(goods, i));
  if (!basket_has(data, window_item(goods, rung - 1).number, patience)) {
    throw Fault("bench.conditions", "the window lost what was typed");
  }
  till.press("F9");
  till.type("kkkl");
  Figure memory;
  memory.name = "till_cold_start.resident_window";
  memory.value = resident_megabytes(till.process(), "VmRSS:");
  memory.unit = "MB";
  memory.n = 1;
  report.add_limit(memory, goal_window_megabytes);
}

}  // namespace

void till_cold_start(Report& report) {
  const auto program = fs::read_symlink("/proc/self/exe").parent_path() / "lanekeeper-till";
  if (!fs::exists(program)) throw Fault("bench.conditions", "lanekeeper-till is not built beside the bench");
  const auto replica = replica_of(items);
  const Scratch scratch;
  fs::create_hard_link(replica / "replica.db", scratch.path() / "replica.db");
  enrol_by_hand(scratch.path());
  const Goods goods;
  Samples to_scan;
  double resident = 0;
  double peak = 0;
  for (int start = 0; start < starts; ++start) {
    drop_from_page_cache(scratch.path() / "replica.db");
    const auto began = std::chrono::steady_clock::now();
    ConsoleTill till(program, scratch.path());
    till.say("login 1001 2580");
    till.say("scan " + barcode::display_gtin(goods.make(700'001 + start * 1009).codes.front().code));
    expect_ok(till.answer());
    expect_ok(till.answer());
    to_scan.add(std::chrono::steady_clock::now() - began);
    for (int i = 0; i < 50; ++i) {
      till.say("scan " + barcode::display_gtin(goods.make(1 + i * 19'997).codes.front().code));
      static_cast<void>(till.answer());
    }
    till.say("search kkkl");
    static_cast<void>(till.answer());
    resident = std::max(resident, resident_megabytes(till.process(), "VmRSS:"));
    peak = std::max(peak, resident_megabytes(till.process(), "VmHWM:"));
    till.say("void basket");
    static_cast<void>(till.answer());
  }
  Figure figure;
  figure.name = "till_cold_start";
  figure.value = to_scan.quantile_ms(0.5) / 1000;
  figure.unit = "s";
  figure.n = starts;
  figure.p50 = figure.value;
  figure.p99 = to_scan.quantile_ms(0.99) / 1000;
  report.add_limit(figure, goal_seconds);
  Figure memory;
  memory.name = "till_cold_start.resident_console";
  memory.value = resident;
  memory.unit = "MB";
  memory.n = starts;
  report.add_limit(memory, goal_megabytes);
  memory.name = "till_cold_start.peak_console";
  memory.value = peak;
  report.add_limit(memory, goal_megabytes);
  measure_window(program, scratch.path(), goods, report);
}

}  // namespace lanekeeper::bench
