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

tl::unexpected<Error> rings_nothing(const access::StaffMember& member) {
  return fail("access.no_till_role", "This person may not ring sales. Sign in with a cashier's number.",
              {{"name", member.name}});
}

}  // namespace

access::StaffMember without_verifiers(access::StaffMember member) {
  member.pin_verifier.clear();
  member.password_verifier.clear();
  member.badge_key.reset();
  return member;
}

void SignInDesk::set_staff(std::vector<access::StaffMember> staff) {
  staff_ = std::move(staff);
}

Result<access::StaffMember> SignInDesk::identify(std::string_view number, std::string_view pin, Instant now) {
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
  return *member;
}

Result<access::StaffMember> SignInDesk::check(std::string_view number, std::string_view pin, Instant now) {
  auto member = identify(number, pin, now);
  if (member && !may_ring(*member)) return rings_nothing(*member);
  return member;
}

Result<void> SignInDesk::check_badge(const access::StaffMember& member, Instant now) const {
  if (!may_ring(member)) return rings_nothing(member);
  return limiter_.may_try(member.number, now);
}

const access::StaffMember* SignInDesk::wearer(std::string_view badge_key) const {
  if (badge_key.empty()) return nullptr;
  const auto found = std::find_if(staff_.begin(), staff_.end(), [badge_key](const auto& member) {
    return member.active && member.badge_key && *member.badge_key == badge_key;
  });
  return found == staff_.end() ? nullptr : &*found;
}

std::vector<access::StaffMember> SignInDesk::staff() const {
  std::vector<access::StaffMember> out;
  for (const auto& member : staff_) {
    if (!may_ring(member) || member.pin_verifier.empty()) continue;
    out.push_back(without_verifiers(member));
  }
  return out;
}

const access::StaffMember* SignInDesk::find(std::int64_t id) const {
  const auto found = std::find_if(staff_.begin(), staff_.end(), [id](const auto& member) { return member.id == id; });
  return found == staff_.end() ? nullptr : &*found;
}

}  // namespace lanekeeper::till
