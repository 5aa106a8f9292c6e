// Promotions and members in the till's copy of the store.
#include <gtest/gtest.h>

#include "access/member_keys.h"
#include "base/system_clock.h"
#include "cache/catalogue_replica.h"
#include "cache/sqlite.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

using samples::time_at;

constexpr std::string_view secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
constexpr std::string_view other_secret = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

protocol::PromotionBook book(std::int64_t version, std::string_view effective_at) {
  return {
      version, time_at(effective_at),
      R"([{"id":"P)" + std::to_string(version) + R"(","kind":"percent_off","scope":{"items":["1"]},"percent":10}])"};
}

protocol::PromotionBooks books(std::int64_t newest, std::vector<protocol::PromotionBook> all) {
  return {newest, std::move(all)};
}

protocol::MemberCard member(std::int64_t id, std::int64_t version, const std::string& number, const std::string& phone,
                            std::string_view key = secret) {
  protocol::MemberCard card{id, version, number, "王*", "gold", "02-29", {}, true};
  card.keys = {access::member_key(key, number), access::member_key(key, phone)};
  return card;
}

protocol::MemberPage page(std::vector<protocol::MemberCard> members, std::int64_t version, bool complete = true) {
  return {std::move(members), version, complete};
}

class StoreCopy : public testing::Test {
 protected:
  void SetUp() override {
    replica_->on_fault([this](const Error& error) { told_.push_back(error.code); });
  }
  void know_secret(std::string_view hex, std::int64_t version = 1) {
    protocol::StoreProfile profile;
    profile.version = version;
    profile.member_secret = hex;
    ASSERT_TRUE(writer_.store_profile(profile));
  }
  [[nodiscard]] std::vector<std::int64_t> versions() const {
    std::vector<std::int64_t> out;
    const auto calendar = replica_->promotions();
    for (const auto& edition : calendar.editions()) out.push_back(edition.promotions.version());
    return out;
  }
  [[nodiscard]] std::int64_t found(std::string_view code) const {
    const auto card = replica_->find_member(code);
    return card ? card->id : 0;
  }
  void lie(const char* sql) { sqlite::Database(folder_ / "replica.db", sqlite::OpenMode::read_write).execute(sql); }
  using Versions = std::vector<std::int64_t>;
  using Told = std::vector<std::string>;

  const Folder folder_;
  SystemClock clock_;
  std::unique_ptr<CatalogueReplica> replica_ = CatalogueReplica::open(folder_.path(), clock_).value();
  ReplicaWriter writer_{folder_.path()};
  std::vector<std::string> told_;
  const Instant now_ = time_at("2026-11-20T10:00:00+08:00").instant;
};

TEST_F(StoreCopy, HasTheBookInForceAndThoseToCome) {
  EXPECT_TRUE(versions().empty());
  EXPECT_EQ(writer_.promotion_version(), 0);
  ASSERT_TRUE(writer_.store_promotions(
      books(4, {book(4, "2026-11-25T00:00:00+08:00"), book(3, "2026-11-19T00:00:00+08:00")}), now_));
  EXPECT_EQ(writer_.promotion_version(), 4);
  const auto calendar = replica_->promotions();
  EXPECT_EQ(versions(), (Versions{3, 4}));
  EXPECT_EQ(calendar.in_force(now_).version(), 3);
  EXPECT_NE(calendar.in_force(now_).find("P3"), nullptr);
  EXPECT_EQ(calendar.next_change(now_), time_at("2026-11-25T00:00:00+08:00").instant);
}

TEST_F(StoreCopy, KeepsForTwoDaysWhatABasketMayHaveBegunWith) {
  ASSERT_TRUE(writer_.store_promotions(books(1, {book(1, "2026-11-01T00:00:00+08:00")}), now_));
  ASSERT_TRUE(writer_.store_promotions(books(2, {book(2, "2026-11-18T09:00:00+08:00")}), now_));
  EXPECT_EQ(versions(), (Versions{2})) << "one was replaced more than two days ago";
  ASSERT_TRUE(writer_.store_promotions(books(3, {book(3, "2026-11-20T10:00:00+08:00")}), now_));
  ASSERT_TRUE(writer_.store_promotions(
      books(5, {book(4, "2026-11-20T11:00:00+08:00"), book(5, "2026-12-01T00:00:00+08:00")}), now_));
  EXPECT_EQ(versions(), (Versions{2, 3, 4, 5}));
  // Five was withdrawn and six takes everybody's place two days later.
  const Instant later{now_.unix_ms + 3LL * 24 * 60 * 60 * 1000};
  ASSERT_TRUE(writer_.store_promotions(books(6, {book(6, "2026-11-23T09:00:00+08:00")}), later));
  EXPECT_EQ(versions(), (Versions{4, 6}));
}

TEST_F(StoreCopy, FollowsAServerThatWasSetBack) {
  ASSERT_TRUE(writer_.store_promotions(books(7, {book(7, "2026-11-20T09:00:00+08:00")}), now_));
  ASSERT_TRUE(writer_.store_promotions(books(3, {book(3, "2026-11-20T09:30:00+08:00")}), now_));
  EXPECT_EQ(versions(), (Versions{3}));
  ASSERT_TRUE(writer_.store_promotions(books(0, {}), now_));
  EXPECT_TRUE(versions().empty());
  EXPECT_EQ(writer_.promotion_version(), 0);
}

TEST_F(StoreCopy, CompilesABookOnce) {
  ASSERT_TRUE(writer_.store_promotions(books(1, {book(1, "2026-11-19T00:00:00+08:00")}), now_));
  const auto* const before = replica_->promotions().in_force(now_).find("P1");
  ASSERT_NE(before, nullptr);
  EXPECT_EQ(replica_->promotions().in_force(now_).find("P1"), before);
  ASSERT_TRUE(writer_.store_promotions(
      books(2, {book(1, "2026-11-19T00:00:00+08:00"), book(2, "2026-11-25T00:00:00+08:00")}), now_));
  EXPECT_EQ(replica_->promotions().in_force(now_).find("P1"), before) << "the file changed, this book did not";
}

TEST_F(StoreCopy, LeavesOutWhatItCannotRead) {
  auto strange = book(2, "2026-11-25T00:00:00+08:00");
  strange.definitions = R"([{"id":"P2","kind":"of_tomorrow"}])";
  ASSERT_TRUE(writer_.store_promotions(books(2, {book(1, "2026-11-19T00:00:00+08:00"), strange}), now_));
  EXPECT_EQ(versions(), (Versions{1}));
  EXPECT_EQ(versions(), (Versions{1}));
  EXPECT_EQ(told_, (Told{"promotions.unreadable"})) << "once";
}

TEST_F(StoreCopy, AByteThatChangedInABookIsNoticed) {
  for (const char* sql : {"UPDATE book SET definitions = replace(definitions, '10', '90') WHERE version = 2",
                          "UPDATE book SET effective_ms = effective_ms + 1 WHERE version = 2",
                          "UPDATE book SET check_sum = 0 WHERE version = 2"}) {
    ASSERT_TRUE(writer_.store_promotions(
        books(2, {book(1, "2026-11-19T00:00:00+08:00"), book(2, "2026-11-25T00:00:00+08:00")}), now_));
    EXPECT_EQ(versions(), (Versions{1, 2}));
    told_.clear();
    lie(sql);
    EXPECT_EQ(versions(), (Versions{1})) << sql;
    EXPECT_EQ(told_, (Told{"replica.damaged"})) << sql;
  }
}

TEST_F(StoreCopy, FindsMembersByCardAndPhone) {
  EXPECT_EQ(found("13800010001"), 0) << "no profile, no secret";
  know_secret(secret);
  ASSERT_TRUE(writer_.apply(page({member(5, 1, "880001", "13800010001"), member(6, 1, "880002", "13800010002")}, 1)));
  EXPECT_EQ(found("880001"), 5);
  EXPECT_EQ(found("+86 138-0001-0001"), 5);
  EXPECT_EQ(found("880002"), 6);
  EXPECT_EQ(found("13800010009"), 0);
  EXPECT_EQ(found(""), 0);
  EXPECT_EQ(replica_->find_member("880001"), member(5, 1, "880001", "13800010001"));
  auto gone = member(5, 2, "880001", "13800010001");
  gone.active = false;
  ASSERT_TRUE(writer_.apply(page({member(6, 2, "880002", "13800010077"), gone}, 2)));
  EXPECT_EQ(found("880001"), 0);
  EXPECT_EQ(found("13800010002"), 0) << "the phone changed";
  EXPECT_EQ(found("13800010077"), 6);
  EXPECT_TRUE(told_.empty());
}

TEST_F(StoreCopy, MovesTheMembersCursorPageByPage) {
  know_secret(secret);
  ASSERT_TRUE(writer_.apply(page({member(4, 3, "880001", "13800010001")}, 9, false)));
  EXPECT_EQ(writer_.member_version(), 0) << "not before the last page";
  EXPECT_EQ(writer_.member_cursor().since, 3);
  EXPECT_EQ(writer_.member_cursor().after, 4);
  ASSERT_TRUE(writer_.apply(page({member(2, 9, "880002", "13800010002")}, 9)));
  EXPECT_EQ(writer_.member_version(), 9);
}

TEST_F(StoreCopy, ALoadFromTheBeginningForgetsWhoDidNotCome) {
  know_secret(secret);
  ASSERT_TRUE(writer_.apply(page({member(5, 8, "880001", "13800010001"), member(6, 8, "880002", "13800010002")}, 8)));
  ASSERT_TRUE(writer_.load_members_again());
  EXPECT_EQ(writer_.member_version(), 0);
  EXPECT_EQ(found("880002"), 6) << "until the new list is complete";
  ASSERT_TRUE(writer_.apply(page({member(5, 2, "880001", "13800010001")}, 3, false)));
  ASSERT_TRUE(writer_.apply(page({member(7, 3, "880003", "13800010003")}, 3)));
  EXPECT_EQ(found("880001"), 5);
  EXPECT_EQ(found("880002"), 0);
  EXPECT_EQ(found("880003"), 7);
}

TEST_F(StoreCopy, KeysOfAnotherSecretAreForgotten) {
  know_secret(secret);
  ASSERT_TRUE(writer_.apply(page({member(5, 8, "880001", "13800010001")}, 8)));
  know_secret(secret, 2);
  EXPECT_EQ(writer_.member_version(), 8);
  know_secret(other_secret, 3);
  EXPECT_EQ(writer_.member_version(), 0);
  EXPECT_EQ(writer_.member_cursor().since, 0);
  ASSERT_TRUE(writer_.apply(page({member(5, 8, "880001", "13800010001", other_secret)}, 8)));
  EXPECT_EQ(found("880001"), 5);
}

TEST_F(StoreCopy, AByteThatChangedInAMemberIsNoticed) {
  know_secret(secret);
  for (const char* sql : {"UPDATE member SET body = replace(body, 'gold', 'gilt')",
                          "UPDATE member_key SET member = 6 WHERE member = 5", "UPDATE member SET body = '{'"}) {
    ASSERT_TRUE(writer_.apply(page({member(5, 1, "880001", "13800010001"), member(6, 1, "880002", "13800010002")}, 1)));
    told_.clear();
    lie(sql);
    EXPECT_EQ(found("880001"), 0) << sql;
    EXPECT_EQ(told_, (Told{"replica.damaged"})) << sql;
  }
}

TEST_F(StoreCopy, StaysWhileGoodsAreLoadedAnew) {
  know_secret(secret);
  ASSERT_TRUE(writer_.store_promotions(books(2, {book(2, "2026-11-19T00:00:00+08:00")}), now_));
  ASSERT_TRUE(writer_.apply(page({member(5, 8, "880001", "13800010001")}, 8)));
  ASSERT_TRUE(writer_.begin_anew());
  EXPECT_EQ(writer_.promotion_version(), 0) << "to be asked for again";
  EXPECT_EQ(writer_.member_version(), 0);
  know_secret(secret, 2);
  ASSERT_TRUE(writer_.put_in_place());
  EXPECT_EQ(versions(), (Versions{2}));
  EXPECT_EQ(found("880001"), 5);
  ASSERT_TRUE(writer_.begin_anew());
  ASSERT_TRUE(writer_.store_promotions(books(3, {book(3, "2026-11-20T09:00:00+08:00")}), now_));
  ASSERT_TRUE(writer_.apply(page({member(6, 9, "880002", "13800010002")}, 9)));
  ASSERT_TRUE(writer_.put_in_place());
  EXPECT_EQ(versions(), (Versions{2, 3}));
  EXPECT_EQ(found("880001"), 0);
  EXPECT_EQ(found("880002"), 6);
}

TEST_F(StoreCopy, IsNotCarriedOverWhenItIsBroken) {
  know_secret(secret);
  ASSERT_TRUE(writer_.store_promotions(books(2, {book(2, "2026-11-19T00:00:00+08:00")}), now_));
  ASSERT_TRUE(writer_.apply(page({member(5, 8, "880001", "13800010001")}, 8)));
  lie("UPDATE member SET check_sum = 0");
  ASSERT_TRUE(writer_.begin_anew());
  know_secret(secret, 2);
  ASSERT_TRUE(writer_.put_in_place());
  EXPECT_TRUE(versions().empty());
  EXPECT_EQ(found("880001"), 0);
  EXPECT_TRUE(told_.empty());
}

}  // namespace
}  // namespace lanekeeper::till::test
