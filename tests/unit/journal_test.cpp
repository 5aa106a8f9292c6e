#include "journal/chain.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "base/system_random.h"
#include "samples.h"

namespace lanekeeper::journal {
namespace {

ByteView view_of(const auto& bytes) {
  return ByteView(bytes.data(), bytes.size());
}

template <std::size_t N>
std::array<unsigned char, N> array_of(std::string_view hex) {
  const auto bytes = from_hex(hex).value();
  std::array<unsigned char, N> out{};
  if (bytes.size() != N) throw std::logic_error("wrong length");
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

TEST(Sha256, AgreesWithTheStandard) {
  EXPECT_EQ(to_hex(view_of(sha256(as_bytes("abc")))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(view_of(sha256({}))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// RFC 8032 section 7.1, test 1.
TEST(SigningKey, AgreesWithTheStandard) {
  const auto seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").value();
  const auto key = SigningKey::from_seed(seed).value();
  EXPECT_EQ(to_hex(view_of(key.public_key())), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const auto signature = key.sign({});
  EXPECT_EQ(
      to_hex(view_of(signature)),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
      "24655141438e7a100b");
  EXPECT_TRUE(verify({}, signature, key.public_key()));
  EXPECT_FALSE(verify(as_bytes("x"), signature, key.public_key()));
  EXPECT_EQ(key.seed(), seed);
}

TEST(SigningKey, ComesFromRandomnessOrASeedOf32Bytes) {
  SystemRandom random;
  const auto a = SigningKey::generate(random);
  const auto b = SigningKey::generate(random);
  EXPECT_NE(a.public_key(), b.public_key());
  EXPECT_EQ(SigningKey::from_seed(a.seed()).value().public_key(), a.public_key());
  EXPECT_EQ(SigningKey::from_seed(Bytes(31, 0)).error().code, "journal.bad_key");
  EXPECT_EQ(SigningKey::from_seed({}).error().code, "journal.bad_key");
}

class Chain : public testing::Test {
 protected:
  Chain() {
    Hash previous{};
    for (std::int64_t sequence = 1; sequence <= 3; ++sequence) {
      entries.push_back(make_entry(3, sequence, previous, encode_sale(samples::finished_sale()), key));
      previous = entries.back().hash;
    }
  }
  samples::CountingRandom random;
  SigningKey key = SigningKey::generate(random);
  std::vector<Entry> entries;
};

TEST_F(Chain, EachEntryIsBoundToTheOneBefore) {
  for (const auto& entry : entries) EXPECT_TRUE(verify_entry(entry, key.public_key()));
  EXPECT_EQ(entries[1].previous, entries[0].hash);
  EXPECT_NE(entries[1].hash, entries[2].hash);  // the same payload, another place
}

TEST_F(Chain, AnyChangeIsFound) {
  const auto verdict = [&](const std::function<void(Entry&)>& change) {
    auto entry = entries[1];
    change(entry);
    const auto result = verify_entry(entry, key.public_key());
    return result ? "" : result.error().code;
  };
  EXPECT_EQ(verdict([](Entry& e) { e.till = 4; }), "journal.hash");
  EXPECT_EQ(verdict([](Entry& e) { e.sequence = 3; }), "journal.hash");
  EXPECT_EQ(verdict([](Entry& e) { e.previous[31] ^= 1; }), "journal.hash");
  EXPECT_EQ(verdict([](Entry& e) { e.payload.back() = ' '; }), "journal.hash");
  EXPECT_EQ(verdict([](Entry& e) { e.hash[0] ^= 1; }), "journal.hash");
  EXPECT_EQ(verdict([](Entry& e) { e.signature[0] ^= 1; }), "journal.signature");
  // Hashed anew, but not signed by the till.
  EXPECT_EQ(verdict([](Entry& e) {
              e.payload += " ";
              e.hash = entry_hash(e.till, e.sequence, e.previous, e.payload);
            }),
            "journal.signature");
  SystemRandom other;
  EXPECT_EQ(verify_entry(entries[1], SigningKey::generate(other).public_key()).error().code, "journal.signature");
}

TEST_F(Chain, TravelsAsJsonUnharmed) {
  EXPECT_EQ(json::decode<Entry>(json::encode(entries[2])).value(), entries[2]);
  EXPECT_EQ(json::decode<Hash>("\"00\"").error().code, "json.length");
  EXPECT_EQ(json::decode<Hash>("\"0x\"").error().code, "text.bad_hex");
}

TEST(SalePayload, RoundTrips) {
  const auto sale = samples::finished_sale();
  const auto payload = encode_sale(sale);
  EXPECT_TRUE(payload.starts_with(R"({"kind":"sale","sale":{"business_date":"2026-11-22",)"));
  EXPECT_EQ(decode_sale(payload).value(), sale);
}

TEST(SalePayload, ARefusedAgeIsInItAndMissingOtherwise) {
  auto sale = samples::finished_sale();
  EXPECT_EQ(encode_sale(sale).find("age_refusals"), std::string::npos);
  sale.age_refusals.emplace().push_back({17, "100017", "啤酒", 18, 7, samples::time_at("2026-11-22T10:00:09+08:00")});
  const auto payload = encode_sale(sale);
  EXPECT_TRUE(payload.starts_with(
      R"({"kind":"sale","sale":{"age_refusals":[{"item":17,"item_number":"100017","minimum_age":18,"name":"啤酒",)"
      R"("refused_at":"2026-11-22T10:00:09.000+08:00","refused_by":7}],"business_date":)"))
      << payload;
  EXPECT_EQ(decode_sale(payload).value(), sale);
}

TEST(SalePayload, OnlyTheCanonicalBytesCount) {
  const auto payload = encode_sale(samples::finished_sale());
  const auto replaced = [&](std::string_view from, std::string_view to) {
    auto text = payload;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  const auto code = [](std::string_view text) { return decode_sale(text).error().code; };
  EXPECT_EQ(code(payload + " "), "journal.not_canonical");
  EXPECT_EQ(code(replaced(R"("kind":"sale",)", R"("kind": "sale",)")), "journal.not_canonical");
  EXPECT_EQ(code(replaced(R"("currency":"CNY")", R"("currency":"CNY","currency":"CNY")")), "journal.not_canonical");
  EXPECT_EQ(code(replaced(R"("currency":"CNY")", R"("aaa":1,"currency":"CNY")")), "journal.not_canonical");
  EXPECT_EQ(code(replaced(R"("change":"6.35")", R"("change":"06.35")")), "journal.not_canonical");
  EXPECT_EQ(code(replaced(R"("sale":{)", R"("extra":1,"sale":{)")), "journal.not_canonical");
}

TEST(SalePayload, OtherTextIsRefusedByName) {
  const auto code = [](std::string_view text) { return decode_sale(text).error().code; };
  EXPECT_EQ(code(""), "json.malformed");
  EXPECT_EQ(code("[]"), "json.type");
  EXPECT_EQ(code("{}"), "json.missing");
  EXPECT_EQ(code(R"({"kind":"refund","refund":{}})"), "journal.unknown_kind");
  EXPECT_EQ(code(R"({"kind":7,"sale":{}})"), "journal.unknown_kind");
  EXPECT_EQ(code(R"({"kind":"sale"})"), "json.missing");
  const auto error = decode_sale(R"({"kind":"sale","sale":{"schema":1}})").error();
  EXPECT_EQ(error.code, "json.missing");
  EXPECT_EQ(error.details, (Error::Details{{"at", "sale.id"}}));
}

// The worked example of docs/protocol/journal.md: lines "name  value" in the block marked "example".
std::map<std::string, std::string> documented_example() {
  std::ifstream file(std::filesystem::path(LANEKEEPER_SOURCE_DIR) / "docs" / "protocol" / "journal.md");
  std::map<std::string, std::string> values;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      inside = line == "```example";
    } else if (inside) {
      std::istringstream words(line);
      std::string name;
      words >> name >> std::ws;
      std::getline(words, values[name]);
    }
  }
  return values;
}

TEST(JournalDocument, ItsExampleIsTrue) {
  auto example = documented_example();
  ASSERT_FALSE(example.empty());
  const auto key = SigningKey::from_seed(from_hex(example["seed"]).value()).value();
  EXPECT_EQ(to_hex(view_of(key.public_key())), example["public_key"]);
  const auto entry = make_entry(std::stoll(example["till"]), std::stoll(example["sequence"]),
                                array_of<32>(example["previous"]), example["payload"], key);
  EXPECT_EQ(to_hex(view_of(entry.hash)), example["hash"]);
  EXPECT_EQ(to_hex(view_of(entry.signature)), example["signature"]);
  const auto sale = decode_sale(example["payload"]);
  ASSERT_TRUE(sale) << sale.error().code;
  EXPECT_TRUE(sale::check_arithmetic(*sale));
}

}  // namespace
}  // namespace lanekeeper::journal
