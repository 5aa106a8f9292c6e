#include "price_shop.h"

#include <algorithm>

namespace lanekeeper::bench {

namespace {

using namespace pricing;

// As price labels end: mostly .90, .80, .50, .00 and .99.
std::int64_t label_price(std::int64_t about) {
  constexpr std::int64_t ends[] = {90, 90, 80, 50, 99, 0, 90, 88, 60, 95};
  const auto whole = about / 100 * 100;
  return std::max<std::int64_t>(whole + ends[about % 10], 50);
}

}  // namespace

bool PriceShop::touches(const Promotion& promotion, const Goods& basket) {
  return std::any_of(basket.lines.begin(), basket.lines.end(), [&](const GoodsLine& line) {
    const GoodsKey key{line.item, line.category, line.brand};
    const auto* bundle = std::get_if<Bundle>(&promotion.offer);
    if (bundle == nullptr) return covers(promotion.scope, key);
    return std::any_of(bundle->groups.begin(), bundle->groups.end(),
                       [&](const BundleGroup& group) { return covers(group.scope, key); });
  });
}

PriceShop::Article PriceShop::article(int number) {
  // Everything about an article follows from its number.
  std::mt19937_64 own(static_cast<std::uint64_t>(number) * 7919 + 11);
  const auto below = [&](std::uint64_t sides) { return static_cast<std::int64_t>(own() % sides); };
  Article out;
  const int category = number % categories_of_shop;
  out.item = std::to_string(600'000 + number);
  out.category = "c" + std::to_string(category);
  // Seven makers in each aisle of three categories, and the shop's own brand everywhere.
  const auto maker = below(8);
  out.brand = maker == 0 ? "own" : "b" + std::to_string(category / 3) + "." + std::to_string(maker);
  // A category has its level of prices; flavours and sizes of it often cost the same.
  constexpr std::int64_t levels[] = {300, 450, 600, 800, 1200, 1500, 2000, 2800, 4000, 6900};
  const auto level = levels[category * 7 % 10];
  out.price = label_price(level + level * below(5) / 5 + below(4));
  out.weighed = category % 15 == 4;  // fruit, vegetables, meat
  return out;
}

PriceShop::Article PriceShop::article_of_category(int category) {
  return article(category + categories_of_shop * roll(articles_of_shop / categories_of_shop));
}

Goods PriceShop::basket(int lines) {
  Goods goods;
  goods.time = ZonedTime::parse("2026-11-22T18:20:00+08:00").value();
  if (one_in(2)) goods.member = Member{"gold"};
  // A big shopping trip passes a dozen or three dozen categories and takes several goods of most: the fewer, the more
  // the offers get into each other's way.
  const int aisles = of({10, 14, 20, 36});
  std::vector<int> categories;
  categories.reserve(static_cast<std::size_t>(aisles));
  for (int i = 0; i < aisles; ++i) categories.push_back(roll(categories_of_shop));
  while (static_cast<int>(goods.lines.size()) < lines) {
    const auto what =
        one_in(6) ? any_article() : article_of_category(categories[static_cast<std::size_t>(roll(aisles))]);
    const bool there = std::any_of(goods.lines.begin(), goods.lines.end(),
                                   [&](const GoodsLine& line) { return line.item == what.item; });
    if (there && !one_in(6)) continue;
    GoodsLine line;
    line.item = what.item;
    line.category = what.category;
    line.brand = what.brand;
    line.unit_price = Money::of_minor(what.price);
    line.weighed = what.weighed;
    const int pieces = of({1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6});
    line.quantity = what.weighed ? Quantity::of_milli(from(120, 2600)) : Quantity::of_units(pieces);
    goods.lines.push_back(std::move(line));
  }
  return goods;
}

std::vector<Promotion> PriceShop::touching(const Goods& basket, int count) {
  std::vector<Promotion> out;
  while (static_cast<int>(out.size()) < count) {
    auto promotion = offer({&basket});
    if (!admits(promotion.audience, basket.member) || !touches(promotion, basket)) continue;
    out.push_back(std::move(promotion));
  }
  return out;
}

std::vector<Promotion> PriceShop::elsewhere(const Goods& basket, int count) {
  std::vector<Promotion> out;
  while (static_cast<int>(out.size()) < count) {
    auto promotion = offer({});
    if (!touches(promotion, basket)) out.push_back(std::move(promotion));
  }
  return out;
}

PriceShop::Article PriceShop::pick(const Source& source) {
  if (source.basket == nullptr) return any_article();
  const auto& lines = source.basket->lines;
  return article(std::stoi(lines[static_cast<std::size_t>(roll(static_cast<int>(lines.size())))].item) - 600'000);
}

PriceShop::Article PriceShop::pick_counted(const Source& source) {
  for (;;) {
    auto what = pick(source);
    if (!what.weighed) return what;
  }
}

// Goods that a leaflet would show beside the anchor: of its category, and more often than not also in the basket.
PriceShop::Article PriceShop::alike(const Source& source, const Article& anchor) {
  std::vector<Article> there;
  if (source.basket != nullptr && !one_in(3)) {
    for (const auto& line : source.basket->lines) {
      if (line.category == anchor.category) there.push_back(article(std::stoi(line.item) - 600'000));
    }
  }
  if (there.empty()) return article_of_category(std::stoi(anchor.category.substr(1)));
  return there[static_cast<std::size_t>(roll(static_cast<int>(there.size())))];
}

Scope PriceShop::items_like(const Source& source, const Article& anchor, int most) {
  Scope out;
  out.items.push_back(anchor.item);
  const int more = roll(most);
  for (int i = 0; i < more; ++i) out.items.push_back(alike(source, anchor).item);
  std::sort(out.items.begin(), out.items.end());
  out.items.erase(std::unique(out.items.begin(), out.items.end()), out.items.end());
  return out;
}

Scope PriceShop::wide(const Source& source, const Article& anchor) {
  Scope out;
  if (one_in(3) && (anchor.brand != "own" || source.basket != nullptr)) {
    out.brands.push_back(anchor.brand);
  } else {
    out.categories.push_back(anchor.category);
    if (one_in(4)) out.categories.push_back(pick(source).category);
    if (one_in(4)) out.exclude_items.push_back(alike(source, anchor).item);
  }
  return out;
}

Promotion PriceShop::offer(const Source& source) {
  Promotion out;
  out.id = "p" + std::to_string(100'000 + next_id_++);
  const int kind = roll(100);
  if (kind < 38) {
    per_unit(out, source);
  } else if (kind < 52) {
    multibuy(out, source);
  } else if (kind < 66) {
    nth_off(out, source);
  } else if (kind < 86) {
    bundle(out, source);
  } else if (kind < 91) {
    spend(out, source);
  } else if (kind < 94) {
    gift(out, source);
  } else {
    member(out, source);
  }
  if (out.layer != Layer::member && one_in(8)) out.audience.members = true;
  if (one_in(5)) out.schedule.weekdays = {6, 7};
  return out;
}

void PriceShop::per_unit(Promotion& out, const Source& source) {
  const auto anchor = pick(source);
  const bool narrow = !one_in(4);
  out.scope = narrow ? items_like(source, anchor, 3) : wide(source, anchor);
  const int value = narrow ? roll(3) : 1;
  if (value == 0) {
    out.offer = FixedPrice{Money::of_minor(label_price(anchor.price * from(70, 92) / 100))};
  } else if (value == 1) {
    out.offer = PercentOff{Rate::of_per_10k(of({500, 800, 1000, 1200, 1500, 2000, 3000})), false};
  } else {
    out.offer = AmountOff{Money::of_minor(std::min<std::int64_t>(of({50, 100, 150, 200, 300}), anchor.price))};
  }
  if (one_in(5)) out.max_per_basket = from(1, 3);
}

void PriceShop::multibuy(Promotion& out, const Source& source) {
  const auto anchor = pick_counted(source);
  out.scope = one_in(3) ? wide(source, anchor) : items_like(source, anchor, 6);
  const int count = of({2, 2, 3, 3, 4});
  out.offer = Multibuy{count, Money::of_minor(label_price(anchor.price * count * from(70, 92) / 100))};
  if (one_in(4)) out.max_per_basket = from(1, 3);
}

void PriceShop::nth_off(Promotion& out, const Source& source) {
  const auto anchor = pick_counted(source);
  out.scope = one_in(2) ? wide(source, anchor) : items_like(source, anchor, 6);
  const bool second = !one_in(3);
  out.offer = NthOff{second ? 2 : 3, Rate::of_per_10k(second ? 5000 : 10'000)};
  if (one_in(4)) out.max_per_basket = from(1, 3);
}

void PriceShop::bundle(Promotion& out, const Source& source) {
  Bundle bundle;
  const int groups = one_in(4) ? 3 : 2;
  std::int64_t sum = 0;
  for (int g = 0; g < groups; ++g) {
    const auto anchor = pick_counted(source);
    const int count = one_in(6) ? 2 : 1;
    sum += anchor.price * count;
    bundle.groups.push_back({one_in(4) ? wide(source, anchor) : items_like(source, anchor, 5), count});
  }
  switch (roll(3)) {
    case 0:
      bundle.value = TogetherPrice{Money::of_minor(label_price(sum * from(75, 92) / 100))};
      break;
    case 1:
      bundle.value = TogetherAmount{Money::of_minor(of({100, 200, 300, 500, 800}))};
      break;
    default:
      bundle.value = TogetherPercent{Rate::of_per_10k(of({500, 1000, 1200, 1500, 2000, 2500}))};
  }
  out.offer = std::move(bundle);
  if (one_in(3)) out.max_per_basket = from(1, 3);
}

void PriceShop::spend(Promotion& out, const Source& source) {
  out.layer = Layer::basket;
  const auto anchor = pick(source);
  out.scope = wide(source, anchor);
  if (source.basket != nullptr && one_in(2)) {
    out.scope = {};
    out.scope.all = true;
  }
  Spend spend;
  spend.tiered = one_in(2);
  const int tiers = spend.tiered ? 3 : 1;
  for (int t = 1; t <= tiers; ++t) {
    SpendTier tier{Money::of_minor(9900 * t), {}};
    if (one_in(3)) {
      tier.off = Rate::of_per_10k(500 * t);
    } else {
      tier.off = Money::of_minor(500 * t);
    }
    spend.tiers.push_back(tier);
  }
  spend.every = !spend.tiered && one_in(2);
  spend.excludes_offers = one_in(3);
  out.offer = std::move(spend);
  out.priority = roll(3);
}

void PriceShop::gift(Promotion& out, const Source& source) {
  out.layer = Layer::basket;
  const auto anchor = pick(source);
  out.scope = wide(source, anchor);
  Gift gift;
  if (one_in(2)) {
    gift.when = Money::of_minor(from(2, 10) * 1000);
  } else {
    gift.when = std::int64_t{from(2, 4)};
  }
  gift.every = one_in(3);
  gift.item = pick_counted(source).item;
  gift.price = Money::of_minor(of({0, 1, 100}));
  out.offer = std::move(gift);
}

void PriceShop::member(Promotion& out, const Source& source) {
  out.layer = Layer::member;
  out.scope = wide(source, pick(source));
  out.offer = PercentOff{Rate::of_per_10k(of({200, 500, 800})), one_in(2)};
  out.audience.members = true;
}

}  // namespace lanekeeper::bench
