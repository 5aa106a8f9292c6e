#include "register/register.h"

#include <algorithm>

#include "register/register_impl.h"

namespace lanekeeper::till {

Register::Register(const catalogue::ItemLookup& items, RegisterSettings settings)
    : items_(items), settings_(std::move(settings)) {
  publish();
}

void Register::set_settings(RegisterSettings settings) {
  if (basket_.lines.empty()) {
    settings_ = std::move(settings);
    next_settings_.reset();
    publish();
    return;
  }
  settings_.layouts = settings.layouts;
  settings_.promotions = settings.promotions;
  settings_.recalls = settings.recalls;
  if (settings_.till == 0) settings_.till = settings.till;
  for (const auto& tax : settings.taxes) {
    const bool known = std::any_of(settings_.taxes.begin(), settings_.taxes.end(),
                                   [&tax](const auto& have) { return have.id == tax.id; });
    if (!known) settings_.taxes.push_back(tax);
  }
  next_settings_ = std::move(settings);
}

void Register::set_catalogue_version(catalogue::Version version) {
  catalogue_version_ = version;
}

Outcome Register::handle(const Command& command, const Moment& moment) {
  Outcome outcome;
  Impl impl{*this, moment};
  if (auto ok = impl.may_be_recorded(); !ok) {
    outcome.result = fail(std::move(ok.error()));
    return outcome;
  }
  const auto whole = impl.keeps_void_whole(command);
  auto result = whole ? std::visit([&impl](const auto& c) { return impl.apply(c); }, command) : fail(whole.error());
  if (result) {
    // What the server answers by the way answers nothing that a person was told.
    if (!std::holds_alternative<SetRemainingUses>(command)) message_.reset();
    outcome.effects = std::move(*result);
  } else {
    message_ = result.error();
    outcome.result = fail(std::move(result.error()));
  }
  publish();
  return outcome;
}

Outcome Register::sale_committed(const sale::RetailTransaction& sale, const Moment& moment) {
  Outcome outcome;
  if (!committing_ || sale.id != basket_.id) {
    outcome.result = fail("register.no_sale_waiting", "No sale is waiting to be stored.");
    return outcome;
  }
  committing_ = false;
  LastSale last;
  last.receipt_number = sale.receipt_number;
  last.payable = sale.payable;
  for (const auto& tender : sale.tenders) last.tendered += tender.amount;
  last.change = sale.change;
  last.beyond_drawer = lies_not_in_drawer(sale.change);  // what was just taken is too large a note to give back
  last_sale_ = last;
  if (shift_) {
    sale::add(shift_->totals, sale);
    sale::follow(shift_->trail, sale);
  }
  const bool cash = std::any_of(sale.tenders.begin(), sale.tenders.end(),
                                [](const auto& tender) { return tender.kind == sale::TenderKind::cash; });
  if ((cash || !sale.change.is_zero()) && !settings_.training) outcome.effects.emplace_back(OpenDrawer{});
  outcome.effects.emplace_back(PrintReceipt{sale});
  outcome.effects.emplace_back(ShowChange{last.tendered, last.change});
  Impl{*this, moment}.clear_basket();
  message_.reset();
  publish();
  return outcome;
}

Outcome Register::sale_commit_failed(const Error& error) {
  Outcome outcome;
  if (!committing_) {
    outcome.result = fail("register.no_sale_waiting", "No sale is waiting to be stored.");
    return outcome;
  }
  committing_ = false;
  if (last_command_took_money_) basket_.tenders.pop_back();
  last_command_took_money_ = false;
  message_ = error;
  outcome.result = fail(error);
  publish();
  return outcome;
}

void Register::restore_shift(std::optional<OpenShiftState> open, std::int64_t last_number, Money left_in_drawer) {
  shift_ = std::move(open);
  last_shift_ = last_number;
  left_in_drawer_ = left_in_drawer;
  close_.reset();
  if (shift_ && shift_->trail.begun) resume_close();
  publish();
}

void Register::note_recorded(const sale::ControlTransaction& control) {
  if (!shift_ || control.shift != shift_->opening.opening->number) return;
  sale::add(shift_->totals, control);
  sale::follow(shift_->trail, control);
  publish();
}

void Register::restore(sale::Basket basket) {
  if (basket.lines.empty()) {
    basket_.age_refusals = std::move(basket.age_refusals);
    basket_.member = std::move(basket.member);
    basket_.note = std::move(basket.note);
    publish();
    return;
  }
  for (const auto& line : basket.lines) basket.next_line = std::max(basket.next_line, line.line + 1);
  const Moment moment{basket.lines.back().entered_at, basket.id};
  Impl impl{*this, moment};
  impl.clear_basket();
  impl.forget_waiting();
  basket_ = std::move(basket);
  const auto* known = basket_.promotions ? settings_.promotions.version(basket_.promotions->version) : nullptr;
  if (known != nullptr) {
    promotions_ = *known;
  } else if (basket_.promotions || !basket_.returned_sale) {
    promotions_ = settings_.promotions.in_force(basket_.started_at.instant);
    basket_.promotions = sale::PromotionTerms{promotions_.version(), {}};
  }
  impl.price_restored();
  // Somebody who was exchanging goods goes on with what was entered last.
  const auto newest = std::find_if(basket_.lines.rbegin(), basket_.lines.rend(),
                                   [](const auto& line) { return !sale::gives_deposit_back(line); });
  selling_in_return_ = detail::takes_back(basket_) && newest != basket_.lines.rend() && !newest->returns;
  last_line_ = selected_line_ = basket_.lines.back().line;
  for (const auto& line : basket_.lines) {
    if (!line.returns || sale::gives_deposit_back(line)) continue;
    returned_to_ = line.returns->to;
    return_reason_ = line.returns->reason;
  }
  publish();
}

void Register::resume_return(sale::ReturnableSale sale) {
  if (!basket_.returned_sale || basket_.returned_sale->sale != sale.sale.id || committing_) return;
  returning_ = std::move(sale);
  const Moment moment{basket_.lines.empty() ? basket_.started_at : basket_.lines.back().entered_at, basket_.id};
  if (!basket_.lines.empty() && !tendering_) Impl{*this, moment}.price_restored();
  publish();
}

void Register::set_message(std::optional<Error> message) {
  message_ = std::move(message);
  publish();
}

Result<void> Register::may_return() {
  return may_return(Moment{});
}

Result<void> Register::may_return(const Moment& moment) {
  return Impl{*this, moment}.may_begin_return();
}

}  // namespace lanekeeper::till
