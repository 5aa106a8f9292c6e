#include "services/coupon_service.h"

#include "base/text.h"
#include "services/promotion_service.h"
#include "storage/promotion_repository.h"
#include "storage/promotion_use_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::int64_t forgotten_at_once = 100;  // reservations that have ended

std::string hex(const Uuid& id) {
  return to_hex(ByteView(id.bytes.data(), id.bytes.size()));
}

}  // namespace

CouponService::Kind CouponService::kind_of(const std::string& code) {
  const auto versions = context_.database.snapshot([&](storage::Connection& connection) {
    return storage::PromotionRepository(connection, context_.store_id).versions_from(context_.clock.now().instant);
  });
  Kind kind = Kind::unknown;
  for (const auto version : versions) {
    const auto book = library_.find(version);
    if (!book) continue;
    for (const auto* promotion : book->coupons) {
      const auto match = pricing::match(*promotion->coupon, code);
      if (match == pricing::CouponMatch::serial) return Kind::serial;
      if (match == pricing::CouponMatch::generic) kind = Kind::generic;
    }
  }
  return kind;
}

Result<void> CouponService::reserve(const Principal& principal, const protocol::CouponReservation& wish) {
  if (auto till = require_till(principal); !till) return fail(std::move(till.error()));
  const auto kind = wish.code.size() <= PromotionService::max_code_length ? kind_of(wish.code) : Kind::unknown;
  if (kind == Kind::unknown) {
    return fail("coupon.unknown", "No promotion takes this coupon. Look whether it has ended.",
                {{"coupon", wish.code}});
  }
  if (kind == Kind::generic) return {};
  const auto now_ms = context_.clock.now().instant.unix_ms;
  return context_.database.transact([&](storage::Connection& connection) -> Result<void> {
    storage::PromotionUseRepository uses(connection, context_.store_id);
    uses.forget_ended_reservations(now_ms, forgotten_at_once);
    const bool kept = uses.reserve(wish.code, hex(wish.basket), now_ms, now_ms + kept_ms);
    if (!uses.redemptions(std::span(&wish.code, 1)).empty()) {
      return fail("coupon.used", "This coupon has been spent already. It is good only once.", {{"coupon", wish.code}});
    }
    if (!kept) {
      return fail("coupon.taken", "Another till has this coupon in a basket. Finish or empty that basket first.",
                  {{"coupon", wish.code}});
    }
    return {};
  });
}

Result<void> CouponService::release(const Principal& principal, const protocol::CouponReservation& wish) {
  if (auto till = require_till(principal); !till) return fail(std::move(till.error()));
  context_.database.transact([&](storage::Connection& connection) {
    storage::PromotionUseRepository(connection, context_.store_id).release(wish.code, hex(wish.basket));
  });
  return {};
}

}  // namespace lanekeeper::services
