// The desk while goods come back.

#include <algorithm>

#include "register/entry_text.h"
#include "till_ui/desk.h"
#include "till_ui/reasons.h"

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

// Of the receipt that is open: asked for again, as nobody may have taken anything back meanwhile.
void Desk::void_receipt(const std::string& reason) {
  if (!view_->returning || !asking_.empty()) return;
  const auto receipt = std::to_string(view_->returning->till) + "-" + std::to_string(view_->returning->receipt_number);
  local_notice_.reset();
  asking_ = "till.asking.receipt";
  till_.lane().begin_void(receipt, reason, [weak = std::weak_ptr<Desk*>(self_)](const Result<void>& result) {
    if (const auto desk = weak.lock()) (*desk)->answered(result, Task::receipt);
  });
}

std::string_view Desk::why_not_voidable() const {
  if (!view_->returning) return {};
  const auto& sale = *view_->returning;
  if (is_void()) return "till.reason.void_whole";
  if (view_->line_count > 0) return "till.reason.chosen";
  if (!sale.no_void) return {};
  if (sale.no_void->code == "void.other_day") return "till.reason.void_other_day";
  if (sale.no_void->code == "void.something_back") return "till.reason.void_something_back";
  return sale.no_void->code == "void.is_return" ? "till.reason.void_is_return" : "till.reason.void_offline";
}

// Of a void everything comes back: there is nothing to choose.
void Desk::return_begun() {
  choose_first_left();
  if (is_void()) run(BeginTender{});
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
      } else if (view_->returning->may_be_incomplete || back_pressed_ || !wave_lasting_away()) {
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
    case Action::void_receipt:
      return void_receipt_.begin();
    case Action::keep_line:
      return keep_return_line(return_line_);
    case Action::find_sale:
      if (view_->line_count > 0) return leave_returns();
      leave_empty_returns();
      return find_sale_.begin();
    case Action::return_quantity:
      if (const auto* sold = sold_line(return_line_)) return_quantity_.begin(*sold);
      return;
    case Action::to_stock:
      return describe_return({}, sale::ReturnedTo::stock);
    case Action::to_waste:
      return describe_return({}, sale::ReturnedTo::waste);
    case Action::to_supplier:
      return describe_return({}, sale::ReturnedTo::supplier);
    case Action::reason_1:
    case Action::reason_2:
    case Action::reason_3:
    case Action::reason_4:
    case Action::reason_5:
    case Action::reason_6: {
      const int number = static_cast<int>(action) - static_cast<int>(Action::reason_1) + 1;
      return describe_return(blind_reason_list.code(number), {});
    }
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
  const bool no_reason = std::any_of(view_->lines.begin(), view_->lines.end(), [](const ViewLine& line) {
    return !line.voided && line.returned_line != 0 && line.return_reason.empty();
  });
  // The keys for it are on this screen.
  if (no_reason) return complain({"return.why_needed", "Choose why the goods come back.", {}});
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
    give_back_less(line, by_weight(*sold) ? Quantity() : returned(line).quantity - one_piece);
  }
  changed();
}

void Desk::tick_return(std::int64_t line) {
  if (screen() != Screen::returns) return;
  const ViewReturn::Line* sold = sold_line(line);
  if (sold == nullptr) return;
  return_line_ = line;
  if (returned(line).quantity > Quantity()) {
    keep_return_line(line);
  } else {
    give_back(line, sold->left);
  }
  changed();
}

// Without a place and a reason: as the goods before.
bool Desk::give_back(std::int64_t line, Quantity quantity, std::optional<sale::ReturnedTo> to,
                     const std::string& reason) {
  draft_ = {};
  const auto why = reason.empty() ? std::nullopt : std::optional(reason);
  return run(ReturnLine{line, quantity, to, why}, [this] { hooks_.sound(Sound::ok); });
}

const ViewLine* Desk::newest_returned(std::int64_t line) const {
  if (line == 0) return nullptr;  // what an exchange sells is of no line
  const auto found = std::find_if(view_->lines.rbegin(), view_->lines.rend(),
                                  [line](const ViewLine& one) { return !one.voided && one.returned_line == line; });
  return found == view_->lines.rend() ? nullptr : &*found;
}

sale::ReturnedTo Desk::returned_to() const {
  const ViewLine* chosen = newest_returned(return_line_);
  return chosen != nullptr ? chosen->returned_to : view_->returned_to;
}

std::string Desk::return_reason() const {
  const ViewLine* chosen = newest_returned(return_line_);
  return chosen != nullptr ? chosen->return_reason : view_->return_reason.value_or(std::string());
}

// Of the selected goods, as far as they come back, and of what comes back after this.
void Desk::describe_return(std::optional<std::string> reason, std::optional<sale::ReturnedTo> to) {
  const ViewLine* chosen = newest_returned(return_line_);
  const std::int64_t line = chosen != nullptr ? chosen->line : 0;
  if (run(DescribeReturn{line, std::move(reason), to})) hooks_.sound(Sound::ok);
}

// So many in all, whatever comes back of the line now.
void Desk::set_return_quantity(std::int64_t line, const std::string& text) {
  const ViewReturn::Line* sold = sold_line(line);
  if (sold == nullptr) return;
  const auto wanted = by_weight(*sold) ? parse_weight(text) : parse_units(text);
  if (!wanted) return complain(wanted.error());
  return_line_ = line;
  const Quantity now = returned(line).quantity;
  if (*wanted > now) {
    give_back(line, *wanted - now);
  } else {
    give_back_less(line, *wanted);
  }
}

void Desk::give_back_all() {
  const std::vector<ViewReturn::Line> lines = view_->returning->lines;
  for (const auto& line : lines) {
    if (line.left > Quantity() && !give_back(line.line, line.left)) return;
  }
}

// The newest first: what came back later stands on what came back before. Of a line that was too much the rest comes
// back again as it was.
void Desk::give_back_less(std::int64_t line, Quantity wanted) {
  if (line == 0) return;
  const std::vector<ViewLine> lines = view_->lines;
  const auto to = view_->returned_to;
  const auto reason = view_->return_reason;
  Quantity now = returned(line).quantity;
  for (auto one = lines.rbegin(); one != lines.rend() && now > wanted; ++one) {
    if (one->voided || one->returned_line != line) continue;
    if (!run(VoidLine{one->line})) return;
    now = now + one->quantity;
    if (now < wanted) give_back(line, wanted - now, one->returned_to, one->return_reason);
  }
  // What comes back next goes on as it was chosen last.
  if (view_->returned_to != to || view_->return_reason != reason) run(DescribeReturn{0, reason, to});
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
