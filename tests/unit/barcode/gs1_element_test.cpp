#include "barcode/gs1_element.h"

#include <gtest/gtest.h>

#include "barcode/gs1_link.h"
#include "barcode/gs1_values.h"

namespace lanekeeper::barcode::gs1 {
namespace {

std::string detail(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.details) {
    if (key == name) return value;
  }
  return {};
}
std::string at(const Error& error) {
  return error.code + "@" + detail(error, "at");
}

TEST(Message, IsTakenApartWithAndWithoutFnc1) {
  const Elements expected = {{"01", "06901234567892"}, {"17", "261231"}, {"10", "ABC"}, {"21", "7"}};
  for (const auto* text : {"01069012345678921726123110ABC\x1D"
                           "217",
                           "\x1D"
                           "01069012345678921726123110ABC\x1D"
                           "217\x1D",
                           "0106901234567892\x1D"
                           "17261231\x1D"
                           "10ABC\x1D"
                           "217"}) {
    EXPECT_EQ(parse_message(text).value(), expected);
  }
  EXPECT_EQ(to_message(expected),
            "01069012345678921726123110ABC\x1D"
            "217");
  const auto elements = parse_message(
                            "010690123456789210ABC\x1D"
                            "217")
                            .value();
  EXPECT_EQ(elements[1].at, 16U);
  EXPECT_EQ(elements[1].value_at, 18U);
  EXPECT_EQ(elements[2].at, 22U);
}

TEST(Message, ErrorsNameThePlace) {
  EXPECT_EQ(at(parse_message("").error()), "gs1.empty@0");
  EXPECT_EQ(at(parse_message("\x1D").error()), "gs1.empty@1");
  EXPECT_EQ(at(parse_message("0106901234567893").error()), "gs1.check_digit@15");
  EXPECT_EQ(at(parse_message("010690123456789217261301").error()), "gs1.date@20");
  EXPECT_EQ(at(parse_message("0106901234567892172612").error()), "gs1.too_short@22");
  EXPECT_EQ(at(parse_message("010690123456789205").error()), "gs1.unknown_ai@16");
  EXPECT_EQ(at(parse_message("0106901234567892\x1D\x1D"
                             "10A")
                   .error()),
            "gs1.unknown_ai@17");
  EXPECT_EQ(at(parse_message("010690123456789210AB C").error()), "gs1.character@20");
  EXPECT_EQ(at(parse_message("0106901234567892", 3).value().empty() ? Error{} : parse_message("05", 3).error()),
            "gs1.unknown_ai@3");
  EXPECT_EQ(at(parse_message("90" + std::string(max_message, 'A')).error()), "gs1.too_big@2048");
  const auto error = parse_message("010690123456789217260230").error();
  EXPECT_EQ(detail(error, "ai"), "17");
  EXPECT_EQ(detail(error, "reason"), "illegal_day");
}

TEST(Message, DataOfFixedLengthEndsByItself) {
  // 422 has three digits, but no length that is laid down for ever: FNC1 has to follow.
  EXPECT_EQ(parse_message("0106901234567892422156\x1D"
                          "10A")
                .value()
                .size(),
            3U);
  EXPECT_EQ(at(parse_message("010690123456789242215610A").error()), "gs1.too_long@22");
}

TEST(Bracketed, EscapesAndErrors) {
  const Elements expected = {{"01", "06901234567892"}, {"10", "A(1)B"}};
  EXPECT_EQ(parse_bracketed("(01)06901234567892(10)A\\(1)B").value(), expected);
  EXPECT_EQ(to_bracketed(expected), "(01)06901234567892(10)A\\(1)B");
  EXPECT_EQ(at(parse_bracketed("").error()), "gs1.empty@0");
  EXPECT_EQ(at(parse_bracketed("0106901234567892").error()), "gs1.brackets@0");
  EXPECT_EQ(at(parse_bracketed("(01)06901234567892(10").error()), "gs1.brackets@18");
  EXPECT_EQ(at(parse_bracketed("(05)1").error()), "gs1.unknown_ai@1");
  EXPECT_EQ(at(parse_bracketed("(01)06901234567892(10)A\\(B C").error()), "gs1.character@26");
  EXPECT_EQ(at(parse_bracketed("(01)06901234567892(17)261232").error()), "gs1.date@26");
}

TEST(CompanyPrefix, IsFourDigitsAtLeast) {
  EXPECT_FALSE(run_check(Check::gcppos1, "6901AB"));
  EXPECT_EQ(run_check(Check::gcppos1, "690")->reason, "too_short_for_gcp");
  EXPECT_EQ(run_check(Check::gcppos1, "69A1")->reason, "invalid_gcp_prefix");
  EXPECT_EQ(run_check(Check::gcppos1, "69A1")->at, 2U);
  EXPECT_FALSE(run_check(Check::gcppos2, "x6901"));
  EXPECT_EQ(run_check(Check::gcppos2, "x69A1")->at, 3U);
  EXPECT_EQ(run_check(Check::gcppos2, "6901")->reason, "too_short_for_gcp");
}

TEST(Link, TakesEveryFormOfAnAddress) {
  const Elements expected = {{"01", "06901234567892"}, {"10", "A/B"}, {"17", "261231"}};
  for (const auto* uri : {"https://id.gs1.org/01/06901234567892/10/A%2fB?17=261231",
                          "HTTP://shop.example:8080/p/q/01/06901234567892/10/A%2FB?17=261231#top",
                          "https://shop.example/gtin/6901234567892/lot/A%2FB?utm=x&17=261231&flag&linkType=gs1:pip",
                          "https://shop.example/01/x/gtin/06901234567892/lot/A%2FB?&&17=%326%31231"}) {
    const auto elements = parse_link(uri);
    ASSERT_TRUE(elements) << uri << " " << elements.error().code;
    EXPECT_EQ(*elements, expected) << uri;
  }
  EXPECT_EQ(parse_link("https://a/01/96385074").value()[0].value, "00000096385074");
  EXPECT_EQ(parse_link("https://a/01/012345678905").value()[0].value, "00012345678905");
}

TEST(Link, ErrorsNameThePlace) {
  const auto error = [](std::string_view uri) { return at(parse_link(uri).error()); };
  EXPECT_EQ(error("ftp://a/01/06901234567892"), "gs1.link_bad@0");
  EXPECT_EQ(error("https://a b/01/06901234567892"), "gs1.link_bad@9");
  EXPECT_EQ(error("https:///01/06901234567892"), "gs1.link_bad@8");
  EXPECT_EQ(error("https://a"), "gs1.link_no_key@9");
  EXPECT_EQ(error("https://a/"), "gs1.link_no_key@10");
  EXPECT_EQ(error("https://weixin.qq.com/r/abc"), "gs1.link_no_key@22");
  EXPECT_EQ(error("https://a/01/06901234567893"), "gs1.check_digit@26");
  EXPECT_EQ(error("https://a/01/6901234567893"), "gs1.check_digit@25");
  EXPECT_EQ(error("https://a/01/06901234567892/21/1/10/A"), "gs1.link_qualifier@33");
  EXPECT_EQ(error("https://a/01/06901234567892/22/A/235/B"), "gs1.link_qualifier@33");
  EXPECT_EQ(error("https://a/01/06901234567892/10/"), "gs1.link_empty@31");
  EXPECT_EQ(error("https://a/01/06901234567892?17="), "gs1.link_empty@31");
  EXPECT_EQ(error("https://a/01/06901234567892?10=A"), "gs1.link_attribute@28");
  EXPECT_EQ(error("https://a/01/06901234567892?8200=A"), "gs1.link_attribute@28");
  EXPECT_EQ(error("https://a/01/06901234567892?05=A"), "gs1.unknown_ai@28");
  EXPECT_EQ(error("https://a/01/06901234567892?99=A&99=A"), "gs1.repeated@33");
  EXPECT_EQ(error("https://a/01/06901234567892?99=%41%20"), "gs1.character@34");
}

TEST(Link, IsWrittenInTheOrderOfTheStandard) {
  const auto elements = parse_bracketed("(17)261231(21)7(10)A/B(01)06901234567892(99)x y").error();
  EXPECT_EQ(elements.code, "gs1.character");
  const auto good = parse_bracketed("(17)261231(21)7(10)A/B(01)06901234567892(99)x").value();
  EXPECT_EQ(to_link(good, "https://id.gs1.org/").value(),
            "https://id.gs1.org/01/06901234567892/10/A%2FB/21/7?17=261231&99=x");
  EXPECT_EQ(to_link({{"10", "A"}}, "https://a").error().code, "gs1.link_no_key");
  EXPECT_EQ(to_link({{"01", "06901234567892"}, {"8200", "x"}}, "https://a").error().code, "gs1.link_attribute");
}

TEST(Dates, TheCenturyIsTheNearest) {
  const Date today{2026, 11, 22};
  const auto date = [today](std::string_view text) { return resolve_date(text, today).value().to_string(); };
  EXPECT_EQ(date("261231"), "2026-12-31");
  EXPECT_EQ(date("760101"), "2076-01-01");  // 50 years ahead
  EXPECT_EQ(date("770101"), "1977-01-01");  // 51
  EXPECT_EQ(date("000101"), "2000-01-01");
  EXPECT_EQ(date("260200"), "2026-02-28");  // no day: the last of the month
  EXPECT_EQ(date("280200"), "2028-02-29");
  EXPECT_EQ(date("261200"), "2026-12-31");
  EXPECT_EQ(resolve_date("400101", Date{2095, 1, 1}).value().to_string(), "2140-01-01");
  EXPECT_EQ(resolve_date("500101", Date{2000, 1, 1}).value().to_string(), "2050-01-01");
  EXPECT_EQ(resolve_date("510101", Date{2000, 1, 1}).value().to_string(), "1951-01-01");
  EXPECT_FALSE(resolve_date("000229", Date{2090, 1, 1}));  // 2100 is no leap year
  EXPECT_FALSE(resolve_date("261301", today));
  EXPECT_FALSE(resolve_date("26123", today));
}

TEST(Numbers, TheIdentifierGivesTheDecimals) {
  EXPECT_EQ(number_of({"3103", "000195"}), "0.195");
  EXPECT_EQ(number_of({"3100", "000012"}), "12");
  EXPECT_EQ(number_of({"3105", "000001"}), "0.00001");
  EXPECT_EQ(number_of({"3932", "1560299"}), "2.99");
  EXPECT_EQ(number_of({"10", "12"}), std::nullopt);
  EXPECT_EQ(kilograms_of({"3103", "000195"}), Quantity::of_milli(195));
  EXPECT_EQ(kilograms_of({"3101", "000012"}), Quantity::of_milli(1200));
  EXPECT_EQ(kilograms_of({"3104", "000015"}), Quantity::of_milli(2));
  EXPECT_EQ(kilograms_of({"3100", "999999"}), Quantity::of_units(999'999));
  EXPECT_EQ(money_of({"3922", "0299"}), Money::of_minor(299));
  EXPECT_EQ(money_of({"3920", "12"}), Money::of_minor(1200));
  EXPECT_EQ(money_of({"3923", "2990"}), Money::of_minor(299));
  EXPECT_EQ(money_of({"3923", "2995"}), std::nullopt);
  EXPECT_EQ(money_of({"3920", "999999999999999"}), std::nullopt);
  EXPECT_EQ(money_of({"3922", "999999999999999"}), Money::of_minor(999'999'999'999'999));
  EXPECT_EQ(money_of({"3942", "0050"}), std::nullopt);
  EXPECT_EQ(currency_of({"3932", "1560299"}), "CNY");
  EXPECT_EQ(currency_of({"3922", "1560299"}), "");
}

}  // namespace
}  // namespace lanekeeper::barcode::gs1
