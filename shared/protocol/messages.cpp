#include "protocol/messages.h"

namespace lanekeeper::protocol {
namespace {

constexpr std::string_view acknowledgement_context{"lanekeeper journal ack v1\0", 26};

void append_big_endian(Bytes& out, std::int64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out += static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> shift);
  }
}

// These bytes are signed: they must not move when the enumeration grows.
unsigned char code_of(EntryOutcome outcome) {
  switch (outcome) {
    case EntryOutcome::stored:
      return 0;
    case EntryOutcome::duplicate:
      return 1;
    case EntryOutcome::conflict:
      return 2;
    case EntryOutcome::malformed:
      return 3;
  }
  throw Fault("protocol.outcome", "an outcome without a code");
}

}  // namespace

ErrorBody to_body(const Error& error) {
  ErrorBody body{error.code, error.message, json::Value::object()};
  for (const auto& [name, text] : error.details) body.details[name] = text;
  return body;
}

Error from_body(const ErrorBody& body) {
  Error error{body.code, body.message, {}};
  if (!body.details.is_object()) return error;
  for (const auto& [name, value] : body.details.items()) {
    error.details.emplace_back(name, value.is_string() ? value.get<std::string>() : json::encode(value));
  }
  return error;
}

Bytes acknowledgement_bytes(const JournalAck& ack, const std::vector<journal::Hash>& hashes) {
  if (hashes.size() != ack.results.size()) {
    throw Fault("protocol.acknowledgement", "an acknowledgement needs one hash for each result");
  }
  Bytes out(as_bytes(acknowledgement_context));
  append_big_endian(out, ack.till);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    append_big_endian(out, ack.results[i].sequence);
    out += code_of(ack.results[i].outcome);
    out.append(hashes[i].data(), hashes[i].size());
  }
  return out;
}

}  // namespace lanekeeper::protocol
