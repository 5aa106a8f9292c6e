// Goods into the basket, and what may be changed about them there.

#include <algorithm>

#include "barcode/decode.h"
#include "barcode/gtin.h"
#include "base/text.h"
#include "register/entry.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr Money max_unit_price = Money::of_minor(1'000'000'00);
constexpr int max_reason_columns = 100;
constexpr int number_candidates = 8;
constexpr std::string_view default_reason = "price.change";

std::string without_leading_zeros(const std::string& code) {
  const auto first = code.find_first_not_of('0');
  return first == std::string::npos ? code : code.substr(first);
}

// The shop's own item number is as good as a barcode when it is exactly what was entered.
std::vector<catalogue::ItemLookup::Match> find_by_number(const catalogue::ItemLookup& items,
                                                         const std::string& number) {
  std::vector<catalogue::ItemLookup::Match> matches;
  for (const auto& found : items.search(number, number_candidates, 0)) {
    if (found.number != number) continue;
    if (auto item = items.find_by_id(found.id))
      matches.push_back({std::move(*item), {number, Quantity::of_units(1), {}}});
  }
  return matches;
}

std::vector<catalogue::ItemLookup::Match> find(const catalogue::ItemLookup& items,
                                               const barcode::DecodedScan& scanned) {
  using Kind = barcode::DecodedScan::Kind;
  auto matches = items.find_by_code(scanned.code);
  if (!matches.empty() || scanned.kind == Kind::gtin) return matches;
  // Sixteen digits of the shop's own may look like an unmarked element string.
  if (scanned.kind == Kind::gs1) return items.find_by_code(scanned.raw);
  if (scanned.kind == Kind::variable_measure) {
    const auto stripped = without_leading_zeros(scanned.code);
    return stripped == scanned.code ? matches : items.find_by_code(stripped);
  }
  return find_by_number(items, scanned.code);
}

// What the code says besides its number. GS1 data tells the weight of goods that are sold by the piece as well, and a
// count for goods of which a package holds any number; a label of the shop says what is to be charged.
void take_measures(const barcode::DecodedScan& scanned, Entry& entry) {
  const bool gs1 = scanned.kind == barcode::DecodedScan::Kind::gs1;
  const bool by_weight = entry.match.item.unit == catalogue::UnitOfMeasure::kilogram;
  entry.amount = scanned.amount;
  if (scanned.weight && (by_weight || !gs1)) {
    entry.weight = scanned.weight;
    entry.weight_source = sale::WeightSource::label;
  }
  if (gs1 && scanned.count && !by_weight && !scanned.amount) entry.units = Quantity::of_units(*scanned.count);
}

std::int64_t confirmed_age(const sale::Basket& basket) {
  std::int64_t age = 0;
  for (const auto& line : basket.lines) age = std::max(age, line.age_confirmed.value_or(0));
  return age;
}

}  // namespace

Result<std::vector<Entry>> Register::Impl::resolve(const std::string& data, barcode::Symbology symbology) const {
  barcode::DecodeContext context;
  context.layouts = r.settings_.layouts;
  context.now = moment.time;
  context.currency = r.settings_.currency;
  context.partners_required = false;  // the partner may be in another barcode of the same goods
  auto scanned = barcode::decode(data, symbology, context);
  if (!scanned) return fail(std::move(scanned.error()));
  if (auto refused = barcode::refusal(*scanned, barcode::Purpose::goods, moment.time, r.settings_.recalls)) {
    return fail(std::move(*refused));
  }
  auto matches = find(r.items_, *scanned);
  if (matches.empty()) {
    return fail("barcode.unknown", "No item has this barcode. Set it aside, or search for it by name.",
                {{"barcode", sanitize_utf8(scanned->raw)}});
  }
  const bool gs1 = scanned->kind == barcode::DecodedScan::Kind::gs1;
  std::vector<Entry> entries;
  entries.reserve(matches.size());
  for (auto& match : matches) {
    Entry entry;
    entry.match = std::move(match);
    entry.seen_at = moment.time.instant;
    entry.raw_code = gs1 ? barcode::display_gtin(scanned->code) : scanned->raw;
    take_measures(*scanned, entry);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<Effects> Register::Impl::apply(const Scan& command) {
  if (auto ok = may_ring(); !ok) return fail(std::move(ok.error()));
  // A quantity belongs to the next scan alone, also when that scan is refused: it must never meet other goods.
  const auto units = std::exchange(r.pending_quantity_, std::nullopt);
  auto entries = resolve(command.data, command.symbology);
  if (!entries) {
    const auto code = std::string(trim(command.data));
    if (may_be_another_code(entries.error()) && is_coupon(code)) return apply(AddCoupon{code, false});
    return fail(std::move(entries.error()));
  }
  for (auto& entry : *entries) {
    if (units) entry.units = units;
  }
  if (entries->size() == 1) return enter(std::move(entries->front()));
  r.choices_ = std::move(*entries);
  return fail("register.choose_item", "Several items have this barcode. Pick the right one.",
              {{"barcode", sanitize_utf8(command.data)}, {"count", std::to_string(r.choices_.size())}});
}

Result<Effects> Register::Impl::apply(const AddItem& command) {
  if (auto ok = may_sell(); !ok) return fail(std::move(ok.error()));
  const auto chosen = std::find_if(r.choices_.begin(), r.choices_.end(),
                                   [&command](const Entry& entry) { return entry.match.item.id == command.item; });
  if (chosen != r.choices_.end()) return enter(Entry(*chosen));
  if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
  Entry entry;
  entry.seen_at = moment.time.instant;
  entry.units = std::exchange(r.pending_quantity_, std::nullopt);
  auto item = r.items_.find_by_id(command.item);
  if (!item) return fail("item.unknown", "This item is not in the catalogue any more. Search for it again.");
  const std::string code = item->codes.empty() ? item->number : item->codes.front().code;
  entry.match = {std::move(*item), {code, Quantity::of_units(1), {}}};
  return enter(std::move(entry));
}

Result<Effects> Register::Impl::apply(const PendingQuantity& command) {
  if (auto ok = may_ring(); !ok) return fail(std::move(ok.error()));
  if (auto ok = check_units(command.quantity); !ok) return fail(std::move(ok.error()));
  r.pending_quantity_ = command.quantity;
  return Effects{};
}

Result<Effects> Register::Impl::apply(const Weigh& command) {
  if (auto ok = may_sell(); !ok) return fail(std::move(ok.error()));
  if (command.source == sale::WeightSource::manual) {
    if (auto ok = permit(access::Permission::weight_manual); !ok) return fail(std::move(ok.error()));
  }
  Entry entry;
  if (command.code.empty()) {
    if (!r.waiting_for_weight_) {
      if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
      return fail("register.nothing_to_weigh", "No item waits for a weight. Enter or scan it first.");
    }
    entry = *r.waiting_for_weight_;
  } else {
    if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
    auto entries = resolve(command.code, barcode::Symbology::typed);
    if (!entries) return fail(std::move(entries.error()));
    entry = std::move(entries->front());
    const bool weighable =
        entry.match.item.unit == catalogue::UnitOfMeasure::kilogram && !entry.amount && !entry.weight;
    if (entries->size() > 1 || !weighable) {
      return fail("register.not_weighed", "This item is not weighed at the till. Scan it instead.",
                  names_of(entry.match.item));
    }
  }
  if (auto ok = check_weight(command.weight); !ok) return fail(std::move(ok.error()));
  entry.weight = command.weight;
  const bool manual = command.source == sale::WeightSource::manual;
  entry.weight_source = manual ? sale::WeightSource::manual : sale::WeightSource::scale;
  r.pending_quantity_.reset();
  return enter(std::move(entry));
}

Result<Effects> Register::Impl::enter(Entry entry) {
  const catalogue::Item& item = entry.match.item;
  if (auto price = selling_price(item, moment.time.instant); !price) return fail(std::move(price.error()));
  if (item.minimum_age > 0) {
    if (item.minimum_age > std::max(confirmed_age(r.basket_), entry.age_confirmed.value_or(0))) {
      Error error{"register.age_check", "This item may only be sold from an age on. Check the customer's age.",
                  names_of(item)};
      error.details.emplace_back("age", std::to_string(item.minimum_age));
      forget_waiting();
      r.held_for_age_ = std::move(entry);
      return fail(std::move(error));
    }
    entry.age_confirmed = item.minimum_age;
  }
  if (needs_weight(entry)) {
    if (entry.units && *entry.units != Quantity::of_units(1)) {
      return fail("register.weighed_quantity", "This item is weighed. Weigh it without a quantity.", names_of(item));
    }
    Error error{"register.weight_needed", "This item is sold by weight. Put it on the scale.", names_of(item)};
    forget_waiting();
    r.waiting_for_weight_ = std::move(entry);
    return fail(std::move(error));
  }
  auto line = make_line(entry, moment.time);
  if (!line) return fail(std::move(line.error()));
  return add_line(std::move(*line));
}

Result<Effects> Register::Impl::add_line(sale::BasketLine line) {
  sale::Basket next = r.basket_;
  if (next.lines.empty()) begin_basket(next);
  std::int64_t entered = 0;
  if (!next.lines.empty() && can_merge(next.lines.back(), line)) {
    next.lines.back().quantity += line.quantity;
    entered = next.lines.back().line;
    if (auto gross = checked_gross(next.lines.back()); !gross) return fail(std::move(gross.error()));
  } else {
    if (next.lines.size() >= sale::max_basket_lines) {
      return fail("register.basket_full",
                  "This sale has as many lines as a receipt can hold. Finish it and begin another.",
                  {{"most", std::to_string(sale::max_basket_lines)}});
    }
    line.line = entered = next.next_line++;
    next.lines.push_back(std::move(line));
  }
  auto effects = adopt(std::move(next));
  if (!effects) return effects;
  forget_waiting();
  r.last_sale_.reset();
  r.last_line_ = r.selected_line_ = entered;
  const sale::BasketLine& last = r.basket_.lines.back();
  effects->emplace_back(ShowItem{last.name, r.priced_.lines.back().net, r.priced_.total});
  return effects;
}

// What was there before the first line stays: the member, who was kept from what. From here on the promotions are
// fixed.
void Register::Impl::begin_basket(sale::Basket& next) {
  next.id = moment.fresh_id;
  next.cashier = r.cashier_->id;
  next.started_at = moment.time;
  if (next.returned_sale) return;
  r.promotions_ = r.settings_.promotions.in_force(moment.time.instant);
  next.promotions = sale::PromotionTerms{r.promotions_.version(), {}};
}

Result<pricing::ExplainedPrice> Register::Impl::price(const sale::Basket& next) const {
  return pricing::explain(next, r.promotions_, context(business_date(moment.time, r.settings_.day_start_minute)));
}

Effects Register::Impl::take_over(sale::Basket next, pricing::ExplainedPrice priced) {
  r.basket_ = std::move(next);
  r.priced_ = std::move(priced.basket);
  r.reasons_ = std::move(priced.goods);
  r.pricing_date_ = business_date(moment.time, r.settings_.day_start_minute);
  return {PersistBasket{r.basket_}};
}

Result<Effects> Register::Impl::adopt(sale::Basket next) {
  auto priced = price(next);
  if (!priced) return fail(std::move(priced.error()));
  return take_over(std::move(next), std::move(*priced));
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
  if (changed.fixed_amount) {
    return fail("register.fixed_line",
                "The amount of this line is fixed by its label or pack. Void it and scan again.");
  }
  if (auto ok = check_units(command.quantity); !ok) return fail(std::move(ok.error()));
  if (command.quantity < changed.quantity) {
    changed.reduced_from = std::max(changed.reduced_from.value_or(Quantity()), changed.quantity);
  }
  changed.quantity = command.quantity;
  if (auto gross = checked_gross(changed); !gross) return fail(std::move(gross.error()));
  auto effects = adopt(std::move(next));
  if (effects) r.selected_line_ = command.line;
  return effects;
}

Result<Effects> Register::Impl::apply(const OverridePrice& command) {
  if (auto ok = permit(access::Permission::price_override); !ok) return fail(std::move(ok.error()));
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
  trace.reason = truncate_to_width(sanitize_utf8(trim(command.reason)), max_reason_columns);
  if (trace.reason.empty()) trace.reason = default_reason;
  trace.approved_by = r.cashier_->id;
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
  if (auto ok = permit(access::Permission::sale_void_line); !ok) return fail(std::move(ok.error()));
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

Result<Effects> Register::Impl::apply(const VoidBasket&) {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  if (r.basket_.lines.empty() && !r.basket_.returned_sale) {
    return fail("register.empty_basket", "Nothing has been scanned yet.");
  }
  if (auto ok = permit(access::Permission::sale_void_basket); !ok) return fail(std::move(ok.error()));
  if (!r.basket_.tenders.empty()) {
    return fail("register.tender_taken", "Money was taken already. Give it back and remove it first.");
  }
  clear_basket();
  forget_waiting();
  r.pending_quantity_.reset();
  return Effects{PersistBasket{}};
}

Result<Effects> Register::Impl::apply(const SelectLine& command) {
  if (!r.cashier_) return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
  const bool there = std::any_of(r.basket_.lines.begin(), r.basket_.lines.end(),
                                 [&command](const auto& line) { return line.line == command.line; });
  if (!there) {
    return fail("register.no_line", "There is no such line. Select one of the lines shown.",
                {{"line", std::to_string(command.line)}});
  }
  r.selected_line_ = command.line;
  return Effects{};
}

}  // namespace lanekeeper::till
