// Facts besides sales: how they are made, and what follows when the journal has them.

#include "register/register_impl.h"

namespace lanekeeper::till {

sale::ControlTransaction Register::Impl::new_control(sale::ControlKind kind) {
  sale::ControlTransaction control;
  control.id = moment.fresh_id;
  control.kind = kind;
  control.till = r.settings_.till;
  if (r.shift_) control.shift = r.shift_->opening.opening->number;
  control.business_date = today();
  control.at = moment.time;
  control.simulated_clock = r.settings_.simulated_clock;
  control.cashier = r.cashier_->id;
  control.cashier_number = r.cashier_->number;
  control.currency = r.settings_.currency;
  control.software = LANEKEEPER_VERSION;
  if (!granted.empty()) control.approvals = std::move(granted);
  granted.clear();
  return control;
}

CommitControl Register::Impl::commit(sale::ControlTransaction control) {
  r.committing_control_ = control;
  return {std::move(control)};
}

Effects Register::Impl::after(const sale::ControlTransaction& control) {
  const auto with_drawer = [this](Effects effects) {
    if (!r.settings_.training) effects.insert(effects.begin(), OpenDrawer{});
    return effects;
  };
  using Kind = sale::ControlKind;
  switch (control.kind) {
    case Kind::shift_open:
      r.shift_ = OpenShiftState{control, {}};
      sale::add(r.shift_->totals, control);
      sale::follow(r.shift_->trail, control);
      return with_drawer({PrintControl{control}});
    case Kind::shift_close:
      close_shift(control);
      return with_drawer({PrintControl{control}});
    case Kind::loan:
    case Kind::paid_in:
    case Kind::paid_out:
    case Kind::pick_up:
    case Kind::no_sale:
      if (r.cancelling_close_) {
        r.cancelling_close_ = false;
        r.close_.reset();
        return {};
      }
      return with_drawer({PrintControl{control}});
    case Kind::basket_void:
      clear_basket();
      forget_waiting();
      r.pending_quantity_.reset();
      return {PersistBasket{}};
    case Kind::basket_suspend:
      return {PrintControl{control}};
    case Kind::close_begun:
      close_begun(control);
      return with_drawer({});
    case Kind::cash_counted:
      cash_counted(control);
      return {};
    case Kind::basket_recall:
    case Kind::cashier_change:
    case Kind::reprint:
    case Kind::unknown_code:
      return {};
  }
  return {};
}

void Register::Impl::close_shift(const sale::ControlTransaction& control) {
  r.last_shift_ = control.closing->number;
  r.left_in_drawer_ = control.closing->left_in_drawer;
  r.shift_.reset();
  r.close_.reset();
  r.cashier_.reset();
  r.last_sale_.reset();
  r.pending_quantity_.reset();
  clear_basket();
}

Outcome Register::record_reprint(std::int64_t receipt_number, const Moment& moment) {
  Outcome outcome;
  Impl impl{*this, moment};
  auto allowed = impl.may_be_recorded();
  if (allowed) allowed = impl.signed_in();
  if (!allowed) {
    message_ = allowed.error();
    outcome.result = fail(std::move(allowed.error()));
    publish();
    return outcome;
  }
  auto reprint = impl.new_control(sale::ControlKind::reprint);
  reprint.receipt_number = receipt_number;
  outcome.effects.emplace_back(impl.commit(std::move(reprint)));
  return outcome;
}

Outcome Register::control_committed(const sale::ControlTransaction& control, const Moment& moment) {
  Outcome outcome;
  if (!committing_control_ || committing_control_->id != control.id) {
    outcome.result = fail("register.nothing_to_store", "Nothing is waiting to be stored.");
    return outcome;
  }
  committing_control_.reset();
  const bool begins = control.kind == sale::ControlKind::shift_open;
  if (shift_ && !begins) {
    sale::add(shift_->totals, control);
    sale::follow(shift_->trail, control);
  }
  outcome.effects = Impl{*this, moment}.after(control);
  message_.reset();
  publish();
  return outcome;
}

Outcome Register::control_commit_failed(const Error& error) {
  Outcome outcome;
  if (!committing_control_) {
    outcome.result = fail("register.nothing_to_store", "Nothing is waiting to be stored.");
    return outcome;
  }
  committing_control_.reset();
  cancelling_close_ = false;
  message_ = error;
  outcome.result = fail(error);
  publish();
  return outcome;
}

}  // namespace lanekeeper::till
