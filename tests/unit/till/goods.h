// A small shop for the tests of the till: goods in memory behind the ItemLookup port.
#pragma once

#include <string>
#include <vector>

#include "catalogue/item.h"
#include "register/register.h"

namespace lanekeeper::till::test {

using catalogue::Item;
using catalogue::UnitOfMeasure;

inline Money yuan(std::string_view text) {
  return Money::parse(text).value();
}
inline Quantity qty(std::string_view text) {
  return Quantity::parse(text).value();
}

class Goods : public catalogue::ItemLookup {
 public:
  std::vector<Item> items;

  Item& add(std::string name, std::string code, std::string_view price, UnitOfMeasure unit = UnitOfMeasure::piece) {
    Item item;
    item.id = static_cast<catalogue::ItemId>(items.size() + 1);
    item.number = "N" + std::to_string(item.id);
    item.name = std::move(name);
    item.unit = unit;
    item.tax_category = 1;
    if (!code.empty()) item.codes.push_back({std::move(code), Quantity::of_units(1), {}});
    if (!price.empty()) item.prices.push_back({"regular", yuan(price), {}, {}});
    items.push_back(std::move(item));
    return items.back();
  }

  [[nodiscard]] std::vector<Match> find_by_code(std::string_view code) const override {
    std::vector<Match> matches;
    for (const auto& item : items) {
      for (const auto& own : item.codes) {
        if (item.active && own.code == code) matches.push_back({item, own});
      }
    }
    return matches;
  }
  [[nodiscard]] std::optional<Item> find_by_id(catalogue::ItemId id) const override {
    for (const auto& item : items) {
      if (item.id == id) return item;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::vector<catalogue::ItemSummary> search(std::string_view text, int limit, int) const override {
    std::vector<catalogue::ItemSummary> found;
    for (const auto& item : items) {
      const bool hit = item.name.find(text) != std::string::npos || item.number == text;
      if (hit && found.size() < static_cast<std::size_t>(limit)) found.push_back(item_summary(item, Instant{}));
    }
    return found;
  }
  [[nodiscard]] std::vector<catalogue::ItemSummary> quick_keys(catalogue::CategoryId, int) const override { return {}; }
  [[nodiscard]] std::vector<catalogue::ItemSummary> deposits(int limit) const override {
    std::vector<catalogue::ItemSummary> found;
    for (const auto& item : items) {
      const bool one = item.deposit.value_or(false) && item.active && !item.prices.empty();
      if (one && found.size() < static_cast<std::size_t>(limit)) found.push_back(item_summary(item, Instant{}));
    }
    return found;
  }
};

// One code each; the barcodes have valid check digits.
struct Shop : Goods {
  static constexpr const char* milk = "6901234567892";
  static constexpr const char* chips = "6900000000014";
  static constexpr const char* beer = "6900000000021";
  static constexpr const char* beer_case = "16900000000028";
  static constexpr const char* twice = "6900000000038";
  static constexpr const char* unpriced = "6900000000045";
  static constexpr const char* blocked = "6900000000052";
  static constexpr const char* cola = "6900000000069";
  static constexpr const char* cola_six = "6900000000076";
  static constexpr const char* bottle = "6900000000106";  // a deposit

  Shop() {
    add("晨牧纯牛奶", std::string("0") + milk, "49.90").spec = "250mL×12盒";
    add("脆叶薯片", std::string("0") + chips, "7.90");
    auto& strong = add("青岭啤酒", std::string("0") + beer, "5.00");
    strong.minimum_age = 18;
    strong.codes.push_back({beer_case, Quantity::of_units(12), yuan("54.00")});
    add("老酱油", std::string("0") + twice, "8.80");
    add("新酱油", std::string("0") + twice, "9.90");
    add("没价的", std::string("0") + unpriced, "");
    add("禁售的", std::string("0") + blocked, "3.00").sale_blocked = true;
    add("上海青", "301", "5.96", UnitOfMeasure::kilogram);
    add("黑猪五花肉", "612", "35.80", UnitOfMeasure::kilogram);
    auto& cola_item = add("可乐", std::string("0") + cola, "3.00");
    cola_item.tax_category = 2;
    cola_item.codes.push_back({std::string("0") + cola_six, Quantity::of_units(6), {}});
    add("空瓶押金", std::string("0") + bottle, "0.60").deposit = true;
  }
  Item& named(std::string_view name) {
    for (auto& item : items) {
      if (item.name == name) return item;
    }
    throw std::out_of_range(std::string(name));
  }
};

inline RegisterSettings shop_settings() {
  RegisterSettings settings;
  settings.till = 3;
  settings.taxes = {{1, "13 %", "A", {{Rate::of_per_10k(1300), Date{1900, 1, 1}}}},
                    {2, "9 %", "B", {{Rate::of_per_10k(900), Date{1900, 1, 1}}}}};
  for (const char* pattern : {"21PPPPPAAAAAC", "22PPPPPWWWWWC", "26PPPPPAAAAAWWWWWC"}) {
    settings.layouts.push_back(barcode::VariableMeasureLayout::parse(pattern, pattern).value());
  }
  return settings;
}

inline access::StaffMember staff_member(access::Role role, std::int64_t id = 7) {
  access::StaffMember member;
  member.id = id;
  member.number = "1027";
  member.name = "王丽";
  member.role = role;
  return member;
}

}  // namespace lanekeeper::till::test
