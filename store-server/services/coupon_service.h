// Single-use coupons: kept for one basket, so that two tills cannot spend the same one, and spent when the basket's
// sale arrives (arrived_sales.h).
#pragma once

#include "protocol/promotions.h"
#include "services/principal.h"
#include "services/promotion_library.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class CouponService {
 public:
  static constexpr std::int64_t kept_ms = 15 * 60 * 1000;

  explicit CouponService(const ServiceContext& context) : context_(context), library_(context) {}

  // For tills. Keeps the coupon for the basket, or longer when it is kept for it already. A coupon that is not good
  // only once needs no keeping: nothing is done. coupon.unknown, coupon.used, coupon.taken.
  [[nodiscard]] Result<void> reserve(const Principal& principal, const protocol::CouponReservation& wish);
  // Also when it was not kept, or for another basket: nothing is done then.
  [[nodiscard]] Result<void> release(const Principal& principal, const protocol::CouponReservation& wish);

 private:
  enum class Kind { unknown, generic, serial };
  [[nodiscard]] Kind kind_of(const std::string& code);

  ServiceContext context_;
  PromotionLibrary library_;
};

}  // namespace lanekeeper::services
