#include "device_host.h"

#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace lanekeeper::devices {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr milliseconds tick_every{100};
constexpr milliseconds slow_step{8};
constexpr milliseconds split_step{3};
constexpr milliseconds lateness{1500};
constexpr std::array<std::string_view, 7> faults = {"silent", "garbage", "slow", "split", "double", "late", "pulled"};

LineDevice::Words words_of(std::string_view line) {
  LineDevice::Words words;
  if (line.starts_with('{')) {
    const auto parsed = json::parse(line);
    words.push_back(parsed.at("command").get<std::string>());
    if (!parsed.contains("value")) return words;
    const auto& value = parsed["value"];
    words.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    return words;
  }
  std::istringstream text{std::string(line)};
  for (std::string word; text >> word;) words.push_back(std::move(word));
  return words;
}

}  // namespace

DeviceHost::DeviceHost(std::unique_ptr<LineDevice> device, const Endpoint::Options& where, Tell tell)
    : device_(std::move(device)), endpoint_(where), tell_(std::move(tell)) {
  endpoint_.plug_in();
  port_ = endpoint_.port();
  wake_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  thread_ = std::thread([this] { serve(); });
}

DeviceHost::~DeviceHost() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake();
  thread_.join();
  ::close(wake_);
}

void DeviceHost::wake() const {
  const std::uint64_t one = 1;
  (void)!::write(wake_, &one, sizeof one);
}

json DeviceHost::status() const {
  const std::lock_guard lock(mutex_);
  auto status = device_->status();
  status["fault"] = fault_;
  status["connections"] = endpoint_.connections();
  return status;
}

json DeviceHost::command(std::string_view line) {
  json answer;
  try {
    const auto words = words_of(line);
    if (words.empty()) throw std::invalid_argument("an empty line");
    const std::lock_guard lock(mutex_);
    obey(words);
    answer = device_->status();
    answer["fault"] = fault_;
    answer["ok"] = true;
  } catch (const std::exception& error) {
    answer = {{"ok", false}, {"error", error.what()}};
  }
  wake();
  return answer;
}

void DeviceHost::obey(const LineDevice::Words& words) {
  if (words[0] == "clear") {
    fault_.clear();
    endpoint_.plug_in();
  } else if (words[0] == "fault") {
    if (words.size() != 2 || std::find(faults.begin(), faults.end(), words[1]) == faults.end()) {
      throw std::invalid_argument("no such fault");
    }
    fault_ = words[1];
    if (fault_ == "pulled") {
      endpoint_.pull();
      waiting_.clear();
    }
  } else {
    say(device_->command(words));
  }
}

void DeviceHost::say(std::string bytes) {
  if (bytes.empty() || fault_ == "silent" || fault_ == "pulled") return;
  const auto now = Clock::now();
  // A line keeps the order of what goes over it.
  auto due = waiting_.empty() ? now : std::max(now, waiting_.back().due);
  if (fault_ == "slow" || fault_ == "split") {
    std::size_t piece = 1;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      if (fault_ == "split") piece = 1 + at % 3;
      waiting_.push_back({due, bytes.substr(at, piece)});
      due += fault_ == "slow" ? slow_step : split_step;
    }
    return;
  }
  if (fault_ == "garbage") {
    for (auto& c : bytes) {
      noise_ = noise_ * 1664525U + 1013904223U;
      c = static_cast<char>(noise_ >> 24U);
    }
  }
  if (fault_ == "double") {
    std::string twice;
    for (const char c : bytes) twice.append(2, c);
    bytes = std::move(twice);
  }
  waiting_.push_back({fault_ == "late" ? std::max(due, now + lateness) : due, std::move(bytes)});
}

void DeviceHost::send_what_is_due() {
  const auto now = Clock::now();
  for (; !waiting_.empty() && waiting_.front().due <= now; waiting_.pop_front()) endpoint_.send(waiting_.front().bytes);
}

int DeviceHost::patience_ms() const {
  auto until = next_tick_;
  if (!waiting_.empty()) until = std::min(until, waiting_.front().due);
  const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

void DeviceHost::tell_events(std::unique_lock<std::mutex>& lock) {
  const auto events = device_->events();
  if (!tell_ || events.empty()) return;
  lock.unlock();
  for (const auto& event : events) tell_(event);
  lock.lock();
}

void DeviceHost::hear(const std::string& bytes) {
  if (bytes.empty()) return;
  try {
    say(device_->receive(bytes));
  } catch (const std::logic_error& error) {
    if (tell_) tell_({{"event", "not understood"}, {"error", error.what()}});
  }
}

void DeviceHost::serve() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    auto watched = endpoint_.watched();
    watched.push_back({wake_, POLLIN, 0});
    const int patience = patience_ms();
    lock.unlock();
    ::poll(watched.data(), watched.size(), patience);
    lock.lock();
    std::uint64_t woken = 0;
    (void)!::read(wake_, &woken, sizeof woken);
    watched.pop_back();
    // The cable may have been pulled meanwhile, and its descriptors belong to others by now.
    if (endpoint_.plugged_in() && woken == 0) {
      hear(endpoint_.take(watched));
    }
    if (Clock::now() >= next_tick_) {
      next_tick_ = Clock::now() + tick_every;
      say(device_->tick());
    }
    send_what_is_due();
    tell_events(lock);
  }
}

int run_line_device(std::unique_ptr<LineDevice> device, const Endpoint::Options& where, const std::string& fault) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::mutex writing;
  const auto print = [&writing](const json& line) {
    const std::lock_guard lock(writing);
    std::printf("%s\n", line.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
    std::fflush(stdout);
  };
  try {
    DeviceHost host(std::move(device), where, print);
    if (!fault.empty() && !host.command("fault " + fault)["ok"]) throw std::runtime_error("No such fault: " + fault);
    print({{"event", "ready"}, {"port", host.port()}, {"pty", where.pty.string()}});
    const int ended = ::signalfd(-1, &signals, SFD_CLOEXEC);
    std::array<pollfd, 2> watched = {{{ended, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
    std::string input;
    for (;;) {
      ::poll(watched.data(), watched.size(), -1);
      if (watched[0].revents != 0) return 0;
      std::array<char, 4096> buffer{};
      const auto got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
      if (got <= 0) watched[1].fd = -1;  // nobody commands any more; the device goes on
      if (got > 0) input.append(buffer.data(), static_cast<std::size_t>(got));
      for (auto end = input.find('\n'); end != std::string::npos; end = input.find('\n')) {
        const auto line = input.substr(0, end);
        input.erase(0, end + 1);
        if (line == "quit") return 0;
        print(host.command(line));
      }
    }
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

std::string typed_bytes(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      bytes += text[i];
      continue;
    }
    switch (text[++i]) {
      case 'r':
        bytes += '\r';
        break;
      case 'n':
        bytes += '\n';
        break;
      case 't':
        bytes += '\t';
        break;
      case 'x':
        bytes += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
        break;
      default:
        bytes += text[i];
    }
  }
  return bytes;
}

}  // namespace lanekeeper::devices
