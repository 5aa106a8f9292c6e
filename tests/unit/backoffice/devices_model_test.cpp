#include "model/devices_model.h"

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

class DevicesModelTest : public testing::Test {
 protected:
  static protocol::DeviceRow till(std::int64_t number, bool connected, const std::string& cashier) {
    protocol::DeviceRow row;
    row.device_id = "d" + std::to_string(number);
    row.till = number;
    row.connected = connected;
    row.status = protocol::TillStatus{};
    row.status->till = number;
    row.status->cashier = cashier;
    return row;
  }
  static protocol::WaitingDevice newcomer() {
    protocol::WaitingDevice device;
    device.enrolment_id = "e1";
    device.device_name = "POS-7C21";
    device.fingerprint = "3F7A 91C0";
    device.proposed_till = 4;
    return device;
  }
  void load() {
    devices.refresh(true);
    protocol::DevicePage page;
    protocol::DeviceRow office;
    office.device_id = "office";
    office.kind = protocol::DeviceKind::backoffice;
    page.devices = {office, till(3, true, "王丽"), till(1, true, ""), till(2, false, "")};
    server.reply(page);
    server.reply(protocol::WaitingDevices{{newcomer()}});
  }

  FakeTransport server;
  FakeTimers timers;
  FakeClock clock;
  DevicesModel devices{server, timers, clock};
};

TEST_F(DevicesModelTest, ListsTillsByNumberAndCountsThem) {
  load();
  EXPECT_EQ(devices.devices()[0].till, 1);
  EXPECT_EQ(devices.devices()[3].device_id, "office");
  EXPECT_EQ(devices.till_count(), 3);
  EXPECT_EQ(devices.tills_connected(), 2);
  EXPECT_EQ(devices.tills_working(), 1);
  ASSERT_EQ(devices.waiting().size(), 1u);
}

TEST_F(DevicesModelTest, WhoMayNotApproveIsNotShownWhoWaits) {
  devices.refresh(false);
  EXPECT_EQ(server.asked.size(), 1u);
  devices.pushed_enrolments();
  EXPECT_EQ(server.asked.size(), 1u);
}

TEST_F(DevicesModelTest, ApprovesWithTheCodeAndTheNumberOfTheTill) {
  load();
  devices.approve(newcomer(), " 482 916 ", "4", false);
  ASSERT_EQ(server.next(), "POST /v1/enrolments/e1/approval");
  const auto sent = server.body<protocol::EnrolmentApproval>();
  EXPECT_EQ(sent.code, "482916");
  EXPECT_EQ(sent.till, 4);
  EXPECT_FALSE(sent.replace);
  EXPECT_TRUE(devices.action("e1")->busy);
  server.reply_empty();
  EXPECT_EQ(devices.action("e1"), nullptr);
  EXPECT_TRUE(devices.waiting().empty());
  ASSERT_TRUE(devices.approved());
  EXPECT_EQ(devices.approved()->till, 4);
  EXPECT_EQ(server.asked.size(), 2u) << "both lists are asked again";
}

TEST_F(DevicesModelTest, WhatWasTypedWronglyNeverLeaves) {
  load();
  devices.approve(newcomer(), "48291", "4", false);
  EXPECT_EQ(devices.action("e1")->error->code, "office.bad_code");
  devices.approve(newcomer(), "482916", "0", false);
  EXPECT_EQ(devices.action("e1")->error->code, "office.bad_till_number");
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(DevicesModelTest, ATakenNumberAsksWhetherToReplace) {
  load();
  devices.approve(newcomer(), "482916", "3", false);
  server.refuse("enrolment.till_taken");
  EXPECT_TRUE(devices.action("e1")->needs_replace);
  server.asked.clear();
  devices.approve(newcomer(), "482916", "3", true);
  EXPECT_TRUE(server.body<protocol::EnrolmentApproval>().replace);
}

TEST_F(DevicesModelTest, AStatusOfATillNeedsNoQuestion) {
  load();
  protocol::TillStatus status;
  status.till = 3;
  status.unsent = 12;
  clock.time.instant.unix_ms += 5000;
  devices.pushed_devices(status);
  EXPECT_TRUE(server.asked.empty());
  EXPECT_EQ(devices.devices()[2].status->unsent, 12);
  EXPECT_EQ(devices.devices()[2].last_contact, clock.time);
  status.till = 2;
  devices.pushed_devices(status);
  devices.pushed_devices(std::nullopt);
  timers.advance(DevicesModel::push_pause);
  EXPECT_EQ(server.asked.size(), 1u);
  EXPECT_EQ(server.next(), "GET /v1/devices");
}

TEST_F(DevicesModelTest, ATillThatHasGoneIsSeenInTheListThoughItsLastStatusIsTold) {
  load();
  protocol::TillStatus status;
  status.till = 3;
  devices.pushed_devices(status);
  timers.advance(DevicesModel::status_pause / 2);
  devices.pushed_devices(status);  // many in a row do not put it off
  timers.advance(DevicesModel::status_pause / 2);
  EXPECT_EQ(server.next(), "GET /v1/devices");
}

TEST_F(DevicesModelTest, RevokesAndRejects) {
  load();
  devices.revoke("d3");
  EXPECT_EQ(server.next(), "POST /v1/devices/d3/revocation");
  server.refuse("access.forbidden");
  EXPECT_EQ(devices.action("d3")->error->code, "access.forbidden");
  server.asked.clear();
  devices.reject("e1");
  EXPECT_EQ(server.next(), "POST /v1/enrolments/e1/rejection");
  server.reply_empty();
  EXPECT_TRUE(devices.waiting().empty());
}

}  // namespace
}  // namespace lanekeeper::office
