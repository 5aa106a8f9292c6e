#include "till_ui/hold_desk.h"

#include <algorithm>

#include "base/text.h"

namespace lanekeeper::till::ui {

namespace {

Notice told(std::string stem) {
  Notice notice{NoticeKind::notice, NoticeSign::check, "till.caption.hold"};
  notice.title = {stem + ".title"};
  notice.note = {stem + ".note"};
  notice.keys = {dismiss_key()};
  return notice;
}

}  // namespace

bool HoldDesk::is_slip(std::string_view data) {
  const auto dash = data.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash > 4) return false;
  const auto number = data.substr(dash + 1);
  return is_ascii_digits(data.substr(0, dash)) && number.size() == 4 && is_ascii_digits(number);
}

void HoldDesk::begin() {
  hand_.quiet();
  hand_.set_typed({});
  message_.reset();
  chosen_ = -1;
  if (hand_.view().lines.empty()) return ask_list();
  step_ = Step::note;
}

void HoldDesk::close() {
  step_ = Step::none;
  baskets_.clear();
  message_.reset();
  hand_.set_typed({});
}

void HoldDesk::ask_list() {
  step_ = Step::asking;
  hand_.lane().suspended(guarded([this](const Result<Lane::Suspended>& answer) {
    if (step_ != Step::asking) return;
    step_ = Step::list;
    if (answer) {
      baskets_ = answer->baskets;
      offline_ = answer->offline;
    } else {
      message_ = answer.error();
    }
    chosen_ = baskets_.empty() ? -1 : 0;
    hand_.changed();
  }));
}

void HoldDesk::put_aside(const std::string& note) {
  step_ = Step::none;
  held_label_.clear();
  hand_.run(SuspendBasket{note}, [this] {
    Notice notice = told("till.held");
    notice.figure_text = held_label_;  // large enough to be read out and written down
    hand_.say(std::move(notice), Sound::ok);
  });
}

void HoldDesk::enter(const std::string& text) {
  switch (step_) {
    case Step::note:
      return put_aside(std::string(trim(text)));
    case Step::list:
      return recall_selected();
    default:
      return;
  }
}

bool HoldDesk::act(Action action) {
  if (action != Action::hold) return false;
  // The key that opened it goes on: without a note, or with the first of the list.
  if (step_ == Step::note) put_aside(std::string(trim(hand_.typed())));
  if (step_ == Step::list) recall_selected();
  return true;
}

bool HoldDesk::scan(const DetectedScan& scan) {
  if (step_ != Step::list && step_ != Step::asking) return false;
  if (!is_slip(scan.data)) return false;
  recall_slip(scan.data);
  return true;
}

void HoldDesk::choose(int digit) {
  if (step_ != Step::list || digit > static_cast<int>(baskets_.size())) return;
  chosen_ = digit - 1;
}

void HoldDesk::move(int step) {
  if (step_ != Step::list || baskets_.empty()) return;
  chosen_ = std::clamp(chosen_ + step, 0, static_cast<int>(baskets_.size()) - 1);
}

void HoldDesk::press_row(std::size_t index) {
  if (step_ != Step::list || index >= baskets_.size()) return;
  if (chosen_ == static_cast<int>(index)) return recall_selected();
  chosen_ = static_cast<int>(index);
}

void HoldDesk::recall_selected() {
  if (chosen_ < 0 || chosen_ >= static_cast<int>(baskets_.size())) return;
  step_ = Step::recalling;
  message_.reset();
  hand_.lane().recall(baskets_[static_cast<std::size_t>(chosen_)].id,
                      guarded([this](const Result<void>& result) { recalled(result); }));
}

void HoldDesk::recall_slip(const std::string& label) {
  hand_.set_typed({});
  step_ = Step::recalling;
  message_.reset();
  hand_.lane().recall(std::string_view(label), guarded([this](const Result<void>& result) { recalled(result); }));
}

void HoldDesk::recalled(const Result<void>& result) {
  (void)hand_.attempt([&] { return result; });
  if (result) {
    close();
    hand_.sound(Sound::ok);
  } else {
    // Told with the list as it is now: what another till has taken is not in it any more.
    message_ = result.error();
    hand_.opened_by_itself();
    hand_.sound(Sound::attention);
    ask_list();
  }
  hand_.changed();
}

void HoldDesk::lane_event(const LaneEvent& event) {
  if (event.kind == LaneEvent::Kind::basket_held) held_label_ = event.text;
  if (event.kind == LaneEvent::Kind::suspended_changed && step_ == Step::list) ask_list();
}

PanelModel HoldDesk::note_panel() const {
  const RegisterView& view = hand_.view();
  PanelModel model;
  model.sign = NoticeSign::layers;
  model.title = {"till.hold.title"};
  model.hint = {"till.hold.hint"};
  model.name = {"till.discount.basket"};
  model.place = {"till.approval.pieces", {{"count", std::to_string(view.item_count)}}};
  model.figures = {{{"till.due.label"}, view.total, {}, PanelFigure::Look::strong}};
  model.note = {"till.hold.note"};
  model.keys = {{Action::cancel, "till.hold.keep", "Esc"},
                {Action::confirm, "till.hold.put", "Enter", PanelKey::Look::primary}};
  return model;
}

PanelRow HoldDesk::row_of_basket(std::size_t index) const {
  const protocol::SuspendedSummary& basket = baskets_[index];
  PanelRow row;
  if (index < 9) row.cap = std::to_string(index + 1);
  row.title = {"till.hold.row",
               {{"label", basket.label},
                {"till", std::to_string(basket.till)},
                {"time", basket.suspended_at.local_time_hms().substr(0, 5)},
                {"cashier", basket.cashier_name}}};
  const bool english = hand_.language() == i18n::Language::en && basket.first_goods_en;
  row.note = {basket.note.empty() ? "till.hold.row_note" : "till.hold.row_note_with",
              {{"goods", english ? *basket.first_goods_en : basket.first_goods},
               {"count", std::to_string(basket.line_count)},
               {"note", basket.note}}};
  row.amount = basket.total;
  return row;
}

PanelModel HoldDesk::panel() const {
  if (step_ == Step::note) return note_panel();
  PanelModel model;
  model.sign = NoticeSign::layers;
  model.title = {"till.recall.title"};
  model.hint = {"till.recall.hint"};
  if (message_) {
    model.message = {"till.error." + message_->code + ".title", message_->details, {}, {}, message_};
  } else if (offline_ && step_ == Step::list) {
    model.note = {"till.recall.offline"};
  }
  for (std::size_t i = 0; i < baskets_.size(); ++i) model.rows.push_back(row_of_basket(i));
  model.selected = chosen_;
  const bool asking = step_ == Step::asking || step_ == Step::recalling;
  model.empty = {asking ? "till.recall.asking" : "till.recall.none"};
  model.keys = {{Action::cancel, "till.action.close", "Esc"},
                {Action::confirm, "till.recall.take", "Enter", PanelKey::Look::primary}};
  return model;
}

EntryModel HoldDesk::entry() const {
  if (step_ == Step::note) return {EntryModel::Kind::text, "till.hold.entry", "till.hold.entry_hint", false};
  return {EntryModel::Kind::choice, "till.recall.entry", "till.recall.entry_hint", false};
}

}  // namespace lanekeeper::till::ui
