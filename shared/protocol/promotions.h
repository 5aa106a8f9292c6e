// Promotions between the server and its devices. Definitions travel as the JSON of docs/promotions.md, inside a string:
// their percents are exact decimals and must not pass through a reader that makes floating point of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "base/time.h"

namespace lanekeeper::protocol {

// A published set of promotions. In force at a moment is the book with the latest effective_at that has come, of
// several the highest version.
struct PromotionBook {
  std::int64_t version = 0;
  ZonedTime effective_at;
  std::string definitions;  // a JSON array
  bool operator==(const PromotionBook&) const = default;
};
template <class V>
void describe(V& visit, PromotionBook& b) {
  visit("version", b.version);
  visit("effective_at", b.effective_at);
  visit("definitions", b.definitions);
}

// What a device has to know to price by itself: the book in force and those that come into force later.
struct PromotionBooks {
  std::int64_t newest = 0;  // the highest version there is; 0: none was ever published
  // Absent: the device said that it knows the newest one already.
  std::optional<std::vector<PromotionBook>> books;
  bool operator==(const PromotionBooks&) const = default;
};
template <class V>
void describe(V& visit, PromotionBooks& b) {
  visit("newest", b.newest);
  visit("books", b.books);
}

}  // namespace lanekeeper::protocol
