// Slows down and locks who types wrong passwords. Wrong tries of people and those of numbers that nobody has are
// counted apart: whoever makes up numbers fills only the second list, of which the oldest are forgotten when it is
// full, and never pushes out the lock of a person. Towards the caller both behave alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/verifier.h"

namespace lanekeeper::services {

// Pure; not thread-safe.
class SignInLimiter {
 public:
  // person: whose number it is, if anybody's.
  struct Who {
    std::optional<std::int64_t> person;
    std::string number;
  };

  // access.wait, access.locked, as access::AttemptLimiter has them.
  [[nodiscard]] Result<void> may_try(const Who& who, Instant now) const {
    return who.person ? people_.may_try(name_of(who), now) : strangers_.may_try(name_of(who), now);
  }
  void failed(const Who& who, Instant now) { (who.person ? people_ : strangers_).failed(name_of(who), now); }
  void succeeded(const Who& who) { (who.person ? people_ : strangers_).succeeded(name_of(who)); }

 private:
  static std::string name_of(const Who& who) { return who.person ? std::to_string(*who.person) : who.number; }

  access::AttemptLimiter people_;  // a store has fewer people than the limiter remembers names
  access::AttemptLimiter strangers_;
};

}  // namespace lanekeeper::services
