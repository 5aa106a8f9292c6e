#include "model/item_form.h"

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

const ZonedTime now = ZonedTime::parse("2026-11-20T10:00:00.000+08:00").value();

catalogue::Item crisps() {
  catalogue::Item item;
  item.id = 7;
  item.number = "20418";
  item.name = "脆叶薯片 原味 70g";
  item.mnemonic = catalogue::pinyin_initials(item.name);
  item.category = 3;
  item.tax_category = 1;
  item.codes = {{"06901234567892", Quantity::of_units(1), std::nullopt}};
  item.prices = {{"regular", Money::of_minor(790), std::nullopt, std::nullopt},
                 {"member", Money::of_minor(750), std::nullopt, std::nullopt}};
  item.cost = Money::of_minor(510);
  item.version = 41;
  return item;
}

CheckedForm checked(const ItemForm& form, const catalogue::Item& base = crisps()) {
  return check(form, base, FormContext{now, {}});
}

std::vector<std::string> codes_of(const CheckedForm& result) {
  std::vector<std::string> codes;
  for (const auto& problem : result.problems) codes.push_back(problem.error.code);
  return codes;
}

TEST(ItemForm, ShowsWhatPeopleKnowAndGivesTheSameItemBack) {
  const ItemForm form = form_of(crisps(), now.instant);
  EXPECT_EQ(form.price, "7.90");
  EXPECT_EQ(form.cost, "5.10");
  ASSERT_EQ(form.codes.size(), 1u);
  EXPECT_EQ(form.codes[0].code, "6901234567892");
  EXPECT_TRUE(follows_name(form));
  const auto result = checked(form);
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(result.item, crisps());
}

TEST(ItemForm, ANewItemWithoutANumberIsNumberedByItsBarcode) {
  ItemForm form = form_of(crisps(), now.instant);
  form.number.clear();
  EXPECT_EQ(codes_of(checked(form)), std::vector<std::string>{"item.no_number"}) << "a known item keeps its own";
  EXPECT_EQ(checked(form, catalogue::Item{}).item.number, "6901234567892");
  form.codes.clear();
  EXPECT_EQ(codes_of(checked(form, catalogue::Item{})), std::vector<std::string>{"item.no_number"});
}

TEST(ItemForm, APriceAtOnceReplacesTheRegularPriceAndNoOtherList) {
  ItemForm form = form_of(crisps(), now.instant);
  form.price = "8.50";
  const auto result = checked(form);
  ASSERT_TRUE(result.problems.empty());
  EXPECT_EQ(catalogue::price_at(result.item, "regular", now.instant), Money::of_minor(850));
  EXPECT_EQ(catalogue::price_at(result.item, "member", now.instant), Money::of_minor(750));
  EXPECT_EQ(result.item.prices.size(), 2u);
}

TEST(ItemForm, APriceForTomorrowLeavesTodayAloneAndBeginsAtMidnightOfTheStore) {
  ItemForm form = form_of(crisps(), now.instant);
  form.price = "8.50";
  form.timing = PriceTiming::tomorrow;
  const auto result = checked(form);
  ASSERT_TRUE(result.problems.empty());
  EXPECT_EQ(catalogue::price_at(result.item, "regular", now.instant), Money::of_minor(790));
  const auto* coming = coming_price(result.item, now.instant);
  ASSERT_NE(coming, nullptr);
  EXPECT_EQ(coming->valid_from->to_string(), "2026-11-21T00:00:00.000+08:00");
  EXPECT_EQ(coming->amount, Money::of_minor(850));

  ItemForm again = form_of(result.item, now.instant);
  again.keep_coming_price = false;
  EXPECT_EQ(coming_price(checked(again, result.item).item, now.instant), nullptr);
}

TEST(ItemForm, WhatWasTypedBadlyIsToldAtItsField) {
  ItemForm form = form_of(crisps(), now.instant);
  form.price = "7,90";
  form.cost = "-1";
  form.minimum_age = "achtzehn";
  form.codes[0].code = "6901234567890";
  const auto result = checked(form);
  const auto field = [&](ItemField wanted) {
    return std::any_of(result.problems.begin(), result.problems.end(),
                       [&](const auto& problem) { return problem.field == wanted; });
  };
  EXPECT_TRUE(field(ItemField::price));
  EXPECT_TRUE(field(ItemField::cost));
  EXPECT_TRUE(field(ItemField::minimum_age));
  EXPECT_TRUE(field(ItemField::codes));
  const auto codes = codes_of(result);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "item.negative_price"), 1)
      << "told at the cost, not at the price too";
}

TEST(ItemForm, WhatTheCatalogueRefusesIsToldAtItsField) {
  ItemForm form = form_of(crisps(), now.instant);
  form.name = "  ";
  ASSERT_EQ(checked(form).problems.size(), 1u);
  EXPECT_EQ(checked(form).problems[0].field, ItemField::name);
  form = form_of(crisps(), now.instant);
  form.codes.push_back(form.codes[0]);
  ASSERT_EQ(checked(form).problems.size(), 1u);
  EXPECT_EQ(checked(form).problems[0].error.code, "item.duplicate_code");
  EXPECT_EQ(checked(form).problems[0].field, ItemField::codes);
}

TEST(ItemForm, EmptyCodeRowsAreNoCodes) {
  ItemForm form = form_of(crisps(), now.instant);
  form.codes.push_back({" ", "1", ""});
  const auto result = checked(form);
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(result.item.codes.size(), 1u);
}

TEST(ItemForm, ClearingTheMnemonicMakesItFollowTheNameAgain) {
  ItemForm form = form_of(crisps(), now.instant);
  form.mnemonic = "";
  EXPECT_TRUE(follows_name(form));
  EXPECT_EQ(checked(form).item.mnemonic, crisps().mnemonic);
}

TEST(ItemForm, ShowsTheRulesOfGoodsAndGivesThemBack) {
  auto item = crisps();
  item.return_blocked = true;
  item.deposit = true;
  item.sale_hours = catalogue::SaleHours{8 * 60, 22 * 60};
  ItemForm form = form_of(item, now.instant);
  EXPECT_TRUE(form.return_blocked);
  EXPECT_TRUE(form.deposit);
  EXPECT_FALSE(form.open_price);
  EXPECT_EQ(form.sale_hours, "08:00-22:00");
  EXPECT_EQ(checked(form, item).item, item);
  form.return_blocked = form.deposit = false;
  form.open_price = true;
  form.sale_hours = " ";
  const auto changed = checked(form, item);
  EXPECT_TRUE(changed.problems.empty());
  EXPECT_EQ(changed.item.open_price, true);
  EXPECT_FALSE(changed.item.return_blocked);
  EXPECT_FALSE(changed.item.deposit);
  EXPECT_FALSE(changed.item.sale_hours);
  EXPECT_EQ(changed_fields(form_of(item, now.instant), form),
            (std::vector{ItemField::return_blocked, ItemField::open_price, ItemField::deposit, ItemField::sale_hours}));
}

TEST(ItemForm, NamesTheFieldOfARuleThatIsWrong) {
  ItemForm form = form_of(crisps(), now.instant);
  form.sale_hours = "8-22";
  auto result = checked(form);
  EXPECT_EQ(codes_of(result), std::vector<std::string>{"item.bad_sale_hours"});
  EXPECT_EQ(result.problems[0].field, ItemField::sale_hours);
  form = form_of(crisps(), now.instant);
  form.deposit = true;
  form.minimum_age = "18";
  result = checked(form);
  EXPECT_EQ(codes_of(result), std::vector<std::string>{"item.bad_deposit"});
  EXPECT_EQ(result.problems[0].field, ItemField::deposit);
}

TEST(MergeForms, KeepsMineOnTopOfTheirsAndNamesWhatBothChanged) {
  const ItemForm base = form_of(crisps(), now.instant);
  ItemForm mine = base;
  mine.price = "8.50";
  mine.brand = "脆叶";
  ItemForm theirs = base;
  theirs.price = "8.20";
  theirs.spec = "70g";
  const auto merged = merge(base, mine, theirs);
  EXPECT_EQ(merged.form.price, "8.50");
  EXPECT_EQ(merged.form.brand, "脆叶");
  EXPECT_EQ(merged.form.spec, "70g");
  EXPECT_EQ(merged.contested, std::vector{ItemField::price});
  EXPECT_EQ(changed_fields(base, mine), (std::vector{ItemField::brand, ItemField::price}));
}

TEST(MergeForms, TheSameChangeByBothIsNotContested) {
  const ItemForm base = form_of(crisps(), now.instant);
  ItemForm both = base;
  both.price = "8.20";
  EXPECT_TRUE(merge(base, both, both).contested.empty());
}

TEST(Margin, IsTakenOnThePrice) {
  EXPECT_EQ(margin(Money::of_minor(850), Money::of_minor(510)), Rate::of_per_10k(4000));
  EXPECT_EQ(margin(Money::of_minor(580), Money::of_minor(595)), Rate::of_per_10k(-259));
  EXPECT_EQ(margin(std::nullopt, Money::of_minor(1)), std::nullopt);
  EXPECT_EQ(margin(Money(), Money::of_minor(1)), std::nullopt);
}

}  // namespace
}  // namespace lanekeeper::office
