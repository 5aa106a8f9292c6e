// What the lane's helpers (RemoteApprovals, SuspendedDesk, Weighing, PaperDesk, DrawerWatch, DeviceCheck, UnknownCodes)
// may do at the lane: run a command, say something, ask the server. They belong to the lane, live as long as it does
// and work on its thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "lane/lane.h"

namespace lanekeeper::till {

class LaneWork {
 public:
  virtual ~LaneWork() = default;
  // The command and what it asks for, by the right of `authority` where the cashier's own is not enough; listeners are
  // not told. After the lane's helpers have looked at what it changed.
  virtual Result<void> run(const Command& command, const std::optional<Authority>& authority = std::nullopt) = 0;
  virtual void tell(LaneEvent event) = 0;
  virtual void changed() = 0;
  virtual void show(const Error& error) = 0;  // as the register's message
  [[nodiscard]] virtual ViewPtr view() const = 0;
  [[nodiscard]] virtual const sale::Basket& basket() const = 0;
  // What was written last of it is on the disk when this returns.
  [[nodiscard]] virtual Result<void> settle_basket() = 0;
  [[nodiscard]] virtual Moment moment() = 0;
  [[nodiscard]] virtual Date today() const = 0;  // the business date
  [[nodiscard]] virtual std::int64_t till_number() const = 0;
  [[nodiscard]] virtual const std::optional<protocol::StoreProfile>& store() const = 0;
  // Somebody is there to answer: not while training.
  [[nodiscard]] virtual bool can_ask() const = 0;
  [[nodiscard]] virtual bool online() const = 0;  // and it is connected
  [[nodiscard]] virtual StoreQuestions& questions() = 0;
  // A face waits for what is asked between the two.
  virtual void asking_begins() = 0;
  virtual void asking_ends() = 0;

  // Brings an answer to the owning thread, unless the lane has gone meanwhile.
  template <class T, class Then>
  [[nodiscard]] StoreQuestions::Answer<T> back_here(Then then) {
    return [post = post_, weak = std::weak_ptr<bool>(alive_), then = std::move(then)](const Result<T>& answer) {
      post([weak, then, answer] {
        if (!weak.expired()) then(answer);
      });
    };
  }
  // The same for what has no answer.
  [[nodiscard]] std::function<void(std::function<void()>)> post_here() const {
    if (!post_) return {};
    return [post = post_, weak = std::weak_ptr<bool>(alive_)](std::function<void()> task) {
      post([weak, task = std::move(task)] {
        if (!weak.expired()) task();
      });
    };
  }

  static Error no_server() {
    return {"link.offline", "The store server cannot be reached. Try again when it is back.", {}};
  }

 protected:
  explicit LaneWork(std::function<void(std::function<void()>)> post)
      : post_(std::move(post)), alive_(std::make_shared<bool>(true)) {}
  void gone() { alive_.reset(); }

  std::function<void(std::function<void()>)> post_;

 private:
  std::shared_ptr<bool> alive_;
};

}  // namespace lanekeeper::till
