#include "register/entry.h"

#include <algorithm>

#include "barcode/gtin.h"
#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr std::string_view regular_list = "regular";
constexpr std::size_t canonical_gtin_digits = 14;

// What a receipt and a list call the goods: with the size, unless the name already says it.
std::string full_name(const catalogue::Item& item) {
  if (item.spec.empty() || item.name.find(item.spec) != std::string::npos) return item.name;
  return item.name + " " + item.spec;
}

bool is_pack(const catalogue::ItemCode& code) {
  return code.pack_price.has_value() || code.pack_quantity != Quantity::of_units(1);
}

sale::BasketLine describe_goods(const Entry& entry, const ZonedTime& now) {
  const catalogue::Item& item = entry.match.item;
  sale::BasketLine line;
  line.item = item.id;
  line.item_number = item.number;
  line.name = full_name(item);
  line.name_en = item.name_en;
  line.code = sanitize_utf8(entry.raw_code.empty() ? shown_code(entry.match.code.code) : entry.raw_code);
  line.category = item.category;
  line.brand = item.brand;
  line.tax_category = item.tax_category;
  line.unit = item.unit;
  line.age_confirmed = entry.age_confirmed;
  line.discount_blocked = item.discount_blocked;
  if (item.deposit.value_or(false)) line.deposit = line.discount_blocked = true;
  line.tare = entry.tare;
  line.entered_at = now;
  return line;
}

// The label's amount is the price, to the fen; the quantity it stands for is only for stock.
Result<void> fill_from_amount(const Entry& entry, sale::BasketLine& line) {
  if (entry.amount->minor() <= 0) {
    return fail("register.label_zero", "The label says nothing is to be paid. Have it weighed and labelled again.",
                {{"code", line.code}});
  }
  line.fixed_amount = entry.amount;
  const bool by_weight = line.unit == catalogue::UnitOfMeasure::kilogram;
  if (by_weight && entry.weight) {
    line.quantity = *entry.weight;
  } else {
    line.quantity = std::max(quantity_for(*entry.amount, line.unit_price), Quantity::of_milli(1));
  }
  if (by_weight) {
    line.weight_source = sale::WeightSource::label;
    if (entry.weight) return check_weight(*entry.weight);
  }
  return {};
}

Result<void> fill_from_weight(const Entry& entry, sale::BasketLine& line) {
  if (line.unit != catalogue::UnitOfMeasure::kilogram) {
    return fail("register.label_mismatch",
                "The label carries a weight, but this item is sold by the piece. Check the scale's label format.",
                {{"code", line.code}, {"name", line.name}, {"name_en", line.name_en}});
  }
  if (auto ok = check_weight(*entry.weight); !ok) return ok;
  line.quantity = *entry.weight;
  line.weight_source = entry.weight_source;
  return {};
}

Result<void> fill_from_pack(const Entry& entry, sale::BasketLine& line) {
  const catalogue::ItemCode& code = entry.match.code;
  const Quantity packs = entry.units.value_or(Quantity::of_units(1));
  const std::int64_t count = packs.milli() / 1000;
  const std::int64_t pack_milli = code.pack_quantity.milli();
  const bool by_weight = line.unit == catalogue::UnitOfMeasure::kilogram;
  const Quantity most = by_weight ? sale::max_line_weight : Quantity::of_units(sale::max_line_units);
  if (count < 1 || pack_milli <= 0 || pack_milli > most.milli() / count) {
    return fail("register.bad_quantity", "That many packs do not fit on one line. Enter a smaller quantity.",
                {{"most", most.to_string()}});
  }
  line.quantity = Quantity::of_milli(pack_milli * count);
  if (by_weight) line.weight_source = sale::WeightSource::label;
  if (!code.pack_price) return {};
  auto amount = multiply(*code.pack_price, packs);
  if (!amount) return fail(std::move(amount.error()));
  line.fixed_amount = *amount;
  return {};
}

Result<void> fill_quantity(const Entry& entry, sale::BasketLine& line) {
  if (entry.units) {
    if (auto ok = check_units(*entry.units); !ok) return ok;
  }
  if (entry.amount || entry.weight) {
    if (entry.units && *entry.units != Quantity::of_units(1)) {
      const bool label = entry.amount.has_value() || entry.weight_source == sale::WeightSource::label;
      return label ? fail("register.label_quantity", "A label stands for one package. Scan each label by itself.")
                   : fail("register.weighed_quantity", "This item is weighed. Weigh it without a quantity.");
    }
    return entry.amount ? fill_from_amount(entry, line) : fill_from_weight(entry, line);
  }
  if (is_pack(entry.match.code)) return fill_from_pack(entry, line);
  line.quantity = entry.units.value_or(Quantity::of_units(1));
  return {};
}

// What members and tiers pay for it, where that is less.
std::optional<std::vector<sale::ListPrice>> list_prices(const catalogue::Item& item, Money regular, Instant now) {
  std::vector<sale::ListPrice> prices;
  for (const auto& price : item.prices) {
    const bool seen = std::any_of(prices.begin(), prices.end(), [&](const auto& p) { return p.list == price.list; });
    if (price.list == regular_list || seen) continue;
    const auto amount = catalogue::price_at(item, price.list, now);
    if (amount && !amount->is_negative() && *amount < regular) prices.push_back({price.list, *amount});
  }
  if (prices.empty()) return std::nullopt;
  std::sort(prices.begin(), prices.end(), [](const auto& a, const auto& b) { return a.list < b.list; });
  return prices;
}

Error::Details described(const catalogue::Item& item) {
  auto details = names_of(item);
  details.emplace_back("number", item.number);
  return details;
}

// What is charged for one of it. Goods whose price is typed in need none of their own.
Result<Money> unit_price(const Entry& entry, Instant now) {
  const catalogue::Item& item = entry.match.item;
  if (!item.open_price.value_or(false)) return selling_price(item, now);
  if (auto ok = check_sellable(item); !ok) return fail(std::move(ok.error()));
  if (entry.price) return *entry.price;
  return std::max(catalogue::price_at(item, regular_list, now).value_or(Money()), Money());
}

}  // namespace

Result<void> check_sellable(const catalogue::Item& item) {
  if (!item.active) return fail("item.inactive", "This item is no longer sold. Set it aside.", described(item));
  if (!item.sale_blocked) return {};
  return fail("item.blocked", "This item must not be sold. Set it aside and tell the manager.", described(item));
}

Result<Money> selling_price(const catalogue::Item& item, Instant now) {
  if (auto ok = check_sellable(item); !ok) return fail(std::move(ok.error()));
  const auto price = catalogue::price_at(item, regular_list, now);
  if (!price || price->is_negative()) {
    return fail("item.no_price", "This item has no price yet. Set it aside and tell the manager.", described(item));
  }
  return *price;
}

bool needs_price(const Entry& entry) {
  return entry.match.item.open_price.value_or(false) && !entry.price && !entry.amount && !entry.match.code.pack_price;
}

bool needs_weight(const Entry& entry) {
  return entry.match.item.unit == catalogue::UnitOfMeasure::kilogram && !entry.amount && !entry.weight &&
         !is_pack(entry.match.code);
}

Result<sale::BasketLine> make_line(const Entry& entry, const ZonedTime& now) {
  const auto price = unit_price(entry, now.instant);
  if (!price) return fail(price.error());
  sale::BasketLine line = describe_goods(entry, now);
  line.unit_price = *price;
  if (entry.price) {
    line.open_price = true;
  } else if (!line.deposit) {
    line.list_prices = list_prices(entry.match.item, *price, now.instant);
  }
  if (auto filled = fill_quantity(entry, line); !filled) return fail(std::move(filled.error()));
  if (auto gross = checked_gross(line); !gross) return fail(std::move(gross.error()));
  return line;
}

bool can_merge(const sale::BasketLine& last, const sale::BasketLine& line) {
  const auto plain = [](const sale::BasketLine& l) {
    return !l.voided && !l.fixed_amount && !l.price_override && !l.discount && !l.open_price && !l.returns &&
           !l.entered_by && !l.note && l.unit == catalogue::UnitOfMeasure::piece && l.quantity.is_whole();
  };
  return plain(last) && plain(line) && last.item == line.item && last.code == line.code &&
         last.unit_price == line.unit_price && last.list_prices == line.list_prices &&
         last.tax_category == line.tax_category && last.name == line.name &&
         last.quantity + line.quantity <= Quantity::of_units(sale::max_line_units);
}

Result<void> check_units(Quantity units) {
  if (units.is_whole() && units.milli() >= 1000 && units <= Quantity::of_units(sale::max_line_units)) return {};
  return fail("register.bad_quantity", "A quantity is a whole number from 1 to 9999.",
              {{"most", std::to_string(sale::max_line_units)}});
}

Result<void> check_weight(Quantity weight) {
  if (weight.milli() > 0 && weight <= sale::max_line_weight) return {};
  return fail("register.bad_weight", "A weight must be above 0 and at most 500 kg. Weigh the goods again.",
              {{"most", sale::max_line_weight.to_string()}});
}

Result<NetWeight> net_weight(Quantity gross, std::optional<Quantity> tare, Quantity own_tare) {
  if (auto ok = check_weight(gross); !ok) return fail(std::move(ok.error()));
  if (tare && (*tare < Quantity() || *tare >= gross)) {
    return fail("register.bad_tare", "The tare must be less than the weight. Check it, or weigh again.",
                {{"tare", tare->to_string()}, {"weight", gross.to_string()}});
  }
  const Quantity off = tare.value_or(own_tare);
  if (off <= Quantity()) return NetWeight{gross, std::nullopt};
  if (off >= gross) {
    return fail("register.weight_not_positive", "Nothing is left without the container. Put the goods on the scale.",
                {{"tare", off.to_string()}, {"weight", gross.to_string()}});
  }
  return NetWeight{gross - off, off};
}

Result<Money> checked_gross(const sale::BasketLine& line) {
  Money gross;
  if (line.fixed_amount) {
    gross = *line.fixed_amount;
  } else {
    auto product = multiply(line.unit_price, line.quantity);
    if (!product) return product;
    gross = *product;
  }
  if (gross.is_negative() || gross > sale::max_line_amount) {
    return fail("register.line_too_large", "The amount of this line is too large. Check quantity and price.",
                {{"most", sale::max_line_amount.to_string()}});
  }
  return gross;
}

bool may_be_another_code(const Error& refusal) {
  static constexpr std::string_view certain[] = {"barcode.payment_code", "barcode.recalled", "barcode.expired"};
  return refusal.code.starts_with("barcode.") &&
         std::find(std::begin(certain), std::end(certain), refusal.code) == std::end(certain);
}

Error::Details names_of(const catalogue::Item& item) {
  return {{"name", item.name}, {"name_en", item.name_en}};
}

catalogue::ItemSummary item_summary(const catalogue::Item& item, Instant now) {
  catalogue::ItemSummary summary;
  summary.id = item.id;
  summary.number = item.number;
  summary.name = item.name;
  summary.name_en = item.name_en;
  summary.spec = item.spec;
  if (!item.codes.empty()) summary.code = shown_code(item.codes.front().code);
  summary.unit = item.unit;
  summary.price = catalogue::price_at(item, regular_list, now);
  summary.open_price = item.open_price.value_or(false);
  return summary;
}

std::string shown_code(const std::string& code) {
  if (code.size() == canonical_gtin_digits && is_ascii_digits(code)) return barcode::display_gtin(code);
  return code;
}

}  // namespace lanekeeper::till
