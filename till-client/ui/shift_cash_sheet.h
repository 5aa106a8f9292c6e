// What is counted in the drawer: how many of each denomination. Pure; typed digits go to the selected row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "money/money.h"
#include "sale/control_transaction.h"

namespace lanekeeper::till::ui {

// What is counted at the close, largest first: of CNY the notes and coins in use, of others a common series.
[[nodiscard]] std::vector<Money> denominations_of(std::string_view currency);

class CashSheet {
 public:
  struct Row {
    Money denomination;
    std::string typed{};  // digits; empty: not counted yet (0 is a count)
    [[nodiscard]] std::optional<std::int64_t> count() const;
    [[nodiscard]] Money amount() const;  // zero when it is not counted
  };
  static constexpr std::size_t most_digits = 6;  // 999,999 of one denomination

  CashSheet() = default;
  explicit CashSheet(const std::vector<Money>& denominations);
  // What was counted before, to be corrected.
  void fill(const std::vector<sale::CashCount>& counts);
  void clear();

  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] std::size_t selected() const { return selected_; }
  void select(std::size_t index);
  void move(int step);  // stops at the ends
  // Enter: the next row, from the last one to the first that was left out; stays where everything is counted.
  void next();
  bool digit(char32_t digit);  // the first one after a row was selected replaces what stands there
  void backspace();
  void clear_row();

  [[nodiscard]] std::size_t missing() const;  // rows without a count
  [[nodiscard]] Money total() const;
  [[nodiscard]] std::vector<sale::CashCount> counts() const;  // of the counted rows

 private:
  std::vector<Row> rows_;
  std::size_t selected_ = 0;
  bool fresh_ = true;  // nothing was typed since this row was selected
};

}  // namespace lanekeeper::till::ui
