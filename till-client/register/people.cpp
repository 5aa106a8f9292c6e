// Who is at the till.

#include <utility>

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

// What was entered stays with the person who entered it, unless they are back.
void keep_who(std::optional<std::int64_t>& who, std::int64_t before, std::int64_t now) {
  const auto entered = who.value_or(before);
  who.reset();
  if (entered != now && entered != 0) who = entered;
}

}  // namespace

namespace detail {

void hand_to(sale::Basket& basket, std::int64_t cashier) {
  for (auto& line : basket.lines) keep_who(line.entered_by, basket.cashier, cashier);
  for (auto& tender : basket.tenders) keep_who(tender.taken_by, basket.cashier, cashier);
  basket.cashier = cashier;
}

}  // namespace detail

Result<void> Register::Impl::may_take_over(const access::StaffMember& staff) {
  constexpr auto permission = access::Permission::till_lock_takeover;
  if (access::allows(staff.role, permission)) return {};
  if (!moment.authority) {
    return fail("register.basket_open", "A sale is open. Finish or void it before signing somebody else in.",
                {{"permission", std::string(access::name_of(permission))}});
  }
  if (auto ok = check_lender(permission, staff.id); !ok) return ok;
  note_approval(permission, std::nullopt);
  return {};
}

// What somebody else rang for them, or takes back from them, they do not finish themselves.
Result<void> Register::Impl::may_go_on_with(const access::StaffMember& staff) const {
  if (detail::is_ones_own(staff, r.basket_.member)) return own_card();
  if (!r.returning_ || !detail::is_ones_own(staff, r.returning_->sale.member)) return {};
  return own_purchase();
}

// A close that the till was switched off in shows what should be there as soon as the cash was counted once.
Result<void> Register::Impl::may_go_on_closing(const access::StaffMember& staff) {
  const auto& begun = r.shift_->trail.begun;
  const bool own = r.shift_->opening.cashier == staff.id || (begun && begun->cashier == staff.id);
  const auto permission = own ? access::Permission::shift_run : access::Permission::shift_close_other;
  if (access::allows(staff.role, permission)) return {};
  if (moment.authority) {
    if (auto ok = check_lender(permission, staff.id); !ok) return ok;
    note_approval(permission, std::nullopt);
    return {};
  }
  return fail("shift.close_unfinished",
              "The close of this shift was broken off. Whoever began it signs in and finishes it, or a manager.",
              {{"permission", std::string(access::name_of(permission))}});
}

Result<Effects> Register::Impl::apply(const SignedIn& command) {
  if (!command.staff.active || !access::allows(command.staff.role, access::Permission::sale_ring)) {
    return fail("access.no_till_role", "This person may not ring sales. Sign in with a cashier's number.",
                {{"name", command.staff.name}});
  }
  const bool somebody_else = r.cashier_ && r.cashier_->id != command.staff.id;
  if (somebody_else && r.close_) return shift_is_closing();
  const bool open = !r.basket_.lines.empty();
  if (!r.cashier_ && r.close_) {
    if (auto ok = may_go_on_closing(command.staff); !ok) return fail(std::move(ok.error()));
    r.close_->approvals.insert(r.close_->approvals.end(), granted.begin(), granted.end());
    granted.clear();
  }
  if (open && r.basket_.cashier != command.staff.id) {
    if (auto ok = may_go_on_with(command.staff); !ok) return fail(std::move(ok.error()));
  }
  if (somebody_else && open) {
    if (auto ok = may_take_over(command.staff); !ok) return fail(std::move(ok.error()));
  }
  const auto before = r.cashier_ ? r.cashier_->number : std::string();
  r.cashier_ = command.staff;
  r.cashier_->pin_verifier.clear();
  r.cashier_->password_verifier.clear();
  r.cashier_->badge_key.reset();
  if (somebody_else) r.refund_lent_.reset();  // it was lent to the one before
  if (somebody_else && !open && detail::takes_back(r.basket_)) {
    clear_basket();
    return Effects{PersistBasket{}};
  }
  if (!open && detail::is_ones_own(command.staff, r.basket_.member)) {
    r.basket_.member.reset();
    return Effects{PersistBasket{r.basket_}};
  }
  if (!open || r.basket_.cashier == command.staff.id) return Effects{};
  const bool known = r.basket_.cashier != 0;
  detail::hand_to(r.basket_, command.staff.id);
  if (!known) return Effects{PersistBasket{r.basket_}};
  auto change = new_control(sale::ControlKind::cashier_change);
  if (!before.empty()) change.note = before;
  change.basket = trace_of_basket();
  Effects effects{PersistBasket{r.basket_}};
  effects.push_back(commit(std::move(change)));
  return effects;
}

Result<Effects> Register::Impl::apply(const SignOut&) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (r.close_) return shift_is_closing();
  if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
  if (detail::has_live_lines(r.basket_) || !r.basket_.tenders.empty()) {
    return fail("register.basket_open", "A sale is open. Finish or void it before signing out.");
  }
  const bool had_content = r.basket_ != sale::Basket{};
  clear_basket();
  r.cashier_.reset();
  r.pending_quantity_.reset();
  r.last_sale_.reset();
  if (!had_content) return Effects{};
  return Effects{PersistBasket{}};
}

Result<Effects> Register::Impl::apply(const BeginTraining&) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (r.close_) return shift_is_closing();
  if (r.tendering_ || r.basket_ != sale::Basket{} || !nothing_waiting()) {
    return fail("training.not_now", "Training begins and ends between two sales. Finish or void this one first.");
  }
  if (auto allowed = permit(access::Permission::till_training); !allowed) return fail(allowed.error());
  return Effects{EnterTraining{}};
}

Result<Effects> Register::Impl::apply(const Dismiss&) {
  // Where they were all there was to dismiss, a quantity goes on waiting for its goods.
  const bool warned = !std::exchange(r.scan_warnings_, {}).empty();
  if (warned && !r.message_ && nothing_waiting()) return Effects{};
  if (r.held_for_age_) {
    r.pending_quantity_.reset();
    return refuse_for_age();
  }
  forget_waiting();
  r.pending_quantity_.reset();
  return Effects{};
}

Result<Effects> Register::Impl::apply(const ConfirmAge& command) {
  if (!r.held_for_age_) return fail("register.no_age_check", "No item is waiting for an age check.");
  if (!command.confirmed) return refuse_for_age();
  Entry entry = *r.held_for_age_;
  entry.age_confirmed = entry.match.item.minimum_age;
  return enter(std::move(entry));
}

// A refusal before the first line waits for the record of the sale that follows.
Effects Register::Impl::refuse_for_age() {
  const catalogue::Item& item = r.held_for_age_->match.item;
  auto& refusals = r.basket_.age_refusals ? *r.basket_.age_refusals : r.basket_.age_refusals.emplace();
  if (refusals.size() < sale::max_age_refusals) {
    const std::int64_t cashier = r.cashier_ ? r.cashier_->id : 0;
    refusals.push_back({item.id, item.number, item.name, item.minimum_age, cashier, moment.time});
  }
  forget_waiting();
  return {PersistBasket{r.basket_}};
}

}  // namespace lanekeeper::till
