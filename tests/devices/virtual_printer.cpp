#include "virtual_printer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <list>

#include <nlohmann/json.hpp>

#include "escpos_decoder.h"
#include "paper.h"
#include "printer_mechanism.h"

namespace lanekeeper::devices {
namespace {

constexpr std::size_t most_connections = 16;
constexpr std::size_t slow_bytes_a_turn = 200;
constexpr int slow_turn_ms = 100;

class Files {
 public:
  explicit Files(const VirtualPrinterOptions& options) : options_(options) {
    std::filesystem::create_directories(options_.out);
    for (const auto& file : std::filesystem::directory_iterator(options_.out)) {
      if (file.path().extension() == ".txt") number_ = std::max(number_, std::atoi(file.path().stem().c_str()));
    }
  }

  void say(const nlohmann::json& event) const {
    const auto line = event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (options_.tell) return options_.tell(line);
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  }

  void store(const std::vector<PrinterEvent>& receipt, bool torn) {
    char name[16];
    std::snprintf(name, sizeof name, "%04d", ++number_);
    const auto base = options_.out / name;
    std::ofstream(base.string() + ".txt") << render_text(receipt);
    if (options_.png) render_png(receipt, base.string() + ".png");
    nlohmann::json event = {
        {"event", torn ? "torn" : "receipt"}, {"number", number_}, {"file", base.string() + ".txt"}};
    for (const auto& part : receipt) {
      if (const auto* code = std::get_if<Barcode>(&part)) event["barcode"] = code->data;
    }
    say(event);
  }

 private:
  const VirtualPrinterOptions& options_;
  int number_ = 0;
};

struct Peer {
  int fd = -1;
  bool pty = false;
  EscPosDecoder decoder;
};

int listen_on(const VirtualPrinterOptions& options, int& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  socklen_t length = sizeof address;
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(options.port));
  if (::inet_pton(AF_INET, options.host.c_str(), &address.sin_addr) != 1 ||
      ::bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(listener, 16) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    ::close(listener);
    return -1;
  }
  port = ntohs(address.sin_port);
  return listener;
}

// The terminal's own end stays open as well, or reading would fail while nobody else has it open.
int open_terminal(const std::filesystem::path& link) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0) return -1;
  const std::string name = ::ptsname(master);
  const int end = ::open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios line{};
  if (end < 0 || ::tcgetattr(end, &line) != 0) return -1;
  ::cfmakeraw(&line);
  if (::tcsetattr(end, TCSANOW, &line) != 0) return -1;
  std::error_code error;
  std::filesystem::remove(link, error);
  std::filesystem::create_symlink(name, link, error);
  return error ? -1 : master;
}

int block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return ::signalfd(-1, &signals, SFD_CLOEXEC);
}

class Server {
 public:
  explicit Server(const VirtualPrinterOptions& options)
      : options_(options),
        files_(options),
        mechanism_({[this](const auto& receipt, bool torn) { files_.store(receipt, torn); },
                    [this](int pin) {
                      files_.say({{"event", "drawer"}, {"pin", pin}});
                    },
                    [](int peer, std::string_view bytes) {
                      if (::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) < 0 &&
                          errno == ENOTSOCK) {
                        (void)!::write(peer, bytes.data(), bytes.size());
                      }
                    }}) {}
  ~Server() {
    for (const auto& peer : peers_) ::close(peer.fd);
    for (const int fd : {listener_, signals_}) {
      if (fd >= 0) ::close(fd);
    }
    std::error_code ignored;
    if (!options_.pty.empty()) std::filesystem::remove(options_.pty, ignored);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  bool open() {
    signals_ = block_signals();
    int port = 0;
    listener_ = listen_on(options_, port);
    if (listener_ < 0) {
      std::fprintf(stderr, "Cannot listen on %s:%d.\n", options_.host.c_str(), options_.port);
      return false;
    }
    if (!options_.pty.empty()) {
      peers_.push_back({open_terminal(options_.pty), true, {}});
      if (peers_.back().fd < 0) {
        std::fprintf(stderr, "Cannot make a terminal at %s.\n", options_.pty.c_str());
        return false;
      }
    }
    if (!options_.fault.empty() && options_.fault != "refuse" && !mechanism_.command(options_.fault)) {
      std::fprintf(stderr, "There is no fault \"%s\".\n", options_.fault.c_str());
      return false;
    }
    files_.say({{"event", "ready"}, {"port", port}});
    return true;
  }

  void serve() {
    while (!ending_) turn();
  }

 private:
  void turn() {
    const bool taking = !mechanism_.silent() && !mechanism_.full();
    std::vector<pollfd> waiting = {{signals_, POLLIN, 0}, {listener_, POLLIN, 0}, {control_, POLLIN, 0}};
    for (const auto& peer : peers_) {
      const bool dead_on_hangup = taking || peer.pty;  // a closed connection is heard of when bytes are taken again
      waiting.push_back({dead_on_hangup ? peer.fd : -1, static_cast<short>(taking ? POLLIN : 0), 0});
    }
    ::poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0) ending_ = true;
    auto watched = waiting.begin() + 3;
    for (auto peer = peers_.begin(); peer != peers_.end(); ++watched) {
      if (watched->revents == 0 || hear(*peer)) {
        ++peer;
        continue;
      }
      mechanism_.forget(peer->fd);
      ::close(peer->fd);
      peer = peers_.erase(peer);
    }
    if (waiting[1].revents != 0) accept();
    if (waiting[2].revents != 0) hear_commands();
    if (mechanism_.slow() && !peers_.empty()) ::poll(nullptr, 0, slow_turn_ms);
  }

  // False: it hung up.
  bool hear(Peer& peer) {
    char buffer[16'384];
    const auto got = ::read(peer.fd, buffer, mechanism_.slow() ? slow_bytes_a_turn : sizeof buffer);
    if (got <= 0) return peer.pty;
    if (options_.fault == "refuse") return false;
    for (auto& event : peer.decoder.feed({buffer, static_cast<std::size_t>(got)})) {
      mechanism_.take(peer.fd, std::move(event));
    }
    return true;
  }

  void accept() {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0 && peers_.size() < most_connections) {
      peers_.push_back({socket, false, {}});
    } else if (socket >= 0) {
      ::close(socket);
    }
  }

  void hear_commands() {
    char buffer[512];
    const auto got = ::read(control_, buffer, sizeof buffer);
    if (got <= 0) {
      control_ = -1;
      return;
    }
    commands_.append(buffer, static_cast<std::size_t>(got));
    for (auto end = commands_.find('\n'); end != std::string::npos; end = commands_.find('\n')) {
      const auto words = commands_.substr(0, end);
      commands_.erase(0, end + 1);
      if (words == "quit") {
        ending_ = true;
      } else if (mechanism_.command(words)) {
        files_.say({{"event", "fault"}, {"fault", words}});
      } else {
        files_.say({{"event", "error"}, {"message", "no such fault"}, {"fault", words}});
      }
    }
  }

  const VirtualPrinterOptions& options_;
  Files files_;
  PrinterMechanism mechanism_;
  std::list<Peer> peers_;
  int signals_ = -1;
  int listener_ = -1;
  int control_ = options_.control;
  std::string commands_;
  bool ending_ = false;
};

}  // namespace

int run_virtual_printer(const VirtualPrinterOptions& options) {
  Server server(options);
  if (!server.open()) return 1;
  server.serve();
  return 0;
}

}  // namespace lanekeeper::devices
