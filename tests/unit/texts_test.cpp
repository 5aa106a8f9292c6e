#include <thread>

#include <gtest/gtest.h>

#include "i18n/i18n.h"
#include "i18n/pattern.h"

namespace lanekeeper::i18n {
namespace {

std::string format(std::string_view pattern, const Texts::Parameters& parameters, std::string_view language = "en") {
  return Pattern::parse(pattern, language).value().format(parameters);
}

TEST(Pattern, PluralTakesIntegers) {
  constexpr std::string_view pattern = "{count, plural, one {# more above} other {# more above}}";
  EXPECT_EQ(format("{count, plural, one {# line} other {# lines}}", {{"count", "1"}}), "1 line");
  EXPECT_EQ(format("{count, plural, one {# line} other {# lines}}", {{"count", "2"}}), "2 lines");
  EXPECT_EQ(format("{count, plural, =0 {none} other {#}}", {{"count", "0"}}), "none");
  EXPECT_EQ(format(pattern, {{"count", "1234"}}), "1,234 more above");
  EXPECT_EQ(format("上面还有 {count, plural, other {# 行}}", {{"count", "2"}}, "zh_CN"), "上面还有 2 行");
}

TEST(Pattern, TextStaysText) {
  // A barcode or an amount is never regrouped, rounded or given another decimal point.
  EXPECT_EQ(format("{barcode}", {{"barcode", "6908512108211"}}), "6908512108211");
  EXPECT_EQ(format("¥{amount}", {{"amount", "1234.50"}}, "zh_CN"), "¥1234.50");
  EXPECT_EQ(format("{plu}", {{"plu", "00042"}}), "00042");
  EXPECT_EQ(format("{name}", {{"name", "{x} 'quoted' #"}}), "{x} 'quoted' #");
}

TEST(Pattern, SelectAndQuotes) {
  EXPECT_EQ(format("{kind, select, weight {kg} other {pieces}}", {{"kind", "weight"}}), "kg");
  EXPECT_EQ(format("The till's '{'brace'}'", {}), "The till's {brace}");
  EXPECT_EQ(format("The till's", {}), "The till's");
  EXPECT_EQ(format("It''s", {}), "It's");
}

TEST(Pattern, MissingParametersAreEmptyAndOthersIgnored) {
  EXPECT_EQ(format("a {x} b", {{"y", "1"}}), "a  b");
}

TEST(Pattern, KnowsItsParameters) {
  const auto pattern = Pattern::parse("{a} {b, plural, other {# {c}}}", "en").value();
  EXPECT_EQ(pattern.parameter_names(), (std::set<std::string>{"a", "b", "c"}));
}

TEST(Pattern, BadOnesAreFound) {
  for (const auto* bad : {"{", "{a", "{a, plural, one {#}}", "{a b}"}) {
    const auto pattern = Pattern::parse(bad, "en");
    ASSERT_FALSE(pattern) << bad;
    EXPECT_EQ(pattern.error().code, "i18n.bad_pattern");
  }
}

TEST(Texts, SpeakBothLanguages) {
  const Texts chinese(Language::zh_CN);
  const Texts english(Language::en);
  const Error error{"barcode.unknown", "No item has this barcode.", {{"barcode", "6908512108211"}}};
  EXPECT_NE(chinese.text(error), english.text(error));
  EXPECT_NE(chinese.text(error).find("6908512108211"), std::string::npos);
  EXPECT_NE(english.text(error).find("6908512108211"), std::string::npos);
  EXPECT_EQ(chinese.language(), Language::zh_CN);
}

TEST(Texts, AMissingKeyIsItselfAndAnUnknownErrorItsMessage) {
  const Texts texts(Language::zh_CN);
  EXPECT_FALSE(texts.has("no.such.key"));
  EXPECT_EQ(texts.text("no.such.key"), "no.such.key");
  EXPECT_EQ(texts.text(Error{"no.such.code", "Do this next.", {}}), "Do this next.");
}

TEST(Texts, MayBeUsedFromSeveralThreads) {
  const Texts texts(Language::en);
  const auto expected = texts.text("error.access.wait", {{"seconds", "4"}});
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 500; ++i) wrong += texts.text("error.access.wait", {{"seconds", "4"}}) == expected ? 0 : 1;
      });
    }
  }
  EXPECT_EQ(wrong, 0);
}

TEST(Language, ComesFromTheLocale) {
  for (const auto* english : {"en", "en_GB", "en_US.UTF-8", "EN-us", "en.UTF-8"}) {
    EXPECT_EQ(language_from_locale(english), Language::en) << english;
  }
  for (const auto* other : {"zh", "zh_CN.UTF-8", "", "C", "POSIX", "de_DE", "english"}) {
    EXPECT_EQ(language_from_locale(other), Language::zh_CN) << other;
  }
}

}  // namespace
}  // namespace lanekeeper::i18n
