// What only the server knows, asked while a customer waits: on a thread and a connection of its own, so that a question
// never waits for a long load and an upload never waits for a question. What people wait for at two places (baskets
// that change tills, approvals) goes before everything else and has places of its own. Private to this room.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "lane/ports.h"
#include "link/store_api.h"

namespace lanekeeper::till {

// Thread-safe.
class Questions final : public StoreQuestions {
 public:
  static constexpr std::size_t most_waiting = 8;  // of each urgency

  Questions() = default;
  ~Questions() override;
  Questions(const Questions&) = delete;
  Questions& operator=(const Questions&) = delete;

  // Whom to ask from now on.
  void ask_at(net::Endpoint server, net::TlsIdentity identity);
  // Going offline answers whatever waits.
  void set_online(bool online);
  // Ends the running question and joins the thread; what waits is not answered any more. Idempotent.
  void stop();

  void find_sale(std::int64_t till, std::int64_t receipt_number, Answer<sale::ReturnableSale> answer) override;
  void find_sales(const protocol::SaleSearch& search, Answer<protocol::FoundSales> answer) override;
  void reserve_coupon(const protocol::CouponReservation& coupon, Answer<void> answer) override;
  void release_return(const Uuid& sale) override;
  void release_coupon(const protocol::CouponReservation& coupon) override;
  void promotion_uses(std::int64_t member, const Date& date, Answer<protocol::PromotionUses> answer) override;
  // These also answer link.timeout: it may have happened. Asked again, the server says how it stands.
  void suspend(const protocol::SuspendedBasket& basket, Answer<void> answer) override;
  void suspended(const Date& date, Answer<protocol::SuspendedList> answer) override;
  void recall(const Uuid& id, Answer<protocol::SuspendedBasket> answer) override;
  void ask_approval(const protocol::ApprovalRequest& wish, Answer<protocol::ApprovalStatus> answer) override;
  void approval(const Uuid& id, Answer<protocol::ApprovalStatus> answer) override;
  void withdraw_approval(const Uuid& id) override;
  void approvals(Answer<protocol::ApprovalList> answer) override;
  void answer_approval(const Uuid& id, const protocol::ApprovalAnswer& given,
                       Answer<protocol::ApprovalStatus> answer) override;

 private:
  enum class Urgency { ordinary, first };
  // Asks and answers; with an error there is nobody to ask.
  using Question = std::function<void(Result<StoreApi*>)>;

  void put(Urgency urgency, Question question);
  template <class T, class Ask>
  void ask(Urgency urgency, Answer<T> answer, Ask asking);
  void run();
  // nullopt: the thread is to end.
  [[nodiscard]] std::optional<Question> next();
  [[nodiscard]] std::shared_ptr<net::HttpsClient> connection();

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool online_ = false;
  std::optional<net::Endpoint> server_;
  net::TlsIdentity identity_;
  std::shared_ptr<net::HttpsClient> client_;
  std::deque<Question> waiting_;
  std::deque<Question> first_;  // before those
  std::thread thread_;
};

}  // namespace lanekeeper::till
