// A network printer for tests: may be away, may stop taking bytes, and says what it has printed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lanekeeper::till::test {

class TestPrinter {
 public:
  TestPrinter();  // its port is taken, but nobody answers there yet
  ~TestPrinter();
  TestPrinter(const TestPrinter&) = delete;
  TestPrinter& operator=(const TestPrinter&) = delete;

  [[nodiscard]] std::string address() const;  // for --printer
  void come_on();
  // Connections are accepted, but nothing is read from them any more, or again.
  void take_nothing();
  void take_everything();

  [[nodiscard]] int receipts() const;  // whole ones, down to the cut
  [[nodiscard]] int pulses() const;
  [[nodiscard]] bool has_duplicate() const;
  [[nodiscard]] int copies_of(std::int64_t receipt_number) const;
  [[nodiscard]] int unmarked_copies_of(std::int64_t receipt_number) const;
  [[nodiscard]] std::string words() const;  // all the text, for messages

  // Whether it comes true within twenty seconds, looked at after everything that arrives.
  bool until(const std::function<bool()>& holds) const;
  // Bytes of a receipt wait in the socket while nothing is taken.
  [[nodiscard]] bool until_something_came() const;

 private:
  struct Copy {
    std::int64_t number = 0;
    bool duplicate = false;
  };
  struct Peer;
  void serve();
  void take(Peer& peer, const std::string& bytes);
  void wake() const;
  [[nodiscard]] int count(const std::function<bool(const Copy&)>& which) const;

  int listener_ = -1;
  int wake_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool taking_ = true;
  bool ending_ = false;
  int waiting_bytes_ = 0;
  int pulses_ = 0;
  std::string words_;
  std::vector<Copy> copies_;
};

}  // namespace lanekeeper::till::test
