// PIN and password verifiers: Argon2id (RFC 9106) in the PHC string format that libsodium writes.
//
// A PIN has at most a million values, so no hash can protect it alone: PINs are only accepted at enrolled tills, wrong
// ones slow down and then lock (see AttemptLimiter). Costs: password 64 MiB and 3 passes; PIN 8 MiB and 2 passes, so
// that a slow till answers in under a tenth of a second.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/time.h"

namespace lanekeeper::access {

enum class SecretKind { pin, password };

// access.weak_pin: not 4..8 digits, all the same or a run such as 1234. access.weak_password: under 8 characters.
[[nodiscard]] Result<std::string> make_verifier(SecretKind kind, std::string_view secret);
// Takes as long for an empty verifier as for a real one, so that unknown people cannot be told from wrong PINs. Without
// a kind, 4 to 8 digits are taken for a PIN.
[[nodiscard]] bool matches(std::string_view verifier, std::string_view secret);
[[nodiscard]] bool matches(SecretKind kind, std::string_view verifier, std::string_view secret);

// Counts wrong tries per name: none before the third costs anything, then each must wait longer (2 s, 4 s, 8 s ...),
// and after the fifth the name is locked for lock_ms. Pure; not thread-safe.
class AttemptLimiter {
 public:
  static constexpr int free_tries = 2;
  static constexpr int max_tries = 5;
  static constexpr std::int64_t lock_ms = 5 * 60 * 1000;

  // access.wait (detail "seconds") or access.locked (detail "minutes").
  [[nodiscard]] Result<void> may_try(std::string_view name, Instant now) const;
  void failed(std::string_view name, Instant now);
  void succeeded(std::string_view name);

 private:
  struct Attempts {
    int wrong = 0;
    Instant last;
  };
  std::map<std::string, Attempts, std::less<>> attempts_;
};

}  // namespace lanekeeper::access
