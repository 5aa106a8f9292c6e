#include "model/pairing_model.h"

#include "net/x509.h"

namespace lanekeeper::office {
PairingModel::PairingModel(Surroundings around, std::string device_name, Hooks hooks)
    : around_(around), device_name_(std::move(device_name)), hooks_(std::move(hooks)) {}

void PairingModel::start() {
  stop();
  step_ = PairingStep::greeting;
  error_.reset();
  ticket_.reset();
  hooks_.trust("");
  changed_.notify();
  greet();
}

void PairingModel::stop() {
  attempt_.renew();
  timer_.reset();
}

void PairingModel::new_code() {
  if (step_ != PairingStep::waiting && step_ != PairingStep::rejected && step_ != PairingStep::stopped) return;
  if (ca_pem_.empty()) return start();
  stop();
  ask();
}

void PairingModel::later(std::chrono::milliseconds delay, void (PairingModel::*what)()) {
  timer_ = around_.timers.once(delay, [this, what] { (this->*what)(); });
}

void PairingModel::greet() {
  ca_pem_.clear();
  around_.transport.send(get("/v1/hello"),
                         decoded<protocol::Hello>(attempt_, [this](auto hello) { greeted(std::move(hello)); }));
}

void PairingModel::greeted(Result<protocol::Hello> hello) {
  if (!hello) {
    error_ = hello.error();
    later(retry_interval, &PairingModel::greet);
    changed_.notify();
    return;
  }
  if (hello->product != protocol::Hello{}.product || hello->ca_pem.empty()) {
    return stop_with({"office.not_a_store_server", "This is not a Lanekeeper server. Check the address.", {}});
  }
  error_.reset();
  store_name_ = hello->store_name;
  ca_pem_ = hello->ca_pem;
  hooks_.trust(ca_pem_);
  ask();
}

void PairingModel::ask() {
  const auto key = around_.identities.key(around_.random);
  if (!key) return stop_with(key.error());
  step_ = PairingStep::asking;
  error_.reset();
  changed_.notify();
  protocol::EnrolmentRequest request;
  request.kind = protocol::DeviceKind::backoffice;
  request.device_name = device_name_;
  request.csr_pem = net::make_csr(*key, device_name_);
  request.software = LANEKEEPER_VERSION;
  around_.transport.send(
      with_body("POST", "/v1/enrolments", request),
      decoded<protocol::EnrolmentTicket>(attempt_, [this](auto ticket) { asked(std::move(ticket)); }));
}

void PairingModel::asked(Result<protocol::EnrolmentTicket> ticket) {
  if (!ticket) {
    error_ = ticket.error();
    if (!is_network_error(ticket.error())) return stop_with(ticket.error());
    step_ = PairingStep::greeting;
    later(retry_interval, &PairingModel::greet);
    changed_.notify();
    return;
  }
  ticket_ = std::move(*ticket);
  ticket_life_ms_ = ticket_->expires_at.instant.unix_ms - around_.clock.now().instant.unix_ms;
  step_ = PairingStep::waiting;
  error_.reset();
  later(poll_interval, &PairingModel::poll);
  changed_.notify();
}

void PairingModel::poll() {
  auto request = get("/v1/enrolments/" + net::percent_encode(ticket_->enrolment_id));
  request.headers.push_back({"X-Poll-Secret", ticket_->poll_secret});
  around_.transport.send(std::move(request), decoded<protocol::EnrolmentStatus>(
                                                 attempt_, [this](auto status) { polled(std::move(status)); }));
}

void PairingModel::polled(Result<protocol::EnrolmentStatus> status) {
  if (!status) {
    if (!is_network_error(status.error())) return ask();  // the server does not know this request any more
    error_ = status.error();
    later(poll_interval, &PairingModel::poll);
    changed_.notify();
    return;
  }
  error_.reset();
  switch (status->state) {
    case protocol::EnrolmentState::waiting:
      later(poll_interval, &PairingModel::poll);
      changed_.notify();
      return;
    case protocol::EnrolmentState::expired:
      return ask();
    case protocol::EnrolmentState::rejected:
      step_ = PairingStep::rejected;
      ticket_.reset();
      changed_.notify();
      return;
    case protocol::EnrolmentState::approved:
      break;
  }
  if (auto accepted = accept(*status); !accepted) return stop_with(accepted.error());
  step_ = PairingStep::paired;
  changed_.notify();
  hooks_.paired();
}

Result<void> PairingModel::accept(const protocol::EnrolmentStatus& status) {
  const auto mismatch = [] {
    return fail(
        "office.pairing_mismatch",
        "The certificate does not fit this device or this store. Ask for a new code and compare the fingerprint.");
  };
  if (!status.certificate_pem || !status.ca_pem || *status.ca_pem != ca_pem_) return mismatch();
  const auto key = around_.identities.key(around_.random);
  if (!key) return fail(key.error());
  const auto certificate = net::parse_certificate(*status.certificate_pem);
  if (!certificate || certificate->public_key != key->public_key()) return mismatch();
  return around_.identities.store(*status.certificate_pem, *status.ca_pem);
}

void PairingModel::stop_with(Error error) {
  stop();
  step_ = PairingStep::stopped;
  error_ = std::move(error);
  ticket_.reset();
  changed_.notify();
}

std::int64_t PairingModel::seconds_left() const {
  if (!ticket_) return 0;
  return std::max<std::int64_t>(
      0, (ticket_->expires_at.instant.unix_ms - around_.clock.now().instant.unix_ms + 999) / 1000);
}

int PairingModel::life_left_per_mille() const {
  if (!ticket_ || ticket_life_ms_ <= 0) return 0;
  const std::int64_t left = ticket_->expires_at.instant.unix_ms - around_.clock.now().instant.unix_ms;
  return static_cast<int>(std::clamp<std::int64_t>(left * 1000 / ticket_life_ms_, 0, 1000));
}

}  // namespace lanekeeper::office
