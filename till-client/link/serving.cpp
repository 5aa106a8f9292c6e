#include "link/serving.h"

#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <spdlog/spdlog.h>

#include "link/certificate_renewal.h"
#include "net/x509.h"

namespace lanekeeper::till {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto first_rest = 500ms;
constexpr auto longest_rest = 15s;
constexpr auto sync_every = 60s;
constexpr auto heartbeat_every = 5s;
constexpr auto prune_every = 10min;
constexpr auto renewal_every = 1h;
// Between two batches of a long queue, so that the lane gets its share of processor and disk.
constexpr auto drain_rest = 20ms;
// Of a slower answer it is not known when it was made.
constexpr auto longest_round_trip = 10s;
constexpr std::int64_t clock_play_s = 30;
constexpr std::int64_t told_anew_s = 60;

// Nobody can set it, and it goes on while the machine sleeps.
std::chrono::milliseconds running_time() {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::milliseconds(time.tv_nsec / 1'000'000);
}

}  // namespace

Serving::Serving(LinkWorker& worker)
    : worker_(worker),
      client_(worker.connect(worker.endpoint(), worker.identity_.tls())),
      api_(*client_),
      outbox_(worker.services_.data_directory, worker.services_.deliveries),
      uploader_(outbox_, worker.identity_.enrolment()->server_key, worker.till_, worker.services_.clock,
                {worker.services_.handlers.delivered, worker.services_.handlers.parked}),
      sync_(worker.services_.data_directory, worker.services_.clock, watch()),
      backoff_(first_rest, longest_rest, worker.services_.random),
      sync_due_(steady_clock::now()),
      upload_due_(sync_due_),
      heartbeat_due_(sync_due_),
      prune_due_(sync_due_),
      renewal_due_(sync_due_),
      push_(worker.endpoint(), worker.identity_.tls(), "", push_handlers()) {
  worker_.questions_.ask_at(worker_.endpoint(), worker_.identity_.tls());
}

ReplicaSync::Watch Serving::watch() {
  ReplicaSync::Watch watch;
  watch.reached = [this] { reached(); };
  watch.profile_changed = [this] {
    heartbeat_due_ = steady_clock::now();
    if (worker_.services_.handlers.profile_changed) worker_.services_.handlers.profile_changed();
  };
  watch.loaded = [this](std::int64_t items) {
    worker_.change_status([items](LinkStatus& status) { status.catalogue_done = items; });
  };
  watch.between_pages = [this] {
    if (worker_.services_.journal.outbox().unsent > 0) upload_batch();
  };
  watch.stopping = [this] { return worker_.stopping() || ended_; };
  return watch;
}

// On the push channel's thread: signals, and what the lane is only told of, so that no load can hold it up.
net::PushClient::Handlers Serving::push_handlers() {
  net::PushClient::Handlers handlers;
  handlers.connected = [&worker = worker_] {
    worker.signal(&LinkWorker::Signals::push_connected);
    // Before that nothing can be asked; show_state() tells it then.
    if (worker.is_online()) tell_shared(worker.services_.handlers);
  };
  handlers.disconnected = [&worker = worker_](const Error&) { worker.signal(&LinkWorker::Signals::push_lost); };
  handlers.message = [&worker = worker_](const std::string& text) {
    const auto message = json::decode<protocol::PushMessage>(text);
    if (!message) return;  // from a newer server: the minute's round finds what it was about
    switch (message->kind) {
      case protocol::PushKind::catalogue:
      case protocol::PushKind::store:
      case protocol::PushKind::revoked:  // the next request shows whether it is true
        worker.signal(&LinkWorker::Signals::sync);
        break;
      case protocol::PushKind::approvals:
        if (worker.services_.handlers.approvals_changed) worker.services_.handlers.approvals_changed();
        break;
      case protocol::PushKind::suspended:
        if (worker.services_.handlers.suspended_changed) worker.services_.handlers.suspended_changed();
        break;
      default:
        break;
    }
  };
  return handlers;
}

void Serving::run() {
  worker_.set_status(LinkStatus::State::connecting);
  while (!worker_.stopping() && !ended_) {
    watch_clock();
    const auto now = steady_clock::now();
    if (now >= sync_due_) synchronise();
    if (reachable_ && upload_wanted_ && now >= upload_due_) upload_batch();
    if (steady_clock::now() >= heartbeat_due_) heartbeat();
    housekeep_when_quiet();
    if (!worker_.stopping() && !ended_) take(worker_.wait_until(next_due()));
  }
}

void Serving::take(const LinkWorker::Signals& signals) {
  const auto now = steady_clock::now();
  if (signals.reload) sync_.replace_all();
  if (signals.upload) upload_wanted_ = true;
  if (signals.status || signals.push_connected) heartbeat_due_ = now;
  // It may have been away, and may have come back with an older database.
  if (signals.push_connected || signals.push_lost) journals_compared_ = false;
  if (signals.retry || signals.push_connected) {
    backoff_.reset();
    sync_due_ = now;
  }
  if (signals.retry) push_.reconnect_now();
  // While offline the next try has its time; a lost channel is no reason to hurry.
  if (online() && (signals.sync || signals.push_lost || signals.reload)) sync_due_ = now;
}

Serving::Time Serving::next_due() const {
  if (tidying_) return steady_clock::now();
  auto due = std::min(sync_due_, heartbeat_due_);
  if (reachable_ && upload_wanted_) due = std::min(due, upload_due_);
  return due;
}

void Serving::synchronise() {
  const auto changed = sync_.run(api_);
  if (worker_.stopping() || ended_) return;
  if (!changed) {
    met(changed.error());
    return;
  }
  if (!upload_failed_) backoff_.reset();
  sync_due_ = steady_clock::now() + sync_every;
  upload_wanted_ = true;
  upload_due_ = steady_clock::now();
  if (!*changed) return;
  heartbeat_due_ = steady_clock::now();
  worker_.change_status([](LinkStatus& status) { status.catalogue_done = 0; });
  const auto& told = worker_.services_.handlers.catalogue_changed;
  if (told) told(sync_.catalogue_version());
}

void Serving::reached() {
  reachable_ = true;
  compare_clocks();
  worker_.heard_server();
  show_state();
}

// The store's profile is small: its answer was made about half the time ago that asking took, within the second that
// its date names.
void Serving::compare_clocks() {
  const auto& server = api_.server_time();
  if (!server || server->round_trip > longest_round_trip) return;
  const std::int64_t there_ms = server->date.unix_ms + 500 + server->round_trip.count() / 2;
  const auto now = worker_.services_.clock.now().instant;
  clock_watch_.begin(now, running_time());
  clock_compared_ = true;
  tell_clock((now.unix_ms - there_ms) / 1000);
}

void Serving::watch_clock() {
  const auto moved_s = clock_watch_.moved_s(worker_.services_.clock.now().instant, running_time());
  // Where nothing is known of it, setting it is the best that can happen to it.
  if (moved_s == 0 || (!clock_compared_ && worker_.clock_ahead_s_ == 0)) return;
  spdlog::warn("link: this till's clock was moved by {} s", moved_s);
  tell_clock(worker_.clock_ahead_s_ + moved_s);
  worker_.clock_moved(moved_s);
}

// What was called out is right again only well inside, and told anew only when it is another minute.
void Serving::tell_clock(std::int64_t ahead_s) {
  auto& told_s = worker_.clock_ahead_s_;
  const auto bound = told_s == 0 ? clock_tolerance_s : clock_tolerance_s - clock_play_s;
  const std::int64_t found = std::abs(ahead_s) > bound ? ahead_s : 0;
  if (found == told_s || (found != 0 && std::abs(found - told_s) < told_anew_s)) return;
  told_s = found;
  if (found != 0) {
    spdlog::warn("link: this till's clock is {} s {} the store server's", std::abs(found),
                 found > 0 ? "ahead of" : "behind");
  } else {
    spdlog::info("link: this till's clock is right again");
  }
  worker_.change_status([found](LinkStatus& status) { status.clock_ahead_s = found; });
}

void Serving::show_state() {
  if (!online() || std::exchange(shown_online_, true)) return;
  worker_.set_status(LinkStatus::State::online);
  tell_shared(worker_.services_.handlers);
}

void Serving::tell_shared(const LinkHandlers& handlers) {
  if (handlers.approvals_changed) handlers.approvals_changed();
  if (handlers.suspended_changed) handlers.suspended_changed();
}

// A server that was set back to an older state has lost what it had answered. It is sent again before anything new,
// which would make a gap of it.
bool Serving::compare_journals() {
  if (journals_compared_) return true;
  const auto position = api_.journal_position();
  if (worker_.stopping()) return false;
  const bool does_not_say = !position && api_.last_status() == 404;  // an older server
  if (!position && !does_not_say) {
    upload_failed_ = true;
    met(position.error());
    return false;
  }
  if (position) {
    const auto again = outbox_.set_back(worker_.till_, position->last_sequence);
    if (!again) {
      met(again.error());
      return false;
    }
    if (*again > 0) {
      spdlog::warn("link: the server has lost {} entries behind {}, which are sent again", *again,
                   position->last_sequence);
    }
  }
  journals_compared_ = true;
  return true;
}

void Serving::upload_batch() {
  if (!compare_journals()) return;
  if (worker_.services_.journal.outbox().unsent > 0) set_sending(true);
  const auto sent = uploader_.step(api_);
  if (worker_.stopping()) return;
  if (!sent) {
    upload_failed_ = true;
    met(sent.error());
    return;
  }
  upload_failed_ = false;
  show_state();
  upload_wanted_ = *sent;
  upload_due_ = steady_clock::now() + drain_rest;
  if (*sent) return;
  set_sending(false);
  heartbeat_due_ = std::min(heartbeat_due_, steady_clock::now() + heartbeat_every / 5);
}

void Serving::housekeep_when_quiet() {
  tidying_ = online() && !upload_wanted_ && sync_.tidy_after_load();
  if (!online() || upload_wanted_ || tidying_) return;
  if (steady_clock::now() >= renewal_due_) renew_certificate_when_due();
  if (steady_clock::now() < prune_due_) return;
  const auto pruned = outbox_.prune(worker_.services_.clock.now().instant);
  prune_due_ = steady_clock::now() + (pruned > 0 ? std::chrono::minutes(0) + 1s : std::chrono::seconds(prune_every));
}

void Serving::renew_certificate_when_due() {
  renewal_due_ = steady_clock::now() + renewal_every;
  const auto enrolment = *worker_.identity_.enrolment();
  if (!renewal_is_due(enrolment, worker_.services_.clock.now().instant)) return;
  const auto& key = worker_.identity_.key(worker_.services_.random);
  const auto renewed = api_.renew_certificate({net::make_csr(key, worker_.services_.device_name)});
  if (worker_.stopping()) return;
  const auto changed =
      renewed ? with_new_certificate(enrolment, key.public_key(), *renewed) : Result<Enrolment>(fail(renewed.error()));
  if (!changed) {
    // The one it has still counts. Whether the store is there, or has ended the enrolment, other requests find out.
    spdlog::warn("link: the certificate was not renewed: {} {}", changed.error().code, changed.error().message);
    return;
  }
  worker_.identity_.enrolled(*changed);
  spdlog::info("link: the certificate was renewed");
  ended_ = true;  // and begins anew with it
}

void Serving::heartbeat() {
  heartbeat_due_ = steady_clock::now() + heartbeat_every;
  protocol::PushMessage message;
  message.kind = protocol::PushKind::status;
  message.status = worker_.lane_report();
  message.status->catalogue_version = sync_.catalogue_version();
  message.status->store_version = sync_.profile_version();
  push_.send(json::encode(message));
}

void Serving::met(Error error) {
  sync_due_ = steady_clock::now() + backoff_.next();
  if (error.code == "access.not_enrolled") {
    spdlog::warn("the store has ended this till's enrolment");
    ended_ = true;
    worker_.enrolled_ = false;
    worker_.identity_.forget_enrolment();
    worker_.set_status(LinkStatus::State::revoked, std::move(error));
    return;
  }
  spdlog::warn("link: {} {}", error.code, error.message);
  if (error.code.starts_with("replica.") || error.code.starts_with("journal.")) {
    upload_due_ = sync_due_;  // our own disk: the store is there all the same
    upload_failed_ = false;
    return;
  }
  reachable_ = false;
  journals_compared_ = false;
  shown_online_ = false;
  sending_ = false;
  worker_.set_status(LinkStatus::State::offline, std::move(error));
}

void Serving::set_sending(bool sending) {
  if (std::exchange(sending_, sending) == sending) return;
  worker_.change_status([sending](LinkStatus& status) { status.sending = sending; });
}

}  // namespace lanekeeper::till
