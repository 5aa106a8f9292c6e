#include <gtest/gtest.h>

#include "receipt/identity.h"

namespace lanekeeper::till::test {
namespace {

std::string read(std::string_view text) {
  const auto identity = read_receipt_identity(text);
  if (!identity) return {};
  const auto date = identity->business_date ? " " + identity->business_date->to_string() : std::string();
  return short_receipt_number(identity->till, identity->number) + date;
}

TEST(ReceiptIdentity, IsReadFromItsBarcode) {
  EXPECT_EQ(read("0320261120000142"), "3-142 2026-11-20");
  EXPECT_EQ(read("]C00320261120000142 "), "3-142 2026-11-20");
  EXPECT_EQ(read("01012026112001234567"), "101-1234567 2026-11-20");
  sale::RetailTransaction sale;
  sale.business_date = Date{2026, 11, 20};
  for (const std::int64_t till : {1, 99, 100, 2026, 12345}) {
    for (const std::int64_t number : {1, 999999, 1000000, 20261120}) {
      sale.till = till;
      sale.receipt_number = number;
      EXPECT_EQ(read(receipt_identity(sale)), short_receipt_number(till, number) + " 2026-11-20");
    }
  }
}

TEST(ReceiptIdentity, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(read("3-142"), "3-142");
  EXPECT_EQ(read(" 03-1120-0142"), "3-142");
}

TEST(ReceiptIdentity, IsNothingElse) {
  for (const auto* text :
       {"", "-", "3-", "-142", "3-x", "3-11-142", "3-1120-", "1-2-3-4", "6901234567892", "0320261320000142",
        "0020261120000142", "0320261120000000", "99999999999999999999-1", "0001202611200000142"}) {
    EXPECT_EQ(read(text), "") << text;
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
