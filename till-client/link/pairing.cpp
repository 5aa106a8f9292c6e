// How a till becomes one of the store: the half of LinkWorker that speaks before there is a certificate.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "link/link_worker.h"
#include "link/store_api.h"
#include "net/x509.h"

namespace lanekeeper::till {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto poll_every = 1s;
constexpr std::chrono::milliseconds rest_after_rejection = 10s;
constexpr std::chrono::milliseconds longest_told_rest = 60s;

// "Too often": the server says how long to wait.
std::optional<std::chrono::milliseconds> told_rest(const Error& error) {
  for (const auto& [name, value] : error.details) {
    int seconds = 0;
    if (name != "seconds") continue;
    const auto [end, bad] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (bad == std::errc() && seconds > 0)
      return std::min(longest_told_rest, std::chrono::milliseconds(seconds * 1000));
  }
  return std::nullopt;
}

Result<Enrolment> read_approval(const WaitingPairing& pairing, const protocol::EnrolmentStatus& approved) {
  if (!approved.certificate_pem || !approved.ca_pem || !approved.till || !approved.server_public_key) {
    return fail("link.bad_approval", "The server approved this till but left something out. Update the server.");
  }
  if (*approved.ca_pem != pairing.ca_pem) {
    return fail("link.other_store", "Another store answered than the one this till asked. Check the server's address.");
  }
  const auto server_key = from_hex(*approved.server_public_key);
  Enrolment enrolment;
  if (!server_key || server_key->size() != enrolment.server_key.size()) {
    return fail("link.bad_approval", "The server's signing key cannot be read. Update the server.");
  }
  std::copy(server_key->begin(), server_key->end(), enrolment.server_key.begin());
  enrolment.server = pairing.server;
  enrolment.till = *approved.till;
  enrolment.device_id = approved.device_id.value_or("");
  enrolment.certificate_pem = *approved.certificate_pem;
  enrolment.ca_pem = *approved.ca_pem;
  enrolment.last_sequence = approved.last_sequence.value_or(0);
  enrolment.last_receipt_number = approved.last_receipt_number.value_or(0);
  enrolment.last_hash = approved.last_hash.value_or(journal::Hash{});
  enrolment.last_shift = approved.last_shift;
  return enrolment;
}

}  // namespace

void LinkWorker::pair() {
  const auto now = services_.clock.now();
  const auto& waiting = identity_.waiting();
  const bool goes_on =
      waiting && waiting->server == endpoint().to_string() && waiting->ticket.expires_at.instant > now.instant;
  const auto pairing = goes_on ? waiting : ask_for_code();
  if (!pairing || stopping()) return;
  set_status(LinkStatus::State::pairing, {}, pairing->ticket);
  wait_for_approval(*pairing);
}

std::optional<WaitingPairing> LinkWorker::ask_for_code() {
  identity_.forget_pairing();
  // The address may be changed by hand at any moment: one request, one server.
  const auto server = endpoint();
  if (server.host.empty()) {
    pairing_failed({"link.no_server", "No store server is set. Enter its address.", {}}, longest_told_rest);
    return std::nullopt;
  }
  WaitingPairing pairing;
  pairing.server = server.to_string();
  identity_.asks(pairing.server);
  {
    const auto client = connect(server, {});
    auto hello = StoreApi(*client).hello();
    if (!hello) {
      pairing_failed(std::move(hello.error()), pairing_backoff_.next());
      return std::nullopt;
    }
    pairing.ca_pem = hello->ca_pem;
  }
  const auto client = connect(server, {pairing.ca_pem, "", ""});
  protocol::EnrolmentRequest request;
  request.device_name = services_.device_name;
  request.csr_pem = net::make_csr(identity_.key(services_.random), services_.device_name);
  request.software = services_.software;
  auto ticket = StoreApi(*client).request_enrolment(request);
  if (!ticket) {
    const auto rest = told_rest(ticket.error()).value_or(pairing_backoff_.next());
    pairing_failed(std::move(ticket.error()), rest);
    return std::nullopt;
  }
  pairing_backoff_.reset();
  pairing.ticket = std::move(*ticket);
  identity_.wait_for(pairing);
  return pairing;
}

void LinkWorker::wait_for_approval(const WaitingPairing& pairing) {
  const auto client = connect(net::Endpoint::parse(pairing.server).value_or(endpoint()), {pairing.ca_pem, "", ""});
  StoreApi api(*client);
  while (!stopping()) {
    auto status = api.poll_enrolment(pairing.ticket);
    const bool gone = !status && api.last_status() == 404;
    if (gone || (status && status->state == protocol::EnrolmentState::expired)) {
      identity_.forget_pairing();
      return;
    }
    if (status && status->state == protocol::EnrolmentState::rejected) {
      identity_.forget_pairing();
      pairing_failed(
          {"enrolment.rejected", "The store has turned this till down. Ask the manager, then try again.", {}},
          rest_after_rejection);
      return;
    }
    if (status && status->state == protocol::EnrolmentState::approved) {
      accept(pairing, *status);
      return;
    }
    // Without an answer the code stays on the screen: the server may be back before it runs out.
    auto next = steady_clock::now() + (status ? std::chrono::milliseconds(poll_every) : pairing_backoff_.next());
    if (status) pairing_backoff_.reset();
    if (wait_until(next).new_code) {
      identity_.forget_pairing();
      return;
    }
    if (pairing.ticket.expires_at.instant <= services_.clock.now().instant) {
      identity_.forget_pairing();
      return;
    }
  }
}

void LinkWorker::accept(const WaitingPairing& pairing, const protocol::EnrolmentStatus& approved) {
  auto enrolment = read_approval(pairing, approved);
  if (!enrolment) {
    identity_.forget_pairing();
    pairing_failed(std::move(enrolment.error()), rest_after_rejection);
    return;
  }
  identity_.enrolled(*enrolment);
  adopt(*enrolment);
  if (const auto server = net::Endpoint::parse(enrolment->server)) {
    const std::lock_guard guard(mutex_);
    endpoint_ = *server;
  }
  spdlog::info("enrolled as till {}", enrolment->till);
  set_status(LinkStatus::State::connecting);
  if (services_.handlers.paired) services_.handlers.paired(enrolment->till);
}

void LinkWorker::pairing_failed(Error error, std::chrono::milliseconds rest) {
  if (stopping()) return;
  set_status(LinkStatus::State::unpaired, std::move(error));
  const auto until = steady_clock::now() + rest;
  while (!stopping() && steady_clock::now() < until) {
    const auto signals = wait_until(until);
    if (signals.new_code || signals.retry) return;
  }
}

}  // namespace lanekeeper::till
