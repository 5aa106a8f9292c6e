// Taking money, and the fact that a completed sale becomes.

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t max_tenders = 20;
constexpr Money shortest_barcode_as_amount = Money::of_minor(10'000'000'00);  // eight digits before the point

Result<void> check_cash(Money amount) {
  if (amount <= sale::max_cash_tendered) return {};
  if (amount >= shortest_barcode_as_amount && amount.minor() % 100 == 0) {
    return fail("register.looks_like_barcode",
                "This looks like a barcode, not a number to enter. Clear the field, then scan the goods.",
                {{"text", std::to_string(amount.minor() / 100)}});
  }
  return fail("register.amount_too_large", "Nobody pays that much in cash. Check the amount.",
              {{"most", sale::max_cash_tendered.to_string()}});
}

}  // namespace

Result<Effects> Register::Impl::apply(const BeginTender&) {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
  if (!detail::has_live_lines(r.basket_)) return fail("register.empty_basket", "Nothing has been scanned yet.");
  if (r.tendering_) return Effects{};
  // The sale belongs to the business day on which it is paid, and so do its tax rates.
  auto priced = price(r.basket_);
  if (!priced) return fail(std::move(priced.error()));
  if (r.basket_.returned_sale) {
    if (auto ok = may_pay_out(priced->basket.total); !ok) return fail(std::move(ok.error()));
  }
  take_over(std::move(r.basket_), std::move(*priced));
  r.tendering_ = true;
  r.pending_quantity_.reset();
  return Effects{};
}

Result<Effects> Register::Impl::apply(const BackToSale&) {
  if (!r.basket_.tenders.empty()) {
    return fail("register.tender_taken", "Money was taken already. Give it back and remove it first.");
  }
  r.tendering_ = false;
  return Effects{};
}

Result<Effects> Register::Impl::apply(const TenderCash& command) {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  if (!r.tendering_) return fail("register.not_tendering", "Press total before taking money.");
  if (r.basket_.returned_sale && command.amount > Money()) {
    return fail("return.pays_out", "Money goes back here and none is taken. Pay out what is shown.");
  }
  const bool nothing_due = settle(r.basket_, r.priced_.total, r.settings_.cash_rounding).covered;
  if (command.amount.is_negative() || (command.amount.is_zero() && !nothing_due)) {
    return fail("register.bad_amount", "Enter an amount such as 50 or 49.90.", {{"text", command.amount.to_string()}});
  }
  if (auto ok = check_cash(command.amount); !ok) return fail(std::move(ok.error()));
  if (r.basket_.tenders.size() >= max_tenders) {
    return fail("register.too_many_tenders", "This sale has too many payments. Remove some and take them together.",
                {{"most", std::to_string(max_tenders)}});
  }
  r.last_command_took_money_ = !command.amount.is_zero();
  if (r.last_command_took_money_) {
    r.basket_.tenders.push_back({sale::TenderKind::cash, command.amount, {}});
  }
  if (!settle(r.basket_, r.priced_.total, r.settings_.cash_rounding).covered) {
    return Effects{PersistBasket{r.basket_}};
  }
  r.committing_ = true;
  return Effects{CommitSale{completed_sale()}};
}

Result<Effects> Register::Impl::apply(const VoidTender& command) {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  if (command.index >= r.basket_.tenders.size()) {
    return fail("register.no_tender", "There is no such payment. Select one of those shown.");
  }
  r.basket_.tenders.erase(r.basket_.tenders.begin() + static_cast<std::ptrdiff_t>(command.index));
  return Effects{PersistBasket{r.basket_}};
}

sale::RetailTransaction Register::Impl::completed_sale() const {
  const auto rounding = r.basket_.returned_sale ? r.basket_.returned_sale->cash_rounding : r.settings_.cash_rounding;
  const auto settlement = settle(r.basket_, r.priced_.total, rounding);
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
  sale.cash_rounding = rounding;
  sale.cash_adjustment = settlement.adjustment;
  sale.payable = settlement.payable;
  sale.tenders = r.basket_.tenders;
  sale.change = settlement.change;
  sale.age_refusals = r.basket_.age_refusals;
  sale.promotions = r.basket_.promotions;
  sale.member = r.basket_.member;
  sale.coupons = r.basket_.coupons;
  sale.discount = r.basket_.discount;
  sale.returned_sale = r.basket_.returned_sale;
  return sale;
}

}  // namespace lanekeeper::till
