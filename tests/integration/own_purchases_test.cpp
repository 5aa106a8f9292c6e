// People of the staff who are members: who they are, what tills hear of it, and purchases that they rang up themselves.
#include <gtest/gtest.h>

#include "selling_store.h"
#include "services/audit_trail.h"
#include "services/member_service.h"
#include "services/price_book.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::SellingStore;
using testing::TestTill;

class OwnPurchasesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    cashier_ = store_->put_person("1001", access::Role::cashier);
    supervisor_ = store_->put_person("2001", access::Role::supervisor);
    till_.emplace(store_->enrol_till(1));
    MemberService members(store_->context);
    members.prepare();
    ASSERT_TRUE(members.import(store_->manager(), "卡号,姓名,停用\n880001,王小明,\n880002,李四,\n880003,张三,是\n"));
    wang_ = members.get("880001")->id;
    li_ = members.get("880002")->id;
  }
  [[nodiscard]] std::optional<std::int64_t> told(const Principal& to, std::int64_t staff) {
    const auto profile = store_->stores.profile(to).value();
    const auto found = std::find_if(profile.staff.begin(), profile.staff.end(),
                                    [staff](const auto& person) { return person.id == staff; });
    return found->member;
  }
  // Of a sale by this cashier to this member (0: nobody).
  std::string sell(std::int64_t cashier, std::int64_t member, std::int64_t approved_by = 0) {
    auto sale = store_->make_sale(*till_, {{store_->items[0], Quantity::of_units(1)}});
    sale.cashier = cashier;
    if (member != 0) sale.member = SellingStore::member(member);
    if (approved_by != 0) {
      sale.approvals = {
          {"sale.void_line", std::nullopt, approved_by, "2001", sale::ApprovalMeans::pin, sale.completed_at, {}}};
    }
    store_->price(sale);
    return store_->send(*till_, sale);
  }

  std::optional<SellingStore> store_;
  std::optional<TestTill> till_;
  std::int64_t cashier_ = 0;
  std::int64_t supervisor_ = 0;
  std::int64_t wang_ = 0;
  std::int64_t li_ = 0;
};

TEST_F(OwnPurchasesTest, TillsHearWhoIsWhichMember) {
  const auto before = store_->stores.profile(till_->principal())->version;
  EXPECT_EQ(told(till_->principal(), cashier_), std::nullopt);
  const auto set = store_->stores.set_staff_member("1001", "88 0001");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->card, "880001");
  EXPECT_EQ(set->member_name, "王*");
  EXPECT_EQ(told(till_->principal(), cashier_), wang_);
  EXPECT_EQ(told(till_->principal(), supervisor_), std::nullopt);
  EXPECT_EQ(told(store_->manager(), cashier_), std::nullopt) << "an office needs it for nothing";
  const auto now = store_->stores.profile(till_->principal())->version;
  EXPECT_GT(now, before);
  EXPECT_EQ(store_->sink.copy(store_->sink.store_versions).back(), now);
  const auto trail = AuditTrail(store_->context).list(store_->manager(), 0, 1).value();
  EXPECT_EQ(trail.front().act.act, "staff.member");
  EXPECT_EQ(trail.front().act.subject, "staff 1001");
  EXPECT_EQ(trail.front().act.after["member"], wang_);
  // Changing the person in another way leaves it.
  NewStaff changed;
  changed.id = cashier_;
  changed.number = "1001";
  changed.name = "王小明";
  ASSERT_TRUE(store_->stores.put_staff(changed));
  EXPECT_EQ(told(till_->principal(), cashier_), wang_);
  ASSERT_TRUE(store_->stores.set_staff_member("1001", std::nullopt));
  EXPECT_EQ(told(till_->principal(), cashier_), std::nullopt);
}

TEST_F(OwnPurchasesTest, WhoIsNotThereIsRefused) {
  EXPECT_EQ(store_->stores.set_staff_member("4711", "880001").error().code, "staff.not_found");
  EXPECT_EQ(store_->stores.set_staff_member("1001", "889999").error().code, "member.not_found");
  EXPECT_EQ(store_->stores.set_staff_member("1001", "").error().code, "member.not_found");
  EXPECT_EQ(store_->stores.set_staff_member("1001", "880003").error().code, "member.inactive");
  EXPECT_EQ(told(till_->principal(), cashier_), std::nullopt);
}

TEST_F(OwnPurchasesTest, WhatSomebodyRangUpForThemselvesIsNamed) {
  EXPECT_EQ(sell(cashier_, wang_), "") << "nobody has said who they are";
  ASSERT_TRUE(store_->stores.set_staff_member("1001", "880001"));
  ASSERT_TRUE(store_->stores.set_staff_member("2001", "880002"));
  store_->clock.advance(PriceBook::look_again_ms);
  EXPECT_EQ(sell(cashier_, wang_), "sale.own_member");
  EXPECT_EQ(sell(supervisor_, wang_), "");
  EXPECT_EQ(sell(cashier_, li_), "");
  EXPECT_EQ(sell(cashier_, 0), "");
  const auto page = store_->sales.exceptions(store_->manager(), "", 10);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->size(), 1U);
  EXPECT_EQ(page->front().what.details["member"], "M" + std::to_string(wang_));
  EXPECT_EQ(page->front().what.details["staff"], std::to_string(cashier_));
}

TEST_F(OwnPurchasesTest, WhatSomebodyAllowedForThemselvesIsNamed) {
  ASSERT_TRUE(store_->stores.set_staff_member("2001", "880002"));
  EXPECT_EQ(sell(cashier_, wang_, supervisor_), "");
  EXPECT_EQ(sell(cashier_, li_, supervisor_), "approval.not_allowed");
  const auto page = store_->sales.exceptions(store_->manager(), "", 10);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->front().what.details["because"], "own_purchase");
}

}  // namespace
}  // namespace lanekeeper::services
