// Keys, certificates and the HTTPS client, against OpenSSL's own tool and scripted peers.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include <boost/asio/steady_timer.hpp>

#include "base/text.h"
#include "net/http_date.h"
#include "net/https_client.h"
#include "net/x509.h"
#include "tls_peer.h"

namespace lanekeeper::net {
namespace {

using testing::ScriptedServer;
using testing::TestCa;
using namespace std::chrono_literals;

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lk-net-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

int run(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str());
}

// ---- keys and certificates
// ---------------------------------------------------------------------------------------------

TEST(Keys, SurviveTheirPemForm) {
  const auto key = TestCa::new_key();
  const auto again = from_pkcs8_pem(to_pkcs8_pem(key));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_key(), key.public_key());
  EXPECT_EQ(again->seed(), key.seed());
  EXPECT_EQ(from_pkcs8_pem("rubbish").error().code, "tls.bad_key");
}

TEST(Requests, NameTheirKeyAndAreSigned) {
  const auto key = TestCa::new_key();
  const std::string pem = make_csr(key, "三号收银台");
  const auto info = parse_csr(pem);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->common_name, "三号收银台");
  EXPECT_EQ(info->public_key, key.public_key());

  // Each single changed byte of the DER is found.
  const auto begin = pem.find('\n') + 1;
  const auto end = pem.find("-----END");
  std::string base64 = pem.substr(begin, end - begin);
  std::erase(base64, '\n');
  const Bytes der = from_base64(base64).value();
  for (std::size_t i = 0; i < der.size(); ++i) {
    Bytes changed = der;
    changed[i] ^= 1;
    const std::string text =
        "-----BEGIN CERTIFICATE REQUEST-----\n" + to_base64(changed) + "\n-----END CERTIFICATE REQUEST-----\n";
    const auto verdict = parse_csr(text);
    if (verdict) ADD_FAILURE() << "byte " << i << " may be changed";
  }
}

TEST(Certificates, CarryWhatTheyAreFor) {
  const TestCa store("惠民生鲜 城东店");
  const auto ca = parse_certificate(store.ca.certificate_pem());
  ASSERT_TRUE(ca);
  EXPECT_EQ(ca->common_name, "惠民生鲜 城东店");
  EXPECT_EQ(ca->issuer_common_name, ca->common_name);
  const auto device = parse_certificate(store.device_pem);
  ASSERT_TRUE(device);
  EXPECT_EQ(device->common_name, "device-1");
  EXPECT_EQ(device->issuer_common_name, ca->common_name);
  EXPECT_EQ(device->public_key, store.device_key.public_key());
  EXPECT_EQ(device->serial_hex.size(), 32u);
  EXPECT_NE(device->serial_hex, parse_certificate(store.server_pem)->serial_hex);
  EXPECT_GT(device->not_after.unix_ms, TestCa::now().unix_ms + 364LL * 86'400'000);
  EXPECT_LT(device->not_before, TestCa::now());
  EXPECT_EQ(parse_certificate("rubbish").error().code, "tls.bad_certificate");
}

TEST(Certificates, PleaseOpenSslToo) {
  if (run("openssl version") != 0) GTEST_SKIP() << "openssl is not installed";
  const TestCa store;
  const TestCa other("Test store");
  const Folder folder;
  const std::string ca = folder.write("ca.pem", store.ca.certificate_pem());
  const std::string device = folder.write("device.pem", store.device_pem);
  const std::string server = folder.write("server.pem", store.server_pem);
  const std::string verify = "openssl verify -x509_strict -CAfile " + ca;
  EXPECT_EQ(run(verify + " -purpose sslclient " + device), 0);
  EXPECT_NE(run(verify + " -purpose sslserver " + device), 0);
  EXPECT_EQ(run(verify + " -purpose sslserver -verify_hostname localhost " + server), 0);
  EXPECT_EQ(run(verify + " -purpose sslserver -verify_ip 127.0.0.1 " + server), 0);
  EXPECT_NE(run(verify + " -purpose sslclient " + server), 0);
  // A CA of the same name is still another CA.
  EXPECT_NE(run(verify + " " + folder.write("foreign.pem", other.device_pem)), 0);
  EXPECT_EQ(run("openssl req -verify -noout -in " + folder.write("csr.pem", make_csr(store.device_key, "x"))), 0);
}

TEST(CertificateAuthority, IsLoadedOnlyWithItsOwnKey) {
  const TestCa store;
  const auto again = CertificateAuthority::load(store.ca.certificate_pem(), store.ca.key_pem());
  ASSERT_TRUE(again);
  const auto issued =
      again->issue_device(store.device_key.public_key(), std::string(200, 'x'), 1000, TestCa::random(), TestCa::now());
  EXPECT_EQ(parse_certificate(issued)->common_name, std::string(64, 'x'));
  EXPECT_EQ(CertificateAuthority::load(store.ca.certificate_pem(), to_pkcs8_pem(store.device_key)).error().code,
            "tls.bad_certificate");
  EXPECT_EQ(CertificateAuthority::load(store.ca.certificate_pem(), "").error().code, "tls.bad_key");
}

TEST(Fingerprint, IsShortAndReadable) {
  const std::string text = short_fingerprint(TestCa::new_key().public_key());
  ASSERT_EQ(text.size(), 9u);
  EXPECT_EQ(text[4], ' ');
}

// ---- addresses
// ---------------------------------------------------------------------------------------------------------

TEST(Endpoint, IsReadAsPeopleWriteIt) {
  const std::vector<std::tuple<std::string, std::string, int>> good = {{"store.local", "store.local", 7443},
                                                                       {"store.local:99", "store.local", 99},
                                                                       {"10.0.8.2", "10.0.8.2", 7443},
                                                                       {" 10.0.8.2:7443 ", "10.0.8.2", 7443},
                                                                       {"[::1]:65535", "::1", 65535},
                                                                       {"[fe80::1]", "fe80::1", 7443},
                                                                       {"::1", "::1", 7443}};
  for (const auto& [text, host, port] : good) {
    const auto endpoint = Endpoint::parse(text);
    ASSERT_TRUE(endpoint) << text;
    EXPECT_EQ(endpoint->host, host);
    EXPECT_EQ(endpoint->port, port);
    EXPECT_EQ(Endpoint::parse(endpoint->to_string()), endpoint);
  }
  for (const char* text : {"", ":", ":80", "host:", "host:0", "host:65536", "host:8o", "host:80:90", "[::1",
                           "[host]:80", "[::1]80", "http://host", "a b", "-host", "host/", "user@host"}) {
    const auto endpoint = Endpoint::parse(text);
    ASSERT_FALSE(endpoint) << text;
    EXPECT_EQ(endpoint.error().code, "net.bad_address");
  }
}

TEST(HttpDate, IsWrittenAndReadInItsOneForm) {
  const Instant at{784'111'777'000};
  EXPECT_EQ(http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date({at.unix_ms + 999}), http_date(at));
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at);
  for (const auto* odd :
       {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 08:-9:37 GMT"}) {
    EXPECT_FALSE(parse_http_date(odd)) << odd;
  }
}

TEST(PercentEncoding, LeavesOnlyTheUnreserved) {
  EXPECT_EQ(percent_encode("可乐 a+b/~1"), "%E5%8F%AF%E4%B9%90%20a%2Bb%2F~1");
}

TEST(ExpectSuccess, TurnsErrorBodiesIntoErrors) {
  EXPECT_TRUE(expect_success(HttpResponse{204, "", ""}));
  const auto error = expect_success(
      HttpResponse{409, "", R"({"code":"item.code_taken","message":"Taken.","details":{"code":"690","n":1}})"});
  EXPECT_EQ(error.error(), (Error{"item.code_taken", "Taken.", {{"code", "690"}}}));
  for (const char* body : {"", "<html>", "[]", R"({"message":"x"})"}) {
    EXPECT_EQ(expect_success(HttpResponse{502, "", body}).error().code, "http.status");
  }
}

// ---- the client
// --------------------------------------------------------------------------------------------------------

class ClientTest : public ::testing::Test {
 protected:
  [[nodiscard]] TlsIdentity pinned() const { return {store_.ca.certificate_pem(), "", ""}; }
  static HttpRequest get(std::chrono::milliseconds timeout = 3s) {
    HttpRequest request;
    request.target = "/v1/store";
    request.timeout = timeout;
    return request;
  }
  static HttpRequest post(const std::string& body) {
    HttpRequest request = get();
    request.method = "POST";
    request.body = body;
    return request;
  }
  static void echo_for_ever(ScriptedServer::Stream& stream) {
    for (;;) {
      if (ScriptedServer::read_request(stream).empty()) return;
      ScriptedServer::answer(stream, "{}");
    }
  }
  TestCa store_;
};

TEST_F(ClientTest, KeepsItsConnection) {
  ScriptedServer server(store_.server_pem, store_.server_key, echo_for_ever);
  HttpsClient client(server.endpoint(), pinned());
  EXPECT_EQ(client.peer_fingerprint(), "");
  for (int i = 0; i < 5; ++i) {
    const auto answer = client.send(get());
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "{}");
    EXPECT_EQ(answer->content_type, "application/json");
  }
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(client.peer_fingerprint().size(), 64u);
}

TEST_F(ClientTest, TrustsOnlyServersOfTheStore) {
  const TestCa other;
  const auto long_ago = Instant{TestCa::now().unix_ms - 3 * TestCa::year_ms};
  const std::string expired =
      store_.ca.issue_server(store_.server_key.public_key(), {"localhost"}, TestCa::random(), long_ago);
  const std::vector<std::pair<const char*, std::string>> certificates = {
      {"foreign CA",
       other.ca.issue_server(store_.server_key.public_key(), {"localhost"}, TestCa::random(), TestCa::now())},
      {"expired", expired},
      {"made for a client",
       store_.ca.issue_device(store_.server_key.public_key(), "x", TestCa::year_ms, TestCa::random(), TestCa::now())}};
  for (const auto& [what, pem] : certificates) {
    ScriptedServer server(pem, store_.server_key, echo_for_ever);
    HttpsClient client(server.endpoint(), pinned());
    const auto answer = client.send(get());
    ASSERT_FALSE(answer) << what;
    EXPECT_EQ(answer.error().code, "net.tls") << what;
  }
}

TEST_F(ClientTest, SpeaksOnlyTls13) {
  ScriptedServer server(store_.server_pem, store_.server_key, echo_for_ever, {TLS1_2_VERSION, TLS1_2_VERSION});
  HttpsClient client(server.endpoint(), pinned());
  const auto answer = client.send(get());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "net.tls");
}

TEST_F(ClientTest, AsksStrangersOnlyWhatEnrolmentNeeds) {
  ScriptedServer server(store_.server_pem, store_.server_key, echo_for_ever);
  HttpsClient client(server.endpoint(), {});
  HttpRequest request = get();
  for (const char* target : {"/v1/hello", "/v1/enrolments", "/v1/enrolments/abc?x=1"}) {
    request.target = target;
    EXPECT_TRUE(client.send(request)) << target;
  }
  for (const char* target : {"/v1/store", "/v1/hello2", "/v1/journal"}) {
    request.target = target;
    const auto answer = client.send(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "net.tls") << target;
  }
}

TEST_F(ClientTest, TellsUnreachableFromSlow) {
  std::uint16_t closed_port = 0;
  {
    ScriptedServer server(store_.server_pem, store_.server_key, echo_for_ever);
    closed_port = server.endpoint().port;
  }
  EXPECT_EQ(HttpsClient({"127.0.0.1", closed_port}, pinned()).send(get()).error().code, "net.unreachable");
  EXPECT_EQ(HttpsClient({"no-such-host.invalid", 7443}, pinned()).send(get(20s)).error().code, "net.unreachable");

  // A byte now and then does not extend the deadline.
  ScriptedServer dribbling(store_.server_pem, store_.server_key, [](ScriptedServer::Stream& stream) {
    ScriptedServer::read_request(stream);
    const std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x');
    boost::system::error_code error;
    boost::asio::io_context io;
    boost::asio::steady_timer pause(io);
    for (std::size_t i = 0; i < text.size() && !error; ++i) {
      boost::asio::write(stream, boost::asio::buffer(&text[i], 1), error);
      pause.expires_after(20ms);
      pause.wait();
    }
  });
  HttpsClient client(dribbling.endpoint(), pinned());
  const auto began = std::chrono::steady_clock::now();
  const auto answer = client.send(get(300ms));
  const auto took = std::chrono::steady_clock::now() - began;
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "net.timeout");
  EXPECT_GE(took, 300ms);
  EXPECT_LT(took, 1500ms);
}

TEST_F(ClientTest, ReconnectsWhenTheServerClosedMeanwhile) {
  ScriptedServer server(store_.server_pem, store_.server_key, [](ScriptedServer::Stream& stream) {
    if (!ScriptedServer::read_request(stream, 0).empty()) ScriptedServer::answer(stream, "{}");
  });
  HttpsClient client(server.endpoint(), pinned());
  ASSERT_TRUE(client.send(get()));
  // The close has arrived when the next connection was accepted, at the latest.
  HttpsClient other(server.endpoint(), pinned());
  ASSERT_TRUE(other.send(get()));
  ASSERT_TRUE(client.send(post("")));
  EXPECT_EQ(server.connections(), 3);
}

TEST_F(ClientTest, NeverRepeatsWhatMayHaveArrived) {
  for (const bool is_get : {true, false}) {
    std::atomic<int> requests = 0;
    ScriptedServer server(store_.server_pem, store_.server_key, [&](ScriptedServer::Stream& stream) {
      // The first connection dies with the second request read.
      const int most = requests == 0 ? 2 : 1000;
      for (int i = 0; i < most; ++i) {
        if (ScriptedServer::read_request(stream).empty()) return;
        ++requests;
        if (most == 2 && i == 1) return;
        ScriptedServer::answer(stream, "{}");
      }
    });
    HttpsClient client(server.endpoint(), pinned());
    ASSERT_TRUE(client.send(get()));
    HttpRequest second = is_get ? get() : post("");
    const auto answer = client.send(second);
    if (is_get) {
      EXPECT_TRUE(answer);
      EXPECT_EQ(requests, 3);
    } else {
      ASSERT_FALSE(answer);
      EXPECT_EQ(answer.error().code, "net.closed");
      EXPECT_EQ(requests, 2);
    }
  }
}

TEST_F(ClientTest, EndsWhenCancelled) {
  std::promise<void> asked;
  ScriptedServer server(store_.server_pem, store_.server_key, [&](ScriptedServer::Stream& stream) {
    ScriptedServer::read_request(stream);
    asked.set_value();
    ScriptedServer::read_request(stream);  // until the client goes away
  });
  HttpsClient client(server.endpoint(), pinned());
  auto answer = std::async(std::launch::async, [&] { return client.send(get(60s)); });
  asked.get_future().wait();
  client.cancel();
  ASSERT_EQ(answer.wait_for(5s), std::future_status::ready);
  EXPECT_EQ(answer.get().error().code, "net.closed");
  EXPECT_EQ(client.send(get()).error().code, "net.closed");
}

TEST_F(ClientTest, RefusesAnIdentityItCannotUse) {
  for (const TlsIdentity& identity :
       {TlsIdentity{"rubbish", "", ""}, TlsIdentity{store_.ca.certificate_pem(), "rubbish", ""},
        TlsIdentity{store_.ca.certificate_pem(), store_.device_pem, to_pkcs8_pem(store_.server_key)}}) {
    EXPECT_EQ(HttpsClient({"127.0.0.1", 1}, identity).send(get()).error().code, "net.tls");
  }
}

}  // namespace
}  // namespace lanekeeper::net
