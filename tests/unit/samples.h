// Values that several tests need: a source of known "random" bytes, goods, a basket, a finished sale.
#pragma once

#include <cstdint>
#include <string>

#include "base/ids.h"
#include "catalogue/item.h"
#include "pricing/price.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::samples {

// Bytes 0, 1, 2, ... : the same in every run.
class CountingRandom : public RandomSource {
 public:
  void fill(std::span<unsigned char> out) override;

 private:
  unsigned char next_ = 0;
};

[[nodiscard]] ZonedTime time_at(std::string_view iso);
[[nodiscard]] Uuid uuid(std::string_view text);
[[nodiscard]] Money yuan(std::string_view text);
[[nodiscard]] Quantity quantity(std::string_view text);
[[nodiscard]] Rate percent(std::string_view text);

// Tax category 1 "A" 13 %, 2 "B" 9 %, 3 "C" 0 %, with the rates of China.
[[nodiscard]] std::vector<catalogue::TaxCategory> taxes();
[[nodiscard]] pricing::PricingContext context(pricing::TaxMode mode = pricing::TaxMode::inclusive);

[[nodiscard]] catalogue::Item item();  // valid: cola at 3.50 with one GTIN and a pack of 24

[[nodiscard]] sale::BasketLine line(std::int64_t number, std::string_view unit_price, std::string_view quantity,
                                    catalogue::TaxCategoryId tax_category = 1);
[[nodiscard]] sale::Basket basket(std::vector<sale::BasketLine> lines);

// The basket priced, paid in cash with what is tendered (change is worked out), and recorded. Throws when that fails.
[[nodiscard]] sale::RetailTransaction finished_sale(const sale::Basket& basket, std::string_view tendered,
                                                    pricing::TaxMode mode = pricing::TaxMode::inclusive,
                                                    CashRounding rounding = CashRounding::none);
// Three lines, one of them voided, one weighed.
[[nodiscard]] sale::RetailTransaction finished_sale();

}  // namespace lanekeeper::samples
