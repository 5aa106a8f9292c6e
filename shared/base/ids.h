// Identities that are unique across stores and tills without asking anyone.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace lanekeeper {

using Bytes = std::basic_string<unsigned char>;
using ByteView = std::basic_string_view<unsigned char>;

// A source of unpredictable bytes; the real one is the operating system's (see system_random.h). Thread-safe.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void fill(std::span<unsigned char> out) = 0;
};

// RFC 9562 version 7: milliseconds first, so that rows written together lie together in an index.
struct Uuid {
  std::array<unsigned char, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;

  [[nodiscard]] static Uuid make_v7(std::int64_t unix_ms, RandomSource& random);
  [[nodiscard]] static Result<Uuid> parse(std::string_view text);  // id.bad_uuid
  [[nodiscard]] std::string to_string() const;                     // 8-4-4-4-12 lower case
};

}  // namespace lanekeeper
