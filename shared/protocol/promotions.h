// Promotions between the server and its devices. Definitions travel as the JSON of docs/promotions.md, inside a string:
// their percents are exact decimals and must not pass through a reader that makes floating point of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "base/time.h"
#include "sale/basket.h"

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

// GET /v1/promotions/uses?member=ID&date=YYYY-MM-DD: what is left of the limits beyond the basket, of the promotions in
// force and to come that have such a limit. Without a member: of those in the whole store only.
struct PromotionUses {
  std::vector<sale::RemainingUses> remaining;  // by promotion
};
template <class V>
void describe(V& visit, PromotionUses& u) {
  visit("remaining", u.remaining);
}

// POST /v1/coupons: keeps a single-use coupon for a basket, for some minutes or until its sale arrives; asking again
// for the same basket is answered alike. coupon.used, coupon.taken (another basket has it now), coupon.unknown. POST
// /v1/coupons/release: gives it free again (also when it was not kept).
struct CouponReservation {
  std::string code;
  Uuid basket;
};
template <class V>
void describe(V& visit, CouponReservation& r) {
  visit("code", r.code);
  visit("basket", r.basket);
}

}  // namespace lanekeeper::protocol
