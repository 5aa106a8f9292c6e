// A shift begins; cash comes and goes without a sale. To whom the totals are hidden nothing is refused for want of
// cash: whoever tries amounts would find the sum, and the close is blind.

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

tl::unexpected<Error> none_open() {
  return fail("shift.none_open", "No shift is open. Open one first.");
}

Result<void> check_movement(Money amount) {
  if (amount > Money() && amount <= sale::max_cash_tendered) return {};
  return fail("shift.bad_amount", "Enter an amount above 0, at most 1000000.00.",
              {{"most", sale::max_cash_tendered.to_string()}});
}

}  // namespace

Result<void> Register::Impl::may_manage_cash() const {
  if (auto ok = signed_in(); !ok) return ok;
  if (r.close_) return shift_is_closing();
  if (auto ok = nothing_waiting(); !ok) return ok;
  if (!detail::is_begun(r.basket_)) return {};
  return fail("register.basket_open", "A sale is open. Finish or void it first.");
}

Result<Effects> Register::Impl::apply(const OpenShift& command) {
  if (auto ok = may_manage_cash(); !ok) return fail(std::move(ok.error()));
  if (r.shift_) {
    return fail("shift.already_open", "A shift is open already.",
                {{"number", std::to_string(r.shift_->opening.opening->number)}});
  }
  const auto allowed = permit(access::Permission::shift_run);
  if (!allowed) return fail(allowed.error());
  if (command.opening_float.is_negative() || command.opening_float > sale::max_cash_tendered) {
    return fail("shift.bad_float", "The float is an amount from 0 to 1000000.00.",
                {{"most", sale::max_cash_tendered.to_string()}});
  }
  auto opening = new_control(sale::ControlKind::shift_open);
  opening.amount = command.opening_float;
  opening.opening = sale::ShiftOpening{r.last_shift_ + 1, r.left_in_drawer_};
  opening.shift = opening.opening->number;
  return Effects{commit(std::move(opening))};
}

Result<Effects> Register::Impl::apply(const MoveCash& command) {
  using Kind = sale::ControlKind;
  if (auto ok = may_manage_cash(); !ok) return fail(std::move(ok.error()));
  const bool takes = command.kind == Kind::pick_up || command.kind == Kind::paid_out;
  const bool gives = command.kind == Kind::loan || command.kind == Kind::paid_in;
  if (!takes && !gives) return fail("shift.bad_movement", "Cash is added, paid in, paid out or picked up.");
  if (!r.shift_) return none_open();
  const auto allowed =
      permit(command.kind == Kind::pick_up ? access::Permission::shift_run : access::Permission::shift_cash);
  if (!allowed) return fail(allowed.error());
  if (auto ok = check_movement(command.amount); !ok) return fail(std::move(ok.error()));
  const bool may_know = access::allows(r.cashier_->role, access::Permission::sales_read);
  if (takes && may_know && command.amount > sale::expected_cash(r.shift_->totals)) {
    return fail("shift.not_that_much", "That much does not lie in the drawer. Check the amount.");
  }
  const auto reason = detail::clean_reason(command.reason);
  if (reason.empty() && (command.kind == Kind::paid_in || command.kind == Kind::paid_out)) {
    return fail("shift.reason_needed", "Enter the reason.");
  }
  auto note = detail::clean_note(command.note);
  if (!note) return fail(std::move(note.error()));
  auto movement = new_control(command.kind);
  movement.amount = command.amount;
  if (!reason.empty()) movement.reason = reason;
  movement.note = std::move(*note);
  return Effects{commit(std::move(movement))};
}

Result<Effects> Register::Impl::apply(const NoSale& command) {
  if (auto ok = may_manage_cash(); !ok) return fail(std::move(ok.error()));
  if (r.settings_.shifts_required && !r.shift_) return none_open();
  const auto allowed = permit(access::Permission::shift_no_sale);
  if (!allowed) return fail(allowed.error());
  auto reason = detail::clean_reason(command.reason);
  if (reason.empty()) return fail("shift.reason_needed", "Enter the reason.");
  auto opened = new_control(sale::ControlKind::no_sale);
  opened.reason = std::move(reason);
  return Effects{commit(std::move(opened))};
}

}  // namespace lanekeeper::till
