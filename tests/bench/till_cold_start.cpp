// Process start to the first scan accepted, with a replica of a million items that is not in the page cache, and the
// memory that the till then has: the console, and the window on the display that DISPLAY names.
#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "barcode/gtin.h"
#include "bench.h"
#include "goods.h"
#include "live_till.h"

namespace lanekeeper::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t all_items = 1'000'000;
constexpr int starts = 7;
constexpr double goal_seconds = 1.5;
constexpr double goal_megabytes = 120;
constexpr double goal_window_megabytes = 220;

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

void expect_ok(const std::string& line) {
  if (line.find("\"ok\":true") == std::string::npos) throw Fault("bench.conditions", "the till refused: " + line);
}

// The first goods from there on that are sold by the piece.
catalogue::Item piece_from(const Goods& goods, std::int64_t id) {
  for (;; ++id) {
    auto item = goods.make(id);
    if (item.unit == catalogue::UnitOfMeasure::piece) return item;
  }
}

// Goods that the console did not ring: their numbers in the open basket's file tell that the keys arrived.
catalogue::Item window_item(const Goods& goods, int n) {
  return piece_from(goods, 5 + n * effort().items(19'991));
}

void measure_window(const fs::path& program, const fs::path& data, const Goods& goods, Report& report) {
  if (std::getenv("DISPLAY") == nullptr) {
    throw Fault("bench.conditions", "no display for the window's memory: run it under xvfb-run");
  }
  const WindowTill till(program, data);
  till.wait_until_shown();
  till.sign_in_and_ring(window_item(goods, 0));
  constexpr int rung = 50;
  for (int i = 1; i < rung; ++i) till.scan(window_item(goods, i));
  if (!till.basket_has(window_item(goods, rung - 1).number, patience)) {
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
  const auto program = till_program();
  const auto replica = replica_of(effort().items(all_items));
  const Scratch scratch;
  fs::create_hard_link(replica / "replica.db", scratch.path() / "replica.db");
  enrol_by_hand(scratch.path());
  const Goods goods;
  Samples to_scan;
  double resident = 0;
  double peak = 0;
  for (int start = 0; start < effort().times(starts); ++start) {
    drop_from_page_cache(scratch.path() / "replica.db");
    const auto began = std::chrono::steady_clock::now();
    ConsoleTill till(program, scratch.path());
    till.say("login 1001 2580");
    till.say("scan " +
             barcode::display_gtin(piece_from(goods, effort().items(700'001) + start * 109).codes.front().code));
    expect_ok(till.answer());
    expect_ok(till.answer());
    to_scan.add(std::chrono::steady_clock::now() - began);
    for (int i = 0; i < 50; ++i) {
      till.say("scan " + barcode::display_gtin(piece_from(goods, 1 + i * effort().items(19'997)).codes.front().code));
      static_cast<void>(till.answer());
    }
    till.say("search kkkl");
    static_cast<void>(till.answer());
    resident = std::max(resident, resident_megabytes(till.process(), "VmRSS:"));
    peak = std::max(peak, resident_megabytes(till.process(), "VmHWM:"));
    till.say("void all");
    static_cast<void>(till.answer());
  }
  Figure figure;
  figure.name = "till_cold_start";
  figure.value = to_scan.quantile_ms(0.5) / 1000;
  figure.unit = "s";
  figure.n = static_cast<std::int64_t>(to_scan.size());
  figure.p50 = figure.value;
  figure.p99 = to_scan.quantile_ms(0.99) / 1000;
  report.add_limit(figure, goal_seconds);
  Figure memory;
  memory.name = "till_cold_start.resident_console";
  memory.value = resident;
  memory.unit = "MB";
  memory.n = static_cast<std::int64_t>(to_scan.size());
  report.add_limit(memory, goal_megabytes);
  memory.name = "till_cold_start.peak_console";
  memory.value = peak;
  report.add_limit(memory, goal_megabytes);
  measure_window(program, scratch.path(), goods, report);
}

}  // namespace lanekeeper::bench
