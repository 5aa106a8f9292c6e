#include "storage/promotion_rows.h"

#include <map>

#include "pricing/promotion_json.h"

namespace lanekeeper::storage {

pricing::PromotionIndex index_of(const PromotionBookRow& book) {
  const auto damaged = [&](const Error& error) {
    return Fault("promotion.damaged",
                 "stored promotions " + std::to_string(book.version) + " cannot be read: " + error.message);
  };
  const auto parsed = pricing::exact_json::parse(book.definitions);
  if (!parsed) throw damaged(parsed.error());
  auto promotions = pricing::read_promotions(*parsed, {});
  if (!promotions) throw damaged(promotions.error());
  auto index = pricing::PromotionIndex::compile(std::move(*promotions), book.version);
  if (!index) throw damaged(index.error());
  return std::move(*index);
}

bool is_counted(const pricing::Promotion& promotion) {
  return promotion.max_per_member_day || promotion.max_total;
}

void add_promotion_rows(const sale::RetailTransaction& sale, const pricing::PromotionIndex& promotions,
                        const pricing::PricedGoods& priced, SaleRows& rows) {
  std::map<std::string, std::int64_t> uses;
  for (const auto& application : priced.applications) {
    const auto* promotion = promotions.find(application.promotion);
    if (promotion != nullptr && is_counted(*promotion)) uses[application.promotion] += application.uses;
  }
  rows.uses.clear();
  for (const auto& [promotion, count] : uses) {
    rows.uses.push_back({promotion, sale.member ? sale.member->id : 0, rows.header.business_date, count});
  }
  std::map<std::string, std::string> coupons;
  for (const auto& coupon : priced.coupons) {
    const bool spent = coupon.is_serial && coupon.state == pricing::CouponOutcome::State::applied;
    if (spent) coupons.emplace(coupon.code, coupon.promotion);
  }
  rows.coupons.clear();
  for (const auto& [code, promotion] : coupons) rows.coupons.push_back({code, promotion});
}

}  // namespace lanekeeper::storage
