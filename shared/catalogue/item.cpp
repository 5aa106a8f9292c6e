#include "catalogue/item.h"

#include <algorithm>

#include "base/text.h"

namespace lanekeeper::catalogue {
namespace {

constexpr std::size_t max_name_length = 120;  // characters
constexpr std::size_t max_number_length = 32;
constexpr std::size_t max_spec_length = 60;
constexpr std::size_t max_brand_length = 60;
constexpr std::size_t max_mnemonic_length = 200;
constexpr std::size_t max_code_length = 64;
constexpr std::size_t max_codes = 200;
constexpr std::size_t max_prices = 200;
constexpr Money max_price = Money::of_minor(1'000'000'00);
constexpr Quantity max_pack = Quantity::of_units(9999);
constexpr Quantity max_tare = Quantity::of_units(50);
constexpr std::int64_t max_minimum_age = 120;

std::size_t length(std::string_view text) {
  return to_utf32(text).size();
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Error::Details limit_detail(std::size_t limit) {
  return {{"limit", std::to_string(limit)}};
}

Result<void> check_words(const Item& item) {
  if (trim(item.name).empty()) return fail("item.no_name", "The item has no name. Enter one.");
  if (length(item.name) > max_name_length) {
    return fail("item.name_too_long", "The name is too long. Shorten it.", limit_detail(max_name_length));
  }
  if (trim(item.number).empty()) return fail("item.no_number", "The item has no item number. Enter one.");
  if (length(item.number) > max_number_length) {
    return fail("item.number_too_long", "The item number is too long. Shorten it.", limit_detail(max_number_length));
  }
  const std::pair<std::string_view, std::size_t> others[] = {{item.name_en, max_name_length},
                                                             {item.spec, max_spec_length},
                                                             {item.brand, max_brand_length},
                                                             {item.mnemonic, max_mnemonic_length}};
  for (const auto& [text, limit] : others) {
    if (length(text) > limit) {
      return fail("item.text_too_long", "English name, specification, brand or mnemonic is too long. Shorten it.",
                  limit_detail(limit));
    }
  }
  for (const std::string_view text :
       {std::string_view(item.name), std::string_view(item.number), std::string_view(item.name_en),
        std::string_view(item.spec), std::string_view(item.brand), std::string_view(item.mnemonic)}) {
    if (!is_valid_utf8(text) || has_control_characters(text)) {
      return fail("item.bad_characters", "A text of the item contains control characters. Type it again.");
    }
  }
  return {};
}

Result<void> check_amount(Money amount) {
  const Error::Details details{{"price", amount.to_string()}};
  if (amount.is_negative()) return fail("item.negative_price", "A price cannot be negative. Correct it.", details);
  if (amount > max_price) {
    return fail("item.price_too_high", "The price is above 1,000,000.00. Check the decimal point.", details);
  }
  return {};
}

Result<void> check_prices(const Item& item) {
  if (item.prices.size() > max_prices) {
    return fail("item.too_many_prices", "The item has too many prices. Delete the expired ones.",
                limit_detail(max_prices));
  }
  for (const auto& price : item.prices) {
    if (auto amount = check_amount(price.amount); !amount) return amount;
    if (price.list.empty()) return fail("item.no_price_list", "A price belongs to no price list. Choose one.");
    if (price.valid_from && price.valid_to && price.valid_to->instant <= price.valid_from->instant) {
      return fail("item.bad_period", "A price ends before it begins. Correct its dates.");
    }
  }
  if (item.cost) return check_amount(*item.cost);
  return {};
}

Result<void> check_code(const ItemCode& code, UnitOfMeasure unit) {
  const Error::Details details{{"barcode", code.code.substr(0, max_code_length)}};
  const bool printable = std::all_of(code.code.begin(), code.code.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (code.code.empty() || code.code.size() > max_code_length || !printable) {
    return fail("item.bad_code",
                "A barcode is empty, too long or has characters that barcodes do not have. Correct it.", details);
  }
  if (code.pack_quantity <= Quantity{} || code.pack_quantity > max_pack ||
      (unit == UnitOfMeasure::piece && !code.pack_quantity.is_whole())) {
    return fail("item.bad_pack", "A pack must hold 1 to 9999 whole pieces. Correct the pack quantity.", details);
  }
  if (code.pack_price) return check_amount(*code.pack_price);
  return {};
}

Result<void> check_codes(const Item& item) {
  if (item.codes.size() > max_codes) {
    return fail("item.too_many_codes", "The item has too many barcodes. Delete those no longer in use.",
                limit_detail(max_codes));
  }
  std::vector<std::string_view> seen;
  for (const auto& code : item.codes) {
    if (auto checked = check_code(code, item.unit); !checked) return checked;
    if (std::find(seen.begin(), seen.end(), code.code) != seen.end()) {
      return fail("item.duplicate_code", "The item has the same barcode twice. Delete one.", {{"barcode", code.code}});
    }
    seen.push_back(code.code);
  }
  return {};
}

bool is_minute_of_day(std::int64_t minute) {
  return minute >= 0 && minute < 24 * 60;
}

Result<void> check_rules(const Item& item) {
  if (item.sale_hours &&
      (!is_minute_of_day(item.sale_hours->from_minute) || !is_minute_of_day(item.sale_hours->to_minute) ||
       item.sale_hours->from_minute == item.sale_hours->to_minute)) {
    return fail("item.bad_sale_hours", "The hours of sale are two different times of the day. Correct them.");
  }
  const bool plain = item.unit == UnitOfMeasure::piece && !item.open_price.value_or(false) && item.minimum_age == 0;
  if (item.deposit.value_or(false) && !plain) {
    return fail("item.bad_deposit", "A deposit is not weighed, has a price of its own and no minimum age. Correct it.");
  }
  return {};
}

bool is_known(UnitOfMeasure unit) {
  return unit == UnitOfMeasure::piece || unit == UnitOfMeasure::kilogram;
}

}  // namespace

bool sold_at(const SaleHours& hours, const ZonedTime& time) {
  const std::int64_t minute = time.local_minute_of_day();
  if (hours.from_minute <= hours.to_minute) return hours.from_minute <= minute && minute < hours.to_minute;
  return minute >= hours.from_minute || minute < hours.to_minute;
}

std::optional<Money> price_at(const Item& item, std::string_view list, Instant at) {
  constexpr Instant always{INT64_MIN};
  const Price* best = nullptr;
  Instant best_begin = always;
  for (const auto& price : item.prices) {
    const Instant begin = price.valid_from ? price.valid_from->instant : always;
    const bool over = price.valid_to && price.valid_to->instant <= at;
    if (price.list != list || begin > at || over) continue;
    if (best == nullptr || begin > best_begin) {
      best = &price;
      best_begin = begin;
    }
  }
  if (best == nullptr) return std::nullopt;
  return best->amount;
}

Rate rate_on(const TaxCategory& category, Date date) {
  const TaxRate* latest = nullptr;
  for (const auto& rate : category.rates) {
    if (rate.valid_from > date) continue;
    if (latest == nullptr || rate.valid_from > latest->valid_from) latest = &rate;
  }
  return latest == nullptr ? Rate{} : latest->rate;
}

Result<void> validate(const Item& item) {
  if (auto words = check_words(item); !words) return words;
  if (!is_known(item.unit)) return fail("item.no_unit", "The item has no unit of measure. Choose piece or kilogram.");
  if (auto prices = check_prices(item); !prices) return prices;
  if (auto codes = check_codes(item); !codes) return codes;
  if (item.tare < Quantity{} || item.tare > max_tare) {
    return fail("item.bad_tare", "The tare must lie between 0 and 50 kg. Correct it.",
                {{"tare", item.tare.to_string()}});
  }
  if (item.minimum_age < 0 || item.minimum_age > max_minimum_age) {
    return fail("item.bad_age", "The minimum age must lie between 0 and 120. Correct it.",
                {{"age", std::to_string(item.minimum_age)}});
  }
  return check_rules(item);
}

}  // namespace lanekeeper::catalogue
