// Taking money, and the fact that a completed sale becomes.

#include <algorithm>

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t max_tenders = 20;
constexpr std::string_view way_is_gone = "card_gone";
constexpr Money shortest_barcode_as_amount = Money::of_minor(10'000'000'00);  // eight digits before the point

}  // namespace

namespace detail {

Result<void> check_tendered(Money amount) {
  if (amount <= sale::max_cash_tendered) return {};
  if (amount >= shortest_barcode_as_amount && amount.minor() % 100 == 0) {
    return fail("register.looks_like_barcode",
                "This looks like a barcode, not a number to enter. Clear the field, then scan the goods.",
                {{"text", std::to_string(amount.minor() / 100)}});
  }
  return fail("register.amount_too_large", "Nobody pays that much at once. Check the amount.",
              {{"most", sale::max_cash_tendered.to_string()}});
}

tl::unexpected<Error> bad_amount(Money amount) {
  return fail("register.bad_amount", "Enter an amount such as 50 or 49.90.", {{"text", amount.to_string()}});
}

}  // namespace detail

Settlement Register::Impl::settlement() const {
  return settle(r.basket_, r.priced_, r.settings_.cash_rounding);
}

ShowDue Register::Impl::show_due() const {
  return {r.priced_.total, settlement().cash_due};
}

Result<Effects> Register::Impl::apply(const BeginTender&) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (r.close_) return shift_is_closing();
  if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
  if (!detail::has_live_lines(r.basket_)) return fail("register.empty_basket", "Nothing has been scanned yet.");
  if (r.tendering_) return Effects{};
  if (auto ok = all_sold_now(); !ok) return fail(std::move(ok.error()));
  if (auto ok = says_why(r.basket_); !ok) return fail(std::move(ok.error()));
  if (auto ok = gifts_come_back(); !ok) return fail(std::move(ok.error()));
  // The sale belongs to the business day on which it is paid, and so do its tax rates.
  auto priced = price(r.basket_);
  if (!priced) return fail(std::move(priced.error()));
  if (detail::takes_back(r.basket_)) {
    const auto refund = sale::refund_of(r.basket_.lines, priced->basket);
    if (refund > Money()) {
      if (auto ok = may_give_back(refund); !ok) return fail(std::move(ok.error()));
    }
  }
  const bool approved = !granted.empty();
  auto stored = take_over(std::move(r.basket_), std::move(*priced));
  r.tendering_ = true;
  r.pending_quantity_.reset();
  Effects effects;
  if (approved) effects = std::move(stored);
  effects.emplace_back(show_due());
  return effects;
}

Result<Effects> Register::Impl::apply(const BackToSale&) {
  if (!r.basket_.tenders.empty()) {
    return fail("register.tender_taken", "Money was taken already. Give it back and remove it first.");
  }
  r.tendering_ = false;
  return Effects{};
}

Result<void> Register::Impl::may_take_money() const {
  if (auto ok = signed_in(); !ok) return ok;
  if (!r.tendering_) return fail("register.not_tendering", "Press total before taking money.");
  if (r.basket_.tenders.size() < max_tenders) return {};
  return fail("register.too_many_tenders", "This sale has too many payments. Remove some and take them together.",
              {{"most", std::to_string(max_tenders)}});
}

Result<Effects> Register::Impl::apply(const TenderCash& command) {
  const bool closes = command.amount.is_zero();
  if (auto ok = may_take_money(); !ok && !(closes && ok.error().code == "register.too_many_tenders")) {
    return fail(std::move(ok.error()));
  }
  const auto now = settlement();
  if (now.pays_out && command.amount > Money()) {
    return fail("return.pays_out", "Money goes back here and none is taken. Pay out what is shown.");
  }
  if (command.amount.is_negative() || (closes && !now.covered)) return detail::bad_amount(command.amount);
  if (auto ok = detail::check_tendered(command.amount); !ok) return fail(std::move(ok.error()));
  if (closes) {
    auto cash_instead = may_go_out_in_cash(now, command.reason);
    if (!cash_instead) return fail(std::move(cash_instead.error()));
    r.last_command_took_money_ = false;
    return complete(std::move(*cash_instead));
  }
  return take_tender({sale::TenderKind::cash, command.amount, {}, {}, {}, {}});
}

// Money goes back the way it came. Where that way is not there any more, two people decide that cash stands in for it.
// What they decided belongs to this attempt alone: a sale that cannot be stored may be paid another way afterwards.
Result<std::optional<sale::CashInstead>> Register::Impl::may_go_out_in_cash(const Settlement& now,
                                                                            const std::string& reason) {
  const auto most = refundable_in_cash(r.basket_, r.priced_);
  if (!now.pays_out || !most || now.change <= *most) return std::nullopt;
  constexpr auto permission = access::Permission::refund_in_cash;
  const Money otherwise = now.change - *most;
  if (!moment.authority) {
    return fail("refund.not_in_cash", "Part of it was not paid in cash. Give that back the way it was paid.",
                {{"most", most->to_string()},
                 {"otherwise", otherwise.to_string()},
                 {"permission", std::string(access::name_of(permission))}});
  }
  if (auto ok = check_lender(permission, r.cashier_->id); !ok) return fail(std::move(ok.error()));
  note_approval(permission, std::nullopt);
  auto why = detail::clean_reason(reason);
  if (why.empty()) why = way_is_gone;
  return sale::CashInstead{ways_not_used(otherwise), std::move(why), moment.authority->staff.id};
}

// By which ways so much should have gone back, in the order in which it was paid.
std::vector<sale::Tender> Register::Impl::ways_not_used(Money amount) const {
  std::vector<sale::Tender> ways;
  if (!r.basket_.returned_sale || !r.basket_.returned_sale->refundable) return ways;
  for (const auto& way : *r.basket_.returned_sale->refundable) {
    const auto part = std::min(refundable(r.basket_, way), amount);
    if (part <= Money()) continue;
    ways.push_back({way.kind, part, {}, way.method, {}, {}});
    amount -= part;
  }
  return ways;
}

Result<Effects> Register::Impl::take_tender(sale::Tender tender) {
  r.basket_.tenders.push_back(std::move(tender));
  r.last_command_took_money_ = true;
  const auto now = settlement();
  const bool all_given_back = now.pays_out && now.left.is_zero();
  if (now.pays_out ? all_given_back : now.covered) return complete();
  return Effects{PersistBasket{r.basket_}, show_due()};
}

Result<Effects> Register::Impl::complete(std::optional<sale::CashInstead> cash_instead) {
  r.committing_ = true;
  auto sale = completed_sale();
  sale.cash_instead = std::move(cash_instead);
  return Effects{CommitSale{std::move(sale)}};
}

Result<Effects> Register::Impl::apply(const VoidTender& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (command.index >= r.basket_.tenders.size()) {
    return fail("register.no_tender", "There is no such payment. Select one of those shown.");
  }
  const auto at = r.basket_.tenders.begin() + static_cast<std::ptrdiff_t>(command.index);
  if (at->kind != sale::TenderKind::cash) {
    if (auto ok = permit(access::Permission::tender_void); !ok) return fail(std::move(ok.error()));
  }
  r.basket_.tenders.erase(at);
  record_approvals(r.basket_);
  return Effects{PersistBasket{r.basket_}, show_due()};
}

sale::RetailTransaction Register::Impl::completed_sale() const {
  // Goods that only come back keep the rounding of their sale.
  const bool sells = std::any_of(r.basket_.lines.begin(), r.basket_.lines.end(),
                                 [](const auto& line) { return !line.voided && !line.returns; });
  const auto settled = settlement();
  sale::RetailTransaction sale;
  sale.id = r.basket_.id;
  sale.till = r.settings_.till;
  sale.business_date = r.pricing_date_;
  sale.started_at = r.basket_.started_at;
  sale.completed_at = moment.time;
  sale.simulated_clock = r.settings_.simulated_clock;
  sale.cashier = r.cashier_->id;
  sale.cashier_number = r.cashier_->number;
  sale.currency = r.settings_.currency;
  sale.catalogue_version = r.catalogue_version_;
  sale.software = LANEKEEPER_VERSION;
  sale.lines = r.basket_.lines;
  sale.priced = r.priced_;
  sale.cash_rounding =
      r.basket_.returned_sale && !sells ? r.basket_.returned_sale->cash_rounding : r.settings_.cash_rounding;
  sale.cash_adjustment = settled.adjustment;
  sale.payable = settled.payable;
  sale.tenders = r.basket_.tenders;
  sale.change = settled.change;
  sale.age_refusals = r.basket_.age_refusals;
  sale.promotions = r.basket_.promotions;
  sale.member = r.basket_.member;
  sale.coupons = r.basket_.coupons;
  sale.discount = r.basket_.discount;
  sale.returned_sale = r.basket_.returned_sale;
  sale.blind_return = r.basket_.blind_return;
  sale.approvals = r.basket_.approvals;
  if (!granted.empty()) {  // for this one step, which may fail
    auto& approvals = sale.approvals ? *sale.approvals : sale.approvals.emplace();
    approvals.insert(approvals.end(), granted.begin(), granted.end());
  }
  sale.note = r.basket_.note;
  if (r.shift_) sale.shift = r.shift_->opening.opening->number;
  if (r.settings_.training) sale.training = true;
  return sale;
}

}  // namespace lanekeeper::till
