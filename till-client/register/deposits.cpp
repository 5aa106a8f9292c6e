// Deposits that are given back: in any basket, without a receipt, at their price. Blocked goods come back like any
// others; what a crate's code stands for counts, its own price does not.

#include <algorithm>

#include "register/entry.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

bool is_deposit(const catalogue::Item& item) {
  return item.deposit.value_or(false) && item.unit == catalogue::UnitOfMeasure::piece;
}

Money given_back_so_far(const sale::Basket& basket) {
  Money sum;
  for (const auto& line : basket.lines) {
    if (!line.voided && sale::gives_deposit_back(line)) sum -= line.fixed_amount.value_or(Money());
  }
  return sum;
}

tl::unexpected<Error> not_one(const catalogue::Item& item) {
  return fail("deposit.not_one", "These goods are no deposit. Take one of the list.", names_of(item));
}

}  // namespace

Result<void> Register::Impl::may_take_back_deposit() const {
  if (auto ok = may_change_lines(); !ok) return ok;
  if (auto ok = nothing_waiting(); !ok) return ok;
  if (!r.returning_) return {};
  const auto mode = detail::tax_mode_of(r.returning_->sale).value_or(r.settings_.tax_mode);
  if (mode == r.settings_.tax_mode) return {};
  return fail("return.no_exchange",
              "These goods were sold with tax reckoned in another way. Give the deposit back apart.");
}

Result<Entry> Register::Impl::deposit_meant(const TakeBackDeposit& command) const {
  if (command.item != 0) {
    auto item = r.items_.find_by_id(command.item);
    if (!item) return fail("item.unknown", "This item is not in the catalogue any more. Search for it again.");
    Entry entry;
    entry.seen_at = moment.time.instant;
    const std::string code = item->codes.empty() ? item->number : item->codes.front().code;
    entry.match = {std::move(*item), {code, Quantity::of_units(1), {}}};
    return entry;
  }
  auto entries = resolve(command.code, barcode::Symbology::unknown, true);
  if (!entries) return fail(std::move(entries.error()));
  const auto first = entries->front().match.item;
  std::erase_if(*entries, [](const Entry& entry) { return !is_deposit(entry.match.item); });
  if (entries->empty()) return not_one(first);
  if (entries->size() == 1) return std::move(entries->front());
  return fail("deposit.choose", "Several deposits have this barcode. Pick the right one from the list.",
              {{"count", std::to_string(entries->size())}});
}

Result<sale::BasketLine> Register::Impl::deposit_line(Entry entry, Quantity quantity) const {
  catalogue::Item& item = entry.match.item;
  if (!is_deposit(item)) return not_one(item);
  item.sale_blocked = false;
  item.open_price.reset();
  entry.match.code.pack_price.reset();
  entry.units = quantity;
  entry.amount.reset();
  entry.weight.reset();
  entry.price.reset();
  entry.age_confirmed.reset();
  auto line = make_line(entry, moment.time);
  if (!line) return line;
  const auto amount = multiply(line->unit_price, line->quantity);
  if (!amount) return fail(amount.error());
  give_back(*line, *amount, sale::ReturnedTo::supplier);
  return line;
}

Result<Effects> Register::Impl::enter_deposit(Entry entry, Quantity quantity) {
  if (auto ok = check_units(quantity); !ok) {
    return fail("deposit.bad_quantity", "A quantity is a whole number from 1 to 9999.", std::move(ok.error().details));
  }
  auto line = deposit_line(std::move(entry), quantity);
  if (!line) return fail(std::move(line.error()));
  const Money sum = given_back_so_far(r.basket_) - line->fixed_amount.value_or(Money());
  const auto allowed = permit_within(
      access::Permission::sale_deposit_back, r.basket_.next_line,
      [sum](const access::Limits& limits) { return sum <= limits.max_deposit_back; },
      [sum](const access::Limits& limits) {
        return Error{"deposit.over_limit",
                     "You may not give back that much for deposits. Take back fewer, or ask a supervisor.",
                     {{"most", limits.max_deposit_back.to_string()}, {"amount", sum.to_string()}}};
      });
  if (!allowed) return fail(allowed.error());
  auto effects = adopt_returned(std::move(*line), false);
  if (effects) forget_waiting();
  return effects;
}

// A quantity that waits belongs to this alone, but stays while somebody is asked to allow so many.
Result<Effects> Register::Impl::apply(const TakeBackDeposit& command) {
  if (auto ok = may_take_back_deposit(); !ok) return fail(std::move(ok.error()));
  const bool plain = command.quantity == Quantity::of_units(1);
  const auto quantity = plain ? r.pending_quantity_.value_or(command.quantity) : command.quantity;
  auto entry = deposit_meant(command);
  auto effects = entry ? enter_deposit(std::move(*entry), quantity) : fail(std::move(entry.error()));
  if (effects || effects.error().code != "deposit.over_limit") r.pending_quantity_.reset();
  return effects;
}

}  // namespace lanekeeper::till
