#include "shop_promotions.h"

#include <random>
#include <string>

#include "base/error.h"
#include "pricing/promotion_json.h"

namespace lanekeeper::bench {
namespace {

using pricing::Promotion;

class Leaflet {
 public:
  Leaflet(const std::vector<catalogue::Item>& goods, std::uint64_t seed) : goods_(goods), random_(seed) {}

  Promotion make(int number) {
    Promotion promotion;
    promotion.id = "P" + std::to_string(100'000 + number);
    promotion.name = "优惠" + std::to_string(number);
    if (number % 50 == 0) return wide(std::move(promotion), number / 50);
    switch (number % 10) {
      case 0:
      case 1:
      case 2:
        promotion.offer = pricing::FixedPrice{part_of_price(promotion.scope, 1, any(60, 95))};
        return promotion;
      case 3:
        promotion.scope = articles(any(1, 3));
        promotion.offer = pricing::PercentOff{Rate::of_per_10k(any(5, 40) * 100), false};
        return promotion;
      case 4:
        promotion.offer = pricing::FixedPrice{part_of_price(promotion.scope, 1, any(60, 95))};
        promotion.audience.members = true;
        return promotion;
      case 5:
      case 6: {
        const auto pieces = any(2, 3);
        promotion.offer = pricing::Multibuy{pieces, part_of_price(promotion.scope, pieces, any(60, 90))};
        extend(promotion.scope, any(1, 5));
        return promotion;
      }
      case 7:
      case 8:
        promotion.scope = articles(any(1, 6));
        promotion.offer =
            number % 2 == 0 ? pricing::NthOff{3, Rate::of_per_10k(10'000)} : pricing::NthOff{2, Rate::of_per_10k(5000)};
        return promotion;
      default:
        promotion.offer = bundle();
        return promotion;
    }
  }

 private:
  std::int64_t any(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
  }
  const catalogue::Item& article() {
    return goods_[static_cast<std::size_t>(any(0, static_cast<std::int64_t>(goods_.size()) - 1))];
  }
  void extend(pricing::Scope& scope, std::int64_t by) {
    while (by-- > 0) scope.items.push_back(article().number);
  }
  pricing::Scope articles(std::int64_t count) {
    pricing::Scope scope;
    extend(scope, count);
    return scope;
  }
  // Begins the scope with an article, and gives so many percent of what so many pieces of it cost.
  Money part_of_price(pricing::Scope& scope, std::int64_t pieces, std::int64_t percent) {
    const auto& item = article();
    scope.items = {item.number};
    const auto price = item.prices.empty() ? Money::of_minor(100) : item.prices.front().amount;
    return share(Money::of_minor(price.minor() * pieces), Rate::of_per_10k(percent * 100), Rounding::half_up);
  }
  pricing::Bundle bundle() {
    pricing::Bundle bundle;
    bundle.groups = {{articles(any(1, 3)), 1}, {articles(any(1, 3)), any(1, 2)}};
    if (any(0, 1) == 0) {
      bundle.value = pricing::TogetherPercent{Rate::of_per_10k(any(8, 25) * 100)};
    } else {
      bundle.value = pricing::TogetherAmount{Money::of_minor(any(50, 400))};
    }
    return bundle;
  }
  Promotion wide(Promotion promotion, int number) {
    if (number % 4 == 0) {
      promotion.layer = pricing::Layer::basket;
      promotion.priority = number;
      promotion.scope.categories = {std::to_string(article().category)};
      pricing::Spend spend;
      spend.tiers = {{Money::of_minor(10'000), Money::of_minor(1000)}};
      promotion.offer = spend;
      return promotion;
    }
    const auto& any_article = article();
    if (any_article.brand.empty()) {
      promotion.scope = articles(6);
    } else {
      promotion.scope.brands = {any_article.brand};
    }
    promotion.offer = pricing::NthOff{number % 2 == 0 ? 3 : 2, Rate::of_per_10k(number % 2 == 0 ? 10'000 : 5000)};
    return promotion;
  }

  const std::vector<catalogue::Item>& goods_;
  std::mt19937_64 random_;
};

}  // namespace

std::vector<Promotion> shop_promotion_list(const std::vector<catalogue::Item>& goods, int count, std::uint64_t seed) {
  Leaflet leaflet(goods, seed);
  std::vector<Promotion> promotions;
  promotions.reserve(static_cast<std::size_t>(count));
  for (int number = 1; number <= count; ++number) promotions.push_back(leaflet.make(number));
  return promotions;
}

pricing::PromotionCalendar shop_promotions(const std::vector<catalogue::Item>& goods, int count, std::uint64_t seed) {
  auto compiled = pricing::PromotionIndex::compile(shop_promotion_list(goods, count, seed), 1);
  if (!compiled) throw Fault("bench.conditions", compiled.error().message);
  return pricing::PromotionCalendar({{Instant{0}, std::move(*compiled)}});
}

std::string definitions_of(const std::vector<pricing::Promotion>& promotions) {
  std::string definitions;
  const char* separator = "[";
  for (const auto& promotion : promotions) {
    definitions += separator + pricing::write_promotion(promotion);
    separator = ",\n";
  }
  return definitions + "]";
}

}  // namespace lanekeeper::bench
