#include "barcode/scan.h"

#include <gtest/gtest.h>

#include "barcode/gtin.h"
#include "samples.h"

namespace lanekeeper::barcode {
namespace {

using samples::quantity;
using samples::yuan;
using Kind = ScannedCode::Kind;

std::vector<VariableMeasureLayout> layouts(std::initializer_list<std::string> patterns) {
  std::vector<VariableMeasureLayout> out;
  for (const auto& pattern : patterns) out.push_back(VariableMeasureLayout::parse("label", pattern).value());
  return out;
}

Result<ScannedCode> scan(std::string_view raw, Symbology symbology = Symbology::unknown,
                         std::initializer_list<std::string> patterns = {}) {
  return parse_scan(raw, symbology, layouts(patterns));
}

std::string with_check(std::string digits) {
  return digits + check_digit(digits);
}

TEST(Scan, TakesWorldWideCodesToTheirCanonicalKey) {
  const auto ean13 = scan(" 6908512108211\r\n").value();
  EXPECT_EQ(ean13.kind, Kind::gtin);
  EXPECT_EQ(ean13.code, "06908512108211");
  EXPECT_EQ(ean13.raw, "6908512108211");
  // A scanner that drops the leading zero of UPC-A in EAN-13 (edge case 25).
  EXPECT_EQ(scan("012345678905").value().code, scan("0012345678905").value().code);
  EXPECT_EQ(scan("16908512108218", Symbology::itf14).value().code, "16908512108218");
}

TEST(Scan, NeverTakesAWrongCheckDigit) {
  // Edge case 19: wedge and typed input alike.
  for (const auto symbology : {Symbology::unknown, Symbology::typed, Symbology::ean13}) {
    EXPECT_EQ(scan("6908512108212", symbology).error().code, "barcode.check_digit");
  }
  EXPECT_EQ(scan("8512345678900", Symbology::unknown).error().code, "barcode.check_digit");
  EXPECT_EQ(scan("12345678", Symbology::ean8).error().code, "barcode.check_digit");
}

TEST(Scan, EightDigitsAreEan8ElseUpcE) {
  EXPECT_EQ(scan("12345670").value().code, "00000012345670");
  EXPECT_EQ(scan("04252614").value().code, "00042100005264");  // no valid EAN-8
  EXPECT_EQ(scan("12345678").error().code, "barcode.check_digit");
  // Valid both ways: only the symbology tells.
  const std::string both = [] {
    for (int i = 0; i < 1'000'000; ++i) {
      const auto seven = "0" + std::to_string(1'000'000 + i).substr(1);
      const auto eight = with_check(seven);
      if (expand_upc_e(eight)) return eight;
    }
    return std::string();
  }();
  ASSERT_EQ(both.size(), 8U);
  EXPECT_EQ(scan(both).value().code, "000000" + both);
  EXPECT_EQ(scan(both, Symbology::ean8).value().code, "000000" + both);
  EXPECT_EQ(scan(both, Symbology::upc_e).value().code, "00" + expand_upc_e(both).value());
}

TEST(Scan, BareUpcEGetsItsNumberSystemAndCheckDigit) {
  EXPECT_EQ(scan("123455", Symbology::upc_e).value().code, "00012345000058");
  EXPECT_EQ(scan("12345", Symbology::upc_e).error().code, "barcode.upc_e");
}

TEST(Scan, ShortCodesAndOtherTextPassThrough) {
  EXPECT_EQ(scan("4011").value().kind, Kind::short_code);
  EXPECT_EQ(scan("0007", Symbology::typed).value().code, "0007");
  EXPECT_EQ(scan("1234567").value().kind, Kind::short_code);
  EXPECT_EQ(scan("123456789").value().kind, Kind::other);
  EXPECT_EQ(scan("LK-3-20261122-1").value().code, "LK-3-20261122-1");
  EXPECT_EQ(scan("690851210821X").value().kind, Kind::other);
  // Code 128 carries what its printer liked.
  EXPECT_EQ(scan("6908512108212", Symbology::code128).value().kind, Kind::other);
  EXPECT_EQ(scan("6908512108211", Symbology::code128).value().kind, Kind::gtin);
}

TEST(Scan, RefusesWhatNoBarcodeHolds) {
  EXPECT_EQ(scan("").error().code, "barcode.empty");
  EXPECT_EQ(scan(" \t\r\n").error().code, "barcode.empty");
  EXPECT_EQ(scan(std::string(129, '1')).error().code, "barcode.too_long");
  EXPECT_EQ(scan(std::string(128, 'a')).value().kind, Kind::other);
  EXPECT_EQ(scan("69085\x1D"
                 "12")
                .error()
                .code,
            "barcode.bad_characters");
  EXPECT_EQ(scan("可乐").error().code, "barcode.bad_characters");
  EXPECT_EQ(scan(std::string_view("12\0"
                                  "34",
                                  5))
                .error()
                .code,
            "barcode.bad_characters");
}

TEST(VariableMeasure, AmountInFen) {
  const auto code = scan(with_check("211234501025"), Symbology::ean13, {"21PPPPPAAAAAC"}).value();
  EXPECT_EQ(code.kind, Kind::variable_measure);
  EXPECT_EQ(code.code, "12345");
  EXPECT_EQ(code.amount, yuan("10.25"));
  EXPECT_FALSE(code.weight);
}

TEST(VariableMeasure, WeightInGramsAndLeadingZerosOfThePlu) {
  const auto code = scan(with_check("220004200836"), Symbology::ean13, {"21PPPPPAAAAAC", "22PPPPPWWWWWC"}).value();
  EXPECT_EQ(code.code, "00042");
  EXPECT_EQ(code.weight, quantity("0.836"));
  EXPECT_FALSE(code.amount);
}

// Edge case 22: field order varies with the make of the scale, several formats are active together.
TEST(VariableMeasure, ChineseLabelsOf18Digits) {
  const std::initializer_list<std::string> patterns = {"26PPPPPAAAAAWWWWWC", "28PPPPPWWWWWAAAAAC"};
  const auto amount_first = scan(with_check("26123450102500836"), Symbology::code128, patterns).value();
  EXPECT_EQ(amount_first.amount, yuan("10.25"));
  EXPECT_EQ(amount_first.weight, quantity("0.836"));
  const auto weight_first = scan(with_check("28123450083601025"), Symbology::code128, patterns).value();
  EXPECT_EQ(weight_first.code, "12345");
  EXPECT_EQ(weight_first.amount, yuan("10.25"));
  EXPECT_EQ(weight_first.weight, quantity("0.836"));
}

TEST(VariableMeasure, PriceCheckDigitOfGs1) {
  EXPECT_EQ(price_check_digit("2875"), '9');
  EXPECT_EQ(price_check_digit("14685"), '6');
  EXPECT_EQ(price_check_digit("287"), '\0');
  EXPECT_EQ(price_check_digit(""), '\0');
  const auto good = with_check("21234592875");
  EXPECT_EQ(scan(good, Symbology::upc_a, {"2PPPPPVAAAAC"}).value().amount, yuan("28.75"));
  // Edge case 21: the EAN check digit holds, the amount's does not.
  EXPECT_EQ(scan(with_check("21234582875"), Symbology::upc_a, {"2PPPPPVAAAAC"}).error().code,
            "barcode.price_check_digit");
  EXPECT_EQ(scan(with_check("212345614685"), Symbology::ean13, {"2PPPPPVAAAAAC"}).value().amount, yuan("146.85"));
}

TEST(VariableMeasure, UpcAAndItsEan13FormMatchTheSameLayout) {
  const auto upc_a = with_check("21234592875");
  for (const auto* pattern : {"2PPPPPVAAAAC", "02PPPPPVAAAAC"}) {
    EXPECT_EQ(scan(upc_a, Symbology::upc_a, {pattern}).value().code, "12345") << pattern;
    EXPECT_EQ(scan("0" + upc_a, Symbology::ean13, {pattern}).value().code, "12345") << pattern;
  }
}

TEST(VariableMeasure, TheFirstLayoutThatFitsWins) {
  const auto raw = with_check("212345601025");
  EXPECT_EQ(scan(raw, Symbology::ean13, {"21PPPPPAAAAAC", "2PPPPPPAAAAAC"}).value().code, "23456");
  EXPECT_EQ(scan(raw, Symbology::ean13, {"2PPPPPPAAAAAC", "21PPPPPAAAAAC"}).value().code, "123456");
}

TEST(VariableMeasure, AMisreadLabelFailsLoudly) {
  auto raw = with_check("211234501025");
  raw.back() = raw.back() == '0' ? '1' : '0';
  EXPECT_EQ(scan(raw, Symbology::ean13, {"21PPPPPAAAAAC"}).error().code, "barcode.check_digit");
}

TEST(VariableMeasure, WithoutALayoutItIsAnInStoreArticleNumber) {
  EXPECT_EQ(scan(with_check("211234501025")).value().kind, Kind::gtin);
}

// Odoo's reference cases, where this notation can say the same.
TEST(VariableMeasure, AgreesWithOdoosCases) {
  const auto amount = scan("2212345610259", Symbology::ean13, {"22PPPPPPAAAAC"}).value();
  EXPECT_EQ(amount.code, "123456");
  EXPECT_EQ(amount.amount, yuan("10.25"));
  const auto weight = scan("1020034051259", Symbology::ean13, {"1PPPPPPPPXWWC"}).value();
  EXPECT_EQ(weight.code, "02003405");
  EXPECT_EQ(weight.weight, quantity("0.025"));
}

TEST(Layout, RefusesWhatCannotWork) {
  for (const auto* bad : {"", "21AAAAAWWWWWC", "21PPPPPPPPPPC", "21PPPPPVAAAC", "21PPPPPVAAAAAAC", "21PPPPPVWWWWC",
                          "21PPPPPCAAAAA", "21PPPPPAAAAACC", "21PPPPPAAAAAQ", "21 PPPPAAAAAC", "PPPPPPPAAAAAC",
                          "21ppppp00000C", "21PPPPPVAAVAAC", "21PPPPPAAAAAAAAAAC", "2PPPPPPPPPPPPPPPPAAAAAAAC"}) {
    EXPECT_EQ(VariableMeasureLayout::parse("x", bad).error().code, "layout.bad") << bad;
  }
  EXPECT_TRUE(VariableMeasureLayout::parse("x", "21PPPPPAAAAAX"));
  EXPECT_EQ(VariableMeasureLayout::parse("x", "02PPPPPAAAAAC").value().name, "x");
}

TEST(PaymentCodes, AreRecognisedAtTheGoodsScanner) {
  for (const auto* wallet : {"130123456789012345", "100000000000000000", "159999999999999999",  // WeChat Pay, 18 digits
                             "280123456789012345", "2512345678901234", "301234567890123456789012"}) {  // Alipay, 16..24
    EXPECT_EQ(scan(wallet).error().code, "barcode.payment_code") << wallet;
  }
  EXPECT_EQ(scan("160123456789012345").value().kind, Kind::other);
  EXPECT_EQ(scan("310123456789012345").value().kind, Kind::other);
  EXPECT_EQ(scan("1301234567890123456").value().kind, Kind::other);  // 19 digits
}

// Edge case 30: an Alipay code can begin like an 18-digit scale label.
TEST(PaymentCodes, AreToldFromScaleLabelsByTheCheckDigit) {
  const std::initializer_list<std::string> patterns = {"26PPPPPAAAAAWWWWWC"};
  const auto label = with_check("26123450102500836");
  EXPECT_EQ(scan(label, Symbology::code128, patterns).value().kind, Kind::variable_measure);
  auto wallet = label;
  wallet.back() = wallet.back() == '0' ? '1' : '0';
  EXPECT_EQ(scan(wallet, Symbology::code128, patterns).error().code, "barcode.payment_code");
}

}  // namespace
}  // namespace lanekeeper::barcode
