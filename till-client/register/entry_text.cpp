#include "register/entry_text.h"

#include "base/text.h"
#include "register/entry.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t shortest_barcode_digits = 8;

tl::unexpected<Error> barcode_in_field(std::string_view text) {
  return fail("register.looks_like_barcode",
              "This looks like a barcode, not a number to enter. Clear the field, then scan the goods.",
              {{"text", std::string(text)}});
}

}  // namespace

bool looks_like_barcode(std::string_view text) {
  text = trim(text);
  return text.size() >= shortest_barcode_digits && is_ascii_digits(text);
}

Result<Quantity> parse_units(std::string_view text) {
  text = trim(text);
  if (looks_like_barcode(text)) return barcode_in_field(text);
  const auto units = Quantity::parse(text);
  const Quantity value = units.value_or(Quantity());
  if (auto ok = check_units(value); !ok) return fail(std::move(ok.error()));
  return value;
}

Result<Quantity> parse_weight(std::string_view text) {
  text = trim(text);
  if (looks_like_barcode(text)) return barcode_in_field(text);
  const auto weight = Quantity::parse(text);
  const Quantity value = weight.value_or(Quantity());
  if (auto ok = check_weight(value); !ok) return fail(std::move(ok.error()));
  return value;
}

Result<Money> parse_amount(std::string_view text) {
  text = trim(text);
  if (looks_like_barcode(text)) return barcode_in_field(text);
  auto amount = Money::parse(text);
  if (!amount || amount->is_negative()) {
    return fail("register.bad_amount", "Enter an amount such as 50 or 49.90.", {{"text", std::string(text)}});
  }
  return amount;
}

}  // namespace lanekeeper::till
