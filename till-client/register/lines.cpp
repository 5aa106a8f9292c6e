// What may be changed about goods that are in the basket.

#include <algorithm>

#include "register/entry.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

// What a piece or kg cost before anybody changed it. Goods whose price only their label says have it from there.
Money regular_unit_price(const sale::BasketLine& line) {
  if (line.price_override) return line.price_override->regular_unit_price;
  if (!line.fixed_amount || !line.unit_price.is_zero() || line.quantity <= Quantity()) return line.unit_price;
  return Money::of_minor(divide(Int128{line.fixed_amount->minor()} * 1000, line.quantity.milli(), Rounding::half_up));
}

}  // namespace

Result<Money> regular_gross(const sale::BasketLine& line) {
  if (!line.price_override) return checked_gross(line);
  return multiply(line.price_override->regular_unit_price, line.quantity);
}

// What somebody sets the price of goods to takes off as much as a discount would.
Result<const access::StaffMember*> Register::Impl::permit_price(const sale::BasketLine& before,
                                                                const sale::BasketLine& after) {
  const auto regular = regular_gross(before);
  if (!regular) return fail(regular.error());
  const auto now = checked_gross(after);
  if (!now) return fail(now.error());
  const Money fall = *regular - *now;
  const auto most = [&](const access::Limits& limits) { return pricing::percent_off(*regular, limits.max_discount); };
  return permit_within(
      access::Permission::price_override, before.line,
      [&](const access::Limits& limits) { return fall <= Money() || fall <= most(limits); },
      [&](const access::Limits& limits) {
        return Error{"price.too_low",
                     "You may not lower the price that far. Enter a higher one, or ask a manager.",
                     {{"most", most(limits).to_string()}, {"percent", limits.max_discount.to_percent_string()}}};
      });
}

Result<sale::BasketLine*> Register::Impl::live_line(sale::Basket& basket, std::int64_t number) const {
  if (auto ok = may_change_lines(); !ok) return fail(std::move(ok.error()));
  const auto found = std::find_if(basket.lines.begin(), basket.lines.end(),
                                  [number](const sale::BasketLine& line) { return line.line == number; });
  if (found == basket.lines.end()) {
    return fail("register.no_line", "There is no such line. Select one of the lines shown.",
                {{"line", std::to_string(number)}});
  }
  if (found->voided) {
    return fail("register.line_voided", "This line is void already.", {{"line", std::to_string(number)}});
  }
  return &*found;
}

Result<Effects> Register::Impl::apply(const SetLineQuantity& command) {
  sale::Basket next = r.basket_;
  auto line = live_line(next, command.line);
  if (!line) return fail(std::move(line.error()));
  sale::BasketLine& changed = **line;
  if (changed.unit == catalogue::UnitOfMeasure::kilogram) {
    return fail("register.weighed_line", "A weighed line cannot be changed. Void it and weigh again.");
  }
  if (sale::gives_deposit_back(changed)) {
    return fail("deposit.line_fixed",
                "A deposit that is given back cannot be changed. Void the line and enter it again.");
  }
  if (changed.fixed_amount) {
    return fail("register.fixed_line",
                "The amount of this line is fixed by its label or pack. Void it and scan again.");
  }
  if (auto ok = check_units(command.quantity); !ok) return fail(std::move(ok.error()));
  if (command.quantity < changed.quantity) {
    if (auto ok = permit(access::Permission::sale_void_line, command.line); !ok) return fail(std::move(ok.error()));
    changed.reduced_from = std::max(changed.reduced_from.value_or(Quantity()), changed.quantity);
  } else if (command.quantity > changed.quantity) {
    if (auto ok = sold_now(changed); !ok) return fail(std::move(ok.error()));
  }
  changed.quantity = command.quantity;
  if (auto gross = checked_gross(changed); !gross) return fail(std::move(gross.error()));
  auto effects = adopt(std::move(next));
  if (effects) r.selected_line_ = command.line;
  return effects;
}

Result<Effects> Register::Impl::apply(const OverridePrice& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (command.unit_price.is_negative() || command.unit_price > max_unit_price) {
    return fail("register.bad_price", "A price is an amount from 0 to 1000000.00.",
                {{"most", max_unit_price.to_string()}});
  }
  sale::Basket next = r.basket_;
  auto line = live_line(next, command.line);
  if (!line) return fail(std::move(line.error()));
  sale::BasketLine& changed = **line;
  if (changed.deposit.value_or(false)) {
    return fail("deposit.price_fixed", "A deposit always has its own price.");
  }
  if (changed.returns) {
    return fail("return.as_sold", "What comes back has the price at which it was sold.");
  }
  const sale::BasketLine before = changed;
  sale::PriceOverride trace;
  trace.regular_unit_price = regular_unit_price(changed);
  trace.reason = detail::clean_reason(command.reason);
  changed.unit_price = command.unit_price;
  changed.fixed_amount.reset();
  changed.discount.reset();  // a price that was given by hand is what it is
  const auto allowed = permit_price(before, changed);
  if (!allowed) return fail(allowed.error());
  if (trace.reason.empty()) return fail("price.reason_needed", "Enter the reason of the new price.");
  trace.approved_by = (*allowed)->id;
  changed.price_override = std::move(trace);
  auto effects = adopt(std::move(next));
  if (effects) r.selected_line_ = command.line;
  return effects;
}

Result<Effects> Register::Impl::apply(const VoidLine& command) {
  if (auto ok = permit(access::Permission::sale_void_line, command.line); !ok) return fail(std::move(ok.error()));
  sale::Basket next = r.basket_;
  auto line = live_line(next, command.line);
  if (!line) return fail(std::move(line.error()));
  if (auto ok = detail::may_void(next, **line); !ok) return fail(std::move(ok.error()));
  (*line)->voided = true;
  (*line)->voided_by = r.cashier_->id;
  auto effects = adopt(std::move(next));
  if (!effects) return effects;
  r.selected_line_ = command.line;
  if (command.line == r.last_line_) r.scan_warnings_.clear();
  return effects;
}

// What should be known of the goods that were entered last has been seen by whoever goes on to others.
Result<Effects> Register::Impl::apply(const SelectLine& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  const bool there = std::any_of(r.basket_.lines.begin(), r.basket_.lines.end(),
                                 [&command](const auto& line) { return line.line == command.line; });
  if (!there) {
    return fail("register.no_line", "There is no such line. Select one of the lines shown.",
                {{"line", std::to_string(command.line)}});
  }
  r.selected_line_ = command.line;
  if (command.line != r.last_line_) r.scan_warnings_.clear();
  return Effects{};
}

Result<Effects> Register::Impl::apply(const NoteLine& command) {
  sale::Basket next = r.basket_;
  auto line = live_line(next, command.line);
  if (!line) return fail(std::move(line.error()));
  auto note = detail::clean_note(command.note);
  if (!note) return fail(std::move(note.error()));
  (*line)->note = std::move(*note);
  r.basket_ = std::move(next);
  r.selected_line_ = command.line;
  return Effects{PersistBasket{r.basket_}};
}

Result<Effects> Register::Impl::apply(const NoteBasket& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  if (r.close_) return shift_is_closing();
  auto note = detail::clean_note(command.note);
  if (!note) return fail(std::move(note.error()));
  r.basket_.note = std::move(*note);
  return Effects{PersistBasket{r.basket_}};
}

}  // namespace lanekeeper::till
