#include "model/item_form.h"

#include <array>

#include "barcode/gtin.h"
#include "base/text.h"
#include "catalogue/sale_hours.h"

namespace lanekeeper::office {
namespace {

constexpr std::string_view regular_list = "regular";
constexpr std::int64_t highest_age = 120;

template <class Visit>
void for_each_field(Visit visit) {
  visit(ItemField::name, &ItemForm::name);
  visit(ItemField::name_en, &ItemForm::name_en);
  visit(ItemField::number, &ItemForm::number);
  visit(ItemField::spec, &ItemForm::spec);
  visit(ItemField::brand, &ItemForm::brand);
  visit(ItemField::mnemonic, &ItemForm::mnemonic);
  visit(ItemField::category, &ItemForm::category);
  visit(ItemField::tax, &ItemForm::tax);
  visit(ItemField::weighed, &ItemForm::weighed);
  visit(ItemField::codes, &ItemForm::codes);
  visit(ItemField::price, &ItemForm::price);
  visit(ItemField::timing, &ItemForm::timing);
  visit(ItemField::coming_price, &ItemForm::keep_coming_price);
  visit(ItemField::cost, &ItemForm::cost);
  visit(ItemField::tare, &ItemForm::tare);
  visit(ItemField::minimum_age, &ItemForm::minimum_age);
  visit(ItemField::active, &ItemForm::active);
  visit(ItemField::sale_blocked, &ItemForm::sale_blocked);
  visit(ItemField::discount_blocked, &ItemForm::discount_blocked);
  visit(ItemField::return_blocked, &ItemForm::return_blocked);
  visit(ItemField::open_price, &ItemForm::open_price);
  visit(ItemField::deposit, &ItemForm::deposit);
  visit(ItemField::sale_hours, &ItemForm::sale_hours);
}

// What is not so is left out, as it is stored.
std::optional<bool> true_or_nothing(bool flag) {
  return flag ? std::optional(true) : std::nullopt;
}

std::string trimmed(const std::string& text) {
  return std::string(trim(text));
}

// Collects problems while fields are read.
class FormReader {
 public:
  FormReader(const ItemForm& form, const FormContext& context) : form_(form), context_(context) {}

  std::optional<Money> money(ItemField field, const std::string& text, std::size_t row = 0) {
    const auto amount = optional_of(field, row, text, [](std::string_view value) { return Money::parse(value); });
    if (amount && amount->is_negative()) {
      problem(field, row,
              {"item.negative_price", "A price cannot be negative. Correct it.", {{"price", amount->to_string()}}});
    }
    return amount;
  }
  std::optional<Quantity> quantity(ItemField field, const std::string& text, std::size_t row = 0) {
    return optional_of(field, row, text, [](std::string_view value) { return Quantity::parse(value); });
  }
  std::optional<catalogue::SaleHours> hours() {
    return optional_of(ItemField::sale_hours, 0, form_.sale_hours,
                       [](std::string_view value) { return catalogue::parse_sale_hours(value); });
  }

  std::int64_t age() {
    const std::string text = trimmed(form_.minimum_age);
    if (text.empty()) return 0;
    if (is_ascii_digits(text) && text.size() <= 3) {
      const std::int64_t years = std::stoll(text);
      if (years <= highest_age) return years;
    }
    problem(ItemField::minimum_age, 0,
            {"item.bad_age", "The minimum age must lie between 0 and 120. Correct it.", {{"age", text}}});
    return 0;
  }

  std::vector<catalogue::ItemCode> codes() {
    std::vector<catalogue::ItemCode> result;
    for (std::size_t row = 0; row < form_.codes.size(); ++row) {
      if (trim(form_.codes[row].code).empty()) continue;
      result.push_back(code(row));
    }
    return result;
  }

  void problem(ItemField field, std::size_t row, Error error) { problems_.push_back({field, row, std::move(error)}); }
  [[nodiscard]] bool has(ItemField field) const {
    return std::any_of(problems_.begin(), problems_.end(), [&](const auto& p) { return p.field == field; });
  }
  [[nodiscard]] bool has_code(std::string_view code) const {
    return std::any_of(problems_.begin(), problems_.end(), [&](const auto& p) { return p.error.code == code; });
  }
  [[nodiscard]] std::vector<FieldProblem> take() { return std::move(problems_); }

 private:
  template <class Parse>
  auto optional_of(ItemField field, std::size_t row, const std::string& text, Parse parse)
      -> std::optional<typename decltype(parse(std::string_view()))::value_type> {
    const auto value = trim(text);
    if (value.empty()) return std::nullopt;
    auto parsed = parse(value);
    if (parsed) return *parsed;
    problem(field, row, parsed.error());
    return std::nullopt;
  }

  catalogue::ItemCode code(std::size_t row) {
    const CodeForm& typed = form_.codes[row];
    catalogue::ItemCode result;
    const auto scanned = barcode::parse_scan(typed.code, barcode::Symbology::typed, context_.layouts);
    if (scanned) {
      result.code = scanned->code;
    } else {
      result.code = trimmed(typed.code);
      problem(ItemField::codes, row, scanned.error());
    }
    if (const auto count = quantity(ItemField::codes, typed.pack_quantity, row)) result.pack_quantity = *count;
    result.pack_price = money(ItemField::codes, typed.pack_price, row);
    return result;
  }

  const ItemForm& form_;
  const FormContext& context_;
  std::vector<FieldProblem> problems_;
};

bool is_coming(const catalogue::Price& price, Instant now) {
  return price.valid_from && price.valid_from->instant > now;
}

void call_off_planned(catalogue::Item& item, Instant now) {
  std::erase_if(item.prices, [&](const auto& price) { return price.list == regular_list && is_coming(price, now); });
}

// The price as it is now goes, changes that were planned stay.
void set_price_now(catalogue::Item& item, Money amount, Instant now) {
  std::erase_if(item.prices, [&](const auto& price) { return price.list == regular_list && !is_coming(price, now); });
  item.prices.insert(item.prices.begin(),
                     catalogue::Price{std::string(regular_list), amount, std::nullopt, std::nullopt});
}

// Whatever was planned goes, the price as it is now stays until then.
void plan_price(catalogue::Item& item, Money amount, const ZonedTime& now) {
  call_off_planned(item, now.instant);
  item.prices.push_back({std::string(regular_list), amount, start_of_tomorrow(now), std::nullopt});
}

void take_price(catalogue::Item& item, const ItemForm& form, FormReader& reader, const ZonedTime& now) {
  const auto typed = reader.money(ItemField::price, form.price);
  if (reader.has(ItemField::price)) return;
  const auto current = catalogue::price_at(item, regular_list, now.instant);
  if (typed == current) return;
  if (!typed) {
    std::erase_if(item.prices,
                  [&](const auto& price) { return price.list == regular_list && !is_coming(price, now.instant); });
  } else if (form.timing == PriceTiming::tomorrow && current) {
    plan_price(item, *typed, now);
  } else {
    set_price_now(item, *typed, now.instant);
  }
}

}  // namespace

std::string shown_code(const std::string& code) {
  return code.size() == 14 && is_ascii_digits(code) ? barcode::display_gtin(code) : code;
}

ItemForm form_of(const catalogue::Item& item, Instant now) {
  ItemForm form;
  form.name = item.name;
  form.name_en = item.name_en;
  form.number = item.number;
  form.spec = item.spec;
  form.brand = item.brand;
  form.mnemonic = item.mnemonic;
  form.category = item.category;
  form.tax = item.tax_category;
  form.weighed = item.unit == catalogue::UnitOfMeasure::kilogram;
  for (const auto& code : item.codes) {
    form.codes.push_back({shown_code(code.code), code.pack_quantity.to_string(),
                          code.pack_price ? code.pack_price->to_string() : std::string()});
  }
  if (const auto price = catalogue::price_at(item, regular_list, now)) form.price = price->to_string();
  if (item.cost) form.cost = item.cost->to_string();
  if (item.tare != Quantity()) form.tare = item.tare.to_fixed_string();
  if (item.minimum_age > 0) form.minimum_age = std::to_string(item.minimum_age);
  form.active = item.active;
  form.sale_blocked = item.sale_blocked;
  form.discount_blocked = item.discount_blocked;
  form.return_blocked = item.return_blocked.value_or(false);
  form.open_price = item.open_price.value_or(false);
  form.deposit = item.deposit.value_or(false);
  if (item.sale_hours) form.sale_hours = catalogue::to_text(*item.sale_hours);
  return form;
}

CheckedForm check(const ItemForm& form, const catalogue::Item& base, const FormContext& context) {
  FormReader reader(form, context);
  CheckedForm result;
  catalogue::Item& item = result.item = base;
  item.name = trimmed(form.name);
  item.name_en = trimmed(form.name_en);
  item.number = trimmed(form.number);
  item.spec = trimmed(form.spec);
  item.brand = trimmed(form.brand);
  item.mnemonic = trimmed(form.mnemonic);
  if (item.mnemonic.empty()) item.mnemonic = catalogue::pinyin_initials(item.name);
  item.category = form.category;
  item.tax_category = form.tax;
  item.unit = form.weighed ? catalogue::UnitOfMeasure::kilogram : catalogue::UnitOfMeasure::piece;
  item.codes = reader.codes();
  // As the import does it: goods that only have a barcode are numbered by it.
  if (item.number.empty() && base.id == 0 && !item.codes.empty()) item.number = shown_code(item.codes.front().code);
  if (!form.keep_coming_price) call_off_planned(item, context.now.instant);
  take_price(item, form, reader, context.now);
  item.cost = reader.money(ItemField::cost, form.cost);
  item.tare = reader.quantity(ItemField::tare, form.tare).value_or(Quantity());
  item.minimum_age = reader.age();
  item.active = form.active;
  item.sale_blocked = form.sale_blocked;
  item.discount_blocked = form.discount_blocked;
  item.return_blocked = true_or_nothing(form.return_blocked);
  item.open_price = true_or_nothing(form.open_price);
  item.deposit = true_or_nothing(form.deposit);
  item.sale_hours = reader.hours();
  if (const auto valid = catalogue::validate(item); !valid) {
    const ItemField field = field_of(valid.error());
    // What the fields say of themselves is said there and not twice (a negative cost is a price to validate).
    if (!reader.has(field) && !reader.has_code(valid.error().code)) reader.problem(field, 0, valid.error());
  }
  result.problems = reader.take();
  return result;
}

bool follows_name(const ItemForm& form) {
  return trim(form.mnemonic).empty() || form.mnemonic == catalogue::pinyin_initials(form.name);
}

ItemField field_of(const Error& error) {
  struct Known {
    std::string_view code;
    ItemField field;
  };
  static constexpr std::array known{
      Known{"item.no_name", ItemField::name},         Known{"item.name_too_long", ItemField::name},
      Known{"item.no_number", ItemField::number},     Known{"item.number_too_long", ItemField::number},
      Known{"item.number_taken", ItemField::number},  Known{"item.negative_price", ItemField::price},
      Known{"item.price_too_high", ItemField::price}, Known{"item.bad_code", ItemField::codes},
      Known{"item.bad_pack", ItemField::codes},       Known{"item.code_taken", ItemField::codes},
      Known{"item.duplicate_code", ItemField::codes}, Known{"item.too_many_codes", ItemField::codes},
      Known{"item.bad_tare", ItemField::tare},        Known{"item.bad_age", ItemField::minimum_age},
      Known{"item.no_unit", ItemField::weighed},      Known{"item.unknown_category", ItemField::category},
      Known{"item.unknown_tax", ItemField::tax},      Known{"item.bad_sale_hours", ItemField::sale_hours},
      Known{"item.bad_deposit", ItemField::deposit},
  };
  for (const auto& [code, field] : known) {
    if (error.code == code) return field;
  }
  return error.code.starts_with("barcode.") ? ItemField::codes : ItemField::other;
}

MergedForm merge(const ItemForm& base, const ItemForm& mine, const ItemForm& theirs) {
  MergedForm result{theirs, {}};
  for_each_field([&](ItemField field, auto member) {
    if (mine.*member == base.*member) return;
    result.form.*member = mine.*member;
    if (theirs.*member != base.*member && theirs.*member != mine.*member) result.contested.push_back(field);
  });
  return result;
}

std::vector<ItemField> changed_fields(const ItemForm& from, const ItemForm& to) {
  std::vector<ItemField> result;
  for_each_field([&](ItemField field, auto member) {
    if (from.*member != to.*member) result.push_back(field);
  });
  return result;
}

const catalogue::Price* coming_price(const catalogue::Item& item, Instant now) {
  const catalogue::Price* next = nullptr;
  for (const auto& price : item.prices) {
    if (price.list != regular_list || !is_coming(price, now)) continue;
    if (next == nullptr || price.valid_from->instant < next->valid_from->instant) next = &price;
  }
  return next;
}

ZonedTime start_of_tomorrow(const ZonedTime& now) {
  constexpr std::int64_t minute_ms = 60'000;
  constexpr std::int64_t day_minutes = 24 * 60;
  const std::int64_t days = now.local_date().plus_days(1).days_since_1970();
  return {Instant{(days * day_minutes - now.utc_offset_min) * minute_ms}, now.utc_offset_min};
}

std::optional<Rate> margin(std::optional<Money> price, std::optional<Money> cost) {
  if (!price || !cost || price->minor() <= 0) return std::nullopt;
  const auto profit = static_cast<Int128>(price->minor() - cost->minor());
  return Rate::of_per_10k(divide(profit * 10'000, price->minor(), Rounding::half_up));
}

}  // namespace lanekeeper::office
