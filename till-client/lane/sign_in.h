// Who may ring at this till, and the check of number and PIN. Not thread-safe; takes the time an Argon2id hash takes
// (about a tenth of a second), so it is never on the way of a scan.
#pragma once

#include <string_view>
#include <vector>

#include "access/permissions.h"
#include "access/verifier.h"
#include "base/error.h"
#include "base/time.h"

namespace lanekeeper::till {

class SignInDesk {
 public:
  void set_staff(std::vector<access::StaffMember> staff);

  // access.no_staff (the till knows nobody yet), access.unknown_or_wrong, access.wait, access.locked,
  // access.no_till_role. An unknown number takes as long as a wrong PIN and gets the same answer.
  [[nodiscard]] Result<access::StaffMember> check(std::string_view number, std::string_view pin, Instant now);

  // Active people who may ring sales, verifiers left out.
  [[nodiscard]] std::vector<access::StaffMember> staff() const;
  [[nodiscard]] const access::StaffMember* find(std::int64_t id) const;

 private:
  std::vector<access::StaffMember> staff_;
  access::AttemptLimiter limiter_;
};

}  // namespace lanekeeper::till
