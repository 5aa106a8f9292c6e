#include "till_ui/cash_suggestions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lanekeeper::till::ui {
namespace {

std::vector<std::string> suggestions(std::string_view due) {
  std::vector<std::string> texts;
  for (const Money sum : cash_suggestions(*Money::parse(due))) texts.push_back(sum.to_string());
  return texts;
}

TEST(CashSuggestions, OfferTheExactSumAndTheNextNotes) {
  EXPECT_THAT(suggestions("23.10"), testing::ElementsAre("23.10", "30.00", "50.00", "100.00"));
  EXPECT_THAT(suggestions("183.10"), testing::ElementsAre("183.10", "190.00", "200.00", "500.00"));
  EXPECT_THAT(suggestions("100.00"), testing::ElementsAre("100.00", "200.00", "500.00"));
  EXPECT_THAT(suggestions("0.50"), testing::ElementsAre("0.50", "10.00", "50.00", "100.00"));
}

TEST(CashSuggestions, OfferNothingWhenNothingIsDue) {
  EXPECT_TRUE(cash_suggestions(Money()).empty());
}

}  // namespace
}  // namespace lanekeeper::till::ui
