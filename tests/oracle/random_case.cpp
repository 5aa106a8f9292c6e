#include "random_case.h"

#include <algorithm>
#include <string>

#include "pricing/promotion_json.h"

namespace lanekeeper::oracle {
namespace {

using namespace pricing;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  // 0..sides-1; plain arithmetic, the same on every platform.
  int roll(int sides) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(sides)); }
  int from(int least, int most) { return least + roll(most - least + 1); }
  bool one_in(int sides) { return roll(sides) == 0; }
  template <class T>
  const T& of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(roll(static_cast<int>(choices.size())))];
  }

 private:
  std::mt19937_64 engine_;
};

const std::vector<std::string> items = {"apple", "bread", "cola", "date", "egg"};
const std::vector<std::string> categories = {"", "food", "drink"};
const std::vector<std::string> brands = {"", "north", "south"};

class SmallMaker {
 public:
  SmallMaker(std::uint64_t seed, int most_units) : dice_(seed), most_units_(most_units) {
    price_style_ = dice_.roll(4);
    rules_only_ = dice_.roll(3);
    // A fifth of the cases is about bundles whose saving depends on what stands together: odd prices that are close to
    // each other, percents and amounts, limits.
    bundles_ = dice_.one_in(5);
    if (bundles_) price_style_ = dice_.from(2, 3);
  }

  Case make() {
    Case out;
    out.goods.time =
        ZonedTime::parse("2026-11-" + std::to_string(dice_.from(16, 22)) + "T" +
                         dice_.of<std::string>({"07:59:59", "08:00:00", "09:59:59", "10:00:00", "23:30:00"}) +
                         dice_.of<std::string>({"+08:00", "Z", "-05:00"}))
            .value();
    if (!dice_.one_in(3)) out.goods.member = Member{};
    if (out.goods.member && dice_.one_in(2)) out.goods.member->tier = dice_.one_in(2) ? "gold" : "silver";
    if (out.goods.member) out.goods.member->birthday = dice_.one_in(3);
    int left = dice_.from(1, most_units_);
    while (left > 0) out.goods.lines.push_back(line(left));
    std::vector<std::string> ids = {"b", "a", "c", "aa", "d", "B"};
    const int count = dice_.from(1, 5);
    for (int i = 0; i < count; ++i) {
      const auto place = ids.begin() + dice_.roll(static_cast<int>(ids.size()));
      out.promotions.push_back(promotion(*place));
      ids.erase(place);
    }
    if (rules_only_ != 0) add_later_layers(out);
    if (dice_.one_in(4)) {
      out.goods.uses_left.push_back({dice_.of(out.promotions).id, dice_.from(0, 3)});
      out.goods.uses_left.push_back({"gone", 0});
    }
    return out;
  }

 private:
  void add_later_layers(Case& out) {
    for (int left = dice_.one_in(2) ? dice_.from(1, 5) : 0; left > 0; --left) {
      out.goods.coupons.push_back(dice_.of<std::string>({"WELCOME", "WELCOME", "HELLO", "9901", "9901", "9902", "99"}));
    }
    for (auto& line : out.goods.lines) {
      if (dice_.one_in(10)) line.by_hand = by_hand();
    }
    if (dice_.one_in(8)) out.goods.by_hand = by_hand();
  }
  ByHand by_hand() {
    if (dice_.one_in(2)) return {percent()};
    return {amount(1)};
  }

  Money amount(int pieces) {
    switch (price_style_) {
      case 0:
        return Money::of_minor(dice_.from(0, 6) * pieces);
      case 1:
        return Money::of_minor(dice_.from(1, 5) * 100 * pieces);
      case 2:
        return Money::of_minor(dice_.from(90, 110) * pieces);
      default:
        return Money::of_minor(dice_.from(1, 2000) * pieces);
    }
  }
  Rate percent() {
    return Rate::of_per_10k(dice_.one_in(3) ? dice_.from(0, 10'000)
                                            : dice_.of<int>({500, 1000, 1500, 2000, 2500, 3333, 5000, 10'000}));
  }

  GoodsLine line(int& left) {
    GoodsLine out;
    const auto which = dice_.roll(static_cast<int>(items.size()));
    out.item = items[static_cast<std::size_t>(which)];
    out.category = categories[static_cast<std::size_t>(which % 3)];
    out.brand = brands[static_cast<std::size_t>(which % 2 + (which == 4 ? 1 : 0))];
    out.unit_price = amount(1);
    if (dice_.one_in(6)) {
      out.weighed = true;
      out.quantity = Quantity::of_milli(dice_.from(1, 3000));
      --left;
    } else if (dice_.one_in(12)) {
      out.quantity = Quantity::of_units(-dice_.from(1, 2));
      --left;
    } else {
      const int pieces = dice_.from(1, std::min(left, 4));
      out.quantity = Quantity::of_units(pieces);
      left -= pieces;
    }
    return out;
  }

  Scope scope() {
    Scope out;
    out.all = dice_.one_in(4);
    if (dice_.one_in(2)) out.items.push_back(dice_.of(items));
    if (dice_.one_in(3)) out.items.push_back(dice_.of(items));
    if (dice_.one_in(3)) out.categories.push_back(dice_.one_in(2) ? "food" : "drink");
    if (dice_.one_in(4)) out.brands.push_back(dice_.one_in(2) ? "north" : "south");
    if (dice_.one_in(6)) out.exclude_items.push_back(dice_.of(items));
    return out;
  }

  Offer item_offer() {
    if (bundles_ && !dice_.one_in(4)) return bundle();
    switch (dice_.roll(7)) {
      case 0:
        return FixedPrice{amount(1)};
      case 1:
        return PercentOff{percent(), false};
      case 2:
        return AmountOff{amount(1)};
      case 3: {
        const int count = dice_.from(1, 4);
        return Multibuy{count, amount(std::max(1, count - 1))};
      }
      case 4:
        return NthOff{dice_.from(1, 4), percent()};
      default:
        return bundle();
    }
  }
  Bundle bundle() {
    Bundle out;
    const int groups = dice_.from(1, 3);
    for (int g = 0; g < groups; ++g) out.groups.push_back({scope(), dice_.one_in(4) ? 2 : 1});
    if (bundles_ && groups < 3) out.groups.front().scope.all = true;
    switch (dice_.roll(bundles_ ? 6 : 4)) {
      case 0:
        out.value = TogetherPrice{amount(groups)};
        break;
      case 1:
        out.value = TogetherAmount{amount(1)};
        break;
      case 2:
        out.value = TogetherAmount{amount(groups)};  // more than some of its pieces cost
        break;
      default:
        out.value = TogetherPercent{percent()};
    }
    return out;
  }

  SpendTier tier() {
    SpendTier out;
    out.threshold = amount(dice_.from(1, 6));
    if (out.threshold.is_zero()) out.threshold = Money::of_minor(1);
    if (dice_.one_in(2)) {
      out.off = amount(1);
    } else {
      out.off = percent();
    }
    return out;
  }
  Offer basket_offer() {
    if (dice_.one_in(3)) {
      Gift gift;
      if (dice_.one_in(2)) {
        gift.when = amount(dice_.from(1, 4)) + Money::of_minor(1);
      } else {
        gift.when = std::int64_t{dice_.from(1, 3)};
      }
      gift.every = dice_.one_in(2);
      gift.item = dice_.of(items);
      gift.price = dice_.one_in(2) ? Money{} : Money::of_minor(dice_.from(0, 100));
      gift.excludes_offers = dice_.one_in(3);
      return gift;
    }
    Spend spend;
    spend.tiered = dice_.one_in(2);
    const int tiers = spend.tiered ? dice_.from(1, 3) : 1;
    for (int t = 0; t < tiers; ++t) spend.tiers.push_back(tier());
    spend.every = !spend.tiered && dice_.one_in(2);
    spend.excludes_offers = dice_.one_in(3);
    return spend;
  }

  void make_coupon(Promotion& out) {
    out.layer = Layer::coupon;
    out.offer = basket_offer();
    if (auto* spend = std::get_if<Spend>(&out.offer)) spend->every = false;
    if (auto* gift = std::get_if<Gift>(&out.offer)) gift->every = false;
    out.priority = dice_.from(-1, 1);
    if (dice_.one_in(3)) out.max_per_basket = dice_.from(1, 2);
    CouponCodes codes;
    if (!dice_.one_in(3)) codes.generic.emplace_back("WELCOME");
    if (dice_.one_in(3)) codes.generic.emplace_back("HELLO");
    if (codes.generic.empty() || dice_.one_in(3)) {
      codes.serial_prefix = "99";
      codes.serial_length = 4;
    }
    out.coupon = std::move(codes);
  }

  void restrict_to_some(Promotion& out) {
    if (dice_.one_in(6)) out.audience.members = true;
    if (dice_.one_in(8)) out.audience.tiers.push_back("gold");
    if (dice_.one_in(12)) out.audience.birthday = true;
    if (out.audience != Audience{} && dice_.one_in(4)) out.max_per_member_day = dice_.from(1, 3);
    if (dice_.one_in(10)) out.max_total = dice_.from(1, 3);
    if (dice_.one_in(12)) out.schedule.from = Date{2026, 11, dice_.from(16, 22)};
    if (dice_.one_in(12)) out.schedule.to = Date{2026, 11, dice_.from(22, 24)};
    if (dice_.one_in(12)) out.schedule.weekdays = {1, dice_.from(2, 4), dice_.from(5, 7)};
    if (dice_.one_in(12)) out.schedule.hours = Hours{480, 600};
    if (dice_.one_in(20)) out.schedule.hours = Hours{1380, 600};
  }

  Promotion promotion(const std::string& id) {
    Promotion out;
    out.id = id;
    const int layer = rules_only_ == 0 ? 0 : dice_.roll(5);
    if (layer <= 1) {
      out.offer = item_offer();
      if (dice_.one_in(bundles_ ? 2 : 3)) out.max_per_basket = dice_.from(1, 3);
    } else if (layer == 2) {
      out.layer = Layer::basket;
      out.offer = basket_offer();
      out.priority = dice_.from(-1, 1);
      out.exclusive = dice_.one_in(4);
      if (dice_.one_in(4)) out.max_per_basket = dice_.from(1, 2);
    } else if (layer == 3) {
      out.layer = Layer::member;
      out.offer = PercentOff{percent(), dice_.one_in(2)};
      if (dice_.one_in(4)) out.max_per_basket = dice_.from(1, 2);
    } else {
      make_coupon(out);
    }
    if (!std::holds_alternative<Bundle>(out.offer)) out.scope = scope();
    restrict_to_some(out);
    return out;
  }

  Dice dice_;
  int most_units_;
  bool bundles_ = false;
  int price_style_ = 0;
  int rules_only_ = 0;
};

class LargeMaker {
 public:
  LargeMaker(std::uint64_t seed, bool rich) : dice_(seed), rich_(rich) {}

  Case make(int lines, int touching) {
    Case out;
    out.goods.time = ZonedTime::parse("2026-11-22T10:00:00+08:00").value();
    for (int i = 0; i < lines; ++i) out.goods.lines.push_back(line(dice_.roll(lines * 3 / 2)));
    for (int i = 0; i < touching; ++i) out.promotions.push_back(promotion(i, out.goods));
    return out;
  }

 private:
  static constexpr int category_count = 12;

  // An item's price and category follow from its number.
  GoodsLine line(int number) {
    GoodsLine out;
    Dice own(static_cast<std::uint64_t>(number) * 977 + 13);
    out.item = "item" + std::to_string(number);
    out.category = "cat" + std::to_string(number % category_count);
    out.brand = "brand" + std::to_string(number % 17);
    out.weighed = number % 10 == 0;
    out.unit_price = Money::of_minor(own.from(2, 60) * 100 - own.of<int>({0, 1, 2, 10, 20, 50}));
    const int pieces = dice_.one_in(2) ? 1 : dice_.from(1, 6);
    out.quantity = out.weighed ? Quantity::of_milli(dice_.from(100, 2500)) : Quantity::of_units(pieces);
    return out;
  }

  Scope some_items(const Goods& goods, int count) {
    Scope out;
    for (int i = 0; i < count; ++i) out.items.push_back(dice_.of(goods.lines).item);
    return out;
  }
  Scope category(int count) {
    Scope out;
    for (int i = 0; i < count; ++i) out.categories.push_back("cat" + std::to_string(dice_.roll(category_count)));
    return out;
  }
  Scope wide(const Goods& goods) {
    if (rich_ && dice_.one_in(8)) {
      Scope everything;
      everything.all = true;
      everything.exclude_items = some_items(goods, 2).items;
      return everything;
    }
    if (dice_.one_in(4)) {
      Scope out;
      out.brands.push_back("brand" + std::to_string(dice_.roll(17)));
      return out;
    }
    return category(rich_ ? dice_.from(1, 3) : 1);
  }
  static Money typical(const Goods& goods, const Scope& scope, int count, int percent) {
    std::int64_t sum = 0;
    int found = 0;
    for (const auto& line : goods.lines) {
      if (line.weighed || !covers(scope, {line.item, line.category, line.brand})) continue;
      sum += line.unit_price.minor();
      ++found;
    }
    return Money::of_minor(found == 0 ? 1000 : sum * count * percent / (found * 100) / 10 * 10);
  }

  Promotion promotion(int index, const Goods& goods) {
    Promotion out;
    out.id = "p" + std::to_string(1000 + index);
    // Half of a usual shop's offers are on single goods; a rich mix has few of those.
    const int kind = rich_ ? dice_.roll(10) : std::max(0, dice_.roll(16) - 6);
    if (kind <= 2) {
      out.scope = some_items(goods, dice_.from(1, 3));
      out.offer = single(goods, out.scope);
      if (dice_.one_in(rich_ ? 3 : 6)) out.max_per_basket = dice_.from(1, 3);
    } else if (kind <= 4) {
      out.scope = dice_.one_in(2) ? wide(goods) : some_items(goods, dice_.from(3, 8));
      const int count = dice_.from(2, 4);
      out.offer = Multibuy{count, typical(goods, out.scope, count, dice_.from(70, 95))};
      if (dice_.one_in(4)) out.max_per_basket = dice_.from(1, 4);
    } else if (kind <= 7) {
      out.scope = dice_.one_in(3) ? some_items(goods, dice_.from(3, 8)) : wide(goods);
      const bool second = dice_.one_in(2);
      out.offer = NthOff{second ? 2 : 3, Rate::of_per_10k(second ? 5000 : 10'000)};
      if (dice_.one_in(4)) out.max_per_basket = dice_.from(1, 4);
    } else {
      out.offer = bundle(goods);
      if (dice_.one_in(3)) out.max_per_basket = dice_.from(1, 2);
    }
    return out;
  }
  Offer single(const Goods& goods, const Scope& scope) {
    const int which = dice_.roll(3);
    if (which == 0) return FixedPrice{typical(goods, scope, 1, dice_.from(75, 95))};
    if (which == 1) return PercentOff{Rate::of_per_10k(dice_.of<int>({500, 1000, 1200, 2000, 3000})), false};
    return AmountOff{Money::of_minor(dice_.from(1, 30) * 10)};
  }
  Bundle bundle(const Goods& goods) {
    Bundle out;
    const int groups = dice_.from(2, 3);
    Money sum;
    for (int g = 0; g < groups; ++g) {
      auto scope = rich_ && dice_.one_in(3) ? category(1) : some_items(goods, dice_.from(1, 4));
      const int count = dice_.one_in(5) ? 2 : 1;
      sum += typical(goods, scope, count, dice_.from(75, 95));
      out.groups.push_back({std::move(scope), count});
    }
    const int value = dice_.roll(4);
    if (value <= 1) {
      out.value = TogetherPrice{sum};
    } else if (value == 2) {
      out.value = TogetherAmount{Money::of_minor(dice_.from(5, 30) * 10)};
    } else {
      out.value = TogetherPercent{Rate::of_per_10k(dice_.of<int>({1000, 1500, 2000}))};
    }
    return out;
  }

  Dice dice_;
  bool rich_;
};

}  // namespace

Case small_case(std::uint64_t seed, int most_units) {
  return SmallMaker(seed, most_units).make();
}

Case large_case(std::uint64_t seed, int lines, int touching, bool rich) {
  return LargeMaker(seed, rich).make(lines, touching);
}

std::string to_json(const Case& the_case) {
  std::string text = "{\"promotions\":[";
  for (std::size_t i = 0; i < the_case.promotions.size(); ++i) {
    text += (i > 0 ? "," : "") + write_promotion(the_case.promotions[i]);
  }
  return text + "],\"basket\":" + write_goods(the_case.goods) + "}";
}

}  // namespace lanekeeper::oracle
