#include "model/text_history.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace lanekeeper::office {
namespace {

struct Letter {
  std::size_t end = 0;  // in bytes, behind the letter; 0: the change is not one letter that was put in
  bool ends_word = false;
};

Letter letter_put_in(const std::string& before, const std::string& after) {
  if (after.size() <= before.size()) return {};
  const auto common = std::mismatch(before.begin(), before.end(), after.begin());
  const auto at = static_cast<std::size_t>(common.first - before.begin());
  const auto added = after.size() - before.size();
  if (before.compare(at, std::string::npos, after, at + added) != 0) return {};
  const auto letter = after.substr(at, added);
  if (to_utf32(letter).size() != 1) return {};
  return {at + added, letter == " " || letter == "\n"};
}

}  // namespace

void TextHistory::change(std::string text) {
  if (text == text_) return;
  const auto letter = letter_put_in(text_, text);
  const bool goes_on =
      letter.end != 0 && typed_to_ != 0 && !letter.ends_word && letter.end - (text.size() - text_.size()) == typed_to_;
  if (!goes_on) before_.push_back(text_);
  if (before_.size() > max_steps) before_.erase(before_.begin());
  after_.clear();
  typed_to_ = letter.end;
  text_ = std::move(text);
}

void TextHistory::undo() {
  if (before_.empty()) return;
  after_.push_back(std::exchange(text_, std::move(before_.back())));
  before_.pop_back();
  typed_to_ = 0;
}

void TextHistory::redo() {
  if (after_.empty()) return;
  before_.push_back(std::exchange(text_, std::move(after_.back())));
  after_.pop_back();
  typed_to_ = 0;
}

}  // namespace lanekeeper::office
