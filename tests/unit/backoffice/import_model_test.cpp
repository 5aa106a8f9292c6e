#include "model/import_model.h"

#include <gtest/gtest.h>

#include "fakes.h"
#include "model/import_report.h"

namespace lanekeeper::office {
namespace {

class ImportModelTest : public testing::Test {
 protected:
  static protocol::ImportStatus status(protocol::ImportState state, std::int64_t done, std::int64_t total) {
    protocol::ImportStatus result;
    result.import_id = "i1";
    result.state = state;
    result.rows_done = done;
    result.rows_total = total;
    return result;
  }

  FakeTransport server;
  FakeTimers timers;
  ImportModel import{server, timers};
};

TEST_F(ImportModelTest, SendsTheFileAndWatchesUntilItIsDone) {
  import.start("/somewhere/商品 表.xlsx");
  EXPECT_EQ(import.step(), ImportStep::sending);
  EXPECT_EQ(server.next().substr(0, 23), "POST /v1/imports?name=%");
  EXPECT_EQ(server.asked.front().file, "/somewhere/商品 表.xlsx");
  server.reply(status(protocol::ImportState::running, 0, 1000));
  EXPECT_EQ(import.step(), ImportStep::running);
  timers.advance(ImportModel::poll_interval);
  EXPECT_EQ(server.next(), "GET /v1/imports/i1");
  server.reply(status(protocol::ImportState::running, 400, 1000));
  EXPECT_EQ(import.progress_per_mille(), 400);
  timers.advance(ImportModel::poll_interval);
  server.reply(status(protocol::ImportState::done, 1000, 1000));
  EXPECT_EQ(import.step(), ImportStep::done);
  EXPECT_EQ(timers.count(), 0u);
}

TEST_F(ImportModelTest, ALostServerWhileItWorksIsWaitedFor) {
  import.start("a.csv");
  server.reply(status(protocol::ImportState::running, 0, 10));
  timers.advance(ImportModel::poll_interval);
  server.refuse("net.unreachable");
  EXPECT_TRUE(import.out_of_contact());
  EXPECT_EQ(import.step(), ImportStep::running);
  timers.advance(ImportModel::retry_interval);
  server.reply(status(protocol::ImportState::done, 10, 10));
  EXPECT_FALSE(import.out_of_contact());
  EXPECT_EQ(import.step(), ImportStep::done);
}

TEST_F(ImportModelTest, ARefusedFileSaysWhy) {
  import.start("a.csv");
  server.refuse("office.file_too_large", {{"limit_mib", "64"}});
  EXPECT_EQ(import.step(), ImportStep::failed);
  EXPECT_EQ(import.error()->code, "office.file_too_large");
  import.start("b.csv");
  auto failed = status(protocol::ImportState::failed, 0, 0);
  failed.error = protocol::ErrorBody{"import.no_name_column", "No column holds names.", {}};
  server.reply(failed);
  EXPECT_EQ(import.error()->code, "import.no_name_column");
}

TEST_F(ImportModelTest, OneAtATimeAndNothingAfterReset) {
  import.start("a.csv");
  import.start("b.csv");
  EXPECT_EQ(server.asked.size(), 1u);
  import.reset();
  server.reply(status(protocol::ImportState::running, 0, 10));
  EXPECT_EQ(import.step(), ImportStep::choosing);
  EXPECT_EQ(timers.count(), 0u);
}

TEST(ImportReport, IsATableThatSpreadsheetsReadSafely) {
  protocol::ImportStatus status;
  status.problems = {{3, "售价", "import.bad_price", "Bad price.", "1,2,3", false},
                     {9, "条码", "barcode.check_digit", "Wrong \"digit\".", "=HYPERLINK(1)", true}};
  const ReportWords words{
      "行",   "列",     "内容", "类别",
      "问题", "未导入", "提醒", [](const protocol::ImportProblem& problem) { return problem.message; }};
  EXPECT_EQ(import_report(status, words),
            "\xEF\xBB\xBF"
            "行,列,内容,类别,问题\r\n"
            "3,售价,\"1,2,3\",未导入,Bad price.\r\n"
            "9,条码,'=HYPERLINK(1),提醒,\"Wrong \"\"digit\"\".\"\r\n");
}

}  // namespace
}  // namespace lanekeeper::office
