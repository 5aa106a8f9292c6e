// A day at a till, whatever happens: X and Z are what the journal adds up to, the drawer holds what is expected, and a
// till that was switched off in between goes on as if it had not been.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "any_command.h"

namespace lanekeeper::till::test {
namespace {

void check_identities(const sale::ShiftTotals& totals) {
  const Money given_back = totals.returns + totals.deposits_back.value_or(Money());
  RC_ASSERT(totals.turnover == totals.gross - totals.discounts - given_back + totals.tax_on_top);
  Money tendered;
  for (const auto& tender : totals.tenders) tendered += tender.amount;
  RC_ASSERT(tendered == totals.turnover + totals.cash_rounding);
}

// The journal and the drawer, kept by themselves from what was recorded.
struct Day {
  RegisterAtWork till{access::Role::manager};
  std::optional<OpenShiftState> open;
  std::int64_t last_number = 0;
  Money left_in_drawer;
  Money drawer;
  int shifts_closed = 0;
  std::int64_t counts = 0;  // of the cash in this shift
  RegisterSettings settings = any_register_settings();
  bool authorities = true;
  bool faults = true;

  Day() {
    till.shop.add("熟食", "7001", "").open_price = true;
    settings.shifts_required = true;
    till.machine.set_settings(settings);
  }

  void record(const sale::RetailTransaction& sale) {
    RC_ASSERT(sale::check_arithmetic(sale).has_value());
    // A sale that was open when shifts came to be required belongs to none.
    if (open) RC_ASSERT(sale.shift == open->opening.opening->number);
    if (open) {
      sale::add(open->totals, sale);
      sale::follow(open->trail, sale);
    }
    drawer += sale::drawer_cash(sale);
  }
  void record(const sale::ControlTransaction& control) {
    RC_ASSERT(sale::check_arithmetic(control).has_value());
    if (control.kind == sale::ControlKind::cash_counted) ++counts;
    if (control.opening) {
      counts = 0;
      RC_ASSERT(!open.has_value());
      RC_ASSERT(control.opening->number == last_number + 1);
      RC_ASSERT(control.opening->carried_over == left_in_drawer);
      open = OpenShiftState{control, {}};
    }
    if (open) RC_ASSERT(control.shift == open->opening.opening->number);
    if (open) {
      sale::add(open->totals, control);
      sale::follow(open->trail, control);
    }
    drawer += sale::drawer_cash(control);
    if (!control.closing) return;
    RC_ASSERT(control.closing->totals == open->totals);
    RC_ASSERT(control.closing->recounts == counts - 1);
    open.reset();
    last_number = control.closing->number;
    left_in_drawer = control.closing->left_in_drawer;
    ++shifts_closed;
    RC_ASSERT(drawer == left_in_drawer);
  }
  void run(const Command& command) {
    auto moment = till.moment();
    if (authorities) moment.authority = any_authority();
    auto effects = till.machine.handle(command, moment).effects;
    for (std::size_t i = 0; i < effects.size(); ++i) {
      std::vector<Effect> more;
      if (const auto* commit = std::get_if<CommitSale>(&effects[i])) {
        auto sale = commit->sale;
        if (faults && *rc::gen::inRange(0, 8) == 0) {
          (void)till.machine.sale_commit_failed({"journal.disk_full", "", {}});
          continue;
        }
        sale.receipt_number = ++till.receipts;
        till.sold = sale;
        record(sale);
        more = till.machine.sale_committed(sale, moment).effects;
      } else if (const auto* control = std::get_if<CommitControl>(&effects[i])) {
        if (faults && *rc::gen::inRange(0, 8) == 0) {
          (void)till.machine.control_commit_failed({"journal.disk_full", "", {}});
          continue;
        }
        record(control->control);
        more = till.machine.control_committed(sale::ControlTransaction(control->control), moment).effects;
      } else if (const auto* suspended = std::get_if<StoreSuspended>(&effects[i])) {
        till.put_aside = *suspended;
        more = till.machine.basket_suspended("3-0001", moment).effects;
      }
      effects.insert(effects.end(), more.begin(), more.end());
    }
  }
  void check() const {
    const auto& view = till.view();
    RC_ASSERT(view.shift.has_value() == open.has_value());
    RC_ASSERT(view.last_shift == last_number);
    if (!open) return;
    check_identities(open->totals);
    RC_ASSERT(sale::expected_cash(open->totals) == drawer);
    const bool may_see = view.cashier && access::allows(view.cashier->role, access::Permission::sales_read);
    const bool counted = view.close && view.close->is_counted;
    RC_ASSERT(view.shift->totals.has_value() == (may_see || (counted && view.cashier)));
    if (view.shift->totals) RC_ASSERT(*view.shift->totals == open->totals);
    RC_ASSERT(sale::expected_cash(view.shift->counters) == Money());
  }
  Command next() const {
    if (till.view().state == RegisterState::idle && till.view().shift && *rc::gen::inRange(0, 4) == 0) {
      return any_of_the_shift();
    }
    return next_command(till);
  }
};

RC_GTEST_PROP(ShiftProperty, XAndZAreWhatTheJournalAddsUpTo, ()) {
  Day day;
  for (int step = 0, steps = *rc::gen::inRange(1, 250); step < steps; ++step) {
    if (*rc::gen::inRange(0, 30) == 0) any_disturbance(day.till, true);
    day.run(day.next());
    day.check();
  }
  RC_CLASSIFY(day.shifts_closed > 0, "closed a shift");
  RC_CLASSIFY(day.shifts_closed > 1, "closed several");
  RC_CLASSIFY(day.till.receipts > 3, "sold something");
}

std::string told(const Effect& effect) {
  auto name = std::to_string(effect.index());
  if (const auto* basket = std::get_if<PersistBasket>(&effect)) return name + json::encode(basket->basket);
  if (const auto* sale = std::get_if<CommitSale>(&effect)) return name + json::encode(sale->sale);
  if (const auto* control = std::get_if<CommitControl>(&effect)) return name + json::encode(control->control);
  if (const auto* suspended = std::get_if<StoreSuspended>(&effect)) return name + json::encode(suspended->basket);
  if (const auto* due = std::get_if<ShowDue>(&effect)) return name + due->total.to_string() + due->left.to_string();
  return name;
}

void run_and_commit(Register& machine, const Command& command, const Moment& moment, std::vector<std::string>& log) {
  auto outcome = machine.handle(command, moment);
  log.push_back(outcome.result ? "" : outcome.result.error().code);
  auto effects = std::move(outcome.effects);
  for (std::size_t i = 0; i < effects.size(); ++i) {
    log.push_back(told(effects[i]));
    std::vector<Effect> more;
    if (const auto* sale = std::get_if<CommitSale>(&effects[i])) {
      more = machine.sale_committed(sale::RetailTransaction(sale->sale), moment).effects;
    } else if (const auto* control = std::get_if<CommitControl>(&effects[i])) {
      more = machine.control_committed(sale::ControlTransaction(control->control), moment).effects;
    } else if (std::holds_alternative<StoreSuspended>(effects[i])) {
      more = machine.basket_suspended("3-0001", moment).effects;
    }
    effects.insert(effects.end(), more.begin(), more.end());
  }
}

// What a restart does not keep is given up first on both sides: goods that wait, slips of a close, a payment that has
// only begun, a return without goods.
void settle_down(Day& day) {
  day.faults = false;
  day.run(Dismiss{});
  const auto view = day.till.machine.view();
  if (view->close) day.run(CancelClose{});
  if (view->state == RegisterState::tendering && view->tenders.empty()) day.run(BackToSale{});
  day.run(SignedIn{staff_member(access::Role::manager)});
  if (view->lines.empty() && (view->returning || view->blind_return)) day.run(VoidBasket{});
}

RC_GTEST_PROP(ShiftProperty, ARestartedTillGoesOnAsIfNothingHadBeen, ()) {
  Day day;
  day.authorities = false;
  for (int step = 0, steps = *rc::gen::inRange(1, 60); step < steps; ++step) day.run(day.next());
  settle_down(day);
  Register& before = day.till.machine;
  Register after(day.till.shop, day.settings);
  after.restore(before.basket());
  after.restore_shift(day.open, day.last_number, day.left_in_drawer);
  if (day.till.sold) after.resume_return({*day.till.sold, {}, {}, false, {}});
  const auto staff = staff_member(access::Role::manager);
  RC_ASSERT(after.handle(SignedIn{staff}, day.till.moment()).effects.empty());
  if (before.view()->returning || before.view()->blind_return) {
    RC_ASSERT(after.handle(SellInReturn{before.view()->selling_in_return}, day.till.moment()).result.has_value() ||
              !before.view()->tenders.empty());
  }
  std::vector<std::string> here;
  std::vector<std::string> there;
  for (int step = 0; step < 40; ++step) {
    RC_ASSERT(before.basket() == after.basket());
    RC_ASSERT(before.view()->state == after.view()->state);
    RC_ASSERT(before.view()->total == after.view()->total);
    RC_ASSERT(before.view()->left_due == after.view()->left_due);
    RC_ASSERT(before.view()->shift.has_value() == after.view()->shift.has_value());
    if (before.view()->shift) RC_ASSERT(before.view()->shift->counters == after.view()->shift->counters);
    const auto command = next_command(day.till);
    const auto moment = day.till.moment();
    run_and_commit(before, command, moment, here);
    run_and_commit(after, command, moment, there);
    RC_ASSERT(here == there);
  }
  RC_CLASSIFY(!day.till.machine.basket().lines.empty(), "in the middle of a sale");
  RC_CLASSIFY(day.open.has_value(), "in the middle of a shift");
}

}  // namespace
}  // namespace lanekeeper::till::test
