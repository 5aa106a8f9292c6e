// Deposits at the server: sold, given back in any sale, and what is odd about it.
#include <gtest/gtest.h>

#include "ops/audit.h"
#include "selling_store.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::SellingStore;
using testing::TestTill;

class SaleDepositsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    store_->put_person("1001", access::Role::cashier);
    supervisor_ = store_->put_person("2001", access::Role::supervisor);
    till_.emplace(store_->enrol_till(1));
  }
  // One line of each: goods are sold, deposits (of the second item) as many as this, below zero: given back.
  [[nodiscard]] sale::RetailTransaction ring(std::int64_t goods, std::int64_t deposits, std::int64_t book = 0) {
    TestTill::Bought bought;
    if (goods > 0) bought.emplace_back(store_->items[0], Quantity::of_units(goods));
    bought.emplace_back(store_->items[1], Quantity::of_units(deposits < 0 ? -deposits : deposits));
    auto sale = store_->make_sale(*till_, bought);
    if (book != 0) sale.promotions = sale::PromotionTerms{book, {}};
    auto& line = sale.lines.back();
    line.deposit = line.discount_blocked = true;
    if (deposits < 0) give_back(sale, line);
    store_->price(sale);
    return sale;
  }
  void give_back(const sale::RetailTransaction& sale, sale::BasketLine& line) const {
    line.quantity = -line.quantity;
    line.fixed_amount = multiply(line.unit_price, line.quantity).value();
    sale::LineReturn back;
    back.tax_rate =
        catalogue::rate_on(store_->taxes.at(static_cast<std::size_t>(line.tax_category - 1)), sale.business_date);
    back.tax = -tax_included(-*line.fixed_amount, back.tax_rate);
    back.to = sale::ReturnedTo::supplier;
    line.returns = back;
  }
  [[nodiscard]] Money price_of_one() const { return *catalogue::price_at(store_->items[1], "regular", {}); }
  void expect_clean() {
    const auto report = ops::audit(store_->database, 1);
    EXPECT_TRUE(report.clean()) << report.to_string();
  }

  std::optional<SellingStore> store_;
  std::optional<TestTill> till_;
  std::int64_t supervisor_ = 0;
};

TEST_F(SaleDepositsTest, OneIsSoldAndAnotherGivenBack) {
  const auto book = store_->publish(R"([{"id":"half","kind":"percent_off","percent":50,"scope":{"all":true}}])");
  const auto sold = ring(1, 2, book);
  EXPECT_EQ(sold.priced.lines.at(1).net, sold.priced.lines.at(1).gross) << "no offer holds for deposits";
  EXPECT_EQ(store_->send(*till_, sold), "");
  const auto mixed = ring(1, -1, book);
  EXPECT_EQ(store_->send(*till_, mixed), "");
  const auto alone = ring(0, -1, book);
  EXPECT_TRUE(alone.payable.is_negative());
  EXPECT_EQ(store_->send(*till_, alone), "");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale_return"), 0);
  EXPECT_EQ(store_->number("SELECT amount FROM cash_balance"), (sold.payable + mixed.payable + alone.payable).minor());
  EXPECT_EQ(store_->number("SELECT quantity FROM stock_balance WHERE item_id = " + std::to_string(store_->items[0].id)),
            -2000);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM stock_balance"), 1) << "nobody keeps stock of pledges";
  expect_clean();
}

TEST_F(SaleDepositsTest, GoodsOfSuchASaleComeBackAsTheyWerePaid) {
  const auto sold = ring(2, -1);
  ASSERT_EQ(store_->send(*till_, sold), "");
  auto before = *store_->sales.returnable(till_->principal(), 1, sold.receipt_number);
  auto back = store_->take_back(*till_, before, {{1, Quantity::of_units(2)}});
  auto bottle = ring(0, -1).lines.front();
  bottle.line = 2;
  back.lines.push_back(bottle);
  store_->price(back);
  EXPECT_EQ(store_->send(*till_, back), "");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale_return"), 1);
  EXPECT_EQ(store_->sales.returnable(till_->principal(), 1, sold.receipt_number)->refunded, sold.priced.lines[0].net);
  expect_clean();
}

TEST_F(SaleDepositsTest, AnotherPriceThanTheCataloguesIsNamed) {
  auto dearer = ring(1, -1);
  auto& line = dearer.lines.back();
  line.fixed_amount = *line.fixed_amount - Money::of_minor(100);
  line.returns->tax = -tax_included(-*line.fixed_amount, line.returns->tax_rate);
  store_->price(dearer);
  EXPECT_EQ(store_->send(*till_, dearer), "price.differs");
  expect_clean();
}

TEST_F(SaleDepositsTest, MoreThanAnybodyMayIsNamed) {
  const auto most = access::limits_of(access::Role::cashier).max_deposit_back;
  const auto too_many = most.minor() / price_of_one().minor() + 1;
  EXPECT_EQ(store_->send(*till_, ring(0, -too_many)), "deposit.not_allowed");
  auto allowed = ring(0, -too_many);
  allowed.approvals = {
      {"sale.deposit_back", 1, supervisor_, "2001", sale::ApprovalMeans::pin, allowed.completed_at, {}}};
  EXPECT_EQ(store_->send(*till_, allowed), "");
  expect_clean();
}

}  // namespace
}  // namespace lanekeeper::services
