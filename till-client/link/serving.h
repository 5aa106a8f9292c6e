// The life of an enrolled link: one connection for requests, one push channel, and what is due when. Private to this
// room; lives on the link's thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cache/outbox.h"
#include "link/clock_watch.h"
#include "link/link_worker.h"
#include "link/replica_sync.h"
#include "link/store_api.h"
#include "link/uploader.h"
#include "net/push_client.h"

namespace lanekeeper::till {

class Serving {
 public:
  explicit Serving(LinkWorker& worker);

  // Returns when the enrolment has ended or changed, or the thread is to stop.
  void run();

 private:
  using Time = LinkWorker::Time;

  [[nodiscard]] ReplicaSync::Watch watch();
  [[nodiscard]] net::PushClient::Handlers push_handlers();
  void take(const LinkWorker::Signals& signals);
  void synchronise();
  void reached();
  void compare_clocks();
  // Between two answers of the server: what it said last still counts when somebody sets the clock meanwhile.
  void watch_clock();
  void tell_clock(std::int64_t ahead_s);
  [[nodiscard]] bool online() const { return reachable_ && !upload_failed_; }
  void show_state();
  // Pushes may have been missed: the lane asks for what the lanes share. On any thread of the link.
  static void tell_shared(const LinkHandlers& handlers);
  void upload_batch();
  [[nodiscard]] bool compare_journals();
  void housekeep_when_quiet();
  void renew_certificate_when_due();
  void heartbeat();
  // Decides by the error what it means: enrolment ended, our own disk, or no connection.
  void met(Error error);
  void set_sending(bool sending);
  [[nodiscard]] Time next_due() const;

  LinkWorker& worker_;
  std::shared_ptr<net::HttpsClient> client_;
  StoreApi api_;
  Outbox outbox_;
  Uploader uploader_;
  ReplicaSync sync_;
  Backoff backoff_;
  ClockWatch clock_watch_;
  bool reachable_ = false;      // the last request was answered
  bool upload_failed_ = false;  // then "online" waits until an upload works again
  bool ended_ = false;          // the enrolment, or its certificate is a new one
  bool upload_wanted_ = true;
  bool journals_compared_ = false;  // since the connection was made
  bool sending_ = false;
  bool shown_online_ = false;
  bool clock_compared_ = false;  // with the server, since the start
  bool tidying_ = false;         // the search index wants another step
  Time sync_due_;
  Time upload_due_;
  Time heartbeat_due_;
  Time prune_due_;
  Time renewal_due_;
  net::PushClient push_;  // goes first: its thread signals the worker
};

}  // namespace lanekeeper::till
