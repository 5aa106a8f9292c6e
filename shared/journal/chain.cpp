#include "journal/chain.h"

#include <algorithm>
#include <cstring>

#include <sodium.h>

namespace lanekeeper::journal {
namespace {

constexpr std::string_view hash_context = "LKJ1";
constexpr std::string_view signature_context{"lanekeeper journal entry v1\0", 28};
constexpr std::string_view sale_kind = "sale";
constexpr std::string_view control_kind = "control";

static_assert(crypto_hash_sha256_BYTES == std::tuple_size_v<Hash>);
static_assert(crypto_sign_BYTES == std::tuple_size_v<Signature>);
static_assert(crypto_sign_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);

void require_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw Fault("crypto.unavailable", "libsodium cannot be initialised");
}

std::array<unsigned char, 8> big_endian(std::int64_t value) {
  std::array<unsigned char, 8> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (56 - 8 * i));
  }
  return out;
}

Bytes signed_bytes(const Hash& hash) {
  Bytes message(as_bytes(signature_context));
  message.append(hash.data(), hash.size());
  return message;
}

// The value under the entry's kind. Kinds are called like the member that holds it.
Result<json::Value> content(std::string_view payload, std::initializer_list<std::string_view> kinds,
                            std::string_view& found) {
  auto event = json::parse(payload);
  if (!event) return fail(event.error());
  if (!event->is_object()) return fail(json::detail::wrong_type("object"));
  const auto kind = event->find("kind");
  if (kind == event->end()) return fail("json.missing", "A required member is missing.", {{"at", "kind"}});
  for (const auto known : kinds) {
    if (*kind != known) continue;
    const auto value = event->find(known);
    if (value == event->end()) {
      return fail("json.missing", "A required member is missing.", {{"at", std::string(known)}});
    }
    found = known;
    return *value;
  }
  return fail("journal.unknown_kind", "The journal entry is of a kind that this version does not know. Update first.",
              {{"kind", kind->is_string() ? kind->get<std::string>() : kind->dump()}});
}

template <class T>
Result<T> decode_content(const json::Value& value, std::string_view kind, std::string_view payload,
                         std::string (*encode)(const T&)) {
  auto decoded = json::from_value<T>(value);
  if (!decoded) return fail(json::detail::at(std::move(decoded.error()), kind));
  if (encode(*decoded) != payload) {
    return fail("journal.not_canonical", "The journal entry is readable but not written in the one canonical way.");
  }
  return decoded;
}

}  // namespace

Hash sha256(ByteView bytes) {
  require_sodium();
  Hash hash;
  crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
  return hash;
}

SigningKey SigningKey::generate(RandomSource& random) {
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
  random.fill(seed);
  auto key = from_seed(ByteView(seed.data(), seed.size()));
  sodium_memzero(seed.data(), seed.size());
  return *key;
}

Result<SigningKey> SigningKey::from_seed(ByteView seed32) {
  require_sodium();
  if (seed32.size() != crypto_sign_SEEDBYTES) {
    return fail("journal.bad_key", "The signing key is damaged: 32 bytes are expected. Enrol the device again.");
  }
  SigningKey key;
  crypto_sign_seed_keypair(key.public_key_.data(), key.secret_.data(), seed32.data());
  return key;
}

Bytes SigningKey::seed() const {
  Bytes seed(crypto_sign_SEEDBYTES, 0);
  crypto_sign_ed25519_sk_to_seed(seed.data(), secret_.data());
  return seed;
}

Signature SigningKey::sign(ByteView message) const {
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data());
  return signature;
}

bool verify(ByteView message, const Signature& signature, const PublicKey& key) {
  require_sodium();
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

Hash entry_hash(std::int64_t till, std::int64_t sequence, const Hash& previous, std::string_view payload) {
  require_sodium();
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  const auto add = [&](ByteView bytes) { crypto_hash_sha256_update(&state, bytes.data(), bytes.size()); };
  const auto till_bytes = big_endian(till);
  const auto sequence_bytes = big_endian(sequence);
  add(as_bytes(hash_context));
  add(ByteView(till_bytes.data(), till_bytes.size()));
  add(ByteView(sequence_bytes.data(), sequence_bytes.size()));
  add(ByteView(previous.data(), previous.size()));
  add(as_bytes(payload));
  Hash hash;
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

Entry make_entry(std::int64_t till, std::int64_t sequence, const Hash& previous, std::string payload,
                 const SigningKey& key) {
  Entry entry;
  entry.till = till;
  entry.sequence = sequence;
  entry.previous = previous;
  entry.hash = entry_hash(till, sequence, previous, payload);
  entry.signature = key.sign(signed_bytes(entry.hash));
  entry.payload = std::move(payload);
  return entry;
}

Result<void> verify_entry(const Entry& entry, const PublicKey& key) {
  const Error::Details details{{"till", std::to_string(entry.till)}, {"sequence", std::to_string(entry.sequence)}};
  if (entry_hash(entry.till, entry.sequence, entry.previous, entry.payload) != entry.hash) {
    return fail("journal.hash",
                "The journal entry is not what was hashed: bytes were changed. Keep it and look into it.", details);
  }
  if (!verify(signed_bytes(entry.hash), entry.signature, key)) {
    return fail("journal.signature", "The journal entry was not signed by this till. Keep it and look into it.",
                details);
  }
  return {};
}

std::string encode_sale(const sale::RetailTransaction& sale) {
  return R"({"kind":"sale","sale":)" + json::encode(sale) + '}';
}

std::string encode_control(const sale::ControlTransaction& control) {
  return R"({"control":)" + json::encode(control) + R"(,"kind":"control"})";
}

Result<sale::RetailTransaction> decode_sale(std::string_view payload) {
  std::string_view kind;
  const auto value = content(payload, {sale_kind}, kind);
  if (!value) return fail(value.error());
  return decode_content(*value, kind, payload, &encode_sale);
}

Result<sale::ControlTransaction> decode_control(std::string_view payload) {
  std::string_view kind;
  const auto value = content(payload, {control_kind}, kind);
  if (!value) return fail(value.error());
  return decode_content(*value, kind, payload, &encode_control);
}

Result<Event> decode_event(std::string_view payload) {
  std::string_view kind;
  const auto value = content(payload, {sale_kind, control_kind}, kind);
  if (!value) return fail(value.error());
  if (kind == control_kind) return decode_content(*value, kind, payload, &encode_control);
  return decode_content(*value, kind, payload, &encode_sale);
}

}  // namespace lanekeeper::journal
