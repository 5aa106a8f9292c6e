#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "generators.h"

namespace lanekeeper {
namespace {

RC_GTEST_PROP(TextProperty, SanitizedTextIsValidAndStays, ()) {
  const auto once = sanitize_utf8(*generators::any_bytes());
  RC_ASSERT(is_valid_utf8(once));
  RC_ASSERT(sanitize_utf8(once) == once);
}

RC_GTEST_PROP(TextProperty, ValidTextTravelsThroughUtf32, ()) {
  const auto text = *generators::text();
  RC_ASSERT(is_valid_utf8(text));
  RC_ASSERT(to_utf8(to_utf32(text)) == text);
}

RC_GTEST_PROP(TextProperty, TruncatedTextFitsAndIsABeginning, ()) {
  const auto text = *generators::text();
  const auto columns = *rc::gen::inRange(0, 60);
  const auto cut = truncate_to_width(text, columns);
  RC_ASSERT(display_width(cut) <= columns);
  RC_ASSERT(text.starts_with(cut));
  RC_ASSERT(is_valid_utf8(cut));
}

RC_GTEST_PROP(BytesProperty, HexAndBase64RoundTrip, ()) {
  const auto text = *generators::any_bytes();
  const auto bytes = as_bytes(text);
  RC_ASSERT(from_hex(to_hex(bytes)).value() == bytes);
  RC_ASSERT(from_base64(to_base64(bytes)).value() == bytes);
}

RC_GTEST_PROP(BytesProperty, WhatDecodesIsTheOneEncoding, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('A', 'Z', '/', '+', '=', '9', 'b'));
  const auto bytes = from_base64(text);
  if (bytes) RC_ASSERT(to_base64(*bytes) == text);
}

RC_GTEST_PROP(DateProperty, RoundTrips, ()) {
  const auto date = *generators::date();
  RC_ASSERT(Date::from_days(date.days_since_1970()) == date);
  RC_ASSERT(Date::parse(date.to_string()).value() == date);
  RC_ASSERT(date.plus_days(7).iso_weekday() == date.iso_weekday() || date.year == 9999);
}

RC_GTEST_PROP(TimeProperty, RoundTrips, ()) {
  const auto time = *generators::time();
  RC_ASSERT(ZonedTime::parse(time.to_string()).value() == time);
}

RC_GTEST_PROP(TimeProperty, ParsesNoRubbish, ()) {
  const auto parsed = ZonedTime::parse(*generators::any_bytes());
  if (parsed) RC_ASSERT(ZonedTime::parse(parsed->to_string()).value() == *parsed);
}

RC_GTEST_PROP(UuidProperty, RoundTrips, ()) {
  Uuid id;
  for (auto& byte : id.bytes) byte = *rc::gen::arbitrary<unsigned char>();
  RC_ASSERT(Uuid::parse(id.to_string()).value() == id);
}

RC_GTEST_PROP(JsonProperty, TextSurvives, ()) {
  const auto text = *generators::text();
  RC_ASSERT(json::decode<std::string>(json::encode(text)).value() == text);
}

RC_GTEST_PROP(JsonProperty, IntegersSurvive, ()) {
  const auto number = *generators::any_integer();
  RC_ASSERT(json::decode<std::int64_t>(json::encode(number)).value() == number);
}

RC_GTEST_PROP(JsonProperty, RubbishIsAnErrorAndNothingWorse, ()) {
  const auto text =
      *rc::gen::oneOf(generators::any_bytes(), rc::gen::container<std::string>(rc::gen::element(
                                                   '{', '}', '[', ']', '"', ':', ',', '1', '-', 'e', '.', '\\', 'n')));
  const auto value = json::parse(text);
  if (value) RC_ASSERT(json::parse(json::encode(*value)).value() == *value);
}

}  // namespace
}  // namespace lanekeeper
