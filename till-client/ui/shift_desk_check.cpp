// The shift's desk after the count: what is there against what should be, reasons, the signature, the end.

#include <algorithm>

#include "base/text.h"
#include "till_ui/shift_desk.h"

namespace lanekeeper::till::ui {

namespace {

constexpr std::int64_t guard_ms = 400;  // the key that submitted the count may still be down
constexpr std::size_t longest_reason = 80;
constexpr std::string_view reason_codes[] = {"change", "slip_lost", "wrong_tender", "other"};
static_assert(std::size(reason_codes) == ShiftDesk::difference_reasons);

}  // namespace

ShiftDesk::Verdict ShiftDesk::verdict_of(const ViewClose::Check& check) {
  if (check.difference.is_zero()) return Verdict::equal;
  if (check.check.reason && !check.check.reason->empty()) return Verdict::has_reason;
  return check.needs_reason ? Verdict::wants_reason : Verdict::within;
}

const ViewClose::Check* ShiftDesk::selected() const {
  if (!view_->close || draft_.check >= view_->close->checks.size()) return nullptr;
  return &view_->close->checks[draft_.check];
}

const ViewClose::Check* ShiftDesk::check_in_question() const {
  const auto* check = selected();
  if (check == nullptr) return nullptr;
  const Verdict verdict = verdict_of(*check);
  return verdict == Verdict::wants_reason || verdict == Verdict::has_reason ? check : nullptr;
}

std::size_t ShiftDesk::unexplained() const {
  if (!view_->close) return 0;
  const auto& checks = view_->close->checks;
  return static_cast<std::size_t>(std::count_if(checks.begin(), checks.end(), [](const ViewClose::Check& check) {
    return verdict_of(check) == Verdict::wants_reason;
  }));
}

Money ShiftDesk::left_behind() const {
  if (!view_->close) return {};
  return std::min(left_behind_.value_or(view_->close->usual_float), view_->close->counted);
}

void ShiftDesk::select_check(std::size_t index) {
  if (!view_->close || index >= view_->close->checks.size()) return;
  end_check_entry();
  draft_.check = index;
  draft_.reason = 0;
  notice_.reset();
}

void ShiftDesk::select_unexplained() {
  if (!view_->close) return;
  const auto& checks = view_->close->checks;
  const auto found = std::find_if(checks.begin(), checks.end(), [](const ViewClose::Check& check) {
    return verdict_of(check) == Verdict::wants_reason;
  });
  select_check(found == checks.end() ? 0 : static_cast<std::size_t>(found - checks.begin()));
}

void ShiftDesk::end_check_entry() {
  draft_.check_entry = CheckEntry::none;
  draft_.text.clear();
}

void ShiftDesk::type_at_check(char32_t character) {
  notice_.reset();
  switch (draft_.check_entry) {
    case CheckEntry::own_words:
      if (character >= 0x20 && character != 0x7F && draft_.text.size() < longest_reason) {
        draft_.text += to_utf8(std::u32string(1, character));
      }
      return;
    case CheckEntry::declared:
    case CheckEntry::left_behind:
      if (accepts_amount(character)) draft_.text += static_cast<char>(character);
      return;
    case CheckEntry::none:
      break;
  }
  if (check_in_question() != nullptr) {
    const int reason = static_cast<int>(character) - '0';
    if (reason >= 1 && reason <= difference_reasons) draft_.reason = reason;
    return;
  }
  if (!accepts_amount(character)) return;
  enter_at_check();
  if (draft_.check_entry == CheckEntry::declared) draft_.text += static_cast<char>(character);
}

void ShiftDesk::enter_at_check() {
  const auto* check = selected();
  if (check == nullptr) return;
  switch (draft_.check_entry) {
    case CheckEntry::own_words:
      (void)take_reason();
      return;
    case CheckEntry::left_behind: {
      const auto amount = Money::parse(draft_.text);
      const bool fits = amount && !amount->is_negative() && *amount <= view_->close->counted;
      if (!draft_.text.empty() && !fits) return remark(NoticeSign::info, "till.check.bad_left");
      if (fits) left_behind_ = *amount;
      return end_check_entry();
    }
    case CheckEntry::declared: {
      if (draft_.text.empty()) return end_check_entry();
      const auto amount = Money::parse(draft_.text);
      if (!amount) return remark(NoticeSign::info, "till.check.bad_amount");
      if (!declare({check->check.kind, check->check.method, *amount, std::nullopt})) return;
      return end_check_entry();
    }
    case CheckEntry::none:
      break;
  }
  if (draft_.reason > 0) {
    (void)take_reason();
  } else if (check->check.kind == sale::TenderKind::cash) {
    remark(NoticeSign::info, "till.check.cash_counted");
  } else {
    draft_.check_entry = CheckEntry::declared;
    draft_.text.clear();
  }
}

bool ShiftDesk::declare(const DeclareTender& what) {
  return run(what);
}

// The chosen reason goes to the selected row; the next row that lacks one is selected. false: something is missing.
bool ShiftDesk::take_reason() {
  const auto* check = check_in_question();
  if (check == nullptr || draft_.reason == 0) return true;
  std::string reason(reason_codes[draft_.reason - 1]);
  if (draft_.reason == difference_reasons) {
    if (draft_.check_entry != CheckEntry::own_words) {
      draft_.check_entry = CheckEntry::own_words;
      draft_.text.clear();
      return false;
    }
    reason = trim(draft_.text);
    if (reason.empty()) {
      remark(NoticeSign::info, "till.check.words_first");
      return false;
    }
  }
  if (!declare({check->check.kind, check->check.method, std::nullopt, reason})) return false;
  end_check_entry();
  draft_.reason = 0;
  if (unexplained() > 0) select_unexplained();
  return true;
}

void ShiftDesk::act_on_check(Action action) {
  switch (action) {
    case Action::previous_value:
      if (draft_.check > 0) select_check(draft_.check - 1);
      return;
    case Action::next_value:
      return select_check(draft_.check + 1);
    case Action::recount:
      end_check_entry();
      notice_.reset();
      draft_.sheet.fill(view_->close->counts);
      recounting_ = true;
      return;
    case Action::print_x:
      return print_x();
    case Action::keep_float:
      end_check_entry();
      notice_.reset();
      draft_.check_entry = CheckEntry::left_behind;
      return;
    case Action::other_page:
      other_page_ = !other_page_;
      return;
    case Action::sign_close:
    case Action::print_z:
      return close_now();
    case Action::cancel:
      if (notice_) {
        notice_.reset();
      } else if (draft_.check_entry != CheckEntry::none) {
        end_check_entry();
      } else if (other_page_) {
        other_page_ = false;
      } else {
        draft_.reason = 0;
      }
      return;
    default:
      return edit_text(action);
  }
}

void ShiftDesk::close_now() {
  if (hooks_.now_ms() - counted_at_ms_ < guard_ms) return;
  if (draft_.check_entry != CheckEntry::none) {
    enter_at_check();
    if (draft_.check_entry != CheckEntry::none || notice_) return;
  }
  if (!take_reason()) return;
  if (const std::size_t missing = unexplained(); missing > 0) {
    select_unexplained();
    return remark(NoticeSign::info, "till.check.reason_first", {{"count", std::to_string(missing)}});
  }
  const ViewClose& close = *view_->close;
  Closed closing{close.z_number, close.counted, left_behind(), {}, {}};
  if (!close.checks.empty()) closing.difference = close.checks.front().difference;
  if (view_->cashier) closing.cashier = view_->cashier->name;
  closing_ = closing;
  (void)run(CloseShift{left_behind()}, [this] { hooks_.sound(true); });
}

// ---- the end ----

void ShiftDesk::act_on_done(Action action) {
  if (action == Action::cancel) {
    closed_.reset();
    notice_.reset();
    return;
  }
  if (action != Action::reprint_z) return;
  const auto result = hooks_.reprint_z();
  if (!result) return complain(result.error());
  Notice notice{NoticeKind::notice, NoticeSign::printer, "till.caption.printer"};
  notice.note = {"till.shift.printing_z"};
  notice_ = std::move(notice);
}

}  // namespace lanekeeper::till::ui
