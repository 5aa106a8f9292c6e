// The till's journal: a gapless sequence of entries, each bound to the one before by SHA-256 and signed with the till's
// Ed25519 key. docs/protocol/journal.md states the bytes, so that anybody can verify a journal without this code.
//
//   hash(n)      = SHA-256( "LKJ1" || till as 8 bytes big endian || sequence as 8 bytes big endian || hash(n-1) ||
//                           payload bytes )                                    hash(0) = 32 zero bytes
//   signature(n) = Ed25519( "lanekeeper journal entry v1\0" || hash(n) )        RFC 8032
//
// The payload is the canonical JSON of an event, for a sale {"kind":"sale","sale":{...}}, for what
// else happens at the till {"control":{...},"kind":"control"}.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.h"
#include "base/ids.h"
#include "base/json_codec.h"
#include "base/text.h"
#include "sale/control_transaction.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::journal {

using Hash = std::array<unsigned char, 32>;
using Signature = std::array<unsigned char, 64>;
using PublicKey = std::array<unsigned char, 32>;

[[nodiscard]] Hash sha256(ByteView bytes);

struct Entry {
  std::int64_t till = 0;
  std::int64_t sequence = 0;  // 1.., gapless per till
  Hash previous{};
  Hash hash{};
  Signature signature{};
  std::string payload;  // canonical JSON, exactly these bytes
  bool operator==(const Entry&) const = default;
};
template <class V>
void describe(V& visit, Entry& e) {
  visit("till", e.till);
  visit("sequence", e.sequence);
  visit("previous", e.previous);
  visit("hash", e.hash);
  visit("signature", e.signature);
  visit("payload", e.payload);
}

// An Ed25519 key pair; the secret never leaves the object but by export (to the till's key file). Thread-safe to use.
class SigningKey {
 public:
  [[nodiscard]] static SigningKey generate(RandomSource& random);
  [[nodiscard]] static Result<SigningKey> from_seed(ByteView seed32);  // journal.bad_key
  [[nodiscard]] Bytes seed() const;                                    // 32 bytes
  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  [[nodiscard]] Signature sign(ByteView message) const;

 private:
  SigningKey() = default;
  std::array<unsigned char, 64> secret_{};
  PublicKey public_key_{};
};
[[nodiscard]] bool verify(ByteView message, const Signature& signature, const PublicKey& key);

[[nodiscard]] Hash entry_hash(std::int64_t till, std::int64_t sequence, const Hash& previous, std::string_view payload);
[[nodiscard]] Entry make_entry(std::int64_t till, std::int64_t sequence, const Hash& previous, std::string payload,
                               const SigningKey& key);
// journal.hash (the bytes are not what was hashed), journal.signature.
[[nodiscard]] Result<void> verify_entry(const Entry& entry, const PublicKey& key);

[[nodiscard]] std::string encode_sale(const sale::RetailTransaction& sale);
[[nodiscard]] std::string encode_control(const sale::ControlTransaction& control);
// journal.unknown_kind, or what json::decode says. A payload that decodes but is not canonical is
// journal.not_canonical.
[[nodiscard]] Result<sale::RetailTransaction> decode_sale(std::string_view payload);
[[nodiscard]] Result<sale::ControlTransaction> decode_control(std::string_view payload);
using Event = std::variant<sale::RetailTransaction, sale::ControlTransaction>;
[[nodiscard]] Result<Event> decode_event(std::string_view payload);

}  // namespace lanekeeper::journal

namespace lanekeeper::json {
template <std::size_t N>
struct Codec<std::array<unsigned char, N>> {
  static Value to(const std::array<unsigned char, N>& bytes) { return to_hex(ByteView(bytes.data(), N)); }
  static Result<std::array<unsigned char, N>> from(const Value& value) {
    if (!value.is_string()) return fail(detail::wrong_type("hexadecimal bytes"));
    auto bytes = from_hex(value.get_ref<const std::string&>());
    if (!bytes) return fail(std::move(bytes.error()));
    if (bytes->size() != N) return fail("json.length", "A byte string has the wrong length.");
    std::array<unsigned char, N> out;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
  }
};
}  // namespace lanekeeper::json
