#include "cache/search_text.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "barcode/gtin.h"
#include "base/text.h"

namespace lanekeeper::till {

namespace {

// Outside anything that is typed: marks a head, and takes the place of ASCII signs, which FTS5 would cut at.
constexpr char32_t head_mark = 0xE001;
constexpr char32_t sign_base = 0xE100;
constexpr std::size_t head_lengths = 3;

// Separators inside the text that a match is tested against: what follows `field` may be matched from its beginning.
constexpr char field = '\n';
constexpr char other_field = '\r';

void append_utf8(std::string& out, char32_t c) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(c));
  out.append(bytes.data(), static_cast<std::size_t>(length));
}

char32_t fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0x3000 || c == 0xFEFF || c == 0xA0;
}

void append_normalised(std::string& out, std::string_view text) {
  bool blank = true;  // blanks in front are dropped
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  std::int32_t i = 0;
  while (i < length) {
    UChar32 read = 0;
    U8_NEXT_OR_FFFD(bytes, i, length, read);
    const auto c = static_cast<char32_t>(read);
    if (is_blank(c)) {
      if (!blank) out += ' ';
      blank = true;
      continue;
    }
    blank = false;
    const auto folded = fold(c);
    if (folded < 0x80) {
      out += static_cast<char>(folded);
    } else {
      append_utf8(out, folded);
    }
  }
  if (blank && !out.empty() && out.back() == ' ') out.pop_back();
}

bool is_wide(char32_t c) {
  return c >= 0x2E80;
}

char32_t as_token_character(char32_t c) {
  const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
  return letter_or_digit ? c : sign_base + c;
}

std::vector<std::string_view> split_blanks(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// Calls put(std::u32string_view) for each piece of a word that has no blanks in it. all_pairs: of letters, too.
template <class Put>
void for_each_gram(std::u32string_view word, bool all_pairs, Put&& put) {
  for (std::size_t at = 0; at < word.size(); ++at) {
    const bool wide = is_wide(word[at]);
    const bool wide_pair = at + 1 < word.size() && (wide || is_wide(word[at + 1]));
    const bool narrow_three = at + 2 < word.size() && !wide && !is_wide(word[at + 1]) && !is_wide(word[at + 2]);
    if (wide) put(word.substr(at, 1));
    if (wide_pair || (all_pairs && at + 1 < word.size())) put(word.substr(at, 2));
    if (narrow_three) put(word.substr(at, 3));
  }
}

class GramWriter {
 public:
  explicit GramWriter(std::string& out) : out_(out) {}

  void token(std::u32string_view gram, bool head = false) {
    if (!out_.empty()) out_ += ' ';
    if (head) append_utf8(out_, head_mark);
    for (const auto c : gram) append_utf8(out_, as_token_character(c));
  }
  void parts(std::string_view normalised, bool pairs = false) {
    for (const auto word : split_blanks(normalised)) {
      for_each_gram(to_utf32(word), pairs, [this](std::u32string_view gram) { token(gram); });
    }
  }
  void heads(std::string_view normalised) {
    const auto word = to_utf32(normalised.substr(0, normalised.find(' ')));
    for (std::size_t length = 1; length <= std::min(head_lengths, word.size()); ++length) {
      token(std::u32string_view(word).substr(0, length), true);
    }
  }

 private:
  std::string& out_;
};

// As people see and type it: without the zeros that fill a code up to 14 digits.
std::string_view without_leading_zeros(std::string_view code) {
  const auto first = code.find_first_not_of('0');
  return first == std::string_view::npos ? code : code.substr(first);
}

// Everything of an item that a word may occur in, each field behind its separator.
std::string matched_text(const catalogue::Item& item) {
  std::string text;
  const auto add = [&text](char separator, std::string_view part) {
    if (part.empty()) return;
    text += separator;
    append_normalised(text, part);
  };
  add(field, item.name);
  for (const auto word : split_blanks(item.mnemonic)) add(field, word);
  add(field, item.number);
  add(field, item.name_en);
  for (const auto& code : item.codes) add(field, without_leading_zeros(code.code));
  for (const auto& code : item.codes) add(other_field, code.code);
  add(other_field, item.spec);
  add(other_field, item.brand);
  return text;
}

void add_term(std::string& match, std::string_view token) {
  if (!match.empty()) match += " AND ";
  match += '"';
  match += token;
  match += '"';
}

void add_terms(std::string& match, std::string_view tokens) {
  for (const auto token : split_blanks(tokens)) {
    std::string quoted = "\"" + std::string(token) + "\"";
    if (match.find(quoted) == std::string::npos) add_term(match, token);
  }
}

// The pieces a word must have in the index wherever it occurs; empty when it is too short to have any.
std::string required_grams(std::string_view word) {
  std::string tokens;
  GramWriter writer(tokens);
  const auto characters = to_utf32(word);
  for_each_gram(characters, false, [&](std::u32string_view gram) {
    // A single wide character says nothing that its pairs do not say.
    if (gram.size() > 1 || characters.size() == 1) writer.token(gram);
  });
  return tokens;
}

// Two letters: the pair that only mnemonics have in the index.
std::string mnemonic_pair(std::string_view word) {
  std::string token;
  const auto characters = to_utf32(word);
  if (characters.size() == 2 && !is_wide(characters[0]) && !is_wide(characters[1])) GramWriter(token).token(characters);
  return token;
}

std::string head_of(std::u32string_view word) {
  std::string token;
  GramWriter(token).token(word.substr(0, std::min(head_lengths, word.size())), true);
  return token;
}

std::vector<std::string> keys_of(std::string_view typed) {
  std::vector<std::string> keys{std::string(typed)};
  if (const auto gtin = barcode::canonical_gtin(typed)) keys.push_back(*gtin);
  if (const auto upc_a = barcode::expand_upc_e(typed)) {
    if (const auto gtin = barcode::canonical_gtin(*upc_a)) keys.push_back(*gtin);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace

std::string normalise_search(std::string_view text) {
  std::string out;
  append_normalised(out, text);
  return out;
}

std::string search_grams(const catalogue::Item& item) {
  std::string tokens;
  tokens.reserve(256);
  GramWriter writer(tokens);
  const auto name = normalise_search(item.name);
  const auto number = normalise_search(item.number);
  const auto name_en = normalise_search(item.name_en);
  writer.heads(name);
  writer.parts(name);
  for (const auto word : split_blanks(item.mnemonic)) {
    const auto mnemonic = normalise_search(word);
    writer.heads(mnemonic);
    writer.parts(mnemonic, true);
  }
  writer.heads(number);
  writer.parts(number);
  writer.heads(name_en);
  writer.parts(name_en);
  for (const auto& code : item.codes) {
    writer.heads(normalise_search(without_leading_zeros(code.code)));
    writer.parts(normalise_search(code.code));
  }
  writer.parts(normalise_search(item.spec));
  writer.parts(normalise_search(item.brand));
  return tokens;
}

SearchQuery::SearchQuery(std::string_view text) {
  const auto normalised = normalise_search(text);
  for (const auto word : split_blanks(normalised)) words_.emplace_back(word);
  if (words_.empty()) return;
  if (words_.size() == 1) exact_keys_ = keys_of(trim(text));
  const auto first = to_utf32(words_.front());
  add_terms(beginning_match_, head_of(first));
  for (const auto& word : words_) {
    const auto grams = required_grams(word);
    add_terms(part_match_, grams);
    const bool head_says_all = &word == &words_.front() && first.size() <= head_lengths;
    if (!head_says_all) add_terms(beginning_match_, grams);
  }
  if (words_.size() == 1 && part_match_.empty()) add_terms(part_match_, mnemonic_pair(words_.front()));
}

SearchRank SearchQuery::rank(const catalogue::Item& item) const {
  for (const auto& key : exact_keys_) {
    if (item.number == key) return SearchRank::exact;
    for (const auto& code : item.codes) {
      if (code.code == key) return SearchRank::exact;
    }
  }
  const auto text = matched_text(item);
  for (const auto& word : words_) {
    if (text.find(word) == std::string::npos) return SearchRank::none;
  }
  const bool begins = text.find(field + words_.front()) != std::string::npos;
  return begins ? SearchRank::beginning : SearchRank::part;
}

}  // namespace lanekeeper::till
