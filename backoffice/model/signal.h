// Tells those who look at a model that it changed. Single-threaded: models live on the UI thread.
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace lanekeeper::office {

// Listeners may subscribe, unsubscribe or destroy the signal's owner while they are being told.
class Signal {
  struct State {
    struct Entry {
      std::size_t id;
      std::function<void()> listener;
    };
    std::vector<Entry> entries;
    std::size_t next_id = 1;
  };

 public:
  // Destroying it unsubscribes; it may outlive the signal.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(std::weak_ptr<State> state, std::size_t id) : state_(std::move(state)), id_(id) {}
    Subscription(Subscription&& other) noexcept : state_(std::move(other.state_)), id_(std::exchange(other.id_, 0)) {}
    Subscription& operator=(Subscription&& other) noexcept {
      if (this != &other) {
        leave();
        state_ = std::move(other.state_);
        id_ = std::exchange(other.id_, 0);
      }
      return *this;
    }
    ~Subscription() { leave(); }

   private:
    void leave() {
      if (const auto state = state_.lock()) {
        std::erase_if(state->entries, [this](const auto& entry) { return entry.id == id_; });
      }
      state_.reset();
    }
    std::weak_ptr<State> state_;
    std::size_t id_ = 0;
  };

  [[nodiscard]] Subscription subscribe(std::function<void()> listener) {
    const std::size_t id = state_->next_id++;
    state_->entries.push_back({id, std::move(listener)});
    return {state_, id};
  }

  void notify() const {
    const std::weak_ptr<State> watch = state_;
    std::vector<std::size_t> ids;
    for (const auto& entry : state_->entries) ids.push_back(entry.id);
    for (const std::size_t id : ids) {
      const auto state = watch.lock();
      if (!state) return;
      for (const auto& entry : state->entries) {
        if (entry.id != id) continue;
        const auto listener = entry.listener;  // the entry may go while it runs
        listener();
        break;
      }
    }
  }

 private:
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace lanekeeper::office
