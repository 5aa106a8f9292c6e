#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "barcode/gtin.h"
#include "barcode/scan.h"
#include "generators.h"

namespace lanekeeper::barcode {
namespace {

std::string valid_gtin(std::size_t length) {
  const auto body = *generators::digits(length - 1);
  return body + check_digit(body);
}

RC_GTEST_PROP(GtinProperty, CanonicalFormIsStableAndDisplayLeadsBack, ()) {
  const auto code = valid_gtin(*rc::gen::element<std::size_t>(8, 12, 13, 14));
  const auto canonical = canonical_gtin(code).value();
  RC_ASSERT(canonical.size() == 14U);
  RC_ASSERT(canonical_gtin(canonical).value() == canonical);
  RC_ASSERT(canonical_gtin(display_gtin(canonical)).value() == canonical);
}

RC_GTEST_PROP(GtinProperty, AnyOneWrongDigitIsFound, ()) {
  auto code = valid_gtin(*rc::gen::element<std::size_t>(8, 12, 13, 14));
  const auto at = *rc::gen::inRange<std::size_t>(0, code.size());
  const auto step = *rc::gen::inRange(1, 10);
  code[at] = static_cast<char>('0' + (code[at] - '0' + step) % 10);
  RC_ASSERT(canonical_gtin(code).error().code == "barcode.check_digit");
}

RC_GTEST_PROP(UpcEProperty, ExpandsToAValidUpcA, ()) {
  const auto seven = std::string(*rc::gen::element("0", "1")) + *generators::digits(6);
  std::optional<std::string> upc_a;
  for (char check = '0'; check <= '9'; ++check) {
    if (const auto expanded = expand_upc_e(seven + check)) {
      RC_ASSERT(!upc_a);
      upc_a = *expanded;
    }
  }
  RC_ASSERT(upc_a.has_value());
  RC_ASSERT(upc_a->size() == 12U);
  RC_ASSERT(has_valid_check_digit(*upc_a));
}

std::vector<VariableMeasureLayout> layouts() {
  return {VariableMeasureLayout::parse("amount", "21PPPPPAAAAAC").value(),
          VariableMeasureLayout::parse("weight", "22PPPPPWWWWWC").value(),
          VariableMeasureLayout::parse("checked", "23PPPPVAAAAAC").value(),
          VariableMeasureLayout::parse("both", "26PPPPPAAAAAWWWWWC").value()};
}

RC_GTEST_PROP(LabelProperty, SaysWhatWasPrinted, ()) {
  const auto plu = *generators::digits(5);
  const auto amount = *rc::gen::inRange<std::int64_t>(0, 100'000);
  const auto weight = *rc::gen::inRange<std::int64_t>(0, 100'000);
  const auto five = [](std::int64_t value) { return fmt::format("{:05}", value); };
  const auto body = "26" + plu + five(amount) + five(weight);
  const auto code = parse_scan(body + check_digit(body), Symbology::code128, layouts()).value();
  RC_ASSERT(code.code == plu);
  RC_ASSERT(code.amount == Money::of_minor(amount));
  RC_ASSERT(code.weight == Quantity::of_milli(weight));
}

RC_GTEST_PROP(LabelProperty, OnlyTheRightPriceCheckDigitIsTaken, ()) {
  const auto amount = *generators::digits(5);
  const auto plu = *generators::digits(4);
  int taken = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    const auto body = "23" + plu + digit + amount;
    const auto code = parse_scan(body + check_digit(body), Symbology::ean13, layouts());
    if (code) {
      ++taken;
      RC_ASSERT(digit == price_check_digit(amount));
    } else {
      RC_ASSERT(code.error().code == "barcode.price_check_digit");
    }
  }
  RC_ASSERT(taken == 1);
}

RC_GTEST_PROP(ScanProperty, AnyInputIsACodeOrAnError, ()) {
  const auto raw = *rc::gen::oneOf(generators::any_bytes(), generators::digits(*rc::gen::inRange<std::size_t>(0, 30)));
  const auto symbology = *rc::gen::element(Symbology::unknown, Symbology::ean13, Symbology::ean8, Symbology::upc_a,
                                           Symbology::upc_e, Symbology::itf14, Symbology::code128, Symbology::typed);
  const auto code = parse_scan(raw, symbology, layouts());
  if (!code) {
    RC_ASSERT(code.error().code.starts_with("barcode."));
    return;
  }
  RC_ASSERT(!code->code.empty());
  if (code->kind == ScannedCode::Kind::gtin) RC_ASSERT(canonical_gtin(code->code).value() == code->code);
  RC_ASSERT((code->amount || code->weight) == (code->kind == ScannedCode::Kind::variable_measure));
}

RC_GTEST_PROP(LayoutProperty, AnyPatternIsALayoutOrAnError, ()) {
  const auto pattern = *rc::gen::container<std::string>(rc::gen::element('2', 'P', 'A', 'W', 'V', 'C', 'X', 'q'));
  const auto layout = VariableMeasureLayout::parse("x", pattern);
  if (!layout) {
    RC_ASSERT(layout.error().code == "layout.bad");
    return;
  }
  const auto code = parse_scan(*generators::digits(pattern.size()), Symbology::unknown, {*layout});
  if (!code) RC_ASSERT(code.error().code.starts_with("barcode."));
}

}  // namespace
}  // namespace lanekeeper::barcode
