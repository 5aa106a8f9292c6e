// Whole files into a real database: reports that add up, the same again, the shops' real files, trouble in the middle.
#include <gtest/gtest.h>
#include <iconv.h>

#include <fstream>
#include <iostream>
#include <thread>

#include "barcode/gtin.h"
#include "base/text.h"
#include "services/demo_store.h"
#include "services/import_matching.h"
#include "services/import_service.h"
#include "services/member_service.h"
#include "services/promotion_service.h"
#include "services/till_settings.h"
#include "test_store.h"
#include "workbook.h"

namespace lanekeeper::services {
namespace {

using protocol::ImportState;
using protocol::ImportStatus;
using testing::PrivateDatabase;
using testing::TestStore;

const std::filesystem::path goods_folder = std::filesystem::path(LANEKEEPER_SOURCE_DIR) / "../shared/data/goods";

std::optional<std::string> shop_file(const std::string& name) {
  std::ifstream in(goods_folder / name, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

std::string not_checked(const std::string& name) {
  return "NOT CHECKED: the import of " + name + ", because ../shared/data/goods does not have it";
}

std::string in_encoding(const char* encoding, const std::string& utf8) {
  iconv_t converter = ::iconv_open(encoding, "UTF-8");
  std::string out(utf8.size() * 4, '\0');
  std::string source = utf8;
  char* from = source.data();
  char* to = out.data();
  std::size_t from_left = source.size();
  std::size_t to_left = out.size();
  EXPECT_EQ(::iconv(converter, &from, &from_left, &to, &to_left), 0U);
  ::iconv_close(converter);
  out.resize(out.size() - to_left);
  return out;
}

std::vector<std::vector<std::string>> split(const std::string& text, char separator) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    auto& row = rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, separator);) row.push_back(cell);
  }
  return rows;
}

class ImportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    imports_.emplace(store_->context, store_->catalogue);
    members_.emplace(store_->context);
    members_->prepare();
    promotions_.emplace(store_->context);
    settings_.emplace(store_->context);
  }
  [[nodiscard]] DemoServices demo_services() {
    return {store_->stores, *imports_, *members_, *promotions_, *settings_};
  }

  services::Principal purchaser() const { return store_->manager(access::Role::purchaser); }
  ImportStatus import(const std::string& content, const std::string& name = "goods.csv") {
    auto status = imports_->run(purchaser(), name, content);
    EXPECT_TRUE(status) << status.error().message;
    if (!status) return {};
    EXPECT_EQ(status->added + status->changed + status->unchanged + status->refused, status->rows_done);
    if (status->state == ImportState::done) {
      EXPECT_EQ(status->rows_done, status->rows_total);
    }
    std::int64_t refused_lines = 0;
    std::set<std::int64_t> lines;
    for (const auto& problem : status->problems) {
      if (!problem.warning && lines.insert(problem.line).second) ++refused_lines;
      EXPECT_FALSE(problem.message.empty());
      EXPECT_LE(to_utf32(problem.value).size(), 80U);
    }
    if (status->problem_count <= 1000) {
      EXPECT_EQ(refused_lines, status->refused);
    }
    return *status;
  }
  static std::array<std::int64_t, 4> counts(const ImportStatus& s) {
    return {s.added, s.changed, s.unchanged, s.refused};
  }
  static const protocol::ImportProblem* problem(const ImportStatus& status, const std::string& code) {
    const auto found =
        std::find_if(status.problems.begin(), status.problems.end(), [&](const auto& p) { return p.code == code; });
    return found == status.problems.end() ? nullptr : &*found;
  }
  std::optional<catalogue::Item> item(const std::string& text) {
    auto page = store_->catalogue.list(purchaser(), {text, std::nullopt, std::nullopt, 0, 10});
    if (!page || page->rows.size() != 1) return std::nullopt;
    return page->rows.front().item;
  }

  std::optional<TestStore> store_;
  std::optional<ImportService> imports_;
  std::optional<MemberService> members_;
  std::optional<PromotionService> promotions_;
  std::optional<TillSettings> settings_;
};

TEST_F(ImportTest, GoodRowsAreKeptAndBadOnesNamed) {
  const std::string file =
      "货号,条码,名称,规格,单位,售价,税率,分类\n"
      "1001,6908512108211,可口可乐,1.25L,瓶,6.50,13%,汽水\n"
      "1002,6908512109219,雪碧,1.25L,瓶,6.50,13%,汽水\n"               // check digit
      "1003,6908512109423,雪碧汽水,600ml,瓶,-3.00,13%,汽水\n"          // negative
      "1004,6908512108426,,600ml,瓶,3.00,13%,汽水\n"                   // no name
      "1005,6908512108211,可乐,1.25L,瓶,6.00,13%,汽水\n"               // barcode again
      "1006,6942404210019,百事可乐,355ml,听,6942404210019,13%,汽水\n"  // barcode in the price
      "1007,6942404210026,百事可乐,600ml,瓶,3.00,17%,汽水\n"           // no such tax
      "1001,6942404210033,百事可乐,1.25L,瓶,6.00,13%,汽水\n"           // number again
      "17,,大白菜,,公斤,2.58,9%,蔬菜\n"
      "1009,6942404210057,百事可乐,2.5L,瓶,,13%,汽水\n";  // no price yet
  const auto first = import(file);
  EXPECT_EQ(first.state, ImportState::done);
  EXPECT_EQ(counts(first), (std::array<std::int64_t, 4>{3, 0, 0, 7}));
  for (const auto& [code, line, column] : {std::tuple<const char*, int, const char*>{"barcode.check_digit", 3, "条码"},
                                           {"item.negative_price", 4, "售价"},
                                           {"item.no_name", 5, "名称"},
                                           {"import.duplicate_barcode", 6, "条码"},
                                           {"item.price_too_high", 7, "售价"},
                                           {"import.unknown_tax", 8, "税率"},
                                           {"import.duplicate_number", 9, "货号"},
                                           {"import.no_price", 11, "售价"}}) {
    const auto* found = problem(first, code);
    ASSERT_NE(found, nullptr) << code;
    EXPECT_EQ(found->line, line) << code;
    EXPECT_EQ(found->column, column) << code;
  }
  EXPECT_TRUE(problem(first, "import.no_price")->warning);

  const auto cola = item("1001");
  ASSERT_TRUE(cola);
  EXPECT_EQ(cola->name, "可口可乐");
  EXPECT_EQ(cola->mnemonic, "kkkl");
  EXPECT_EQ(catalogue::price_at(*cola, "regular", store_->clock.now().instant), Money::of_minor(650));
  EXPECT_EQ(item("大白菜")->unit, catalogue::UnitOfMeasure::kilogram);
  EXPECT_TRUE(item("1009")->prices.empty());

  const auto version = store_->catalogue.version();
  const auto again = import(file);
  EXPECT_EQ(counts(again), (std::array<std::int64_t, 4>{0, 0, 3, 7}));
  EXPECT_EQ(store_->catalogue.version(), version) << "an import that changes nothing makes no version";
}

TEST_F(ImportTest, RowsMeetTheirItemsByBarcodeElseByNumber) {
  import("货号,条码,名称,售价,会员价\n1001,6908512108211,可口可乐,6.50,6.00\n");
  auto changed = import("条码,售价\n6908512108211,6.80\n");
  EXPECT_EQ(counts(changed), (std::array<std::int64_t, 4>{0, 1, 0, 0}));
  const auto now = store_->clock.now().instant;
  EXPECT_EQ(catalogue::price_at(*item("1001"), "regular", now), Money::of_minor(680));
  EXPECT_EQ(catalogue::price_at(*item("1001"), "member", now), Money::of_minor(600));

  changed = import("货号,条码,名称\n1001,6908512109218,可口可乐新装\n");
  EXPECT_EQ(counts(changed), (std::array<std::int64_t, 4>{0, 1, 0, 0}));
  EXPECT_EQ(item("1001")->codes.size(), 2U) << "the old barcode stays";

  import("货号,条码,名称\n1002,6942404210019,百事可乐\n");
  const auto taken = import("货号,条码,名称\n1002,6908512108211,百事可乐\n");
  EXPECT_EQ(counts(taken), (std::array<std::int64_t, 4>{0, 0, 0, 1}));
  ASSERT_NE(problem(taken, "item.code_taken"), nullptr);
  EXPECT_NE(problem(taken, "item.code_taken")->message.find("1001"), std::string::npos);
  EXPECT_EQ(counts(import("条码,售价\n6901234567892,1.00\n")), (std::array<std::int64_t, 4>{0, 0, 0, 1}))
      << "a new item needs a name";
}

TEST_F(ImportTest, FilesThatCannotBeUnderstoodChangeNothing) {
  for (const auto& [content, code] : {std::pair<std::string, const char*>{"", "import.empty"},
                                      {"just a letter\n", "import.no_columns"},
                                      {"PK\x03\x04rubbish", "import.not_xlsx"},
                                      {"name,price\ncaf\xE9,1\nna\xEFve,2\n", "import.encoding"}}) {
    const auto status = import(content);
    EXPECT_EQ(status.state, ImportState::failed);
    ASSERT_TRUE(status.error);
    EXPECT_EQ(status.error->code, code);
    EXPECT_EQ(status.rows_done, 0);
  }
  EXPECT_EQ(store_->catalogue.version(), 0);
  EXPECT_EQ(imports_->start(purchaser(), "big.csv", std::string(65 << 20, 'x')).error().code, "import.too_large");
}

TEST_F(ImportTest, ACellOfTenMegabytesIsOneBadRow) {
  const auto status = import("条码,名称\n6908512108211,可口可乐\n6908512109218,\"" + std::string(10 << 20, 'x') +
                             "\"\n6942404210019,百事可乐\n");
  EXPECT_EQ(counts(status), (std::array<std::int64_t, 4>{2, 0, 0, 1}));
  ASSERT_NE(problem(status, "import.cell_too_long"), nullptr);
  EXPECT_EQ(problem(status, "import.cell_too_long")->line, 3);
}

TEST_F(ImportTest, OnlyWhoMayImportDoes) {
  const auto refused = imports_->start(store_->manager(access::Role::cashier), "goods.csv", "条码,名称\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "access.forbidden");
  EXPECT_EQ(imports_->status(purchaser(), "no-such-import").error().code, "import.unknown");
}

TEST_F(ImportTest, TheDemoStoreLoadsAndLoadsAgain) {
  const auto folder = std::filesystem::path(LANEKEEPER_SOURCE_DIR) / "sql/demo";
  const auto loaded = load_demo_store(demo_services(), folder);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_GE(loaded->goods.added, 620);
  EXPECT_EQ(loaded->goods.refused, 0);
  EXPECT_EQ(loaded->goods.problem_count, 0);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM item"), loaded->goods.added);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM category"), 24) << "the goods need no department of their own";
  EXPECT_EQ(loaded->members, 40);
  EXPECT_GE(loaded->promotions, 25);
  EXPECT_EQ(store_->number("SELECT COUNT(DISTINCT tier) FROM member"), 3);
  const auto till = store_->enrol_till(1);
  const auto profile = store_->stores.profile(till.principal());
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->promotion_version, 1);
  EXPECT_EQ(profile->member_version, 1);
  EXPECT_EQ(profile->name, "惠民生鲜 城东店");
  EXPECT_EQ(profile->layouts.size(), 4U);
  EXPECT_EQ(profile->staff.size(), loaded->people.size());
  ASSERT_TRUE(profile->till_policy);
  EXPECT_TRUE(profile->till_policy->shifts_required);
  EXPECT_EQ(profile->till_policy->methods.size(), 2U);
  EXPECT_EQ(std::count_if(profile->staff.begin(), profile->staff.end(), [](const auto& p) { return p.badge_key; }), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM item WHERE open_price = 1"), 3);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM item WHERE deposit = 1"), 1);
  const auto cola = item("klkl");
  ASSERT_TRUE(cola);
  EXPECT_EQ(cola->name, "可口可乐 汽水 1.25L");
  EXPECT_EQ(cola->codes.size(), 2U);
  EXPECT_EQ(item("kkkl klkl"), cola);

  const auto catalogue_version = store_->catalogue.version();
  const auto again = load_demo_store(demo_services(), folder);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->goods.unchanged, loaded->goods.added);
  EXPECT_EQ(again->members, 0);
  EXPECT_EQ(again->promotions, 0);
  EXPECT_EQ(store_->catalogue.version(), catalogue_version);
  EXPECT_EQ(store_->stores.profile(till.principal())->version, profile->version) << "nothing changed, no version";

  EXPECT_EQ(load_demo_store(demo_services(), "/nonexistent").error().code, "demo.unreadable");
}

TEST_F(ImportTest, NothingIsWrongWithTheDemosPromotions) {
  const auto folder = std::filesystem::path(LANEKEEPER_SOURCE_DIR) / "sql/demo";
  ASSERT_TRUE(load_demo_store(demo_services(), folder));
  std::ifstream file(folder / "promotions.json");
  const std::string definitions((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto findings = promotions_->check(definitions);
  ASSERT_TRUE(findings) << findings.error().message;
  for (const auto& finding : *findings) ADD_FAILURE() << finding.promotion << ": " << finding.what.message;
}

TEST_F(ImportTest, TheVillageShopsGoodsComeInWhole) {
  const auto file = shop_file("chinese_goods_1460.csv");
  if (!file) GTEST_SKIP() << not_checked("chinese_goods_1460.csv");
  for (const char* encoding : {"UTF-8", "GB18030", "UTF-16"}) {
    TestStore other(PrivateDatabase::instance().new_schema());
    ImportService imports(other.context, other.catalogue);
    const auto status = imports.run(purchaser(), "goods.csv", in_encoding(encoding, *file));
    ASSERT_TRUE(status);
    EXPECT_EQ(counts(*status), (std::array<std::int64_t, 4>{1460, 0, 0, 0})) << encoding;
    EXPECT_EQ(status->problem_count, 1457 + 1) << "1457 stray letters, no price column";
    EXPECT_EQ(status->problems.size(), 1000U);
    EXPECT_EQ(other.number("SELECT COUNT(*) FROM item WHERE active = 1"), 1460);
    EXPECT_EQ(other.number("SELECT COUNT(*) FROM item WHERE name LIKE 'A%'"), 0) << encoding;
    EXPECT_EQ(other.number("SELECT COUNT(*) FROM item WHERE name = '雪碧汽水600ml'"), 1) << encoding;
    const auto again = imports.run(purchaser(), "goods.csv", in_encoding(encoding, *file));
    EXPECT_EQ(counts(*again), (std::array<std::int64_t, 4>{0, 0, 1460, 0})) << encoding;
  }
}

TEST_F(ImportTest, TheVegetablesOfAWorkbookComeIn) {
  const auto file = shop_file("vegetables_items.xlsx");
  if (!file) GTEST_SKIP() << not_checked("vegetables_items.xlsx");
  const auto status = import(*file, "vegetables_items.xlsx");
  EXPECT_EQ(counts(status), (std::array<std::int64_t, 4>{251, 0, 0, 0}));
  ASSERT_NE(problem(status, "import.no_price_column"), nullptr);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM item WHERE number = '102900005115168' AND name = '牛首生菜'"), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM category WHERE name = '花叶类'"), 1);
  EXPECT_EQ(counts(import(*file, "vegetables_items.xlsx")), (std::array<std::int64_t, 4>{0, 0, 251, 0}));
}

// What should come of the large file, reckoned from the file itself.
struct Expected {
  std::int64_t good = 0;
  std::int64_t long_names = 0;
  std::int64_t duplicates = 0;
  std::int64_t rows = 0;
};
Expected expected_of_the_large_file(const std::string& file) {
  Expected out;
  std::set<std::string> seen;
  for (const auto& row : split(file, '\t')) {
    ++out.rows;
    auto key = barcode::canonical_gtin(row[1]);
    if (!key) key = barcode::canonical_gtin(*barcode::expand_upc_e(row[1]));
    // Blanks at the ends and double ones are taken out of names before they are measured.
    std::string name(trim(row[2]));
    for (auto at = name.find("  "); at != std::string::npos; at = name.find("  ")) name.erase(at, 1);
    if (seen.contains(*key)) {
      ++out.duplicates;
    } else if (to_utf32(name).size() > 120) {
      ++out.long_names;
    } else {
      ++out.good;
    }
    seen.insert(*key);
  }
  return out;
}

TEST_F(ImportTest, FortySevenThousandRowsWithoutHeadings) {
  const auto file = shop_file("gtin_names_47k.tsv");
  if (!file) GTEST_SKIP() << not_checked("gtin_names_47k.tsv");
  const auto begin = std::chrono::steady_clock::now();
  const auto status = import(*file, "gtin_names_47k.tsv");
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
  std::cout << "imported " << status.rows_done << " rows in " << ms << " ms: " << status.rows_done * 1000 / ms
            << " rows a second\n";
  const auto expected = expected_of_the_large_file(*file);
  EXPECT_EQ(status.rows_total, expected.rows);
  EXPECT_EQ(status.added, expected.good);
  EXPECT_EQ(status.refused, expected.long_names + expected.duplicates);
  for (const auto& found : status.problems) {
    if (!found.warning) {
      EXPECT_TRUE(found.code == "item.name_too_long" || found.code == "import.duplicate_barcode") << found.code;
    }
  }
  EXPECT_GT(status.rows_done * 1000 / ms, 1000) << "thousands of rows a second";
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM item"), expected.good);
  EXPECT_EQ(store_->catalogue.version(), (expected.rows - status.refused + 999) / 1000) << "one version a batch";

  const auto again = import(*file, "gtin_names_47k.tsv");
  EXPECT_EQ(counts(again), (std::array<std::int64_t, 4>{0, 0, status.added, status.refused}));
}

TEST_F(ImportTest, FortyThousandChineseCodes) {
  const auto file = shop_file("cn69x_40k.tsv");
  if (!file) GTEST_SKIP() << not_checked("cn69x_40k.tsv");
  const auto status = import(*file, "cn69x_40k.tsv");
  EXPECT_EQ(status.rows_total, 40'000);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM item"), status.added);
  std::map<std::string, int> reasons;
  for (const auto& found : status.problems) {
    if (!found.warning) ++reasons[found.code];
  }
  for (const auto& [code, count] : reasons) std::cout << "refused " << count << " x " << code << '\n';
}

std::string many_rows(int count) {
  std::string out = "货号,名称,售价\n";
  for (int i = 0; i < count; ++i) out += fmt::format("N{},商品 {},{}.50\n", i, i, i % 90 + 1);
  return out;
}

TEST_F(ImportTest, ProgressShowsWhileItRunsAndOnlyOneRuns) {
  auto started = imports_->start(purchaser(), "many.csv", many_rows(30'000));
  ASSERT_TRUE(started);
  EXPECT_EQ(imports_->start(purchaser(), "other.csv", "条码,名称\n").error().code, "import.busy");
  bool between = false;
  ASSERT_TRUE(testing::eventually(
      [&] {
        const auto status = imports_->status(purchaser(), started->import_id);
        if (status->rows_done > 0 && status->rows_done < status->rows_total) between = true;
        return status->state != ImportState::running;
      },
      std::chrono::seconds(60)));
  EXPECT_TRUE(between) << "no progress was visible";
  const auto done = imports_->status(purchaser(), started->import_id);
  EXPECT_EQ(counts(*done), (std::array<std::int64_t, 4>{30'000, 0, 0, 0}));
}

TEST_F(ImportTest, AStopKeepsWhatIsStoredAndTheRestCanFollow) {
  const std::string file = many_rows(30'000);
  auto started = imports_->start(purchaser(), "many.csv", file);
  ASSERT_TRUE(testing::eventually([&] { return imports_->status(purchaser(), started->import_id)->rows_done > 0; },
                                  std::chrono::seconds(60)));
  imports_->stop();
  const auto stopped = imports_->status(purchaser(), started->import_id);
  EXPECT_EQ(stopped->state, ImportState::failed);
  EXPECT_EQ(stopped->error->code, "import.stopping");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM item"), stopped->added);
  EXPECT_LT(stopped->added, 30'000);
  EXPECT_EQ(imports_->start(purchaser(), "many.csv", file).error().code, "import.stopping");

  imports_.emplace(store_->context, store_->catalogue);
  const auto rest = import(file);
  EXPECT_EQ(counts(rest), (std::array<std::int64_t, 4>{30'000 - stopped->added, 0, stopped->added, 0}));
}

// The connection breaks while a batch is committed: the second try finds its own rows and must not call them unchanged.
TEST_F(ImportTest, ABatchWhoseFirstTryWasStoredAfterAllIsCountedOnce) {
  StoredGoods before;
  const auto keep = [](StoredGoods& goods, catalogue::ItemId id, const std::string& number,
                       catalogue::Version version) {
    catalogue::Item stored;
    stored.id = id;
    stored.number = number;
    stored.version = version;
    goods.by_number[number] = id;
    goods.items[id] = stored;
  };
  keep(before, 1, "same", 5);
  keep(before, 2, "edited", 5);
  auto after = before;
  keep(after, 2, "edited", 6);
  keep(after, 3, "new", 6);
  std::vector<ItemImport> rows(5);
  const char* numbers[] = {"same", "edited", "new", "later", "bad"};
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].item.number = numbers[i];
  using O = ImportOutcome;
  std::vector<ItemImportResult> results;
  for (const auto outcome : {O::unchanged, O::unchanged, O::unchanged, O::added, O::refused}) {
    results.push_back({0, outcome, std::nullopt});
  }
  count_whole_batch(results, rows, before, after);
  std::vector<O> outcomes;
  for (const auto& result : results) outcomes.push_back(result.outcome);
  EXPECT_EQ(outcomes, (std::vector<O>{O::unchanged, O::changed, O::added, O::added, O::refused}));
  count_whole_batch(results, rows, before, before);
  EXPECT_EQ(results[0].outcome, O::unchanged);
}

TEST_F(ImportTest, GoesOnAfterTheDatabaseWasKilled) {
  auto started = imports_->start(purchaser(), "many.csv", many_rows(30'000));
  ASSERT_TRUE(testing::eventually([&] { return imports_->status(purchaser(), started->import_id)->rows_done > 0; },
                                  std::chrono::seconds(60)));
  auto& server = PrivateDatabase::instance();
  server.kill();
  server.start();
  ASSERT_TRUE(testing::eventually(
      [&] { return imports_->status(purchaser(), started->import_id)->state != ImportState::running; },
      std::chrono::seconds(90)));
  const auto done = imports_->status(purchaser(), started->import_id);
  EXPECT_EQ(done->state, ImportState::done) << (done->error ? done->error->message : "");
  EXPECT_EQ(done->rows_done, 30'000);
  EXPECT_EQ(counts(*done), (std::array<std::int64_t, 4>{30'000, 0, 0, 0})) << "also when a commit was cut off";
}

}  // namespace
}  // namespace lanekeeper::services
