// How many connections there may be, so that no stranger can use up what the tills need. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace lanekeeper::http {

class ConnectionLimits : public std::enable_shared_from_this<ConnectionLimits> {
 public:
  static constexpr std::size_t max_total = 1024;
  static constexpr std::size_t max_unknown = 512;                 // handshakes and strangers; the rest is for devices
  static constexpr std::size_t max_strangers_per_address = 8;     // shook hands, but have no certificate
  static constexpr std::size_t max_handshakes_per_address = 128;  // at once; each ends within five seconds

  // One connection's place; gives it back when destroyed.
  class Slot {
   public:
    ~Slot();
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    // After the handshake. False: there are too many strangers from this address.
    [[nodiscard]] bool settle(bool known);

   private:
    friend class ConnectionLimits;
    enum class Stage { handshake, stranger, known };
    Slot(std::shared_ptr<ConnectionLimits> limits, std::string address)
        : limits_(std::move(limits)), address_(std::move(address)) {}
    std::shared_ptr<ConnectionLimits> limits_;
    std::string address_;
    Stage stage_ = Stage::handshake;
  };

  // Null: no more from there now. address: what counts as one peer, see server.cpp.
  [[nodiscard]] std::shared_ptr<Slot> admit(const std::string& address);
  [[nodiscard]] std::size_t total() const;
  [[nodiscard]] std::int64_t refused() const;

 private:
  struct Count {
    std::size_t handshakes = 0;
    std::size_t strangers = 0;
  };
  void leave(const std::string& address, Slot::Stage stage);

  mutable std::mutex mutex_;
  std::size_t total_ = 0;
  std::size_t unknown_ = 0;
  std::int64_t refused_ = 0;
  std::map<std::string, Count> by_address_;  // only addresses that count something
};

}  // namespace lanekeeper::http
