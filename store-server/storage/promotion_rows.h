// Published promotions made ready for pricing, and what pricing a sale with them leaves in the tables. Used when a sale
// is stored and again when the audit looks whether the rows are still right.
#pragma once

#include "pricing/goods.h"
#include "pricing/promotion_index.h"
#include "storage/promotion_repository.h"
#include "storage/sale_rows.h"

namespace lanekeeper::storage {

// Fault("promotion.damaged") when the stored definitions cannot be read.
[[nodiscard]] pricing::PromotionIndex index_of(const PromotionBookRow& book);

// Does it have a limit beyond the basket, so that its uses are counted?
[[nodiscard]] bool is_counted(const pricing::Promotion& promotion);

// Fills rows.uses and rows.coupons from what pricing the sale's basket with these promotions gave.
void add_promotion_rows(const sale::RetailTransaction& sale, const pricing::PromotionIndex& promotions,
                        const pricing::PricedGoods& priced, SaleRows& rows);

}  // namespace lanekeeper::storage
