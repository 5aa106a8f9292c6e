#include "access/member_keys.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace lanekeeper::access {
namespace {

constexpr std::string_view secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

TEST(MemberKey, IsHmacSha256OfTheNormalCode) {
  EXPECT_EQ(member_key(secret, "13800010001"), "e766e8e6473ca8cb4e7c81fcb2b3e840ca9368737304bade770bb497a7c1585a");
}

TEST(MemberKey, IsTheSameHoweverTheNumberIsWritten) {
  for (const auto* written :
       {"138 0001 0001", "138-0001-0001", "１３８０００１０００１", "+8613800010001", "+86 138-0001-0001",
        "0086 13800010001", "＋８６　13800010001", "138\u20110001\u20140001", "\ufeff13800010001\t"}) {
    EXPECT_EQ(member_key(secret, written), member_key(secret, "13800010001")) << written;
  }
  EXPECT_EQ(normal_member_code("vip-00a7"), "VIP00A7");
}

TEST(MemberKey, TakesNoPartOfACardNumberForACountry) {
  EXPECT_EQ(normal_member_code("0086123456"), "0086123456");
  EXPECT_EQ(normal_member_code("8613800010001"), "8613800010001");
  EXPECT_EQ(normal_member_code("008600000000001"), "008600000000001");
}

TEST(MemberKey, DiffersFromStoreToStore) {
  samples::CountingRandom random;
  const auto first = make_member_secret(random);
  const auto second = make_member_secret(random);
  EXPECT_EQ(first, secret);
  EXPECT_NE(member_key(first, "13800010001"), member_key(second, "13800010001"));
}

TEST(MemberKey, IsEmptyWithoutACodeOrASecret) {
  EXPECT_EQ(member_key(secret, " - "), "");
  EXPECT_EQ(member_key("", "13800010001"), "");
  EXPECT_EQ(member_key("0001", "13800010001"), "");
  EXPECT_EQ(member_key("not hex", "13800010001"), "");
}

}  // namespace
}  // namespace lanekeeper::access
