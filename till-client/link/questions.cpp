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

// Where it matters that it may have happened all the same.
template <class T>
Result<T> as_timed_answer(Result<T> result) {
  if (!result && result.error().code == "net.timeout") {
    return fail("link.timeout", "The store server does not answer in time. Try again.");
  }
  return as_answer(std::move(result));
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
    if (!online) {
      given_up.swap(first_);
      for (auto& question : waiting_) given_up.push_back(std::move(question));
      waiting_.clear();
    }
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
    first_.clear();
    if (client_) client_->cancel();
    ending = std::move(thread_);
  }
  wake_.notify_all();
  if (ending.joinable()) ending.join();
}

void Questions::put(Urgency urgency, Question question) {
  std::optional<Error> refused;
  {
    const std::lock_guard guard(mutex_);
    auto& queue = urgency == Urgency::first ? first_ : waiting_;
    if (stopping_ || !online_ || !server_) {
      refused = offline();
    } else if (queue.size() >= most_waiting) {
      refused = busy();
    } else {
      queue.push_back(question);
    }
  }
  if (refused) return question(fail(std::move(*refused)));
  wake_.notify_all();
}

std::optional<Questions::Question> Questions::next() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !waiting_.empty() || !first_.empty(); });
  if (stopping_) return std::nullopt;
  auto& queue = first_.empty() ? waiting_ : first_;
  auto question = std::move(queue.front());
  queue.pop_front();
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

template <class T, class Ask>
void Questions::ask(Urgency urgency, Answer<T> answer, Ask asking) {
  put(urgency, [answer = std::move(answer), asking = std::move(asking)](Result<StoreApi*> api) {
    if (!api) return answer(fail(api.error()));
    answer(asking(**api));
  });
}

void Questions::find_sale(std::int64_t till, std::int64_t receipt_number, Answer<sale::ReturnableSale> answer) {
  ask(Urgency::ordinary, std::move(answer),
      [=](StoreApi& api) { return as_answer(api.returnable_sale(till, receipt_number)); });
}

void Questions::find_sales(const protocol::SaleSearch& search, Answer<protocol::FoundSales> answer) {
  ask(Urgency::ordinary, std::move(answer), [=](StoreApi& api) { return as_timed_answer(api.find_sales(search)); });
}

void Questions::reserve_coupon(const protocol::CouponReservation& coupon, Answer<void> answer) {
  ask(Urgency::ordinary, std::move(answer), [=](StoreApi& api) { return as_answer(api.reserve_coupon(coupon)); });
}

void Questions::release_return(const Uuid& sale) {
  put(Urgency::ordinary, [=](Result<StoreApi*> api) {
    // What is not given free runs out by itself after some minutes.
    const auto released = api ? (*api)->release_return(sale) : Result<void>(fail(api.error()));
    if (!released) spdlog::info("link: a return was not given free: {}", released.error().code);
  });
}

void Questions::release_coupon(const protocol::CouponReservation& coupon) {
  put(Urgency::ordinary, [=](Result<StoreApi*> api) {
    // What is not given free runs out by itself after some minutes.
    const auto released = api ? (*api)->release_coupon(coupon) : Result<void>(fail(api.error()));
    if (!released) spdlog::info("link: a coupon was not given free: {}", released.error().code);
  });
}

void Questions::promotion_uses(std::int64_t member, const Date& date, Answer<protocol::PromotionUses> answer) {
  ask(Urgency::ordinary, std::move(answer), [=](StoreApi& api) { return as_answer(api.promotion_uses(member, date)); });
}

void Questions::suspend(const protocol::SuspendedBasket& basket, Answer<void> answer) {
  ask(Urgency::first, std::move(answer), [=](StoreApi& api) { return as_timed_answer(api.suspend(basket)); });
}

void Questions::suspended(const Date& date, Answer<protocol::SuspendedList> answer) {
  ask(Urgency::ordinary, std::move(answer), [=](StoreApi& api) { return as_timed_answer(api.suspended(date)); });
}

void Questions::recall(const Uuid& id, Answer<protocol::SuspendedBasket> answer) {
  ask(Urgency::first, std::move(answer), [=](StoreApi& api) { return as_timed_answer(api.recall(id)); });
}

void Questions::ask_approval(const protocol::ApprovalRequest& wish, Answer<protocol::ApprovalStatus> answer) {
  ask(Urgency::first, std::move(answer), [=](StoreApi& api) { return as_timed_answer(api.ask_approval(wish)); });
}

void Questions::approval(const Uuid& id, Answer<protocol::ApprovalStatus> answer) {
  ask(Urgency::first, std::move(answer), [=](StoreApi& api) { return as_timed_answer(api.approval(id)); });
}

void Questions::withdraw_approval(const Uuid& id) {
  put(Urgency::first, [=](Result<StoreApi*> api) {
    // One that nobody takes back runs out by itself.
    const auto withdrawn = api ? (*api)->withdraw_approval(id) : Result<void>(fail(api.error()));
    if (!withdrawn) spdlog::info("link: a request for approval was not taken back: {}", withdrawn.error().code);
  });
}

void Questions::approvals(Answer<protocol::ApprovalList> answer) {
  ask(Urgency::ordinary, std::move(answer), [=](StoreApi& api) { return as_timed_answer(api.approvals()); });
}

void Questions::answer_approval(const Uuid& id, const protocol::ApprovalAnswer& given,
                                Answer<protocol::ApprovalStatus> answer) {
  ask(Urgency::first, std::move(answer),
      [=](StoreApi& api) { return as_timed_answer(api.answer_approval(id, given)); });
}

}  // namespace lanekeeper::till
