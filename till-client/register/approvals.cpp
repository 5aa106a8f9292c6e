// Who may do what at this register, and who lent the right where the person at the till has none.

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

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
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  const auto& cashier = *r.cashier_;
  const bool own = access::allows(cashier.role, permission);
  if (own && fits(access::limits_of(cashier.role))) return &cashier;
  if (!moment.authority) {
    return fail(own ? liftable(over_limit(access::limits_of(cashier.role)), permission) : denied(permission));
  }
  const auto& lender = moment.authority->staff;
  if (auto ok = check_lender(permission, cashier.id); !ok) return fail(std::move(ok.error()));
  if (!fits(access::limits_of(lender.role))) {
    return fail(liftable(over_limit(access::limits_of(lender.role)), permission));
  }
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

// What comes back may be allowed once for the whole basket: whoever let it begin lends the right, with its limit.
Result<void> Register::Impl::may_give_back(Money refund) {
  const bool blind = r.basket_.blind_return.has_value();
  const auto permission = blind ? access::Permission::sale_return_blind : access::Permission::sale_return;
  const auto most = [blind](const access::Limits& limits) {
    return blind ? std::optional(limits.max_blind_refund) : limits.max_refund;
  };
  const auto fits = [&](const access::Limits& limits) { return !most(limits) || refund <= *most(limits); };
  if (r.refund_lent_ && fits(*r.refund_lent_)) return {};
  const bool began_by_lender = r.refund_lent_ && !moment.authority;
  auto allowed = permit_within(permission, std::nullopt, fits, [&](const access::Limits& limits) {
    return Error{"return.over_limit",
                 "You may not pay out that much. Take back less, or ask a manager.",
                 {{"most", most(limits).value_or(Money()).to_string()}}};
  });
  if (!allowed && began_by_lender && allowed.error().code == "access.denied") {
    return fail(liftable({"return.over_limit",
                          "You may not pay out that much. Take back less, or ask a manager.",
                          {{"most", most(*r.refund_lent_).value_or(Money()).to_string()}}},
                         permission));
  }
  if (!allowed) return fail(std::move(allowed.error()));
  lend_refunds(**allowed);
  return {};
}

void Register::Impl::lend_refunds(const access::StaffMember& who) {
  if (r.cashier_ && who.id != r.cashier_->id) r.refund_lent_ = access::limits_of(who.role);
}

}  // namespace lanekeeper::till
