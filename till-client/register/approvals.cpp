// Who may do what at this register, and who lent the right where the person at the till has none.

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

// So often the limit of one refund without a receipt may go out in a shift by one person's right.
constexpr std::int64_t blind_refunds_per_shift = 3;

// Somebody else could lift this: the faces offer to ask.
Error liftable(Error error, access::Permission permission) {
  error.details.emplace_back("permission", std::string(access::name_of(permission)));
  return error;
}

Error denied(access::Permission permission) {
  return liftable({"access.denied", "You may not do this. Ask a supervisor.", {}}, permission);
}

}  // namespace

Result<const access::StaffMember*> Register::Impl::permit(access::Permission permission,
                                                          std::optional<std::int64_t> line) {
  return permit_within(
      permission, line, [](const access::Limits&) { return true; }, [](const access::Limits&) { return Error{}; });
}

Result<const access::StaffMember*> Register::Impl::permit_within(access::Permission permission,
                                                                 std::optional<std::int64_t> line, const Fits& fits,
                                                                 const OverLimit& over_limit) {
  return permit_unless(permission, line, [&](const access::StaffMember& who) -> std::optional<Error> {
    const auto limits = access::limits_of(who.role);
    if (fits(limits)) return std::nullopt;
    return over_limit(limits);
  });
}

Result<const access::StaffMember*> Register::Impl::permit_unless(access::Permission permission,
                                                                 std::optional<std::int64_t> line,
                                                                 const Objection& objection) {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  const auto& cashier = *r.cashier_;
  const bool own = access::allows(cashier.role, permission);
  auto refused = own ? objection(cashier) : std::optional(denied(permission));
  if (!refused) return &cashier;
  if (!moment.authority) return fail(own ? liftable(std::move(*refused), permission) : std::move(*refused));
  const auto& lender = moment.authority->staff;
  if (auto ok = check_lender(permission, cashier.id); !ok) return fail(std::move(ok.error()));
  if (auto theirs = objection(lender)) return fail(liftable(std::move(*theirs), permission));
  note_approval(permission, line);
  return &lender;
}

Result<void> Register::Impl::check_lender(access::Permission permission, std::int64_t borrower) const {
  const auto& lender = moment.authority->staff;
  if (lender.id == borrower) {
    return fail(
        liftable({"access.same_person", "Somebody else has to allow this. Ask a supervisor for number and PIN.", {}},
                 permission));
  }
  const bool takes_back_own = r.returning_ && detail::is_ones_own(lender, r.returning_->sale.member);
  if (takes_back_own || detail::is_ones_own(lender, r.basket_.member)) {
    return fail(liftable(lender_buys().value(), permission));
  }
  if (!lender.active || !access::allows(lender.role, permission)) return fail(denied(permission));
  return {};
}

void Register::Impl::note_approval(access::Permission permission, std::optional<std::int64_t> line) {
  const auto& authority = *moment.authority;
  granted.push_back({std::string(access::name_of(permission)), line, authority.staff.id, authority.staff.number,
                     authority.means, moment.time, authority.request});
}

void Register::Impl::record_approvals(sale::Basket& basket) {
  if (granted.empty()) return;
  auto& approvals = basket.approvals ? *basket.approvals : basket.approvals.emplace();
  approvals.insert(approvals.end(), std::make_move_iterator(granted.begin()), std::make_move_iterator(granted.end()));
  granted.clear();
}

Error Register::Impl::over_refund_limit(Money most) {
  return {"return.over_limit",
          "You may not pay out that much. Take back less, or ask a manager.",
          {{"most", most.to_string()}}};
}

// One small refund after the other must not add up to what nobody may pay out without a receipt.
std::optional<Error> Register::Impl::objection_to_refund(const access::StaffMember& who, Money refund) const {
  // After a power cut the sale may not be at hand; whoever began the void was asked then.
  if (detail::is_void(r.basket_) && r.returning_ && who.id == r.returning_->sale.cashier) return own_sale();
  const auto limits = access::limits_of(who.role);
  const bool blind = r.basket_.blind_return.has_value();
  const auto most = blind ? std::optional(limits.max_blind_refund) : limits.max_refund;
  if (most && refund > *most) return over_refund_limit(*most);
  if (!blind || !r.shift_) return std::nullopt;
  const auto before = sale::blind_refunds_of(r.shift_->trail, who.id);
  const auto in_all = Money::of_minor(most->minor() * blind_refunds_per_shift);
  if (before + refund <= in_all) return std::nullopt;
  return Error{"return.over_shift_limit",
               "Too much has gone out without a receipt in this shift. Ask somebody with more rights.",
               {{"most", in_all.to_string()}, {"before", before.to_string()}}};
}

// What comes back may be allowed once for the whole basket: whoever let it begin lends the right, with its limit.
Result<void> Register::Impl::may_give_back(Money refund) {
  const auto permission = detail::is_void(r.basket_) ? access::Permission::sale_void_completed
                          : r.basket_.blind_return   ? access::Permission::sale_return_blind
                                                     : access::Permission::sale_return;
  auto lent = r.refund_lent_ ? objection_to_refund(*r.refund_lent_, refund) : std::nullopt;
  if (r.refund_lent_ && !lent) return {};
  auto allowed = permit_unless(permission, std::nullopt,
                               [&](const access::StaffMember& who) { return objection_to_refund(who, refund); });
  if (!allowed && lent && !moment.authority && allowed.error().code == "access.denied") {
    return fail(liftable(std::move(*lent), permission));
  }
  if (!allowed) return fail(std::move(allowed.error()));
  lend_refunds(**allowed);
  return {};
}

void Register::Impl::lend_refunds(const access::StaffMember& who) {
  if (!r.cashier_ || who.id == r.cashier_->id) return;
  r.refund_lent_ = who;
  r.refund_lent_->pin_verifier.clear();
  r.refund_lent_->password_verifier.clear();
  r.refund_lent_->badge_key.reset();
}

}  // namespace lanekeeper::till
