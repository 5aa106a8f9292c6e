// Who may ring at this till or allow something there, and the check of number and PIN. Not thread-safe; takes the time
// an Argon2id hash takes (about a tenth of a second), so it is never on the way of a scan.
#pragma once

#include <string_view>
#include <vector>

#include "access/permissions.h"
#include "access/verifier.h"
#include "base/error.h"
#include "base/time.h"

namespace lanekeeper::till {

// As far as anybody else needs to know them.
[[nodiscard]] access::StaffMember without_verifiers(access::StaffMember member);

class SignInDesk {
 public:
  void set_staff(std::vector<access::StaffMember> staff);

  // access.no_staff (the till knows nobody yet), access.unknown_or_wrong, access.wait, access.locked,
  // access.no_till_role. An unknown number takes as long as a wrong PIN and gets the same answer.
  [[nodiscard]] Result<access::StaffMember> check(std::string_view number, std::string_view pin, Instant now);

  // Who has this number and PIN, whatever they may do: for whoever allows something at somebody else's till. Wrong
  // tries count together with those of check().
  [[nodiscard]] Result<access::StaffMember> identify(std::string_view number, std::string_view pin, Instant now);
  // Whether this person may sign in with a badge alone: access.no_till_role, access.wait and access.locked after wrong
  // PINs, which a badge does not make up for.
  [[nodiscard]] Result<void> check_badge(const access::StaffMember& member, Instant now) const;
  // Whose badge it is, by access::badge_key(); nullptr: nobody's.
  [[nodiscard]] const access::StaffMember* wearer(std::string_view badge_key) const;

  // Active people who may ring sales, verifiers left out.
  [[nodiscard]] std::vector<access::StaffMember> staff() const;
  [[nodiscard]] const access::StaffMember* find(std::int64_t id) const;

 private:
  std::vector<access::StaffMember> staff_;
  access::AttemptLimiter limiter_;
};

}  // namespace lanekeeper::till
