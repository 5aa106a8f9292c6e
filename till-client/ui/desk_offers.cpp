// The desk at what makes a sale cheaper: members, coupons, discounts by hand.

#include <algorithm>

#include "base/text.h"
#include "register/entry_text.h"
#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

namespace {

constexpr Rate everything = Rate::of_per_10k(10'000);

Command discount_command(const Desk::Discount& given, const std::string& reason) {
  if (given.whole_basket) return DiscountBasket{given.amount, given.rate, reason};
  return DiscountLine{given.line, given.amount, given.rate, reason};
}

}  // namespace

// ---- members ----

void Desk::enter_member(const std::string& code) {
  const std::string wanted(trim(code));
  if (wanted.empty()) {
    if (view_->member) end_task();
    return;
  }
  local_notice_.reset();
  draft_ = {};
  answered(till_.lane().identify_member(wanted), Task::member);
}

// ---- coupons ----

void Desk::begin_coupon() {
  begin_task(Task::coupon);
  selected_coupon_ = view_->coupons.empty() ? 0 : view_->coupons.size() - 1;
}

void Desk::enter_coupon(const std::string& code) {
  const std::string wanted(trim(code));
  if (wanted.empty()) {
    if (!view_->coupons.empty()) end_task();
    return;
  }
  local_notice_.reset();
  draft_ = {};
  asking_ = "till.asking.coupon";
  till_.lane().add_coupon(wanted, [weak = std::weak_ptr<Desk*>(self_)](const Result<void>& result) {
    if (const auto desk = weak.lock()) (*desk)->answered(result, Task::coupon);
  });
}

void Desk::choose_coupon(std::size_t index) {
  if (index < view_->coupons.size()) selected_coupon_ = index;
  changed();
}

void Desk::remove_coupon() {
  if (selected_coupon_ >= view_->coupons.size()) return;
  run(RemoveCoupon{view_->coupons[selected_coupon_].code});
  if (selected_coupon_ >= view_->coupons.size() && selected_coupon_ > 0) --selected_coupon_;
}

// What was asked for has been answered, perhaps after a while: the register knows it already, or has said why not.
void Desk::answered(const Result<void>& result, Task task) {
  asking_.clear();
  take_view();
  scan_refused_ = false;
  if (result) {
    restored_lines_ = 0;
    if (task_ == task) end_task();
    if (task == Task::receipt) return_begun();
    hooks_.sound(Sound::ok);
  } else if (Lane::needs_approval(result.error()) && lane().refused()) {
    // The lane knows by now what it is about.
    if (task_ == task) end_task();
    const Command refused = lane().refused()->command;
    approval_.begin(refused, result.error(), [this] { return_begun(); });
  } else {
    if (!view_->message) complain(result.error());
    opened_by_itself();
    hooks_.sound(Sound::attention);
  }
  drain_scans();
  changed();
}

// ---- discounts by hand ----

void Desk::begin_discount() {
  if (task_ == Task::discount || task_ == Task::discount_reason) return switch_discount(Action::discount_scope);
  const ViewLine* chosen = selected_line();
  begin_task(Task::discount);
  discount_ = {};
  discount_.percent = true;
  if (chosen != nullptr && !chosen->voided) discount_.line = chosen->line;
  discount_.whole_basket = discount_.line == 0;
}

void Desk::switch_discount(Action action) {
  if (task_ != Task::discount) return;
  local_notice_.reset();
  if (shown_message() != nullptr) run(Dismiss{});
  if (action == Action::discount_scope) {
    if (discount_.line != 0) discount_.whole_basket = !discount_.whole_basket;
  } else {
    discount_.percent = !discount_.percent;
    draft_ = {};
  }
}

Desk::Discount Desk::discount() const {
  Discount now = discount_;
  now.reason = draft_.reason;
  if (task_ != Task::discount || draft_.text.empty()) return now;
  if (now.percent) {
    const auto rate = Rate::parse_percent(draft_.text);
    if (rate && *rate <= everything) now.rate = *rate;
  } else if (const auto amount = parse_amount(draft_.text)) {
    now.amount = *amount;
  }
  return now;
}

void Desk::enter_discount() {
  if (draft_.text.empty()) return;
  const Discount now = discount();
  draft_ = {};
  if (!now.amount && !now.rate) {
    complain(Error{now.percent ? "discount.bad_value" : "register.bad_amount", "This is no discount.", {}});
    return;
  }
  local_notice_.reset();
  const bool none = (now.amount && now.amount->is_zero()) || (now.rate && now.rate->per_10k() == 0);
  discount_ = now;
  discount_.reason = 0;
  if (!none && !may(access::Permission::sale_discount)) {
    const Discount given = discount_;
    end_task();
    return approval_.begin(discount_command(given, {}), missing_right(access::Permission::sale_discount), {});
  }
  if (!none) {
    task_ = Task::discount_reason;
    return;
  }
  // Nothing off takes an earlier discount away; that needs no reason.
  end_task();
  if (run(now.whole_basket ? Command(DiscountBasket{}) : Command(DiscountLine{now.line, {}, {}, {}}))) {
    hooks_.sound(Sound::ok);
  }
}

void Desk::enter_discount_reason() {
  if (draft_.reason == 0) {
    Notice notice{NoticeKind::attention, NoticeSign::tag, "till.caption.discount"};
    notice.title = {"till.discount_reason_first.title"};
    notice.note = {"till.reason_first.note"};
    notice.keys = {dismiss_key()};
    return say(std::move(notice), Sound::attention);
  }
  const Discount given = discount_;
  const std::string reason = discount_reason_list.code(draft_.reason);
  end_task();
  if (run(discount_command(given, reason))) hooks_.sound(Sound::ok);
}

}  // namespace lanekeeper::till::ui
