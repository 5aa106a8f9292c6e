#include "model/approvals_model.h"

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

class ApprovalsModelTest : public testing::Test {
 protected:
  static protocol::ApprovalStatus asked(unsigned char number) {
    protocol::ApprovalStatus status;
    status.request.id = Uuid::parse("01935f00-0000-7000-8000-00000000000" + std::to_string(number)).value();
    status.request.till = number;
    status.request.permission = "price.override";
    status.request.asked_at = ZonedTime::parse("2026-11-20T10:00:00.000+08:00").value();
    return status;
  }
  void load() {
    approvals.refresh();
    server.reply(protocol::ApprovalList{{asked(1), asked(2)}});
  }

  FakeTransport server;
  FakeTimers timers;
  ApprovalsModel approvals{server, timers};
};

TEST_F(ApprovalsModelTest, AnAnswerGoesOutOnceAndTakesTheRequestAway) {
  load();
  ASSERT_EQ(approvals.waiting().size(), 2u);
  const auto id = asked(1).request.id;
  approvals.answer(id, true);
  approvals.answer(asked(2).request.id, true);  // one at a time
  ASSERT_EQ(server.asked.size(), 1u);
  EXPECT_EQ(server.next(), "POST /v1/approvals/" + id.to_string() + "/answer");
  EXPECT_TRUE(server.body<protocol::ApprovalAnswer>().granted);
  EXPECT_TRUE(approvals.answering(id));
  auto answered = asked(1);
  answered.state = protocol::ApprovalState::granted;
  server.reply(answered);
  EXPECT_FALSE(approvals.answering(id));
  ASSERT_TRUE(approvals.outcome());
  EXPECT_FALSE(approvals.outcome()->error);
  ASSERT_EQ(approvals.waiting().size(), 1u);
  EXPECT_EQ(server.next(), "GET /v1/approvals");
}

TEST_F(ApprovalsModelTest, WhoComesLaterIsToldWhoWasFirst) {
  load();
  approvals.answer(asked(2).request.id, false);
  server.refuse("approval.answered", {{"name", "陈强"}});
  ASSERT_TRUE(approvals.outcome());
  ASSERT_TRUE(approvals.outcome()->error);
  EXPECT_EQ(approvals.outcome()->error->code, "approval.answered");
  EXPECT_EQ(approvals.outcome()->what.request.till, 2);
  approvals.dismiss();
  EXPECT_FALSE(approvals.outcome());
}

TEST_F(ApprovalsModelTest, WhatExpiredGoesWithoutAPush) {
  load();
  timers.advance(ApprovalsModel::look_again);
  ASSERT_EQ(server.next(), "GET /v1/approvals");
  server.reply(protocol::ApprovalList{});
  EXPECT_TRUE(approvals.waiting().empty());
}

TEST_F(ApprovalsModelTest, AnswersThatComeAfterTheSessionEndedAreDropped) {
  load();
  approvals.answer(asked(1).request.id, true);
  approvals.clear();
  server.reply(asked(1));
  EXPECT_FALSE(approvals.outcome());
  EXPECT_TRUE(approvals.waiting().empty());
  EXPECT_EQ(timers.count(), 0u);
}

}  // namespace
}  // namespace lanekeeper::office
