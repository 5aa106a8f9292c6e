// A device's next certificate: for the same key or a new one, without ever locking the device out.
#include <gtest/gtest.h>

#include "../test_store.h"
#include "net/x509.h"
#include "ops/audit.h"
#include "program/store_keys.h"
#include "services/audit_trail.h"
#include "services/device_service.h"
#include "services/enrolment_service.h"
#include "services/renewal_service.h"
#include "services/sale_service.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::TestStore;
using testing::TestTill;

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

class RenewalTest : public ::testing::Test {
 protected:
  struct Machine {
    Principal principal;
    journal::SigningKey key;
    std::string serial;
  };

  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    ca_.emplace(net::CertificateAuthority::create("惠民生鲜", store_->random, store_->clock.now().instant));
    certificates_.emplace(*ca_, store_->random, store_->clock);
    enrolments_.emplace(store_->context, *certificates_, new_key().public_key());
    renewals_.emplace(store_->context, *certificates_);
    devices_.emplace(store_->context);
  }
  journal::SigningKey new_key() { return journal::SigningKey::generate(store_->random); }

  Machine enrol(std::int64_t till, const journal::SigningKey& key) {
    Principal from;
    from.address = "10.0.2." + std::to_string(till);
    const auto ticket =
        enrolments_->request(from, {protocol::DeviceKind::till, "lane", net::make_csr(key, "lane"), "1.0"}).value();
    EXPECT_TRUE(enrolments_->approve_locally({ticket.code, till, true}));
    devices_->refresh();
    const auto status = enrolments_->poll(ticket.enrolment_id, ticket.poll_secret).value();
    const auto serial = net::parse_certificate(*status.certificate_pem).value().serial_hex;
    from.device = devices_->authenticate(serial).value();
    return {from, key, serial};
  }
  Machine enrol(std::int64_t till) { return enrol(till, new_key()); }

  Result<protocol::RenewedCertificate> ask(const Machine& machine, const journal::SigningKey& key) {
    auto renewed = renewals_->renew(machine.principal, {net::make_csr(key, "lane")});
    devices_->refresh();
    return renewed;
  }
  static net::CertificateInfo read(const protocol::RenewedCertificate& certificate) {
    return net::parse_certificate(certificate.certificate_pem).value();
  }
  template <class T>
  static std::string code_of(const Result<T>& result) {
    return result ? "ok" : result.error().code;
  }
  std::string state(const std::string& serial) { return code_of(devices_->authenticate(serial)); }

  std::optional<TestStore> store_;
  std::optional<net::CertificateAuthority> ca_;
  std::optional<server::DeviceCertificates> certificates_;
  std::optional<EnrolmentService> enrolments_;
  std::optional<RenewalService> renewals_;
  std::optional<DeviceService> devices_;
};

TEST_F(RenewalTest, TheSameKeyGetsANewYear) {
  const auto till = enrol(3);
  store_->clock.advance(300 * day_ms);
  const auto renewed = ask(till, till.key);
  ASSERT_TRUE(renewed) << renewed.error().code;
  const auto info = read(*renewed);
  EXPECT_EQ(info.public_key, till.key.public_key());
  EXPECT_NE(info.serial_hex, till.serial);
  EXPECT_TRUE(info.common_name.starts_with("till-3-"));
  EXPECT_EQ(info.not_after, renewed->expires_at.instant);
  EXPECT_GT(info.not_after.unix_ms, store_->clock.now().instant.unix_ms + 364 * day_ms);
  EXPECT_EQ(renewed->ca_pem, ca_->certificate_pem());
  EXPECT_EQ(devices_->authenticate(info.serial_hex)->id, till.principal.device->id);

  store_->clock.advance(66 * day_ms);
  EXPECT_EQ(state(till.serial), "access.certificate_ended") << "a year is over";
  EXPECT_EQ(state(info.serial_hex), "ok");

  const auto trail = AuditTrail(store_->context).list(store_->manager(access::Role::administrator), 0, 1).value();
  EXPECT_EQ(trail.front().act.act, "device.renew");
  EXPECT_EQ(trail.front().device_id, till.principal.device->id);
  EXPECT_EQ(trail.front().act.before.at("serial"), till.serial);
  EXPECT_EQ(trail.front().act.after.at("serial"), info.serial_hex);
}

TEST_F(RenewalTest, TheOldCertificateCountsUntilTheNewOneWasUsed) {
  const auto till = enrol(3);
  const auto next = read(ask(till, new_key()).value()).serial_hex;
  store_->clock.advance(30 * day_ms);
  EXPECT_EQ(state(till.serial), "ok") << "the answer may have been lost";
  devices_->came_with(till.serial);
  EXPECT_EQ(state(next), "ok");
  devices_->came_with(next);
  store_->clock.advance(DeviceService::overlap_ms - 1);
  EXPECT_EQ(state(till.serial), "ok") << "something may be under way";
  devices_->came_with(next);
  store_->clock.advance(1);
  EXPECT_EQ(state(till.serial), "access.certificate_ended");
  devices_->refresh();
  EXPECT_EQ(state(till.serial), "access.certificate_ended") << "not stored yet, and not forgotten";
  devices_->store_contacts();
  DeviceService after_a_restart(store_->context);
  after_a_restart.refresh();
  EXPECT_EQ(code_of(after_a_restart.authenticate(till.serial)), "access.certificate_ended");
  EXPECT_EQ(code_of(after_a_restart.authenticate(next)), "ok");
}

TEST_F(RenewalTest, WhoAsksAgainForTheSameKeyGetsTheSame) {
  const auto till = enrol(3);
  const auto key = new_key();
  const auto first = ask(till, key).value();
  store_->clock.advance(RenewalService::repeat_ms - 1);
  EXPECT_EQ(ask(till, key)->certificate_pem, first.certificate_pem);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM device_certificate"), 2);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM audit_record WHERE record LIKE '%device.renew%'"), 1);
  store_->clock.advance(2);
  EXPECT_NE(ask(till, key)->certificate_pem, first.certificate_pem);
}

TEST_F(RenewalTest, TheJournalGoesOnUnderANewKey) {
  const auto items = store_->add_items(3);
  const auto machine = enrol(3);
  SaleService sales(store_->context, new_key());
  TestTill before(3, machine.key);
  before.device_id = machine.principal.device->id;
  const auto first = store_->record_sale(before, {{items[0], Quantity::of_units(1)}});
  const auto second = store_->record_sale(before, {{items[1], Quantity::of_units(1)}});
  const auto outcome = [&](const journal::Entry& entry) {
    return sales.ingest(machine.principal, {{entry}}).value().results.front().outcome;
  };
  EXPECT_EQ(outcome(first), protocol::EntryOutcome::stored);
  const auto key = new_key();
  ASSERT_TRUE(ask(machine, key));
  EXPECT_EQ(outcome(second), protocol::EntryOutcome::stored) << "written before the key was changed";
  const auto third = journal::make_entry(3, 3, second.hash,
                                         store_->record_sale(before, {{items[2], Quantity::of_units(1)}}).payload, key);
  EXPECT_EQ(outcome(third), protocol::EntryOutcome::stored);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception"), 0);
  const auto report = ops::audit(store_->database, 1);
  EXPECT_TRUE(report.clean()) << report.to_string();
}

TEST_F(RenewalTest, NobodyTakesAnothersKey) {
  const auto till = enrol(3);
  const auto other = enrol(4);
  EXPECT_EQ(code_of(ask(till, other.key)), "device.key_taken");
  const auto key = new_key();
  ASSERT_TRUE(ask(till, key));
  EXPECT_EQ(code_of(ask(other, key)), "device.key_taken");
  EXPECT_EQ(code_of(ask(other, till.key)), "device.key_taken") << "nor one that it had";
  EXPECT_EQ(code_of(ask(till, till.key)), "ok") << "its own, again";
  // A machine that was set up anew under another number, with the key it had before.
  const auto again = enrol(5, other.key);
  EXPECT_EQ(code_of(ask(again, other.key)), "ok");
}

TEST_F(RenewalTest, AMachineThatAsksAllTheTimeIsBounded) {
  const auto till = enrol(3);
  for (int i = 0; i < RenewalService::max_per_day - 1; ++i) EXPECT_EQ(code_of(ask(till, new_key())), "ok") << i;
  const auto refused = ask(till, new_key());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "device.renewed_too_often");
  EXPECT_EQ(refused.error().details.front().second, std::to_string(day_ms / 1000));
  store_->clock.advance(day_ms + 1);
  EXPECT_EQ(code_of(ask(till, new_key())), "ok");
}

TEST_F(RenewalTest, OnlyEnrolledDevicesRenew) {
  const auto till = enrol(3);
  EXPECT_EQ(code_of(renewals_->renew(Principal{}, {net::make_csr(till.key, "x")})), "access.not_enrolled");
  EXPECT_EQ(code_of(renewals_->renew(till.principal, {"rubbish"})), "tls.bad_csr");
  EXPECT_EQ(code_of(renewals_->renew(till.principal, {std::string(5000, 'x')})), "tls.bad_csr");
  const auto renewed = read(ask(till, new_key()).value()).serial_hex;
  ASSERT_TRUE(devices_->revoke(store_->manager(), till.principal.device->id));
  EXPECT_EQ(code_of(ask(till, till.key)), "access.not_enrolled");
  EXPECT_EQ(state(till.serial), "access.not_enrolled") << "every certificate of a revoked device is out";
  EXPECT_EQ(state(renewed), "access.not_enrolled");
}

TEST_F(RenewalTest, DevicesFromBeforeRenewalExistedAreKnown) {
  auto config = PrivateDatabase::instance().new_schema();
  storage::Database database(config);
  ServiceContext context{database, store_->clock, store_->random, store_->sink, 1};
  ASSERT_TRUE(storage::migrate(database, store_->clock, storage::built_in_migrations().first(6)));
  database.transact([&](storage::Connection& connection) {
    connection.execute(
        "INSERT INTO device (store_id, device_id, kind, name, till, public_key, certificate_serial, software, "
        "approved_by, enrolled_ms, enrolled_offset_min, address) VALUES (1, 'old', 'till', 'lane', 3, "
        "UNHEX(REPEAT('07', "
        "32)), 'serial-of-old', '1.0', 0, ?, 480, '')",
        store_->clock.now().instant.unix_ms);
  });
  ASSERT_TRUE(storage::migrate(database, store_->clock));
  DeviceService devices(context);
  devices.refresh();
  EXPECT_EQ(devices.authenticate("serial-of-old")->till, 3);
  const auto keys = database.transact(
      [&](storage::Connection& connection) { return storage::DeviceRepository(connection, 1).keys_of_till(3); });
  EXPECT_EQ(keys.size(), 1u);
}

}  // namespace
}  // namespace lanekeeper::services
