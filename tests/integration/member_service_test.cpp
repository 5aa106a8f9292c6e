// Members and recalls as the store keeps them.
#include <gtest/gtest.h>

#include "access/member_keys.h"
#include "services/audit_trail.h"
#include "services/member_service.h"
#include "services/recall_service.h"
#include "test_store.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::TestStore;
using testing::TestTill;

class MemberServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    members_.emplace(store_->context);
    recalls_.emplace(store_->context);
    till_ = TestTill(1, journal::SigningKey::generate(store_->random)).principal();
    members_->prepare();
  }
  // "added/changed/unchanged", or the code and the line of what was refused.
  std::string import(const std::string& text) {
    const auto done = members_->import(store_->manager(), text);
    if (done) return fmt::format("{}/{}/{}", done->added, done->changed, done->unchanged);
    std::string line;
    for (const auto& [name, value] : done.error().details) {
      if (name == "line") line = " " + value;
    }
    return done.error().code + line;
  }
  [[nodiscard]] protocol::StoreProfile profile() { return store_->stores.profile(till_).value(); }
  [[nodiscard]] protocol::MemberPage page(std::int64_t since = 0, std::int64_t after = 0, std::int64_t limit = 100) {
    return members_->page(till_, since, after, limit).value();
  }
  [[nodiscard]] std::vector<std::string> acts() {
    std::vector<std::string> acts;
    const auto trail = AuditTrail(store_->context).list(store_->manager(), 0, 100).value();
    for (const auto& record : trail) acts.push_back(record.act.act);
    return acts;
  }

  std::optional<TestStore> store_;
  std::optional<MemberService> members_;
  std::optional<RecallService> recalls_;
  Principal till_;
};

constexpr const char* two_members =
    "卡号,手机,姓名,等级,生日,同意联系\n"
    "880001,138 0001 0001,王小明,gold,1990-02-29,是\n"
    "880002,,John Smith,,,\n";

TEST_F(MemberServiceTest, TillsGetMaskedNamesAndKeys) {
  EXPECT_EQ(profile().member_version, 0);
  EXPECT_EQ(import(two_members), "2/0/0");
  const auto store = profile();
  EXPECT_EQ(store.member_version, 1);
  EXPECT_EQ(store_->sink.copy(store_->sink.store_versions).back(), store.version);
  const auto all = page();
  ASSERT_EQ(all.members.size(), 2U);
  EXPECT_TRUE(all.complete);
  EXPECT_EQ(all.version, 1);
  const auto& gold = all.members[0];
  EXPECT_EQ(gold.number, "880001");
  EXPECT_EQ(gold.name, "王*");
  EXPECT_EQ(gold.tier, "gold");
  EXPECT_EQ(gold.birthday, "02-29");
  const std::vector<std::string> keys{access::member_key(*store.member_secret, "880001"),
                                      access::member_key(*store.member_secret, "+86 138-0001-0001")};
  EXPECT_EQ(gold.keys, keys);
  EXPECT_EQ(all.members[1].name, "J. S.");
  EXPECT_EQ(all.members[1].tier, std::nullopt);
  EXPECT_EQ(all.members[1].keys.size(), 1U);
  const auto nobody = members_->page({}, 0, 0, 10);
  EXPECT_EQ(nobody.error().code, "access.not_enrolled");
}

TEST_F(MemberServiceTest, TheSecretIsMadeOnceAndNotForOffices) {
  const auto secret = profile().member_secret;
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->size(), 64U);
  members_->prepare();
  EXPECT_EQ(profile().member_secret, secret);
  EXPECT_FALSE(store_->stores.profile(store_->manager())->member_secret);
}

TEST_F(MemberServiceTest, TheSameFileChangesNothing) {
  EXPECT_EQ(import(two_members), "2/0/0");
  const auto before = profile().version;
  EXPECT_EQ(import(two_members), "0/0/2");
  EXPECT_EQ(profile().version, before);
  EXPECT_EQ(acts(), std::vector<std::string>{"members.import"});
}

TEST_F(MemberServiceTest, ChangesComePageByPage) {
  EXPECT_EQ(import(two_members), "2/0/0");
  EXPECT_EQ(import("number,phone,name,tier,inactive\n880001,13800010009,王小明,silver,no\n880003,,李四,,yes\n"),
            "1/1/0");
  const auto first = page(0, 0, 2);
  ASSERT_EQ(first.members.size(), 2U);
  EXPECT_FALSE(first.complete);
  EXPECT_EQ(first.members[0].number, "880002");
  EXPECT_EQ(first.members[1].number, "880001");
  EXPECT_EQ(first.members[1].tier, "silver");
  const auto rest = page(first.members[1].version, first.members[1].id, 2);
  ASSERT_EQ(rest.members.size(), 1U);
  EXPECT_TRUE(rest.complete);
  EXPECT_FALSE(rest.members[0].active);
  EXPECT_EQ(rest.version, 2);
}

TEST_F(MemberServiceTest, OneBadRowRefusesTheFile) {
  const std::string head = "卡号,手机,姓名,等级,生日\n880001,13800010001,王小明,gold,\n";
  EXPECT_EQ(import(""), "0/0/0");
  EXPECT_EQ(import("甲,乙\n1,2\n"), "member.no_columns 1");
  EXPECT_EQ(import(head + ",13800010002,李四,,\n"), "member.bad_number 3");
  EXPECT_EQ(import(head + "880002,12ab,李四,,\n"), "member.bad_phone 3");
  EXPECT_EQ(import(head + "880002,,,,\n"), "member.no_name 3");
  EXPECT_EQ(import(head + "880002,,李四,金卡,\n"), "member.bad_tier 3");
  EXPECT_EQ(import(head + "880002,,李四,,02-30\n"), "member.bad_birthday 3");
  EXPECT_EQ(import(head + "880001,,李四,,\n"), "member.code_taken 3");
  EXPECT_EQ(import(head + "880002,13800010001,李四,,\n"), "member.code_taken 3");
  EXPECT_EQ(import(head + "13800010001,,李四,,\n"), "member.code_taken 3") << "a card like somebody's phone";
  EXPECT_TRUE(page().members.empty());
  EXPECT_EQ(import(head), "1/0/0");
  EXPECT_EQ(import("卡号,手机,姓名\n880002,+8613800010001,李四\n"), "member.code_taken 2");
}

TEST_F(MemberServiceTest, TheOwnerSeesAListAndOneInFull) {
  EXPECT_EQ(import(two_members), "2/0/0");
  EXPECT_EQ(members_->list("", 10).size(), 2U);
  EXPECT_EQ(members_->list("880001", 10).size(), 1U);
  const auto member = members_->get(" 880001 ");
  ASSERT_TRUE(member);
  EXPECT_EQ(member->name, "王小明");
  EXPECT_EQ(member->phone, "13800010001");
  EXPECT_TRUE(member->consent);
  EXPECT_EQ(members_->get("9").error().code, "member.not_found");
}

TEST_F(MemberServiceTest, RecallsReachTheTills) {
  EXPECT_TRUE(profile().recalls->empty());
  ASSERT_TRUE(recalls_->add(store_->manager(), "6901000001001", "L42", "供应商通知"));
  ASSERT_TRUE(recalls_->add(store_->manager(), "06901000002107", "", ""));
  const std::vector<protocol::Recall> expected{{"06901000001001", "L42"}, {"06901000002107", ""}};
  EXPECT_EQ(profile().recalls, expected);
  EXPECT_EQ(store_->sink.copy(store_->sink.store_versions).back(), profile().version);
  EXPECT_EQ(recalls_->add(store_->manager(), "6901000001001", "L42", "").error().code, "recall.exists");
  EXPECT_EQ(recalls_->add(store_->manager(), "6901000001002", "", "").error().code, "barcode.check_digit");
  EXPECT_EQ(recalls_->add(store_->manager(), "6901000001001", "批号", "").error().code, "recall.bad_batch");
  EXPECT_EQ(recalls_->lift(store_->manager(), "6901000001001", "").error().code, "recall.not_found");
  ASSERT_TRUE(recalls_->lift(store_->manager(), "6901000001001", "L42"));
  EXPECT_EQ(profile().recalls->size(), 1U);
  EXPECT_EQ(recalls_->list().size(), 1U);
  EXPECT_EQ(acts(), (std::vector<std::string>{"recall.lift", "recall.add", "recall.add"}));
}

}  // namespace
}  // namespace lanekeeper::services
