#include "till_ui/cash_move_form.h"

#include "base/text.h"

namespace lanekeeper::till::ui {

namespace {

constexpr std::string_view paid_in_reasons[] = {"deposit", "advance_back", "debt_paid", "other"};
constexpr std::string_view paid_out_reasons[] = {"supplies",    "delivery",     "supplier", "deposit_back",
                                                 "counterfeit", "foreign_note", "other"};
constexpr std::string_view no_sale_reasons[] = {"change", "check", "drawer_test", "other"};

CashMoveForm::Step first_step(CashMove move) {
  return move == CashMove::no_sale ? CashMoveForm::Step::reason : CashMoveForm::Step::amount;
}

sale::ControlKind kind_of(CashMove move) {
  switch (move) {
    case CashMove::pick_up:
      return sale::ControlKind::pick_up;
    case CashMove::add_change:
      return sale::ControlKind::loan;
    case CashMove::paid_in:
      return sale::ControlKind::paid_in;
    case CashMove::paid_out:
      return sale::ControlKind::paid_out;
    case CashMove::no_sale:
      break;
  }
  return sale::ControlKind::no_sale;
}

}  // namespace

CashMoveForm::CashMoveForm(CashMove move) : move_(move), step_(first_step(move)) {}

std::span<const std::string_view> CashMoveForm::reasons() const {
  switch (move_) {
    case CashMove::paid_in:
      return paid_in_reasons;
    case CashMove::paid_out:
      return paid_out_reasons;
    case CashMove::no_sale:
      return no_sale_reasons;
    case CashMove::pick_up:
    case CashMove::add_change:
      break;
  }
  return {};
}

std::optional<Money> CashMoveForm::amount() const {
  const auto parsed = Money::parse(amount_);
  if (!parsed || *parsed <= Money()) return std::nullopt;
  return *parsed;
}

bool CashMoveForm::own_words() const {
  return reason_ > 0 && static_cast<std::size_t>(reason_) == reasons().size();
}

bool CashMoveForm::character(char32_t character) {
  const bool digit = character >= '0' && character <= '9';
  switch (step_) {
    case Step::amount: {
      const bool point = character == '.' && amount_.find('.') == std::string::npos;
      if ((!digit && !point) || amount_.size() >= longest_amount) return false;
      amount_ += static_cast<char>(character);
      return true;
    }
    case Step::reason:
      if (!digit) return false;
      choose_reason(static_cast<int>(character) - '0');
      return true;
    case Step::note:
      if (character < 0x20 || character == 0x7F || note_.size() >= longest_note) return false;
      note_ += to_utf8(std::u32string(1, character));
      return true;
  }
  return false;
}

void CashMoveForm::backspace() {
  if (step_ == Step::amount && !amount_.empty()) amount_.pop_back();
  if (step_ == Step::note && !note_.empty()) {
    std::u32string text = to_utf32(note_);
    text.pop_back();
    note_ = to_utf8(text);
  }
  if (step_ == Step::reason) reason_ = 0;
}

void CashMoveForm::clear() {
  if (step_ == Step::amount) amount_.clear();
  if (step_ == Step::note) note_.clear();
  if (step_ == Step::reason) reason_ = 0;
}

void CashMoveForm::choose_reason(int reason) {
  if (reason < 1 || static_cast<std::size_t>(reason) > reasons().size()) return;
  reason_ = reason;
}

bool CashMoveForm::next() {
  switch (step_) {
    case Step::amount:
      if (!amount()) return false;
      if (!reasons().empty()) step_ = Step::reason;
      return true;
    case Step::reason:
      if (reason_ == 0) return false;
      if (own_words()) step_ = Step::note;
      return true;
    case Step::note:
      return !trim(note_).empty();
  }
  return false;
}

bool CashMoveForm::back() {
  switch (step_) {
    case Step::note:
      step_ = Step::reason;
      return true;
    case Step::reason:
      if (!needs_amount()) break;
      step_ = Step::amount;
      return true;
    case Step::amount:
      if (amount_.empty()) break;
      amount_.clear();
      return true;
  }
  return false;
}

bool CashMoveForm::complete() const {
  if (needs_amount() && !amount()) return false;
  if (reasons().empty()) return true;
  return reason_ > 0 && (!own_words() || !trim(note_).empty());
}

Command CashMoveForm::command() const {
  std::string reason;
  if (reason_ > 0) {
    reason = own_words() ? std::string(trim(note_)) : std::string(reasons()[static_cast<std::size_t>(reason_ - 1)]);
  }
  if (move_ == CashMove::no_sale) return NoSale{reason};
  return MoveCash{kind_of(move_), amount().value_or(Money()), reason, {}};
}

}  // namespace lanekeeper::till::ui
