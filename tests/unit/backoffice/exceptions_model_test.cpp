#include "model/exceptions_model.h"

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

protocol::ExceptionRow row(const char* code, std::int64_t hours_ago) {
  const auto now = FakeClock().now();
  return {"id", 3, 1, {code, "", json::Value::object()}, {{now.instant.unix_ms - hours_ago * 3'600'000}, 480}};
}

TEST(ExceptionsModelTest, AsksForWhatIsAboutTillsOfTheLastDay) {
  FakeTransport server;
  FakeTimers timers;
  ExceptionsModel model(server, timers);
  model.refresh();
  EXPECT_EQ(server.next(), "GET /v1/exceptions?about=tills&hours=24&limit=100");
  EXPECT_TRUE(server.asked.front().request.headers.empty());
  server.reply(protocol::ExceptionPage{{row("approval.not_allowed", 0), row("journal.gap", 23)}});
  ASSERT_EQ(model.rows().size(), 2U);
  EXPECT_EQ(model.rows()[0].what.code, "approval.not_allowed");
  EXPECT_EQ(model.rows()[1].what.code, "journal.gap");
  timers.advance(ExceptionsModel::look_again);
  ASSERT_EQ(server.asked.size(), 1U);
  EXPECT_EQ(server.asked.front().request.headers.size(), 1U) << "the office looks again by itself";
  server.refuse("net.unreachable");
  EXPECT_EQ(model.rows().size(), 2U);
  model.clear();
  EXPECT_TRUE(model.rows().empty());
  timers.advance(ExceptionsModel::look_again);
  EXPECT_TRUE(server.asked.empty());
}

}  // namespace
}  // namespace lanekeeper::office
