#include "barcode/decode.h"

#include <gtest/gtest.h>

#include "barcode/gtin.h"

namespace lanekeeper::barcode {
namespace {

using Kind = DecodedScan::Kind;

DecodeContext shop(std::initializer_list<std::string> patterns = {}) {
  DecodeContext context;
  context.now = ZonedTime::parse("2026-11-22T10:00:00+08:00").value();
  for (const auto& pattern : patterns) {
    context.layouts.push_back(VariableMeasureLayout::parse("label", pattern).value());
  }
  return context;
}
DecodedScan read(std::string_view raw, const DecodeContext& context = shop()) {
  auto scan = decode(raw, Symbology::unknown, context);
  EXPECT_TRUE(scan) << raw << " " << (scan ? "" : scan.error().code);
  return scan ? *scan : DecodedScan{};
}
std::string error(std::string_view raw, const DecodeContext& context = shop()) {
  const auto scan = decode(raw, Symbology::unknown, context);
  return scan ? "none" : scan.error().code;
}
std::string place(std::string_view raw) {
  const auto scan = decode(raw, Symbology::unknown, shop());
  if (scan) return "none";
  for (const auto& [name, value] : scan.error().details) {
    if (name == "at") return scan.error().code + "@" + value;
  }
  return scan.error().code;
}
std::string with_check(std::string digits) {
  return digits + check_digit(digits);
}
Error refused(const DecodedScan& scan, Purpose purpose = Purpose::goods, const RecalledBatches& recalled = {}) {
  return refusal(scan, purpose, shop().now, recalled).value_or(Error{"none", {}, {}});
}

TEST(Decode, PlainCodesAreWhatTheyWere) {
  EXPECT_EQ(read("6901234567892").code, "06901234567892");
  EXPECT_EQ(read("6901234567892").kind, Kind::gtin);
  EXPECT_EQ(read("04252614").code, "00042100005264");  // UPC-E
  EXPECT_EQ(decode("123455", Symbology::upc_e, shop()).value().code, "00012345000058");
  EXPECT_EQ(read("4011").kind, Kind::short_code);
  EXPECT_EQ(read("LK-3-1").kind, Kind::other);
  EXPECT_EQ(error("6901234567893"), "barcode.check_digit");
  EXPECT_EQ(error(""), "barcode.empty");
  EXPECT_EQ(error("可乐"), "barcode.bad_characters");
  EXPECT_EQ(error(std::string(3000, '1')), "barcode.too_long");
  EXPECT_EQ(error(std::string(200, 'x')), "barcode.too_long");
}

TEST(Decode, LabelsOfTheShop) {
  const auto context = shop({"21PPPPPAAAAAC", "22PPPPPWWWWWC", "26PPPPPAAAAAWWWWWC"});
  const auto amount = read(with_check("211234501025"), context);
  EXPECT_EQ(amount.kind, Kind::variable_measure);
  EXPECT_EQ(amount.code, "12345");
  EXPECT_EQ(amount.amount, Money::of_minor(1025));
  EXPECT_EQ(read(with_check("220004200836"), context).weight, Quantity::of_milli(836));
  const auto chinese = read(with_check("26123450102500836"), context);
  EXPECT_EQ(chinese.amount, Money::of_minor(1025));
  EXPECT_EQ(chinese.weight, Quantity::of_milli(836));
}

TEST(Decode, SymbologyIdentifiers) {
  EXPECT_EQ(read("]E06901234567892").code, "06901234567892");
  EXPECT_EQ(read("]E496385074").code, "00000096385074");
  EXPECT_EQ(read("]E3690123456789212").code, "06901234567892");
  EXPECT_EQ(read("]E369012345678921234"
                 "5")
                .code,
            "06901234567892");
  EXPECT_EQ(error("]E0690123456789"), "barcode.length");
  EXPECT_EQ(error("]E0690123456789A"), "barcode.not_digits");
  EXPECT_EQ(read("]I116901234567899").kind, Kind::gtin);
  EXPECT_EQ(read("]C0ABC").kind, Kind::other);
  EXPECT_EQ(read("]Q1^TESTING").code, "^TESTING");
  for (const auto* gs1 : {"]C1", "]e0", "]e3", "]d2", "]Q3", "]J1"}) {
    const auto scan = read(std::string(gs1) +
                           "010690123456789210ABC\x1D"
                           "17261231");
    EXPECT_EQ(scan.kind, Kind::gs1) << gs1;
    EXPECT_EQ(scan.batch, "ABC");
    EXPECT_EQ(scan.expires, (Date{2026, 12, 31}));
  }
  // A composite symbol: the linear part is the article, the rest says more about it.
  const auto composite = read(
      "]E06901234567892|]e010ABC\x1D"
      "17261231");
  EXPECT_EQ(composite.code, "06901234567892");
  EXPECT_EQ(composite.batch, "ABC");
}

TEST(Decode, AllSpellingsSayTheSame) {
  const auto expected = read("(01)06901234567892(17)261231(10)ABC");
  for (const auto* raw : {"]d2010690123456789217261231"
                          "10ABC",
                          "\x1D"
                          "01069012345678921726123110ABC",
                          "^01069012345678921726123110ABC", "01069012345678921726123110ABC",
                          "0106901234567892\x1D"
                          "17261231\x1D"
                          "10ABC"}) {
    auto scan = read(raw);
    scan.raw = expected.raw;
    EXPECT_EQ(scan, expected) << raw;
  }
  const auto link = read("https://id.gs1.org/01/06901234567892/10/ABC?17=261231");
  EXPECT_EQ(link.code, expected.code);
  EXPECT_EQ(link.batch, expected.batch);
  EXPECT_EQ(link.expires, expected.expires);
}

TEST(Decode, WeightAmountCountAndPrices) {
  const auto scan = read("(01)90012345678908(3103)000195(3922)0299");
  EXPECT_EQ(scan.weight, Quantity::of_milli(195));
  EXPECT_EQ(scan.amount, Money::of_minor(299));
  EXPECT_TRUE(scan.warnings.empty());
  EXPECT_EQ(read("(01)90012345678908(3103)000195(3932)1560299").amount, Money::of_minor(299));
  EXPECT_EQ(error("(01)90012345678908(3103)000195(3932)9780299"), "gs1.amount");
  EXPECT_EQ(error("(01)90012345678908(3103)000195(3923)2995"), "gs1.amount");
  EXPECT_EQ(read("(01)90012345678908(30)12").count, 12);
  EXPECT_EQ(read("(01)06901234567892(8005)001990").unit_price, Money::of_minor(1990));
  EXPECT_EQ(read("(01)90012345678908(3103)000195(3952)001995").unit_price, Money::of_minor(1995));
  EXPECT_EQ(read("(01)90012345678908").warnings.at(0).code, "barcode.measure_missing");
  EXPECT_EQ(read("(01)06901234567892(21)S1").serial, "S1");
}

TEST(Decode, OtherThingsThanGoods) {
  EXPECT_EQ(read("(00)" + with_check("06901234567890123")).kind, Kind::gs1_other);
  EXPECT_EQ(read("]C100" + with_check("06901234567890123")).kind, Kind::gs1_other);
  EXPECT_EQ(read("(8110)012345612345611110123").kind, Kind::gs1_other);
  EXPECT_EQ(read("0120261122000001").kind, Kind::receipt);
  EXPECT_EQ(read("2520261122000001").kind, Kind::receipt);  // till 25: no Alipay code
  EXPECT_EQ(read("2520271122000001").kind, Kind::payment_code);
}

TEST(Decode, MalformedInputNamesThePlace) {
  EXPECT_EQ(place("(01)06901234567893"), "gs1.check_digit@17");
  EXPECT_EQ(place("]C10106901234567893"), "gs1.check_digit@18");
  EXPECT_EQ(place("  ]d2010690123456789217261301"), "gs1.date@25");
  EXPECT_EQ(place("]Q1https://a/01/06901234567893"), "gs1.check_digit@29");
  EXPECT_EQ(place("https://www.example.com/"), "gs1.link_no_key@24");
  EXPECT_EQ(place("01069012345678931726123121000000001"), "gs1.check_digit@15");
  EXPECT_EQ(place("(01)06901234567892(3922)0299"), "gs1.missing_partner@19");
  EXPECT_EQ(place("(01)06901234567892(02)06901234567892"), "gs1.excluded_partner@19");
  EXPECT_EQ(place("(01)06901234567892(10)A(10)B"), "gs1.repeated@24");
  EXPECT_EQ(place("(01)06901234567892(11)000229"), "none");
}

TEST(Decode, AMissingPartnerMayBeAWarning) {
  auto context = shop();
  context.partners_required = false;
  const auto scan = read("(01)90012345678908(3922)0299", context);
  EXPECT_EQ(scan.amount, Money::of_minor(299));
  EXPECT_EQ(scan.warnings.at(0).code, "gs1.missing_partner");
}

TEST(Decode, PaymentCodesAndGoodsAreToldApart) {
  const auto context = shop({"26PPPPPAAAAAWWWWWC"});
  const auto label = with_check("26123450102500836");
  EXPECT_EQ(read("130123456789012345").wallet, Wallet::wechat_pay);
  EXPECT_EQ(read("2801234567890123").wallet, Wallet::alipay);
  EXPECT_EQ(refused(read("130123456789012345")).code, "barcode.payment_code");
  EXPECT_EQ(read(label, context).kind, Kind::variable_measure);
  auto paying = context;
  paying.purpose = Purpose::payment;
  EXPECT_EQ(read(label, paying).kind, Kind::payment_code);  // what is asked for decides
  EXPECT_EQ(refused(read(label, paying), Purpose::payment).code, "none");
  EXPECT_EQ(refused(read("6901234567892", paying), Purpose::payment).code, "barcode.goods_at_payment");
  EXPECT_EQ(refused(read("(01)06901234567892(17)200101", paying), Purpose::payment).code, "barcode.goods_at_payment");
}

TEST(Refusal, PastItsDay) {
  EXPECT_EQ(refused(read("(01)06901234567892(17)261122")).code, "none");  // today is the last good day
  const auto yesterday = refused(read("(01)06901234567892(17)261121"));
  EXPECT_EQ(yesterday.code, "barcode.expired");
  EXPECT_EQ(yesterday.details.at(1).second, "2026-11-21");
  EXPECT_EQ(refused(read("(01)06901234567892(17)261100")).code, "none");  // the end of November
  EXPECT_EQ(refused(read("(01)06901234567892(17)261000")).code, "barcode.expired");
  // Seven in the evening in UTC is tomorrow in the shop.
  auto late = shop();
  late.now = ZonedTime::parse("2026-11-23T03:00:00+08:00").value();
  EXPECT_TRUE(is_expired(read("(01)06901234567892(17)261122"), late.now));
}

TEST(Refusal, PastItsMinute) {
  EXPECT_EQ(refused(read("(01)06901234567892(7003)2611221000")).code, "none");
  EXPECT_EQ(refused(read("(01)06901234567892(7003)2611220959")).code, "barcode.expired");
  EXPECT_EQ(refused(read("(01)06901234567892(17)261122(7003)2611220959")).code, "barcode.expired");
  EXPECT_EQ(refused(read("(01)06901234567892(17)261121(7003)2611231200")).code, "barcode.expired");
  EXPECT_EQ(refused(read("(01)06901234567892(17)261123(7003)2611231200")).code, "none");
}

TEST(Refusal, BestBeforeOnlyWarns) {
  const auto scan = read("(01)06901234567892(15)261121");
  EXPECT_EQ(refused(scan).code, "none");
  EXPECT_EQ(scan.warnings.at(0).code, "barcode.past_best_before");
  EXPECT_TRUE(read("(01)06901234567892(15)261122").warnings.empty());
  EXPECT_EQ(read("(01)06901234567892(16)261121").warnings.at(0).code, "barcode.past_sell_by");
}

TEST(Refusal, RecalledBatches) {
  const RecalledBatches recalled = {{"06901234567892", "B7"}, {"00000096385074", ""}};
  EXPECT_EQ(refused(read("(01)06901234567892(10)B7"), Purpose::goods, recalled).code, "barcode.recalled");
  EXPECT_EQ(refused(read("(01)06901234567892(10)B8"), Purpose::goods, recalled).code, "none");
  EXPECT_EQ(refused(read("6901234567892"), Purpose::goods, recalled).code, "none");
  EXPECT_EQ(refused(read("96385074"), Purpose::goods, recalled).code, "barcode.recalled");
}

TEST(Json, IsCanonical) {
  EXPECT_EQ(decoded_json("6901234567892", Symbology::unknown, shop()),
            R"({"code":"06901234567892","elements":[],"kind":"gtin","raw":"6901234567892","warnings":[]})");
  const std::string expired =
      R"j({"code":"90012345678908","elements":[{"ai":"01","title":"GTIN","value":"90012345678908"},)j"
      R"j({"ai":"17","date":"2026-11-21","title":"USE BY or EXPIRY","value":"261121"},)j"
      R"j({"ai":"3103","number":"0.195","title":"NET WEIGHT (kg)","value":"000195"}],"expires":"2026-11-21",)j"
      R"j("kind":"gs1","raw":"(01)90012345678908(17)261121(3103)000195","refused":{"code":"barcode.expired",)j"
      R"j("details":{"barcode":"90012345678908","date":"2026-11-21"},"message":"These goods are past their date )j"
      R"j(and must not be sold. Set them aside and take a fresh one."},"warnings":[],"weight":"0.195"})j";
  EXPECT_EQ(decoded_json("(01)90012345678908(17)261121(3103)000195", Symbology::unknown, shop()), expired);
  const std::string error =
      R"j({"error":{"code":"gs1.check_digit","details":{"ai":"01","at":"17","reason":"incorrect_check_digit"},)j"
      R"j("message":"A check digit in the code is wrong. Scan it again or check it."}})j";
  EXPECT_EQ(decoded_json("(01)06901234567893", Symbology::unknown, shop()), error);
}

}  // namespace
}  // namespace lanekeeper::barcode
