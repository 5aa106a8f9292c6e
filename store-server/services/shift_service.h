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

 private:
  ServiceContext context_;
};

}  // namespace lanekeeper::services
