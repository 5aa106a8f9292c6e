// GS1's own cases: the tests of the syntax dictionary's checks and of its reference engine, and the dictionary itself
// against our table. The data lies beside the project.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "barcode/decode.h"
#include "barcode/gs1_element.h"
#include "barcode/gs1_link.h"
#include "base/text.h"
#include "shared_data.h"

namespace lanekeeper::barcode::gs1 {
namespace {

using shared_data::fields_of;

constexpr auto dictionary_file = "field/gs1/gs1-syntax-dictionary.txt";
constexpr auto linter_file = "field/gs1/linter_vectors.tsv";
constexpr auto engine_file = "field/gs1/engine_vectors.tsv";

// --- The dictionary --------------------------------------------------------------------------------------------------

std::string format_text(const AiSpec& spec) {
  std::string out;
  for (const auto& component : components_of(spec)) {
    if (!out.empty()) out += ' ';
    std::string size(1, component.set);
    if (component.min != component.max) size += "..";
    size += std::to_string(component.max);
    out += component.optional ? "[" + size + "]" : size;
    for (const auto check : component.checks) {
      if (check != Check::none) out.append(",").append(name_of(check));
    }
  }
  return out;
}

std::string entry_text(const AiSpec& spec) {
  std::string out(spec.first);
  if (spec.last != spec.first) out.append("-").append(spec.last);
  out += ' ';
  if (spec.fixed_length) out += '*';
  if (spec.link_attribute) out += '?';
  if (out.back() != ' ') out += ' ';
  out += format_text(spec);
  if (!spec.needs.empty()) out.append(" req=").append(spec.needs);
  if (!spec.excludes.empty()) out.append(" ex=").append(spec.excludes);
  if (spec.link_key) out += spec.link_qualifiers.empty() ? " dlpkey" : " dlpkey=";
  out += spec.link_qualifiers;
  if (!spec.title.empty()) out.append(" # ").append(spec.title);
  return out;
}

// One blank between words; the attributes in one order.
std::string normal_line(const std::string& line) {
  std::map<std::string, std::string> attributes;
  std::string title;
  std::string rest = line;
  if (const auto mark = line.find("# "); mark != std::string::npos) {
    title = " " + std::string(trim(line.substr(mark)));
    rest = line.substr(0, mark);
  }
  std::string out;
  for (std::size_t begin = rest.find_first_not_of(' '); begin != std::string::npos;) {
    const auto end = std::min(rest.find(' ', begin), rest.size());
    const auto word = rest.substr(begin, end - begin);
    const auto name = word.substr(0, word.find('='));
    if (name == "req" || name == "ex" || name == "dlpkey") {
      attributes[name] += word;
    } else {
      out += out.empty() ? word : " " + word;
    }
    begin = rest.find_first_not_of(' ', end);
  }
  for (const auto* name : {"req", "ex", "dlpkey"}) {
    if (attributes.contains(name)) out += " " + attributes[name];
  }
  return out + title;
}

TEST(Dictionary, EveryEntryIsInOurTableAsItStandsThere) {
  const auto lines = shared_data::lines_of(dictionary_file);
  if (!lines) GTEST_SKIP() << shared_data::absent(dictionary_file);
  std::map<std::string, std::string> ours;
  for (const auto& spec : all_specs()) ours[std::string(spec.first)] = entry_text(spec);
  std::size_t entries = 0;
  for (const auto& line : *lines) {
    if (line.empty() || line.front() == '#') continue;
    ++entries;
    EXPECT_EQ(ours[line.substr(0, line.find_first_of("- "))], normal_line(line));
  }
  EXPECT_EQ(entries, all_specs().size());
}

// --- The checks ------------------------------------------------------------------------------------------------------

std::optional<Check> check_named(std::string_view name) {
  for (std::size_t i = 1; i < check_count; ++i) {
    if (name_of(static_cast<Check>(i)) == name) return static_cast<Check>(i);
  }
  return {};
}

// The file writes bytes from 0x80 on as two bytes of UTF-8, and some characters as in C.
std::string bytes_of(std::string_view text) {
  constexpr std::string_view escapes = "\\trn";
  constexpr std::string_view meant = "\\\t\r\n";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto escape = text[i] == '\\' && i + 1 < text.size() ? escapes.find(text[i + 1]) : std::string_view::npos;
    if ((byte == 0xC2 || byte == 0xC3) && i + 1 < text.size()) {
      out += static_cast<char>(((byte & 3U) << 6U) | (static_cast<unsigned char>(text[++i]) & 0x3FU));
    } else if (escape != std::string_view::npos) {
      out += meant[escape];
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string marked(const std::string& data, const CheckFault& fault) {
  return data.substr(0, fault.at) + "*" + data.substr(fault.at, fault.length) + "*" +
         data.substr(fault.at + fault.length);
}

std::string reason_of(const std::string& name) {
  constexpr std::string_view prefix = "GS1_LINTER_";
  if (name == "GS1_LINTER_COUPON_INVALID_EXIPIRATION_DATE") return "coupon_invalid_expiration_date";  // their spelling
  return to_lower_ascii(std::string_view(name).substr(prefix.size()));
}

// Cases that need a register of company prefixes, which only GS1 has, and one that was torn when it was written down.
bool is_for_others(const std::string& input, const std::string& error) {
  return input == "data" || error == "GS1_LINTER_GCP_DATASOURCE_OFFLINE";
}

TEST(LinterVectors, EveryCheckAnswersAsTheReferenceDoes) {
  const auto lines = shared_data::lines_of(linter_file);
  if (!lines) GTEST_SKIP() << shared_data::absent(linter_file);
  std::set<std::string> names;
  int checked = 0;
  int torn = 0;
  for (const auto& line : *lines) {
    const auto fields = fields_of(line);
    constexpr std::string_view prefix = "gs1_lint_";
    if (!fields[0].starts_with(prefix) || fields.size() < 3) continue;
    const bool pass = fields[1] == "PASS";
    if (!pass && fields.size() < 5) {  // a line separator in the input has torn the line
      ++torn;
      continue;
    }
    if (is_for_others(fields[2], pass ? "" : fields[3])) continue;
    const auto check = check_named(std::string_view(fields[0]).substr(prefix.size()));
    ASSERT_TRUE(check) << fields[0];
    const auto input = bytes_of(fields[2]);
    const auto fault = run_check(*check, input);
    ++checked;
    names.insert(fields[0]);
    EXPECT_EQ(!fault, pass) << line;
    if (!fault || pass) continue;
    EXPECT_EQ(fault->reason, reason_of(fields[3])) << line;
    EXPECT_EQ(marked(input, *fault), bytes_of(fields[4])) << line;
  }
  EXPECT_GT(checked, 2700);
  EXPECT_LT(torn, 60);
  EXPECT_EQ(names.size(), 37U);  // all but those of the company prefix
}

// --- The engine ------------------------------------------------------------------------------------------------------

std::string with_fnc1_as_caret(const Elements& elements) {
  std::string out = "^" + to_message(elements);
  std::replace(out.begin(), out.end(), fnc1, '^');
  return out;
}

std::string unescaped(std::string text) {  // "\\" of the C sources is one backslash
  for (auto at = text.find("\\\\"); at != std::string::npos; at = text.find("\\\\", at + 1)) text.erase(at, 1);
  return text;
}

// What a case is about is an option of the engine that we do not have, or have always.
const std::map<std::string, std::string> other_by_option = {
    {"https://a/gtin/12312312312333", "names in the path are always taken"},
    {"https://example.com/01/09520123456788?99=XYZ&89=ABC123", "identifiers that GS1 has not given out are refused"},
};
bool uses_unknown_ai(const std::string& text) {
  return text.find("(89)") != std::string::npos;
}

struct Case {
  std::string function;
  bool good = false;
  std::vector<std::string> arguments;
};

// The cases of one function. Arguments that are names in the C sources, and lines torn at a separator, are left out.
std::vector<Case> cases_of(const std::vector<std::string>& lines, const std::string& function) {
  std::vector<Case> out;
  for (const auto& line : lines) {
    auto fields = fields_of(line);
    if (fields.size() < 4 || fields[1] != function) continue;
    if (fields[2] != "true" && fields[2] != "false") continue;
    const bool identifier = fields[3] == "buf" || fields[3] == "inbuf";
    if (!identifier) out.push_back({function, fields[2] == "true", {fields.begin() + 3, fields.end()}});
  }
  return out;
}

std::string said(const Result<Elements>& elements) {
  return elements ? std::string() : elements.error().code;
}

TEST(EngineVectors, BracketedText) {
  const auto lines = shared_data::lines_of(engine_file);
  if (!lines) GTEST_SKIP() << shared_data::absent(engine_file);
  const auto cases = cases_of(*lines, "test_parseAIdata");
  EXPECT_GE(cases.size(), 14U);
  for (const auto& test : cases) {
    const auto elements = parse_bracketed(unescaped(test.arguments[0]));
    EXPECT_EQ(elements.has_value(), test.good) << test.arguments[0] << " " << said(elements);
    if (elements && test.good) {
      EXPECT_EQ(with_fnc1_as_caret(*elements), test.arguments[1]);
    }
  }
}

TEST(EngineVectors, Messages) {
  const auto lines = shared_data::lines_of(engine_file);
  if (!lines) GTEST_SKIP() << shared_data::absent(engine_file);
  const auto cases = cases_of(*lines, "test_processAIdata");
  EXPECT_GE(cases.size(), 40U);
  for (const auto& test : cases) {
    std::string message = test.arguments[0];
    if (!message.empty() && message.front() != '^') continue;
    std::replace(message.begin(), message.end(), '^', fnc1);
    const auto elements = parse_message(message);
    EXPECT_EQ(elements.has_value(), test.good) << test.arguments[0] << " " << said(elements);
  }
}

TEST(EngineVectors, Pairings) {
  const auto lines = shared_data::lines_of(engine_file);
  if (!lines) GTEST_SKIP() << shared_data::absent(engine_file);
  const auto cases = cases_of(*lines, "test_validateAIs");
  EXPECT_GE(cases.size(), 35U);
  for (const auto& test : cases) {
    const auto& text = test.arguments[1];
    if (uses_unknown_ai(text)) continue;
    const auto elements = parse_bracketed(text);
    const auto& rule = test.arguments[0];
    bool good = elements.has_value();
    // Each case is about one rule, with what the others would say left aside.
    if (good && rule != "validateAIrequisites" && rule != "validateDigSigRequiresSerialisedKey") {
      good = !find_contradiction(*elements);
    } else if (good) {
      const auto missing = find_missing_partner(*elements);
      const bool serial = missing && missing->code == "gs1.serial_needed";
      good = rule == "validateAIrequisites" ? !missing : !serial;
    }
    EXPECT_EQ(good, test.good) << rule << " " << text << " " << said(elements);
  }
}

TEST(EngineVectors, Links) {
  const auto lines = shared_data::lines_of(engine_file);
  if (!lines) GTEST_SKIP() << shared_data::absent(engine_file);
  const auto cases = cases_of(*lines, "test_parseDLuri");
  EXPECT_GE(cases.size(), 55U);
  for (const auto& test : cases) {
    const auto uri = unescaped(test.arguments[0]);
    const auto elements = parse_link(uri);
    if (other_by_option.contains(uri)) continue;
    EXPECT_EQ(elements.has_value(), test.good) << uri << " " << said(elements);
    if (elements && test.good) {
      EXPECT_EQ(with_fnc1_as_caret(*elements), test.arguments[1]) << uri;
    }
  }
}

TEST(EngineVectors, LinksThatAreWritten) {
  const auto lines = shared_data::lines_of(engine_file);
  if (!lines) GTEST_SKIP() << shared_data::absent(engine_file);
  const auto cases = cases_of(*lines, "test_testGenerateDLuri");
  EXPECT_GE(cases.size(), 10U);
  for (const auto& test : cases) {
    if (uses_unknown_ai(test.arguments[1])) continue;
    const auto elements = parse_bracketed(test.arguments[1]);
    ASSERT_TRUE(elements) << test.arguments[1] << " " << said(elements);
    const auto link = to_link(*elements, test.arguments[0]);
    EXPECT_EQ(link.has_value(), test.good) << test.arguments[1];
    if (link && test.good) {
      EXPECT_EQ(*link, test.arguments[2]);
    }
  }
}

// Symbology identifiers, through the whole decoder.
TEST(EngineVectors, Scans) {
  const auto lines = shared_data::lines_of(engine_file);
  if (!lines) GTEST_SKIP() << shared_data::absent(engine_file);
  DecodeContext context;
  context.now = ZonedTime::parse("2026-11-22T10:00:00+08:00").value();
  context.partners_required = false;
  int checked = 0;
  for (const auto& test : cases_of(*lines, "test_testProcessScanData")) {
    const auto& raw = test.arguments[0];
    const bool torn = test.good && test.arguments.size() < 3;
    const bool nothing = raw.size() <= 3 && test.good;  // the engine takes an empty symbol, a shop does not
    if (torn || nothing) continue;
    const auto scan = decode(raw, Symbology::unknown, context);
    const bool known = scan && scan->kind != DecodedScan::Kind::other;
    const bool plain_text = test.good && test.arguments[2].starts_with("\\");
    EXPECT_EQ(plain_text ? scan.has_value() && !known : known, test.good)
        << raw << " " << (scan ? "" : scan.error().code);
    ++checked;
  }
  EXPECT_GE(checked, 14);
}

}  // namespace
}  // namespace lanekeeper::barcode::gs1
