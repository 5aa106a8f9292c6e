#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "generators.h"
#include "journal/chain.h"

namespace lanekeeper::journal {
namespace {

SigningKey key() {
  samples::CountingRandom random;
  return SigningKey::generate(random);
}

Entry entry_of(std::string payload) {
  Hash previous{};
  previous.fill(7);
  return make_entry(3, 42, previous, std::move(payload), key());
}

RC_GTEST_PROP(ChainProperty, AnySingleFlippedBitIsFound, ()) {
  auto entry = entry_of(encode_sale(samples::finished_sale()));
  const auto flip = [](auto& bytes) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[at] = static_cast<std::decay_t<decltype(bytes[at])>>(bytes[at] ^ (1 << *rc::gen::inRange(0, 8)));
  };
  const auto bit = std::int64_t{1} << *rc::gen::inRange(0, 63);
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      entry.till ^= bit;
      break;
    case 1:
      entry.sequence ^= bit;
      break;
    case 2:
      flip(entry.previous);
      break;
    case 3:
      flip(entry.hash);
      break;
    case 4:
      flip(entry.signature);
      break;
    default:
      flip(entry.payload);
      break;
  }
  RC_ASSERT(!verify_entry(entry, key().public_key()));
}

// The most numerous kind of tampering, exhaustively.
TEST(ChainProperty, EveryByteOfThePayloadCounts) {
  const auto entry = entry_of(encode_sale(samples::finished_sale()));
  for (std::size_t i = 0; i < entry.payload.size(); ++i) {
    auto changed = entry;
    changed.payload[i] = static_cast<char>(changed.payload[i] ^ 0x20);
    ASSERT_NE(entry_hash(changed.till, changed.sequence, changed.previous, changed.payload), entry.hash) << i;
  }
}

RC_GTEST_PROP(PayloadProperty, AnyChangedByteIsAnotherSaleOrRefused, ()) {
  const auto sale = samples::finished_sale();
  auto payload = encode_sale(sale);
  const auto at = *rc::gen::inRange<std::size_t>(0, payload.size());
  const auto byte = *rc::gen::arbitrary<char>();
  RC_PRE(payload[at] != byte);
  payload[at] = byte;
  const auto decoded = decode_sale(payload);
  if (decoded) {
    RC_ASSERT(!(*decoded == sale));
    RC_ASSERT(encode_sale(*decoded) == payload);
  }
}

RC_GTEST_PROP(PayloadProperty, EverySaleRoundTrips, ()) {
  auto lines = *generators::basket_lines();
  lines.push_back(samples::line(static_cast<std::int64_t>(lines.size()) + 1, "1.00", "1"));
  auto sale = samples::finished_sale(samples::basket(lines), "92233720368547.00");
  sale.cashier_number = *generators::text();
  sale.completed_at = *generators::time();
  sale.business_date = *generators::date();
  RC_ASSERT(decode_sale(encode_sale(sale)).value() == sale);
}

RC_GTEST_PROP(SignatureProperty, HoldsForItsMessageOnly, ()) {
  const auto message = *generators::any_bytes();
  const auto other = *generators::any_bytes();
  const auto signature = key().sign(as_bytes(message));
  RC_ASSERT(verify(as_bytes(message), signature, key().public_key()));
  if (other != message) RC_ASSERT(!verify(as_bytes(other), signature, key().public_key()));
}

}  // namespace
}  // namespace lanekeeper::journal
