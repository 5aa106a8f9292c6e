// The desk while goods come back.

#include <algorithm>

#include "register/entry_text.h"
#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

namespace {

constexpr int page_step = 5;
constexpr Quantity one_piece = Quantity::of_units(1);

// A till keeps GTINs with fourteen digits, a scanner sends as many as are printed.
std::string_view without_leading_zeros(std::string_view code) {
  const auto first = code.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view() : code.substr(first);
}

bool by_weight(const ViewReturn::Line& line) {
  return line.unit == catalogue::UnitOfMeasure::kilogram || !line.sold.is_whole();
}

}  // namespace

const ViewReturn::Line* Desk::sold_line(std::int64_t line) const {
  if (!view_->returning) return nullptr;
  const auto& lines = view_->returning->lines;
  const auto found = std::find_if(lines.begin(), lines.end(), [line](const auto& one) { return one.line == line; });
  return found == lines.end() ? nullptr : &*found;
}

Desk::Returned Desk::returned(std::int64_t line) const {
  Returned sum;
  for (const ViewLine& one : view_->lines) {
    if (one.voided || one.returned_line != line) continue;
    sum.quantity = sum.quantity - one.quantity;
    sum.amount = sum.amount - one.net;
  }
  return sum;
}

void Desk::begin_receipt() {
  if (waits()) return;
  begin_task(Task::receipt);
  returned_to_ = sale::ReturnedTo::stock;
}

// By value: what was typed is cleared before it is asked for.
void Desk::ask_for_receipt(std::string receipt) {
  if (receipt.empty() || !asking_.empty()) return;
  draft_ = {};
  local_notice_.reset();
  asking_ = "till.asking.receipt";
  till_.lane().begin_return(receipt, [weak = std::weak_ptr<Desk*>(self_)](const Result<void>& result) {
    if (const auto desk = weak.lock()) (*desk)->answered(result, Task::receipt);
  });
}

void Desk::choose_first_left() {
  if (!view_->returning) return;
  const auto& lines = view_->returning->lines;
  const auto first = std::find_if(lines.begin(), lines.end(), [](const auto& line) { return line.left > Quantity(); });
  return_line_ = first == lines.end() ? 0 : first->line;
}

void Desk::act_on_return(Action action) {
  const auto rows = action_table();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ActionRow& candidate) {
    return candidate.place == Place::returns && candidate.action == action;
  });
  if (row != rows.end()) {
    if (const auto reason = hindrance(*row); !reason.empty()) return refuse(*row, reason);
  }
  switch (action) {
    case Action::cancel:
      if (local_notice_) {
        local_notice_.reset();
      } else if (shown_message() != nullptr) {
        run(Dismiss{});
      } else if (!draft_.text.empty()) {
        draft_ = {};
      } else {
        leave_returns();
      }
      return;
    case Action::leave_returns:
      return leave_empty_returns();
    case Action::other_receipt:
      if (view_->line_count > 0) return leave_returns();
      leave_empty_returns();
      return begin_receipt();
    case Action::return_all:
      return give_back_all();
    case Action::blind_return:
      if (view_->line_count > 0) return leave_returns();
      leave_empty_returns();
      return blind_return_.begin();
    case Action::exchange:
      return exchange();
    case Action::keep_line:
      return keep_return_line(return_line_);
    case Action::to_stock:
    case Action::to_waste:
      returned_to_ = action == Action::to_stock ? sale::ReturnedTo::stock : sale::ReturnedTo::waste;
      return;
    case Action::refund:
      if (!draft_.text.empty()) return enter_return();
      run(BeginTender{});
      return;
    case Action::line_up:
    case Action::line_down:
    case Action::page_up:
    case Action::page_down: {
      const bool page = action == Action::page_up || action == Action::page_down;
      const bool up = action == Action::line_up || action == Action::page_up;
      const auto& lines = view_->returning->lines;
      if (lines.empty()) return;
      const auto now = std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.line == return_line_; });
      const int index = now == lines.end() ? 0 : static_cast<int>(now - lines.begin());
      const int target = index + (up ? -1 : 1) * (page ? page_step : 1);
      const int last = static_cast<int>(lines.size()) - 1;
      return_line_ = lines[static_cast<std::size_t>(std::clamp(target, 0, last))].line;
      return;
    }
    default:
      return;
  }
}

// What is scanned from now on is sold; or it comes back again.
void Desk::exchange() {
  end_task();
  if (run(SellInReturn{!view_->selling_in_return})) hooks_.sound(Sound::ok);
}

// Esc: at once while nothing comes back yet, else it is asked first.
void Desk::leave_returns() {
  if (view_->line_count == 0) return leave_empty_returns();
  Notice notice{NoticeKind::attention, NoticeSign::alert, "till.caption.returns"};
  notice.title = {"till.leave_returns.title", {{"count", std::to_string(view_->item_count)}}};
  notice.note = {"till.leave_returns.note"};
  notice.keys = {{Place::returns, Action::leave_returns, {}, true}};
  say(std::move(notice), Sound::attention);
}

void Desk::leave_empty_returns() {
  draft_ = {};
  run(VoidBasket{});
}

void Desk::choose_return_line(std::int64_t line) {
  if (screen() == Screen::returns && sold_line(line) != nullptr) return_line_ = line;
  changed();
}

void Desk::change_return(std::int64_t line, int step) {
  if (screen() != Screen::returns) return;
  return_line_ = line;
  const ViewReturn::Line* sold = sold_line(line);
  if (sold == nullptr) return;
  if (step > 0) {
    give_back(line, by_weight(*sold) ? sold->left : one_piece);
  } else {
    take_one_less(line, by_weight(*sold));
  }
  changed();
}

bool Desk::give_back(std::int64_t line, Quantity quantity) {
  draft_ = {};
  return run(ReturnLine{line, quantity, returned_to_}, [this] { hooks_.sound(Sound::ok); });
}

void Desk::give_back_all() {
  const std::vector<ViewReturn::Line> lines = view_->returning->lines;
  for (const auto& line : lines) {
    if (line.left > Quantity() && !give_back(line.line, line.left)) return;
  }
}

// The newest first: what came back later stands on what came back before.
void Desk::keep_return_line(std::int64_t line) {
  const std::vector<ViewLine> lines = view_->lines;
  for (auto one = lines.rbegin(); one != lines.rend(); ++one) {
    if (!one->voided && one->returned_line == line && !run(VoidLine{one->line})) return;
  }
}

void Desk::take_one_less(std::int64_t line, bool weighed) {
  const std::vector<ViewLine> lines = view_->lines;
  const auto newest = std::find_if(lines.rbegin(), lines.rend(),
                                   [line](const ViewLine& one) { return !one.voided && one.returned_line == line; });
  if (newest == lines.rend() || !run(VoidLine{newest->line})) return;
  const Quantity rest = -newest->quantity - one_piece;
  if (!weighed && rest > Quantity()) give_back(line, rest);
}

// Nothing typed: one piece, or all that is left of what was weighed.
void Desk::enter_return() {
  const ViewReturn::Line* sold = sold_line(return_line_);
  if (sold == nullptr) return;
  if (draft_.text.empty()) {
    give_back(return_line_, by_weight(*sold) ? sold->left : one_piece);
    return;
  }
  const auto quantity = by_weight(*sold) ? parse_weight(draft_.text) : parse_units(draft_.text);
  draft_ = {};
  if (!quantity) return complain(quantity.error());
  give_back(return_line_, *quantity);
}

// Goods find their line; anything else is another receipt as long as nothing has come back yet.
void Desk::scan_return(const std::string& data) {
  const auto wanted = without_leading_zeros(data);
  const ViewReturn::Line* found = nullptr;
  for (const auto& line : view_->returning->lines) {
    if (wanted.empty() || without_leading_zeros(line.code) != wanted) continue;
    if (found == nullptr || found->left == Quantity()) found = &line;
  }
  if (found != nullptr) {
    return_line_ = found->line;
    give_back(found->line, by_weight(*found) ? found->left : one_piece);
    return;
  }
  if (view_->line_count == 0) return ask_for_receipt(data);
  Notice notice{NoticeKind::stop, NoticeSign::stop, "till.caption.not_added"};
  notice.title = {"till.not_on_receipt.title", {{"code", data}}};
  notice.note = {"till.not_on_receipt.note"};
  notice.keys = {dismiss_key()};
  say(std::move(notice), Sound::stop);
}

}  // namespace lanekeeper::till::ui
