#include "register/register.h"

#include <algorithm>

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace detail {

bool has_live_lines(const sale::Basket& basket) {
  return std::any_of(basket.lines.begin(), basket.lines.end(), [](const auto& line) { return !line.voided; });
}

sale::PricedBasket sums_only(const sale::Basket& basket) {
  sale::PricedBasket priced;
  for (const auto& line : basket.lines) {
    if (line.voided) continue;
    sale::PricedLine out;
    out.line = line.line;
    out.gross = line.returns ? line.fixed_amount.value_or(Money()) : checked_gross(line).value_or(Money());
    out.net = out.gross;
    priced.gross += out.gross;
    priced.lines.push_back(std::move(out));
  }
  priced.net = priced.gross;
  priced.total = priced.gross;
  return priced;
}

}  // namespace detail

Register::Register(const catalogue::ItemLookup& items, RegisterSettings settings)
    : items_(items), settings_(std::move(settings)) {
  publish();
}

void Register::set_settings(RegisterSettings settings) {
  if (basket_.lines.empty()) {
    settings_ = std::move(settings);
    next_settings_.reset();
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
  if (committing_) {
    outcome.result = fail("register.busy", "The sale is being stored. Wait a moment, then try again.");
    return outcome;
  }
  Impl impl{*this, moment};
  auto result = std::visit([&impl](const auto& c) { return impl.apply(c); }, command);
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
  last_sale_ = last;
  const bool cash = std::any_of(sale.tenders.begin(), sale.tenders.end(),
                                [](const auto& tender) { return tender.kind == sale::TenderKind::cash; });
  if (cash || !sale.change.is_zero()) outcome.effects.emplace_back(OpenDrawer{});
  outcome.effects.emplace_back(PrintReceipt{sale});
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

Outcome Register::control_committed(const sale::ControlTransaction&, const Moment&) {
  return {};
}
Outcome Register::control_commit_failed(const Error&) {
  return {};
}
Outcome Register::basket_suspended(const std::string&, const Moment&) {
  return {};
}
Outcome Register::suspend_failed(const Error&) {
  return {};
}
void Register::restore_shift(std::optional<OpenShiftState> open, std::int64_t last_number, Money left_in_drawer) {
  shift_ = std::move(open);
  last_shift_ = last_number;
  left_in_drawer_ = left_in_drawer;
}

void Register::restore(sale::Basket basket) {
  if (basket.lines.empty()) {
    basket_.age_refusals = std::move(basket.age_refusals);
    basket_.member = std::move(basket.member);
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
  } else if (!basket_.returned_sale) {
    promotions_ = settings_.promotions.in_force(basket_.started_at.instant);
    basket_.promotions = sale::PromotionTerms{promotions_.version(), {}};
  }
  impl.price_restored();
  last_line_ = selected_line_ = basket_.lines.back().line;
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
  return Impl{*this, Moment{}}.may_begin_return();
}

void Register::Impl::price_restored() {
  auto priced = price(r.basket_);
  r.pricing_date_ = business_date(moment.time, r.settings_.day_start_minute);
  r.reasons_ = priced ? std::move(priced->goods) : pricing::PricedGoods{};
  r.priced_ = priced ? std::move(priced->basket) : detail::sums_only(r.basket_);
  r.tendering_ = priced.has_value() && !r.basket_.tenders.empty();
}

// ---- people ----

Result<Effects> Register::Impl::apply(const SignedIn& command) {
  if (!command.staff.active || !access::allows(command.staff.role, access::Permission::sale_ring)) {
    return fail("access.no_till_role", "This person may not ring sales. Sign in with a cashier's number.",
                {{"name", command.staff.name}});
  }
  const bool somebody_else = r.cashier_ && r.cashier_->id != command.staff.id;
  if (somebody_else && !r.basket_.lines.empty()) {
    return fail("register.basket_open", "A sale is open. Finish or void it before signing somebody else in.");
  }
  r.cashier_ = command.staff;
  r.cashier_->pin_verifier.clear();
  r.cashier_->password_verifier.clear();
  if (r.basket_.lines.empty() || r.basket_.cashier == command.staff.id) return Effects{};
  r.basket_.cashier = command.staff.id;
  return Effects{PersistBasket{r.basket_}};
}

Result<Effects> Register::Impl::apply(const SignOut&) {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
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

Result<Effects> Register::Impl::apply(const Dismiss&) {
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

// ---- what several of them need ----

Result<void> Register::Impl::may_ring() const {
  if (auto ok = may_sell(); !ok) return ok;
  return nothing_waiting();
}

Result<void> Register::Impl::may_sell() const {
  if (auto ok = may_change_lines(); !ok) return ok;
  if (!r.basket_.returned_sale) return {};
  return fail("return.goods_only", "Goods are being taken back. Finish or void that before selling.");
}

Result<void> Register::Impl::may_change_terms() const {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  if (!r.basket_.tenders.empty()) {
    return fail("register.tender_taken", "Money was taken already. Give it back and remove it first.");
  }
  if (!r.basket_.returned_sale) return {};
  return fail("return.goods_only", "Goods are being taken back. Finish or void that before selling.");
}

Result<void> Register::Impl::may_change_lines() const {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  if (r.tendering_) {
    return fail("register.tendering", "Payment has begun. Go back to scanning first.");
  }
  return {};
}

Result<void> Register::Impl::nothing_waiting() const {
  const auto first = [](std::string_view code, std::string_view message, const Entry& entry) {
    return fail(code, message, names_of(entry.match.item));
  };
  if (r.waiting_for_weight_) {
    return first("register.weigh_first", "An item still waits for its weight. Weigh it or give it up first.",
                 *r.waiting_for_weight_);
  }
  if (r.held_for_age_) {
    return first("register.age_first", "An item still waits for the age check. Answer it first.", *r.held_for_age_);
  }
  if (!r.choices_.empty()) {
    return first("register.choose_first", "Several items have the last barcode. Pick one or give it up first.",
                 r.choices_.front());
  }
  return {};
}

Result<void> Register::Impl::permit(access::Permission permission) const {
  if (r.cashier_ && access::allows(r.cashier_->role, permission)) return {};
  return fail("access.denied", "You may not do this. Ask a supervisor.",
              {{"permission", std::string(access::name_of(permission))}});
}

// Goods come back as they were sold, also when the store calculates differently now.
pricing::PricingContext Register::Impl::context(Date date) const {
  pricing::PricingContext context{date, r.settings_.tax_mode, r.settings_.taxes, true};
  if (!r.returning_) return context;
  const auto& sold = r.returning_->sale.priced;
  for (const auto& tax : sold.taxes) {
    if (!tax.tax.is_zero()) {
      context.tax_mode = sold.total == sold.net ? pricing::TaxMode::inclusive : pricing::TaxMode::exclusive;
    }
    const bool known = std::any_of(context.taxes.begin(), context.taxes.end(),
                                   [&tax](const auto& have) { return have.id == tax.tax_category; });
    if (!known) context.taxes.push_back({tax.tax_category, tax.letter, tax.letter, {{tax.rate}}});
  }
  return context;
}

void Register::Impl::forget_waiting() {
  r.waiting_for_weight_.reset();
  r.held_for_age_.reset();
  r.choices_.clear();
}

void Register::Impl::clear_basket() {
  r.basket_ = {};
  r.priced_ = {};
  r.reasons_ = {};
  r.promotions_ = {};
  r.returning_.reset();
  r.tendering_ = false;
  r.last_command_took_money_ = false;
  r.selected_line_ = 0;
  r.last_line_ = 0;
  begin_settings();
}

void Register::Impl::begin_settings() {
  if (!r.next_settings_) return;
  r.settings_ = std::move(*r.next_settings_);
  r.next_settings_.reset();
}

}  // namespace lanekeeper::till
