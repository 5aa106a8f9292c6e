#include "till_ui/shift_desk.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace lanekeeper::till::ui {

namespace {

constexpr std::size_t longest_amount = 12;

bool beyond_the_sale(const RegisterView& view) {
  return view.state == RegisterState::idle || view.state == RegisterState::closing;
}

std::optional<CashMove> move_of(Action action) {
  switch (action) {
    case Action::cash_moves:
    case Action::pick_up:
      return CashMove::pick_up;
    case Action::add_change:
      return CashMove::add_change;
    case Action::paid_in:
      return CashMove::paid_in;
    case Action::paid_out:
      return CashMove::paid_out;
    case Action::no_sale:
      return CashMove::no_sale;
    default:
      return std::nullopt;
  }
}

}  // namespace

ShiftDesk::ShiftDesk(Hooks hooks)
    : hooks_(std::move(hooks)), view_(hooks_.view()), self_(std::make_shared<ShiftDesk*>(this)) {}

// ---- what shows ----

ShiftScreen ShiftDesk::screen() const {
  if (closed_) return ShiftScreen::done;
  if (view_->state == RegisterState::signed_out) return ShiftScreen::none;
  if (view_->close) return view_->close->is_counted && !recounting_ ? ShiftScreen::check : ShiftScreen::count;
  if (!beyond_the_sale(*view_)) return ShiftScreen::none;
  return view_->shift_needed ? ShiftScreen::open : asked_;
}

Place ShiftDesk::place() const {
  switch (screen()) {
    case ShiftScreen::move:
      return Place::cash_move;
    case ShiftScreen::report:
      return Place::shift_report;
    case ShiftScreen::count:
      return Place::shift_count;
    case ShiftScreen::check:
      return Place::shift_check;
    case ShiftScreen::done:
      return Place::shift_done;
    case ShiftScreen::none:
    case ShiftScreen::open:
      break;
  }
  return Place::shift_open;
}

bool ShiftDesk::holds_the_till() const {
  const ShiftScreen standing = screen();
  return standing == ShiftScreen::count || standing == ShiftScreen::check || standing == ShiftScreen::done ||
         (standing == ShiftScreen::open && view_->shift_needed);
}

std::optional<Money> ShiftDesk::opening_float() const {
  if (draft_.text.empty()) return view_->left_in_drawer.is_zero() ? view_->usual_float : view_->left_in_drawer;
  const auto typed_amount = Money::parse(draft_.text);
  if (!typed_amount || typed_amount->is_negative()) return std::nullopt;
  return *typed_amount;
}

// ---- talking to the lane ----

void ShiftDesk::changed() const {
  if (hooks_.changed) hooks_.changed();
}

bool ShiftDesk::run(const Command& command, std::function<void()> done) {
  notice_.reset();
  return hooks_.run(command, [weak = std::weak_ptr<ShiftDesk*>(self_), done = std::move(done)] {
    const auto desk = weak.lock();
    if (!desk) return;
    (*desk)->lane_changed();
    (*desk)->notice_.reset();
    if (done) done();
    (*desk)->changed();
  });
}

void ShiftDesk::complain(const Error& error) {
  notice_ = notice_for(error, false);
  hooks_.sound(false);
}

void ShiftDesk::remark(NoticeSign sign, std::string stem, i18n::Texts::Parameters parameters) {
  Notice notice{NoticeKind::attention, sign, "till.caption.not_now"};
  notice.title = {stem + ".title", parameters};
  notice.note = {stem + ".note", std::move(parameters)};
  notice_ = std::move(notice);
  hooks_.sound(false);
}

void ShiftDesk::lane_changed() {
  const ViewPtr before = view_;
  view_ = hooks_.view();
  if (view_->state == RegisterState::signed_out) {
    if (closing_ && before->close) {
      closed_ = closing_;
      notice_.reset();
    }
    closing_.reset();
    asked_ = ShiftScreen::none;
  } else {
    // Somebody has signed in: the paper of the last shift is done with.
    closed_.reset();
  }
  if (!view_->lines.empty()) asked_ = ShiftScreen::none;
  if (view_->close && !before->close) begin_count();
  if (!view_->close) recounting_ = false;
  if (view_->close && view_->close->is_counted && (!before->close || !before->close->is_counted)) begin_check();
  if (view_->close && draft_.check >= view_->close->checks.size()) draft_.check = 0;
}

// ---- coming and going ----

bool ShiftDesk::begin(Action action) {
  notice_.reset();
  other_page_ = false;
  switch (action) {
    case Action::open_shift:
      asked_ = ShiftScreen::open;
      break;
    case Action::shift_report:
      asked_ = ShiftScreen::report;
      break;
    case Action::close_shift:
      begin_close();
      return true;
    default:
      if (!move_of(action)) return false;
      asked_ = ShiftScreen::move;
      draft_.move = CashMoveForm(*move_of(action));
  }
  draft_.text.clear();
  changed();
  return true;
}

void ShiftDesk::signed_in() {
  lane_changed();
  if (std::exchange(close_after_sign_in_, false) && view_->shift) begin_close();
}

void ShiftDesk::begin_close() {
  hooks_.obstacles([weak = std::weak_ptr<ShiftDesk*>(self_)](const std::vector<Error>& obstacles) {
    const auto desk = weak.lock();
    if (!desk) return;
    (void)(*desk)->run(BeginClose{obstacles});
    (*desk)->changed();
  });
}

void ShiftDesk::begin_count() {
  draft_.sheet = CashSheet(denominations_of(hooks_.currency()));
  draft_.sheet.fill(view_->close->counts);
  left_behind_.reset();
  recounting_ = false;
  other_page_ = false;
  notice_.reset();
}

void ShiftDesk::begin_check() {
  end_check_entry();
  recounting_ = false;
  other_page_ = false;
  counted_at_ms_ = hooks_.now_ms();
  select_unexplained();
}

void ShiftDesk::leave() {
  asked_ = ShiftScreen::none;
  draft_.text.clear();
  notice_.reset();
}

bool ShiftDesk::give_way_to_scan() {
  if (!holds_the_till()) {
    leave();
    return true;
  }
  remark(NoticeSign::info, screen() == ShiftScreen::open ? "till.shift.scan_closed" : "till.shift.scan_closing");
  changed();
  return false;
}

// ---- input ----

void ShiftDesk::restore_draft() {
  draft_ = saved_draft_;
}

bool ShiftDesk::accepts_amount(char32_t character) const {
  const bool point = character == '.' && draft_.text.find('.') == std::string::npos;
  return ((character >= '0' && character <= '9') || point) && draft_.text.size() < longest_amount;
}

void ShiftDesk::character(char32_t character) {
  switch (screen()) {
    case ShiftScreen::open:
      if (accepts_amount(character)) draft_.text += static_cast<char>(character);
      break;
    case ShiftScreen::move:
      if (draft_.move.character(character)) notice_.reset();
      break;
    case ShiftScreen::count:
      if (!other_page_ && draft_.sheet.digit(character)) notice_.reset();
      break;
    case ShiftScreen::check:
      type_at_check(character);
      break;
    default:
      break;
  }
  changed();
}

void ShiftDesk::enter() {
  switch (screen()) {
    case ShiftScreen::open:
      open_now();
      break;
    case ShiftScreen::move:
      if (!draft_.move.next()) {
        remark(NoticeSign::info,
               draft_.move.step() == CashMoveForm::Step::amount ? "till.move.amount_first" : "till.move.reason_first");
      } else if (draft_.move.complete()) {
        finish_move();
      }
      break;
    case ShiftScreen::count:
      draft_.sheet.next();
      break;
    case ShiftScreen::check:
      enter_at_check();
      break;
    case ShiftScreen::done:
      act_on_done(Action::cancel);
      break;
    case ShiftScreen::none:
    case ShiftScreen::report:
      break;
  }
  changed();
}

void ShiftDesk::act(Action action) {
  if (action == Action::confirm) return enter();
  switch (screen()) {
    case ShiftScreen::open:
      act_on_open(action);
      break;
    case ShiftScreen::move:
      act_on_move(action);
      break;
    case ShiftScreen::report:
      act_on_report(action);
      break;
    case ShiftScreen::count:
      act_on_count(action);
      break;
    case ShiftScreen::check:
      act_on_check(action);
      break;
    case ShiftScreen::done:
      act_on_done(action);
      break;
    case ShiftScreen::none:
      break;
  }
  changed();
}

void ShiftDesk::choose_reason(int reason) {
  if (screen() == ShiftScreen::move) draft_.move.choose_reason(reason);
  if (screen() == ShiftScreen::check) type_at_check(static_cast<char32_t>('0' + reason));
  notice_.reset();
  changed();
}

void ShiftDesk::choose_row(std::size_t index) {
  if (screen() == ShiftScreen::count) draft_.sheet.select(index);
  if (screen() == ShiftScreen::check) {
    // A second press opens the sum for correction.
    if (draft_.check == index && draft_.check_entry == CheckEntry::none) {
      enter_at_check();
    } else {
      select_check(index);
    }
  }
  changed();
}

void ShiftDesk::edit_text(Action action) {
  if (action == Action::clear) draft_.text.clear();
  if (action != Action::backspace || draft_.text.empty()) return;
  std::u32string text = to_utf32(draft_.text);
  text.pop_back();
  draft_.text = to_utf8(text);
}

// ---- opening ----

void ShiftDesk::act_on_open(Action action) {
  if (action != Action::cancel) return edit_text(action);
  if (notice_) {
    notice_.reset();
  } else if (!draft_.text.empty()) {
    draft_.text.clear();
  } else if (view_->shift_needed) {
    (void)run(SignOut{});
  } else {
    leave();
  }
}

void ShiftDesk::open_now() {
  const auto amount = opening_float();
  if (!amount) return remark(NoticeSign::info, "till.shift.bad_float");
  (void)run(OpenShift{*amount}, [this] {
    hooks_.sound(true);
    leave();
  });
}

// ---- cash movements ----

void ShiftDesk::act_on_move(Action action) {
  if (action == Action::backspace) return draft_.move.backspace();
  if (action == Action::clear) return draft_.move.clear();
  if (action == Action::finish_move) {
    if (draft_.move.complete()) return finish_move();
    return enter();
  }
  if (action == Action::cancel) {
    const bool said = notice_.has_value();
    notice_.reset();
    if (!said && !draft_.move.back()) leave();
    return;
  }
  if (const auto kind = move_of(action)) {
    notice_.reset();
    draft_.move = CashMoveForm(*kind);
  }
}

void ShiftDesk::finish_move() {
  (void)run(draft_.move.command(), [this] { moved(); });
}

void ShiftDesk::moved() {
  Notice notice{NoticeKind::notice, NoticeSign::check, "till.caption.cash"};
  const bool drawer_only = draft_.move.move() == CashMove::no_sale;
  const Money amount = draft_.move.amount().value_or(Money());
  notice.title = {drawer_only ? "till.move.opened.title" : "till.move.done.title", {{"amount", amount.to_string()}}};
  constexpr std::string_view kinds[] = {"pick_up", "add_change", "paid_in", "paid_out", "no_sale"};
  const auto kind = std::string(kinds[static_cast<std::size_t>(draft_.move.move())]);
  notice.title.keyed = {{"kind", "till.action." + kind}};
  notice.note = {"till.move.done." + kind};
  notice.keys = {dismiss_key()};
  draft_.move = CashMoveForm();
  leave();
  hooks_.sound(true);
  hooks_.say(std::move(notice));
}

// ---- X ----

void ShiftDesk::act_on_report(Action action) {
  if (action == Action::print_x) return print_x();
  if (action != Action::cancel) return;
  if (notice_) {
    notice_.reset();
  } else {
    leave();
  }
}

void ShiftDesk::print_x() {
  const auto result = hooks_.print_x();
  lane_changed();
  if (!result) return complain(result.error());
  Notice notice{NoticeKind::notice, NoticeSign::printer, "till.caption.printer"};
  notice.note = {"till.shift.printing_x"};
  notice_ = std::move(notice);
}

// ---- the count ----

void ShiftDesk::act_on_count(Action action) {
  switch (action) {
    case Action::previous_value:
      return draft_.sheet.move(-1);
    case Action::next_value:
      return draft_.sheet.move(1);
    case Action::backspace:
      return draft_.sheet.backspace();
    case Action::clear:
      return draft_.sheet.clear_row();
    case Action::recount:
      notice_.reset();
      return draft_.sheet.clear();
    case Action::print_x:
      return print_x();
    case Action::other_page:
      other_page_ = !other_page_;
      return;
    case Action::submit_count:
      return submit_count();
    case Action::cancel:
      if (notice_) {
        notice_.reset();
      } else if (other_page_) {
        other_page_ = false;
      } else if (recounting_) {
        recounting_ = false;
      } else {
        (void)run(CancelClose{});
      }
      return;
    default:
      return;
  }
}

void ShiftDesk::submit_count() {
  if (const std::size_t missing = draft_.sheet.missing(); missing > 0) {
    other_page_ = false;
    while (draft_.sheet.rows()[draft_.sheet.selected()].count()) draft_.sheet.next();
    return remark(NoticeSign::info, "till.count.missing", {{"count", std::to_string(missing)}});
  }
  // While this runs the view comes back with what should be there.
  const bool again = recounting_;
  (void)run(CountCash{draft_.sheet.counts()}, [this, again] {
    hooks_.sound(true);
    if (again) begin_check();
  });
}

}  // namespace lanekeeper::till::ui
