// Requests that are malformed, oversized, slow or too many; connections that are kept; the database and the server
// going away.
#include <poll.h>

#include <gtest/gtest.h>

#include <future>

#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>

#include "../private_database.h"
#include "http/connection_limits.h"
#include "live_server.h"

namespace lanekeeper::http {
namespace {

using protocol::DeviceKind;
using testing::LiveServer;
using testing::outcome;
using testing::PrivateDatabase;
using testing::RawClient;
using testing::request;
using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

void pause(std::chrono::milliseconds time) {
  boost::asio::io_context io;
  boost::asio::steady_timer(io, time).wait();
}

class HttpTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string problem;
    live_ = testing::shared_server(problem);
    if (live_ == nullptr) GTEST_SKIP() << problem;
  }
  // What the server says to these bytes of a stranger before it closes.
  [[nodiscard]] std::string say(const std::string& bytes) const {
    RawClient client(live_->endpoint(), live_->stranger());
    client.write(bytes);
    return client.read();
  }
  static std::string first_line(const std::string& answer) { return answer.substr(0, answer.find("\r\n")); }
  LiveServer* live_ = nullptr;
};

// ---- rubbish
// -----------------------------------------------------------------------------------------------------------

TEST_F(HttpTest, RubbishIsAnsweredAndTheConnectionEnds) {
  for (const std::string& rubbish :
       {std::string("\r\n\r\n"), std::string("GARBAGE\r\n\r\n"), std::string("GET /v1/hello HTTP/9.9\r\n\r\n"),
        std::string("GET /v1/hello HTTP/1.1\r\nbad header\r\n\r\n"), std::string("GET  HTTP/1.1\r\n\r\n"),
        std::string("POST /v1/enrolments HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
        std::string("POST /v1/enrolments HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
        std::string("POST /v1/enrolments HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nabcde"),
        std::string("POST /v1/enrolments HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        std::string("GET /v1/hello%zz HTTP/1.1\r\nConnection: close\r\n\r\n"),
        std::string("GET /v1/enrolments/%00 HTTP/1.1\r\nConnection: close\r\n\r\n"),
        std::string("GET /v1/enrolments/%ff HTTP/1.1\r\nConnection: close\r\n\r\n"),
        std::string("GET http://x/v1/hello HTTP/1.1\r\nConnection: close\r\n\r\n"),
        std::string("GET /v1/hello?%g HTTP/1.1\r\nConnection: close\r\n\r\n")}) {
    const std::string answer = say(rubbish);
    const std::string line = first_line(answer);
    EXPECT_TRUE(line.starts_with("HTTP/1.1 400") || line.starts_with("HTTP/1.1 404")) << rubbish << " -> " << line;
    EXPECT_NE(answer.find("\"code\":\"request."), std::string::npos) << rubbish;
  }
  std::string binary(2000, '\0');
  for (std::size_t i = 0; i < binary.size(); ++i) binary[i] = static_cast<char>(i * 37);
  EXPECT_TRUE(first_line(say(binary)).starts_with("HTTP/1.1 4"));
}

TEST_F(HttpTest, BodiesThatAreNotJsonAreToldSo) {
  const auto client = live_->client(live_->stranger());
  EXPECT_EQ(outcome(client->send(request("POST", "/v1/enrolments", "", "{"))), "400 json.malformed");
  EXPECT_EQ(outcome(client->send(request("POST", "/v1/enrolments", "", ""))), "400 json.malformed");
  EXPECT_EQ(outcome(client->send(request("POST", "/v1/enrolments", "", "[]"))), "400 json.type");
  EXPECT_EQ(outcome(client->send(request("POST", "/v1/enrolments", "", "{}"))), "400 json.missing");
  const std::string deep(100'000, '[');
  EXPECT_TRUE(outcome(client->send(request("POST", "/v1/enrolments", "", deep))).starts_with("400 json."));
}

TEST_F(HttpTest, ParametersOutOfRangeAreNamed) {
  const auto till = live_->enrol(DeviceKind::till, 30);
  const auto client = live_->client(till.identity);
  for (const char* query :
       {"limit=0", "limit=2001", "limit=x", "since=-1", "since=99999999999999999999", "after=1.5"}) {
    EXPECT_EQ(outcome(client->send(request("GET", std::string("/v1/catalogue?") + query))), "400 request.bad_parameter")
        << query;
  }
  const auto office = live_->enrol(DeviceKind::backoffice);
  const auto reader = live_->client(office.identity);
  const auto token = live_->token(access::Role::manager, office);
  const auto exceptions = [&](const char* query) {
    return outcome(reader->send(request("GET", std::string("/v1/exceptions?") + query, token)));
  };
  for (const char* query : {"about=shop", "about=Tills", "hours=0", "hours=8785", "limit=501"}) {
    EXPECT_EQ(exceptions(query), "400 request.bad_parameter") << query;
  }
  for (const char* query : {"about=tills&hours=24", "about=sales", "limit=500"}) {
    EXPECT_EQ(exceptions(query), "200") << query;
  }
}

// ---- too much
// ----------------------------------------------------------------------------------------------------------

TEST_F(HttpTest, LargeHeadersAreRefused) {
  const std::string answer = say("GET /v1/hello HTTP/1.1\r\nX-Large: " + std::string(9000, 'x') + "\r\n\r\n");
  EXPECT_EQ(first_line(answer), "HTTP/1.1 431 Request Header Fields Too Large");
  EXPECT_NE(answer.find("request.header_too_large"), std::string::npos);
}

TEST_F(HttpTest, LargeBodiesAreRefusedBeforeTheyCome) {
  // Announced only: the answer does not wait for the body.
  const std::string answer = say("POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n");
  EXPECT_EQ(first_line(answer), "HTTP/1.1 413 Payload Too Large");
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  EXPECT_EQ(first_line(say("POST /v1/enrolments HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")),
            "HTTP/1.1 413 Payload Too Large");
  EXPECT_EQ(first_line(say("GET /v1/hello HTTP/1.1\r\nContent-Length: 1\r\n\r\nx")), "HTTP/1.1 413 Payload Too Large");

  // Sent all the same, by a client that reads the answer after writing: it gets the answer, not a broken pipe.
  const auto client = live_->client(live_->stranger());
  EXPECT_EQ(outcome(client->send(request("POST", "/v1/enrolments", "", std::string(3'000'000, ' ')))),
            "413 request.too_large");

  // In chunks, whose sum nobody announced.
  std::string chunked = "POST /v1/enrolments HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) chunked += "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
  EXPECT_EQ(first_line(say(chunked)), "HTTP/1.1 413 Payload Too Large");
}

// A chunk may carry an extension, which ends where the line does: whoever never ends it must not fill the memory.
TEST_F(HttpTest, AnEndlessChunkExtensionIsCutOff) {
  RawClient client(live_->endpoint(), live_->stranger());
  client.write("POST /v1/enrolments HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;");
  const auto began = SteadyClock::now();
  client.write(std::string(1024 * 1024, 'x'));
  const std::string answer = client.read();
  EXPECT_TRUE(first_line(answer).starts_with("HTTP/1.1 4")) << first_line(answer);
  EXPECT_LT(SteadyClock::now() - began, 8s) << "not only at the deadline";
}

TEST(ConnectionLimitsTest, StrangersLeaveRoomForDevices) {
  const auto limits = std::make_shared<ConnectionLimits>();
  std::vector<std::shared_ptr<ConnectionLimits::Slot>> devices;
  for (int i = 0; i < 100; ++i) {
    devices.push_back(limits->admit("10.0.0." + std::to_string(i)));
    ASSERT_TRUE(devices.back() && devices.back()->settle(true));
  }
  std::vector<std::shared_ptr<ConnectionLimits::Slot>> strangers;
  for (int i = 0; i < 2000; ++i) {
    auto slot = limits->admit("fd00:" + std::to_string(i) + "::/64");
    if (slot && slot->settle(false)) strangers.push_back(std::move(slot));
  }
  EXPECT_EQ(strangers.size(), ConnectionLimits::max_unknown);
  EXPECT_EQ(limits->total(), devices.size() + strangers.size());
  strangers.pop_back();
  const auto device = limits->admit("10.0.0.200");
  ASSERT_TRUE(device);
  EXPECT_TRUE(device->settle(true));
  EXPECT_TRUE(limits->admit("10.0.0.201")) << "who is known takes no stranger's place";
}

TEST_F(HttpTest, NobodySendsABodyWhereHeMayNotGo) {
  const std::string answer = say("POST /v1/journal HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n");
  EXPECT_EQ(first_line(answer), "HTTP/1.1 403 Forbidden");
}

TEST_F(HttpTest, ContinueIsSaidOnlyWhenTheBodyIsWanted) {
  RawClient client(live_->endpoint(), live_->stranger());
  client.write("POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_TRUE(client.read("\r\n\r\n").starts_with("HTTP/1.1 100"));
  client.write("{}");
  EXPECT_TRUE(client.read("json.missing").starts_with("HTTP/1.1 400"));
  EXPECT_EQ(first_line(say("POST /v1/journal HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")),
            "HTTP/1.1 403 Forbidden");
}

TEST_F(HttpTest, StrangersOfOneAddressShareAFewConnections) {
  LiveServer own;
  std::vector<std::unique_ptr<RawClient>> strangers;
  for (std::size_t i = 0; i < ConnectionLimits::max_strangers_per_address; ++i) {
    strangers.push_back(std::make_unique<RawClient>(own.endpoint(), own.stranger()));
    strangers.back()->write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(strangers.back()->read("}").starts_with("HTTP/1.1 200"));
  }
  EXPECT_EQ(outcome(own.client(own.stranger())->send(request("GET", "/v1/hello"))), "429 request.too_many_connections");
  // Devices are not held up by them.
  const auto till = own.enrol(DeviceKind::till, 1);
  std::vector<std::unique_ptr<net::HttpsClient>> tills;
  for (int i = 0; i < 20; ++i) {
    tills.push_back(own.client(till.identity));
    EXPECT_EQ(outcome(tills.back()->send(request("GET", "/v1/store"))), "200");
  }
  strangers.clear();
  EXPECT_TRUE(testing::eventually(
      [&] { return outcome(own.client(own.stranger())->send(request("GET", "/v1/hello"))) == "200"; }));
}

// ---- too slow
// ----------------------------------------------------------------------------------------------------------

TEST_F(HttpTest, SlowClientsAreCutOff) {
  ServerConfig config;
  config.handshake_limit = 300ms;
  config.header_limit = 300ms;
  config.idle_limit = 600ms;
  LiveServer own(config);
  namespace asio = boost::asio;

  const auto time_until_closed = [](auto&& talk) {
    const auto began = SteadyClock::now();
    talk();
    return SteadyClock::now() - began;
  };
  // Connects and says nothing.
  const auto silent = time_until_closed([&] {
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    socket.connect({asio::ip::make_address("127.0.0.1"), own.endpoint().port});
    char byte = 0;
    boost::system::error_code error;
    asio::read(socket, asio::buffer(&byte, 1), error);
    EXPECT_TRUE(error);
  });
  EXPECT_GE(silent, 290ms);
  EXPECT_LT(silent, 2s);

  // One byte of the header every 50 ms: each is progress, all together are too slow.
  const auto dribbling = time_until_closed([&] {
    RawClient client(own.endpoint(), own.stranger());
    const std::string text = "GET /v1/hello HTTP/1.1\r\nX-Slow: " + std::string(200, 'x');
    try {
      for (const char c : text) {
        client.write(std::string(1, c));
        pause(50ms);
      }
      ADD_FAILURE() << "the server waited for all of it";
    } catch (const boost::system::system_error&) {
    }
  });
  EXPECT_LT(dribbling, 3s);

  // An idle connection is kept for its time, and then closed.
  const auto idle = time_until_closed([&] {
    RawClient client(own.endpoint(), own.stranger());
    client.write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(client.read("}").starts_with("HTTP/1.1 200"));
    EXPECT_EQ(client.read(), "");
  });
  EXPECT_GE(idle, 590ms);
  EXPECT_LT(idle, 3s);
}

TEST_F(HttpTest, ASlowBodyDoesNotOutliveTheDeadlineOfItsRoute) {
  const auto began = SteadyClock::now();
  RawClient client(live_->endpoint(), live_->stranger());
  client.write("POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
  try {
    for (int i = 0; i < 300; ++i) {
      client.write("x");
      pause(100ms);
    }
    ADD_FAILURE() << "the server waited for all of it";
  } catch (const boost::system::system_error&) {
  }
  EXPECT_GE(SteadyClock::now() - began, 9s);
  EXPECT_LT(SteadyClock::now() - began, 14s);
}

// ---- kept connections
// --------------------------------------------------------------------------------------------------

TEST_F(HttpTest, AConnectionServesManyRequestsAlsoAfterRefusals) {
  const auto before = live_->server().statistics().accepted;
  const auto client = live_->client(live_->stranger());
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(outcome(client->send(request("GET", "/v1/hello"))), "200");
    EXPECT_EQ(outcome(client->send(request("GET", "/v1/nothing"))), "404 request.not_found");
    EXPECT_EQ(outcome(client->send(request("GET", "/v1/store"))), "403 access.not_enrolled");
  }
  EXPECT_EQ(live_->server().statistics().accepted, before + 1);
}

TEST_F(HttpTest, RequestsSentTogetherAreAnsweredInOrder) {
  RawClient client(live_->endpoint(), live_->stranger());
  client.write(
      "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string all = client.read();
  const auto first = all.find("HTTP/1.1 200");
  const auto second = all.find("HTTP/1.1 404");
  const auto third = all.rfind("HTTP/1.1 200");
  EXPECT_EQ(first, 0u);
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
}

TEST_F(HttpTest, OlderHttpIsSpokenAndClosed) {
  const std::string answer = say("GET /v1/health HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.0 200")) << answer;
}

// ---- the server goes away
// ----------------------------------------------------------------------------------------------

TEST_F(HttpTest, DrainingFinishesWhatRunsAndEndsTheRest) {
  LiveServer own;
  const auto office = own.enrol(DeviceKind::backoffice);
  const std::string token = own.token(access::Role::manager, office);
  const auto idle = own.client(office.identity);
  ASSERT_EQ(outcome(idle->send(request("GET", "/v1/store"))), "200");

  // A request whose body is half sent runs.
  RawClient busy(own.endpoint(), office.identity);
  busy.write("POST /v1/items HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\nContent-Length: 2\r\n\r\n{");
  RawClient second(own.endpoint(), office.identity);
  second.write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(second.read("}").find("200"), std::string::npos);  // so the first was read as well, most likely

  auto drained = std::async(std::launch::async, [&] { own.server().drain(10s); });
  EXPECT_EQ(second.read(), "");  // idle: closed at once
  EXPECT_EQ(drained.wait_for(0s), std::future_status::timeout);
  busy.write("}");
  const std::string answer = busy.read();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400")) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  ASSERT_EQ(drained.wait_for(5s), std::future_status::ready);
  EXPECT_EQ(outcome(idle->send(request("GET", "/v1/store"))), "net.unreachable");
  // A connection gives its place back a moment after its last answer is out.
  for (int waited = 0; waited < 500 && own.server().statistics().connections != 0; ++waited) ::poll(nullptr, 0, 10);
  EXPECT_EQ(own.server().statistics().connections, 0);
}

TEST_F(HttpTest, DrainingDoesNotWaitForEver) {
  LiveServer own;
  RawClient stuck(own.endpoint(), own.stranger());
  stuck.write("POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");
  const auto began = SteadyClock::now();
  RawClient second(own.endpoint(), own.stranger());
  second.write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(second.read("}").find("200"), std::string::npos);
  own.server().drain(500ms);
  EXPECT_LT(SteadyClock::now() - began, 4s);
  EXPECT_EQ(stuck.read(), "");
}

TEST_F(HttpTest, MetricsCountWhatHappened) {
  const auto till = live_->enrol(DeviceKind::till, 31);
  const auto client = live_->client(till.identity);
  ASSERT_EQ(outcome(client->send(request("GET", "/v1/store"))), "200");
  const auto answer = client->send(request("GET", "/metrics", live_->metrics_token()));
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->content_type.starts_with("text/plain"));
  EXPECT_NE(answer->body.find("lanekeeper_http_requests_total{method=\"GET\",route=\"/v1/store\",status=\"200\"}"),
            std::string::npos);
  EXPECT_NE(answer->body.find("lanekeeper_http_request_seconds_bucket"), std::string::npos);
  EXPECT_NE(answer->body.find("process_resident_memory_bytes"), std::string::npos);
}

// ---- the database goes away
// --------------------------------------------------------------------------------------------

TEST_F(HttpTest, WithoutItsDatabaseTheServerAnswersAndRecovers) {
  LiveServer own;
  const auto till = own.enrol(DeviceKind::till, 1);
  const auto client = own.client(till.identity);
  ASSERT_EQ(outcome(client->send(request("GET", "/v1/store"))), "200");
  PrivateDatabase::instance().kill();
  const auto away = client->send(request("GET", "/v1/store"));
  EXPECT_EQ(outcome(away), "503 db.unavailable");
  ASSERT_TRUE(away);
  EXPECT_EQ(away->body.find("socket"), std::string::npos) << "nothing of the inside is told: " << away->body;
  RawClient raw(own.endpoint(), till.identity);
  raw.write("GET /v1/catalogue HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_NE(raw.read().find("Retry-After:"), std::string::npos);
  PrivateDatabase::instance().start();
  // From now on, and not only after every connection of the pool has failed a request.
  for (int i = 0; i < 30; ++i) ASSERT_EQ(outcome(client->send(request("GET", "/v1/store"))), "200") << i;
}

}  // namespace
}  // namespace lanekeeper::http
