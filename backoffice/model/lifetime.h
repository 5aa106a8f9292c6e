// Drops answers that come after the one who asked has gone or has moved on to something else.
#pragma once

#include <memory>
#include <utility>

namespace lanekeeper::office {

// A member of the object that asks. What guard() returns does nothing once the Lifetime was destroyed or renewed.
// Single-threaded: guarded functions run on the thread that owns the Lifetime.
class Lifetime {
 public:
  Lifetime() = default;
  Lifetime(const Lifetime&) = delete;
  Lifetime& operator=(const Lifetime&) = delete;

  template <class F>
  [[nodiscard]] auto guard(F function) const {
    return [alive = std::weak_ptr<const Token>(token_), function = std::move(function)](auto&&... arguments) mutable {
      if (!alive.expired()) function(std::forward<decltype(arguments)>(arguments)...);
    };
  }

  // From here on everything that was guarded before is dropped: a search whose words have changed, a closed panel.
  void renew() { token_ = std::make_shared<const Token>(); }

 private:
  struct Token {};
  std::shared_ptr<const Token> token_ = std::make_shared<const Token>();
};

}  // namespace lanekeeper::office
