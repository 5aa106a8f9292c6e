#include "barcode/decode.h"

#include <algorithm>
#include <array>
#include <utility>

#include "barcode/gs1_link.h"
#include "barcode/gs1_values.h"
#include "barcode/gtin.h"
#include "base/text.h"

namespace lanekeeper::barcode {
namespace {

using Kind = DecodedScan::Kind;

constexpr std::size_t max_plain_length = 128;
constexpr std::size_t receipt_length = 16;
constexpr std::size_t identifier_length = 3;  // ']', code character, modifier
constexpr std::size_t longest_other_digits = 24;
constexpr std::string_view composite_mark = "|]e0";
constexpr Date first_receipt = {2020, 1, 1};

// What the scanner says about the symbol in front of the data (ISO/IEC 15424).
enum class Carrier { untold, plain, gs1, ean };

struct Scanned {
  std::string_view content;  // without the identifier
  std::string_view identifier;
  Carrier carrier = Carrier::untold;
  Symbology symbology = Symbology::unknown;
};

struct KnownIdentifier {
  std::string_view begin;
  Carrier carrier;
  Symbology symbology;
};
// The first that fits. An unmarked Code 128 is still a Code 128, a plain QR code may hold anything.
constexpr std::array<KnownIdentifier, 13> identifiers = {{{"]C1", Carrier::gs1, Symbology::code128},
                                                          {"]e", Carrier::gs1, Symbology::unknown},
                                                          {"]d2", Carrier::gs1, Symbology::unknown},
                                                          {"]Q3", Carrier::gs1, Symbology::unknown},
                                                          {"]J1", Carrier::gs1, Symbology::unknown},
                                                          {"]E4", Carrier::ean, Symbology::ean8},
                                                          {"]E0", Carrier::ean, Symbology::ean13},
                                                          {"]E3", Carrier::ean, Symbology::ean13},
                                                          {"]E", Carrier::plain, Symbology::unknown},
                                                          {"]C", Carrier::plain, Symbology::code128},
                                                          {"]I", Carrier::plain, Symbology::itf14},
                                                          {"]X", Carrier::untold, Symbology::unknown},
                                                          {"]", Carrier::plain, Symbology::unknown}}};

Scanned split_identifier(std::string_view text, Symbology symbology) {
  const bool present = text.size() >= identifier_length && text[0] == ']' && text[2] >= '0' && text[2] <= '9';
  if (!present) return {text, {}, Carrier::untold, symbology};
  const auto known = std::find_if(identifiers.begin(), identifiers.end(),
                                  [text](const auto& identifier) { return text.starts_with(identifier.begin); });
  return {text.substr(identifier_length), text.substr(0, identifier_length), known->carrier, known->symbology};
}

Error moved(Error error, std::size_t by) {
  for (auto& [name, value] : error.details) {
    if (name == "at") value = std::to_string(std::stoul(value) + by);
  }
  return error;
}

// --- Element strings -------------------------------------------------------------------------------------------------

Error amount_error(const gs1::Element& element, std::string_view reason) {
  return gs1::error_at("gs1.amount", element.value_at, element.ai, {{"reason", std::string(reason)}});
}

std::optional<Error> take_money(const gs1::Elements& elements, const DecodeContext& context, DecodedScan& scan) {
  for (const auto* pattern : {"392n", "393n"}) {
    const auto* element = gs1::find(elements, pattern);
    if (element == nullptr) continue;
    const auto currency = gs1::currency_of(*element);
    if (!currency.empty() && currency != context.currency) return amount_error(*element, "currency");
    scan.amount = gs1::money_of(*element);
    if (!scan.amount) return amount_error(*element, "decimals");
  }
  if (const auto* element = gs1::find(elements, "395n")) scan.unit_price = gs1::money_of(*element);
  if (const auto* element = gs1::find(elements, "8005")) {
    // The same as 390n with the decimals that the shop has agreed on.
    const auto decimals = static_cast<char>('0' + std::clamp(context.unit_price_decimals, 0, 4));
    scan.unit_price = gs1::money_of({std::string("390") + decimals, element->value, 0, 0});
  }
  return {};
}

void take_quantities(const gs1::Elements& elements, DecodedScan& scan) {
  if (const auto* element = gs1::find(elements, "310n")) scan.weight = gs1::kilograms_of(*element);
  for (const auto* ai : {"30", "37"}) {
    const auto* element = gs1::find(elements, ai);
    if (element != nullptr && !scan.count) scan.count = std::stoll(element->value);
  }
}

void take_texts(const gs1::Elements& elements, DecodedScan& scan) {
  if (const auto* element = gs1::find(elements, "10")) scan.batch = element->value;
  if (const auto* element = gs1::find(elements, "21")) scan.serial = element->value;
}

int minute_of_day(std::string_view hhmm) {
  const auto two = [hhmm](std::size_t at) { return (hhmm[at] - '0') * 10 + (hhmm[at + 1] - '0'); };
  return two(0) * 60 + two(2);
}

void take_dates(const gs1::Elements& elements, const Date& today, DecodedScan& scan) {
  const auto date = [&](std::string_view ai) -> std::optional<Date> {
    const auto* element = gs1::find(elements, ai);
    return element == nullptr ? std::nullopt : gs1::date_of(*element, today);
  };
  scan.produced = date("11");
  scan.packed = date("13");
  scan.best_before = date("15");
  scan.sell_by = date("16");
  scan.expires = date("17");
  // The minute of 7003 counts unless 17 names an earlier day.
  const auto with_minute = date("7003");
  if (with_minute && (!scan.expires || *with_minute <= *scan.expires)) {
    scan.expires = with_minute;
    scan.expires_minute = minute_of_day(std::string_view(gs1::find(elements, "7003")->value).substr(6, 4));
  }
}

std::optional<Error> take_elements(const gs1::Elements& elements, const Date& today, DecodedScan& scan) {
  for (const auto& element : elements) {
    const auto& spec = *gs1::find_spec(element.ai);
    const auto date = gs1::date_of(element, today);
    if (!date && gs1::begins_with_date(spec)) return gs1::error_at("gs1.date", element.value_at, element.ai);
    scan.elements.push_back({element.ai, std::string(spec.title), element.value, gs1::number_of(element), date});
  }
  return {};
}

void warn(DecodedScan& scan, Notice notice) {
  scan.warnings.push_back(std::move(notice));
}

void warn_of_past_dates(const Date& today, DecodedScan& scan) {
  if (scan.best_before && *scan.best_before < today) {
    warn(scan,
         {"barcode.past_best_before", "The best-before date has passed. Look at the goods and tell the customer."});
  }
  if (scan.sell_by && *scan.sell_by < today) {
    warn(scan, {"barcode.past_sell_by", "The sell-by date has passed. Look at the goods before selling them."});
  }
}

// Indicator 9: the trade item is sold by measure, and says how much.
void warn_of_missing_measure(const gs1::Elements& elements, DecodedScan& scan) {
  const bool measured = std::any_of(elements.begin(), elements.end(), [](const gs1::Element& element) {
    return element.ai == "30" || element.ai.starts_with('3');
  });
  if (scan.kind == Kind::gs1 && scan.code.starts_with('9') && !measured) {
    warn(scan, {"barcode.measure_missing", "The code is of weighed goods but has no weight. Weigh them."});
  }
}

Result<DecodedScan> from_elements(const gs1::Elements& elements, const DecodeContext& context) {
  if (auto error = gs1::find_contradiction(elements)) return fail(std::move(*error));
  DecodedScan scan;
  if (auto error = gs1::find_missing_partner(elements)) {
    if (context.partners_required) return fail(std::move(*error));
    warn(scan, {error->code, error->message});
  }
  const auto today = context.now.local_date();
  const auto* goods = gs1::find(elements, "01");
  if (goods == nullptr) goods = gs1::find(elements, "03");
  scan.kind = goods == nullptr ? Kind::gs1_other : Kind::gs1;
  scan.code = goods == nullptr ? elements.front().value : goods->value;
  if (auto error = take_elements(elements, today, scan)) return fail(std::move(*error));
  if (auto error = take_money(elements, context, scan)) return fail(std::move(*error));
  take_quantities(elements, scan);
  take_texts(elements, scan);
  take_dates(elements, today, scan);
  warn_of_past_dates(today, scan);
  warn_of_missing_measure(elements, scan);
  return scan;
}

Result<DecodedScan> from_parsed(const Result<gs1::Elements>& elements, const DecodeContext& context) {
  if (!elements) return fail(elements.error());
  return from_elements(*elements, context);
}

Result<DecodedScan> from_message(std::string_view content, const DecodeContext& context) {
  std::string message(content);
  // "^" is no character of GS1 data: people and test data write FNC1 so.
  std::replace(message.begin(), message.end(), '^', gs1::fnc1);
  return from_parsed(gs1::parse_message(message), context);
}

// --- Everything else -------------------------------------------------------------------------------------------------

// Till, business date, receipt number: a date from the shop's years tells it from other codes of 16 digits.
bool is_receipt(std::string_view text, const Date& today) {
  if (text.size() != receipt_length || !is_ascii_digits(text)) return false;
  const auto part = [text](std::size_t at, std::size_t length) { return std::string(text.substr(at, length)); };
  const auto date = Date::parse(part(2, 4) + "-" + part(6, 2) + "-" + part(8, 2));
  return date && *date >= first_receipt && *date <= today.plus_days(1);
}

DecodedScan of_kind(Kind kind, std::string_view code) {
  DecodedScan scan;
  scan.kind = kind;
  scan.code = std::string(code);
  return scan;
}

DecodedScan payment(std::string_view text) {
  auto scan = of_kind(Kind::payment_code, text);
  scan.wallet = wallet_of(text);
  return scan;
}

Kind kind_of(ScannedCode::Kind kind) {
  switch (kind) {
    case ScannedCode::Kind::gtin:
      return Kind::gtin;
    case ScannedCode::Kind::variable_measure:
      return Kind::variable_measure;
    case ScannedCode::Kind::short_code:
      return Kind::short_code;
    case ScannedCode::Kind::other:
      break;
  }
  return Kind::other;
}

// A scanner that was told to drop FNC1 leaves an element string without any mark. It is taken for one only when all of
// it fits; what is longer than any other code of digits is one in any case, so that its error can be told.
std::optional<Result<DecodedScan>> as_unmarked_message(std::string_view text, const DecodeContext& context) {
  constexpr std::size_t shortest = 16;  // 01 and 14 digits
  if (text.size() < shortest || !(text.starts_with("01") || text.starts_with("00"))) return {};
  if (!is_ascii_digits(text.substr(0, shortest))) return {};
  auto scan = from_message(text, context);
  const bool only_a_message = text.size() > longest_other_digits && is_ascii_digits(text);
  if (!scan && !only_a_message) return {};
  return scan;
}

Result<DecodedScan> from_plain(std::string_view text, Symbology symbology, const DecodeContext& context) {
  if (text.size() > max_plain_length) {
    if (auto message = as_unmarked_message(text, context)) return std::move(*message);
  }
  const auto scanned = parse_scan(text, symbology, context.layouts);
  const bool wallet = !scanned && scanned.error().code == "barcode.payment_code";
  if (!scanned && !wallet) return fail(scanned.error());
  if (wallet || scanned->kind == ScannedCode::Kind::other) {
    if (is_receipt(text, context.now.local_date())) return of_kind(Kind::receipt, text);
    if (wallet) return payment(text);
    if (auto message = as_unmarked_message(text, context)) return std::move(*message);
  }
  auto scan = of_kind(kind_of(scanned->kind), scanned->code);
  scan.amount = scanned->amount;
  scan.weight = scanned->weight;
  return scan;
}

Result<DecodedScan> from_composite(std::string_view linear, std::string_view rest, const DecodeContext& context) {
  auto gtin = canonical_gtin(linear);
  if (!gtin) return fail(std::move(gtin.error()));
  auto elements = gs1::parse_message(rest, linear.size() + composite_mark.size());
  if (!elements) return fail(std::move(elements.error()));
  elements->insert(elements->begin(), gs1::Element{"01", std::move(*gtin), 0, 0});
  return from_elements(*elements, context);
}

// ]E0 sends 13 digits always, ]E4 eight, ]E3 thirteen and the two or five of an add-on, which no article number needs.
Result<DecodedScan> from_ean(const Scanned& scanned, const DecodeContext& context) {
  auto digits = scanned.content;
  std::optional<std::string_view> composite;
  if (const auto mark = digits.find(composite_mark); mark != std::string_view::npos) {
    composite = digits.substr(mark + composite_mark.size());
    digits = digits.substr(0, mark);
  }
  const std::size_t length = scanned.symbology == Symbology::ean8 ? 8 : 13;
  if (scanned.identifier == "]E3" && (digits.size() == length + 2 || digits.size() == length + 5)) {
    digits = digits.substr(0, length);
  }
  if (digits.size() != length) {
    return fail(
        "barcode.length", "The scanner sent a part of a barcode. Scan it again.",
        {{"barcode", std::string(digits.substr(0, max_plain_length))}, {"length", std::to_string(digits.size())}});
  }
  if (!is_ascii_digits(digits)) {
    return fail("barcode.not_digits", "A GTIN consists of digits only. Check the code.",
                {{"barcode", std::string(digits)}});
  }
  if (composite) return from_composite(digits, *composite, context);
  return from_plain(digits, scanned.symbology, context);
}

bool looks_bracketed(std::string_view text) {
  return text.size() > 2 && text[0] == '(' && text[1] >= '0' && text[1] <= '9';
}

Result<DecodedScan> by_carrier(const Scanned& scanned, const DecodeContext& context) {
  const auto text = scanned.content;
  if (context.purpose == Purpose::payment && wallet_of(text)) return payment(text);
  if (scanned.carrier == Carrier::gs1) return from_message(text, context);
  if (scanned.carrier == Carrier::ean) return from_ean(scanned, context);
  const bool separated = text.find(gs1::fnc1) != std::string_view::npos || text.starts_with('^');
  if (scanned.carrier == Carrier::untold && separated) return from_message(text, context);
  if (looks_bracketed(text)) return from_parsed(gs1::parse_bracketed(text), context);
  if (gs1::looks_like_link(text)) return from_parsed(gs1::parse_link(text), context);
  return from_plain(text, scanned.symbology, context);
}

std::optional<Error> unreadable(std::string_view text) {
  if (text.size() > gs1::max_message) {
    return Error{"barcode.too_long",
                 "The code is too long for a barcode. Scan one code at a time.",
                 {{"limit", std::to_string(gs1::max_message)}}};
  }
  const auto readable = [](char c) { return (c >= 0x20 && c < 0x7F) || c == gs1::fnc1; };
  if (std::all_of(text.begin(), text.end(), readable)) return {};
  return Error{"barcode.bad_characters",
               "The code contains characters that barcodes do not have. Switch the input method off and scan again.",
               {}};
}

}  // namespace

Result<DecodedScan> decode(std::string_view raw, Symbology symbology, const DecodeContext& context) {
  const auto text = trim(raw);
  if (auto error = unreadable(text)) return fail(std::move(*error));
  const auto scanned = split_identifier(text, symbology);
  auto scan = by_carrier(scanned, context);
  if (!scan) return fail(moved(std::move(scan.error()), static_cast<std::size_t>(scanned.content.data() - raw.data())));
  scan->raw = std::string(text);
  return scan;
}

bool is_expired(const DecodedScan& scan, const ZonedTime& now) {
  if (!scan.expires) return false;
  const auto today = now.local_date();
  if (*scan.expires != today) return *scan.expires < today;
  return scan.expires_minute && *scan.expires_minute < now.local_minute_of_day();
}

bool is_recalled(const DecodedScan& scan, const RecalledBatches& recalled) {
  if (scan.kind != Kind::gs1 && scan.kind != Kind::gtin) return false;
  if (recalled.contains({scan.code, ""})) return true;
  return scan.batch && recalled.contains({scan.code, *scan.batch});
}

std::optional<Error> refusal(const DecodedScan& scan, Purpose purpose, const ZonedTime& now,
                             const RecalledBatches& recalled) {
  const bool wallet = scan.kind == Kind::payment_code;
  if (purpose == Purpose::payment) {
    if (wallet) return {};
    return Error{"barcode.goods_at_payment",
                 "This is no payment code. Scan the code on the customer's phone, or go back to ring up goods.",
                 {{"barcode", sanitize_utf8(scan.raw)}}};
  }
  if (wallet) {
    return Error{"barcode.payment_code",
                 "This is a customer's payment code. Press the pay key first, then scan it as a payment.",
                 {}};
  }
  if (is_recalled(scan, recalled)) {
    return Error{"barcode.recalled",
                 "These goods have been recalled and must not be sold. Set them aside and call the supervisor.",
                 {{"barcode", display_gtin(scan.code)}, {"batch", scan.batch.value_or("")}}};
  }
  if (is_expired(scan, now)) {
    return Error{"barcode.expired",
                 "These goods are past their date and must not be sold. Set them aside and take a fresh one.",
                 {{"barcode", display_gtin(scan.code)}, {"date", scan.expires->to_string()}}};
  }
  return {};
}

std::string decoded_json(std::string_view raw, Symbology symbology, const DecodeContext& context,
                         const RecalledBatches& recalled) {
  const auto as_value = [](const Error& error) {
    json::Value details = json::Value::object();
    for (const auto& [name, value] : error.details) details[name] = value;
    return json::Value{{"code", error.code}, {"message", error.message}, {"details", std::move(details)}};
  };
  const auto scan = decode(raw, symbology, context);
  if (!scan) return json::encode(json::Value{{"error", as_value(scan.error())}});
  auto out = json::to_value(*scan);
  if (const auto error = refusal(*scan, context.purpose, context.now, recalled)) out["refused"] = as_value(*error);
  return json::encode(out);
}

}  // namespace lanekeeper::barcode
