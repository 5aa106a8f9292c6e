#include "test_printer.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <list>
#include <stdexcept>

#include "devices/escpos_decoder.h"

namespace lanekeeper::till::test {

namespace {

constexpr std::chrono::seconds patience{20};
constexpr int small_buffer_bytes = 2048;
constexpr char all_is_well = 0x12;           // to DLE EOT
constexpr char there_is_paper = 0x00;        // to GS r
constexpr int more_than_a_question = 64;     // DLE EOT and the drawer's pulse are shorter
constexpr std::size_t identity_prefix = 10;  // till and date in front of the receipt's number

}  // namespace

struct TestPrinter::Peer {
  int socket = -1;
  devices::EscPosDecoder decoder;
  Copy copy;
};

TestPrinter::TestPrinter() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  wake_ = ::eventfd(0, EFD_CLOEXEC);
  // Taken over by the connections: what is not read soon stays with the sender.
  ::setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &small_buffer_bytes, sizeof small_buffer_bytes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    throw std::runtime_error("no port for the printer");
  }
  port_ = ntohs(address.sin_port);
}

TestPrinter::~TestPrinter() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake();
  if (thread_.joinable()) thread_.join();
  ::close(listener_);
  ::close(wake_);
}

std::string TestPrinter::address() const {
  return "tcp://127.0.0.1:" + std::to_string(port_);
}

void TestPrinter::come_on() {
  if (::listen(listener_, 8) != 0) throw std::runtime_error("the printer cannot listen");
  thread_ = std::thread([this] { serve(); });
}

void TestPrinter::take_nothing() {
  const std::lock_guard lock(mutex_);
  taking_ = false;
  wake();
}

void TestPrinter::take_everything() {
  const std::lock_guard lock(mutex_);
  taking_ = true;
  wake();
}

void TestPrinter::wake() const {
  const std::uint64_t one = 1;
  (void)!::write(wake_, &one, sizeof one);
}

void TestPrinter::serve() {
  std::list<Peer> peers;
  for (;;) {
    bool taking = true;
    {
      const std::lock_guard lock(mutex_);
      if (ending_) break;
      taking = taking_;
    }
    std::vector<pollfd> waiting{{listener_, POLLIN, 0}, {wake_, POLLIN, 0}};
    for (const auto& peer : peers) waiting.push_back({peer.socket, static_cast<short>(taking ? POLLIN : 0), 0});
    ::poll(waiting.data(), waiting.size(), taking ? -1 : 20);
    std::uint64_t woken = 0;
    if (waiting[1].revents != 0) (void)!::read(wake_, &woken, sizeof woken);
    if (waiting[0].revents != 0) {
      peers.push_back({});
      peers.back().socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    }
    int unread = 0;
    for (auto peer = peers.begin(); peer != peers.end();) {
      int bytes = 0;
      ::ioctl(peer->socket, FIONREAD, &bytes);
      unread += bytes;
      std::array<char, 4096> buffer{};
      const auto got = taking ? ::recv(peer->socket, buffer.data(), buffer.size(), MSG_DONTWAIT) : -1;
      if (got > 0) take(*peer, {buffer.data(), static_cast<std::size_t>(got)});
      if (got != 0) {
        ++peer;
        continue;
      }
      ::close(peer->socket);
      peer = peers.erase(peer);
    }
    const std::lock_guard lock(mutex_);
    waiting_bytes_ = unread;
    changed_.notify_all();
  }
  for (const auto& peer : peers) ::close(peer.socket);
}

void TestPrinter::take(Peer& peer, const std::string& bytes) {
  const std::lock_guard lock(mutex_);
  for (const auto& event : peer.decoder.feed(bytes)) {
    if (const auto* line = std::get_if<devices::TextLine>(&event)) {
      for (const auto& run : line->runs) {
        words_ += run.text;
        if (run.text.find("DUPLICATE") != std::string::npos) peer.copy.duplicate = true;
      }
      words_ += '\n';
    } else if (const auto* code = std::get_if<devices::Barcode>(&event)) {
      if (code->data.size() > identity_prefix) peer.copy.number = std::stoll(code->data.substr(identity_prefix));
    } else if (std::holds_alternative<devices::DrawerPulse>(event)) {
      ++pulses_;
    } else if (const auto* request = std::get_if<devices::StatusRequest>(&event)) {
      const char answer = request->kind == 'e' ? all_is_well : there_is_paper;
      if (request->kind != 'a') (void)!::send(peer.socket, &answer, 1, MSG_NOSIGNAL);
    } else if (std::holds_alternative<devices::Cut>(event)) {
      copies_.push_back(std::exchange(peer.copy, {}));
    }
  }
}

int TestPrinter::count(const std::function<bool(const Copy&)>& which) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(std::count_if(copies_.begin(), copies_.end(), which));
}

int TestPrinter::receipts() const {
  return count([](const Copy&) { return true; });
}

int TestPrinter::pulses() const {
  const std::lock_guard lock(mutex_);
  return pulses_;
}

bool TestPrinter::has_duplicate() const {
  return count([](const Copy& copy) { return copy.duplicate; }) > 0;
}

int TestPrinter::copies_of(std::int64_t receipt_number) const {
  return count([receipt_number](const Copy& copy) { return copy.number == receipt_number; });
}

int TestPrinter::unmarked_copies_of(std::int64_t receipt_number) const {
  return count([receipt_number](const Copy& copy) { return copy.number == receipt_number && !copy.duplicate; });
}

std::string TestPrinter::words() const {
  const std::lock_guard lock(mutex_);
  return words_;
}

bool TestPrinter::until(const std::function<bool()>& holds) const {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    std::unique_lock lock(mutex_);
    if (changed_.wait_until(lock, deadline) == std::cv_status::timeout) return false;
  }
  return true;
}

bool TestPrinter::until_something_came() const {
  return until([this] {
    const std::lock_guard lock(mutex_);
    return waiting_bytes_ > more_than_a_question;
  });
}

}  // namespace lanekeeper::till::test
