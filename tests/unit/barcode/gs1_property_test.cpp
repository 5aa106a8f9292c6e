#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "barcode/decode.h"
#include "barcode/gs1_link.h"
#include "barcode/gs1_values.h"
#include "gs1_samples.h"

namespace lanekeeper::barcode::gs1 {
namespace {

samples::Dice random_dice() {
  return [](std::size_t n) { return *rc::gen::inRange<std::size_t>(0, n); };
}

std::string random_identifier() {
  static const auto all = samples::all_identifiers();
  return *rc::gen::elementOf(all);
}

// A key with some of its qualifiers and some attributes, in the order in which an address has them.
Elements linkable(const samples::Dice& dice) {
  std::vector<const AiSpec*> keys;
  for (const auto& spec : all_specs()) {
    if (spec.link_key) keys.push_back(&spec);
  }
  const auto& key = *keys[dice(keys.size())];
  Elements elements = {samples::good_element(key.first, dice)};
  auto rest = key.link_qualifiers.substr(0, key.link_qualifiers.find('|'));
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    if (dice(2) == 0) elements.push_back(samples::good_element(rest.substr(0, end), dice));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const auto path = to_link(elements, "https://a").value() + "?";
  for (auto wanted = dice(4); wanted > 0; --wanted) {
    auto attribute = samples::good_element(random_identifier(), dice);
    Elements more = elements;
    more.push_back(attribute);
    const auto link = to_link(more, "https://a");
    // Not what belongs into the path (behind an attribute it would move) or is there already, and nothing that the
    // path excludes.
    if (find(elements, attribute.ai) == nullptr && link && link->starts_with(path) && !find_contradiction(more)) {
      elements = std::move(more);
    }
  }
  return elements;
}

RC_GTEST_PROP(Gs1RoundTrip, MessageBracketsLink, ()) {
  const auto dice = random_dice();
  const auto elements = linkable(dice);
  const auto from_message = parse_message(to_message(elements)).value();
  RC_ASSERT(from_message == elements);
  const auto from_brackets = parse_bracketed(to_bracketed(from_message)).value();
  RC_ASSERT(from_brackets == elements);
  const auto link = to_link(from_brackets, "https://shop.example/01/x").value();
  const auto from_link = parse_link(link);
  if (!from_link) RC_FAIL(link + " " + from_link.error().code);
  // What was an attribute and could stand in the path as well would have been moved there; the generator avoids it.
  RC_ASSERT(*from_link == elements);
  RC_ASSERT(to_message(*from_link) == to_message(elements));
}

RC_GTEST_PROP(Gs1RoundTrip, EveryIdentifierWithItsPartners, ()) {
  const auto dice = random_dice();
  const auto elements = samples::completed({samples::good_element(random_identifier(), dice)}, dice).value();
  RC_ASSERT(parse_message(to_message(elements)).value() == elements);
  RC_ASSERT(parse_bracketed(to_bracketed(elements)).value() == elements);
}

RC_GTEST_PROP(Gs1Decode, AllSpellingsMeanTheSame, ()) {
  const auto dice = random_dice();
  const auto elements = linkable(dice);
  DecodeContext context;
  context.now = ZonedTime::parse("2026-11-22T10:00:00+08:00").value();
  context.partners_required = false;
  const auto meaning = [&](const std::string& raw) {
    auto scan = decode(raw, Symbology::unknown, context);
    if (!scan) return scan.error().code;
    scan->raw.clear();
    return json::encode(*scan);
  };
  const auto expected = meaning("]C1" + to_message(elements));
  RC_ASSERT(meaning(to_bracketed(elements)) == expected);
  RC_ASSERT(meaning(to_link(elements, "HTTPS://a").value()) == expected);
}

RC_GTEST_PROP(Gs1Parse, AnyOneWrongDigitOfAGtinIsFound, ()) {
  const auto dice = random_dice();
  auto gtin = samples::good_element("01", dice).value;
  const auto at = dice(gtin.size());
  gtin[at] = static_cast<char>('0' + (gtin[at] - '0' + 1 + static_cast<int>(dice(9))) % 10);
  for (const auto& error : {parse_message("01" + gtin).error(), parse_bracketed("(01)" + gtin).error(),
                            parse_link("https://a/01/" + gtin).error()}) {
    RC_ASSERT(error.code == "gs1.check_digit");
  }
}

RC_GTEST_PROP(Gs1Date, StaysWithinFiftyYears, ()) {
  const auto dice = random_dice();
  const Date today{2000 + static_cast<int>(dice(100)), 1 + static_cast<int>(dice(12)), 1};
  const auto value = samples::good_element("17", dice);
  const auto date = date_of(value, today);
  if (!date) RC_DISCARD("29 February of a year that has none");
  RC_ASSERT(date->year >= today.year - 49);
  RC_ASSERT(date->year <= today.year + 50);
  RC_ASSERT(value.value.substr(0, 2) == std::to_string(date->year).substr(2));
}

}  // namespace
}  // namespace lanekeeper::barcode::gs1
