#include "protocol/messages.h"

#include <gtest/gtest.h>

#include "protocol/return_messages.h"
#include "samples.h"

namespace lanekeeper::protocol {
namespace {

TEST(ErrorBody, CarriesAnErrorThereAndBack) {
  const Error error{"barcode.check_digit", "The check digit is wrong.", {{"barcode", "690"}, {"expected", "1"}}};
  const auto text = json::encode(to_body(error));
  EXPECT_EQ(
      text,
      R"({"code":"barcode.check_digit","details":{"barcode":"690","expected":"1"},"message":"The check digit is wrong."})");
  EXPECT_EQ(from_body(json::decode<ErrorBody>(text).value()), error);
}

TEST(ErrorBody, ToleratesDetailsOfOtherShapes) {
  EXPECT_TRUE(from_body(ErrorBody{"a.b", "m", json::Value::array({1})}).details.empty());
  EXPECT_EQ(from_body(ErrorBody{"a.b", "m", json::Value::object({{"n", 5}})}).details, (Error::Details{{"n", "5"}}));
}

TEST(SaleSearch, FitsWhatWasSold) {
  using samples::basket;
  using samples::line;
  auto sale = samples::finished_sale(basket({line(1, "2.00", "3"), line(2, "5.00", "1")}), "20");
  SaleSearch search;
  search.from = search.to = sale.business_date;
  EXPECT_TRUE(fits(search, sale));
  search.item = sale.lines[1].item;
  EXPECT_TRUE(fits(search, sale));
  search.amount = sale.payable;
  search.till = sale.till;
  EXPECT_TRUE(fits(search, sale));
  search.member = 31;
  EXPECT_FALSE(fits(search, sale));
  sale.member = sale::MemberRef{31, "6688", "王*", {}, false};
  EXPECT_TRUE(fits(search, sale));
  search.from = search.to = Date::from_days(sale.business_date.days_since_1970() + 1);
  EXPECT_FALSE(fits(search, sale));

  sale::ReturnableSale sold{sale, {{1, samples::quantity("3"), {}}}, {}, false};
  auto found = found_sale(sold);
  EXPECT_EQ(found.line_count, 2);
  EXPECT_EQ(found.member_name, "王*");
  EXPECT_TRUE(found.left);
  EXPECT_EQ(json::decode<FoundSale>(json::encode(found)), found);
  sold.returned.push_back({2, samples::quantity("1"), {}});
  EXPECT_FALSE(found_sale(sold).left);
  for (auto& one : sold.sale.lines) one.returns = sale::LineReturn{};
  search = {sale.business_date, sale.business_date, {}, {}, {}, {}, 50};
  EXPECT_FALSE(fits(search, sold.sale)) << "what only came back";
}

TEST(AcknowledgementBytes, AreAsDocumented) {
  JournalAck ack;
  ack.till = 3;
  ack.results = {{258, EntryOutcome::stored}, {259, EntryOutcome::conflict}};
  journal::Hash first{};
  first.fill(0xAA);
  journal::Hash second{};
  second.fill(0xBB);
  const auto bytes = acknowledgement_bytes(ack, {first, second});
  EXPECT_EQ(as_text(ByteView(bytes).substr(0, 26)), std::string_view("lanekeeper journal ack v1\0", 26));
  EXPECT_EQ(to_hex(ByteView(bytes).substr(26)),
            "0000000000000003"
            "000000000000010200" +
                std::string(64, 'a') + "000000000000010302" + std::string(64, 'b'));
}

TEST(AcknowledgementBytes, NeedOneHashPerResult) {
  JournalAck ack;
  ack.results = {{1, EntryOutcome::stored}};
  EXPECT_THROW((void)acknowledgement_bytes(ack, {}), Fault);
}

TEST(Messages, GoOverTheWireByTheirNames) {
  PushMessage message;
  message.kind = PushKind::catalogue;
  message.version = 12;
  EXPECT_EQ(json::encode(message), R"({"kind":"catalogue","version":12})");
  EXPECT_EQ(json::encode(EnrolmentApproval{"482913", std::nullopt, false}), R"({"code":"482913","replace":false})");
  EXPECT_EQ(json::decode<PushMessage>(R"({"kind":"fireworks"})").error().code, "json.enum");
}

TEST(Messages, ASaleDetailRoundTrips) {
  SaleDetail detail;
  detail.summary.sale_id = "x";
  detail.sale = samples::finished_sale();
  detail.exceptions = {to_body(Error{"sale.sum_mismatch", "m", {{"at", "total"}}})};
  const auto text = json::encode(detail);
  EXPECT_EQ(json::encode(json::decode<SaleDetail>(text).value()), text);
}

}  // namespace
}  // namespace lanekeeper::protocol
