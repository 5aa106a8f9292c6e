// Codes of the field that are not GS1 data: in-store labels, payment codes, articles. The data lies beside the project.
#include <gtest/gtest.h>

#include "barcode/decode.h"
#include "barcode/gtin.h"
#include "base/text.h"
#include "shared_data.h"

namespace lanekeeper::barcode {
namespace {

using Kind = DecodedScan::Kind;

DecodeContext shop() {
  DecodeContext context;
  context.now = ZonedTime::parse("2026-11-22T10:00:00+08:00").value();
  return context;
}

// Rule, code, expected answer, in words. Rules whose values have other decimals than money and kilograms cannot be
// written as a layout; that the program says so is tested elsewhere.
bool check_in_store_rule(const std::string& rule, const std::string& code, const std::string& expected) {
  if (rule.starts_with("gs1 price verifier")) return false;
  if (rule == "ean8 check digit of 87111125") {
    EXPECT_EQ(std::string(1, check_digit(code.substr(0, 7))), expected);
    return true;
  }
  if (rule == "ean8 rule ........") {
    const auto scan = decode(code, Symbology::ean8, shop());
    EXPECT_EQ(scan.has_value(), expected.starts_with("product")) << code;
    if (scan) {
      EXPECT_EQ(scan->code, "000000" + code);
    }
    return true;
  }
  if (expected.find("value 10.25") != std::string::npos) {
    auto context = shop();
    context.layouts.push_back(VariableMeasureLayout::parse("22......{NNDD}.", "22PPPPPPAAAAC").value());
    const auto scan = decode(code, Symbology::ean13, context).value();
    EXPECT_EQ(scan.kind, Kind::variable_measure);
    EXPECT_EQ(scan.code, code.substr(2, 6));
    EXPECT_EQ(scan.amount, Money::of_minor(1025));
    return true;
  }
  return false;
}

TEST(FieldCodes, InStoreRules) {
  const std::string file = "field/barcode_vectors.tsv";
  const auto lines = shared_data::lines_of(file);
  if (!lines) GTEST_SKIP() << shared_data::absent(file);
  int checked = 0;
  for (const auto& line : *lines) {
    const auto fields = shared_data::fields_of(line);
    if (fields.size() >= 4 && check_in_store_rule(fields[1], fields[2], fields[3])) ++checked;
    if (!fields[0].starts_with("gs1 price verifier")) continue;
    EXPECT_EQ(std::string(1, price_check_digit(fields[1])), fields.back()) << line;
    ++checked;
  }
  EXPECT_EQ(checked, 7);
}

TEST(FieldCodes, ThePaymentCodeOfWeChatsOwnDescription) {
  const std::string file = "field/payment/wechat_v2_micropay.yaml";
  const auto lines = shared_data::lines_of(file);
  if (!lines) GTEST_SKIP() << shared_data::absent(file);
  int checked = 0;
  bool of_auth_code = false;
  for (const auto& line : *lines) {
    const auto text = trim(line);
    if (text.ends_with(':') && text.find(' ') == std::string_view::npos) of_auth_code = text == "auth_code:";
    constexpr std::string_view example = "example: '";
    if (!of_auth_code || !text.starts_with(example)) continue;
    const auto scan = decode(text.substr(example.size(), text.size() - example.size() - 1), Symbology::unknown, shop());
    ASSERT_TRUE(scan);
    EXPECT_EQ(scan->wallet, Wallet::wechat_pay);
    EXPECT_EQ(refusal(*scan, Purpose::goods, shop().now, {})->code, "barcode.payment_code");
    ++checked;
  }
  EXPECT_GE(checked, 1);
}

TEST(FieldCodes, RealArticlesStayWhatTheyAre) {
  const std::string file = "goods/gtin_names_47k.tsv";
  const auto lines = shared_data::lines_of(file);
  if (!lines) GTEST_SKIP() << shared_data::absent(file);
  int articles = 0;
  for (const auto& line : *lines) {
    const auto code = shared_data::fields_of(line).at(1);
    const auto scan = decode(code, Symbology::unknown, shop());
    ASSERT_TRUE(scan) << code;
    EXPECT_EQ(scan->kind, Kind::gtin) << code;
    EXPECT_EQ(scan->code, parse_scan(code, Symbology::unknown, {}).value().code);
    ++articles;
  }
  EXPECT_EQ(articles, 47'482);
}

}  // namespace
}  // namespace lanekeeper::barcode
