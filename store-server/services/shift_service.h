// The shifts of a day with their Z, for people.
#pragma once

#include "protocol/shift_messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class ShiftService {
 public:
  explicit ShiftService(const ServiceContext& context) : context_(context) {}

  // sales_read
  [[nodiscard]] Result<protocol::ShiftPage> list(const Principal& principal, const Date& business_date);
  // shift_close_other and sales_read. Gives an open shift up whose till can tell no more; no Z is made up for it, and
  // what its till still sends counts in it. Answers with its day. One that was given up already stays as it is.
  // shift.unknown, shift.closed_already (its Z is here), shift.bad_reason (nothing, or longer than max_loss_reason).
  [[nodiscard]] Result<protocol::ShiftPage> give_up(const Principal& principal, std::int64_t till, std::int64_t number,
                                                    const protocol::ShiftLossReport& report);

 private:
  ServiceContext context_;
};

}  // namespace lanekeeper::services
