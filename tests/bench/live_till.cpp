#include "live_till.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>

#include "barcode/gtin.h"
#include "base/error.h"
#include "base/system_random.h"
#include "link/device_identity.h"
#include "net/x509.h"

namespace lanekeeper::bench {

namespace fs = std::filesystem;

namespace {

void xdotool(const std::string& arguments) {
  const auto command = "timeout 30 xdotool " + arguments + " >/dev/null 2>&1";
  if (std::system(command.c_str()) != 0) throw Fault("bench.conditions", "the window cannot be driven by xdotool");
}

}  // namespace

fs::path till_program() {
  const auto program = fs::read_symlink("/proc/self/exe").parent_path() / "lanekeeper-till";
  if (!fs::exists(program)) throw Fault("bench.conditions", "lanekeeper-till is not built beside the bench");
  return program;
}

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

ConsoleTill::ConsoleTill(const fs::path& program, const fs::path& data) {
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

ConsoleTill::~ConsoleTill() {
  ::close(to_);
  ::close(from_);
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

void ConsoleTill::say(const std::string& line) {
  const auto text = line + "\n";
  if (::write(to_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw Fault("bench.conditions", "the till does not listen");
  }
}

std::string ConsoleTill::answer() {
  for (;;) {
    const auto line = next_line();
    if (line.find("\"ok\":") != std::string::npos) return line;
  }
}

std::string ConsoleTill::next_line() {
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

WindowTill::WindowTill(const fs::path& program, const fs::path& data, const std::string& size) : data_(data) {
  process_ = ::fork();
  if (process_ != 0) return;
  const auto window = "--window-size=" + size;
  ::execl(program.c_str(), program.c_str(), "--data-dir", data.c_str(), "--server", "127.0.0.1:9", "--printer", "none",
          size.empty() ? nullptr : window.c_str(), nullptr);
  ::_exit(127);
}

WindowTill::~WindowTill() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

void WindowTill::wait_until_shown() const {
  xdotool("search --sync --onlyvisible --all --pid " + std::to_string(process_) +
          " --name Lanekeeper mousemove --window %1 300 10");
}

void WindowTill::type(const std::string& text) const {
  xdotool("type --delay 110 '" + text + "'");
}

void WindowTill::press(const std::string& key) const {
  xdotool("key --delay 40 " + key);
}

void WindowTill::scan(const catalogue::Item& item) const {
  xdotool("type --delay 4 '" + barcode::display_gtin(item.codes.front().code) + "\n'");
}

void WindowTill::sign_in_and_ring(const catalogue::Item& first) const {
  for (int attempt = 0; attempt < 5; ++attempt) {
    press("Escape");
    type("1001");
    press("Return");
    type("2580");
    press("Return");
    scan(first);
    if (basket_has(first.number, std::chrono::seconds(10))) return;
  }
  throw Fault("bench.conditions", "the window did not take what was typed");
}

bool WindowTill::basket_has(const std::string& number, std::chrono::seconds limit) const {
  const auto end = std::chrono::steady_clock::now() + limit;
  do {
    std::ifstream in(data_ / "basket.db-wal", std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(in)), {});
    if (all.find(number) != std::string::npos) return true;
    ::poll(nullptr, 0, 20);
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

}  // namespace lanekeeper::bench
