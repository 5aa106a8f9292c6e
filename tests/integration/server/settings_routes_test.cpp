// The routes by which people set tills and receipts, over the wire, and how the tills hear of it.
#include <gtest/gtest.h>

#include "live_server.h"
#include "net/push_client.h"
#include "protocol/settings_messages.h"
#include "services/audit_trail.h"

namespace lanekeeper::http {
namespace {

using protocol::DeviceKind;
using testing::LiveServer;
using testing::outcome;
using testing::request;

class SettingsRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string problem;
    live_ = testing::shared_server(problem);
    if (live_ == nullptr) GTEST_SKIP() << problem;
    office_ = live_->enrol(DeviceKind::backoffice);
    owner_ = live_->token(access::Role::owner, office_);
    till_ = live_->enrol(DeviceKind::till, ++tills_);
  }
  [[nodiscard]] std::string ask(const net::HttpRequest& what) {
    return outcome(live_->client(office_.identity)->send(what));
  }
  template <class T>
  [[nodiscard]] T answer(const LiveServer::Device& device, const net::HttpRequest& what) {
    const auto response = live_->client(device.identity)->send(what);
    const auto decoded = json::decode<T>(response.value().body);
    EXPECT_TRUE(decoded) << response->body;
    return decoded.value();
  }
  [[nodiscard]] net::HttpRequest put_template(const std::string& text, const std::string& token) {
    return request("PUT", template_path, token, json::encode(protocol::ReceiptTemplateChange{text, std::nullopt}));
  }
  [[nodiscard]] protocol::StoreSettings settings() {
    return answer<protocol::StoreSettings>(office_, request("GET", "/v1/settings", owner_));
  }
  // The newest act of the trail.
  [[nodiscard]] services::AuditAct last_act() {
    services::Principal reader;
    reader.device = services::DeviceIdentity{office_.id, DeviceKind::backoffice, "office", 0};
    reader.staff = services::StaffIdentity{1, "1", "", access::Role::manager};
    return services::AuditTrail(live_->store().context).list(reader, 0, 1).value().front().act;
  }

  static constexpr const char* template_path = "/v1/settings/receipt-templates/gift/en";
  static inline std::int64_t tills_ = 70;
  LiveServer* live_ = nullptr;
  LiveServer::Device office_;
  LiveServer::Device till_;
  std::string owner_;
};

TEST_F(SettingsRoutesTest, ATemplateReachesATillThatStaysOn) {
  std::mutex mutex;
  std::int64_t told = 0;
  std::atomic<bool> connected = false;
  const net::PushClient till(live_->endpoint(), till_.identity, "",
                             {[&] { connected = true; }, [](const Error&) {},
                              [&](const std::string& text) {
                                const auto message = json::decode<protocol::PushMessage>(text).value();
                                if (message.kind != protocol::PushKind::store) return;
                                const std::lock_guard lock(mutex);
                                told = message.version.value_or(0);
                              }});
  ASSERT_TRUE(testing::eventually([&] { return connected.load(); }));
  const auto version = answer<protocol::StoreProfile>(till_, request("GET", "/v1/store")).version;
  ASSERT_EQ(ask(put_template("A gift of {{store.name}}", owner_)), "200");
  ASSERT_TRUE(testing::eventually([&] {
    const std::lock_guard lock(mutex);
    return told > version;
  }));
  const auto profile = answer<protocol::StoreProfile>(till_, request("GET", "/v1/store"));
  EXPECT_GE(profile.version, told);
  ASSERT_TRUE(profile.receipt_templates);
  EXPECT_EQ(profile.receipt_templates->front().text, "A gift of {{store.name}}");
  EXPECT_EQ(last_act().act, "store.receipt_template");
  EXPECT_EQ(last_act().subject, "gift en");

  const auto after =
      answer<protocol::StoreSettings>(office_, request("POST", std::string(template_path) + "/removal", owner_));
  EXPECT_TRUE(after.receipt_templates.empty());
  EXPECT_EQ(ask(request("POST", std::string(template_path) + "/removal", owner_)), "422 settings.no_template");
  EXPECT_FALSE(answer<protocol::StoreProfile>(till_, request("GET", "/v1/store")).receipt_templates);
}

TEST_F(SettingsRoutesTest, WhatCannotBeReadIsRefusedWithItsPlace) {
  const auto response = live_->client(office_.identity)->send(put_template("Thanks\n{{#lines}}\n{{name}} |", owner_));
  ASSERT_FALSE(response && response->status == 200);
  const auto error =
      response ? protocol::from_body(json::decode<protocol::ErrorBody>(response->body).value()) : response.error();
  EXPECT_EQ(error.code, "settings.bad_template");
  const auto detail = [&](std::string_view name) {
    for (const auto& [key, value] : error.details) {
      if (key == name) return value;
    }
    return std::string("none");
  };
  EXPECT_EQ(detail("line"), "2");
  EXPECT_EQ(detail("column"), "1");
  EXPECT_EQ(detail("problem"), "template.unclosed_section");
  EXPECT_TRUE(settings().receipt_templates.empty());
  EXPECT_EQ(ask(request("PUT", "/v1/settings/receipt-templates/poster/en", owner_,
                        json::encode(protocol::ReceiptTemplateChange{"x", std::nullopt}))),
            "422 settings.bad_template");
}

TEST_F(SettingsRoutesTest, ThePolicyIsChangedByThoseWhoMayAndAsTheySawIt) {
  const auto before = settings().till_policy;
  auto policy = before;
  policy.shifts_required = !before.shifts_required;
  policy.methods = {{"meal_card", "餐卡", "Meal card", false, true}};
  const auto put = [&](const std::string& token, const protocol::TillPolicyChange& change) {
    return ask(request("PUT", "/v1/settings/till-policy", token, json::encode(change)));
  };
  for (const auto role : {access::Role::cashier, access::Role::stock_clerk, access::Role::supervisor,
                          access::Role::purchaser, access::Role::accountant}) {
    const auto token = live_->token(role, office_);
    EXPECT_EQ(put(token, {policy, before}), "403 access.forbidden");
    EXPECT_EQ(ask(put_template("Thanks", token)), "403 access.forbidden");
    EXPECT_EQ(ask(request("GET", "/v1/settings", token)), "403 access.forbidden");
  }
  ASSERT_EQ(put(live_->token(access::Role::administrator, office_), {policy, before}), "200");
  EXPECT_EQ(settings().till_policy, policy);
  EXPECT_EQ(answer<protocol::StoreProfile>(till_, request("GET", "/v1/store")).till_policy, policy);
  EXPECT_EQ(last_act().act, "store.till_policy");
  EXPECT_EQ(put(owner_, {before, before}), "409 settings.changed_meanwhile");
  auto wrong = policy;
  wrong.usual_float = Money::of_minor(-1);
  EXPECT_EQ(put(owner_, {wrong, policy}), "422 settings.bad_policy");
  EXPECT_EQ(put(live_->token(access::Role::manager, office_), {before, policy}), "200");
}

}  // namespace
}  // namespace lanekeeper::http
