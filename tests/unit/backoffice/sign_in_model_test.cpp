#include "model/sign_in_model.h"

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

struct SignInTest : testing::Test {
  FakeTransport server;
  int in = 0;
  int out = 0;
  SignInModel model{server, {[this](const protocol::Session&) { ++in; }, [this] { ++out; }}};

  void succeed() {
    protocol::Session session;
    session.token = "t";
    session.role = access::Role::manager;
    server.reply(session);
  }
};

TEST_F(SignInTest, SignsInAndKnowsWhatIsAllowed) {
  model.sign_in(" 1001 ", "geheim123");
  EXPECT_TRUE(model.busy());
  EXPECT_EQ(server.next(), "POST /v1/sessions");
  EXPECT_EQ(server.body<protocol::SignIn>().number, "1001");
  succeed();
  EXPECT_EQ(in, 1);
  EXPECT_TRUE(model.allows(access::Permission::items_edit));
}

TEST_F(SignInTest, EmptyFieldsAndRefusalsAreTold) {
  model.sign_in("", "x");
  EXPECT_EQ(model.error()->code, "office.no_number");
  model.sign_in("1", "");
  EXPECT_EQ(model.error()->code, "office.no_password");
  EXPECT_TRUE(server.asked.empty());
  model.sign_in("1", "x");
  server.refuse("access.wait", {{"seconds", "4"}});
  EXPECT_FALSE(model.busy());
  EXPECT_EQ(model.error()->code, "access.wait");
}

TEST_F(SignInTest, AnExpiredSessionAsksAgain) {
  model.sign_in("1", "x");
  succeed();
  model.expired();
  EXPECT_EQ(out, 1);
  EXPECT_EQ(model.error()->code, "office.session_ended");
  EXPECT_FALSE(model.allows(access::Permission::items_read));
}

TEST_F(SignInTest, SigningOutTellsTheServer) {
  model.sign_in("1", "x");
  succeed();
  model.sign_out();
  EXPECT_EQ(server.next(), "DELETE /v1/sessions");
  EXPECT_EQ(out, 1);
  EXPECT_FALSE(model.error());
}

}  // namespace
}  // namespace lanekeeper::office
