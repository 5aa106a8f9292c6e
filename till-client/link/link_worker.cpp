#include "link/link_worker.h"

#include <utility>

#include <spdlog/spdlog.h>

#include "link/serving.h"

namespace lanekeeper::till {

namespace {

using namespace std::chrono_literals;

constexpr auto first_rest = 500ms;
constexpr auto longest_rest = 15s;

}  // namespace

LinkWorker::LinkWorker(LinkServices services)
    : services_(std::move(services)),
      identity_(services_.data_directory),
      endpoint_(services_.server),
      contact_(services_.data_directory, services_.clock.now().instant),
      clock_ahead_s_(contact_.clock_ahead_s()),
      pairing_backoff_(first_rest, longest_rest, services_.random) {
  status_.state = LinkStatus::State::unpaired;
  if (const auto& enrolment = identity_.enrolment()) {
    adopt(*enrolment);
    status_.state = LinkStatus::State::connecting;
    if (!contact_.heard_at()) heard_server();  // by an older version of this program, or just now
    status_.heard_at = contact_.heard_at();
    status_.clock_ahead_s = clock_ahead_s_;
  }
  if (endpoint_.host.empty()) endpoint_ = known_server();
  status_.server = endpoint_.to_string();
  services_.journal.on_commit([this] { signal(&Signals::upload); });
}

net::Endpoint LinkWorker::known_server() const {
  const auto& enrolment = identity_.enrolment();
  const auto stored = net::Endpoint::parse(enrolment ? enrolment->server : identity_.asked_server());
  return stored ? *stored : services_.proposed_server;
}

LinkWorker::~LinkWorker() {
  services_.journal.on_commit({});
  stop();
}

void LinkWorker::start() {
  if (!thread_.joinable() && !stopping_) thread_ = std::thread([this] { run(); });
}

void LinkWorker::stop() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
    if (client_) client_->cancel();
  }
  wake_.notify_all();
  questions_.stop();
  if (thread_.joinable()) thread_.join();
}

void LinkWorker::signal(bool Signals::*which) {
  {
    const std::lock_guard guard(mutex_);
    signals_.*which = true;
    signalled_ = true;
  }
  wake_.notify_all();
}

Result<void> LinkWorker::use_server(std::string_view server) {
  if (enrolled_) {
    return fail("link.already_paired", "This till belongs to a store already. Revoke it in the back office first.");
  }
  auto endpoint = net::Endpoint::parse(server);
  if (!endpoint) return fail(std::move(endpoint.error()));
  {
    const std::lock_guard guard(mutex_);
    endpoint_ = std::move(*endpoint);
    if (client_) client_->cancel();
  }
  signal(&Signals::new_code);
  return {};
}

void LinkWorker::lane_status(LaneReport report) {
  {
    const std::lock_guard guard(mutex_);
    if (report == lane_) return;
    lane_ = std::move(report);
  }
  signal(&Signals::status);
}

bool LinkWorker::is_online() const {
  const std::lock_guard guard(mutex_);
  return status_.state == LinkStatus::State::online;
}

void LinkWorker::run() {
  Backoff faults(first_rest, longest_rest, services_.random);
  while (!stopping()) {
    try {
      if (identity_.enrolment()) {
        serve();
      } else {
        pair();
      }
      faults.reset();
    } catch (const std::exception& fault) {
      rest_after_fault(fault, faults);
    }
  }
}

// The one place for faults of the link: the lane sells on, the link tries again.
void LinkWorker::rest_after_fault(const std::exception& fault, Backoff& backoff) {
  spdlog::error("link: {}", fault.what());
  set_status(identity_.enrolment() ? LinkStatus::State::offline : LinkStatus::State::unpaired,
             Error{"link.fault",
                   "The connection to the store failed inside this till. It is tried again.",
                   {{"reason", fault.what()}}});
  wait_until(std::chrono::steady_clock::now() + backoff.next());
}

void LinkWorker::adopt(const Enrolment& enrolment) {
  const JournalIdentity journal_identity{enrolment.till,          identity_.key(services_.random),
                                         enrolment.last_sequence, enrolment.last_receipt_number,
                                         enrolment.last_hash,     enrolment.last_shift.value_or(0)};
  if (const auto adopted = services_.journal.set_identity(journal_identity); !adopted) {
    throw Fault("link.identity", adopted.error().message);
  }
  till_ = enrolment.till;
  enrolled_ = true;
}

void LinkWorker::heard_server() {
  contact_.heard(services_.clock.now().instant, clock_ahead_s_);
  const std::lock_guard guard(mutex_);
  status_.heard_at = contact_.heard_at();
}

void LinkWorker::clock_moved(std::int64_t moved_s) {
  contact_.clock_moved(moved_s, clock_ahead_s_);
  const std::lock_guard guard(mutex_);
  status_.heard_at = contact_.heard_at();
}

void LinkWorker::change_status(const std::function<void(LinkStatus&)>& change) {
  LinkStatus now;
  {
    const std::lock_guard guard(mutex_);
    const auto state = status_.state;
    change(status_);
    status_.server = endpoint_.to_string();
    if (status_.state != state || !status_.since) status_.since = services_.clock.now();
    now = status_;
  }
  questions_.set_online(now.state == LinkStatus::State::online);
  if (services_.handlers.status_changed) services_.handlers.status_changed(now);
}

void LinkWorker::set_status(LinkStatus::State state, std::optional<Error> error,
                            std::optional<protocol::EnrolmentTicket> ticket) {
  change_status([&](LinkStatus& status) {
    status.state = state;
    status.error = std::move(error);
    status.ticket = std::move(ticket);
    if (state != LinkStatus::State::online) {
      status.sending = false;
      status.catalogue_done = 0;
    }
  });
}

void LinkWorker::serve() {
  Serving serving(*this);
  serving.run();
}

net::Endpoint LinkWorker::endpoint() const {
  const std::lock_guard guard(mutex_);
  return endpoint_;
}

std::shared_ptr<net::HttpsClient> LinkWorker::connect(const net::Endpoint& server, const net::TlsIdentity& identity) {
  auto client = std::make_shared<net::HttpsClient>(server, identity);
  const std::lock_guard guard(mutex_);
  client_ = client;
  if (stopping_) client_->cancel();
  return client;
}

LinkWorker::Signals LinkWorker::wait_until(Time time) {
  std::unique_lock lock(mutex_);
  wake_.wait_until(lock, time, [this] { return stopping_ || signalled_; });
  signalled_ = false;
  return std::exchange(signals_, {});
}

protocol::TillStatus LinkWorker::lane_report() const {
  const auto outbox = services_.journal.outbox();
  protocol::TillStatus report;
  report.till = till_;
  report.software = services_.software;
  report.unsent = outbox.unsent;
  report.unsent_amount = outbox.unsent_amount;
  report.parked = outbox.parked;
  const std::lock_guard guard(mutex_);
  report.cashier = lane_.cashier;
  report.printer = lane_.printer;
  report.shift = lane_.shift;
  return report;
}

}  // namespace lanekeeper::till
