// Baskets that a till put aside, for any till of the store. Each goes to exactly one of them.
#pragma once

#include "protocol/lane_messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class SuspendedService {
 public:
  static constexpr std::int64_t max_list = 500;
  static constexpr std::int64_t kept_days = 30;

  explicit SuspendedService(const ServiceContext& context) : context_(context) {}

  // All for tills.
  // The same basket again changes nothing. suspended.bad_basket (detail "at"), suspended.taken (detail "till"): a till
  // has it by now.
  [[nodiscard]] Result<void> suspend(const Principal& principal, protocol::SuspendedBasket basket);
  // Those of a business date that no till has, oldest first: on another day they are not offered any more.
  [[nodiscard]] Result<protocol::SuspendedList> list(const Principal& principal, const Date& business_date);
  // The first till gets it, and gets it again when it asks again. suspended.unknown, suspended.taken (detail "till").
  [[nodiscard]] Result<protocol::SuspendedBasket> recall(const Principal& principal, const Uuid& id);

  // For the server itself, now and then: what was put aside on a business date that is over and nobody took up is told
  // once, as an exception (suspended.untaken) and in the audit trail. Returns how many.
  std::int64_t tell_untaken();

 private:
  bool tell_untaken(storage::Connection& connection, const protocol::SuspendedSummary& basket, const ZonedTime& now);

  ServiceContext context_;
};

}  // namespace lanekeeper::services
