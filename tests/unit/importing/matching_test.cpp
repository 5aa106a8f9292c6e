// Which item a row is for, and what of it changes.
#include <gtest/gtest.h>

#include "services/import_matching.h"

namespace lanekeeper::services {
namespace {

using catalogue::Item;
using importing::ItemRow;

constexpr const char* cola = "06908512108211";
constexpr const char* sprite = "06908512109218";
const ZonedTime now = *ZonedTime::parse("2026-11-22T10:00:00+08:00");

Item item(std::int64_t id, const std::string& number, const std::string& code) {
  Item out;
  out.id = id;
  out.number = number;
  out.name = "item " + number;
  if (!code.empty()) out.codes.push_back({code, Quantity::of_units(1), std::nullopt});
  return out;
}

StoredGoods goods(const std::vector<Item>& items) {
  StoredGoods out;
  for (const auto& each : items) {
    out.items.emplace(each.id, each);
    out.by_number.emplace(each.number, each.id);
    for (const auto& code : each.codes) {
      if (each.active) out.active_by_code.emplace(code.code, each.id);
    }
  }
  return out;
}

ItemRow row(const std::string& number, const std::string& code, std::int64_t line = 2) {
  ItemRow out;
  out.line = line;
  out.number = number;
  out.name = "name";
  if (!code.empty()) out.codes.push_back({code, Quantity::of_units(1), std::nullopt});
  return out;
}

TEST(MatchRow, MeetsItsItemByBarcodeElseByNumber) {
  const auto stored = goods({item(1, "1001", cola), item(2, "1002", sprite)});
  EXPECT_EQ(match_row(row("", cola), stored)->item->id, 1);
  EXPECT_EQ(match_row(row("1002", ""), stored)->item->id, 2);
  EXPECT_EQ(match_row(row("1002", sprite), stored)->item->id, 2);
  const auto fresh = match_row(row("1003", "06942404210019"), stored);
  EXPECT_EQ(fresh->item, nullptr);
  EXPECT_EQ(fresh->number, "1003");
  EXPECT_EQ(match_row(row("", "06942404210019"), stored)->number, "6942404210019");
  EXPECT_EQ(match_row(row("", "301"), stored)->number, "301");
}

TEST(MatchRow, KeepsTheNumberOfAnItemFoundByItsBarcode) {
  const auto stored = goods({item(1, "1001", cola)});
  const auto match = match_row(row("77", cola), stored);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->number, "1001");
  ASSERT_EQ(match->warnings.size(), 1U);
  EXPECT_EQ(match->warnings[0].code, "import.number_kept");
}

TEST(MatchRow, RefusesContradictions) {
  const auto stored = goods({item(1, "1001", cola), item(2, "1002", sprite)});
  const auto taken = match_row(row("1002", cola), stored);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "item.code_taken");
  EXPECT_NE(taken.error().message.find("1001"), std::string::npos);
  EXPECT_NE(taken.error().message.find("6908512108211"), std::string::npos);

  const auto twice = goods({item(1, "1001", cola), item(2, "1002", cola)});
  EXPECT_EQ(match_row(row("", cola), twice).error().code, "import.ambiguous");
  EXPECT_EQ(match_row(row("1002", cola), twice)->item->id, 2);
}

TEST(RowsSoFarTest, NamesTheFirstRow) {
  RowsSoFar rows;
  rows.add(row("1001", cola, 2), "1001");
  RowsSoFar later;
  later.add(row("1002", sprite, 7), "1002");
  rows.take_over(std::move(later));
  const auto code = rows.check(row("9", sprite, 9), "9");
  ASSERT_FALSE(code);
  EXPECT_EQ(code.error().code, "import.duplicate_barcode");
  EXPECT_NE(code.error().message.find("line 7"), std::string::npos);
  EXPECT_EQ(rows.check(row("1001", "301", 9), "1001").error().code, "import.duplicate_number");
  EXPECT_TRUE(rows.check(row("1003", "302", 9), "1003"));
}

TEST(ImportOf, GivesOnlyWhatTheRowSays) {
  auto wanted = row("1001", cola);
  wanted.price = Money::of_minor(300);
  const auto fresh = import_of(wanted, Match{"1001", nullptr, {}}, {}, now);
  ASSERT_TRUE(fresh);
  EXPECT_TRUE(fresh->given.name);
  EXPECT_TRUE(fresh->given.prices);
  EXPECT_FALSE(fresh->given.spec);
  EXPECT_FALSE(fresh->given.tax_category);
  ASSERT_EQ(fresh->item.prices.size(), 1U);
  EXPECT_EQ(fresh->item.prices[0].amount, Money::of_minor(300));
}

TEST(ImportOf, GivesTheRulesOfGoodsThatTheRowSays) {
  auto wanted = row("1001", cola);
  const auto silent = import_of(wanted, Match{"1001", nullptr, {}}, {}, now);
  ASSERT_TRUE(silent);
  EXPECT_FALSE(silent->given.deposit || silent->given.return_blocked || silent->given.sale_hours);
  wanted.deposit = true;
  wanted.return_blocked = false;
  wanted.sale_hours = catalogue::SaleHours{480, 1320};
  const auto told = import_of(wanted, Match{"1001", nullptr, {}}, {}, now);
  EXPECT_TRUE(told->given.deposit && told->given.return_blocked && told->given.sale_hours);
  EXPECT_EQ(told->item.deposit, true);
  EXPECT_EQ(told->item.return_blocked, false);
  EXPECT_EQ(told->item.sale_hours, (catalogue::SaleHours{480, 1320}));
  wanted.sale_hours.emplace(std::nullopt);
  const auto all_day = import_of(wanted, Match{"1001", nullptr, {}}, {}, now);
  EXPECT_TRUE(all_day->given.sale_hours);
  EXPECT_FALSE(all_day->item.sale_hours);
}

TEST(ImportOf, LeavesPlannedAndOtherPricesAlone) {
  Item stored = item(1, "1001", cola);
  const auto price = [](const char* list, std::int64_t minor, const char* from, const char* to) {
    catalogue::Price out;
    out.list = list;
    out.amount = Money::of_minor(minor);
    if (from != nullptr) out.valid_from = *ZonedTime::parse(from);
    if (to != nullptr) out.valid_to = *ZonedTime::parse(to);
    return out;
  };
  stored.prices = {price("regular", 280, nullptr, nullptr), price("regular", 250, "2026-01-01T00:00:00+08:00", nullptr),
                   price("regular", 199, "2026-12-24T00:00:00+08:00", "2026-12-27T00:00:00+08:00"),
                   price("regular", 320, "2027-01-01T00:00:00+08:00", nullptr), price("member", 240, nullptr, nullptr)};
  auto wanted = row("1001", cola);
  wanted.price = Money::of_minor(300);
  const auto import = import_of(wanted, Match{"1001", &stored, {}}, {}, now);
  ASSERT_TRUE(import);
  std::vector<std::int64_t> amounts;
  for (const auto& p : import->item.prices) amounts.push_back(p.amount.minor());
  EXPECT_EQ(amounts, (std::vector<std::int64_t>{300, 199, 320, 240}));
  EXPECT_EQ(catalogue::price_at(import->item, "regular", now.instant), Money::of_minor(300));

  stored.prices = import->item.prices;
  EXPECT_FALSE(import_of(wanted, Match{"1001", &stored, {}}, {}, now)->given.prices) << "the same price again";
}

TEST(ImportOf, AddsCodesAndCorrectsCases) {
  Item stored = item(1, "1001", cola);
  auto wanted = row("1001", sprite);
  auto import = import_of(wanted, Match{"1001", &stored, {}}, {}, now);
  EXPECT_TRUE(import->given.add_codes);
  EXPECT_FALSE(import->given.codes);
  EXPECT_EQ(import->item.codes.size(), 1U);

  stored.codes.push_back({"16908512108218", Quantity::of_units(12), std::nullopt});
  wanted = row("1001", cola);
  wanted.codes.push_back({"16908512108218", Quantity::of_units(24), Money::of_minor(7000)});
  import = import_of(wanted, Match{"1001", &stored, {}}, {}, now);
  EXPECT_TRUE(import->given.codes);
  ASSERT_EQ(import->item.codes.size(), 2U);
  EXPECT_EQ(import->item.codes[1].pack_quantity, Quantity::of_units(24));

  import = import_of(row("1001", cola), Match{"1001", &stored, {}}, {}, now);
  EXPECT_FALSE(import->given.codes);
  EXPECT_FALSE(import->given.add_codes);
}

TEST(ImportOf, FindsTheTaxByItsRateToday) {
  catalogue::TaxCategory old_rate;
  old_rate.id = 3;
  old_rate.rates = {{Rate::of_per_10k(1300), Date{1994, 1, 1}}, {Rate::of_per_10k(900), Date{2019, 4, 1}}};
  catalogue::TaxCategory full_rate;
  full_rate.id = 7;
  full_rate.rates = {{Rate::of_per_10k(1300), Date{2019, 4, 1}}};
  auto wanted = row("1", cola);
  wanted.tax = Rate::of_per_10k(1300);
  EXPECT_EQ(import_of(wanted, Match{"1", nullptr, {}}, {old_rate, full_rate}, now)->item.tax_category, 7);
  wanted.tax = Rate::of_per_10k(1700);
  EXPECT_EQ(import_of(wanted, Match{"1", nullptr, {}}, {old_rate, full_rate}, now).error().code, "import.unknown_tax");
}

}  // namespace
}  // namespace lanekeeper::services
