#include "base/ids.h"

#include <gtest/gtest.h>

#include "base/system_random.h"
#include "samples.h"

namespace lanekeeper {
namespace {

TEST(Uuid, Version7CarriesTheTimeInFront) {
  samples::CountingRandom random;
  const auto id = Uuid::make_v7(0x0193525F7C00, random);
  EXPECT_EQ(id.to_string(), "0193525f-7c00-7607-8809-0a0b0c0d0e0f");
}

TEST(Uuid, SortsByTime) {
  SystemRandom random;
  Uuid last{};
  for (std::int64_t ms = 1'795'312'800'000; ms < 1'795'312'800'100; ++ms) {
    const auto id = Uuid::make_v7(ms, random);
    EXPECT_LT(last, id);
    last = id;
  }
}

TEST(Uuid, ParsesItsOwnText) {
  const auto id = Uuid::parse("0193525F-7c00-7607-8809-0a0b0c0d0e0f").value();
  EXPECT_EQ(id.to_string(), "0193525f-7c00-7607-8809-0a0b0c0d0e0f");
  for (const auto* bad : {"", "0193525f7c00760788090a0b0c0d0e0f", "0193525f-7c00-7607-8809-0a0b0c0d0e0g",
                          "0193525f-7c00-7607-8809-0a0b0c0d0e0f0", "0193525f-7c00-7607-88090-a0b0c0d0e0f"}) {
    EXPECT_EQ(Uuid::parse(bad).error().code, "id.bad_uuid") << bad;
  }
}

TEST(SystemRandom, FillsAnySizeAndDoesNotRepeatItself) {
  SystemRandom random;
  std::array<unsigned char, 1000> a{};
  std::array<unsigned char, 1000> b{};
  random.fill(a);
  random.fill(b);
  random.fill({});
  EXPECT_NE(a, b);
}

}  // namespace
}  // namespace lanekeeper
