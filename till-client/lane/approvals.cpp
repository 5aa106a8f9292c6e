// Somebody with more rights allows what the person at the till may not do: on the spot, or from afar.

#include "access/member_keys.h"
#include "base/text.h"
#include "lane/lane_impl.h"

namespace lanekeeper::till {

namespace {

Error unknown_badge() {
  return {"access.unknown_badge", "Nobody here has this badge. Use number and PIN instead.", {}};
}

}  // namespace

std::optional<access::Permission> Lane::needs_approval(const Error& error) {
  for (const auto& [name, text] : error.details) {
    if (name == "permission") return access::permission_named(text);
  }
  return std::nullopt;
}

const std::optional<Lane::Refused>& Lane::refused() const {
  return impl_->last_refused;
}

const access::StaffMember* Lane::Impl::wearer(std::string_view code) const {
  if (!profile || !profile->member_secret) return nullptr;
  return desk.wearer(access::badge_key(*profile->member_secret, plain_code(code)));
}

// Somebody may have lost a right, or the job, since the server was heard last. Whoever is there may sell and sign in.
Result<void> Lane::Impl::knows_rights() const {
  constexpr std::int64_t day_ms = std::int64_t{24} * 3600 * 1000;
  if (online() || !link.heard_at) return {};
  const auto silent_ms = services.clock.now().instant.unix_ms - link.heard_at->unix_ms;
  // A clock that is days behind what it said when the server was heard tells nothing.
  if (silent_ms <= approval_days * day_ms && silent_ms >= -day_ms) return {};
  return fail("approval.too_long_offline",
              "This till has not heard the store server for too long to know who may allow what. Connect it first.",
              {{"days", std::to_string(approval_days)}});
}

Result<void> Lane::Impl::by_authority(const Command& wanted, const Result<access::StaffMember>& person,
                                      sale::ApprovalMeans means) {
  if (auto may = knows_rights(); !may) return refuse(std::move(may.error()));
  if (!person) return refuse(person.error());
  const auto cashier = view()->cashier;
  if (cashier && cashier->id == person->id) {
    return refuse({"access.same_person", "Somebody else has to allow this.", {{"name", person->name}}});
  }
  auto result = command(wanted, Authority{without_verifiers(*person), means, std::nullopt});
  changed();
  return result;
}

Result<void> Lane::approved(const Command& command, std::string_view number, std::string_view pin) {
  const auto person = impl_->desk.identify(number, pin, impl_->services.clock.now().instant);
  return impl_->by_authority(command, person, sale::ApprovalMeans::pin);
}

Result<void> Lane::approved_by_badge(const Command& command, std::string_view code) {
  const auto* person = impl_->wearer(code);
  return impl_->by_authority(command, person == nullptr ? Result<access::StaffMember>(fail(unknown_badge())) : *person,
                             sale::ApprovalMeans::badge);
}

// ---- a badge at the sign-in ----

Result<access::StaffMember> Lane::badge_owner(std::string_view code) const {
  const auto* person = impl_->wearer(code);
  if (person == nullptr) return fail(unknown_badge());
  const auto now = impl_->services.clock.now().instant;
  if (auto may = impl_->desk.check_badge(*person, now); !may) return fail(std::move(may.error()));
  return without_verifiers(*person);
}

Result<void> Lane::sign_in_by_badge(std::string_view code) {
  auto person = badge_owner(code);
  if (!person) return fail(std::move(person.error()));
  const auto& store = impl_->profile;
  if (!store->till_policy || !store->till_policy->badge_signs_in.value_or(false)) {
    return fail("access.pin_needed", "The badge says who you are. Enter the PIN as well.", {{"name", person->name}});
  }
  return command(SignedIn{std::move(*person)});
}

void Lane::ask_approval(const Command& command, const Error& refusal, std::string subject, Error::Details details,
                        Done done) {
  const auto asked = impl_->approvals.ask(command, refusal, std::move(subject), details, done);
  if (!asked) {
    impl_->show(asked.error());
    if (done) done(asked);
  }
  impl_->changed();
}

void Lane::withdraw_approval() {
  impl_->approvals.withdraw();
  impl_->changed();
}

const std::optional<protocol::ApprovalStatus>& Lane::asked_approval() const {
  return impl_->approvals.asked();
}

const std::vector<protocol::ApprovalStatus>& Lane::waiting_approvals() const {
  return impl_->approvals.waiting();
}

void Lane::answer_approval(const Uuid& id, bool granted, std::string_view number, std::string_view pin, Done done) {
  const auto person = impl_->desk.identify(number, pin, impl_->services.clock.now().instant);
  if (!person) {
    impl_->show(person.error());
    impl_->finish(fail(person.error()), done);
    return;
  }
  impl_->approvals.answer(id, granted, *person, std::move(done));
}

void Lane::approvals_changed() {
  impl_->approvals.refresh();
}

}  // namespace lanekeeper::till
