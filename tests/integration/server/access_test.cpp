// Who gets in, and how far: certificates, sessions, and the matrix of every route and every role.
#include <gtest/gtest.h>

#include <boost/asio/read.hpp>

#include "live_server.h"
#include "program/metrics_token.h"
#include "protocol/certificate_messages.h"
#include "storage/connection.h"
#include "storage/store_repository.h"

namespace lanekeeper::http {
namespace {

using protocol::DeviceKind;
using testing::LiveServer;
using testing::outcome;
using testing::RawClient;
using testing::request;
using testing::TestCa;

class AccessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string problem;
    live_ = testing::shared_server(problem);
    if (live_ == nullptr) GTEST_SKIP() << problem;
  }
  [[nodiscard]] std::string ask(const net::TlsIdentity& identity, const net::HttpRequest& what) const {
    return outcome(live_->client(identity)->send(what));
  }
  LiveServer* live_ = nullptr;
};

// ---- certificates
// ------------------------------------------------------------------------------------------------------

TEST_F(AccessTest, StrangersSeeWhatEnrolmentNeedsAndNothingElse) {
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/v1/hello")), "200");
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/v1/health")), "200");
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/v1/enrolments/nothing")), "404 enrolment.not_found");
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/v1/store")), "403 access.not_enrolled");
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/metrics")), "403 access.not_enrolled");
}

TEST_F(AccessTest, HelloTellsTheCaThatCountsFromThenOn) {
  net::HttpsClient client(live_->endpoint(), {});  // trusts on first use
  const auto answer = client.send(request("GET", "/v1/hello"));
  ASSERT_TRUE(answer);
  const auto hello = json::decode<protocol::Hello>(answer->body);
  ASSERT_TRUE(hello);
  EXPECT_EQ(hello->store_name, "惠民生鲜 城东店");
  EXPECT_EQ(hello->ca_pem, live_->stranger().ca_pem);
}

TEST_F(AccessTest, AnEnrolledTillIsLetIn) {
  const auto till = live_->enrol(DeviceKind::till, 1);
  EXPECT_EQ(ask(till.identity, request("GET", "/v1/store")), "200");
  EXPECT_EQ(ask(till.identity, request("GET", "/v1/catalogue")), "200");
  EXPECT_EQ(ask(till.identity, request("GET", "/metrics")), "401 access.sign_in_first");
}

TEST_F(AccessTest, CertificatesOfOthersFailTheHandshake) {
  const auto& ca = live_->store().keys.ca;
  const TestCa foreign("惠民生鲜 城东店");
  const auto key = TestCa::new_key();
  const auto long_ago = Instant{TestCa::now().unix_ms - 3 * TestCa::year_ms};
  const auto tomorrow = Instant{TestCa::now().unix_ms + 2 * 86'400'000LL};
  const auto device = [&](const net::CertificateAuthority& by, Instant at) {
    return by.issue_device(key.public_key(), "device-1", TestCa::year_ms, TestCa::random(), at);
  };
  const std::vector<std::pair<const char*, std::string>> certificates = {
      {"of another store of the same name", device(foreign.ca, TestCa::now())},
      {"expired", device(ca, long_ago)},
      {"not valid yet", device(ca, tomorrow)},
      {"made for a server", ca.issue_server(key.public_key(), {"localhost"}, TestCa::random(), TestCa::now())}};
  const auto before = live_->server().statistics().handshake_failures;
  for (const auto& [what, pem] : certificates) {
    const std::string result =
        ask({live_->stranger().ca_pem, pem, net::to_pkcs8_pem(key)}, request("GET", "/v1/hello"));
    EXPECT_TRUE(result == "net.tls" || result == "net.closed") << what << ": " << result;
  }
  EXPECT_TRUE(testing::eventually([&] { return live_->server().statistics().handshake_failures == before + 4; }));
}

TEST_F(AccessTest, ACertificateOfOursThatIsNotOnTheListIsAStranger) {
  const auto key = TestCa::new_key();
  const std::string pem = live_->store().keys.ca.issue_device(key.public_key(), "device-1", TestCa::year_ms,
                                                              TestCa::random(), TestCa::now());
  const net::TlsIdentity unknown{live_->stranger().ca_pem, pem, net::to_pkcs8_pem(key)};
  EXPECT_EQ(ask(unknown, request("GET", "/v1/hello")), "200");
  EXPECT_EQ(ask(unknown, request("GET", "/v1/store")), "403 access.not_enrolled");
}

TEST_F(AccessTest, RevocationCountsAtOnceOnOpenConnections) {
  const auto till = live_->enrol(DeviceKind::till, 2);
  const auto office = live_->enrol(DeviceKind::backoffice);
  const auto client = live_->client(till.identity);
  EXPECT_EQ(outcome(client->send(request("GET", "/v1/store"))), "200");
  const std::string token = live_->token(access::Role::manager, office);
  EXPECT_EQ(ask(office.identity, request("POST", "/v1/devices/" + till.id + "/revocation", token)), "204");
  EXPECT_EQ(outcome(client->send(request("GET", "/v1/store"))), "403 access.not_enrolled");
  EXPECT_EQ(ask(till.identity, request("GET", "/v1/store")), "403 access.not_enrolled");
}

TEST_F(AccessTest, OlderTlsAndPlainTextAreRefused) {
  EXPECT_THROW(RawClient(live_->endpoint(), live_->stranger(), TLS1_2_VERSION), boost::system::system_error);
  namespace asio = boost::asio;
  asio::io_context io;
  asio::ip::tcp::socket plain(io);
  plain.connect({asio::ip::make_address("127.0.0.1"), live_->endpoint().port});
  asio::write(plain, asio::buffer(std::string("GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n")));
  std::string answer;
  boost::system::error_code error;
  asio::read(plain, asio::dynamic_buffer(answer), error);
  EXPECT_EQ(answer.find("HTTP"), std::string::npos);
}

TEST_F(AccessTest, ARenewedCertificateWorksAndSoDoesTheOldOneForNow) {
  const auto till = live_->enrol(DeviceKind::till, 4);
  const auto key = TestCa::new_key();
  const std::string wish = json::encode(protocol::CertificateRenewal{net::make_csr(key, "lane")});
  EXPECT_EQ(ask(live_->stranger(), request("POST", "/v1/certificate", "", wish)), "403 access.not_enrolled");
  const auto answer = live_->client(till.identity)->send(request("POST", "/v1/certificate", "", wish));
  ASSERT_EQ(outcome(answer), "201");
  const auto renewed = json::decode<protocol::RenewedCertificate>(answer->body);
  ASSERT_TRUE(renewed);
  EXPECT_EQ(renewed->ca_pem, live_->stranger().ca_pem);
  const net::TlsIdentity next{renewed->ca_pem, renewed->certificate_pem, net::to_pkcs8_pem(key)};
  EXPECT_EQ(ask(next, request("GET", "/v1/store")), "200");
  EXPECT_EQ(ask(till.identity, request("GET", "/v1/store")), "200") << "for what is under way";
  EXPECT_EQ(ask(next, request("POST", "/v1/certificate", "", "{}")), "400 json.missing");
}

// ---- scrapers

TEST_F(AccessTest, AScraperShowsItsTokenAndSeesNothingButMetrics) {
  const std::string token = live_->metrics_token();
  const auto answer = live_->client(live_->stranger())->send(request("GET", "/metrics", token));
  ASSERT_EQ(outcome(answer), "200");
  EXPECT_NE(answer->body.find("lanekeeper_http_requests_total"), std::string::npos);
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/metrics", token + "0")), "403 access.not_enrolled");
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/metrics", "")), "403 access.not_enrolled");
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/v1/store", token)), "403 access.not_enrolled");
  const auto office = live_->enrol(DeviceKind::backoffice);
  EXPECT_EQ(ask(office.identity, request("GET", "/v1/devices", token)), "401 access.session_ended");
  EXPECT_EQ(ask(office.identity, request("GET", "/metrics", live_->token(access::Role::owner, office))), "200");
}

TEST(MetricsToken, IsMadeOnceAndHasToBeSecret) {
  namespace fs = std::filesystem;
  std::string pattern = (fs::temp_directory_path() / "lk-token-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  const fs::path file = fs::path(pattern) / "token";
  const auto code = [&] {
    const auto token = server::open_metrics_token(file, TestCa::random());
    return token ? "ok" : token.error().code;
  };
  const auto first = server::open_metrics_token(file, TestCa::random());
  ASSERT_TRUE(first);
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(*server::open_metrics_token(file, TestCa::random()), *first);
  fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(code(), "ok") << "a scraper's group may read it";
  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(code(), "options.bad_metrics_token");
  fs::remove(file);
  ASSERT_TRUE(server::write_private_file(file, "too-short\n"));
  EXPECT_EQ(code(), "options.bad_metrics_token");
  fs::remove_all(pattern);
}

// ---- sessions
// ----------------------------------------------------------------------------------------------------------

TEST_F(AccessTest, ASessionIsWorthSomethingAtItsOwnDeviceOnly) {
  const auto office = live_->enrol(DeviceKind::backoffice);
  const auto other = live_->enrol(DeviceKind::backoffice);
  const std::string token = live_->token(access::Role::manager, office);
  EXPECT_EQ(ask(office.identity, request("GET", "/v1/sales?date=2026-11-22", token)), "200");
  EXPECT_EQ(ask(office.identity, request("GET", "/v1/sales?date=2026-11-22", "rubbish")), "401 access.session_ended");
  EXPECT_EQ(ask(office.identity, request("GET", "/v1/sales?date=2026-11-22")), "401 access.sign_in_first");
  EXPECT_EQ(ask(live_->stranger(), request("GET", "/v1/sales", token)), "403 access.not_enrolled");
  // A stolen token is noticed: it ends for everybody.
  EXPECT_EQ(ask(other.identity, request("GET", "/v1/sales", token)), "401 access.session_ended");
  EXPECT_EQ(ask(office.identity, request("GET", "/v1/sales", token)), "401 access.session_ended");

  const std::string second = live_->token(access::Role::manager, office);
  EXPECT_EQ(ask(office.identity, request("DELETE", "/v1/sessions", second)), "204");
  EXPECT_EQ(ask(office.identity, request("GET", "/v1/sales", second)), "401 access.session_ended");
}

TEST_F(AccessTest, AChangeOfAPersonsRoleCountsAtOnce) {
  const auto office = live_->enrol(DeviceKind::backoffice);
  const std::string token = live_->token(access::Role::supervisor, office);
  EXPECT_EQ(ask(office.identity, request("GET", "/v1/items", token)), "200");
  services::NewStaff person;
  person.number = std::to_string(7000 + static_cast<int>(access::Role::supervisor));
  person.name = "P" + person.number;
  person.id = live_->store().database->database().transact([&](storage::Connection& connection) {
    return storage::StoreRepository(connection, 1).staff_by_number(person.number)->id;
  });
  person.role = access::Role::cashier;
  ASSERT_TRUE(live_->store().store.put_staff(person));
  EXPECT_EQ(ask(office.identity, request("GET", "/v1/items", token)), "401 access.session_ended");
  person.role = access::Role::supervisor;
  ASSERT_TRUE(live_->store().store.put_staff(person));
}

TEST_F(AccessTest, SigningInNeedsTheRightPassword) {
  const auto office = live_->enrol(DeviceKind::backoffice);
  (void)live_->token(access::Role::purchaser, office);
  const std::string number = std::to_string(7000 + static_cast<int>(access::Role::purchaser));
  const auto sign_in = [&](const std::string& who, const std::string& password) {
    return ask(office.identity, request("POST", "/v1/sessions", "", json::encode(protocol::SignIn{who, password})));
  };
  EXPECT_EQ(sign_in(number, LiveServer::password), "201");
  EXPECT_EQ(sign_in(number, "wrong-password"), "401 access.wrong");
  EXPECT_EQ(sign_in("99999", LiveServer::password), "401 access.wrong");
  EXPECT_EQ(ask(office.identity, request("POST", "/v1/sessions", "", "{\"number\":1}")), "400 json.type");
}

// ---- every route, every kind of caller
// -----------------------------------------------------------------------------------

struct Caller {
  std::string name;
  net::TlsIdentity identity;
  std::string token;
  bool device = false;
  bool till = false;
  std::optional<access::Role> role;
};

bool may(const Caller& caller, const Route& route) {
  switch (route.access) {
    case Access::everyone:
      return true;
    case Access::device:
      return caller.device;
    case Access::till:
      return caller.till;
    case Access::person:
    case Access::scraper:
      return caller.role && access::allows(*caller.role, route.permission.value());
  }
  return false;
}

std::string address_of(const Route& route) {
  std::string path(route.pattern);
  for (auto open = path.find('{'); open != std::string::npos; open = path.find('{')) {
    path.replace(open, path.find('}') - open + 1, "999999");
  }
  return path;
}

TEST_F(AccessTest, TheMatrixOfRoutesAndRolesHolds) {
  const auto till = live_->enrol(DeviceKind::till, 3);
  const auto office = live_->enrol(DeviceKind::backoffice);
  std::vector<Caller> callers = {{"stranger", live_->stranger(), "", false, false, std::nullopt},
                                 {"till", till.identity, "", true, true, std::nullopt},
                                 {"office", office.identity, "", true, false, std::nullopt}};
  for (const auto& [role, name] : json::EnumNames<access::Role>::names) {
    callers.push_back({std::string(name), office.identity, live_->token(role, office), true, false, role});
  }
  int allowed = 0;
  int refused = 0;
  for (const Caller& caller : callers) {
    const auto client = live_->client(caller.identity);
    std::vector<const Route*> all;
    for (const Route& route : routes()) all.push_back(&route);
    // Signing out comes last, or nothing of the rest would be allowed.
    std::stable_partition(all.begin(), all.end(), [](const Route* route) { return route->method != "DELETE"; });
    for (const Route* route : all) {
      const std::string result =
          outcome(client->send(request(std::string(route->method), address_of(*route), caller.token)));
      SCOPED_TRACE(caller.name + ": " + std::string(route->method) + " " + std::string(route->pattern) + " -> " +
                   result);
      const bool denied = result.starts_with("403 access.") || result.starts_with("401 access.sign_in_first");
      const bool nobody_to_sign_out = route->method == "DELETE" && caller.token.empty();
      if (may(caller, *route)) {
        EXPECT_TRUE(!denied || nobody_to_sign_out);
        EXPECT_FALSE(result.starts_with("404 request") || result.starts_with("405") || result.starts_with("5"));
        ++allowed;
      } else {
        EXPECT_TRUE(denied);
        ++refused;
      }
    }
  }
  EXPECT_EQ(allowed + refused, static_cast<int>(callers.size() * routes().size()));
  std::printf("%d of %d cells allowed\n", allowed, allowed + refused);
}

TEST_F(AccessTest, EveryRouteStatesWhatItAllows) {
  for (const Route& route : routes()) {
    SCOPED_TRACE(std::string(route.method) + " " + std::string(route.pattern));
    EXPECT_EQ(route.permission.has_value(), route.access == Access::person || route.access == Access::scraper);
    EXPECT_EQ(route.pattern == "/metrics", route.access == Access::scraper);
    EXPECT_TRUE(route.pattern.starts_with("/v1/") || route.pattern == "/metrics");
    EXPECT_GT(route.deadline.count(), 0);
    EXPECT_LE(route.body_limit, std::size_t{64} * 1024 * 1024);
    if (route.method == "GET" || route.method == "DELETE") {
      EXPECT_EQ(route.body_limit, 0u);
    }
    if (route.access == Access::everyone) {
      EXPECT_TRUE(route.pattern == "/v1/hello" || route.pattern == "/v1/health" || route.pattern == "/v1/enrolments" ||
                  route.pattern == "/v1/enrolments/{id}");
    }
  }
}

TEST_F(AccessTest, WhatIsNotInTheTableDoesNotExist) {
  const auto client = live_->client(live_->stranger());
  for (const char* path :
       {"/", "/v1", "/v1/", "/v1/hello/", "/v2/hello", "/v1/hello/x", "/v1//hello", "/v1/enrolments/"}) {
    EXPECT_EQ(outcome(client->send(request("GET", path))), "404 request.not_found") << path;
  }
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "BREW"}) {
    const auto answer = client->send(request(method, "/v1/hello"));
    ASSERT_TRUE(answer) << method;
    EXPECT_EQ(answer->status, 405) << method;
  }
}

}  // namespace
}  // namespace lanekeeper::http
