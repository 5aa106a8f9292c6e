// Damaged codes for the decoder: good codes of every kind, then bytes changed, cut, doubled and mixed. Whatever comes,
// there is a meaning or an error with its place, and what was understood says the same again when it is written down.
//
// A few seconds in the suite. LANEKEEPER_FUZZ_SECONDS makes it longer, LANEKEEPER_FUZZ_SEED repeats a run; a failure
// prints the seed and the input. docs/barcodes.md has the commands.
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "barcode/decode.h"
#include "barcode/gs1_link.h"
#include "barcode/gtin.h"
#include "base/text.h"
#include "gs1_samples.h"

namespace lanekeeper::barcode {
namespace {

using gs1::Elements;

std::uint64_t setting(const char* name, std::uint64_t usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

DecodeContext shop(Purpose purpose) {
  DecodeContext context;
  context.now = ZonedTime::parse("2026-11-22T10:00:00+08:00").value();
  context.purpose = purpose;
  context.partners_required = purpose == Purpose::goods;
  for (const auto* pattern : {"21PPPPPAAAAAC", "22PPPPPWWWWWC", "2PPPPPVAAAAC", "26PPPPPAAAAAWWWWWC"}) {
    context.layouts.push_back(VariableMeasureLayout::parse("label", pattern).value());
  }
  return context;
}

class Codes {
 public:
  explicit Codes(std::uint64_t seed) : engine_(seed) {
    dice_ = [this](std::size_t n) { return static_cast<std::size_t>(engine_() % std::max<std::size_t>(n, 1)); };
  }

  std::string next() {
    std::string code = good();
    for (auto changes = dice_(5); changes > 0; --changes) damage(code);
    return code;
  }
  [[nodiscard]] const gs1::samples::Dice& dice() const { return dice_; }

 private:
  std::string digits(std::size_t length) {
    std::string out;
    while (out.size() < length) out += static_cast<char>('0' + dice_(10));
    return out;
  }

  Elements elements() {
    static const auto identifiers = gs1::samples::all_identifiers();
    Elements out;
    for (auto wanted = 1 + dice_(4); wanted > 0; --wanted) {
      out.push_back(gs1::samples::good_element(identifiers[dice_(identifiers.size())], dice_));
    }
    if (dice_(2) == 0) out.insert(out.begin(), gs1::samples::good_element("01", dice_));
    if (dice_(3) != 0) return out;
    return gs1::samples::completed(out, dice_).value_or(out);
  }

  std::string good() {
    static const std::vector<std::string> prefixes = {"",    "",    "]C1", "]d2", "]Q3", "]e0",
                                                      "]E0", "]Q1", "]I1", "^",   "\x1D"};
    const auto& prefix = prefixes[dice_(prefixes.size())];
    switch (dice_(6)) {
      case 0:
        return prefix + gs1::to_message(elements());
      case 1:
        return prefix + gs1::to_bracketed(elements());
      case 2:
        return gs1::to_link(elements(), "https://shop.example/a")
            .value_or("https://a/01/6901234567892/10/A%2f?17=261231&x=y");
      case 3: {
        const auto body = digits(std::vector<std::size_t>{7, 11, 12, 13, 17}[dice_(5)]);
        return prefix + body + check_digit(body);
      }
      case 4:
        return digits(14 + dice_(12));
      default: {
        std::string bytes(dice_(40), '\0');
        for (auto& byte : bytes) byte = static_cast<char>(engine_());
        return bytes;
      }
    }
  }

  void damage(std::string& code) {
    static const std::vector<std::string> pieces = {"\x1D",
                                                    "^",
                                                    "(",
                                                    ")",
                                                    "\\(",
                                                    "(01)",
                                                    "(10)",
                                                    "01",
                                                    "10",
                                                    "17",
                                                    "%",
                                                    "%2",
                                                    "%00",
                                                    "%2F",
                                                    "/",
                                                    "//",
                                                    "/01/",
                                                    "?",
                                                    "&",
                                                    "=",
                                                    "#",
                                                    "https://",
                                                    "HTTP://",
                                                    "|]e0",
                                                    "]",
                                                    "]E0",
                                                    "+",
                                                    "~",
                                                    "\xE5\x8F\xAF",
                                                    "999999999999999999999",
                                                    std::string(1, '\0')};
    const std::size_t at = dice_(code.size() + 1);
    switch (dice_(6)) {
      case 0:
        if (at < code.size()) code[at] = static_cast<char>(engine_());
        break;
      case 1:
        code.insert(at, pieces[dice_(pieces.size())]);
        break;
      case 2:
        if (at < code.size()) code.erase(at, 1 + dice_(6));
        break;
      case 3:
        code.insert(at, code.substr(dice_(code.size() + 1), dice_(30)));
        break;
      case 4:
        code.resize(at);
        break;
      default:
        if (at < code.size()) code[at] = static_cast<char>('0' + dice_(10));
        break;
    }
  }

  std::mt19937_64 engine_;
  gs1::samples::Dice dice_;
};

void check_error(const Error& error, std::size_t size) {
  const bool known = error.code.starts_with("gs1.") || error.code.starts_with("barcode.");
  EXPECT_TRUE(known) << error.code;
  EXPECT_FALSE(error.message.empty()) << error.code;
  for (const auto& [name, value] : error.details) {
    EXPECT_TRUE(is_valid_utf8(value)) << name;
    if (name == "at") {
      EXPECT_LE(std::stoul(value), size) << error.code;
    }
  }
}

void check_elements(const Elements& elements) {
  EXPECT_FALSE(elements.empty());
  for (const auto& element : elements) EXPECT_FALSE(gs1::check_element(element)) << element.ai << " " << element.value;
  const auto again = gs1::parse_message(gs1::to_message(elements));
  EXPECT_TRUE(again && *again == elements) << gs1::to_bracketed(elements);
  const auto brackets = gs1::parse_bracketed(gs1::to_bracketed(elements));
  EXPECT_TRUE(brackets && *brackets == elements) << gs1::to_bracketed(elements);
}

void check_link(std::string_view raw) {
  const auto elements = gs1::parse_link(raw);
  if (!elements) return check_error(elements.error(), raw.size());
  check_elements(*elements);
  const auto link = gs1::to_link(*elements, "https://a");
  ASSERT_TRUE(link) << gs1::to_bracketed(*elements);
  const auto again = gs1::parse_link(*link);
  EXPECT_TRUE(again && *again == *elements) << *link;
}

void check_decoded(std::string_view raw, const DecodeContext& context, int& understood) {
  const auto scan = decode(raw, Symbology::unknown, context);
  const auto json_text = decoded_json(raw, Symbology::unknown, context);
  const auto value = json::parse(json_text);
  ASSERT_TRUE(value) << json_text;
  EXPECT_EQ(json::encode(*value), json_text);
  if (!scan) return check_error(scan.error(), raw.size());
  ++understood;
  using Kind = DecodedScan::Kind;
  EXPECT_FALSE(scan->code.empty());
  EXPECT_EQ(scan->wallet.has_value(), scan->kind == Kind::payment_code);
  EXPECT_EQ(scan->elements.empty(), scan->kind != Kind::gs1 && scan->kind != Kind::gs1_other);
  if (scan->kind == Kind::gtin || scan->kind == Kind::gs1) {
    EXPECT_EQ(canonical_gtin(scan->code).value_or(""), scan->code);
  }
  if (scan->amount) {
    EXPECT_FALSE(scan->amount->is_negative());
  }
  if (scan->expires_minute) {
    EXPECT_TRUE(scan->expires);
  }
}

void check_one(const std::string& raw, int& understood) {
  check_decoded(raw, shop(Purpose::goods), understood);
  check_decoded(raw, shop(Purpose::payment), understood);
  if (const auto message = gs1::parse_message(raw)) {
    check_elements(*message);
  } else {
    check_error(message.error(), raw.size());
  }
  if (const auto brackets = gs1::parse_bracketed(raw)) {
    check_elements(*brackets);
  } else {
    check_error(brackets.error(), raw.size());
  }
  check_link(raw);
}

TEST(CodesFuzz, AnythingIsUnderstoodOrRefused) {
  const auto seconds = std::chrono::seconds(setting("LANEKEEPER_FUZZ_SECONDS", 4));
  const auto seed = setting("LANEKEEPER_FUZZ_SEED", std::random_device{}());
  const auto end = std::chrono::steady_clock::now() + seconds;
  Codes codes(seed);
  std::int64_t tried = 0;
  int understood = 0;
  while (std::chrono::steady_clock::now() < end && !HasFailure()) {
    const auto raw = codes.next();
    check_one(raw, understood);
    ++tried;
    if (HasFailure()) std::cerr << "seed " << seed << ", input as hex: " << to_hex(as_bytes(raw)) << "\n";
  }
  std::cerr << tried << " codes, " << understood << " meanings, seed " << seed << "\n";
  EXPECT_GT(understood, tried / 4) << "the damage leaves nothing to read: this tests too little";
}

}  // namespace
}  // namespace lanekeeper::barcode
