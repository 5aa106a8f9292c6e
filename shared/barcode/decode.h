// What a scanned code means: one pure function that the register, the price tool and the tests share, its rendering as
// JSON, and the rules that refuse a sale. docs/barcodes.md tells the order in which a code is tried and the JSON.
//
// Time, currency and what the code was held to the scanner for come in as arguments. No state; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "barcode/gs1_element.h"
#include "barcode/scan.h"
#include "barcode/wallet.h"
#include "base/error.h"
#include "base/json_codec.h"
#include "base/time.h"
#include "money/money.h"

namespace lanekeeper::barcode {

enum class Purpose {
  goods,    // on the sale screen
  payment,  // while a payment code is asked for
};

struct DecodeContext {
  std::vector<VariableMeasureLayout> layouts;
  ZonedTime now;  // of the store: its date decides about centuries and about what is past
  Purpose purpose = Purpose::goods;
  std::string currency = "CNY";  // of the store
  // GS1 wants some data to stand beside other data. True: what lacks its partner is an error. False: a warning, since
  // the partner may be printed in another barcode of the same goods.
  bool partners_required = true;
  int unit_price_decimals = 2;  // of AI 8005, which does not say itself: 0..4
};

struct DecodedElement {
  std::string ai;
  std::string title;  // of the standard: "USE BY or EXPIRY"
  std::string value;
  std::optional<std::string> number;  // where the identifier gives decimals: "0.195"
  std::optional<Date> date;           // where the data begins with a date
  bool operator==(const DecodedElement&) const = default;
};

struct Notice {  // something that a person should know; nothing is refused for it
  std::string code;
  std::string message;  // English
  bool operator==(const Notice&) const = default;
};

struct DecodedScan {
  enum class Kind {
    gtin,              // code = canonical 14 digits
    variable_measure,  // an in-store label: code = item digits as printed, amount and/or weight set
    gs1,               // an element string or Digital Link of goods: code = canonical 14 digits
    gs1_other,         // GS1 data of something else (a pallet, a coupon, a place): code = the first element's data
    short_code,        // code = 1..7 digits: PLU or item code
    receipt,           // code = the 16 digits that a receipt of ours carries
    payment_code,      // a customer's wallet code, wallet set; worth money for a minute, so never into a log
    other,             // code = as scanned
  };
  Kind kind = Kind::other;
  std::string code;
  std::string raw;  // as it came in, trimmed
  std::optional<Wallet> wallet;
  std::optional<Money> amount;           // what is to be paid for it: label, AI 392n, 393n
  std::optional<Quantity> weight;        // net, kg: label, AI 310n
  std::optional<std::int64_t> count;     // AI 30, 37
  std::optional<Money> unit_price;       // AI 395n, 8005: said, not charged
  std::optional<std::string> batch;      // AI 10
  std::optional<std::string> serial;     // AI 21
  std::optional<Date> produced;          // AI 11
  std::optional<Date> packed;            // AI 13
  std::optional<Date> best_before;       // AI 15
  std::optional<Date> sell_by;           // AI 16
  std::optional<Date> expires;           // last good day: AI 17, 7003
  std::optional<int> expires_minute;     // last good minute of that day: AI 7003
  std::vector<DecodedElement> elements;  // of gs1 and gs1_other, as scanned
  std::vector<Notice> warnings;
  bool operator==(const DecodedScan&) const = default;
};

// Errors: those of parse_scan (scan.h) but payment codes, which are a kind here; those of gs1_element.h and gs1_link.h;
// gs1.amount (other currency, more decimals than money has).
// `raw` may begin with an AIM symbology identifier ("]C1"), which then decides instead of `symbology`.
[[nodiscard]] Result<DecodedScan> decode(std::string_view raw, Symbology symbology, const DecodeContext& context);

// --- Refusal ---------------------------------------------------------------------------------------------------------

struct RecalledBatch {
  std::string gtin;   // canonical 14 digits
  std::string batch;  // empty: everything with this GTIN
  auto operator<=>(const RecalledBatch&) const = default;
};
using RecalledBatches = std::set<RecalledBatch>;

// The day (and minute) in the code has passed in the store. A best-before date never makes goods expired.
[[nodiscard]] bool is_expired(const DecodedScan& scan, const ZonedTime& now);
[[nodiscard]] bool is_recalled(const DecodedScan& scan, const RecalledBatches& recalled);

// Why this scan must not be taken: barcode.payment_code (while ringing), barcode.goods_at_payment, barcode.recalled,
// barcode.expired. nullopt: it may.
[[nodiscard]] std::optional<Error> refusal(const DecodedScan& scan, Purpose purpose, const ZonedTime& now,
                                           const RecalledBatches& recalled);

// --- JSON ------------------------------------------------------------------------------------------------------------

// Canonical: keys sorted, no blanks. A decoded code with "refused" beside it when it is refused, or {"error":{...}}.
[[nodiscard]] std::string decoded_json(std::string_view raw, Symbology symbology, const DecodeContext& context,
                                       const RecalledBatches& recalled = {});

template <class V>
void describe(V& visit, DecodedElement& element) {
  visit("ai", element.ai);
  visit("title", element.title);
  visit("value", element.value);
  visit("number", element.number);
  visit("date", element.date);
}
template <class V>
void describe(V& visit, Notice& notice) {
  visit("code", notice.code);
  visit("message", notice.message);
}
template <class V>
void describe(V& visit, DecodedScan& scan) {
  visit("kind", scan.kind);
  visit("code", scan.code);
  visit("raw", scan.raw);
  visit("wallet", scan.wallet);
  visit("amount", scan.amount);
  visit("weight", scan.weight);
  visit("count", scan.count);
  visit("unit_price", scan.unit_price);
  visit("batch", scan.batch);
  visit("serial", scan.serial);
  visit("produced", scan.produced);
  visit("packed", scan.packed);
  visit("best_before", scan.best_before);
  visit("sell_by", scan.sell_by);
  visit("expires", scan.expires);
  visit("expires_minute", scan.expires_minute);
  visit("elements", scan.elements);
  visit("warnings", scan.warnings);
}

}  // namespace lanekeeper::barcode

namespace lanekeeper::json {
template <>
struct EnumNames<barcode::DecodedScan::Kind> {
  using K = barcode::DecodedScan::Kind;
  static constexpr std::pair<K, std::string_view> names[] = {{K::gtin, "gtin"},
                                                             {K::variable_measure, "variable_measure"},
                                                             {K::gs1, "gs1"},
                                                             {K::gs1_other, "gs1_other"},
                                                             {K::short_code, "short_code"},
                                                             {K::receipt, "receipt"},
                                                             {K::payment_code, "payment_code"},
                                                             {K::other, "other"}};
};
}  // namespace lanekeeper::json
