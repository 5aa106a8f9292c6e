// The demo store's files: as good as they look.
#include <gtest/gtest.h>

#include <fstream>

#include "access/badge_code.h"
#include "barcode/gtin.h"
#include "barcode/scan.h"
#include "catalogue/item.h"
#include "importing/goods_file.h"
#include "services/demo_store.h"
#include "services/till_settings.h"

namespace lanekeeper::services {
namespace {

const std::filesystem::path folder = std::filesystem::path(LANEKEEPER_SOURCE_DIR) / "sql/demo";

class DemoTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto demo = read_demo_file(folder / "store.toml");
    ASSERT_TRUE(demo) << demo.error().message;
    demo_ = std::move(*demo);
    std::ifstream in(folder / "items.csv", std::ios::binary);
    auto file = importing::GoodsFile::open(
        std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()), 10'000);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_TRUE(importing::findings_of(file->columns()).empty());
    ASSERT_TRUE(file->for_each([this](importing::RowReading reading) {
      for (const auto& finding : reading.findings) ADD_FAILURE() << finding.line << ": " << finding.error.message;
      rows_.push_back(std::move(reading.row));
      return true;
    }));
  }
  DemoFile demo_;
  std::vector<importing::ItemRow> rows_;
};

bool is_gtin(const std::string& code) {
  return code.size() == 14 && barcode::has_valid_check_digit(code);
}

TEST_F(DemoTest, HasSixHundredGoodsOfManyDepartments) {
  EXPECT_GE(rows_.size(), 620U);
  std::map<std::string, int> departments;
  std::set<std::string> names;
  std::set<std::string> english;
  std::set<std::string> numbers;
  for (const auto& row : rows_) {
    ++departments[row.category.value_or("")];
    EXPECT_TRUE(names.insert(row.name.value_or("")).second) << *row.name << " stands there twice";
    EXPECT_TRUE(english.insert(row.name_en.value_or("")).second) << *row.name_en << " stands there twice";
    EXPECT_TRUE(numbers.insert(row.number).second) << row.number;
    EXPECT_NE(row.price.has_value(), row.open_price.value_or(false)) << *row.name;
    EXPECT_TRUE(row.cost.has_value()) << *row.name;
  }
  EXPECT_FALSE(departments.contains(""));
  EXPECT_GE(departments.size(), 15U);
  std::set<std::string> known;
  for (const auto& category : demo_.profile.categories) known.insert(category.name);
  for (const auto& [name, count] : departments) EXPECT_TRUE(known.contains(name)) << name;
}

TEST_F(DemoTest, HasValidBarcodesOfEveryKind) {
  std::set<std::string> codes;
  int ean13 = 0;
  int ean8 = 0;
  int upc_a = 0;
  int cases = 0;
  int priced_cases = 0;
  int plus = 0;
  for (const auto& row : rows_) {
    EXPECT_FALSE(row.codes.empty()) << *row.name;
    for (const auto& code : row.codes) {
      EXPECT_TRUE(codes.insert(code.code).second) << code.code << " stands there twice";
      if (code.code.size() <= 7) {
        ++plus;
        continue;
      }
      ASSERT_TRUE(is_gtin(code.code)) << code.code;
      const std::string shown = barcode::display_gtin(code.code);
      if (code.pack_quantity > Quantity::of_units(1)) {
        ++cases;
        EXPECT_EQ(shown.size(), 14U) << "cases carry ITF-14";
        if (!code.pack_price) continue;
        ++priced_cases;
        const auto singles = multiply(*row.price, code.pack_quantity);
        ASSERT_TRUE(singles);
        EXPECT_LT(*code.pack_price, *singles) << *row.name << ": the case is dearer than its pieces";
      } else if (shown.size() == 8) {
        ++ean8;
      } else if (shown.starts_with("0")) {
        ++upc_a;
      } else {
        ++ean13;
        const int prefix = std::stoi(shown.substr(0, 3));
        EXPECT_TRUE(prefix >= 690 && prefix <= 699) << shown;
      }
    }
  }
  EXPECT_GE(ean13, 450);
  EXPECT_GE(ean8, 5);
  EXPECT_GE(upc_a, 3);
  EXPECT_GE(cases, 40);
  EXPECT_GE(priced_cases, 5);
  EXPECT_LT(priced_cases, cases);
  EXPECT_GE(plus, 100);
}

TEST_F(DemoTest, EveryItemMayBeStored) {
  for (const auto& row : rows_) {
    catalogue::Item item;
    item.number = row.number;
    item.name = *row.name;
    item.name_en = row.name_en.value_or("");
    item.spec = row.spec.value_or("");
    item.brand = row.brand.value_or("");
    item.mnemonic = row.mnemonic.value_or("");
    item.unit = row.unit.value_or(catalogue::UnitOfMeasure::piece);
    item.codes = row.codes;
    if (row.price) item.prices = {{"regular", *row.price, std::nullopt, std::nullopt}};
    item.cost = row.cost;
    item.tare = row.tare.value_or(Quantity());
    item.minimum_age = row.minimum_age.value_or(0);
    item.tax_category = 1;
    const auto valid = catalogue::validate(item);
    EXPECT_TRUE(valid) << row.number << " " << *row.name << ": " << valid.error().message;
    const bool tax_known = std::any_of(demo_.profile.taxes.begin(), demo_.profile.taxes.end(), [&](const auto& tax) {
      return catalogue::rate_on(tax, Date{2026, 11, 22}) == row.tax;
    });
    EXPECT_TRUE(tax_known) << *row.name;
  }
}

TEST_F(DemoTest, WeighedGoodsFillTheQuickKeys) {
  std::map<std::string, int> weighed;
  for (const auto& row : rows_) {
    if (row.unit != catalogue::UnitOfMeasure::kilogram) continue;
    ++weighed[*row.category];
    EXPECT_TRUE(row.codes.size() == 1 && row.codes[0].code.size() <= 7) << *row.name << " has no PLU";
  }
  int tabs = 0;
  for (const auto& category : demo_.profile.categories) {
    if (category.quick_key_order == 0) continue;
    ++tabs;
    EXPECT_GE(weighed[category.name], 15) << category.name;
  }
  EXPECT_EQ(tabs, 4);
  const auto greens = std::find_if(rows_.begin(), rows_.end(), [](const auto& row) { return row.name == "上海青"; });
  ASSERT_NE(greens, rows_.end());
  EXPECT_EQ(greens->codes.at(0).code, "301");
}

TEST_F(DemoTest, ShowsWhatTheTillHasRulesFor) {
  int adults = 0;
  int blocked = 0;
  bool cola = false;
  for (const auto& row : rows_) {
    adults += row.minimum_age.value_or(0) >= 18 ? 1 : 0;
    blocked += row.sale_blocked.value_or(false) ? 1 : 0;
    if (!row.name->starts_with("可口可乐") || !row.mnemonic) continue;
    cola = cola || (row.mnemonic->find("kkkl") != std::string::npos && row.mnemonic->find("klkl") != std::string::npos);
  }
  EXPECT_GE(adults, 20);
  EXPECT_GE(blocked, 1);
  EXPECT_TRUE(cola) << "可口可乐 is found by kkkl and by klkl";
  bool eighteen = false;
  for (const auto& layout : demo_.profile.layouts) {
    EXPECT_TRUE(barcode::VariableMeasureLayout::parse(layout.name, layout.pattern)) << layout.pattern;
    eighteen = eighteen || layout.pattern.size() == 18;
  }
  EXPECT_TRUE(eighteen);
}

TEST_F(DemoTest, ShowsShiftsOpenPricesAndABadge) {
  ASSERT_TRUE(demo_.profile.till_policy);
  const auto& policy = *demo_.profile.till_policy;
  EXPECT_TRUE(policy.shifts_required);
  EXPECT_EQ(policy.usual_float, Money::of_minor(500'00));
  EXPECT_EQ(policy.pick_up_at, Money::of_minor(3000'00));
  EXPECT_EQ(policy.methods.size(), 2U);
  EXPECT_EQ(std::count_if(rows_.begin(), rows_.end(), [](const auto& row) { return row.open_price.value_or(false); }),
            3);
  const auto deposit =
      std::find_if(rows_.begin(), rows_.end(), [](const auto& row) { return row.deposit.value_or(false); });
  ASSERT_NE(deposit, rows_.end());
  EXPECT_EQ(deposit->name, "桶装水押金");
  EXPECT_EQ(deposit->price, Money::of_minor(30'00));
  int badges = 0;
  for (const auto& person : demo_.people) {
    if (!person.badge) continue;
    ++badges;
    EXPECT_TRUE(access::is_badge_code(*person.badge)) << *person.badge;
    EXPECT_EQ(person.role, access::Role::supervisor);
  }
  EXPECT_EQ(badges, 1);
}

TEST_F(DemoTest, HasPeopleInEveryRole) {
  std::set<access::Role> roles;
  std::set<std::string> numbers;
  for (const auto& person : demo_.people) {
    roles.insert(person.role);
    EXPECT_TRUE(numbers.insert(person.number).second) << person.number;
    EXPECT_FALSE(person.pin.empty() && person.password.empty()) << person.name << " cannot sign in anywhere";
  }
  EXPECT_EQ(roles.size(), std::size(json::EnumNames<access::Role>::names));
  const auto wang =
      std::find_if(demo_.people.begin(), demo_.people.end(), [](const auto& p) { return p.number == "1027"; });
  ASSERT_NE(wang, demo_.people.end());
  EXPECT_EQ(wang->name, "王丽");
}

TEST(DemoFiles, ThatAreBrokenAreNamed) {
  const auto missing = read_demo_file("/nonexistent/store.toml");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "demo.unreadable");
}

}  // namespace
}  // namespace lanekeeper::services
