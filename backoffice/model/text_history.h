// What a long text was before, for undo and redo. Letters typed one after the other are taken back word by word.
#pragma once

#include <string>
#include <vector>

namespace lanekeeper::office {

class TextHistory {
 public:
  static constexpr std::size_t max_steps = 200;

  explicit TextHistory(std::string text = {}) : text_(std::move(text)) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  void change(std::string text);
  [[nodiscard]] bool can_undo() const { return !before_.empty(); }
  [[nodiscard]] bool can_redo() const { return !after_.empty(); }
  void undo();
  void redo();

 private:
  std::string text_;
  std::vector<std::string> before_;
  std::vector<std::string> after_;
  std::size_t typed_to_ = 0;  // where the last single letter was put in, behind it; 0: the last change was another
};

}  // namespace lanekeeper::office
