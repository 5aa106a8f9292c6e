// What the services tell the world after a change has been committed; push implements it.
#pragma once

#include <cstdint>
#include <string>

#include "catalogue/item.h"
#include "protocol/messages.h"

namespace lanekeeper::services {

// Called after the commit, on a database worker, possibly on several at once: must be thread-safe, quick, and must not
// call back into the services, but for what they do in memory.
class ChangeSink {
 public:
  virtual ~ChangeSink() = default;
  virtual void catalogue_changed(catalogue::Version version) = 0;
  virtual void store_changed(std::int64_t version) = 0;
  virtual void sale_stored(const protocol::SaleSummary& sale) = 0;
  virtual void enrolment_changed() = 0;
  virtual void approvals_changed() = 0;  // a request was made, answered, or taken back
  virtual void suspended_changed() = 0;  // a basket was put aside or taken up
  virtual void device_changed(const std::string& device_id) = 0;
  virtual void device_revoked(const std::string& device_id) = 0;  // end its connections now
  // What the person may do, or the password: sessions from before end now.
  virtual void staff_changed(std::int64_t staff) = 0;
};

}  // namespace lanekeeper::services
