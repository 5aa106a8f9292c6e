#include <gtest/gtest.h>

#include "base/text.h"
#include "fakes.h"
#include "offers.h"
#include "receipt/escpos.h"
#include "receipt/receipt.h"
#include "receipt_reader.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using i18n::Language;
using i18n::Texts;

sale::RetailTransaction some_sale(CashRounding rounding = CashRounding::down_10) {
  RegisterAtWork till;
  auto settings = shop_settings();
  settings.cash_rounding = rounding;
  till.machine.set_settings(settings);
  till.scan(Shop::milk);
  till.run(PendingQuantity{qty("2")});
  till.scan(Shop::chips);
  till.run(Weigh{"301", qty("0.428"), sale::WeightSource::manual});
  till.scan(Shop::cola);
  till.run(OverridePrice{4, yuan("2.50"), "damaged"});
  till.scan(Shop::milk);
  till.run(VoidLine{5});
  till.run(BeginTender{});
  till.run(TenderCash{yuan("50")});
  till.run(TenderCash{yuan("50")});
  till.sold->receipt_number = 142;
  return *till.sold;
}

PrintedReceipt printed(const sale::RetailTransaction& sale, Language language = Language::zh_CN,
                       ReceiptKind kind = ReceiptKind::original) {
  return read_receipt(receipt_bytes(sale, receipt_store(shop_profile(), language), Texts(language), kind));
}

TEST(Receipt, LooksLikeTheDesign) {
  const auto receipt = printed(some_sale());
  const std::vector<std::string> expected = {
      "惠民生鲜 城东店",
      "滨河路 128 号  服务热线 0571-5555-0128",
      "",
      "小票号 03-1120-0142             2026-11-20 10:42",
      "3 号台  收银员 1027",
      "================================================",
      "商品                     数量     单价      金额",
      "------------------------------------------------",
      "晨牧纯牛奶 250mL×12盒",
      "  6901234567892             1    49.90     49.90",
      "脆叶薯片",
      "  6900000000014             2     7.90     15.80",
      "上海青",
      "  301                 0.428kg     5.96      2.55",
      "  手工输入重量",
      "可乐",
      "  6900000000069             1     2.50      2.50",
      "  原价 3.00",
      "------------------------------------------------",
      "小计  4 行 5 件                            70.75",
      "应付               70.75",
      "现金抹分                                   -0.05",
      "实付                                       70.70",
      "------------------------------------------------",
      "现金                                       50.00",
      "现金                                       50.00",
      "找零               29.30",
      "------------------------------------------------",
      "税率              不含税        税额        含税",
      "A 13%              60.40        7.85       68.25",
      "B 9%                2.29        0.21        2.50",
      "合计               62.69        8.06       70.75",
      "================================================",
      "凭本小票 7 天内可退换，生鲜 24 小时内",
      "开电子发票：小票号填入门店公众号",
      "",
      "",
  };
  EXPECT_EQ(receipt.texts(), expected);
  EXPECT_EQ(receipt.barcode, "0320261120000142");
  EXPECT_TRUE(receipt.cut);
  EXPECT_TRUE(receipt.line_with("应付").twice);
  EXPECT_TRUE(receipt.line_with("找零").twice);
  EXPECT_TRUE(receipt.line_with("惠民生鲜").centered);
}

// Promotions, a member, a coupon and a discount by hand; then one of its goods comes back.
struct SaleAndReturn {
  sale::RetailTransaction sale;
  sale::RetailTransaction back;
};
SaleAndReturn sale_and_return() {
  RegisterAtWork till(access::Role::manager);
  auto settings = settings_with_offers();
  settings.cash_rounding = CashRounding::down_10;
  till.machine.set_settings(settings);
  till.run(IdentifyMember{some_member()});
  till.scan(Shop::milk);
  till.run(PendingQuantity{qty("2")});
  till.scan(Shop::chips);
  till.scan(Shop::cola);
  till.run(AddCoupon{"8812345678", true});
  till.run(AddCoupon{"88123456", true});
  till.run(DiscountLine{3, yuan("0.27"), {}, "damaged"});
  till.run(BeginTender{});
  till.run(TenderCash{yuan("60")});
  SaleAndReturn both;
  both.sale = *till.sold;
  both.sale.receipt_number = 142;
  till.run(BeginReturn{{both.sale, {}, {}, false}});
  till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"});
  till.run(BeginTender{});
  till.run(TenderCash{});
  both.back = *till.sold;
  both.back.receipt_number = 143;
  return both;
}

bool has_in_order(const PrintedReceipt& receipt, const std::vector<std::string>& lines) {
  const auto texts = receipt.texts();
  return std::search(texts.begin(), texts.end(), lines.begin(), lines.end()) != texts.end();
}

TEST(Receipt, SaysUnderEachLineWhatWasSavedAndWhy) {
  const auto receipt = printed(sale_and_return().sale);
  EXPECT_TRUE(has_in_order(receipt, {
                                        "  6900000000014             2     7.90     15.80",
                                        "  chips名                                  -3.95",
                                        "  ticket名                                 -0.58",
                                        "可乐",
                                        "  6900000000069             1     3.00      3.00",
                                        "  ticket名                                 -0.15",
                                        "  手工优惠                                 -0.27",
                                        "------------------------------------------------",
                                        "小计  3 行 4 件                            68.70",
                                        "优惠合计                                  -11.22",
                                        "应付               57.48",
                                        "现金抹分                                   -0.08",
                                        "实付                                       57.40",
                                    }));
  EXPECT_TRUE(has_in_order(receipt, {
                                        "------------------------------------------------",
                                        "会员 王*  尾号 6688",
                                        "优惠券 88123456",
                                        "------------------------------------------------",
                                        "税率              不含税        税额        含税",
                                    }));
  EXPECT_NO_THROW((void)receipt.line_with("本单为您节省 11.22 元"));
}

TEST(Receipt, NamesOfOffersAreInItsLanguageWhereThereIsOne) {
  auto sale = sale_and_return().sale;
  sale.coupons->front() = "8820123456783317";
  auto& discounts = sale.priced.lines[1].discounts;
  discounts[0].name_en = "Second at half price";
  discounts[1].name.reset();
  sale.priced.lines[2].discounts[0].promotion = sale::list_price_id;
  const auto english = printed(sale, Language::en);
  EXPECT_NO_THROW((void)english.line_with("  Second at half price"));
  EXPECT_NO_THROW((void)english.line_with("  milk名")) << "better than nothing";
  EXPECT_NO_THROW((void)english.line_with("  Promotion "));
  EXPECT_NO_THROW((void)english.line_with("  Discount by hand"));
  EXPECT_NO_THROW((void)english.line_with("  Member price"));
  EXPECT_NO_THROW((void)printed(sale).line_with("  会员价"));
  EXPECT_NO_THROW((void)english.line_with("Coupon 8820****3317"));
  EXPECT_NO_THROW((void)printed(sale).line_with("  促销优惠"));
}

TEST(Receipt, OfGoodsThatComeBack) {
  const auto receipt = printed(sale_and_return().back);
  EXPECT_TRUE(receipt.line_with("退货").twice);
  EXPECT_EQ(receipt.line_with("原小票").text, "原小票 3-142");
  EXPECT_TRUE(has_in_order(receipt, {
                                        "  6900000000014            -1     7.90     -5.63",
                                        "  原因：质量问题",
                                        "------------------------------------------------",
                                        "小计  1 行 1 件                            -5.63",
                                        "应退                5.63",
                                        "现金抹分                                   -0.03",
                                        "------------------------------------------------",
                                        "实退                5.60",
                                    }));
  EXPECT_THROW((void)receipt.line_with("找零"), std::out_of_range);
  EXPECT_THROW((void)receipt.line_with("会员"), std::out_of_range);
  EXPECT_EQ(receipt.barcode, "0320261120000143");
}

TEST(Receipt, SaysWhyGoodsCameBackAndThatTheyCannotBeSold) {
  auto back = sale_and_return().back;
  back.lines[0].returns->to = sale::ReturnedTo::supplier;
  EXPECT_TRUE(has_in_order(printed(back), {"  原因：质量问题", "  退供应商"}));
  EXPECT_TRUE(has_in_order(printed(back, Language::en), {"  Reason: faulty", "  to the supplier"}));
  back.lines[0].returns->reason = "the lid is broken";
  EXPECT_NO_THROW((void)printed(back, Language::en).line_with("  Reason: the lid is broken"));
  back.lines[0].returns->reason.reset();
  EXPECT_THROW((void)printed(back).line_with("  原因"), std::out_of_range);
  back.returned_sale.reset();
  back.blind_return = sale::BlindReturn{"spoiled"};
  EXPECT_NO_THROW((void)printed(back).line_with("  原因：变质过期"));
}

TEST(Receipt, OfAWholeSaleThatWasMadeUndone) {
  auto back = sale_and_return().back;
  back.returned_sale->void_reason = "wrong_payment";
  const auto receipt = printed(back);
  EXPECT_TRUE(receipt.line_with("作废").twice);
  EXPECT_TRUE(has_in_order(receipt, {"作废的小票 3-142", "原因：付款方式错"}));
  EXPECT_THROW((void)receipt.line_with("退货"), std::out_of_range);
  EXPECT_THROW((void)receipt.line_with("  原因"), std::out_of_range) << "one reason for all of it";
  const auto english = printed(back, Language::en);
  EXPECT_TRUE(english.line_with("VOID").twice);
  EXPECT_TRUE(has_in_order(english, {"Voids receipt 3-142", "Reason: wrong payment"}));
  back.returned_sale->void_reason = "typed by somebody";
  EXPECT_NO_THROW((void)printed(back).line_with("原因：typed by somebody"));
}

TEST(Receipt, FitsThePaper) {
  auto sale = some_sale();
  sale.lines[0].name = "一个长得没完没了的商品名称一个长得没完没了的商品名称一个长得没完没了的商品名称";
  sale.lines[0].code = std::string(128, '8');
  sale.lines[0].unit_price = yuan("1000000.00");
  sale.priced.lines[0].discounts.push_back({"x", yuan("1000000.00"), sale.lines[0].name, std::string(90, 'x')});
  sale.member = some_member();
  sale.member->name = sale.lines[0].name;
  sale.coupons = {std::string(64, 'C')};
  for (const auto language : {Language::zh_CN, Language::en}) {
    for (const auto& line : printed(sale, language).lines) {
      EXPECT_LE(display_width(line.text), line.twice ? 24 : 48) << line.text;
    }
  }
}

TEST(Receipt, EnglishIsComplete) {
  auto sale = some_sale();
  sale.lines[0].name_en = "Morning milk";
  const auto receipt = printed(sale, Language::en);
  EXPECT_EQ(receipt.line_with("To pay").text, "To pay             70.75");
  EXPECT_EQ(receipt.line_with("Subtotal").text, "Subtotal  4 lines, 5 pieces                70.75");
  EXPECT_NO_THROW((void)receipt.line_with("Morning milk"));
  EXPECT_NO_THROW((void)receipt.line_with("Weight entered by hand"));
}

TEST(Receipt, ADuplicateSaysSoAtBothEnds) {
  const auto receipt = printed(some_sale(), Language::zh_CN, ReceiptKind::duplicate);
  const auto texts = receipt.texts();
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "重打"), 2);
  EXPECT_NO_THROW((void)printed(some_sale(), Language::en, ReceiptKind::duplicate).line_with("DUPLICATE"));
}

TEST(Receipt, ASimulatedClockIsSaid) {
  auto sale = some_sale();
  sale.simulated_clock = true;
  EXPECT_NO_THROW((void)printed(sale).line_with("时间由人工设定"));
}

TEST(Receipt, WordsFromTheCatalogueCannotCommandThePrinter) {
  auto sale = some_sale();
  sale.lines[0].name = "坏\x1b@名\x1d\x56\x41\x03\nx";
  const auto bytes = receipt_bytes(sale, receipt_store(shop_profile(), Language::zh_CN), Texts(Language::zh_CN),
                                   ReceiptKind::original);
  EXPECT_EQ(read_receipt(bytes).line_with("坏").text, "坏 @名 VA  x");
}

TEST(Receipt, CharactersOutsideGbkAreStillWritten) {
  auto sale = some_sale();
  sale.lines[0].name = "𠮷野家 ™ ×";
  EXPECT_NO_THROW((void)printed(sale).line_with("𠮷野家 ™ ×"));
}

TEST(Receipt, LargeNumbersKeepTheIdentityEven) {
  auto sale = some_sale();
  sale.till = 101;
  sale.receipt_number = 1'234'567;
  EXPECT_EQ(receipt_identity(sale), "01012026112001234567");
  EXPECT_EQ(printed(sale).barcode, "01012026112001234567");
}

TEST(Receipt, NoRoundingNoLineForIt) {
  const auto texts = printed(some_sale(CashRounding::none)).texts();
  EXPECT_EQ(std::count_if(texts.begin(), texts.end(), [](const auto& t) { return t.starts_with("现金抹分"); }), 0);
}

}  // namespace
}  // namespace lanekeeper::till::test
