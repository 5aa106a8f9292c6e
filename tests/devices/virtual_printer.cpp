#include "virtual_printer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <list>

#include <nlohmann/json.hpp>

#include "escpos_decoder.h"
#include "paper.h"

namespace lanekeeper::devices {
namespace {

constexpr std::size_t most_connections = 16;
constexpr std::size_t slow_bytes_a_turn = 200;
constexpr int slow_turn_ms = 100;

void say(const nlohmann::json& event) {
  std::printf("%s\n", event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  std::fflush(stdout);
}

// Paper comes out of one slot: a receipt is what lies between two cuts, whoever sent it.
class Slot {
 public:
  explicit Slot(const VirtualPrinterOptions& options) : options_(options) {
    std::filesystem::create_directories(options_.out);
    for (const auto& file : std::filesystem::directory_iterator(options_.out)) {
      if (file.path().extension() == ".txt") number_ = std::max(number_, std::atoi(file.path().stem().c_str()));
    }
  }

  void take(PrinterEvent event) {
    if (const auto* pulse = std::get_if<DrawerPulse>(&event)) {
      say({{"event", "drawer"}, {"pin", pulse->pin}});
      return;
    }
    const bool cut = std::holds_alternative<Cut>(event);
    receipt_.push_back(std::move(event));
    if (cut) end_receipt();
  }

 private:
  void end_receipt() {
    char name[16];
    std::snprintf(name, sizeof name, "%04d", ++number_);
    const auto base = options_.out / name;
    std::ofstream(base.string() + ".txt") << render_text(receipt_);
    if (options_.png) render_png(receipt_, base.string() + ".png");
    nlohmann::json event = {{"event", "receipt"}, {"number", number_}, {"file", base.string() + ".txt"}};
    for (const auto& part : receipt_) {
      if (const auto* code = std::get_if<Barcode>(&part)) event["barcode"] = code->data;
    }
    say(event);
    receipt_.clear();
  }

  const VirtualPrinterOptions& options_;
  std::vector<PrinterEvent> receipt_;
  int number_ = 0;
};

// Bits as Epson gives them: DLE EOT 1 printer, 2 offline cause, 4 paper.
char status_byte(const StatusRequest& request, bool paper_out) {
  if (request.kind == 'r') return static_cast<char>(paper_out ? 0x0c : 0x00);
  switch (request.n) {
    case 1:
      return static_cast<char>(paper_out ? 0x1e : 0x16);
    case 2:
      return static_cast<char>(paper_out ? 0x32 : 0x12);
    case 4:
      return static_cast<char>(paper_out ? 0x72 : 0x12);
    default:
      return 0x12;
  }
}

struct Peer {
  int socket;
  EscPosDecoder decoder;
};

void handle(Peer& peer, std::vector<PrinterEvent> events, Slot& slot, bool paper_out) {
  for (auto& event : events) {
    if (const auto* request = std::get_if<StatusRequest>(&event)) {
      const char answer = status_byte(*request, paper_out);
      if (request->kind != 'a') (void)!::send(peer.socket, &answer, 1, MSG_NOSIGNAL);
    } else if (!paper_out) {
      slot.take(std::move(event));
    }
  }
}

int listen_on(const VirtualPrinterOptions& options) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(options.port));
  if (::inet_pton(AF_INET, options.host.c_str(), &address.sin_addr) != 1 ||
      ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || ::listen(listener, 16) != 0) {
    ::close(listener);
    return -1;
  }
  return listener;
}

int block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return ::signalfd(-1, &signals, SFD_CLOEXEC);
}

}  // namespace

int run_virtual_printer(const VirtualPrinterOptions& options) {
  const int signals = block_signals();
  const int listener = listen_on(options);
  if (listener < 0) {
    std::fprintf(stderr, "Cannot listen on %s:%d.\n", options.host.c_str(), options.port);
    return 1;
  }
  Slot slot(options);
  std::list<Peer> peers;
  const bool slow = options.fault == "slow";
  say({{"event", "ready"}, {"port", options.port}});
  while (true) {
    std::vector<pollfd> waiting = {{signals, POLLIN, 0}, {listener, POLLIN, 0}};
    for (const auto& peer : peers) waiting.push_back({peer.socket, POLLIN, 0});
    ::poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0) break;
    auto revents = waiting.begin() + 2;
    for (auto peer = peers.begin(); peer != peers.end(); ++revents) {
      if (revents->revents == 0) {
        ++peer;
        continue;
      }
      char buffer[16'384];
      const auto got = ::recv(peer->socket, buffer, slow ? slow_bytes_a_turn : sizeof buffer, 0);
      if (got <= 0 || options.fault == "refuse") {
        ::close(peer->socket);
        peer = peers.erase(peer);
        continue;
      }
      handle(*peer, peer->decoder.feed({buffer, static_cast<std::size_t>(got)}), slot, options.fault == "paper_out");
      ++peer;
    }
    if (waiting[1].revents != 0) {
      const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket >= 0 && peers.size() < most_connections) {
        peers.push_back({socket, {}});
      } else if (socket >= 0) {
        ::close(socket);
      }
    }
    if (slow && !peers.empty()) ::poll(nullptr, 0, slow_turn_ms);
  }
  for (const auto& peer : peers) ::close(peer.socket);
  ::close(listener);
  return 0;
}

}  // namespace lanekeeper::devices
