#include "samples.h"

#include <stdexcept>

namespace lanekeeper::samples {
namespace {

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::logic_error(result.error().code + ": " + result.error().message);
  return std::move(*result);
}

}  // namespace

void CountingRandom::fill(std::span<unsigned char> out) {
  for (auto& byte : out) byte = next_++;
}

ZonedTime time_at(std::string_view iso) {
  return value_of(ZonedTime::parse(iso));
}
Uuid uuid(std::string_view text) {
  return value_of(Uuid::parse(text));
}
Money yuan(std::string_view text) {
  return value_of(Money::parse(text));
}
Quantity quantity(std::string_view text) {
  return value_of(Quantity::parse(text));
}
Rate percent(std::string_view text) {
  return value_of(Rate::parse_percent(text));
}

std::vector<catalogue::TaxCategory> taxes() {
  const auto category = [](catalogue::TaxCategoryId id, std::string letter, std::string_view rate) {
    return catalogue::TaxCategory{id, std::string(rate) + " %", std::move(letter), {{percent(rate), Date{1900, 1, 1}}}};
  };
  return {category(1, "A", "13"), category(2, "B", "9"), category(3, "C", "0")};
}

pricing::PricingContext context(pricing::TaxMode mode) {
  return {Date{2026, 11, 22}, mode, taxes()};
}

catalogue::Item item() {
  catalogue::Item item;
  item.id = 17;
  item.number = "100017";
  item.name = "可口可乐";
  item.name_en = "Coca-Cola";
  item.spec = "330ml";
  item.brand = "可口可乐";
  item.mnemonic = "kkkl";
  item.category = 4;
  item.tax_category = 1;
  item.codes = {{"06908512108211", Quantity::of_units(1), std::nullopt},
                {"16908512108218", Quantity::of_units(24), yuan("79.00")}};
  item.prices = {{"regular", yuan("3.50"), std::nullopt, std::nullopt}};
  item.cost = yuan("2.41");
  item.version = 12;
  return item;
}

sale::BasketLine line(std::int64_t number, std::string_view unit_price, std::string_view amount,
                      catalogue::TaxCategoryId tax_category) {
  sale::BasketLine line;
  line.line = number;
  line.item = 100 + number;
  line.item_number = std::to_string(100100 + number);
  line.name = "商品" + std::to_string(number);
  line.code = "06908512108211";
  line.category = 4;
  line.tax_category = tax_category;
  line.quantity = quantity(amount);
  if (!line.quantity.is_whole()) {
    line.unit = catalogue::UnitOfMeasure::kilogram;
    line.weight_source = sale::WeightSource::scale;
  }
  line.unit_price = yuan(unit_price);
  line.entered_at = time_at("2026-11-22T10:00:05+08:00");
  return line;
}

sale::Basket basket(std::vector<sale::BasketLine> lines) {
  sale::Basket basket;
  basket.id = uuid("0193525f-7c00-7000-8000-000000000001");
  basket.cashier = 7;
  basket.started_at = time_at("2026-11-22T10:00:00+08:00");
  basket.next_line = static_cast<std::int64_t>(lines.size()) + 1;
  basket.lines = std::move(lines);
  return basket;
}

sale::RetailTransaction finished_sale(const sale::Basket& basket, std::string_view tendered, pricing::TaxMode mode,
                                      CashRounding rounding) {
  sale::RetailTransaction sale;
  sale.id = basket.id;
  sale.till = 3;
  sale.receipt_number = 1;
  sale.business_date = Date{2026, 11, 22};
  sale.started_at = basket.started_at;
  sale.completed_at = time_at("2026-11-22T10:00:30+08:00");
  sale.cashier = basket.cashier;
  sale.cashier_number = "1027";
  sale.currency = "CNY";
  sale.catalogue_version = 12;
  sale.software = "0.1.0";
  sale.lines = basket.lines;
  sale.priced = value_of(pricing::price(basket, {}, context(mode)));
  sale.cash_rounding = rounding;
  sale.cash_adjustment = cash_rounding_adjustment(sale.priced.total, rounding);
  sale.payable = sale.priced.total + sale.cash_adjustment;
  sale.tenders = {{sale::TenderKind::cash, yuan(tendered), ""}};
  sale.change = sale.tenders.front().amount - sale.payable;
  return sale;
}

sale::RetailTransaction finished_sale() {
  auto voided = line(2, "12.80", "1");
  voided.voided = true;
  voided.voided_by = 7;
  return finished_sale(basket({line(1, "3.50", "2"), voided, line(3, "7.96", "0.836", 2)}), "20.00");
}

}  // namespace lanekeeper::samples
