// Baskets that are put aside for any till, taken up again, or given up.

#include <algorithm>
#include <utility>

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

Date last_day_of(const sale::Basket& basket, int day_start_minute) {
  Date day = business_date(basket.started_at, day_start_minute);
  for (const auto& line : basket.lines) day = std::max(day, business_date(line.entered_at, day_start_minute));
  return day;
}

}  // namespace

sale::BasketTrace Register::Impl::trace_of_basket() const {
  sale::BasketTrace trace;
  trace.basket = r.basket_.id;
  trace.line_count = detail::live_line_count(r.basket_);
  trace.total = r.priced_.total;
  return trace;
}

// What was begun and holds no goods leaves no trace.
Result<Effects> Register::Impl::apply(const VoidBasket&) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (!detail::is_begun(r.basket_)) {
    return fail("register.empty_basket", "Nothing has been scanned yet.");
  }
  if (!r.basket_.tenders.empty()) {
    return fail("register.tender_taken", "Money was taken already. Give it back and remove it first.");
  }
  if (r.basket_.lines.empty()) {
    clear_basket();
    forget_waiting();
    r.pending_quantity_.reset();
    return Effects{PersistBasket{}};
  }
  const auto allowed = permit(access::Permission::sale_void_basket);
  if (!allowed) return fail(allowed.error());
  auto given_up = new_control(sale::ControlKind::basket_void);
  if (r.basket_.approvals) {
    auto& approvals = given_up.approvals ? *given_up.approvals : given_up.approvals.emplace();
    approvals.insert(approvals.begin(), r.basket_.approvals->begin(), r.basket_.approvals->end());
  }
  given_up.note = r.basket_.note;
  given_up.basket = trace_of_basket();
  given_up.basket->lines = r.basket_.lines;
  return Effects{commit(std::move(given_up))};
}

Result<Effects> Register::Impl::apply(const SuspendBasket& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
  if (detail::takes_back(r.basket_)) {
    return fail("suspend.return", "Goods are being taken back. Finish or void that; it cannot be put aside.");
  }
  if (!detail::has_live_lines(r.basket_)) return fail("register.empty_basket", "Nothing has been scanned yet.");
  if (!r.basket_.tenders.empty()) {
    return fail("suspend.tender_taken", "Money was taken already. Give it back and remove it first.");
  }
  const auto serial = std::find_if(r.reasons_.coupons.begin(), r.reasons_.coupons.end(),
                                   [](const pricing::CouponOutcome& coupon) { return coupon.is_serial; });
  if (serial != r.reasons_.coupons.end()) {
    return fail("suspend.coupon", "A coupon is kept for this sale. Take it off before putting the sale aside.",
                {{"coupon", serial->code}});
  }
  auto note = detail::clean_note(command.note);
  if (!note) return fail(std::move(note.error()));
  r.tendering_ = false;
  r.pending_quantity_.reset();
  auto record = new_control(sale::ControlKind::basket_suspend);
  record.note = r.basket_.note;
  record.basket = trace_of_basket();
  r.suspending_ = record;
  return Effects{StoreSuspended{r.basket_, record.basket->line_count, record.basket->total,
                                note->value_or(r.basket_.note.value_or(std::string())), record}};
}

// Everything is priced again by what is in force now; only the prices of the lines stay.
Result<Effects> Register::Impl::apply(const RecallBasket& command) {
  if (auto ok = may_begin_basket(); !ok) return fail(std::move(ok.error()));
  if (detail::takes_back(r.basket_)) {
    return fail("register.basket_open", "A return is open. Finish or void it first.");
  }
  const auto& put_aside = command.basket;
  if (!detail::has_live_lines(put_aside)) {
    return fail("register.empty_basket", "There is nothing in this basket.");
  }
  if (!put_aside.tenders.empty() || detail::takes_back(put_aside)) {
    return fail("suspend.tender_taken", "This basket cannot be taken up. Void it where it was put aside.");
  }
  if (last_day_of(put_aside, r.settings_.day_start_minute) != today()) {
    return fail("suspend.other_day", "This basket is of another day. Scan the goods again.",
                {{"label", command.label}});
  }
  sale::Basket next = put_aside;
  detail::hand_to(next, r.cashier_->id);
  next.started_at = moment.time;
  next.next_line = std::max(next.next_line, next.lines.back().line + 1);
  if (r.basket_.age_refusals) {
    auto& refusals = next.age_refusals ? *next.age_refusals : next.age_refusals.emplace();
    refusals.insert(refusals.begin(), r.basket_.age_refusals->begin(), r.basket_.age_refusals->end());
    if (refusals.size() > sale::max_age_refusals) refusals.resize(sale::max_age_refusals);
  }
  if (!next.member) next.member = r.basket_.member;
  if (detail::is_ones_own(*r.cashier_, next.member)) return own_card();
  next.promotions.reset();
  begin_selling(next);
  auto effects = adopt(std::move(next));
  if (!effects) {
    r.promotions_ = {};
    return effects;
  }
  r.pending_quantity_.reset();
  r.last_sale_.reset();
  r.last_line_ = r.selected_line_ = r.basket_.lines.back().line;
  effects->emplace_back(ShowItem{{}, {}, r.priced_.total});
  auto taken_up = new_control(sale::ControlKind::basket_recall);
  taken_up.basket = trace_of_basket();
  taken_up.basket->label = command.label;
  effects->emplace_back(commit(std::move(taken_up)));
  return effects;
}

Outcome Register::basket_suspended(const std::string& label, const Moment& moment) {
  Outcome outcome;
  if (!suspending_) {
    outcome.result = fail("register.nothing_to_store", "Nothing is waiting to be stored.");
    return outcome;
  }
  auto put_aside = *std::exchange(suspending_, std::nullopt);
  put_aside.basket->label = label;
  Impl impl{*this, moment};
  impl.clear_basket();
  message_.reset();
  outcome.effects.emplace_back(PersistBasket{});
  outcome.effects.emplace_back(impl.commit(std::move(put_aside)));
  publish();
  return outcome;
}

Outcome Register::suspend_failed(const Error& error) {
  Outcome outcome;
  if (!suspending_) {
    outcome.result = fail("register.nothing_to_store", "Nothing is waiting to be stored.");
    return outcome;
  }
  suspending_.reset();
  message_ = error;
  outcome.result = fail(error);
  publish();
  return outcome;
}

}  // namespace lanekeeper::till
