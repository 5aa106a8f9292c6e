// What a till knows of its own sales and of what came back of them.
#include <gtest/gtest.h>

#include <fstream>

#include "cache/journal_file.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;

// One piece of the first line of a sale comes back for two yuan.
sale::RetailTransaction return_of(const sale::RetailTransaction& sold) {
  auto back = fresh_sale();
  back.lines.resize(1);
  back.lines[0].voided = false;
  back.lines[0].line = 1;
  back.lines[0].quantity = Quantity::of_units(-1);
  back.lines[0].returns = sale::LineReturn{};
  back.lines[0].returns->line = sold.lines[0].line;
  back.priced = {};
  back.priced.lines.push_back({1, Money::of_minor(-200), {}, Money::of_minor(-200), {}, {}});
  back.priced.total = Money::of_minor(-200);
  back.returned_sale = sale::ReturnedSale{sold.id, sold.till, sold.receipt_number, sold.priced.total, {}, {}, {}};
  return back;
}

TEST(FindSale, GivesTheSaleAndWhatCameBackOfIt) {
  const Folder folder;
  OpenJournal open(folder.path());
  const auto first = open.journal->commit(fresh_sale()).value();
  const auto second = open.journal->commit(fresh_sale()).value();
  ASSERT_TRUE(open.journal->commit(return_of(first)));
  ASSERT_TRUE(open.journal->commit(return_of(first)));
  const auto found = open.journal->find_sale(1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sale, first);
  const std::vector<sale::ReturnedLine> expected{{first.lines[0].line, Quantity::of_units(2), Money::of_minor(400)}};
  EXPECT_EQ(found->returned, expected);
  EXPECT_EQ(found->refunded, Money::of_minor(400));
  EXPECT_TRUE(found->may_be_incomplete);
  EXPECT_EQ(open.journal->find_sale(2)->sale, second);
  EXPECT_TRUE(open.journal->find_sale(2)->returned.empty());
  EXPECT_EQ(open.journal->find_sale(5), std::nullopt);
  EXPECT_EQ(open.journal->find_sale(0), std::nullopt);
}

TEST(FindSale, LooksUnderThePresentNumberOfTheTill) {
  const Folder folder;
  OpenJournal open(folder.path(), false);
  EXPECT_EQ(open.journal->find_sale(1), std::nullopt);
  ASSERT_TRUE(open.journal->set_identity(identity(3)));
  const auto as_three = open.journal->commit(fresh_sale()).value();
  ASSERT_TRUE(open.journal->set_identity(identity(8)));
  EXPECT_EQ(open.journal->find_sale(1), std::nullopt);
  const auto as_eight = open.journal->commit(fresh_sale()).value();
  EXPECT_EQ(open.journal->find_sale(1)->sale, as_eight);
  ASSERT_TRUE(open.journal->set_identity(identity(3)));
  EXPECT_EQ(open.journal->find_sale(1)->sale, as_three);
}

TEST(FindSale, WorksWithAJournalOfTheVersionBefore) {
  const Folder folder;
  sale::RetailTransaction sold;
  {
    OpenJournal open(folder.path());
    sold = open.journal->commit(fresh_sale()).value();
  }
  make_older(folder.path(), 2);
  OpenJournal open(folder.path());
  ASSERT_TRUE(open.journal->commit(return_of(sold)));
  const auto found = open.journal->find_sale(1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sale, sold);
  EXPECT_EQ(found->refunded, Money::of_minor(200));
}

TEST(FindSale, KnowsReturnsThatWereCarriedOverFromADamagedJournal) {
  const Folder folder;
  {
    OpenJournal open(folder.path());
    const auto sold = open.journal->commit(fresh_sale()).value();
    ASSERT_TRUE(open.journal->commit(return_of(sold)));
  }
  std::ofstream(folder / "journal.suspect") << "";
  sqlite::Database(folder / "journal.db").execute("PRAGMA wal_checkpoint(TRUNCATE)");
  {
    // A page of the index is enough for SQLite to call the file broken.
    const sqlite::Database journal(folder / "journal.db", sqlite::OpenMode::read_write);
    const auto page = journal.integer("SELECT rootpage FROM sqlite_master WHERE name = 'entry_receipt'");
    std::fstream file(folder / "journal.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * journal.integer("PRAGMA page_size"));
    file << std::string(64, '\x55');
  }
  OpenJournal open(folder.path());
  EXPECT_TRUE(open.journal->report().damaged);
  EXPECT_EQ(open.journal->report().carried_over, 2);
  const auto found = open.journal->find_sale(1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->refunded, Money::of_minor(200));
}

TEST(FindSales, GivesTheNewestThatFitAndWhatIsLeftOfThem) {
  const Folder folder;
  OpenJournal open(folder.path());
  const auto first = open.journal->commit(fresh_sale()).value();
  auto of_member = fresh_sale();
  of_member.member = sale::MemberRef{31, "6688", "王*", {}, false};
  const auto second = open.journal->commit(of_member).value();
  ASSERT_TRUE(open.journal->commit(return_of(first)));
  protocol::SaleSearch search{first.business_date, first.business_date, {}, {}, {}, {}, 50};
  const auto numbers = [&] {
    std::vector<std::int64_t> found;
    for (const auto& sale : open.journal->find_sales(search)) found.push_back(sale.receipt_number);
    return found;
  };
  EXPECT_EQ(numbers(), (std::vector<std::int64_t>{2, 1})) << "what only came back is no sale";
  EXPECT_EQ(open.journal->find_sales(search)[0], protocol::found_sale(*open.journal->find_sale(2)));
  search.limit = 1;
  EXPECT_EQ(numbers(), (std::vector<std::int64_t>{2}));
  search.limit = 50;
  search.member = 31;
  EXPECT_EQ(numbers(), (std::vector<std::int64_t>{2}));
  EXPECT_EQ(open.journal->find_sales(search)[0].member_name, "王*");
  search.member.reset();
  search.amount = second.payable;
  EXPECT_EQ(numbers().size(), 2u);
  search.item = 987654;
  EXPECT_TRUE(numbers().empty());
  search = {first.business_date, first.business_date, {}, first.lines[0].item, first.till, {}, 50};
  EXPECT_EQ(numbers().size(), 2u);
  search.till = first.till + 1;
  EXPECT_TRUE(numbers().empty());
}

TEST(FindSale, IsFoundByAnIndex) {
  const Folder folder;
  OpenJournal open(folder.path());
  const sqlite::Database journal(folder / "journal.db", sqlite::OpenMode::read_write);
  for (const char* query :
       {"EXPLAIN QUERY PLAN SELECT payload FROM entry WHERE till = 3 AND receipt_number = 4 AND kind = 0",
        "EXPLAIN QUERY PLAN SELECT payload FROM entry WHERE returned_sale = 'x'",
        "EXPLAIN QUERY PLAN SELECT payload FROM entry WHERE till = 3 AND kind = 2 AND kind >= 2 "
        "ORDER BY position DESC LIMIT 1"}) {
    sqlite::Statement plan(journal, query);
    ASSERT_TRUE(plan.step());
    EXPECT_NE(plan.text(3).find("USING INDEX"), std::string_view::npos) << plan.text(3);
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
