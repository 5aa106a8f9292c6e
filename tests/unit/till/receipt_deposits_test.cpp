// Deposits on paper: in a sale, and where nothing else went back.
#include <gtest/gtest.h>

#include "base/text.h"
#include "fakes.h"
#include "receipt/receipt.h"
#include "receipt_reader.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using i18n::Language;

std::string printed(const sale::RetailTransaction& sale, Language language, ReceiptKind kind = ReceiptKind::original) {
  const auto receipt =
      read_receipt(receipt_bytes(sale, receipt_store(shop_profile(), language), i18n::Texts(language), kind));
  std::string text;
  for (const auto& line : receipt.lines) text += line.text + "\n";
  return text;
}

sale::RetailTransaction paid(RegisterAtWork& till) {
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{std::max(till.view().cash_due, Money())}), "");
  return *till.sold;
}

TEST(ReceiptDeposits, StandUnderTheirNameInASale) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.run(TakeBackDeposit{0, Shop::bottle, qty("5")});
  const auto sale = paid(till);
  const auto zh = printed(sale, Language::zh_CN);
  EXPECT_NE(zh.find("空瓶押金\n"
                    "  6900000000106            -5     0.60     -3.00\n"
                    "  退押金\n"),
            std::string::npos)
      << zh;
  EXPECT_EQ(zh.find("退供应商"), std::string::npos) << "that is no business of the customer";
  EXPECT_NE(printed(sale, Language::en).find("Deposit returned"), std::string::npos);
  EXPECT_EQ(printed(sale, Language::zh_CN, ReceiptKind::gift).find("押金"), std::string::npos);
}

TEST(ReceiptDeposits, HaveATitleOfTheirOwnWhereNothingElseGoesBack) {
  RegisterAtWork till;
  till.run(TakeBackDeposit{0, Shop::bottle, qty("5")});
  const auto alone = paid(till);
  const auto zh = printed(alone, Language::zh_CN);
  EXPECT_NE(zh.find("退押金\n"), std::string::npos) << zh;
  EXPECT_EQ(zh.find("退货\n"), std::string::npos) << zh;
  till.run(BeginBlindReturn{"no_receipt"});
  till.scan(Shop::chips);
  till.run(TakeBackDeposit{0, Shop::bottle, qty("5")});
  EXPECT_NE(printed(paid(till), Language::zh_CN).find("退货\n"), std::string::npos);
}

}  // namespace
}  // namespace lanekeeper::till::test
