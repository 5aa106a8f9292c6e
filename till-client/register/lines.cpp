// What may be changed about goods that are in the basket.

#include <algorithm>

#include "register/entry.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr std::string_view default_reason = "price.change";

}  // namespace

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
  if (changed.fixed_amount) {
    return fail("register.fixed_line",
                "The amount of this line is fixed by its label or pack. Void it and scan again.");
  }
  if (auto ok = check_units(command.quantity); !ok) return fail(std::move(ok.error()));
  if (command.quantity < changed.quantity) {
    if (auto ok = permit(access::Permission::sale_void_line, command.line); !ok) return fail(std::move(ok.error()));
    changed.reduced_from = std::max(changed.reduced_from.value_or(Quantity()), changed.quantity);
  }
  changed.quantity = command.quantity;
  if (auto gross = checked_gross(changed); !gross) return fail(std::move(gross.error()));
  auto effects = adopt(std::move(next));
  if (effects) r.selected_line_ = command.line;
  return effects;
}

Result<Effects> Register::Impl::apply(const OverridePrice& command) {
  const auto allowed = permit(access::Permission::price_override, command.line);
  if (!allowed) return fail(allowed.error());
  if (command.unit_price.is_negative() || command.unit_price > max_unit_price) {
    return fail("register.bad_price", "A price is an amount from 0 to 1000000.00.",
                {{"most", max_unit_price.to_string()}});
  }
  sale::Basket next = r.basket_;
  auto line = live_line(next, command.line);
  if (!line) return fail(std::move(line.error()));
  sale::BasketLine& changed = **line;
  if (changed.returns) {
    return fail("return.as_sold", "What comes back has the price at which it was sold.");
  }
  sale::PriceOverride trace;
  trace.regular_unit_price = changed.price_override ? changed.price_override->regular_unit_price : changed.unit_price;
  trace.reason = detail::clean_reason(command.reason);
  if (trace.reason.empty()) trace.reason = default_reason;
  trace.approved_by = (*allowed)->id;
  changed.price_override = std::move(trace);
  changed.unit_price = command.unit_price;
  changed.fixed_amount.reset();
  changed.discount.reset();  // a price that was given by hand is what it is
  if (auto gross = checked_gross(changed); !gross) return fail(std::move(gross.error()));
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
  if (effects) r.selected_line_ = command.line;
  return effects;
}

Result<Effects> Register::Impl::apply(const SelectLine& command) {
  if (auto ok = signed_in(); !ok) return fail(std::move(ok.error()));
  const bool there = std::any_of(r.basket_.lines.begin(), r.basket_.lines.end(),
                                 [&command](const auto& line) { return line.line == command.line; });
  if (!there) {
    return fail("register.no_line", "There is no such line. Select one of the lines shown.",
                {{"line", std::to_string(command.line)}});
  }
  r.selected_line_ = command.line;
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
