// Every application identifier of GS1, with good data and with each kind of bad data.
#include <random>

#include <gtest/gtest.h>

#include "barcode/gs1_element.h"
#include "barcode/gs1_link.h"
#include "gs1_samples.h"

namespace lanekeeper::barcode::gs1 {
namespace {

using samples::Length;

samples::Dice seeded(std::string_view text) {
  return [engine = std::mt19937(static_cast<unsigned>(std::hash<std::string_view>{}(text)))](std::size_t n) mutable {
    return engine() % n;
  };
}

std::string detail(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.details) {
    if (key == name) return value;
  }
  return {};
}

// The error of one element, written in brackets. The data begins behind "(" + ai + ")".
Error refused(const std::string& ai, const std::string& value) {
  std::string text = "(" + ai + ")";
  for (const char c : value) {
    if (c == '(') text += '\\';
    text += c;
  }
  auto parsed = parse_bracketed(text);
  return parsed ? Error{} : parsed.error();
}

// Where this character of the data stands in that text.
std::string place_in_brackets(const std::string& ai, const std::string& value, std::size_t at) {
  const auto escaped = std::count(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(at), '(');
  return std::to_string(ai.size() + 2 + at + static_cast<std::size_t>(escaped));
}

class EveryAi : public ::testing::TestWithParam<std::string> {
 protected:
  const std::string ai = GetParam();
  const AiSpec& spec = *find_spec(ai);
  samples::Dice dice = seeded(ai);

  // Good data with one of its parts replaced.
  std::string with_part(std::vector<std::string> parts, std::size_t at, std::string part) {
    parts[at] = std::move(part);
    parts.resize(at + 1);
    return samples::join(parts);
  }
};

TEST_P(EveryAi, TakesGoodDataOfEveryLength) {
  for (const auto length : {Length::shortest, Length::longest, Length::random, Length::random, Length::random}) {
    const auto value = samples::join(samples::good_parts(spec, dice, length));
    const auto fault = check_value(spec, value);
    EXPECT_FALSE(fault) << ai << " " << value << ": " << (fault ? fault->reason : "");
    const Elements one = {{ai, value, 0, 0}};
    EXPECT_EQ(parse_message(to_message(one)).value(), one) << value;
    EXPECT_EQ(parse_bracketed(to_bracketed(one)).value(), one) << value;
  }
}

TEST_P(EveryAi, RefusesNothingAndTooLittle) {
  EXPECT_EQ(refused(ai, "").code, "gs1.too_short");
  const auto longest = samples::join(samples::good_parts(spec, dice, Length::shortest));
  if (min_length(spec) < 2) return;
  const auto error = refused(ai, longest.substr(0, min_length(spec) - 1));
  EXPECT_EQ(error.code, "gs1.too_short") << longest;
  EXPECT_EQ(detail(error, "ai"), ai);
}

TEST_P(EveryAi, RefusesTooMuch) {
  auto value = samples::join(samples::good_parts(spec, dice, Length::longest));
  const auto good = value.size();
  value.append(max_length(spec) + 1 - good, components_of(spec).back().set == 'N' ? '1' : 'A');
  const auto error = refused(ai, value);
  // Where only a few contents are good (an IBAN, a coupon) these are shorter, and what is too long is bad otherwise.
  const bool full = good == max_length(spec);
  EXPECT_TRUE(full ? error.code == "gs1.too_long" : error.code.starts_with("gs1.")) << value << " " << error.code;
  if (full) {
    EXPECT_EQ(detail(error, "at"), place_in_brackets(ai, value, good));
  }
}

TEST_P(EveryAi, RefusesCharactersOfOtherSets) {
  const auto parts = samples::good_parts(spec, dice, Length::longest);
  std::size_t before = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char set = components_of(spec)[i].set;
    auto bad = parts[i];
    const auto place = dice(bad.size());
    bad[place] = set == 'N' ? 'A' : set == 'Y' ? 'a' : set == 'Z' ? '!' : '~';
    const auto value = with_part(parts, i, bad);
    const auto error = refused(ai, value);
    EXPECT_EQ(error.code, "gs1.character") << value;
    EXPECT_EQ(detail(error, "at"), place_in_brackets(ai, value, before + place));
    before += parts[i].size();
  }
}

TEST_P(EveryAi, RefusesWrongCheckDigitsAndPairs) {
  const auto parts = samples::good_parts(spec, dice, Length::longest);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const auto check : components_of(spec)[i].checks) {
      if (check != Check::csum && check != Check::csumalpha) continue;
      auto bad = parts[i];
      bad.back() = bad.back() == '3' ? '4' : '3';
      EXPECT_EQ(refused(ai, with_part(parts, i, bad)).code,
                check == Check::csum ? "gs1.check_digit" : "gs1.check_pair");
    }
  }
}

TEST_P(EveryAi, RefusesContentThatItsChecksForbid) {
  const auto parts = samples::good_parts(spec, dice, Length::longest);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const auto check : components_of(spec)[i].checks) {
      const auto bad = samples::bad_content(check, parts[i]);
      if (bad.empty() || bad.size() > components_of(spec)[i].max) continue;
      const auto error = refused(ai, with_part(parts, i, bad));
      EXPECT_TRUE(error.code.starts_with("gs1.")) << name_of(check) << " took " << bad;
      EXPECT_FALSE(detail(error, "reason").empty()) << name_of(check);
    }
  }
}

TEST_P(EveryAi, MissesItsPartnersAndTakesThem) {
  const Elements alone = {samples::good_element(ai, dice)};
  const auto missing = find_missing_partner(alone);
  EXPECT_EQ(missing.has_value(), !spec.needs.empty());
  if (missing) {
    EXPECT_EQ(missing->code, "gs1.missing_partner");
    EXPECT_EQ(detail(*missing, "ai"), ai);
  }
  const auto complete = samples::completed(alone, dice);
  ASSERT_TRUE(complete) << "nothing completes " << ai;
  EXPECT_FALSE(find_missing_partner(*complete));
  EXPECT_FALSE(find_contradiction(*complete));
}

TEST_P(EveryAi, RefusesWhatItExcludes) {
  std::string_view excludes = spec.excludes;
  while (!excludes.empty()) {
    const auto end = std::min(excludes.find(','), excludes.size());
    const auto pattern = excludes.substr(0, end);
    excludes.remove_prefix(std::min(end + 1, excludes.size()));
    const auto other = samples::identifier_for(pattern, ai);
    ASSERT_TRUE(other) << pattern;
    for (const bool first : {true, false}) {
      Elements both = {samples::good_element(ai, dice), samples::good_element(*other, dice)};
      if (!first) std::swap(both[0], both[1]);
      const auto error = find_contradiction(both);
      ASSERT_TRUE(error) << ai << " beside " << *other;
      EXPECT_EQ(error->code, "gs1.excluded_partner");
    }
  }
}

TEST_P(EveryAi, StandsTwiceOnlyWithTheSameData) {
  auto element = samples::good_element(ai, dice);
  Elements twice = {element, element};
  const auto same = find_contradiction(twice);
  EXPECT_FALSE(same) << ai;
  for (int i = 0; i < 20 && twice[1].value == element.value; ++i) twice[1] = samples::good_element(ai, dice);
  if (twice[1].value == element.value) return;  // 8112 has one sample
  EXPECT_EQ(find_contradiction(twice)->code, "gs1.repeated");
}

INSTANTIATE_TEST_SUITE_P(Gs1, EveryAi, ::testing::ValuesIn(samples::all_identifiers()),
                         [](const auto& test) { return "Ai" + test.param; });

TEST(AiTable, HasEveryEntryOfTheDictionary) {
  EXPECT_EQ(all_specs().size(), 224U);
  EXPECT_EQ(samples::all_identifiers().size(), 541U);
}

TEST(AiTable, FindsWhatIsThereAndNothingElse) {
  for (const auto& ai : samples::all_identifiers()) {
    ASSERT_NE(find_spec(ai), nullptr) << ai;
    EXPECT_EQ(ai_length(ai + "12345"), ai.size());
  }
  for (const auto* none :
       {"", "0", "04", "3106", "310", "31000", "39", "4309x", "xx", "9", "100", "8031", "89", "-1"}) {
    EXPECT_EQ(find_spec(none), nullptr) << none;
  }
}

TEST(AiTable, PatternsMatchDigitByDigit) {
  EXPECT_TRUE(matches("310n", "3103"));
  EXPECT_TRUE(matches("35nn", "3574"));
  EXPECT_TRUE(matches("nn", "01"));
  EXPECT_FALSE(matches("310n", "3113"));
  EXPECT_FALSE(matches("310n", "310"));
  EXPECT_FALSE(matches("n0n", "101"));
  EXPECT_FALSE(matches("", "01"));
}

}  // namespace
}  // namespace lanekeeper::barcode::gs1
