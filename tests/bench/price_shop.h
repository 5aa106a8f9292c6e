// A supermarket's goods, offers and baskets for the bench of prices: real-looking prices and scopes, the same in every
// run. Whoever needs the n-th basket gets the same one.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "pricing/goods.h"
#include "pricing/promotion.h"

namespace lanekeeper::bench {

class PriceShop {
 public:
  explicit PriceShop(std::uint64_t seed) : random_(seed) {}

  // Lines of different goods in mixed quantities, a few of them weighed; half of the customers are members.
  [[nodiscard]] pricing::Goods basket(int lines);
  // Promotions of every kind that all hold for the basket and touch it.
  [[nodiscard]] std::vector<pricing::Promotion> touching(const pricing::Goods& basket, int count);
  // Promotions of the same kinds that hold and do not touch it.
  [[nodiscard]] std::vector<pricing::Promotion> elsewhere(const pricing::Goods& basket, int count);
  [[nodiscard]] static bool touches(const pricing::Promotion& promotion, const pricing::Goods& basket);

 private:
  struct Article {
    std::string item;
    std::string category;
    std::string brand;
    std::int64_t price = 0;  // in fen
    bool weighed = false;
  };
  static constexpr int articles_of_shop = 12'000;
  static constexpr int categories_of_shop = 150;

  int roll(int sides) { return static_cast<int>(random_() % static_cast<std::uint64_t>(sides)); }
  int from(int least, int most) { return least + roll(most - least + 1); }
  bool one_in(int sides) { return roll(sides) == 0; }
  int of(std::initializer_list<int> choices) { return choices.begin()[roll(static_cast<int>(choices.size()))]; }

  [[nodiscard]] static Article article(int number);
  [[nodiscard]] Article article_of_category(int category);
  [[nodiscard]] Article any_article() { return article(roll(articles_of_shop)); }

  // Where an offer's goods are taken from: the basket, or the whole shop.
  struct Source {
    const pricing::Goods* basket = nullptr;  // null: the shop
  };
  [[nodiscard]] Article pick(const Source& source);
  [[nodiscard]] Article pick_counted(const Source& source);
  [[nodiscard]] Article alike(const Source& source, const Article& anchor);
  [[nodiscard]] pricing::Scope items_like(const Source& source, const Article& anchor, int most);
  [[nodiscard]] pricing::Scope wide(const Source& source, const Article& anchor);
  [[nodiscard]] pricing::Promotion offer(const Source& source);
  void per_unit(pricing::Promotion& out, const Source& source);
  void multibuy(pricing::Promotion& out, const Source& source);
  void nth_off(pricing::Promotion& out, const Source& source);
  void bundle(pricing::Promotion& out, const Source& source);
  void spend(pricing::Promotion& out, const Source& source);
  void gift(pricing::Promotion& out, const Source& source);
  void member(pricing::Promotion& out, const Source& source);

  std::mt19937_64 random_;
  int next_id_ = 0;
};

}  // namespace lanekeeper::bench
