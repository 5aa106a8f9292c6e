#include "model/pairing_model.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "fakes.h"
#include "net/x509.h"

namespace lanekeeper::office {
namespace {

class PairingModelTest : public testing::Test {
 protected:
  PairingModelTest() : directory(std::filesystem::temp_directory_path() / unique_name()), identities(directory) {}
  ~PairingModelTest() override { std::filesystem::remove_all(directory); }

  static std::string unique_name() {
    return std::string("lanekeeper-pairing-") + testing::UnitTest::GetInstance()->current_test_info()->name() + "-" +
           std::to_string(::getpid());
  }
  net::CertificateAuthority make_ca() {
    return net::CertificateAuthority::create("测试店", random, clock.time.instant);
  }
  void greet() {
    protocol::Hello hello;
    hello.store_name = "惠民生鲜";
    hello.ca_pem = ca.certificate_pem();
    server.reply(hello);
  }
  void give_ticket() {
    protocol::EnrolmentTicket ticket;
    ticket.enrolment_id = "e1";
    ticket.poll_secret = "secret";
    ticket.code = "482916";
    ticket.fingerprint = "3F7A 91C0";
    ticket.expires_at = clock.time;
    ticket.expires_at.instant.unix_ms += 600'000;
    server.reply(ticket);
  }
  protocol::EnrolmentStatus approval(const net::CertificateAuthority& issuer, const journal::PublicKey& key) {
    protocol::EnrolmentStatus status;
    status.state = protocol::EnrolmentState::approved;
    status.certificate_pem = issuer.issue_device(key, "office", 86'400'000, random, clock.time.instant);
    status.ca_pem = issuer.certificate_pem();
    return status;
  }

  FakeTransport server;
  FakeTimers timers;
  FakeClock clock;
  CountingRandom random;
  net::CertificateAuthority ca = make_ca();
  std::filesystem::path directory;
  IdentityStore identities;
  std::vector<std::string> trusted;
  int paired = 0;
  PairingModel pairing{{server, timers, clock, random, identities},
                       "OFFICE-1",
                       {[this](const std::string& ca_pem) { trusted.push_back(ca_pem); }, [this] { ++paired; }}};
};

TEST_F(PairingModelTest, AsksShowsTheCodePollsAndKeepsTheCertificate) {
  pairing.start();
  EXPECT_EQ(server.next(), "GET /v1/hello");
  greet();
  EXPECT_EQ(pairing.store_name(), "惠民生鲜");
  EXPECT_EQ(trusted.back(), ca.certificate_pem()) << "the CA is pinned before anything else is said";
  ASSERT_EQ(server.next(), "POST /v1/enrolments");
  const auto request = server.body<protocol::EnrolmentRequest>();
  EXPECT_EQ(request.kind, protocol::DeviceKind::backoffice);
  const auto csr = net::parse_csr(request.csr_pem).value();
  EXPECT_EQ(csr.public_key, identities.key(random)->public_key());
  give_ticket();
  EXPECT_EQ(pairing.step(), PairingStep::waiting);
  EXPECT_EQ(pairing.ticket()->code, "482916");
  EXPECT_EQ(pairing.seconds_left(), 600);
  clock.time.instant.unix_ms += 60'000;
  EXPECT_EQ(pairing.life_left_per_mille(), 900);

  timers.advance(PairingModel::poll_interval);
  ASSERT_EQ(server.next(), "GET /v1/enrolments/e1");
  EXPECT_EQ(server.asked.front().request.headers.at(0).name, "X-Poll-Secret");
  EXPECT_EQ(server.asked.front().request.headers.at(0).value, "secret");
  server.reply(protocol::EnrolmentStatus{});
  timers.advance(PairingModel::poll_interval);
  server.reply(approval(ca, csr.public_key));
  EXPECT_EQ(pairing.step(), PairingStep::paired);
  EXPECT_EQ(paired, 1);
  ASSERT_TRUE(identities.load().value());
  struct stat status {};
  ASSERT_EQ(::stat((directory / "device-key.pem").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(PairingModelTest, KeepsLookingForTheServer) {
  pairing.start();
  server.refuse("net.unreachable");
  EXPECT_EQ(pairing.step(), PairingStep::greeting);
  EXPECT_EQ(pairing.error()->code, "net.unreachable");
  timers.advance(PairingModel::retry_interval);
  EXPECT_EQ(server.next(), "GET /v1/hello");
}

TEST_F(PairingModelTest, AnExpiredCodeIsReplacedByItself) {
  pairing.start();
  greet();
  give_ticket();
  timers.advance(PairingModel::poll_interval);
  protocol::EnrolmentStatus expired;
  expired.state = protocol::EnrolmentState::expired;
  server.reply(expired);
  EXPECT_EQ(server.next(), "POST /v1/enrolments");
}

TEST_F(PairingModelTest, ARejectionIsToldAndANewCodeCanBeAsked) {
  pairing.start();
  greet();
  give_ticket();
  timers.advance(PairingModel::poll_interval);
  protocol::EnrolmentStatus rejected;
  rejected.state = protocol::EnrolmentState::rejected;
  server.reply(rejected);
  EXPECT_EQ(pairing.step(), PairingStep::rejected);
  EXPECT_TRUE(server.asked.empty());
  pairing.new_code();
  EXPECT_EQ(server.next(), "POST /v1/enrolments");
}

TEST_F(PairingModelTest, ACertificateOfAnotherStoreOrForAnotherKeyIsRefused) {
  const auto other_ca = make_ca();
  const auto other_key = journal::SigningKey::generate(random);
  for (const bool foreign_store : {true, false}) {
    pairing.start();
    greet();
    give_ticket();
    timers.advance(PairingModel::poll_interval);
    const auto own = identities.key(random)->public_key();
    server.reply(foreign_store ? approval(other_ca, own) : approval(ca, other_key.public_key()));
    EXPECT_EQ(pairing.step(), PairingStep::stopped);
    EXPECT_EQ(pairing.error()->code, "office.pairing_mismatch");
    EXPECT_FALSE(identities.load().value());
  }
  EXPECT_EQ(paired, 0);
}

TEST_F(PairingModelTest, SomethingElseAtTheAddressIsTold) {
  pairing.start();
  protocol::Hello hello;
  hello.product = "printer";
  server.reply(hello);
  EXPECT_EQ(pairing.step(), PairingStep::stopped);
  EXPECT_EQ(pairing.error()->code, "office.not_a_store_server");
}

}  // namespace
}  // namespace lanekeeper::office
