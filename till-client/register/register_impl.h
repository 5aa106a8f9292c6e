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

  // ---- money (tendering.cpp) ----
  Result<Effects> apply(const BeginTender&);
  Result<Effects> apply(const BackToSale&);
  Result<Effects> apply(const TenderCash& command);
  Result<Effects> apply(const VoidTender& command);
  [[nodiscard]] sale::RetailTransaction completed_sale() const;

  // ---- what several of them need ----
  Result<void> may_ring() const;  // signed in, not tendering, nothing waiting for an answer
  Result<void> may_change_lines() const;
  Result<void> nothing_waiting() const;
  Result<void> permit(access::Permission permission) const;
  Result<std::vector<Entry>> resolve(const std::string& data, barcode::Symbology symbology) const;
  Result<Effects> enter(Entry entry);
  Result<Effects> add_line(sale::BasketLine line);
  // Prices the changed basket and takes it over; refuses it when it cannot be priced.
  Result<Effects> adopt(sale::Basket next);
  Result<sale::BasketLine*> live_line(sale::Basket& basket, std::int64_t line) const;
  [[nodiscard]] pricing::PricingContext context(Date date) const;
  void forget_waiting();
  void clear_basket();
  void begin_settings();
};

namespace detail {
[[nodiscard]] bool has_live_lines(const sale::Basket& basket);
// For a restored basket that cannot be priced yet (the store's settings are not known): sums without tax.
[[nodiscard]] sale::PricedBasket sums_only(const sale::Basket& basket);
}  // namespace detail

}  // namespace lanekeeper::till
