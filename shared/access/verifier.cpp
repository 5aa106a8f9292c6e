#include "access/verifier.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "base/text.h"

namespace lanekeeper::access {
namespace {

constexpr std::size_t min_pin_digits = 4;
constexpr std::size_t max_pin_digits = 8;
constexpr std::size_t min_password_characters = 8;
constexpr std::size_t max_names = 4096;  // of the limiter: strangers must not be able to fill the memory

struct Costs {
  unsigned long long passes;
  std::size_t memory_bytes;
};
constexpr Costs pin_costs{2, 8ULL * 1024 * 1024};
constexpr Costs password_costs{3, 64ULL * 1024 * 1024};

constexpr Costs costs_of(SecretKind kind) {
  return kind == SecretKind::pin ? pin_costs : password_costs;
}

void require_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw Fault("crypto.unavailable", "libsodium cannot be initialised");
}

bool looks_like_pin(std::string_view secret) {
  return secret.size() >= min_pin_digits && secret.size() <= max_pin_digits && is_ascii_digits(secret);
}

// 1111, 1234, 4321, 7890: every step from digit to digit is the same 0, +1 or -1 (mod 10).
bool is_simple_run(std::string_view digits) {
  const auto step = [&](std::size_t i) { return (digits[i] - digits[i - 1] + 10) % 10; };
  const int first = step(1);
  if (first != 0 && first != 1 && first != 9) return false;
  for (std::size_t i = 2; i < digits.size(); ++i) {
    if (step(i) != first) return false;
  }
  return true;
}

Result<void> check_strength(SecretKind kind, std::string_view secret) {
  if (kind == SecretKind::pin) {
    if (looks_like_pin(secret) && !is_simple_run(secret)) return {};
    return fail("access.weak_pin", "A PIN has 4 to 8 digits that are neither all the same nor a run. Choose another.");
  }
  if (to_utf32(secret).size() >= min_password_characters) return {};
  return fail("access.weak_password", "A password has at least 8 characters. Choose a longer one.",
              {{"characters", std::to_string(min_password_characters)}});
}

// Costs what a verification costs, for people who do not exist.
void spend_time(SecretKind kind, std::string_view secret) {
  std::array<unsigned char, 32> out{};
  std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
  const auto costs = costs_of(kind);
  if (crypto_pwhash(out.data(), out.size(), secret.data(), secret.size(), salt.data(), costs.passes, costs.memory_bytes,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw Fault("access.no_memory", "not enough memory to check a secret");
  }
}

std::int64_t distance_ms(Instant a, Instant b) {
  return a > b ? a.unix_ms - b.unix_ms : b.unix_ms - a.unix_ms;
}

std::string rounded_up(std::int64_t amount, std::int64_t unit) {
  return std::to_string((amount + unit - 1) / unit);
}

}  // namespace

Result<std::string> make_verifier(SecretKind kind, std::string_view secret) {
  require_sodium();
  if (auto strong = check_strength(kind, secret); !strong) return fail(std::move(strong.error()));
  std::array<char, crypto_pwhash_STRBYTES> verifier{};
  const auto costs = costs_of(kind);
  if (crypto_pwhash_str_alg(verifier.data(), secret.data(), secret.size(), costs.passes, costs.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw Fault("access.no_memory", "not enough memory to make a verifier");
  }
  return std::string(verifier.data());
}

bool matches(std::string_view verifier, std::string_view secret) {
  return matches(looks_like_pin(secret) ? SecretKind::pin : SecretKind::password, verifier, secret);
}

bool matches(SecretKind kind, std::string_view verifier, std::string_view secret) {
  require_sodium();
  if (verifier.empty()) {
    spend_time(kind, secret);
    return false;
  }
  std::array<char, crypto_pwhash_STRBYTES> stored{};
  if (verifier.size() >= stored.size()) return false;
  std::copy(verifier.begin(), verifier.end(), stored.begin());
  return crypto_pwhash_str_verify(stored.data(), secret.data(), secret.size()) == 0;
}

Result<void> AttemptLimiter::may_try(std::string_view name, Instant now) const {
  const auto found = attempts_.find(name);
  if (found == attempts_.end()) return {};
  const auto& attempts = found->second;
  // A distance, not a difference: a clock that jumps back must not lock anybody out for ever.
  const auto elapsed_ms = distance_ms(now, attempts.last);
  if (attempts.wrong >= max_tries) {
    if (elapsed_ms >= lock_ms) return {};
    return fail("access.locked", "Locked after too many wrong tries. Wait, or ask a manager.",
                {{"minutes", rounded_up(lock_ms - elapsed_ms, 60'000)}});
  }
  if (attempts.wrong < free_tries) return {};
  const std::int64_t wait_ms = 2000LL << (attempts.wrong - free_tries);
  if (elapsed_ms >= wait_ms) return {};
  return fail("access.wait", "Wrong before: wait a moment, then try again.",
              {{"seconds", rounded_up(wait_ms - elapsed_ms, 1000)}});
}

void AttemptLimiter::failed(std::string_view name, Instant now) {
  const auto is_over = [&](const Attempts& attempts) { return distance_ms(now, attempts.last) >= lock_ms; };
  auto found = attempts_.find(name);
  if (found == attempts_.end()) {
    if (attempts_.size() >= max_names)
      std::erase_if(attempts_, [&](const auto& entry) { return is_over(entry.second); });
    if (attempts_.size() >= max_names) {
      attempts_.erase(std::min_element(attempts_.begin(), attempts_.end(),
                                       [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
    }
    found = attempts_.emplace(std::string(name), Attempts{}).first;
  } else if (is_over(found->second)) {
    found->second.wrong = 0;
  }
  found->second.wrong = std::min(found->second.wrong + 1, max_tries);
  found->second.last = now;
}

void AttemptLimiter::succeeded(std::string_view name) {
  const auto found = attempts_.find(name);
  if (found != attempts_.end()) attempts_.erase(found);
}

}  // namespace lanekeeper::access
