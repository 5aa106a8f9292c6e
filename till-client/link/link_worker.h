// The link's thread. Private to this room. The lane's side only sets signals; everything else happens on the thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "link/backoff.h"
#include "link/device_identity.h"
#include "link/link.h"
#include "link/questions.h"
#include "link/store_contact.h"

namespace lanekeeper::till {

class LinkWorker {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // What has happened since the thread last looked.
  struct Signals {
    bool upload = false;    // an entry was committed
    bool sync = false;      // something changed at the server
    bool retry = false;     // do not wait for the next try
    bool status = false;    // the next heartbeat is due now
    bool new_code = false;  // while unpaired: ask again
    bool reload = false;    // the replica is broken
    bool push_connected = false;
    bool push_lost = false;
  };

  explicit LinkWorker(LinkServices services);
  ~LinkWorker();
  LinkWorker(const LinkWorker&) = delete;
  LinkWorker& operator=(const LinkWorker&) = delete;

  // ---- any thread ----
  void start();
  void stop();
  void signal(bool Signals::*which);
  Result<void> use_server(std::string_view server);
  void lane_status(LaneReport report);
  [[nodiscard]] std::int64_t till() const { return till_; }
  [[nodiscard]] StoreQuestions& questions() { return questions_; }
  [[nodiscard]] bool is_online() const;

 private:
  friend class Serving;

  void run();
  void rest_after_fault(const std::exception& fault, Backoff& backoff);

  // Until the till is enrolled or the thread is to stop.
  void pair();
  std::optional<WaitingPairing> ask_for_code();
  void wait_for_approval(const WaitingPairing& pairing);
  void accept(const WaitingPairing& pairing, const protocol::EnrolmentStatus& approved);
  void pairing_failed(Error error, std::chrono::milliseconds rest);
  // Until the enrolment has ended or the thread is to stop.
  void serve();

  void adopt(const Enrolment& enrolment);
  void set_status(LinkStatus::State state, std::optional<Error> error = {},
                  std::optional<protocol::EnrolmentTicket> ticket = {});
  void heard_server();
  void clock_moved(std::int64_t moved_s);  // by somebody, of this till
  void change_status(const std::function<void(LinkStatus&)>& change);

  // Where nobody said which: the one it is enrolled with, else the one it asked last, else the proposed one.
  [[nodiscard]] net::Endpoint known_server() const;
  [[nodiscard]] net::Endpoint endpoint() const;
  // A client whose running request stop() can end.
  [[nodiscard]] std::shared_ptr<net::HttpsClient> connect(const net::Endpoint& server,
                                                          const net::TlsIdentity& identity);
  // Sleeps until then or until a signal; hands over what was signalled.
  Signals wait_until(Time time);
  [[nodiscard]] bool stopping() const { return stopping_; }
  [[nodiscard]] protocol::TillStatus lane_report() const;

  const LinkServices services_;
  DeviceIdentity identity_;
  std::atomic<std::int64_t> till_ = 0;
  std::atomic<bool> enrolled_ = false;
  std::atomic<bool> stopping_ = false;

  mutable std::mutex mutex_;  // guards what stands below
  std::condition_variable wake_;
  Signals signals_;
  bool signalled_ = false;
  net::Endpoint endpoint_;
  std::shared_ptr<net::HttpsClient> client_;
  LaneReport lane_{"", "none"};
  LinkStatus status_;

  StoreContact contact_;            // these two are used on the link's thread
  std::int64_t clock_ahead_s_ = 0;  // as it was told last

  Questions questions_;
  Backoff pairing_backoff_;
  std::thread thread_;
};

}  // namespace lanekeeper::till
