#include "base/json_codec.h"

#include <gtest/gtest.h>

namespace lanekeeper::json {
namespace {

enum class Colour { red, blue };

struct Inner {
  std::int64_t quantity = 0;
  bool operator==(const Inner&) const = default;
};
template <class V>
void describe(V& visit, Inner& i) {
  visit("quantity", i.quantity);
}

struct Outer {
  std::string name;
  bool flag = false;
  std::int32_t small = 0;
  std::optional<std::string> note;
  std::vector<Inner> lines;
  Date day;
  bool operator==(const Outer&) const = default;
};
template <class V>
void describe(V& visit, Outer& o) {
  visit("name", o.name);
  visit("flag", o.flag);
  visit("small", o.small);
  visit("note", o.note);
  visit("lines", o.lines);
  visit("day", o.day);
}

}  // namespace

template <>
struct EnumNames<Colour> {
  static constexpr std::pair<Colour, std::string_view> names[] = {{Colour::red, "red"}, {Colour::blue, "blue"}};
};

namespace {

const Outer sample{"可乐", true, -5, std::nullopt, {{1}, {2}}, {2026, 11, 22}};
constexpr std::string_view sample_text =
    R"({"day":"2026-11-22","flag":true,"lines":[{"quantity":1},{"quantity":2}],"name":"可乐","small":-5})";

std::string detail(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.details) {
    if (key == name) return value;
  }
  return "(none)";
}

Error error_of(std::string_view text) {
  return decode<Outer>(text).error();
}

TEST(JsonCodec, OneDescriptionServesBothDirections) {
  EXPECT_EQ(encode(sample), sample_text);
  EXPECT_EQ(decode<Outer>(sample_text).value(), sample);
}

TEST(JsonCodec, OptionalMembersMayBeMissingOrNull) {
  auto with_note = sample;
  with_note.note = "x";
  EXPECT_EQ(decode<Outer>(encode(with_note)).value(), with_note);
  EXPECT_EQ(
      decode<Outer>(
          R"({"day":"2026-11-22","flag":true,"lines":[{"quantity":1},{"quantity":2}],"name":"可乐","note":null,"small":-5})")
          .value(),
      sample);
}

TEST(JsonCodec, UnknownMembersAreIgnored) {
  EXPECT_EQ(decode<Inner>(R"({"quantity":3,"colour":"green"})").value(), Inner{3});
}

TEST(JsonCodec, ErrorsNameThePlace) {
  const auto missing = error_of(R"({"day":"2026-11-22","flag":true,"lines":[{"quantity":1},{}],"name":"x","small":1})");
  EXPECT_EQ(missing.code, "json.missing");
  EXPECT_EQ(detail(missing, "at"), "lines[1].quantity");
  const auto type = error_of(R"({"day":"2026-11-22","flag":1,"lines":[],"name":"x","small":1})");
  EXPECT_EQ(type.code, "json.type");
  EXPECT_EQ(detail(type, "at"), "flag");
  const auto date = error_of(R"({"day":"2026-02-30","flag":true,"lines":[],"name":"x","small":1})");
  EXPECT_EQ(date.code, "time.bad_date");
  EXPECT_EQ(detail(date, "at"), "day");
}

TEST(JsonCodec, NumbersKeepTheirRange) {
  EXPECT_EQ(error_of(R"({"day":"2026-11-22","flag":true,"lines":[],"name":"x","small":2147483648})").code,
            "json.range");
  EXPECT_EQ(decode<Inner>(R"({"quantity":9223372036854775807})").value(), Inner{INT64_MAX});
  EXPECT_EQ(decode<Inner>(R"({"quantity":-9223372036854775808})").value(), Inner{INT64_MIN});
  EXPECT_EQ(decode<Inner>(R"({"quantity":9223372036854775808})").error().code, "json.range");
  EXPECT_EQ(decode<Inner>(R"({"quantity":10000000000000000000000})").error().code, "json.range");
}

TEST(JsonCodec, NothingWithAFractionGetsIn) {
  for (const auto* text :
       {R"({"quantity":1.0})", R"({"quantity":1e2})", R"({"quantity":1E2})", R"({"quantity":-0.5})"}) {
    EXPECT_EQ(decode<Inner>(text).error().code, "json.fraction") << text;
  }
  EXPECT_EQ(parse(R"({"note":"1.5e3","e":true})").value()["note"], "1.5e3");
}

TEST(JsonCodec, HostileTextIsRefusedWithoutHarm) {
  for (const auto* text : {"", "{", "nul", "{\"a\":}", "[1,]", "\"\xFF\"", "{\"a\":1}x", "'a'", ".5"}) {
    EXPECT_EQ(parse(text).error().code, "json.malformed") << text;
  }
  EXPECT_EQ(parse(std::string(1'000'000, '[')).error().code, "json.too_deep");
  EXPECT_TRUE(parse(std::string(64, '[') + std::string(64, ']')));
  EXPECT_EQ(parse(std::string(65, '[') + std::string(65, ']')).error().code, "json.too_deep");
  EXPECT_TRUE(parse(R"(["[[[[[\"[[[[", "\\"])"));
}

TEST(JsonCodec, EncodingNeverFailsOnBadText) {
  EXPECT_EQ(encode(std::string("a\xFF")), "\"a\uFFFD\"");
}

TEST(JsonCodec, EnumeratorsGoByName) {
  EXPECT_EQ(encode(Colour::blue), "\"blue\"");
  EXPECT_EQ(decode<Colour>("\"red\"").value(), Colour::red);
  EXPECT_EQ(decode<Colour>("\"green\"").error().code, "json.enum");
  EXPECT_EQ(decode<Colour>("1").error().code, "json.type");
  EXPECT_THROW(encode(static_cast<Colour>(7)), Fault);
}

}  // namespace
}  // namespace lanekeeper::json
