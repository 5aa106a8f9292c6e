// Goods into the basket.

#include <algorithm>

#include "barcode/decode.h"
#include "barcode/gtin.h"
#include "base/text.h"
#include "register/entry.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr int number_candidates = 8;

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

// Goods that are past their date or called back come back for exactly that.
bool only_forbids_selling(const Error& refusal) {
  return refusal.code == "barcode.recalled" || refusal.code == "barcode.expired";
}

// Of what a code says by the way: what somebody should look at before the goods are sold.
std::vector<Error> warnings_of(const barcode::DecodedScan& scanned, const catalogue::Item& item) {
  std::vector<Error> warnings;
  for (const auto& notice : scanned.warnings) {
    const bool of_date = notice.code == "barcode.past_best_before" || notice.code == "barcode.past_sell_by";
    if (of_date) warnings.push_back({notice.code, notice.message, names_of(item)});
  }
  return warnings;
}

std::int64_t confirmed_age(const sale::Basket& basket) {
  std::int64_t age = 0;
  for (const auto& line : basket.lines) age = std::max(age, line.age_confirmed.value_or(0));
  return age;
}

}  // namespace

std::optional<catalogue::ItemId> Register::goods_of(const std::string& code, const ZonedTime& now) const {
  barcode::DecodeContext context;
  context.layouts = settings_.layouts;
  context.now = now;
  context.currency = settings_.currency;
  context.partners_required = false;
  const auto scanned = barcode::decode(code, barcode::Symbology::unknown, context);
  if (!scanned) return std::nullopt;
  const auto matches = find(items_, *scanned);
  if (matches.empty()) return std::nullopt;
  return matches.front().item.id;
}

Result<std::vector<Entry>> Register::Impl::resolve(const std::string& data, barcode::Symbology symbology,
                                                   bool coming_back) const {
  barcode::DecodeContext context;
  context.layouts = r.settings_.layouts;
  context.now = moment.time;
  context.currency = r.settings_.currency;
  context.partners_required = false;  // the partner may be in another barcode of the same goods
  auto scanned = barcode::decode(data, symbology, context);
  if (!scanned) return fail(std::move(scanned.error()));
  auto refused = barcode::refusal(*scanned, barcode::Purpose::goods, moment.time, r.settings_.recalls);
  if (refused && !(coming_back && only_forbids_selling(*refused))) return fail(std::move(*refused));
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
    entry.warnings = warnings_of(*scanned, entry.match.item);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<Effects> Register::Impl::apply(const Scan& command) {
  if (auto ok = may_ring(); !ok) return fail(std::move(ok.error()));
  // A quantity belongs to the next scan alone, also when that scan is refused: it must never meet other goods.
  const auto units = std::exchange(r.pending_quantity_, std::nullopt);
  auto entries = resolve(command.data, command.symbology, comes_back_blind());
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

// Goods that are picked by name have no batch at hand: only what is called back as a whole is known.
std::optional<Error> Register::Impl::recalled(const std::string& code) const {
  barcode::DecodedScan scan;
  scan.kind = barcode::DecodedScan::Kind::gtin;
  scan.code = code;
  return barcode::refusal(scan, barcode::Purpose::goods, moment.time, r.settings_.recalls);
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
  if (auto refused = recalled(code); refused && !comes_back_blind()) return fail(std::move(*refused));
  entry.match = {std::move(*item), {code, Quantity::of_units(1), {}}};
  return enter(std::move(entry));
}

Result<Effects> Register::Impl::apply(const PendingQuantity& command) {
  if (auto ok = may_ring(); !ok) return fail(std::move(ok.error()));
  if (auto ok = check_units(command.quantity); !ok) return fail(std::move(ok.error()));
  r.pending_quantity_ = command.quantity;
  return Effects{};
}

Result<Entry> Register::Impl::entry_to_weigh(const std::string& code) const {
  if (code.empty()) {
    if (r.waiting_for_weight_) return *r.waiting_for_weight_;
    if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
    return fail("register.nothing_to_weigh", "No item waits for a weight. Enter or scan it first.");
  }
  if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
  auto entries = resolve(code, barcode::Symbology::typed, comes_back_blind());
  if (!entries) return fail(std::move(entries.error()));
  auto& entry = entries->front();
  const bool weighable = entry.match.item.unit == catalogue::UnitOfMeasure::kilogram && !entry.amount && !entry.weight;
  if (entries->size() == 1 && weighable) return std::move(entry);
  return fail("register.not_weighed", "This item is not weighed at the till. Scan it instead.",
              names_of(entry.match.item));
}

Result<Effects> Register::Impl::apply(const Weigh& command) {
  if (auto ok = may_sell(); !ok) return fail(std::move(ok.error()));
  const bool manual = command.source == sale::WeightSource::manual;
  if (manual) {
    if (auto ok = permit(access::Permission::weight_manual); !ok) return fail(std::move(ok.error()));
  }
  auto entry = entry_to_weigh(command.code);
  if (!entry) return fail(std::move(entry.error()));
  const auto net = net_weight(command.weight, command.tare, manual ? Quantity() : entry->match.item.tare);
  if (!net) return fail(net.error());
  entry->weight = net->weight;
  entry->tare = net->tare;
  entry->weight_source = manual ? sale::WeightSource::manual : sale::WeightSource::scale;
  r.pending_quantity_.reset();
  return enter(std::move(*entry));
}

Result<Effects> Register::Impl::apply(const EnterPrice& command) {
  if (auto ok = may_sell(); !ok) return fail(std::move(ok.error()));
  if (!r.waiting_for_price_) {
    if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
    return fail("register.no_price_waiting", "No item waits for a price. Enter it first.");
  }
  if (command.unit_price <= Money() || command.unit_price > max_unit_price) {
    return fail("register.bad_price", "A price is an amount up to 1000000.00.", {{"most", max_unit_price.to_string()}});
  }
  auto allowed = permit_within(
      access::Permission::sale_open_price, std::nullopt,
      [&command](const access::Limits& limits) { return command.unit_price <= limits.max_open_price; },
      [](const access::Limits& limits) {
        return Error{"price.over_limit",
                     "You may not enter a price that high. Check it, or ask a supervisor.",
                     {{"most", limits.max_open_price.to_string()}}};
      });
  if (!allowed) return fail(std::move(allowed.error()));
  Entry entry = *r.waiting_for_price_;
  entry.price = command.unit_price;
  return enter(std::move(entry));
}

// What was allowed for the goods waits with them.
Result<Effects> Register::Impl::hold(std::optional<Entry>& place, Entry entry, Error why) {
  forget_waiting();
  entry.approvals = std::move(granted);
  granted.clear();
  place = std::move(entry);
  return fail(std::move(why));
}

Result<Effects> Register::Impl::enter(Entry entry) {
  granted.insert(granted.begin(), entry.approvals.begin(), entry.approvals.end());
  if (comes_back_blind()) return enter_blind(std::move(entry));
  const catalogue::Item& item = entry.match.item;
  if (!item.open_price.value_or(false)) {
    if (auto price = selling_price(item, moment.time.instant); !price) return fail(std::move(price.error()));
  } else if (auto ok = check_sellable(item); !ok) {
    return fail(std::move(ok.error()));
  }
  if (auto ok = sold_now(item); !ok) {
    // What waited until its hours were over would wait for nothing. Of several goods another one may be right.
    if (r.choices_.empty()) forget_waiting();
    return fail(std::move(ok.error()));
  }
  if (item.minimum_age > 0) {
    if (item.minimum_age > std::max(confirmed_age(r.basket_), entry.age_confirmed.value_or(0))) {
      Error error{"register.age_check", "This item may only be sold from an age on. Check the customer's age.",
                  names_of(item)};
      error.details.emplace_back("age", std::to_string(item.minimum_age));
      return hold(r.held_for_age_, std::move(entry), std::move(error));
    }
    entry.age_confirmed = item.minimum_age;
  }
  if (needs_price(entry)) {
    Error error{"register.price_needed", "This item has no price of its own. Enter its price.", names_of(item)};
    return hold(r.waiting_for_price_, std::move(entry), std::move(error));
  }
  if (needs_weight(entry)) {
    if (entry.units && *entry.units != Quantity::of_units(1)) {
      return fail("register.weighed_quantity", "This item is weighed. Weigh it without a quantity.", names_of(item));
    }
    Error error{"register.weight_needed", "This item is sold by weight. Put it on the scale.", names_of(item)};
    return hold(r.waiting_for_weight_, std::move(entry), std::move(error));
  }
  auto line = make_line(entry, moment.time);
  if (!line) return fail(std::move(line.error()));
  auto effects = add_line(std::move(*line));
  if (effects) r.scan_warnings_ = std::move(entry.warnings);
  return effects;
}

Result<Effects> Register::Impl::add_line(sale::BasketLine line) {
  sale::Basket next = r.basket_;
  if (next.lines.empty()) begin_basket(next);
  begin_selling(next);
  std::int64_t entered = 0;
  if (!next.lines.empty() && can_merge(next.lines.back(), line)) {
    next.lines.back().quantity += line.quantity;
    entered = next.lines.back().line;
    if (auto gross = checked_gross(next.lines.back()); !gross) return fail(std::move(gross.error()));
  } else {
    if (auto ok = detail::has_room(next); !ok) return fail(std::move(ok.error()));
    line.line = entered = next.next_line++;
    next.lines.push_back(std::move(line));
  }
  for (auto& approval : granted) approval.line = entered;
  auto effects = adopt(std::move(next));
  if (!effects) return effects;
  forget_waiting();
  r.last_sale_.reset();
  r.last_line_ = r.selected_line_ = entered;
  const sale::BasketLine& last = r.basket_.lines.back();
  effects->emplace_back(ShowItem{last.name, r.priced_.lines.back().net, r.priced_.total});
  return effects;
}

}  // namespace lanekeeper::till
