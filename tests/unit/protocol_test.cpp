#include "protocol/messages.h"

#include <gtest/gtest.h>

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
