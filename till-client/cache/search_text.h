// What a search compares: text made equal for people, cut into the small pieces (grams) that the index holds, and the
// test whether an item really matches. Pure. Private to this room.
//
// Pieces: every character in wide script (Chinese and the like) and every pair that has one, every three characters of
// anything else, every two of a mnemonic, and the first one, two and three characters of name, mnemonics, number and
// codes ("heads"). A part must therefore have a wide character, three others, or two letters of a mnemonic; anything
// shorter is found at the beginning only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalogue/item.h"

namespace lanekeeper::till {

// Lower case, fullwidth forms as ASCII, every run of white space as one blank.
[[nodiscard]] std::string normalise_search(std::string_view text);

// The pieces of an item as FTS5 takes them: separated by blanks.
[[nodiscard]] std::string search_grams(const catalogue::Item& item);

enum class SearchRank { none, part, beginning, exact };

class SearchQuery {
 public:
  explicit SearchQuery(std::string_view text);

  [[nodiscard]] bool empty() const { return words_.empty(); }
  // Codes and numbers that the whole text may stand for.
  [[nodiscard]] const std::vector<std::string>& exact_keys() const { return exact_keys_; }
  // MATCH expressions; empty when this kind of match needs a longer text.
  [[nodiscard]] const std::string& beginning_match() const { return beginning_match_; }
  [[nodiscard]] const std::string& part_match() const { return part_match_; }
  // How the item answers: every word must occur; the first word decides the rank.
  [[nodiscard]] SearchRank rank(const catalogue::Item& item) const;

 private:
  std::vector<std::string> words_;
  std::vector<std::string> exact_keys_;
  std::string beginning_match_;
  std::string part_match_;
};

}  // namespace lanekeeper::till
