#include "lane/sign_in.h"

#include <algorithm>

#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t max_number_bytes = 32;
constexpr std::size_t max_pin_bytes = 64;

bool may_ring(const access::StaffMember& member) {
  return member.active && access::allows(member.role, access::Permission::sale_ring);
}

tl::unexpected<Error> refused() {
  return fail("access.unknown_or_wrong", "Number or PIN is wrong. Check the number and enter the PIN again.");
}

}  // namespace

void SignInDesk::set_staff(std::vector<access::StaffMember> staff) {
  staff_ = std::move(staff);
}

Result<access::StaffMember> SignInDesk::check(std::string_view number, std::string_view pin, Instant now) {
  if (staff_.empty()) {
    return fail("access.no_staff", "This till knows no staff yet. Wait until it has reached the store server.");
  }
  number = trim(number);
  if (number.size() > max_number_bytes || pin.size() > max_pin_bytes) return refused();
  if (auto may = limiter_.may_try(number, now); !may) return fail(std::move(may.error()));
  const auto member =
      std::find_if(staff_.begin(), staff_.end(), [number](const auto& m) { return m.active && m.number == number; });
  const bool known = member != staff_.end();
  if (!access::matches(known ? member->pin_verifier : std::string(), pin) || !known) {
    limiter_.failed(number, now);
    return refused();
  }
  limiter_.succeeded(number);
  if (!may_ring(*member)) {
    return fail("access.no_till_role", "This person may not ring sales. Sign in with a cashier's number.",
                {{"name", member->name}});
  }
  return *member;
}

std::vector<access::StaffMember> SignInDesk::staff() const {
  std::vector<access::StaffMember> out;
  for (const auto& member : staff_) {
    if (!may_ring(member) || member.pin_verifier.empty()) continue;
    out.push_back(member);
    out.back().pin_verifier.clear();
    out.back().password_verifier.clear();
  }
  return out;
}

const access::StaffMember* SignInDesk::find(std::int64_t id) const {
  const auto found = std::find_if(staff_.begin(), staff_.end(), [id](const auto& member) { return member.id == id; });
  return found == staff_.end() ? nullptr : &*found;
}

}  // namespace lanekeeper::till
