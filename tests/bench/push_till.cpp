#include "push_till.h"

namespace lanekeeper::bench {

PushTill::PushTill(const net::Endpoint& endpoint, const EnrolledDevice& device, catalogue::Version from, bool pulls)
    : till_(device.till), version_(from), client_(endpoint, device.identity) {
  net::PushClient::Handlers handlers;
  handlers.connected = [this] { connected_ = true; };
  handlers.disconnected = [this](const Error&) { connected_ = false; };
  handlers.message = [this](const std::string& text) {
    const auto message = json::decode<protocol::PushMessage>(text);
    if (!message || message->kind != protocol::PushKind::catalogue) return;
    const std::lock_guard lock(mutex_);
    told_ = std::max(told_, message->version.value_or(0));
    wake_.notify_one();
  };
  push_ = std::make_unique<net::PushClient>(endpoint, device.identity, "", std::move(handlers));
  if (pulls) puller_ = std::thread([this] { pull_all(); });
}

PushTill::~PushTill() {
  push_.reset();
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  client_.cancel();
  if (puller_.joinable()) puller_.join();
}

std::chrono::steady_clock::time_point PushTill::reached_at() const {
  const std::lock_guard lock(mutex_);
  return reached_at_;
}

void PushTill::report_status() {
  protocol::PushMessage message;
  message.kind = protocol::PushKind::status;
  message.status.emplace();
  message.status->till = till_;
  message.status->software = LANEKEEPER_VERSION;
  message.status->catalogue_version = version_;
  message.status->printer = "none";
  push_->send(json::encode(message));
}

void PushTill::pull_all() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || told_ > version_; });
    if (stop_) return;
    lock.unlock();
    net::HttpRequest request;
    request.target = "/v1/catalogue?since=" + std::to_string(version_) +
                     "&after=" + std::to_string(std::numeric_limits<std::int64_t>::max()) + "&limit=1000";
    const auto answer = net::expect_success(client_.send(request));
    const auto page = answer ? json::decode<protocol::CataloguePage>(answer->body) : fail(answer.error());
    lock.lock();
    if (!page) continue;
    version_ = page->version;
    reached_at_ = std::chrono::steady_clock::now();
  }
}

}  // namespace lanekeeper::bench
