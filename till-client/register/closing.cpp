// A shift ends in three steps: count, compare, sign. Nobody is told what should be there before it was counted.

#include <algorithm>
#include <charconv>

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr std::int64_t max_pieces = 1'000'000;  // of one denomination
constexpr std::size_t max_denominations = 100;
constexpr Money max_counted = Money::of_minor(100'000'000'00);
constexpr std::int64_t counts_alone = 2;  // that one may make who must not know what should be there: one recount

tl::unexpected<Error> bad_count() {
  return fail("shift.bad_count", "A count is a number of notes or coins of one value. Check it.");
}

tl::unexpected<Error> not_closing() {
  return fail("shift.not_closing", "No close has begun.");
}

tl::unexpected<Error> count_first() {
  return fail("shift.count_first", "Count the cash first.");
}

Result<Money> counted_in(const std::vector<sale::CashCount>& counts) {
  Money sum;
  if (counts.size() > max_denominations) return bad_count();
  for (const auto& count : counts) {
    const bool good = count.denomination > Money() && count.denomination <= sale::max_cash_tendered &&
                      count.count >= 0 && count.count <= max_pieces;
    if (!good) return bad_count();
    const auto amount = multiply(count.denomination, Quantity::of_units(count.count));
    if (!amount) return bad_count();
    sum += *amount;
    if (sum > max_counted) return bad_count();
  }
  return sum;
}

Money difference(const sale::TenderCheck& check) {
  return check.declared - check.expected;
}

std::string name_of(const sale::TenderCheck& check) {
  if (check.method) return *check.method;
  for (const auto& [kind, name] : json::EnumNames<sale::TenderKind>::names) {
    if (kind == check.kind) return std::string(name);
  }
  return {};
}

sale::TenderCheck* find_check(ShiftCloseDraft& draft, sale::TenderKind kind, const std::optional<std::string>& method) {
  for (auto& check : draft.checks) {
    if (check.kind == kind && check.method == method) return &check;
  }
  return nullptr;
}

// The slips are taken to agree until somebody says otherwise. What was said before a recount stays said.
void renew_checks(ShiftCloseDraft& draft, const sale::ShiftTotals& totals, Money counted) {
  if (draft.checks.empty()) {
    draft.checks.push_back({sale::TenderKind::cash, {}, sale::expected_cash(totals), {}, {}});
    for (const auto& tender : totals.tenders) {
      if (tender.kind == sale::TenderKind::cash) continue;
      draft.checks.push_back({tender.kind, tender.method, tender.amount, tender.amount, {}});
    }
  }
  draft.checks.front().declared = counted;
}

void note_count(ShiftCloseDraft& draft, const sale::ControlTransaction& counted, const OpenShiftState& shift) {
  draft.counts = counted.counts.value_or(std::vector<sale::CashCount>());
  draft.counted = true;
  draft.recounts = shift.trail.counts_made - 1;
  renew_checks(draft, shift.totals, counted.amount);
}

std::int64_t unsent_in(const std::vector<Error>& obstacles) {
  std::int64_t unsent = 0;
  for (const auto& obstacle : obstacles) {
    if (obstacle.code != "close.unsent") continue;
    for (const auto& [name, value] : obstacle.details) {
      if (name == "count") std::from_chars(value.data(), value.data() + value.size(), unsent);
    }
  }
  return unsent;
}

}  // namespace

namespace detail {

bool is_over(const sale::TenderCheck& check, Money tolerance) {
  const auto off = difference(check);
  return (off.is_negative() ? -off : off) > tolerance;
}

}  // namespace detail

// The drawer opens so that it can be counted, and each count is kept: whoever was told once what should be there has
// counted, whatever becomes of the till.
Result<Effects> Register::Impl::apply(const BeginClose& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (r.close_ && !r.close_->resumed) {
    r.close_->obstacles = command.obstacles;
    return Effects{};
  }
  if (!r.close_) {
    if (auto ok = may_manage_cash(); !ok) return fail(std::move(ok.error()));
    if (!r.shift_) return fail("shift.none_open", "No shift is open. Open one first.");
    const bool own = r.shift_->opening.cashier == r.cashier_->id;
    const auto allowed = permit(own ? access::Permission::shift_run : access::Permission::shift_close_other);
    if (!allowed) return fail(allowed.error());
  }
  r.obstacles_ = command.obstacles;
  auto begun = new_control(sale::ControlKind::close_begun);
  if (r.close_ && !r.close_->approvals.empty()) begun.approvals = r.close_->approvals;  // nothing is lent in this step
  return Effects{commit(std::move(begun))};
}

void Register::Impl::close_begun(const sale::ControlTransaction& begun) {
  if (!r.close_) r.close_.emplace();
  r.close_->resumed = false;
  r.close_->obstacles = std::move(r.obstacles_);
  r.obstacles_.clear();
  if (begun.approvals) r.close_->approvals = *begun.approvals;  // all of them, so that the newest record tells
  r.pending_quantity_.reset();
  r.last_sale_.reset();
}

void Register::resume_close() {
  const auto& trail = shift_->trail;
  close_.emplace();
  close_->resumed = true;
  if (trail.begun->approvals) close_->approvals = *trail.begun->approvals;
  if (trail.counted) note_count(*close_, *trail.counted, *shift_);
}

void Register::Impl::cash_counted(const sale::ControlTransaction& counted) {
  note_count(*r.close_, counted, *r.shift_);
}

Result<Effects> Register::Impl::apply(const CountCash& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (!r.close_) return not_closing();
  const auto sum = counted_in(command.counts);
  if (!sum) return fail(sum.error());
  const bool may_know = access::allows(r.cashier_->role, access::Permission::sales_read);
  if (r.shift_->trail.counts_made >= counts_alone && !may_know) {
    auto allowed = permit(access::Permission::shift_difference);
    if (!allowed && !moment.authority) {
      return fail("shift.counted_twice",
                  "You have counted twice in this shift. A supervisor has to allow another count.",
                  std::move(allowed.error().details));
    }
    if (!allowed) return fail(std::move(allowed.error()));
  }
  auto counted = new_control(sale::ControlKind::cash_counted);
  counted.amount = *sum;
  auto& counts = counted.counts.emplace();
  std::copy_if(command.counts.begin(), command.counts.end(), std::back_inserter(counts),
               [](const sale::CashCount& count) { return count.count > 0; });
  return Effects{commit(std::move(counted))};
}

Result<Effects> Register::Impl::apply(const DeclareTender& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (!r.close_) return not_closing();
  if (!r.close_->counted) return count_first();
  const bool cash = command.kind == sale::TenderKind::cash;
  const auto declared = command.declared.value_or(Money());
  if ((cash && command.declared) || declared > max_counted || declared < -max_counted) {
    return fail("shift.bad_declared", "Enter what the slips of this way of paying come to. Cash is counted.");
  }
  auto* check = find_check(*r.close_, command.kind, command.method);
  if (check == nullptr) {
    const bool known = command.kind != sale::TenderKind::other ||
                       std::any_of(r.settings_.methods.begin(), r.settings_.methods.end(),
                                   [&command](const TenderMethod& each) { return each.code == command.method; });
    if (!known || cash || (command.kind != sale::TenderKind::other && command.method)) {
      return fail("tender.not_accepted", "This way of paying is not accepted here. Take another.");
    }
    check = &r.close_->checks.emplace_back(sale::TenderCheck{command.kind, command.method, {}, {}, {}});
  }
  if (command.declared) check->declared = declared;
  if (command.reason) {
    auto reason = detail::clean_reason(*command.reason);
    check->reason.reset();
    if (!reason.empty()) check->reason = std::move(reason);
  }
  return Effects{};
}

Result<Effects> Register::Impl::apply(const CancelClose&) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (!r.close_) return not_closing();
  auto opened = new_control(sale::ControlKind::no_sale);
  opened.reason = std::string(sale::close_cancelled_reason);
  if (!r.close_->approvals.empty()) opened.approvals = r.close_->approvals;
  r.cancelling_close_ = true;
  return Effects{commit(std::move(opened))};
}

Result<Effects> Register::Impl::apply(const CloseShift& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (!r.close_) return not_closing();
  const auto& draft = *r.close_;
  if (!draft.counted) return count_first();
  bool over = false;
  for (const auto& check : draft.checks) {
    if (!detail::is_over(check, r.settings_.difference_tolerance)) continue;
    over = true;
    if (check.reason) continue;
    return fail("shift.reason_needed", "Enter the reason of the difference.", {{"tender", name_of(check)}});
  }
  const auto counted = draft.checks.front().declared;
  if (command.left_in_drawer.is_negative() || command.left_in_drawer > counted) {
    return fail("shift.bad_left", "What stays in the drawer is part of what was counted.",
                {{"most", counted.to_string()}});
  }
  if (over) {
    const auto allowed = permit(access::Permission::shift_difference);
    if (!allowed) return fail(allowed.error());
  }
  auto closing = new_control(sale::ControlKind::shift_close);
  if (!draft.approvals.empty()) {
    auto& approvals = closing.approvals ? *closing.approvals : closing.approvals.emplace();
    approvals.insert(approvals.begin(), draft.approvals.begin(), draft.approvals.end());
  }
  closing.amount = counted;
  closing.closing = closing_of(draft, command.left_in_drawer);
  return Effects{commit(std::move(closing))};
}

sale::ShiftClosing Register::Impl::closing_of(const ShiftCloseDraft& draft, Money left_in_drawer) const {
  const auto& opening = r.shift_->opening;
  sale::ShiftClosing closing;
  closing.number = opening.opening->number;
  closing.opened_at = opening.at;
  closing.opened_by = opening.cashier;
  closing.totals = r.shift_->totals;
  for (const auto& count : draft.counts) {
    if (count.count > 0) closing.counts.push_back(count);
  }
  closing.recounts = draft.recounts;
  closing.checks = draft.checks;
  closing.left_in_drawer = left_in_drawer;
  closing.unsent = unsent_in(draft.obstacles);
  if (!draft.obstacles.empty()) {
    auto& codes = closing.open_ends.emplace();
    for (const auto& obstacle : draft.obstacles) codes.push_back(obstacle.code);
  }
  return closing;
}

}  // namespace lanekeeper::till
