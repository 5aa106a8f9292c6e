// What a till asks the server, answered from memory.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lane/ports.h"
#include "memory_server.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till::test {

// The newest sale with that receipt number and what the sales behind it returned of it.
inline std::optional<sale::ReturnableSale> find_among(const std::vector<sale::RetailTransaction>& sales,
                                                      std::int64_t receipt_number) {
  std::optional<sale::ReturnableSale> found;
  for (const auto& one : sales) {
    if (one.receipt_number == receipt_number) {
      found.emplace();
      found->sale = one;
      found->may_be_incomplete = true;
    } else if (found) {
      sale::note_return(*found, one);
    }
  }
  return found;
}

// Those that fit, newest first.
inline std::vector<protocol::FoundSale> find_those_that_fit(const std::vector<sale::RetailTransaction>& sales,
                                                            const protocol::SaleSearch& search) {
  std::vector<protocol::FoundSale> found;
  for (auto sale = sales.rbegin(); sale != sales.rend(); ++sale) {
    if (!protocol::fits(search, *sale)) continue;
    if (static_cast<std::int64_t>(found.size()) == search.limit) break;
    found.push_back(protocol::found_sale(*find_among(sales, sale->receipt_number)));
  }
  return found;
}

// Answers at once, or with `wait` when the test calls answer_all(). offline: link.offline at once, as the link does.
class MemoryQuestions final : public StoreQuestions {
 public:
  bool offline = false;
  bool wait = false;
  std::map<std::pair<std::int64_t, std::int64_t>, sale::ReturnableSale> sales;  // by till and receipt number
  std::map<std::string, Error> refused_coupons;                                 // by code; any other is kept
  std::vector<protocol::CouponReservation> reserved;
  std::vector<protocol::CouponReservation> released;
  std::vector<sale::RemainingUses> remaining;
  int asked = 0;
  MemoryServer* server = nullptr;  // without one nothing can be put aside or approved there
  std::int64_t asking_till = 3;
  std::vector<Uuid> withdrawn;
  std::int64_t sales_held_by = 0;  // another till takes goods of every sale back right now
  std::vector<Uuid> released_sales;

  std::optional<protocol::SaleSearch> searched;
  protocol::FoundSales found_sales;
  void find_sales(const protocol::SaleSearch& search, Answer<protocol::FoundSales> answer) override {
    ask([this, search, answer = std::move(answer)] {
      searched = search;
      answer(offline ? Result<protocol::FoundSales>(fail(not_connected())) : found_sales);
    });
  }

  void release_return(const Uuid& sale) override { released_sales.push_back(sale); }
  void find_sale(std::int64_t till, std::int64_t receipt_number, Answer<sale::ReturnableSale> answer) override {
    ask([this, till, receipt_number, answer = std::move(answer)] {
      const auto found = sales.find({till, receipt_number});
      if (offline) {
        answer(fail(not_connected()));
      } else if (sales_held_by != 0) {
        answer(fail("return.taken", "Another till has it.", {{"till", std::to_string(sales_held_by)}}));
      } else if (found == sales.end()) {
        answer(fail("return.no_sale", "There is no such sale. Check the number on the receipt."));
      } else {
        answer(found->second);
      }
    });
  }
  void reserve_coupon(const protocol::CouponReservation& coupon, Answer<void> answer) override {
    ask([this, coupon, answer = std::move(answer)] {
      const auto refused = refused_coupons.find(coupon.code);
      if (offline) {
        answer(fail(not_connected()));
      } else if (refused != refused_coupons.end()) {
        answer(fail(refused->second));
      } else {
        reserved.push_back(coupon);
        answer({});
      }
    });
  }
  void release_coupon(const protocol::CouponReservation& coupon) override { released.push_back(coupon); }
  void promotion_uses(std::int64_t, const Date&, Answer<protocol::PromotionUses> answer) override {
    ask([this, answer = std::move(answer)] {
      if (offline) {
        answer(fail(not_connected()));
      } else {
        answer(protocol::PromotionUses{remaining});
      }
    });
  }

  void suspend(const protocol::SuspendedBasket& basket, Answer<void> answer) override {
    at_server<void>(std::move(answer), [this, basket] { return server->suspend(basket); });
  }
  void suspended(const Date& date, Answer<protocol::SuspendedList> answer) override {
    at_server<protocol::SuspendedList>(std::move(answer), [this, date] { return server->list(date); });
  }
  bool busy = false;  // too many questions are under way to ask for a basket
  void recall(const Uuid& id, Answer<protocol::SuspendedBasket> answer) override {
    if (busy) {
      answer(fail("link.busy", "The server is being asked already. Wait a moment."));
      return;
    }
    at_server<protocol::SuspendedBasket>(std::move(answer), [this, id] { return server->recall(id, asking_till); });
  }
  void ask_approval(const protocol::ApprovalRequest& request, Answer<protocol::ApprovalStatus> answer) override {
    at_server<protocol::ApprovalStatus>(std::move(answer), [this, request] { return server->ask(request); });
  }
  void withdraw_approval(const Uuid& id) override { withdrawn.push_back(id); }
  void approvals(Answer<protocol::ApprovalList> answer) override {
    at_server<protocol::ApprovalList>(std::move(answer), [this] { return protocol::ApprovalList{server->approvals}; });
  }
  void answer_approval(const Uuid& id, const protocol::ApprovalAnswer& given,
                       Answer<protocol::ApprovalStatus> answer) override {
    at_server<protocol::ApprovalStatus>(
        std::move(answer), [this, id, given] { return server->answer(id, given.granted, given.staff.value_or(0)); });
  }

  // The one that was asked first.
  void answer_next() {
    const auto question = std::move(waiting_.front());
    waiting_.pop_front();
    question();
  }
  void answer_all() {
    for (auto waiting = std::exchange(waiting_, {}); !waiting.empty(); waiting.pop_front()) waiting.front()();
  }

 private:
  template <class T, class Question>
  void at_server(Answer<T> answer, Question question) {
    if (server == nullptr) {
      answer(no_server());
      return;
    }
    ask([this, answer = std::move(answer), question = std::move(question)] {
      answer(offline ? Result<T>(fail(not_connected())) : Result<T>(question()));
    });
  }
  static Error not_connected() { return {"link.offline", "The store server cannot be reached.", {}}; }
  void ask(std::function<void()> question) {
    ++asked;
    if (wait && !offline) {
      waiting_.push_back(std::move(question));
    } else {
      question();
    }
  }

  std::deque<std::function<void()>> waiting_;
};

}  // namespace lanekeeper::till::test
