// Both languages say the same things, and nothing the programs can report is left without words.
#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "base/json_codec.h"
#include "base/text.h"
#include "i18n/embedded_texts.h"
#include "i18n/pattern.h"
#include "source_tree.h"

namespace lanekeeper::i18n {
namespace {

struct Text {
  std::string_view face;
  std::string source;
};
using Texts = std::map<std::string, Text>;

Texts texts_of(std::string_view language) {
  Texts texts;
  for (const auto& file : embedded_texts()) {
    if (file.language != language) continue;
    const auto parsed = json::parse(file.json);
    if (!parsed || !parsed->is_object()) {
      ADD_FAILURE() << language << "/" << file.face << ".json is not a JSON object";
      continue;
    }
    for (const auto& [key, text] : parsed->items()) {
      EXPECT_TRUE(text.is_string()) << language << " " << key;
      const bool fresh = texts.emplace(key, Text{file.face, text.is_string() ? text.get<std::string>() : ""}).second;
      EXPECT_TRUE(fresh) << language << ": " << key << " stands in two files";
    }
  }
  return texts;
}

std::set<std::string> parameters_of(std::string_view language, const std::string& key, const std::string& source) {
  const auto pattern = Pattern::parse(source, language);
  if (!pattern) {
    ADD_FAILURE() << language << " " << key << ": " << source;
    return {};
  }
  return pattern->parameter_names();
}

TEST(TextFiles, BothLanguagesHaveTheSameKeysInTheSameFiles) {
  const auto chinese = texts_of("zh_CN");
  const auto english = texts_of("en");
  for (const auto& [key, text] : chinese) {
    const auto found = english.find(key);
    if (found == english.end()) {
      ADD_FAILURE() << "en lacks " << key;
    } else {
      EXPECT_EQ(found->second.face, text.face) << key;
    }
  }
  for (const auto& [key, text] : english) EXPECT_TRUE(chinese.contains(key)) << "zh_CN lacks " << key;
}

// Texts that need other parameters in the other language, with the reason.
const std::map<std::string, std::string> different_parameters = {
    {"backoffice.date", "as till.date"},
    {"backoffice.promo.day", "as till.date"},
    {"backoffice.promo.day_year", "as till.date"},
    {"backoffice.promo.off.percent", "打 8 折 says what is left, 20% off what is taken off"},
    {"till.age.note", "as till.date"},
    {"till.date", "11-20 周五 and Fri 20 Nov are put together from different parts"},
    {"till.due.lines", "the English due block has no room for the count, which stands above the lines"},
    {"till.error.register.basket_open.note", "English says who by the state bar"},
};

TEST(TextFiles, EveryPatternParsesAndHasTheSameParameters) {
  const auto chinese = texts_of("zh_CN");
  for (const auto& [key, text] : texts_of("en")) {
    const auto found = chinese.find(key);
    if (found == chinese.end() || different_parameters.contains(key)) continue;
    EXPECT_EQ(parameters_of("en", key, text.source), parameters_of("zh_CN", key, found->second.source)) << key;
  }
}

TEST(TextFiles, AreWrittenAsTheDesignAsks) {
  for (const auto* language : {"zh_CN", "en"}) {
    for (const auto& [key, text] : texts_of(language)) {
      const bool exclaims = text.source.find("！") != std::string::npos || text.source.find('!') != std::string::npos;
      EXPECT_FALSE(exclaims) << language << " " << key << ": no exclamation marks";
      if (key.ends_with("_comma")) continue;  // stands between two texts
      EXPECT_EQ(trim(text.source), text.source) << language << " " << key << ": white space at the ends";
    }
  }
}

// fail("code", ...), Error{"code", ...} and {"code", "A sentence ..."} anywhere in the programs. Faults are for the
// log.
std::map<std::string, std::string> error_codes_in_sources() {
  const std::regex patterns[] = {std::regex(R"((?:\bfail\(|\bError\s*[{(])\s*\"([a-z0-9_]+(?:\.[a-z0-9_]+)+)\")"),
                                 std::regex(R"(\{\s*\"([a-z0-9_]+(?:\.[a-z0-9_]+)+)\"\s*,\s*\"[A-Z][^\"]* )")};
  std::map<std::string, std::string> codes;
  for (const auto& file :
       source_tree::cpp_files({"shared", "store-server", "till-client", "backoffice", "price-tool"})) {
    const auto code = source_tree::without_comments(file.text, true);
    for (const auto& pattern : patterns) {
      for (std::sregex_iterator match(code.begin(), code.end(), pattern), end; match != end; ++match) {
        const auto line = source_tree::line_of(code, static_cast<std::size_t>(match->position()));
        codes.emplace((*match)[1].str(), file.path + ":" + std::to_string(line));
      }
    }
  }
  return codes;
}

TEST(TextFiles, EveryErrorOfTheProgramsHasWords) {
  const auto chinese = texts_of("zh_CN");
  const auto english = texts_of("en");
  const auto codes = error_codes_in_sources();
  EXPECT_GT(codes.size(), 50U) << "the search for error codes finds too little to be right";
  for (const auto& [code, where] : codes) {
    EXPECT_TRUE(chinese.contains("error." + code)) << "zh_CN lacks error." << code << " of " << where;
    EXPECT_TRUE(english.contains("error." + code)) << "en lacks error." << code << " of " << where;
  }
}

}  // namespace
}  // namespace lanekeeper::i18n
