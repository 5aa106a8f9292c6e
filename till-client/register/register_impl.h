// The register's inside: one function per command, spread over ringing.cpp, tendering.cpp and register.cpp. Only those
// files include this.
#pragma once

#include <vector>

#include "register/register.h"
#include "register/settlement.h"

namespace lanekeeper::till {

using Effects = std::vector<Effect>;

struct Register::Impl {
  Register& r;
  const Moment& moment;

  // ---- people (register.cpp) ----
  Result<Effects> apply(const SignedIn& command);
  Result<Effects> apply(const SignOut&);
  Result<Effects> apply(const Dismiss&);
  Result<Effects> apply(const ConfirmAge& command);
  Effects refuse_for_age();  // the held item: recorded and given up

  // ---- goods (ringing.cpp) ----
  Result<Effects> apply(const Scan& command);
  Result<Effects> apply(const AddItem& command);
  Result<Effects> apply(const PendingQuantity& command);
  Result<Effects> apply(const Weigh& command);
  Result<Effects> apply(const SetLineQuantity& command);
  Result<Effects> apply(const OverridePrice& command);
  Result<Effects> apply(const VoidLine& command);
  Result<Effects> apply(const VoidBasket&);
  Result<Effects> apply(const SelectLine& command);

  // ---- what makes it cheaper (terms.cpp) ----
  Result<Effects> apply(const IdentifyMember& command);
  Result<Effects> apply(const AddCoupon& command);
  Result<Effects> apply(const RemoveCoupon& command);
  Result<Effects> apply(const DiscountLine& command);
  Result<Effects> apply(const DiscountBasket& command);
  Result<Effects> apply(const SetRemainingUses& command);

  // ---- goods that come back (returning.cpp) ----
  Result<Effects> apply(const BeginReturn& command);
  Result<Effects> apply(const ReturnLine& command);

  // ---- money (tendering.cpp) ----
  Result<Effects> apply(const BeginTender&);
  Result<Effects> apply(const BackToSale&);
  Result<Effects> apply(const TenderCash& command);
  Result<Effects> apply(const VoidTender& command);
  [[nodiscard]] sale::RetailTransaction completed_sale() const;

  // ---- still to be written ----
  template <class C>
  Result<Effects> apply(const C&) {
    return fail("register.not_there_yet", "Not there yet.");
  }

  // ---- what several of them need ----
  Result<void> may_ring() const;  // may sell, nothing waiting for an answer
  Result<void> may_sell() const;  // may change lines, and none of them comes back
  Result<void> may_change_lines() const;
  Result<void> may_change_terms() const;  // of a sale, until money is taken
  Result<void> may_begin_return() const;
  Result<void> may_pay_out(Money total) const;
  Result<void> nothing_waiting() const;
  Result<void> permit(access::Permission permission) const;
  Result<std::vector<Entry>> resolve(const std::string& data, barcode::Symbology symbology) const;
  Result<Effects> enter(Entry entry);
  [[nodiscard]] bool is_coupon(const std::string& code) const;
  Result<Effects> add_line(sale::BasketLine line);
  void begin_basket(sale::Basket& next);
  [[nodiscard]] Result<sale::BasketLine> returning_line(const ReturnLine& command) const;
  // Prices the changed basket and takes it over; refuses it when it cannot be priced.
  Result<Effects> adopt(sale::Basket next);
  [[nodiscard]] Result<pricing::ExplainedPrice> price(const sale::Basket& next) const;
  Effects take_over(sale::Basket next, pricing::ExplainedPrice priced);
  void price_restored();
  Result<sale::BasketLine*> live_line(sale::Basket& basket, std::int64_t line) const;
  [[nodiscard]] pricing::PricingContext context(Date date) const;
  void forget_waiting();
  void clear_basket();
  void begin_settings();
};

namespace detail {
[[nodiscard]] bool has_live_lines(const sale::Basket& basket);
// What came back of a line of the sale before the next line that returns some of it.
[[nodiscard]] Quantity returned_before(const sale::Basket& basket, const sale::ReturnableSale& sold, std::int64_t line);
// Goods that come back are taken out again in reverse: what went before decides what goes back for the later ones.
// return.void_newest_first (detail "line")
[[nodiscard]] Result<void> may_void(const sale::Basket& basket, const sale::BasketLine& line);
// For a restored basket that cannot be priced yet (the store's settings are not known): sums without tax.
[[nodiscard]] sale::PricedBasket sums_only(const sale::Basket& basket);
}  // namespace detail

}  // namespace lanekeeper::till
