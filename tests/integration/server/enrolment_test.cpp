// How a machine becomes a till or a back office, and stops being one.
#include <gtest/gtest.h>

#include <thread>

#include "../test_store.h"
#include "net/x509.h"
#include "program/store_keys.h"
#include "services/device_service.h"
#include "services/enrolment_service.h"

namespace lanekeeper::services {
namespace {

using protocol::DeviceKind;
using protocol::EnrolmentState;
using testing::PrivateDatabase;
using testing::TestStore;

class EnrolmentTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    ca_.emplace(net::CertificateAuthority::create("惠民生鲜", store_->random, store_->clock.now().instant));
    certificates_.emplace(*ca_, store_->random, store_->clock);
    enrolments_.emplace(store_->context, *certificates_, journal::SigningKey::generate(store_->random).public_key());
    devices_.emplace(store_->context);
    devices_->refresh();
  }
  static Principal at(const std::string& address) {
    Principal principal;
    principal.address = address;
    return principal;
  }
  // Every machine asks from an address of its own, or the limit per address would count.
  Result<protocol::EnrolmentTicket> ask(DeviceKind kind = DeviceKind::till, const std::string& name = "lane") {
    key_ = journal::SigningKey::generate(store_->random);
    return enrolments_->request(at("10.0.1." + std::to_string(++asked_)),
                                {kind, name, net::make_csr(key_, name), "1.0"});
  }
  std::string approve(const protocol::EnrolmentTicket& ticket, std::optional<std::int64_t> till = std::nullopt,
                      bool replace = false) {
    return code_of(enrolments_->approve(store_->manager(), ticket.enrolment_id, {ticket.code, till, replace}));
  }
  protocol::EnrolmentStatus poll(const protocol::EnrolmentTicket& ticket) {
    return enrolments_->poll(ticket.enrolment_id, ticket.poll_secret).value();
  }
  std::string serial(const protocol::EnrolmentStatus& status) {
    return net::parse_certificate(status.certificate_pem.value()).value().serial_hex;
  }
  std::string admitted(const protocol::EnrolmentStatus& status) {
    const auto device = devices_->authenticate(serial(status));
    return device ? "till " + std::to_string(device->till) : device.error().code;
  }
  template <class T>
  static std::string code_of(const Result<T>& result) {
    return result ? "ok" : result.error().code;
  }
  static std::string other_than(const std::string& code) { return code == "000000" ? "000001" : "000000"; }

  std::optional<TestStore> store_;
  std::optional<net::CertificateAuthority> ca_;
  std::optional<server::DeviceCertificates> certificates_;
  std::optional<EnrolmentService> enrolments_;
  std::optional<DeviceService> devices_;
  journal::SigningKey key_ = journal::SigningKey::generate(testing_random());
  int asked_ = 0;

 private:
  static RandomSource& testing_random() {
    static SystemRandom random;
    return random;
  }
};

TEST_F(EnrolmentTest, TheSameCodeOnBothSidesAdmitsTheMachine) {
  const auto ticket = ask(DeviceKind::till, "lane-front");
  ASSERT_TRUE(ticket);
  EXPECT_EQ(ticket->code.size(), 6u);
  EXPECT_EQ(ticket->code.find_first_not_of("0123456789"), std::string::npos);
  EXPECT_EQ(ticket->fingerprint, net::short_fingerprint(key_.public_key()));
  EXPECT_EQ(poll(*ticket).state, EnrolmentState::waiting);
  EXPECT_FALSE(poll(*ticket).certificate_pem);

  const auto waiting = enrolments_->waiting(store_->manager()).value().devices;
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].device_name, "lane-front");
  EXPECT_EQ(waiting[0].fingerprint, ticket->fingerprint);
  EXPECT_EQ(json::encode(waiting[0]).find(ticket->code), std::string::npos) << "the code is on the machine only";

  EXPECT_EQ(approve(*ticket, 3), "ok");
  const auto status = poll(*ticket);
  EXPECT_EQ(status.state, EnrolmentState::approved);
  EXPECT_EQ(status.till, 3);
  EXPECT_EQ(status.last_sequence, 0);
  const auto certificate = net::parse_certificate(*status.certificate_pem).value();
  EXPECT_EQ(certificate.public_key, key_.public_key());
  EXPECT_EQ(admitted(status), "access.not_enrolled") << "not before the list was read again";
  devices_->refresh();
  EXPECT_EQ(admitted(status), "till 3");
  EXPECT_TRUE(enrolments_->waiting(store_->manager()).value().devices.empty());
  EXPECT_GE(store_->sink.enrolments, 2);
}

TEST_F(EnrolmentTest, FiveWrongCodesEndTheRequest) {
  const auto ticket = ask().value();
  const auto wrong = other_than(ticket.code);
  for (int left = 4; left >= 0; --left) {
    const auto refused = enrolments_->approve(store_->manager(), ticket.enrolment_id, {wrong, std::nullopt, false});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "enrolment.wrong_code");
    EXPECT_EQ(refused.error().details.front().second, std::to_string(left));
  }
  EXPECT_EQ(approve(ticket), "enrolment.not_found") << "the right code comes too late";
  EXPECT_EQ(poll(ticket).state, EnrolmentState::rejected);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM device"), 0);
}

TEST_F(EnrolmentTest, ACodeExpires) {
  const auto ticket = ask().value();
  store_->clock.advance(EnrolmentService::valid_ms - 1);
  EXPECT_EQ(poll(ticket).state, EnrolmentState::waiting);
  store_->clock.advance(1);
  EXPECT_EQ(poll(ticket).state, EnrolmentState::expired);
  EXPECT_EQ(approve(ticket), "enrolment.expired");
  EXPECT_EQ(code_of(enrolments_->approve_locally({ticket.code, std::nullopt, false})), "enrolment.not_found");
  EXPECT_EQ(code_of(enrolments_->reject(store_->manager(), ticket.enrolment_id)), "enrolment.expired");
  EXPECT_TRUE(enrolments_->waiting(store_->manager()).value().devices.empty());
}

TEST_F(EnrolmentTest, ASecondApprovalChangesNothing) {
  const auto ticket = ask().value();
  ASSERT_EQ(approve(ticket, 3), "ok");
  EXPECT_EQ(approve(ticket, 4), "enrolment.not_found");
  EXPECT_EQ(code_of(enrolments_->reject(store_->manager(), ticket.enrolment_id)), "enrolment.not_found");
  EXPECT_EQ(poll(ticket).till, 3);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM device"), 1);
}

TEST_F(EnrolmentTest, ARejectedMachineIsToldSo) {
  const auto ticket = ask().value();
  EXPECT_EQ(code_of(enrolments_->reject(store_->manager(), ticket.enrolment_id)), "ok");
  EXPECT_EQ(poll(ticket).state, EnrolmentState::rejected);
  EXPECT_EQ(approve(ticket), "enrolment.not_found");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM audit_record WHERE record LIKE '%enrolment.reject%'"), 1);
}

TEST_F(EnrolmentTest, ANumberInUseIsTakenOverOnlyWhenThatIsSaid) {
  const auto first = ask().value();
  ASSERT_EQ(approve(first, 3), "ok");
  devices_->refresh();
  const auto second = ask().value();
  EXPECT_EQ(approve(second, 3), "enrolment.till_taken");
  EXPECT_EQ(approve(second, 0), "enrolment.bad_till");
  EXPECT_EQ(approve(second, 10'000), "enrolment.bad_till");
  EXPECT_EQ(approve(second, 3, true), "ok");
  devices_->refresh();
  EXPECT_EQ(admitted(poll(second)), "till 3");
  EXPECT_EQ(admitted(poll(first)), "access.not_enrolled") << "the old machine is out";
  EXPECT_EQ(store_->sink.copy(store_->sink.revoked), std::vector<std::string>{*poll(first).device_id});
}

TEST_F(EnrolmentTest, ARevokedDeviceIsOutAtOnceAndItsNumberIsFree) {
  const auto ticket = ask().value();
  ASSERT_EQ(approve(ticket), "ok");
  devices_->refresh();
  const auto status = poll(ticket);
  EXPECT_EQ(admitted(status), "till 1");
  EXPECT_EQ(code_of(devices_->revoke(store_->manager(), *status.device_id)), "ok");
  EXPECT_EQ(admitted(status), "access.not_enrolled");
  EXPECT_EQ(code_of(devices_->revoke(store_->manager(), *status.device_id)), "ok") << "twice is the same as once";
  EXPECT_EQ(code_of(devices_->revoke(store_->manager(), "nobody")), "device.not_found");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM audit_record WHERE record LIKE '%device.revoke%'"), 1);
  const auto next = ask().value();
  EXPECT_EQ(approve(next, 1), "ok");
}

TEST_F(EnrolmentTest, OnlyWhoKnowsTheSecretHears) {
  const auto ticket = ask().value();
  ASSERT_EQ(approve(ticket), "ok");
  EXPECT_EQ(code_of(enrolments_->poll(ticket.enrolment_id, "")), "enrolment.not_found");
  EXPECT_EQ(code_of(enrolments_->poll(ticket.enrolment_id, std::string(64, '0'))), "enrolment.not_found");
  EXPECT_EQ(code_of(enrolments_->poll("nothing", ticket.poll_secret)), "enrolment.not_found");
}

TEST_F(EnrolmentTest, OnlyWhoMayApproves) {
  const auto ticket = ask().value();
  for (const auto role : {access::Role::cashier, access::Role::purchaser, access::Role::accountant}) {
    const auto principal = store_->manager(role);
    EXPECT_EQ(code_of(enrolments_->approve(principal, ticket.enrolment_id, {ticket.code, 1, false})),
              "access.forbidden");
    EXPECT_EQ(code_of(enrolments_->reject(principal, ticket.enrolment_id)), "access.forbidden");
    EXPECT_EQ(code_of(enrolments_->waiting(principal)), "access.forbidden");
  }
  EXPECT_EQ(code_of(enrolments_->approve(at("10.0.0.1"), ticket.enrolment_id, {ticket.code, 1, false})),
            "access.not_enrolled");
}

TEST_F(EnrolmentTest, AFloodOfRequestsIsBounded) {
  const auto from_one = [&] {
    return code_of(
        enrolments_->request(at("10.9.9.9"), {DeviceKind::till, "lane", net::make_csr(key_, "lane"), "1.0"}));
  };
  for (std::size_t i = 0; i < EnrolmentService::max_requests_per_address; ++i) EXPECT_EQ(from_one(), "ok") << i;
  EXPECT_EQ(from_one(), "enrolment.too_often");
  for (auto i = static_cast<std::int64_t>(EnrolmentService::max_requests_per_address);
       i < EnrolmentService::max_waiting; ++i) {
    EXPECT_EQ(code_of(ask()), "ok");
  }
  EXPECT_EQ(code_of(ask()), "enrolment.too_many");
  store_->clock.advance(EnrolmentService::valid_ms);
  EXPECT_EQ(from_one(), "ok");
  EXPECT_EQ(code_of(ask(DeviceKind::till, " \t ")), "enrolment.bad_name");
  EXPECT_EQ(code_of(enrolments_->request(at("10.0.0.8"), {DeviceKind::till, "lane", "rubbish", "1.0"})), "tls.bad_csr");
}

TEST_F(EnrolmentTest, ATillThatIsInstalledAnewHearsWhereItsJournalStood) {
  const auto first = ask().value();
  ASSERT_EQ(approve(first, 2), "ok");
  EXPECT_EQ(poll(first).last_shift, 0);
  store_->run(
      "INSERT INTO till_head (store_id, till, last_sequence, last_hash, last_receipt_number, last_shift, open_shift) "
      "VALUES (1, 2, 57, UNHEX(REPEAT('ab', 32)), 41, 6, 0)");
  const auto again = ask().value();
  ASSERT_EQ(approve(again, 2, true), "ok");
  const auto status = poll(again);
  EXPECT_EQ(status.last_sequence, 57);
  EXPECT_EQ(status.last_receipt_number, 41);
  EXPECT_EQ(status.last_shift, 6);
  Principal till;
  till.device = DeviceIdentity{};
  till.device->kind = DeviceKind::till;
  till.device->till = 2;
  const auto position = enrolments_->journal_position(till).value();
  EXPECT_EQ(position.last_sequence, 57);
  EXPECT_EQ(position.last_receipt_number, 41);
  EXPECT_EQ(position.last_shift, 6);
  EXPECT_EQ(position.last_hash, status.last_hash);
  till.device->till = 9;
  const auto unknown = enrolments_->journal_position(till).value();
  EXPECT_EQ(unknown.last_sequence, 0);
  for (const auto* member : {"last_receipt_number", "last_shift", "last_hash"}) {
    EXPECT_NE(json::encode(unknown).find(member), std::string::npos) << member << ", which earlier tills ask for";
  }
  till.device->kind = DeviceKind::backoffice;
  EXPECT_EQ(code_of(enrolments_->journal_position(till)), "access.not_a_till");
}

// Two managers approve at the same moment: no till may get the other's number, nor lose its certificate to it.
TEST_F(EnrolmentTest, ApprovalsAtTheSameMomentGiveDifferentNumbers) {
  for (int round = 0; round < 8; ++round) {
    std::vector<protocol::EnrolmentTicket> tickets;
    tickets.reserve(4);
    for (int i = 0; i < 4; ++i) tickets.push_back(ask().value());
    std::vector<std::thread> managers;
    managers.reserve(tickets.size());
    for (const auto& ticket : tickets) {
      managers.emplace_back([&] { EXPECT_EQ(approve(ticket), "ok"); });
    }
    for (auto& manager : managers) manager.join();
    std::set<std::int64_t> tills;
    for (const auto& ticket : tickets) tills.insert(poll(ticket).till.value());
    EXPECT_EQ(tills.size(), tickets.size()) << "round " << round;
  }
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM device WHERE revoked_ms IS NOT NULL"), 0);
}

// A list that was read before a device was revoked must not be taken for news afterwards.
TEST_F(EnrolmentTest, ARevokedDeviceStaysOutWhileOthersAreAdmitted) {
  std::vector<std::jthread> readers;
  readers.reserve(3);
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) devices_->refresh();
    });
  }
  for (int round = 0; round < 40; ++round) {
    const auto ticket = ask().value();
    ASSERT_EQ(approve(ticket), "ok");
    devices_->refresh();
    const auto status = poll(ticket);
    EXPECT_NE(admitted(status), "access.not_enrolled");
    ASSERT_EQ(code_of(devices_->revoke(store_->manager(), *status.device_id)), "ok");
    for (int look = 0; look < 200; ++look) {
      ASSERT_EQ(admitted(status), "access.not_enrolled") << "round " << round << ", look " << look;
      std::this_thread::yield();
    }
  }
}

}  // namespace
}  // namespace lanekeeper::services
