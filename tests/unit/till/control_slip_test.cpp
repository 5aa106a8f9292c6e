// Slips of cash, shifts and baskets put aside, and the reports X and Z, as they come out of the printer.
#include "receipt/control_slip.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "devices/escpos_decoder.h"
#include "devices/paper.h"
#include "fakes.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using i18n::Language;
using i18n::Texts;
using sale::ControlKind;

ZonedTime at(const char* time) {
  return ZonedTime::parse(std::string("2026-11-20T") + time + ":00.000+08:00").value();
}

sale::ControlTransaction control(ControlKind kind) {
  sale::ControlTransaction one;
  one.kind = kind;
  one.till = 3;
  one.shift = 12;
  one.at = at("10:45");
  one.cashier_number = "1027";
  return one;
}

sale::ShiftTotals totals() {
  sale::ShiftTotals totals;
  totals.sale_count = 41;
  totals.return_count = 2;
  totals.gross = yuan("1234.50");
  totals.discounts = yuan("34.50");
  totals.returns = yuan("20.00");
  totals.turnover = yuan("1180.00");
  totals.cash_rounding = yuan("-0.30");
  totals.taxes = {{1, "A", Rate::of_per_10k(1300), yuan("1044.25"), yuan("135.75")}};
  totals.tenders = {{sale::TenderKind::cash, {}, 30, yuan("900.00")},
                    {sale::TenderKind::card, {}, 10, yuan("200.00")},
                    {sale::TenderKind::other, "meal", 3, yuan("79.70")}};
  totals.voided_lines = 5;
  totals.suspended = 1;
  totals.reprints = 3;
  totals.opening_float = yuan("300.00");
  totals.paid_out = yuan("50.00");
  totals.paid_out_count = 1;
  totals.first_receipt = 100;
  totals.last_receipt = 142;
  return totals;
}

SlipOptions with_methods() {
  SlipOptions options;
  options.methods = {{"meal", "饭卡", "Meal card", true, true}};
  return options;
}

struct Printed {
  std::string text;
  std::vector<std::string> barcodes;
  int cuts = 0;
  [[nodiscard]] bool has(std::string_view words) const { return text.find(words) != std::string::npos; }
};

Printed read(const std::string& bytes) {
  devices::EscPosDecoder decoder;
  const auto events = decoder.feed(bytes);
  Printed printed{devices::render_text(events), {}, 0};
  for (const auto& event : events) {
    if (const auto* code = std::get_if<devices::Barcode>(&event)) printed.barcodes.push_back(code->data);
    printed.cuts += std::holds_alternative<devices::Cut>(event);
    EXPECT_FALSE(std::holds_alternative<devices::Unknown>(event));
  }
  EXPECT_EQ(printed.cuts, 1);
  return printed;
}

Printed slip(const sale::ControlTransaction& one, Language language = Language::zh_CN,
             const SlipOptions& options = with_methods(), const protocol::StoreProfile& profile = shop_profile()) {
  return read(control_slip_bytes(one, receipt_store(profile, language), Texts(language), options));
}

TEST(ControlSlip, ReportZ) {
  auto one = control(ControlKind::shift_close);
  one.amount = yuan("1149.00");
  sale::ShiftClosing closing;
  closing.number = 12;
  closing.opened_at = at("07:30");
  closing.totals = totals();
  closing.counts = {{yuan("100.00"), 11}, {yuan("0.50"), 98}};
  closing.checks = {{sale::TenderKind::cash, {}, yuan("1150.00"), yuan("1149.00"), "change"},
                    {sale::TenderKind::card, {}, yuan("200.00"), yuan("200.00"), {}}};
  closing.left_in_drawer = yuan("300.00");
  one.closing = closing;
  const auto printed = slip(one);
  for (const auto* line :
       {"3 号台  收银员 1027             2026-11-20 10:45\n", "开班时间                        2026-11-20 07:30\n",
        "销售笔数                                      41\n", "销售金额                                 1234.50\n",
        "优惠                                      -34.50\n", "退货金额                                  -20.00\n",
        "小票号                                 100 - 142\n", "现金  x30                                 900.00\n",
        "饭卡  x3                                   79.70\n", "A 13%                            1044.25  135.75\n",
        "备用金                                    300.00\n", "支出                                      -50.00\n",
        "钱箱应有                                 1150.00\n", "100.00 x 11\n",
        "长短款                                     -1.00\n", "原因                                    找错零钱\n",
        "留在钱箱                                  300.00\n", "整行作废                                       5\n"}) {
    EXPECT_TRUE(printed.has(line)) << line << printed.text;
  }
  EXPECT_TRUE(printed.has("Z 报表")) << printed.text;
  EXPECT_TRUE(printed.has("签名"));
  EXPECT_TRUE(slip(one, Language::en).has("Meal card  x3"));
}

TEST(ControlSlip, AReportXThatIsBlindTellsNoSums) {
  XReport report;
  report.till = 3;
  report.shift = 12;
  report.cashier_number = "1027";
  report.opened_at = at("07:30");
  report.printed_at = at("12:00");
  report.totals = totals();
  const auto print = [&] {
    return read(
        x_report_bytes(report, receipt_store(shop_profile(), Language::zh_CN), Texts(Language::zh_CN), with_methods()));
  };
  EXPECT_TRUE(print().has("钱箱应有"));
  EXPECT_TRUE(print().has("重打小票次数                                   3\n")) << print().text;
  EXPECT_FALSE(print().has("签名"));
  report.blind = true;
  report.not_cash = {{sale::TenderKind::card, {}, 10, yuan("200.00")}};
  const auto blind = print();
  EXPECT_TRUE(blind.has("银行卡  x10"));
  for (const auto* secret : {"900.00", "1150.00", "1180.00", "1234.50"}) EXPECT_FALSE(blind.has(secret)) << blind.text;
}

TEST(ControlSlip, CashThatMoves) {
  auto one = control(ControlKind::paid_out);
  one.amount = yuan("50.00");
  one.reason = "买冰";
  one.note = "两袋";
  one.approvals.emplace(1);
  one.approvals->front().approver_number = "1015";
  const auto printed = slip(one);
  EXPECT_TRUE(printed.has("支出"));
  EXPECT_TRUE(printed.has("原因                                        买冰\n"));
  EXPECT_TRUE(printed.has("备注                                        两袋\n"));
  EXPECT_TRUE(printed.has("批准人                                      1015\n")) << printed.text;
  EXPECT_TRUE(printed.has("签名"));
  EXPECT_FALSE(slip(control(ControlKind::no_sale)).has("签名"));
  EXPECT_TRUE(slip(control(ControlKind::no_sale)).has("开钱箱"));
  auto opening = control(ControlKind::shift_open);
  opening.amount = yuan("300.00");
  opening.opening = sale::ShiftOpening{12, yuan("280.00")};
  EXPECT_TRUE(slip(opening).has("上一班留下                                280.00\n"));
}

TEST(ControlSlip, ABasketPutAsideCarriesItsLabel) {
  auto one = control(ControlKind::basket_suspend);
  one.basket = sale::BasketTrace{};
  one.basket->line_count = 4;
  one.basket->total = yuan("70.75");
  one.basket->label = "3-0017";
  const auto printed = slip(one);
  EXPECT_EQ(printed.barcodes, (std::vector<std::string>{"3-0017"}));
  EXPECT_TRUE(printed.has("挂单"));
  EXPECT_TRUE(printed.has("70.75"));
}

TEST(ControlSlip, MarksAndTheShopsOwnTemplate) {
  auto options = with_methods();
  options.training = options.duplicate = true;
  EXPECT_TRUE(slip(control(ControlKind::no_sale), Language::zh_CN, options).has("培训 无效"));
  auto profile = shop_profile();
  profile.receipt_templates = {{"control", "zh_CN", "{{slip.title}} | {{slip.till}}"}};
  const auto own = slip(control(ControlKind::no_sale), Language::zh_CN, options, profile);
  EXPECT_TRUE(own.has("开钱箱                                         3\n")) << own.text;
  EXPECT_TRUE(own.has("重打"));
  EXPECT_TRUE(own.has("培训 无效"));
}

}  // namespace
}  // namespace lanekeeper::till::test
