#include "link/questions.h"

#include <utility>

#include <spdlog/spdlog.h>

namespace lanekeeper::till {

namespace {

Error offline(std::string_view reason = {}) {
  Error error{"link.offline", "The store server cannot be reached. Try again when it is back.", {}};
  if (!reason.empty()) error.details.push_back({"reason", std::string(reason)});
  return error;
}

Error busy() {
  return {"link.busy", "The server is being asked already. Wait a moment and try again.", {}};
}

// To whom it may concern, a line that broke while asking is a server that is not there.
template <class T>
Result<T> as_answer(Result<T> result) {
  if (!result && result.error().code.starts_with("net.")) return fail(offline(result.error().code));
  return result;
}

}  // namespace

Questions::~Questions() {
  stop();
}

void Questions::ask_at(net::Endpoint server, net::TlsIdentity identity) {
  const std::lock_guard guard(mutex_);
  server_ = std::move(server);
  identity_ = std::move(identity);
  if (client_) client_->cancel();
  client_.reset();
  if (!thread_.joinable() && !stopping_) thread_ = std::thread([this] { run(); });
}

void Questions::set_online(bool online) {
  std::deque<Question> given_up;
  {
    const std::lock_guard guard(mutex_);
    online_ = online;
    if (!online) given_up.swap(waiting_);
  }
  for (auto& question : given_up) question(fail(offline()));
}

void Questions::stop() {
  std::thread ending;
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
    online_ = false;
    waiting_.clear();
    if (client_) client_->cancel();
    ending = std::move(thread_);
  }
  wake_.notify_all();
  if (ending.joinable()) ending.join();
}

void Questions::put(Question question) {
  std::optional<Error> refused;
  {
    const std::lock_guard guard(mutex_);
    if (stopping_ || !online_ || !server_) {
      refused = offline();
    } else if (waiting_.size() >= most_waiting) {
      refused = busy();
    } else {
      waiting_.push_back(question);
    }
  }
  if (refused) return question(fail(std::move(*refused)));
  wake_.notify_all();
}

std::optional<Questions::Question> Questions::next() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  if (stopping_) return std::nullopt;
  auto question = std::move(waiting_.front());
  waiting_.pop_front();
  return question;
}

std::shared_ptr<net::HttpsClient> Questions::connection() {
  const std::lock_guard guard(mutex_);
  if (!client_) client_ = std::make_shared<net::HttpsClient>(*server_, identity_);
  if (stopping_) client_->cancel();
  return client_;
}

void Questions::run() {
  while (auto question = next()) {
    try {
      const auto client = connection();
      StoreApi api(*client);
      (*question)(&api);
    } catch (const std::exception& fault) {
      spdlog::error("link: a question to the store failed: {}", fault.what());
      (*question)(fail(offline(fault.what())));
    }
  }
}

void Questions::find_sale(std::int64_t till, std::int64_t receipt_number, Answer<sale::ReturnableSale> answer) {
  put([=](Result<StoreApi*> api) {
    if (!api) return answer(fail(api.error()));
    answer(as_answer((*api)->returnable_sale(till, receipt_number)));
  });
}

void Questions::reserve_coupon(const protocol::CouponReservation& coupon, Answer<void> answer) {
  put([=](Result<StoreApi*> api) {
    if (!api) return answer(fail(api.error()));
    answer(as_answer((*api)->reserve_coupon(coupon)));
  });
}

void Questions::release_coupon(const protocol::CouponReservation& coupon) {
  put([=](Result<StoreApi*> api) {
    // What is not given free runs out by itself after some minutes.
    const auto released = api ? (*api)->release_coupon(coupon) : Result<void>(fail(api.error()));
    if (!released) spdlog::info("link: a coupon was not given free: {}", released.error().code);
  });
}

void Questions::promotion_uses(std::int64_t member, const Date& date, Answer<protocol::PromotionUses> answer) {
  put([=](Result<StoreApi*> api) {
    if (!api) return answer(fail(api.error()));
    answer(as_answer((*api)->promotion_uses(member, date)));
  });
}

}  // namespace lanekeeper::till
