// What happens at tills besides sales, at the server: shifts with their Z, cash in drawers, approvals, goods without a
// receipt, ways of paying.
#include <gtest/gtest.h>

#include <set>

#include "ops/audit.h"
#include "selling_store.h"
#include "services/audit_trail.h"
#include "services/shift_service.h"
#include "services/suspended_service.h"
#include "shift_writer.h"
#include "storage/migrations.h"
#include "storage/suspended_repository.h"

namespace lanekeeper::services {
namespace {

using sale::ControlKind;
using testing::PrivateDatabase;
using testing::SellingStore;
using testing::ShiftWriter;
using testing::TestTill;

class SaleControlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    store_->put_person("1001", access::Role::cashier);
    supervisor_ = store_->put_person("2001", access::Role::supervisor);
    till_.emplace(store_->enrol_till(1));
    shift_.emplace(*store_, *till_);
  }
  // The kinds of exceptions about all entries of a till, in the order of their entries.
  [[nodiscard]] std::string raised() {
    std::string kinds;
    for (const auto& one : store_->database.transact([](storage::Connection& c) {
           std::vector<std::string> found;
           auto rows = c.query("SELECT CONCAT(sequence, ':', kind) FROM journal_exception ORDER BY sequence, kind");
           while (rows.next()) found.push_back(rows.text(1));
           return found;
         })) {
      kinds += (kinds.empty() ? "" : " ") + one;
    }
    return kinds;
  }
  void send(std::vector<journal::Entry> entries) {
    const auto ack = store_->sales.ingest(till_->principal(), {std::move(entries)});
    ASSERT_TRUE(ack) << ack.error().message;
    for (const auto& result : ack->results) EXPECT_EQ(result.outcome, protocol::EntryOutcome::stored);
  }
  [[nodiscard]] std::string state(std::int64_t number) {
    return store_->database.transact([&](storage::Connection& c) {
      auto rows = c.query("SELECT state FROM shift WHERE till = 1 AND number = ?", number);
      return rows.next() ? rows.text(1) : std::string("missing");
    });
  }
  [[nodiscard]] journal::Entry sell(std::size_t item, std::int64_t count = 1) {
    return shift_->sell({{store_->items[item], Quantity::of_units(count)}});
  }
  void expect_clean() {
    const auto report = ops::audit(store_->database, 1);
    EXPECT_TRUE(report.clean()) << report.to_string();
  }

  std::optional<SellingStore> store_;
  std::optional<TestTill> till_;
  std::optional<ShiftWriter> shift_;
  std::int64_t supervisor_ = 0;
};

TEST_F(SaleControlsTest, AWholeShiftAgreesAndTheDrawerIsTheSumOfItsMovements) {
  std::vector<journal::Entry> day{shift_->open(1, Money::of_minor(500'00))};
  for (std::size_t i = 0; i < 6; ++i) day.push_back(sell(i, 2));
  day.push_back(shift_->control(ControlKind::paid_in, Money::of_minor(20'00)));
  day.push_back(shift_->control(ControlKind::paid_out, Money::of_minor(5'00)));
  day.push_back(shift_->control(ControlKind::pick_up, Money::of_minor(100'00)));
  day.push_back(shift_->control(ControlKind::no_sale, Money{}));
  auto again = shift_->make(ControlKind::reprint, Money{});
  again.receipt_number = 1;
  day.push_back(shift_->record(again));
  const auto expected = sale::expected_cash(shift_->totals());
  send({day.begin(), day.begin() + 4});
  EXPECT_EQ(state(1), "open");
  send({day.begin() + 4, day.end()});
  EXPECT_EQ(store_->number("SELECT amount FROM cash_balance WHERE till = 1"), expected.minor());
  send({shift_->close(1, expected - Money::of_minor(1'50), Money::of_minor(300'00))});
  EXPECT_EQ(raised(), "");
  EXPECT_EQ(state(1), "agrees");
  EXPECT_EQ(store_->number("SELECT amount FROM cash_balance WHERE till = 1"), 300'00);
  EXPECT_EQ(store_->number("SELECT difference FROM shift WHERE till = 1"), -1'50);
  EXPECT_EQ(store_->number("SELECT found_turnover - turnover FROM shift WHERE till = 1"), 0);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM control_transaction"), 7);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale WHERE shift = 1"), 6);
  expect_clean();
}

TEST_F(SaleControlsTest, AWholeShiftInOneUploadAgreesToo) {
  std::vector<journal::Entry> day{shift_->open(1, Money::of_minor(100'00))};
  for (std::size_t i = 0; i < 6; ++i) day.push_back(sell(i));
  day.push_back(shift_->close(1, sale::expected_cash(shift_->totals()), Money{}));
  day.push_back(shift_->open(2, Money::of_minor(50'00)));
  day.push_back(sell(1));
  send(day);
  EXPECT_EQ(raised(), "");
  EXPECT_EQ(state(1), "agrees");
  EXPECT_EQ(state(2), "open");
  expect_clean();
}

TEST_F(SaleControlsTest, AZThatHidesARecountDiffers) {
  for (const auto told : {1, 0}) {
    const auto number = 2 - told;
    std::vector<journal::Entry> day{shift_->open(number, Money::of_minor(100'00))};
    day.push_back(shift_->control(ControlKind::close_begun, Money{}));
    for (const auto pieces : {9, 10}) {
      auto counted = shift_->make(ControlKind::cash_counted, Money::of_minor(pieces * 10'00));
      counted.counts = {{Money::of_minor(10'00), pieces}};
      day.push_back(shift_->record(counted));
    }
    auto closing = shift_->closing(number, Money::of_minor(100'00), Money{});
    closing.closing->recounts = told;
    day.push_back(shift_->record(closing));
    send(day);
    EXPECT_EQ(raised(), told == 1 ? "" : "10:shift.differs");
    EXPECT_EQ(state(number), told == 1 ? "agrees" : "differs");
  }
  expect_clean();
}

TEST_F(SaleControlsTest, AnEntryAfterItsZCountsInItsShiftAndIsTold) {
  const auto opening = shift_->open(1, Money::of_minor(100'00));
  const auto first = sell(0);
  const auto late = sell(1, 3);
  const auto closing = shift_->close(1, sale::expected_cash(shift_->totals()), Money{});
  send({opening, first, closing});
  EXPECT_EQ(raised(), "4:journal.gap");
  EXPECT_EQ(state(1), "incomplete");
  expect_clean();
  send({late});
  EXPECT_EQ(raised(), "3:shift.late_entry 4:journal.gap");
  EXPECT_EQ(state(1), "agrees");
  expect_clean();
}

TEST_F(SaleControlsTest, AZThatIsNotTheSumOfItsSalesIsNamed) {
  std::vector<journal::Entry> day{shift_->open(1, Money::of_minor(100'00)), sell(0), sell(1)};
  shift_->change_totals([](sale::ShiftTotals& totals) { totals.voided_lines += 1; });
  day.push_back(shift_->close(1, sale::expected_cash(shift_->totals()), Money{}));
  send(day);
  EXPECT_EQ(raised(), "4:shift.differs");
  EXPECT_EQ(state(1), "differs");
  EXPECT_NE(store_->number("SELECT COUNT(*) FROM journal_exception WHERE details LIKE '%voided_lines%'"), 0);
  expect_clean();
}

TEST_F(SaleControlsTest, FiguresOfACloseThatDoNotAgreeAreNamed) {
  send({shift_->open(1, Money::of_minor(100'00)), sell(0)});
  auto closing = shift_->closing(1, sale::expected_cash(shift_->totals()), Money{});
  closing.closing->left_in_drawer = closing.amount + Money::of_minor(1);
  send({till_->record_payload(journal::encode_control(closing))});
  EXPECT_EQ(raised(), "3:control.mismatch");
  expect_clean();
}

TEST_F(SaleControlsTest, NumbersOfShiftsHaveNoGaps) {
  send({shift_->open(1, Money{}), shift_->close(1, Money{}, Money{})});
  send({shift_->open(3, Money{})});
  EXPECT_EQ(raised(), "3:shift.gap");
  send({shift_->open(4, Money{})});
  EXPECT_EQ(raised(), "3:shift.gap 4:shift.still_open");
  expect_clean();
}

TEST_F(SaleControlsTest, SalesOfAShiftThatNobodyOpenedAreToldOnce) {
  shift_->number = 5;
  send({sell(0), sell(1), sell(2)});
  EXPECT_EQ(raised(), "1:shift.not_open");
  EXPECT_EQ(state(5), "open");
  send({shift_->close(5, sale::expected_cash(shift_->totals()), Money{})});
  EXPECT_EQ(raised(), "1:shift.not_open");
  EXPECT_EQ(state(5), "incomplete");
  expect_clean();
}

TEST_F(SaleControlsTest, ApprovalsBySomebodyWhoMayNotAreNamed) {
  const auto with = [&](std::int64_t who, const char* permission) {
    auto sale = shift_->ring({{store_->items[0], Quantity::of_units(1)}});
    sale.shift.reset();
    sale.approvals = {{permission, std::nullopt, who, "2001", sale::ApprovalMeans::pin, sale.completed_at, {}}};
    return store_->send(*till_, sale);
  };
  EXPECT_EQ(with(supervisor_, "sale.void_line"), "");
  EXPECT_EQ(with(1, "sale.void_line"), "approval.not_allowed");               // the cashier
  EXPECT_EQ(with(supervisor_, "shift.close_other"), "approval.not_allowed");  // a manager's
  EXPECT_EQ(with(4711, "sale.void_line"), "approval.not_allowed");
  EXPECT_EQ(with(supervisor_, "nothing.known"), "approval.not_allowed");
  auto moved = shift_->make(ControlKind::paid_out, Money::of_minor(5'00));
  moved.approvals = {{"shift.cash", std::nullopt, 1, "1001", sale::ApprovalMeans::pin, moved.at, {}}};
  send({till_->record_payload(journal::encode_control(moved))});
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception WHERE kind = 'approval.not_allowed'"), 5);
  expect_clean();
}

TEST_F(SaleControlsTest, GoodsWithoutAReceiptGoToStockOrWasteAndAreShown) {
  auto sale = shift_->ring({{store_->items[0], Quantity::of_units(2)}, {store_->items[1], Quantity::of_units(1)}});
  sale.shift.reset();
  for (auto& line : sale.lines) {
    line.quantity = -line.quantity;
    line.fixed_amount = multiply(line.unit_price, line.quantity).value();
    sale::LineReturn back;
    back.tax_rate =
        catalogue::rate_on(store_->taxes.at(static_cast<std::size_t>(line.tax_category - 1)), sale.business_date);
    back.tax = -tax_included(-*line.fixed_amount, back.tax_rate);
    back.to = line.line == 1 ? sale::ReturnedTo::stock : sale::ReturnedTo::waste;
    line.returns = back;
  }
  sale.blind_return = sale::BlindReturn{"no_receipt"};
  store_->price(sale);
  EXPECT_EQ(store_->send(*till_, sale), "return.blind");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale_return"), 0);
  EXPECT_EQ(store_->number("SELECT quantity FROM stock_balance WHERE item_id = " + std::to_string(store_->items[0].id)),
            2000);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM stock_balance"), 1);
  EXPECT_EQ(store_->number("SELECT amount FROM cash_balance"), sale.payable.minor());
  expect_clean();
}

TEST_F(SaleControlsTest, AnExchangeTakesBackAndSells) {
  auto sale = shift_->ring({{store_->items[0], Quantity::of_units(2)}});
  sale.shift.reset();
  ASSERT_EQ(store_->send(*till_, sale), "");
  const auto sold = store_->sales.returnable(till_->principal(), 1, sale.receipt_number);
  auto exchange = store_->take_back(*till_, *sold, {{1, Quantity::of_units(1)}});
  auto other = shift_->ring({{store_->items[4], Quantity::of_units(3)}});
  other.lines.front().line = 2;
  exchange.lines.push_back(other.lines.front());
  exchange.receipt_number = other.receipt_number - 1;
  store_->price(exchange);
  exchange.cash_adjustment = {};
  EXPECT_EQ(store_->send(*till_, exchange), "");
  const auto now = store_->sales.returnable(till_->principal(), 1, sale.receipt_number);
  EXPECT_EQ(now->refunded, sale.lines.front().unit_price);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale_return"), 1);
  expect_clean();
}

TEST_F(SaleControlsTest, MoneyGoesBackTheWayItCame) {
  auto sale = shift_->ring({{store_->items[3], Quantity::of_units(3)}});
  sale.shift.reset();
  const auto by_card = sale.lines.front().unit_price;
  sale.tenders = {{sale::TenderKind::card, by_card, "SLIP 0815"},
                  {sale::TenderKind::other, sale.payable - by_card, "", "meal"}};
  sale.change = {};
  ASSERT_EQ(store_->send(*till_, sale), "");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale_tender WHERE method = 'meal'"), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM cash_movement"), 0);
  const auto back = [&] {
    const auto sold = store_->sales.returnable(till_->principal(), 1, sale.receipt_number);
    auto one = store_->take_back(*till_, sold.value(), {{1, Quantity::of_units(1)}});
    one.tenders = {{sale::TenderKind::card, one.payable, "SLIP"}};
    one.change = {};
    return store_->send(*till_, one);
  };
  EXPECT_EQ(back(), "");
  const auto sold = store_->sales.returnable(till_->principal(), 1, sale.receipt_number);
  ASSERT_TRUE(sold->refunded_otherwise);
  EXPECT_EQ(sold->refunded_otherwise->front().kind, sale::TenderKind::card);
  EXPECT_EQ(sold->refunded_otherwise->front().amount, by_card);
  EXPECT_EQ(back(), "tender.refund_too_much");
  expect_clean();
}

TEST_F(SaleControlsTest, AnExerciseAmongTheSalesIsNamed) {
  auto sale = shift_->ring({{store_->items[0], Quantity::of_units(1)}});
  sale.shift.reset();
  sale.training = true;
  EXPECT_EQ(store_->send(*till_, sale), "sale.training_in_journal");
}

TEST_F(SaleControlsTest, SalesOfTheOpenShiftCostNoStatementMore) {
  const auto executed = [&] {
    return store_->database.transact([](storage::Connection& c) {
      auto rows = c.query("SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'");
      return rows.next() ? std::stoll(rows.text(2)) : 0;
    });
  };
  const auto cost_of = [&](std::int64_t shift) {
    shift_->number = shift;
    std::vector<journal::Entry> entries;
    for (std::size_t i = 0; i < 16; ++i) entries.push_back(sell(0));
    const auto before = executed();
    send(entries);
    return executed() - before;
  };
  (void)cost_of(0);  // learns the goods and the keys
  const auto without = cost_of(0);
  send({shift_->open(1, Money{})});
  EXPECT_EQ(cost_of(1), without);
}

TEST_F(SaleControlsTest, PeopleSeeTheShiftsOfADayWithTheirZ) {
  send({shift_->open(1, Money::of_minor(100'00)), sell(0, 2),
        shift_->close(1, sale::expected_cash(shift_->totals()) + Money::of_minor(50), Money::of_minor(30'00)),
        shift_->open(2, Money::of_minor(80'00)), sell(1)});
  ShiftService shifts(store_->context);
  const auto today = store_->clock.now().local_date();
  const auto page = shifts.list(store_->manager(), today);
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->shifts.size(), 2U);
  const auto& closed = page->shifts[0];
  EXPECT_EQ(closed.state, protocol::ShiftState::agrees);
  EXPECT_EQ(closed.opened_by, "员工 1001");
  EXPECT_EQ(closed.closed_by, "员工 1001");
  EXPECT_EQ(closed.opening_float, Money::of_minor(100'00));
  EXPECT_EQ(closed.difference, Money::of_minor(50));
  ASSERT_TRUE(closed.closing);
  EXPECT_EQ(closed.closing->totals.sale_count, 1);
  EXPECT_EQ(closed.found_turnover, closed.closing->totals.turnover);
  EXPECT_EQ(closed.found_cash, closed.expected_cash);
  const auto& open = page->shifts[1];
  EXPECT_EQ(open.state, protocol::ShiftState::open);
  EXPECT_TRUE(open.opened_at && !open.closed_at && !open.closing && !open.difference);
  EXPECT_TRUE(shifts.list(store_->manager(), {2026, 11, 1})->shifts.empty());
  EXPECT_EQ(shifts.list(store_->manager(access::Role::cashier), today).error().code, "access.forbidden");
}

TEST_F(SaleControlsTest, AShiftWhoseTillDiedIsGivenUpAndCountsAllTheSameWhenItComesBack) {
  send({shift_->open(1, Money::of_minor(100'00)), sell(0)});
  ShiftService shifts(store_->context);
  const auto manager = store_->manager();
  const auto give_up = [&](std::int64_t number, const std::string& reason,
                           std::optional<access::Role> role = std::nullopt) {
    const auto done = shifts.give_up(role ? store_->manager(*role) : manager, 1, number, {reason});
    return done ? std::string("done") : done.error().code;
  };
  EXPECT_EQ(give_up(1, "broken disk", access::Role::accountant), "access.forbidden");
  EXPECT_EQ(give_up(1, "  "), "shift.bad_reason");
  EXPECT_EQ(give_up(1, std::string(201, 'x')), "shift.bad_reason");
  EXPECT_EQ(give_up(2, "broken disk"), "shift.unknown");
  EXPECT_EQ(give_up(1, " broken disk "), "done");
  EXPECT_EQ(give_up(1, "another"), "done");
  const auto day = [&] { return shifts.list(manager, store_->clock.now().local_date()).value().shifts; };
  ASSERT_EQ(day().size(), 1U);
  EXPECT_EQ(day()[0].state, protocol::ShiftState::lost);
  ASSERT_TRUE(day()[0].loss);
  EXPECT_EQ(day()[0].loss->reason, "broken disk") << "the first one stays";
  EXPECT_FALSE(day()[0].closing) << "no Z is made up";
  const auto act = AuditTrail(store_->context).list(manager, 0, 1)->front();
  EXPECT_EQ(act.act.act, "shift.lost");
  EXPECT_EQ(act.act.subject, "till 1 shift 1");
  EXPECT_EQ(act.staff, manager.staff->id);
  expect_clean();

  const auto late = sell(1);  // of the old disk
  const auto totals = shift_->totals();
  const auto close = shift_->close(1, sale::expected_cash(totals), Money{});
  send({shift_->open(2, Money::of_minor(50'00)), sell(0)});
  EXPECT_EQ(raised(), "5:journal.gap 6:sale.receipt_gap") << "the new till's shift follows";
  send({late, close});
  EXPECT_EQ(raised().find("shift.still_open"), std::string::npos) << raised();
  EXPECT_EQ(day()[0].state, protocol::ShiftState::agrees) << "its Z counts more";
  EXPECT_TRUE(day()[0].loss);
  EXPECT_EQ(give_up(1, "again"), "shift.closed_already");
  EXPECT_EQ(give_up(2, "broken again"), "done");
  send({shift_->open(3, Money::of_minor(50'00))});
  EXPECT_EQ(raised().find("shift.still_open"), std::string::npos) << raised();
  expect_clean();
}

TEST_F(SaleControlsTest, ACodeNobodyKnowsIsToldOncePerDayWithHowOften) {
  const auto scan = [this](const char* code, int days = 0) {
    auto control = shift_->make(ControlKind::unknown_code, Money{});
    control.code = code;
    control.business_date = control.business_date.plus_days(days);
    return shift_->record(control);
  };
  send({scan("6901234567892"), scan("6900000000007"), scan("6901234567892")});
  send({scan("6901234567892"), scan("6901234567892", 1)});
  EXPECT_EQ(raised(), "1:code.unknown 2:code.unknown 5:code.unknown");
  std::multiset<std::string> told;
  const auto found = store_->sales.exceptions(store_->manager(), "", 10).value();
  for (auto one : found) {
    told.insert(one.what.details["code"].get<std::string>() + " x" + one.what.details["times"].get<std::string>());
  }
  EXPECT_EQ(told, (std::multiset<std::string>{"6900000000007 x1", "6901234567892 x1", "6901234567892 x3"}));
  expect_clean();
}

TEST_F(SaleControlsTest, ATillWhoseDateIsWrongMakesNobodyForgetWhatWasTold) {
  const auto scan = [this](const char* code, int days) {
    auto control = shift_->make(ControlKind::unknown_code, Money{});
    control.code = code;
    control.business_date = control.business_date.plus_days(days);
    return shift_->record(control);
  };
  send({scan("6901234567892", 0)});
  send({scan("6900000000007", 100)});
  send({scan("6901234567892", 0)});
  EXPECT_EQ(raised(), "1:code.unknown 2:code.unknown");
}

TEST_F(SaleControlsTest, WhatIsAboutASaleIsTheSalesAndAllElseItsTills) {
  using About = ExceptionFilter::About;
  const auto kinds = [this](const ExceptionFilter& filter, std::int64_t limit = 10) {
    std::multiset<std::string> found;
    for (const auto& one : store_->sales.exceptions(store_->manager(), "", limit, filter).value()) {
      found.insert(one.what.code);
    }
    return found;
  };
  using Kinds = std::multiset<std::string>;
  (void)sell(0);  // never arrives
  auto scanned = shift_->make(ControlKind::unknown_code, Money{});
  scanned.code = "6901234567892";
  send({shift_->record(scanned)});
  (void)sell(0);
  send({sell(0)});
  EXPECT_EQ(kinds({About::tills}), (Kinds{"code.unknown", "journal.gap"}));
  EXPECT_EQ(kinds({About::sales}), (Kinds{"journal.gap"}));
  EXPECT_EQ(kinds({}).size(), 3U);
  EXPECT_EQ(kinds({About::tills}, 1).size(), 1U) << "the newest, which is a sale's, does not push it out";
  store_->clock.advance(25LL * 60 * 60 * 1000);
  EXPECT_EQ(kinds({About::tills, 26}).size(), 2U);
  EXPECT_EQ(kinds({About::tills, 24}), Kinds{});
  EXPECT_EQ(kinds({About::everything, 24}), Kinds{});
}

TEST_F(SaleControlsTest, ABasketThatNobodyTookUpIsToldWhenItsDayIsOver) {
  SuspendedService suspended(store_->context);
  protocol::SuspendedBasket basket;
  basket.id = Uuid::make_v7(store_->clock.now().instant.unix_ms, store_->random);
  basket.label = "1-0007";
  basket.cashier_name = "王芳";
  basket.suspended_at = store_->clock.now();
  basket.business_date = basket.suspended_at.local_date();
  basket.line_count = 1;
  basket.total = Money::of_minor(12'34);
  basket.first_goods = "可口可乐";
  basket.basket.id = Uuid::make_v7(store_->clock.now().instant.unix_ms, store_->random);
  basket.basket.lines.resize(1);
  auto taken = basket;
  taken.id = Uuid::make_v7(store_->clock.now().instant.unix_ms, store_->random);
  auto control = shift_->make(ControlKind::basket_suspend, Money{});
  control.basket = sale::BasketTrace{basket.basket.id, 1, basket.total, basket.label, std::nullopt};
  send({sell(0), shift_->record(control)});
  ASSERT_TRUE(suspended.suspend(till_->principal(), basket));
  ASSERT_TRUE(suspended.suspend(till_->principal(), taken));
  ASSERT_TRUE(suspended.recall(till_->principal(), taken.id));
  EXPECT_EQ(suspended.tell_untaken(), 0) << "the day goes on";
  store_->clock.advance(24LL * 60 * 60 * 1000);
  EXPECT_EQ(suspended.tell_untaken(), 1);
  EXPECT_EQ(suspended.tell_untaken(), 0) << "once";
  EXPECT_EQ(raised(), "2:suspended.untaken");
  auto told = store_->sales.exceptions(store_->manager(), "", 1)->front();
  EXPECT_EQ(told.till, 1);
  EXPECT_EQ(told.what.details["label"], "1-0007");
  EXPECT_EQ(told.what.details["cashier"], "王芳");
  EXPECT_EQ(told.what.details["total"], "12.34");
  const auto act = AuditTrail(store_->context).list(store_->manager(), 0, 1)->front();
  EXPECT_EQ(act.act.act, "basket.untaken");
  expect_clean();
}

TEST_F(SaleControlsTest, ABasketThatCannotBeReadIsToldAndHoldsUpNoOther) {
  SuspendedService suspended(store_->context);
  const auto put_aside = [&](const char* label) {
    protocol::SuspendedBasket basket;
    basket.id = Uuid::make_v7(store_->clock.now().instant.unix_ms, store_->random);
    basket.label = label;
    basket.suspended_at = store_->clock.now();
    basket.business_date = basket.suspended_at.local_date();
    basket.basket.lines.resize(1);
    EXPECT_TRUE(suspended.suspend(till_->principal(), basket));
    return basket.id;
  };
  put_aside("1-0001");
  store_->run("UPDATE suspended_basket SET basket = '[]'");
  store_->clock.advance(1000);
  put_aside("1-0002");
  const auto taken = put_aside("1-0003");
  store_->clock.advance(24LL * 60 * 60 * 1000);
  // A till takes one up between the look and the telling.
  ASSERT_TRUE(suspended.recall(till_->principal(), taken));
  store_->database.transact([&](storage::Connection& connection) {
    EXPECT_FALSE(storage::SuspendedRepository(connection, 1).mark_untaken(taken, 1));
  });
  EXPECT_EQ(suspended.tell_untaken(), 2);
  EXPECT_EQ(suspended.tell_untaken(), 0);
  EXPECT_EQ(raised(), "0:suspended.untaken 0:suspended.untaken");
}

TEST_F(SaleControlsTest, BasketsFromBeforeTheyWereToldOfAreNotToldAllAtOnce) {
  SuspendedService suspended(store_->context);
  protocol::SuspendedBasket basket;
  basket.id = Uuid::make_v7(store_->clock.now().instant.unix_ms, store_->random);
  basket.label = "1-0001";
  basket.suspended_at = store_->clock.now();
  basket.business_date = basket.suspended_at.local_date();
  basket.basket.lines.resize(1);
  ASSERT_TRUE(suspended.suspend(till_->principal(), basket));
  store_->run("UPDATE suspended_basket SET business_date = '2026-01-01'");
  const auto migrations = storage::built_in_migrations();
  const auto migration = std::find_if(migrations.begin(), migrations.end(),
                                      [](const auto& one) { return one.name == "0016_losses_and_unknown_codes.sql"; });
  ASSERT_NE(migration, migrations.end());
  const auto update = migration->sql.find("UPDATE suspended_basket");
  ASSERT_NE(update, std::string_view::npos);
  store_->run(std::string(migration->sql.substr(update)));
  EXPECT_EQ(suspended.tell_untaken(), 0);
}

TEST_F(SaleControlsTest, TheAuditNamesWhatWasEdited) {
  send({shift_->open(1, Money::of_minor(100'00)), sell(0), shift_->control(ControlKind::paid_in, Money::of_minor(7'00)),
        shift_->close(1, Money::of_minor(120'00), Money::of_minor(20'00))});
  expect_clean();
  const std::tuple<const char*, const char*, const char*> edits[] = {
      {"UPDATE control_transaction SET amount = amount + 1 WHERE sequence = 3", "control_transaction", "amount"},
      {"UPDATE cash_movement SET amount = amount + 1 WHERE source = 2 AND document = 3", "cash_movement", "amount"},
      {"UPDATE shift SET counted_cash = counted_cash + 1", "shift", "counted_cash"},
      {"UPDATE shift SET found_cash = found_cash + 1", "shift", "found_cash"},
      {"UPDATE till_head SET last_shift = 7", "till_head", "last_shift"},
      {"UPDATE sale_tender SET reference = 'x'", "sale_tender", "reference"},
      {"INSERT INTO cash_movement VALUES (1, 1, 2, 2, 5)", "cash_movement", "row"}};
  for (const auto& [sql, table, column] : edits) {
    SCOPED_TRACE(sql);
    const std::string undo =
        std::string(sql).starts_with("INSERT") ? "DELETE FROM cash_movement WHERE source = 2 AND document = 2"
        : std::string(table) == "till_head"    ? "UPDATE till_head SET last_shift = 1"
        : std::string(table) == "sale_tender"  ? "UPDATE sale_tender SET reference = ''"
                                               : std::string(sql).replace(std::string(sql).find(" + 1"), 4, " - 1");
    store_->run(sql);
    const auto report = ops::audit(store_->database, 1);
    ASSERT_FALSE(report.clean());
    EXPECT_EQ(report.difference->table, table);
    EXPECT_EQ(report.difference->column, column);
    store_->run(undo);
    expect_clean();
  }
}

}  // namespace
}  // namespace lanekeeper::services
