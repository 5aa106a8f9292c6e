// The store itself: its profile, categories, taxes, scale-label layouts, people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/permissions.h"
#include "protocol/messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

struct NewStaff {
  std::int64_t id = 0;  // 0: a new one
  std::string number;
  std::string name;
  access::Role role = access::Role::cashier;
  std::optional<std::string> pin;       // nullopt: stays as it is; empty: none from now on
  std::optional<std::string> password;  // the same
  bool active = true;
};

struct StaffMembership {
  std::string name;         // whose
  std::string card;         // empty: none
  std::string member_name;  // masked
};

class StoreService {
 public:
  explicit StoreService(ServiceContext context) : context_(context) {}

  // First start: makes the store's row when there is none, with the Chinese tax rates, the built-in layouts and nobody
  // in it. True when it was made.
  bool prepare(const std::string& name);

  [[nodiscard]] std::int64_t version();
  // For devices. PIN verifiers only go to tills; a back office gets staff without verifiers.
  [[nodiscard]] Result<protocol::StoreProfile> profile(const Principal& principal);
  [[nodiscard]] std::string name();  // for greetings (GET /v1/hello)
  [[nodiscard]] bool has_staff();

  // Setting up, for the server's own commands and the demo: replaces name, address, taxes, layouts, categories, footer
  // (everything of the profile but version, store_id and staff). Audited as done by the server itself. Returns the new
  // version. store.bad_profile (detail "at")
  [[nodiscard]] Result<std::int64_t> replace_profile(const protocol::StoreProfile& profile);
  // The first administrator and the demo's people. The same, and the errors of the next one.
  [[nodiscard]] Result<std::int64_t> put_staff(const NewStaff& staff);

  // staff_edit. staff.number_taken, staff.no_name, staff.bad_number, staff.not_found, access.weak_pin,
  // access.weak_password, staff.last_administrator. Returns the id.
  [[nodiscard]] Result<std::int64_t> put_staff(const Principal& principal, const NewStaff& staff);

  // As which member the person with this number buys here, so that nobody rings up their own purchases: the number of
  // the member's card; nullopt: none. For the machine's owner. staff.not_found, member.not_found, member.inactive
  [[nodiscard]] Result<StaffMembership> set_staff_member(const std::string& number,
                                                         const std::optional<std::string>& card);

 private:
  Result<std::int64_t> put_staff(const Principal* principal, const NewStaff& staff);
  ServiceContext context_;
};

}  // namespace lanekeeper::services
