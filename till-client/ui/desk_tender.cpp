// The desk while money is taken.

#include <algorithm>

#include "register/entry_text.h"
#include "till_ui/desk.h"
#include "widgets/text.h"

namespace lanekeeper::till::ui {

namespace {

Notice of_change_beyond_drawer(Money change) {
  Notice notice{NoticeKind::attention, NoticeSign::alert, "till.caption.drawer"};
  notice.title = {"till.beyond_drawer.change", {{"amount", widgets::amount_text(change)}}};
  notice.note = {"till.beyond_drawer.note"};
  notice.keys = {dismiss_key()};
  return notice;
}

}  // namespace

std::optional<Money> Desk::typed_cash() const {
  if (entry() != Entry::cash || draft_.text.empty()) return std::nullopt;
  const auto amount = parse_amount(draft_.text);
  return amount ? std::optional<Money>(*amount) : std::nullopt;
}

void Desk::press_back() {
  back_pressed_ = true;
  act(screen() == Screen::tender ? Action::back_to_sale : Action::cancel);
  back_pressed_ = false;
}

void Desk::act_on_tender(Action action) {
  const auto rows = action_table();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ActionRow& candidate) {
    return candidate.place == Place::tender && candidate.action == action;
  });
  if (row != rows.end()) {
    if (const auto reason = hindrance(*row); !reason.empty()) return refuse(*row, reason);
  }
  switch (action) {
    case Action::back_to_sale:
      if (local_notice_) {
        local_notice_.reset();
      } else if (!draft_.text.empty()) {
        draft_ = {};
      } else if (view_->refund_beyond_drawer || back_pressed_ || !wave_lasting_away()) {
        run(BackToSale{});
      }
      return;
    case Action::tender_cash:
      local_notice_.reset();
      return;
    case Action::tender_card:
      return tender_.begin_card();
    case Action::tender_more:
      return tender_.begin_more();
    case Action::tender_coupon:
      // Coupons change the price: they belong to the sale, which goes on where it was.
      if (!in_return() && run(BackToSale{})) begin_coupon();
      return;
    case Action::undo_tender:
      run(VoidTender{std::min(selected_tender_, view_->tenders.size() - 1)}, [this] { selected_tender_ = 0; });
      return;
    case Action::line_up:
      if (selected_tender_ > 0) --selected_tender_;
      return;
    case Action::line_down:
      if (selected_tender_ + 1 < view_->tenders.size()) ++selected_tender_;
      return;
    case Action::finish:
      if (entry() == Entry::payout || (draft_.text.empty() && view_->cash_due.is_zero())) return take_cash(Money());
      return enter_cash();
    default:
      return;
  }
}

void Desk::enter_cash() {
  if (draft_.text.empty()) {
    if (view_->cash_due.is_zero()) return take_cash(Money());
    Notice notice{NoticeKind::attention, NoticeSign::info, "till.caption.cash"};
    notice.title = {"till.cash_first.title"};
    notice.note = {"till.cash_first.note"};
    return say(std::move(notice), Sound::attention);
  }
  const auto amount = parse_amount(draft_.text);
  if (!amount) {
    draft_ = {};
    return complain(amount.error());
  }
  take_cash(*amount);
}

void Desk::take_cash(Money amount) {
  if (screen() != Screen::tender) return;
  draft_ = {};
  tender_.close();
  if (run(TenderCash{amount})) {
    const auto& last = view_->last_sale;
    const bool sold = view_->state == RegisterState::idle && last && !last->payable.is_negative();
    if (sold && last->beyond_drawer) {
      say(of_change_beyond_drawer(last->change), Sound::attention);
    } else {
      hooks_.sound(Sound::ok);
    }
  }
  changed();
}

void Desk::select_tender(std::size_t index) {
  if (index < view_->tenders.size()) selected_tender_ = index;
  changed();
}

}  // namespace lanekeeper::till::ui
