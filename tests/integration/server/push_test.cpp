// The push channel: who hears what, how soon, and what happens to those who do not listen.
#include <gtest/gtest.h>

#include <boost/beast/websocket.hpp>

#include "live_server.h"
#include "net/push_client.h"
#include "protocol/lane_messages.h"

namespace lanekeeper::push {
namespace {

using protocol::DeviceKind;
using protocol::PushKind;
using protocol::PushMessage;
using testing::eventually;
using testing::LiveServer;
using testing::outcome;
using testing::request;
using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

// A device that remembers what it heard.
class Listener {
 public:
  Listener(const net::Endpoint& endpoint, const net::TlsIdentity& identity, const std::string& token = "")
      : client_(endpoint, identity, token,
                {[this] { ++connected_; },
                 [this](const Error& error) {
                   const std::lock_guard lock(mutex_);
                   errors_.push_back(error.code);
                 },
                 [this](const std::string& text) {
                   const std::lock_guard lock(mutex_);
                   heard_.push_back(json::decode<PushMessage>(text).value());
                 }}) {}

  [[nodiscard]] bool wait_until_connected(int times = 1) const {
    return eventually([&] { return connected_ >= times; });
  }
  [[nodiscard]] int count(PushKind kind, std::optional<std::int64_t> version = std::nullopt) const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count_if(heard_.begin(), heard_.end(), [&](const PushMessage& message) {
      return message.kind == kind && (!version || message.version == version);
    }));
  }
  [[nodiscard]] bool hears(PushKind kind, std::optional<std::int64_t> version = std::nullopt) const {
    return eventually([&] { return count(kind, version) > 0; });
  }
  [[nodiscard]] std::vector<std::string> errors() const {
    const std::lock_guard lock(mutex_);
    return errors_;
  }
  net::PushClient& client() { return client_; }

 private:
  mutable std::mutex mutex_;
  std::vector<PushMessage> heard_;
  std::vector<std::string> errors_;
  std::atomic<int> connected_ = 0;
  net::PushClient client_;  // last: its thread uses the others
};

class PushTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string problem;
    live_ = testing::shared_server(problem);
    if (live_ == nullptr) GTEST_SKIP() << problem;
  }
  [[nodiscard]] PushHub& hub() const { return live_->store().hub; }
  [[nodiscard]] static protocol::SaleSummary sale() {
    protocol::SaleSummary summary;
    summary.sale_id = "01234567-89ab-7def-8123-456789abcdef";
    summary.till = 1;
    return summary;
  }
  // One more till each time, so that tests do not take each other's.
  [[nodiscard]] LiveServer::Device new_till() const {
    static std::int64_t number = 100;
    return live_->enrol(DeviceKind::till, ++number);
  }
  // Above what the shared server has told so far.
  [[nodiscard]] static std::int64_t next_version() {
    static std::int64_t version = 1'000'000;
    return ++version;
  }
  LiveServer* live_ = nullptr;
};

TEST_F(PushTest, OnlyEnrolledDevicesAreConnected) {
  Listener stranger(live_->endpoint(), live_->stranger());
  ASSERT_TRUE(eventually([&] { return !stranger.errors().empty(); }));
  EXPECT_EQ(stranger.errors().front(), "access.not_enrolled");
  const auto office = live_->enrol(DeviceKind::backoffice);
  Listener wrong_token(live_->endpoint(), office.identity, "rubbish");
  ASSERT_TRUE(eventually([&] { return !wrong_token.errors().empty(); }));
  EXPECT_EQ(wrong_token.errors().front(), "access.session_ended");
  EXPECT_EQ(outcome(live_->client(office.identity)->send(request("GET", "/v1/push"))), "400 request.malformed");
}

TEST_F(PushTest, SixtyFourTillsHearOfANewCatalogueAtOnce) {
  constexpr int tills = 64;
  std::vector<std::unique_ptr<Listener>> listeners;
  for (int i = 0; i < tills; ++i) {
    listeners.push_back(std::make_unique<Listener>(live_->endpoint(), new_till().identity));
  }
  for (const auto& listener : listeners) ASSERT_TRUE(listener->wait_until_connected());
  ASSERT_TRUE(eventually([&] { return hub().statistics().tills >= tills; }));
  for (int round = 0; round < 3; ++round) {
    const std::int64_t version = next_version();
    hub().catalogue_changed(version);
    for (const auto& listener : listeners) ASSERT_TRUE(listener->hears(PushKind::catalogue, version));
  }
}

TEST_F(PushTest, NewsThatComesInABurstIsToldOnceWithTheNewest) {
  Listener listener(live_->endpoint(), new_till().identity);
  ASSERT_TRUE(listener.wait_until_connected());
  hub().catalogue_changed(next_version());
  constexpr int burst = 200;
  const int before = listener.count(PushKind::catalogue);
  const auto began = SteadyClock::now();
  std::int64_t newest = 0;
  for (int i = 0; i < burst; ++i) hub().catalogue_changed(newest = next_version());
  ASSERT_TRUE(listener.hears(PushKind::catalogue, newest));
  const auto took = SteadyClock::now() - began;
  EXPECT_LE(listener.count(PushKind::catalogue) - before, took / PushHub::pace + 2);
}

TEST_F(PushTest, TheNewestVersionIsToldOnConnecting) {
  const std::int64_t version = next_version();
  hub().catalogue_changed(version);
  hub().catalogue_changed(version - 1);  // came late, tells nothing new
  Listener till(live_->endpoint(), new_till().identity);
  EXPECT_TRUE(till.hears(PushKind::catalogue, version));
  EXPECT_EQ(till.count(PushKind::catalogue), 1);
}

TEST_F(PushTest, LanesHearOfBasketsThatWereSetAsideAndTakenUp) {
  const auto first = new_till();
  const auto second = new_till();
  Listener lane(live_->endpoint(), second.identity);
  const auto office = live_->enrol(DeviceKind::backoffice);
  Listener manager(live_->endpoint(), office.identity, live_->token(access::Role::manager, office));
  ASSERT_TRUE(lane.wait_until_connected() && manager.wait_until_connected());
  protocol::SuspendedBasket basket;
  basket.id.bytes.fill(7);
  basket.label = "101-0001";
  basket.business_date = {2026, 11, 22};
  basket.basket.lines.resize(1);
  const auto send = [&](const LiveServer::Device& till, const net::HttpRequest& what) {
    return outcome(live_->client(till.identity)->send(what));
  };
  EXPECT_EQ(send(first, request("POST", "/v1/suspended", "", json::encode(basket))), "204");
  EXPECT_TRUE(lane.hears(PushKind::suspended));
  EXPECT_EQ(send(second, request("GET", "/v1/suspended?date=2026-11-22")), "200");
  EXPECT_EQ(send(second, request("GET", "/v1/suspended?date=tomorrow")), "400 request.bad_parameter");
  const std::string recall = "/v1/suspended/" + basket.id.to_string() + "/recall";
  EXPECT_EQ(send(second, request("POST", recall)), "200");
  EXPECT_EQ(send(first, request("POST", recall)), "409 suspended.taken");
  EXPECT_EQ(manager.count(PushKind::suspended), 0);
}

TEST_F(PushTest, RequestsAreToldToTillsAndToOfficesThatMayAnswer) {
  const auto asking = new_till();
  Listener lane(live_->endpoint(), new_till().identity);
  const auto office = live_->enrol(DeviceKind::backoffice);
  const auto token = live_->token(access::Role::manager, office);
  Listener manager(live_->endpoint(), office.identity, token);
  Listener accountant(live_->endpoint(), office.identity, live_->token(access::Role::accountant, office));
  ASSERT_TRUE(lane.wait_until_connected() && manager.wait_until_connected() && accountant.wait_until_connected());
  protocol::ApprovalRequest wish;
  wish.id.bytes.fill(9);
  wish.cashier = 4711;
  wish.cashier_name = "王芳";
  wish.permission = "sale.void_line";
  wish.subject = "approval.void_line";
  const auto till = live_->client(asking.identity);
  EXPECT_EQ(outcome(till->send(request("POST", "/v1/approvals", "", json::encode(wish)))), "200");
  EXPECT_TRUE(lane.hears(PushKind::approvals));
  EXPECT_TRUE(manager.hears(PushKind::approvals));
  const std::string path = "/v1/approvals/" + wish.id.to_string();
  const auto body = json::encode(protocol::ApprovalAnswer{true, std::nullopt});
  EXPECT_EQ(outcome(till->send(request("POST", path + "/answer", "", body))), "401 access.sign_in_first");
  const auto answer = live_->client(office.identity)->send(request("POST", path + "/answer", token, body));
  ASSERT_EQ(outcome(answer), "200");
  EXPECT_EQ(json::decode<protocol::ApprovalStatus>(answer->body)->state, protocol::ApprovalState::granted);
  EXPECT_TRUE(eventually([&] { return lane.count(PushKind::approvals) >= 2; }));
  const auto known = till->send(request("GET", path));
  EXPECT_EQ(json::decode<protocol::ApprovalStatus>(known->body)->state, protocol::ApprovalState::granted);
  EXPECT_EQ(accountant.count(PushKind::approvals), 0);
}

TEST_F(PushTest, SalesAreForOfficesWithTheRightOnly) {
  const auto office = live_->enrol(DeviceKind::backoffice);
  const std::string manager = live_->token(access::Role::manager, office);
  Listener till(live_->endpoint(), new_till().identity);
  Listener nobody(live_->endpoint(), office.identity);
  Listener clerk(live_->endpoint(), office.identity, live_->token(access::Role::stock_clerk, office));
  Listener reader(live_->endpoint(), office.identity, manager);
  for (Listener* each : {&till, &nobody, &clerk, &reader}) ASSERT_TRUE(each->wait_until_connected());
  ASSERT_TRUE(eventually([&] {
    hub().sale_stored(sale());
    return reader.count(PushKind::sale) > 0;
  }));
  // A message that all get, after the sale: who has it and no sale was told of none.
  const std::int64_t version = next_version();
  hub().catalogue_changed(version);
  for (Listener* each : {&till, &nobody, &clerk, &reader}) ASSERT_TRUE(each->hears(PushKind::catalogue, version));
  EXPECT_EQ(till.count(PushKind::sale), 0);
  EXPECT_EQ(nobody.count(PushKind::sale), 0);
  EXPECT_EQ(clerk.count(PushKind::sale), 0);

  // A session can also be shown later, and it ends here when it ends elsewhere.
  nobody.client().send(R"({"token":")" + manager + "\"}");
  ASSERT_TRUE(eventually([&] {
    hub().sale_stored(sale());
    return nobody.count(PushKind::sale) > 0;
  }));
  ASSERT_EQ(outcome(live_->client(office.identity)->send(request("DELETE", "/v1/sessions", manager))), "204");
  const int told = reader.count(PushKind::sale);
  hub().sale_stored(sale());
  const std::int64_t later = next_version();
  hub().catalogue_changed(later);
  ASSERT_TRUE(reader.hears(PushKind::catalogue, later));
  EXPECT_LE(reader.count(PushKind::sale), told + 1);  // one may have been on its way when we counted
}

TEST_F(PushTest, AChannelThatOpensAgainKeepsNobodySignedIn) {
  const auto office = live_->enrol(DeviceKind::backoffice);
  const std::string token = live_->token(access::Role::manager, office);
  auto& sessions = live_->store().sessions;
  constexpr auto idle_ms = services::SessionService::idle_ms;
  ASSERT_TRUE(eventually([&] { return sessions.left_ms(token) < idle_ms - 500; }));
  const auto left_ms = sessions.left_ms(token);
  Listener upgraded(live_->endpoint(), office.identity, token);
  ASSERT_TRUE(upgraded.wait_until_connected());
  EXPECT_LE(sessions.left_ms(token), left_ms);
  Listener later(live_->endpoint(), office.identity);
  ASSERT_TRUE(later.wait_until_connected());
  later.client().send(R"({"token":")" + token + "\"}");
  ASSERT_TRUE(eventually([&] {
    hub().sale_stored(sale());
    return later.count(PushKind::sale) > 0;
  }));
  EXPECT_LE(sessions.left_ms(token), left_ms);
}

TEST_F(PushTest, WhatTillsReportReachesOffices) {
  const auto office = live_->enrol(DeviceKind::backoffice);
  const std::string token = live_->token(access::Role::manager, office);
  Listener watcher(live_->endpoint(), office.identity, token);
  ASSERT_TRUE(watcher.wait_until_connected());
  const auto device = new_till();
  Listener till(live_->endpoint(), device.identity);
  ASSERT_TRUE(till.wait_until_connected());
  PushMessage report;
  report.kind = PushKind::status;
  report.status.emplace();
  report.status->till = 1;  // another one's number is of no use
  report.status->unsent = 7;
  report.status->printer = "ok";
  till.client().send(json::encode(report));
  const auto row = [&]() -> std::optional<protocol::DeviceRow> {
    const auto answer = live_->client(office.identity)->send(request("GET", "/v1/devices", token));
    auto page = json::decode<protocol::DevicePage>(answer.value().body).value();
    for (auto& each : page.devices) {
      if (each.device_id == device.id) return each;
    }
    return std::nullopt;
  };
  EXPECT_TRUE(watcher.hears(PushKind::devices));
  EXPECT_TRUE(eventually([&] {
    const auto found = row();
    return found && found->status && found->status->unsent == 7;
  }));
  EXPECT_EQ(row()->status->till, device.till);
  EXPECT_TRUE(row()->connected);
}

TEST_F(PushTest, RubbishEndsTheConnection) {
  const auto device = new_till();
  Listener till(live_->endpoint(), device.identity);
  ASSERT_TRUE(till.wait_until_connected());
  till.client().send("rubbish");
  ASSERT_TRUE(eventually([&] { return !till.errors().empty(); }));
  EXPECT_TRUE(till.wait_until_connected(2));  // and comes back
  till.client().send(std::string(20'000, 'x'));
  EXPECT_TRUE(till.wait_until_connected(3));
}

TEST_F(PushTest, ATillThatComesBackReplacesItself) {
  const auto device = new_till();
  const auto before = hub().statistics().tills;
  Listener first(live_->endpoint(), device.identity);
  ASSERT_TRUE(first.wait_until_connected());
  ASSERT_TRUE(eventually([&] { return hub().statistics().tills == before + 1; }));
  auto second = std::make_unique<Listener>(live_->endpoint(), device.identity);
  ASSERT_TRUE(second->wait_until_connected());
  EXPECT_TRUE(eventually([&] { return !first.errors().empty(); }));
  EXPECT_TRUE(eventually([&] { return hub().statistics().tills <= before + 1; }));
}

TEST_F(PushTest, ARevokedDeviceIsToldAndCutOff) {
  const auto office = live_->enrol(DeviceKind::backoffice);
  const std::string token = live_->token(access::Role::manager, office);
  const auto device = new_till();
  Listener till(live_->endpoint(), device.identity);
  ASSERT_TRUE(till.wait_until_connected());
  const auto began = SteadyClock::now();
  ASSERT_EQ(
      outcome(live_->client(office.identity)->send(request("POST", "/v1/devices/" + device.id + "/revocation", token))),
      "204");
  EXPECT_TRUE(till.hears(PushKind::revoked));
  EXPECT_TRUE(eventually([&] {
    const auto errors = till.errors();
    return !errors.empty() && errors.back() == "access.not_enrolled";
  }));
  EXPECT_LT(SteadyClock::now() - began, 5s);
}

// ---- those who do not read
// -----------------------------------------------------------------------------------------------

// Connects and never reads again.
class Deaf {
 public:
  Deaf(const net::Endpoint& endpoint, const net::TlsIdentity& identity, const std::string& token)
      : context_(boost::asio::ssl::context::tls_client), stream_(io_, context_with(identity)) {
    namespace websocket = boost::beast::websocket;
    auto& socket = stream_.next_layer().next_layer();
    socket.open(boost::asio::ip::tcp::v4());
    socket.set_option(boost::asio::socket_base::receive_buffer_size(4096));
    socket.connect({boost::asio::ip::make_address(endpoint.host), endpoint.port});
    stream_.next_layer().handshake(boost::asio::ssl::stream_base::client);
    stream_.set_option(websocket::stream_base::decorator([&](websocket::request_type& upgrade) {
      upgrade.set(boost::beast::http::field::authorization, "Bearer " + token);
    }));
    stream_.handshake(endpoint.to_string(), "/v1/push");
  }

 private:
  boost::asio::ssl::context& context_with(const net::TlsIdentity& identity) {
    context_.use_certificate_chain(boost::asio::buffer(identity.certificate_pem));
    context_.use_private_key(boost::asio::buffer(identity.key_pem), boost::asio::ssl::context::pem);
    return context_;
  }
  boost::asio::io_context io_;
  boost::asio::ssl::context context_;
  boost::beast::websocket::stream<boost::asio::ssl::stream<boost::asio::ip::tcp::socket>> stream_;
};

TEST_F(PushTest, WhoDoesNotReadIsCutOffAndHarmsNobody) {
  const auto office = live_->enrol(DeviceKind::backoffice);
  const std::string token = live_->token(access::Role::manager, office);
  const auto before = hub().statistics();
  Deaf deaf(live_->endpoint(), office.identity, token);
  Listener good(live_->endpoint(), office.identity, token);
  ASSERT_TRUE(good.wait_until_connected());
  ASSERT_TRUE(eventually([&] { return hub().statistics().offices == before.offices + 2; }));
  protocol::SaleSummary large = sale();
  large.cashier_name = std::string(100'000, 'x');  // fills buffers sooner
  int told = 0;
  ASSERT_TRUE(eventually(
      [&] {
        hub().sale_stored(large);
        ++told;
        // The good one keeps up.
        EXPECT_TRUE(eventually([&] { return good.count(PushKind::sale) >= told; }));
        return hub().statistics().overruns > before.overruns;
      },
      30s));
  EXPECT_TRUE(eventually([&] { return hub().statistics().offices == before.offices + 1; }));
  EXPECT_TRUE(good.errors().empty());
}

TEST_F(PushTest, StoppingSaysGoodbyeToAll) {
  LiveServer own;
  std::vector<std::unique_ptr<Listener>> tills;
  for (int i = 1; i <= 10; ++i) {
    tills.push_back(std::make_unique<Listener>(own.endpoint(), own.enrol(DeviceKind::till, i).identity));
    ASSERT_TRUE(tills.back()->wait_until_connected());
  }
  const auto began = SteadyClock::now();
  own.server().drain(1s);
  own.store().hub.stop(1s);
  EXPECT_LT(SteadyClock::now() - began, 1s);
  EXPECT_EQ(own.store().hub.statistics().tills, 0);
  for (const auto& till : tills) EXPECT_TRUE(eventually([&] { return !till->errors().empty(); }));
}

}  // namespace
}  // namespace lanekeeper::push
