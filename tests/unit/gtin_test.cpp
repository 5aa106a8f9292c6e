#include "barcode/gtin.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include <gtest/gtest.h>

#include "base/text.h"

namespace lanekeeper::barcode {
namespace {

// Real data beside the project; not part of it. Tests that want it say loudly when it is not there.
std::optional<std::ifstream> shared_data(const std::string& file) {
  const auto path = std::filesystem::path(LANEKEEPER_SOURCE_DIR).parent_path() / "shared" / "data" / file;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return std::ifstream(path);
}

std::vector<std::string> fields_of(const std::string& line, char separator) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == separator) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

std::string expected_digit(const Error& error) {
  for (const auto& [name, value] : error.details) {
    if (name == "expected") return value;
  }
  return {};
}

TEST(CheckDigit, WeightsThreeAndOneFromTheRight) {
  EXPECT_EQ(check_digit("690851210821"), '1');
  EXPECT_EQ(check_digit("8711112"), '5');  // 87111125
  EXPECT_EQ(check_digit("01234567890"), '5');
  EXPECT_TRUE(has_valid_check_digit("6908512108211"));
  EXPECT_FALSE(has_valid_check_digit("6908512108212"));
  EXPECT_FALSE(has_valid_check_digit("1"));
  EXPECT_FALSE(has_valid_check_digit(""));
  EXPECT_FALSE(has_valid_check_digit("69085121O8211"));
}

TEST(CanonicalGtin, OneArticleHasOneKey) {
  for (const auto* code : {"012345678905", "0012345678905", "00012345678905"}) {
    EXPECT_EQ(canonical_gtin(code).value(), "00012345678905") << code;
  }
  EXPECT_EQ(canonical_gtin("12345670").value(), "00000012345670");
  EXPECT_EQ(canonical_gtin("16908512108218").value(), "16908512108218");
}

TEST(CanonicalGtin, SaysWhatIsWrong) {
  const auto wrong = canonical_gtin("6908512108212").error();
  EXPECT_EQ(wrong.code, "barcode.check_digit");
  EXPECT_EQ(expected_digit(wrong), "1");
  EXPECT_EQ(canonical_gtin("690851210821X").error().code, "barcode.not_digits");
  EXPECT_EQ(canonical_gtin("").error().code, "barcode.not_digits");
  for (const auto* code : {"1", "1234567", "123456789", "12345678901", "123456789012345"}) {
    EXPECT_EQ(canonical_gtin(code).error().code, "barcode.length") << code;
  }
}

TEST(UpcE, ExpandsByItsLastDigit) {
  const std::pair<const char*, const char*> codes[] = {{"01234505", "012000003455"}, {"04252614", "042100005264"},
                                                       {"01234531", "012300000451"}, {"01234543", "012340000053"},
                                                       {"01234558", "012345000058"}, {"01234596", "012345000096"}};
  for (const auto& [short_form, upc_a] : codes) EXPECT_EQ(expand_upc_e(short_form).value(), upc_a) << short_form;
}

TEST(UpcE, RefusesOtherCodes) {
  EXPECT_EQ(expand_upc_e("01234506").error().code, "barcode.check_digit");
  EXPECT_EQ(expected_digit(expand_upc_e("01234506").error()), "5");
  for (const auto* code : {"21234505", "0123450", "012345055", "0123450x", ""}) {
    EXPECT_EQ(expand_upc_e(code).error().code, "barcode.upc_e") << code;
  }
}

TEST(DisplayGtin, ShowsTheFormPeopleKnow) {
  EXPECT_EQ(display_gtin("06908512108211"), "6908512108211");
  EXPECT_EQ(display_gtin("00012345678905"), "0012345678905");
  EXPECT_EQ(display_gtin("00000012345670"), "12345670");
  EXPECT_EQ(display_gtin("16908512108218"), "16908512108218");
  EXPECT_EQ(display_gtin("1234"), "1234");
}

TEST(RealGoods, ChineseGoodsHave1449ValidEan13) {
  auto file = shared_data("goods/chinese_goods_1460.csv");
  if (!file) GTEST_SKIP() << "NOT CHECKED: ../shared/data/goods/chinese_goods_1460.csv is not there";
  int ean13 = 0;
  int ean8 = 0;
  std::string line;
  std::getline(*file, line);
  while (std::getline(*file, line)) {
    const auto code = fields_of(line, ',').back();
    if (!canonical_gtin(code)) continue;
    ean13 += code.size() == 13 ? 1 : 0;
    ean8 += code.size() == 8 ? 1 : 0;
  }
  EXPECT_EQ(ean13, 1449);
  EXPECT_EQ(ean8, 11);
}

TEST(RealGoods, EveryArticleOfTheWorldListIsAGtinOrAUpcE) {
  auto file = shared_data("goods/gtin_names_47k.tsv");
  if (!file) GTEST_SKIP() << "NOT CHECKED: ../shared/data/goods/gtin_names_47k.tsv is not there";
  int good = 0;
  int upc_e_only = 0;
  std::string line;
  while (std::getline(*file, line)) {
    const auto code = fields_of(line, '\t').at(1);
    if (canonical_gtin(code)) {
      ++good;
    } else if (expand_upc_e(code)) {
      ++upc_e_only;
    } else {
      ADD_FAILURE() << code;
    }
  }
  EXPECT_EQ(good, 47'431);
  EXPECT_EQ(upc_e_only, 51);
}

// The check-digit cases of the GS1 syntax dictionary's own tests.
TEST(FieldVectors, CheckDigitsAgreeWithGs1) {
  auto file = shared_data("field/gs1/linter_vectors.tsv");
  if (!file) GTEST_SKIP() << "NOT CHECKED: ../shared/data/field/gs1/linter_vectors.tsv is not there";
  int checked = 0;
  std::string line;
  while (std::getline(*file, line)) {
    const auto fields = fields_of(line, '\t');
    if (fields[0] != "gs1_lint_csum" || fields.size() < 3 || fields[2].size() < 2 || !is_ascii_digits(fields[2]))
      continue;
    EXPECT_EQ(has_valid_check_digit(fields[2]), fields[1] == "PASS") << fields[2];
    ++checked;
  }
  EXPECT_GE(checked, 5);
}

}  // namespace
}  // namespace lanekeeper::barcode
