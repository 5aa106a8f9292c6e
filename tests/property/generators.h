// Random values of our types for property tests: edges more often than chance would bring them.
#pragma once

#include <string>
#include <vector>

#include <rapidcheck.h>

#include "base/text.h"
#include "samples.h"

namespace lanekeeper::generators {

inline rc::Gen<std::int64_t> minor_within_limit() {
  const auto limit = Money::limit().minor();
  return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-100'000, 100'001),
                        rc::gen::inRange<std::int64_t>(-limit, limit),
                        rc::gen::element<std::int64_t>(0, 1, -1, limit, -limit));
}

inline rc::Gen<Money> money() {
  return rc::gen::map(minor_within_limit(), [](std::int64_t minor) { return Money::of_minor(minor); });
}

inline rc::Gen<std::int64_t> any_integer() {
  return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-1000, 1000), rc::gen::arbitrary<std::int64_t>(),
                        rc::gen::element<std::int64_t>(INT64_MIN, INT64_MAX, 0));
}

// ASCII, Chinese, controls, quotes: what has to survive JSON.
inline rc::Gen<std::string> text() {
  const auto character = rc::gen::oneOf(rc::gen::inRange<char32_t>(1, 0x7F), rc::gen::inRange<char32_t>(0x4E00, 0x9FFF),
                                        rc::gen::inRange<char32_t>(0x1F300, 0x1F600),
                                        rc::gen::element<char32_t>(U'"', U'\\', U'\n', 0, 0xFEFF, 0xFFFD));
  return rc::gen::map(rc::gen::container<std::u32string>(character),
                      [](const std::u32string& s) { return to_utf8(s); });
}

inline rc::Gen<std::string> digits(std::size_t count) {
  return rc::gen::container<std::string>(count, rc::gen::inRange('0', static_cast<char>('9' + 1)));
}

inline rc::Gen<std::string> any_bytes() {
  return rc::gen::container<std::string>(rc::gen::arbitrary<char>());
}

inline rc::Gen<Date> date() {
  // 1900-01-01 .. 9999-12-31
  return rc::gen::map(rc::gen::inRange<std::int64_t>(-25'567, 2'932'897),
                      [](std::int64_t days) { return Date::from_days(days); });
}

inline rc::Gen<ZonedTime> time() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange<std::int64_t>(-2'208'000'000'000, 253'402'000'000'000),
                                    rc::gen::inRange(-720, 841)),
                      [](const auto& pair) {
                        return ZonedTime{Instant{pair.first}, pair.second};
                      });
}

// A line as a till could have rung it.
inline rc::Gen<sale::BasketLine> basket_line() {
  return rc::gen::exec([] {
    auto line = samples::line(1, "1.00", "1", *rc::gen::inRange<std::int64_t>(1, 4));
    line.unit_price = Money::of_minor(
        *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 10'000), rc::gen::inRange<std::int64_t>(0, 100'000'000)));
    const bool weighed = *rc::gen::arbitrary<bool>();
    line.unit = weighed ? catalogue::UnitOfMeasure::kilogram : catalogue::UnitOfMeasure::piece;
    line.quantity = weighed ? Quantity::of_milli(*rc::gen::inRange<std::int64_t>(1, 500'001))
                            : Quantity::of_units(*rc::gen::inRange<std::int64_t>(1, 500));
    if (*rc::gen::inRange(0, 5) == 0) line.fixed_amount = Money::of_minor(*rc::gen::inRange<std::int64_t>(0, 100'000));
    line.voided = *rc::gen::inRange(0, 4) == 0;
    line.name = *text();
    return line;
  });
}

inline rc::Gen<std::vector<sale::BasketLine>> basket_lines() {
  return rc::gen::map(rc::gen::container<std::vector<sale::BasketLine>>(basket_line()),
                      [](std::vector<sale::BasketLine> lines) {
                        for (std::size_t i = 0; i < lines.size(); ++i) {
                          lines[i].line = static_cast<std::int64_t>(i) + 1;
                          lines[i].item = lines[i].line;
                        }
                        return lines;
                      });
}

}  // namespace lanekeeper::generators
