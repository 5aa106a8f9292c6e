// Cash that comes and goes besides sales, as it is typed: what kind, how much, why. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "register/commands.h"

namespace lanekeeper::till::ui {

enum class CashMove { pick_up, add_change, paid_in, paid_out, no_sale };

class CashMoveForm {
 public:
  enum class Step {
    amount,
    reason,  // one of a few, by its digit
    note,    // the reason in the cashier's own words
  };
  static constexpr std::size_t longest_amount = 12;
  static constexpr std::size_t longest_note = 80;  // bytes

  explicit CashMoveForm(CashMove move = CashMove::pick_up);

  [[nodiscard]] CashMove move() const { return move_; }
  [[nodiscard]] Step step() const { return step_; }
  [[nodiscard]] const std::string& amount_text() const { return amount_; }
  [[nodiscard]] const std::string& note() const { return note_; }
  [[nodiscard]] int reason() const { return reason_; }  // 1..; 0: none chosen
  // Codes of the reasons that can be chosen; the last one is "other", which is typed. Empty: none is asked for.
  [[nodiscard]] std::span<const std::string_view> reasons() const;
  [[nodiscard]] bool needs_amount() const { return move_ != CashMove::no_sale; }
  [[nodiscard]] std::optional<Money> amount() const;  // above zero

  bool character(char32_t character);  // false: it means nothing here
  void backspace();
  void clear();
  void choose_reason(int reason);
  // One step on; false where something is missing.
  bool next();
  // One step back; false at the first one with nothing typed.
  bool back();
  [[nodiscard]] bool complete() const;
  [[nodiscard]] Command command() const;  // of a complete form

 private:
  [[nodiscard]] bool own_words() const;

  CashMove move_;
  Step step_;
  std::string amount_;
  int reason_ = 0;
  std::string note_;
};

}  // namespace lanekeeper::till::ui
