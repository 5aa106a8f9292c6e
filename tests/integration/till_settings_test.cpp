// What the store lays down for its tills, and what of it reaches whom.
#include <gtest/gtest.h>

#include <set>

#include "access/badge_code.h"
#include "access/member_keys.h"
#include "services/audit_trail.h"
#include "services/member_service.h"
#include "services/till_settings.h"
#include "test_store.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::TestStore;

class TillSettingsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    MemberService(store_->context).prepare();
    settings_.emplace(store_->context);
    till_ = store_->enrol_till(1).principal();
  }
  [[nodiscard]] protocol::StoreProfile profile() { return store_->stores.profile(till_).value(); }
  [[nodiscard]] std::string at(const Result<void>& result) {
    return result ? "fine" : result.error().code + " " + result.error().details.front().second;
  }

  std::optional<TestStore> store_;
  std::optional<TillSettings> settings_;
  Principal till_;
};

TEST_F(TillSettingsTest, APolicyReachesTheTills) {
  EXPECT_FALSE(profile().till_policy) << "stores from before have none";
  EXPECT_FALSE(settings_->policy().shifts_required);
  protocol::TillPolicy policy;
  policy.shifts_required = true;
  policy.usual_float = Money::of_minor(500'00);
  policy.pick_up_at = Money::of_minor(3000'00);
  policy.methods = {{"meal_card", "餐卡", "Meal card", false, true}};
  const auto before = profile().version;
  ASSERT_TRUE(settings_->set_policy(policy));
  EXPECT_EQ(profile().till_policy, policy);
  EXPECT_GT(profile().version, before);
  EXPECT_EQ(store_->sink.copy(store_->sink.store_versions).back(), profile().version);
  const auto trail = AuditTrail(store_->context).list(store_->manager(), 0, 1);
  EXPECT_EQ(trail->front().act.act, "store.till_policy");
  // What the rest of the profile is replaced with says nothing of it.
  auto rest = profile();
  rest.till_policy.reset();
  ASSERT_TRUE(store_->stores.replace_profile(rest));
  EXPECT_EQ(profile().till_policy, policy);
}

TEST_F(TillSettingsTest, APolicyThatCannotBeIsRefused) {
  const auto with = [&](const std::function<void(protocol::TillPolicy&)>& change) {
    protocol::TillPolicy policy;
    change(policy);
    return at(settings_->set_policy(policy));
  };
  EXPECT_EQ(with([](auto& p) { p.usual_float = Money::of_minor(-1); }), "settings.bad_policy usual_float");
  EXPECT_EQ(with([](auto& p) { p.difference_tolerance = Money::of_minor(-1); }),
            "settings.bad_policy difference_tolerance");
  EXPECT_EQ(with([](auto& p) { p.pick_up_at = Money{}; }), "settings.bad_policy pick_up_at");
  EXPECT_EQ(with([](auto& p) { p.methods = {{"Meal", "餐卡", "", true, true}}; }), "settings.bad_policy methods: Meal");
  EXPECT_EQ(with([](auto& p) { p.methods = {{"meal", " ", "", true, true}}; }), "settings.bad_policy methods: meal");
  EXPECT_EQ(with([](auto& p) {
              p.methods = {{"a", "甲", "", true, true}, {"a", "乙", "", true, true}};
            }),
            "settings.bad_policy methods: a");
}

TEST_F(TillSettingsTest, TemplatesReachTheTillsUntilTheyAreRemoved) {
  EXPECT_FALSE(profile().receipt_templates);
  ASSERT_TRUE(settings_->set_template({"sale", "zh_CN", "谢谢惠顾"}));
  ASSERT_TRUE(settings_->set_template({"sale", "en", "Thank you"}));
  ASSERT_TRUE(settings_->set_template({"sale", "en", "Thanks"}));
  ASSERT_TRUE(profile().receipt_templates);
  EXPECT_EQ(profile().receipt_templates->size(), 2U);
  EXPECT_EQ(profile().receipt_templates->front().text, "Thanks");
  EXPECT_EQ(at(settings_->set_template({"poster", "en", "x"})), "settings.bad_template kind");
  EXPECT_EQ(at(settings_->set_template({"sale", "fr", "x"})), "settings.bad_template language");
  EXPECT_EQ(at(settings_->set_template({"sale", "en", " "})), "settings.bad_template size");
  EXPECT_EQ(at(settings_->set_template({"sale", "en", std::string(70'000, 'x')})), "settings.bad_template size");
  EXPECT_EQ(at(settings_->set_template({"sale", "en", "\xff"})), "settings.bad_template text");
  EXPECT_TRUE(
      at(settings_->set_template({"sale", "en", "Thanks\n{{#lines}}"})).starts_with("settings.bad_template line"));
  ASSERT_TRUE(settings_->remove_template("sale", "en"));
  EXPECT_EQ(settings_->remove_template("sale", "en").error().code, "settings.no_template");
  EXPECT_EQ(profile().receipt_templates->size(), 1U);
}

TEST_F(TillSettingsTest, APersonChangesWhatOneSawAndTheTrailSaysWho) {
  const auto manager = store_->manager();
  const auto before = settings_->read(manager);
  ASSERT_TRUE(before) << before.error().message;
  protocol::TillPolicyChange wish{before->till_policy, before->till_policy};
  wish.policy.usual_float = Money::of_minor(300'00);
  const auto changed = settings_->change_policy(manager, wish);
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_EQ(changed->till_policy, wish.policy);
  const auto last = [&] { return AuditTrail(store_->context).list(manager, 0, 1)->front(); };
  EXPECT_EQ(last().act.act, "store.till_policy");
  EXPECT_EQ(last().staff, manager.staff->id);
  const auto version = profile().version;
  EXPECT_EQ(settings_->change_policy(manager, wish).error().code, "settings.changed_meanwhile");
  EXPECT_EQ(profile().version, version) << "nothing is told of a change that was refused";

  ASSERT_TRUE(settings_->change_template(manager, "sale", "en", {"Thanks", ""}));
  EXPECT_EQ(last().staff, manager.staff->id);
  EXPECT_EQ(last().act.subject, "sale en");
  EXPECT_EQ(settings_->change_template(manager, "sale", "en", {"Bye", ""}).error().code, "settings.changed_meanwhile");
  const auto second = settings_->change_template(manager, "sale", "en", {"Bye", "Thanks"});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->receipt_templates.front().text, "Bye");
  EXPECT_EQ(last().act.before["text"], "Thanks");
  EXPECT_EQ(last().act.after["text"], "Bye");
  EXPECT_EQ(settings_->remove_template(manager, "sale", "en", {"Thanks"}).error().code, "settings.changed_meanwhile");
  EXPECT_EQ(settings_->read(manager)->receipt_templates.front().text, "Bye") << "nobody saw that one go";
  const auto removed = settings_->remove_template(manager, "sale", "en", {"Bye"});
  ASSERT_TRUE(removed);
  EXPECT_TRUE(removed->receipt_templates.empty());
  EXPECT_EQ(settings_->remove_template(manager, "sale", "en", {}).error().code, "settings.no_template");
  EXPECT_EQ(settings_->read(till_).error().code, "access.sign_in_first");
}

TEST_F(TillSettingsTest, WrongMarkupIsToldByItsPlace) {
  const auto refused = settings_->change_template(store_->manager(), "sale", "en", {"Thanks\n  {nothing:1}", ""});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "settings.bad_template");
  const auto& details = refused.error().details;
  ASSERT_EQ(details.size(), 4U);
  EXPECT_EQ(details[1], (std::pair<std::string, std::string>{"line", "2"}));
  EXPECT_EQ(details[2], (std::pair<std::string, std::string>{"column", "4"}));
  EXPECT_EQ(details[3], (std::pair<std::string, std::string>{"problem", "template.bad_property"}));
  EXPECT_FALSE(profile().receipt_templates);
}

TEST_F(TillSettingsTest, ABadgeIsToldOnceAndOnlyItsKeyIsKept) {
  const auto id = store_->put_person("1015", access::Role::supervisor);
  const auto badge = settings_->issue_badge("1015");
  ASSERT_TRUE(badge);
  EXPECT_EQ(badge->name, "员工 1015");
  EXPECT_TRUE(access::is_badge_code(badge->code));
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM audit_record WHERE record LIKE '%" + badge->code + "%'"), 0);
  const auto secret = *profile().member_secret;
  const auto key_at_till = [&] {
    const auto staff = profile().staff;
    return std::find_if(staff.begin(), staff.end(), [&](const auto& p) { return p.id == id; })->badge_key;
  };
  EXPECT_EQ(key_at_till(), access::badge_key(secret, badge->code));
  EXPECT_NE(key_at_till(), access::member_key(secret, badge->code)) << "it is no member's card";
  for (const auto& person : store_->stores.profile(store_->manager())->staff) EXPECT_FALSE(person.badge_key);
  // Changing the person keeps the badge; another one takes its place; then there is none.
  NewStaff changed{id, "1015", "李娜", access::Role::manager, std::nullopt, std::nullopt, true};
  ASSERT_TRUE(store_->stores.put_staff(changed));
  EXPECT_EQ(key_at_till(), access::badge_key(secret, badge->code));
  const auto next = settings_->issue_badge("1015");
  EXPECT_NE(next->code, badge->code);
  EXPECT_EQ(key_at_till(), access::badge_key(secret, next->code));
  ASSERT_TRUE(settings_->remove_badge("1015"));
  EXPECT_EQ(key_at_till(), std::nullopt);
  EXPECT_EQ(settings_->issue_badge("4711").error().code, "staff.not_found");
  EXPECT_EQ(settings_->put_badge("1015", "123").error().code, "settings.bad_badge");
}

TEST_F(TillSettingsTest, CodesOfBadgesAreTwentyDigitsThatNothingElseHas) {
  std::set<std::string> codes;
  for (int i = 0; i < 500; ++i) {
    const auto code = access::make_badge_code(store_->random);
    EXPECT_TRUE(access::is_badge_code(code)) << code;
    EXPECT_TRUE(codes.insert(code).second);
  }
  EXPECT_FALSE(access::is_badge_code("6901234567892"));
  EXPECT_FALSE(access::is_badge_code("28763443825664394000")) << "a code of Alipay";
}

TEST_F(TillSettingsTest, AnItemWithAnOpenPriceNeedsNone) {
  auto item = TestStore::new_item(1);
  item.prices.clear();
  item.open_price = true;
  const auto saved = store_->catalogue.create(store_->manager(), item);
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(saved->item.open_price, true);
  const auto page = store_->catalogue.page_json(till_, 0, 0, 10);
  EXPECT_NE(page->find("\"open_price\":true"), std::string::npos);
  EXPECT_EQ(json::decode<protocol::CataloguePage>(*page)->items.front(),
            store_->catalogue.page(till_, 0, 0, 10)->items.front());
  ItemQuery unpriced;
  unpriced.state = protocol::ItemState::unpriced;
  const auto listed = store_->catalogue.list(store_->manager(), unpriced);
  ASSERT_TRUE(listed);
  EXPECT_TRUE(listed->rows.empty());
  EXPECT_EQ(listed->counts->unpriced, 0);
  auto closed = saved->item;
  closed.open_price = false;
  const auto changed = store_->catalogue.update(store_->manager(), closed);
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_FALSE(changed->item.open_price);
}

TEST_F(TillSettingsTest, RulesOfGoodsReachTheTillsAsTheyWereSet) {
  auto item = TestStore::new_item(1);
  item.unit = catalogue::UnitOfMeasure::piece;
  item.minimum_age = 0;
  item.deposit = true;
  item.return_blocked = true;
  item.sale_hours = catalogue::SaleHours{22 * 60, 6 * 60};
  const auto saved = store_->catalogue.create(store_->manager(), item);
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(saved->item.deposit, true);
  EXPECT_EQ(saved->item.return_blocked, true);
  EXPECT_EQ(saved->item.sale_hours, item.sale_hours);
  auto page = store_->catalogue.page(till_, 0, 0, 10);
  EXPECT_EQ(page->items.front().sale_hours, item.sale_hours);
  EXPECT_EQ(*store_->catalogue.page_json(till_, 0, 0, 10), json::encode(*page));
  auto plain = saved->item;
  plain.deposit = plain.return_blocked = false;
  plain.sale_hours.reset();
  const auto changed = store_->catalogue.update(store_->manager(), plain);
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_FALSE(changed->item.deposit);
  EXPECT_FALSE(changed->item.return_blocked);
  EXPECT_FALSE(changed->item.sale_hours);
  auto bad = changed->item;
  bad.sale_hours = catalogue::SaleHours{600, 600};
  EXPECT_EQ(store_->catalogue.update(store_->manager(), bad).error().code, "item.bad_sale_hours");
  bad = changed->item;
  bad.deposit = true;
  bad.minimum_age = 18;
  EXPECT_EQ(store_->catalogue.update(store_->manager(), bad).error().code, "item.bad_deposit");
}

}  // namespace
}  // namespace lanekeeper::services
