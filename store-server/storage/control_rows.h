// A control transaction and a shift as rows of the database: pure mappings, used when an entry is stored and again when
// the audit looks whether the rows are still those of the signed entries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "journal/chain.h"
#include "sale/control_transaction.h"
#include "sale/shift_totals.h"

namespace lanekeeper::storage {

// Amounts in hundredths, times in milliseconds, as in the tables.
struct ControlRow {
  std::string control_id_hex;
  std::string kind;
  std::optional<std::int64_t> shift;
  std::string business_date;
  std::int64_t at_ms = 0;
  std::int64_t at_offset_min = 0;
  std::int64_t cashier = 0;
  std::string cashier_number;  // at most 32 characters
  std::optional<std::int64_t> approver;
  std::int64_t amount = 0;
  std::string reason;         // at most 120 characters
  std::string basket_id_hex;  // empty: no basket
  std::optional<std::int64_t> basket_total;
  bool operator==(const ControlRow&) const = default;
};
[[nodiscard]] ControlRow row_of(const sale::ControlTransaction& control);

enum class ShiftState { open, agrees, differs, incomplete };

// What the entries of a shift have told so far.
struct ShiftRow {
  std::int64_t till = 0;
  std::int64_t number = 0;
  std::string business_date;                    // of the opening; without one, of the entry that came first
  std::optional<std::int64_t> opened_sequence;  // the first that opens it
  std::int64_t opened_ms = 0;
  std::int64_t opened_offset_min = 0;
  std::int64_t opened_by = 0;
  std::int64_t float_amount = 0;
  std::int64_t carried_over = 0;
  std::optional<std::int64_t> closed_sequence;  // the first that closes it
  std::int64_t closed_ms = 0;
  std::int64_t closed_offset_min = 0;
  std::int64_t closed_by = 0;
  std::int64_t sale_count = 0;
  std::int64_t return_count = 0;
  std::int64_t turnover = 0;
  std::int64_t cash_rounding = 0;
  std::int64_t expected_cash = 0;
  std::int64_t counted_cash = 0;
  std::int64_t difference = 0;
  std::int64_t left_in_drawer = 0;
  ShiftState state = ShiftState::open;
  std::optional<std::int64_t> found_turnover;
  std::optional<std::int64_t> found_cash;
  bool operator==(const ShiftRow&) const = default;
};

// Of several openings (closings) of the same number the one with the lowest sequence counts. Whether it did.
bool apply_opening(ShiftRow& row, std::int64_t sequence, const sale::ControlTransaction& control);
bool apply_closing(ShiftRow& row, std::int64_t sequence, const sale::ControlTransaction& control);

// Adds up a shift anew from the journal: entries in the order of their sequence numbers, from the one that opens it to
// the one that closes it. Holds one sum, however long the shift was.
class ShiftSum {
 public:
  explicit ShiftSum(std::int64_t number) : number_(number) {}

  // Entries of other shifts count only for completeness.
  void add(const journal::Event& event);

  // Sets state and what was found, once the closing was added. Returns where the Z differs first (with both values), if
  // it does and all entries are here.
  struct Difference {
    std::string at;
    std::string recorded;
    std::string found;
  };
  [[nodiscard]] std::optional<Difference> judge(ShiftRow& row) const;

 private:
  void add_up(const journal::Event& event);

  std::int64_t number_;
  std::int64_t entries_ = 0;
  bool impossible_ = false;  // an entry whose figures cannot be added
  sale::ShiftTotals totals_;
  std::optional<sale::ShiftTotals> recorded_;
  std::int64_t counts_ = 0;                        // of the cash; a till from before they were recorded has none
  std::optional<std::int64_t> recorded_recounts_;  // by its Z
};

// The shift that an entry belongs to.
[[nodiscard]] std::optional<std::int64_t> shift_of(const journal::Event& event);

}  // namespace lanekeeper::storage

namespace lanekeeper::json {
template <>
struct EnumNames<storage::ShiftState> {
  using S = storage::ShiftState;
  static constexpr std::pair<S, std::string_view> names[] = {
      {S::open, "open"}, {S::agrees, "agrees"}, {S::differs, "differs"}, {S::incomplete, "incomplete"}};
};
}  // namespace lanekeeper::json
