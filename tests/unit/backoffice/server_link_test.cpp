#include "model/server_link.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

using std::chrono::milliseconds;

// What worker threads post, run by the test when it wants to.
class Mailbox {
 public:
  ServerLink::Post post() {
    return [this](std::function<void()> call) {
      const std::lock_guard lock(mutex_);
      calls_.push_back(std::move(call));
      arrived_.notify_all();
    };
  }
  bool run_until(const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!done()) {
      std::function<void()> call;
      {
        std::unique_lock lock(mutex_);
        if (!arrived_.wait_until(lock, deadline, [this] { return !calls_.empty(); })) return false;
        call = std::move(calls_.front());
        calls_.pop_front();
      }
      call();
    }
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> calls_;
};

// Answers by a function; a request to /block waits until it is cancelled.
class FakeWire : public Wire {
 public:
  using Responder = std::function<Result<net::HttpResponse>(const net::HttpRequest&)>;

  struct FakeConnection : Connection {
    explicit FakeConnection(FakeWire& w) : wire(w) {}
    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
      if (request.target == "/block") {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return cancelled; });
        return fail("net.closed", "cancelled");
      }
      const std::lock_guard lock(wire.mutex);
      wire.requests.push_back(request);
      return wire.responder(request);
    }
    void cancel() override {
      const std::lock_guard lock(mutex);
      cancelled = true;
      changed.notify_all();
    }
    FakeWire& wire;
    std::mutex mutex;
    std::condition_variable changed;
    bool cancelled = false;
  };
  struct FakeChannel : PushChannel {
    explicit FakeChannel(FakeWire& w) : wire(w) {}
    ~FakeChannel() override { wire.handlers.reset(); }
    void reconnect_now() override {}
    FakeWire& wire;
  };

  std::unique_ptr<Connection> connect(const net::Endpoint&, const net::TlsIdentity&) override {
    return std::make_unique<FakeConnection>(*this);
  }
  std::unique_ptr<PushChannel> listen(const net::Endpoint&, const net::TlsIdentity&, const std::string& token,
                                      net::PushClient::Handlers given) override {
    listen_token = token;
    handlers = std::move(given);
    return std::make_unique<FakeChannel>(*this);
  }

  std::mutex mutex;
  std::vector<net::HttpRequest> requests;
  Responder responder = [](const net::HttpRequest&) { return net::HttpResponse{200, "application/json", "{}"}; };
  std::optional<net::PushClient::Handlers> handlers;
  std::string listen_token;
};

class ServerLinkTest : public testing::Test {
 protected:
  ServerLinkTest() : link(std::make_unique<ServerLink>(wire, mailbox.post())) {
    link->listen({[this] { ++reachability_changes; }, [this] { ++session_ends; }, [this] { ++refusals; },
                  [this] { ++push_connects; },
                  [this](const protocol::PushMessage& message) { pushed.push_back(message.kind); }});
    link->use_server({"store", 7443}, {"ca", "certificate", "key"});
  }
  Result<net::HttpResponse> ask(net::HttpRequest request) {
    std::optional<Result<net::HttpResponse>> answer;
    link->send(std::move(request), [&](Result<net::HttpResponse> response) { answer = std::move(response); });
    EXPECT_TRUE(mailbox.run_until([&] { return answer.has_value(); }));
    return *answer;
  }

  FakeWire wire;
  Mailbox mailbox;
  int reachability_changes = 0;
  int session_ends = 0;
  int refusals = 0;
  int push_connects = 0;
  std::vector<protocol::PushKind> pushed;
  std::unique_ptr<ServerLink> link;
};

TEST_F(ServerLinkTest, AnswersInOrderAndCarriesTheToken) {
  std::vector<int> order;
  link->begin_session("token-1");
  for (int i = 0; i < 20; ++i) {
    link->send(get("/" + std::to_string(i)), [&order, i](const auto&) { order.push_back(i); });
  }
  ASSERT_TRUE(mailbox.run_until([&] { return order.size() == 20; }));
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(wire.requests[5].target, "/5");
  EXPECT_EQ(wire.requests[5].headers.at(0).value, "Bearer token-1");
  EXPECT_EQ(wire.listen_token, "token-1");
}

TEST_F(ServerLinkTest, ARefusalIsTheErrorOfItsBody) {
  wire.responder = [](const net::HttpRequest&) {
    return net::HttpResponse{409, "application/json",
                             R"({"code":"item.changed_meanwhile","message":"x","details":{"by":"周敏"}})"};
  };
  const auto answer = ask(get("/v1/items/1"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "item.changed_meanwhile");
  EXPECT_TRUE(link->reachable());
}

TEST_F(ServerLinkTest, TellsWhenTheServerGoesAndComes) {
  (void)ask(get("/a"));
  EXPECT_TRUE(link->reachable());
  wire.responder = [](const net::HttpRequest&) -> Result<net::HttpResponse> { return fail("net.unreachable", "gone"); };
  (void)ask(get("/b"));
  EXPECT_FALSE(link->reachable());
  EXPECT_EQ(link->trouble()->code, "net.unreachable");
  EXPECT_EQ(reachability_changes, 2);
}

TEST_F(ServerLinkTest, ReadsAreRepeatedOnceOnAConnectionThatWasClosedMeanwhileAndWritesAreNot) {
  int tries = 0;
  wire.responder = [&tries](const net::HttpRequest&) -> Result<net::HttpResponse> {
    if (++tries % 2 == 1) return fail("net.closed", "idle too long");
    return net::HttpResponse{200, "", "{}"};
  };
  EXPECT_TRUE(ask(get("/a")));
  EXPECT_EQ(tries, 2);
  EXPECT_FALSE(ask(without_body("PUT", "/a")));
  EXPECT_EQ(tries, 3);
}

TEST_F(ServerLinkTest, AnEndedSessionIsToldOnce) {
  link->begin_session("t");
  wire.responder = [](const net::HttpRequest&) {
    return net::HttpResponse{401, "application/json", R"({"code":"access.sign_in_first","message":"x","details":{}})"};
  };
  int answers = 0;
  for (int i = 0; i < 3; ++i) link->send(get("/a"), [&](const auto&) { ++answers; });
  ASSERT_TRUE(mailbox.run_until([&] { return answers == 3; }));
  EXPECT_EQ(session_ends, 1);
  EXPECT_FALSE(wire.handlers) << "the push channel is closed with the session";
}

TEST_F(ServerLinkTest, AChannelThatIsRefusedEndsTheSessionInsteadOfWaitingForEver) {
  link->begin_session("t");
  wire.handlers->disconnected(Error{"net.unreachable", "gone", {}});
  ASSERT_TRUE(mailbox.run_until([&] { return link->trouble().has_value(); }));
  EXPECT_EQ(session_ends, 0);
  wire.handlers->disconnected(Error{"access.session_ended", "The server was started again.", {}});
  ASSERT_TRUE(mailbox.run_until([&] { return session_ends == 1; }));
  EXPECT_TRUE(link->reachable());
  EXPECT_FALSE(wire.handlers) << "the push channel is closed with the session";
}

TEST_F(ServerLinkTest, AChannelThatRefusesTheDeviceTellsSo) {
  link->begin_session("t");
  wire.handlers->disconnected(Error{"access.not_enrolled", "Revoked.", {}});
  EXPECT_TRUE(mailbox.run_until([&] { return refusals == 1; }));
}

TEST_F(ServerLinkTest, ARevokedCertificateIsTold) {
  wire.responder = [](const net::HttpRequest&) {
    return net::HttpResponse{403, "application/json", R"({"code":"access.not_enrolled","message":"x","details":{}})"};
  };
  (void)ask(get("/a"));
  EXPECT_EQ(refusals, 1);
  link->use_server({"store", 7443}, {"ca", "", ""});
  (void)ask(get("/a"));
  EXPECT_EQ(refusals, 1) << "without a certificate it is no news";
}

TEST_F(ServerLinkTest, PushedMessagesArriveAndStrangeOnesAreLeftOut) {
  link->begin_session("t");
  wire.handlers->connected();
  wire.handlers->message(R"({"kind":"catalogue","version":7})");
  wire.handlers->message(R"({"kind":"from_the_future"})");
  wire.handlers->message("{");
  wire.handlers->message(R"({"kind":"enrolment"})");
  ASSERT_TRUE(mailbox.run_until([&] { return pushed.size() == 2; }));
  EXPECT_EQ(push_connects, 1);
  EXPECT_EQ(pushed, (std::vector{protocol::PushKind::catalogue, protocol::PushKind::enrolment}));
}

TEST_F(ServerLinkTest, NothingOfAnEndedSessionIsPushed) {
  link->begin_session("t");
  const auto old = *wire.handlers;
  link->end_session();
  old.message(R"({"kind":"enrolment"})");
  (void)ask(get("/a"));
  EXPECT_TRUE(pushed.empty());
}

TEST_F(ServerLinkTest, AnotherServerEndsWhatWasUnderWay) {
  int closed = 0;
  link->send(get("/block"), [&](const auto& answer) { closed += !answer && answer.error().code == "net.closed"; });
  link->send(get("/block"), [&](const auto& answer) { closed += !answer && answer.error().code == "net.closed"; });
  link->use_server({"other", 7443}, {});
  ASSERT_TRUE(mailbox.run_until([&] { return closed == 2; }));
  EXPECT_TRUE(ask(get("/a")));
}

TEST_F(ServerLinkTest, EndsAtOnceAndDropsItsAnswers) {
  bool answered = false;
  link->send(get("/block"), [&](const auto&) { answered = true; });
  link.reset();
  int marker = 0;
  mailbox.post()([&] { ++marker; });
  ASSERT_TRUE(mailbox.run_until([&] { return marker == 1; }));
  EXPECT_FALSE(answered);
}

TEST_F(ServerLinkTest, TooManyWaitingAreRefused) {
  int busy = 0;
  int closed = 0;
  const std::size_t count = RequestLane::max_waiting + 10;
  for (std::size_t i = 0; i < count; ++i) {
    link->send(get("/block"), [&](const auto& answer) { ++(answer.error().code == "office.busy" ? busy : closed); });
  }
  link->use_server({"other", 7443}, {});
  ASSERT_TRUE(mailbox.run_until([&] { return static_cast<std::size_t>(busy + closed) == count; }));
  EXPECT_GE(busy, 9);
  EXPECT_LE(busy, 10);
}

TEST_F(ServerLinkTest, UploadsReadTheFileBesideTheOtherRequests) {
  const auto file = std::filesystem::temp_directory_path() / ("lanekeeper-upload-" + std::to_string(::getpid()));
  std::ofstream(file, std::ios::binary) << "条码,名称\r\n";
  std::vector<std::string> codes;
  link->upload(without_body("POST", "/v1/imports"), file,
               [&](const auto& answer) { codes.push_back(answer ? "ok" : "?"); });
  ASSERT_TRUE(mailbox.run_until([&] { return codes.size() == 1; }));
  EXPECT_EQ(wire.requests.back().body, "条码,名称\r\n");
  std::filesystem::remove(file);
  link->upload(without_body("POST", "/v1/imports"), file,
               [&](const auto& answer) { codes.push_back(answer ? "ok" : answer.error().code); });
  ASSERT_TRUE(mailbox.run_until([&] { return codes.size() == 2; }));
  EXPECT_EQ(codes[1], "office.file_unreadable");
}

}  // namespace
}  // namespace lanekeeper::office
