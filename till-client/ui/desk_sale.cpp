// The desk on the sale screen: goods, search, quantities, prices.

#include <algorithm>

#include "base/text.h"
#include "register/entry_text.h"
#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

namespace {

constexpr int most_results = 60;
constexpr std::size_t most_queued_scans = 200;

Notice quiet_notice(NoticeSign sign, std::string caption, Words title, Words note) {
  Notice notice{NoticeKind::attention, sign, std::move(caption)};
  notice.title = std::move(title);
  notice.note = std::move(note);
  notice.keys = {dismiss_key()};
  return notice;
}

}  // namespace

void Desk::act_on_sale(Action action) {
  if (task_ == Task::void_basket && action != Action::void_basket) end_task();
  const Place where = place();
  const auto rows = action_table();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ActionRow& candidate) {
    return candidate.action == action && (candidate.place == where || candidate.place == Place::sale);
  });
  if (row != rows.end()) {
    if (const auto reason = hindrance(*row); !reason.empty()) return refuse(*row, reason);
  }
  if (act_on_quick_keys(action)) return;
  if (shift_.begin(action)) return end_task();
  switch (action) {
    case Action::price_check:
      return begin_task(Task::price_check);
    case Action::find_item:
      return begin_task(Task::search);
    case Action::more:
      return begin_task(task_ == Task::more ? Task::none : Task::more);
    case Action::quantity:
      return begin_quantity();
    case Action::change_price:
      return begin_price_change();
    case Action::reprint:
      end_task();
      return reprint_.begin();
    case Action::hold:
      end_task();
      return hold_.begin();
    case Action::read_scale:
      // Goods that wait for their weight: it may be typed, where the scale does not help.
      if (view_->waiting_for_weight) return choose_side(SidePanel::number_pad);
      end_task();
      return scale_.begin();
    case Action::note_line:
    case Action::note_basket: {
      end_task();
      return note_.begin(action == Action::note_line ? view_->selected_line : 0);
    }
    case Action::requests:
      end_task();
      return requests_.begin();
    case Action::training:
      return change_training();
    case Action::blind_return:
      end_task();
      return blind_return_.begin();
    case Action::deposit_back:
      end_task();
      return deposit_.begin();
    case Action::find_sale:
      end_task();
      return find_sale_.begin();
    case Action::lock:
      return lock();
    case Action::sign_out:
      end_task();
      if (run(SignOut{})) load_people();
      return;
    case Action::member:
      return begin_task(Task::member);
    case Action::remove_member:
      draft_ = {};
      run(IdentifyMember{});
      return;
    case Action::coupon:
      return begin_coupon();
    case Action::remove_coupon:
      return remove_coupon();
    case Action::discount:
      return begin_discount();
    case Action::discount_scope:
    case Action::discount_measure:
      return switch_discount(action);
    case Action::return_goods:
      return in_return() ? exchange() : begin_receipt();
    case Action::pay:
      return pay();
    case Action::void_line:
      run(VoidLine{view_->selected_line});
      return;
    case Action::void_basket:
      return void_basket();
    case Action::age_confirmed:
    case Action::age_refused:
      if (!run(ConfirmAge{action == Action::age_confirmed})) return;
      return action == Action::age_confirmed ? sound_of_goods() : hooks_.sound(Sound::ok);
    case Action::line_up:
      return move_line(-1);
    case Action::line_down:
      return move_line(1);
    case Action::page_up:
      return move_line(-8);
    case Action::page_down:
      return move_line(8);
    case Action::quick_keys:
      return begin_quick_keys();
    case Action::zero_scale:
      return scale_.set_to_zero();
    default:
      return;
  }
}

// What was typed or scanned and is not in the sale has to be dealt with first: goods must not leave unpaid.
void Desk::pay() {
  if (scan_refused_ || unfinished_task()) {
    hooks_.sound(Sound::stop);
    return;
  }
  const bool for_goods = entry() == Entry::goods || entry() == Entry::quick_key;
  if (for_goods && !draft_.text.empty()) {
    say(quiet_notice(NoticeSign::info, "till.caption.not_added", {"till.typed_first.title", {{"text", draft_.text}}},
                     {"till.typed_first.note"}),
        Sound::attention);
    return;
  }
  end_task();
  run(BeginTender{});
}

// ---- tasks ----

void Desk::begin_task(Task task) {
  if (waits() || !asking_.empty()) return;
  close_parts();
  const bool from_goods = task_ == Task::none && entry() == Entry::goods;
  const std::string typed_text = draft_.text;
  if (scan_refused_ || view_->message) run(Dismiss{});
  local_notice_.reset();
  task_ = task;
  draft_ = {};
  found_.clear();
  checked_.reset();
  if (task == Task::search && from_goods) draft_.text = typed_text;
  if (task == Task::search) search_again();
}

void Desk::end_task() {
  task_ = Task::none;
  draft_ = {};
  found_.clear();
  checked_.reset();
  new_price_.reset();
}

void Desk::cancel_on_sale() {
  if (!asking_.empty()) {
    asking_.clear();
    return end_task();
  }
  if (waits()) {
    draft_ = {};
    run(Dismiss{});
    return;
  }
  if (local_notice_ && task_ == Task::none) {
    local_notice_.reset();
    return;
  }
  if (shown_message() != nullptr) {
    run(Dismiss{});
    return;
  }
  if (task_ == Task::quick_keys) return end_quick_keys();
  if (task_ != Task::none) {
    local_notice_.reset();
    return end_task();
  }
  if (!draft_.text.empty()) {
    draft_ = {};
    return;
  }
  if (!kept_warnings_.empty() || !view_->last_scan_warnings.empty()) return wave_warning_away();
  if (wave_lasting_away()) return;
  if (view_->pending_quantity) run(Dismiss{});
}

void Desk::begin_quantity() {
  if (entry() != Entry::goods) return;
  if (!draft_.text.empty()) {
    const auto units = parse_units(draft_.text);
    if (!units) {
      complain(units.error());
      return;
    }
    draft_ = {};
    run(PendingQuantity{*units});
    return;
  }
  const ViewLine* chosen = selected_line();
  if (chosen == nullptr || chosen->voided) {
    say(quiet_notice(NoticeSign::info, "till.caption.quantity", {"till.quantity_first.title"},
                     {"till.quantity_first.note"}),
        Sound::attention);
    return;
  }
  if (chosen->unit == catalogue::UnitOfMeasure::kilogram) {
    complain(Error{"register.weighed_line", "A weighed line cannot be changed. Void it and weigh again.", {}});
    return;
  }
  begin_task(Task::line_quantity);
  price_line_ = view_->selected_line;
}

void Desk::enter_quantity() {
  if (draft_.text.empty()) return;
  const auto units = parse_units(draft_.text);
  if (!units) {
    draft_ = {};
    complain(units.error());
    return;
  }
  const std::int64_t changed_line = price_line_;
  end_task();
  if (run(SetLineQuantity{changed_line, *units})) hooks_.sound(Sound::ok);
}

void Desk::begin_price_change() {
  if (waits()) return;
  begin_task(Task::change_price);
  price_line_ = view_->selected_line;
  new_price_.reset();
}

void Desk::enter_price() {
  if (draft_.text.empty()) return;
  const auto price = parse_amount(draft_.text);
  draft_ = {};
  if (!price) {
    complain(price.error());
    return;
  }
  local_notice_.reset();
  new_price_ = *price;
  if (!may(access::Permission::price_override)) {
    const OverridePrice command{price_line_, *price, {}};
    end_task();
    return approval_.begin(command, missing_right(access::Permission::price_override),
                           [this] { hooks_.sound(Sound::ok); });
  }
  task_ = Task::price_reason;
}

void Desk::choose_reason(int reason) {
  if (task_ != Task::price_reason && task_ != Task::discount_reason) return;
  if (reason < 1 || reason > (task_ == Task::price_reason ? price_reasons : discount_reasons)) return;
  draft_.reason = reason;
  local_notice_.reset();
  changed();
}

void Desk::enter_reason() {
  if (draft_.reason == 0) {
    say(quiet_notice(NoticeSign::tag, "till.caption.price", {"till.reason_first.title"}, {"till.reason_first.note"}),
        Sound::attention);
    return;
  }
  const OverridePrice command{price_line_, new_price_.value_or(Money()), price_reason_list.code(draft_.reason)};
  end_task();
  if (run(command)) hooks_.sound(Sound::ok);
}

void Desk::lock() {
  end_task();
  if (view_->state == RegisterState::ringing) {
    set_locked(true);
    if (view_->cashier) sign_in_.choose_number(view_->cashier->number);
    load_people();
    return;
  }
  if (run(SignOut{})) load_people();
}

// All goods at once: one digit too many must not do that.
void Desk::void_basket() {
  if (task_ == Task::void_basket) {
    end_task();
    if (run(VoidBasket{})) hooks_.sound(Sound::ok);
    return;
  }
  begin_task(Task::void_basket);
  if (task_ == Task::void_basket) hooks_.sound(Sound::attention);
}

void Desk::change_training() {
  end_task();
  const auto result = attempt([this] { return view_->training ? lane().end_training() : lane().begin_training(); });
  if (result) return hooks_.sound(Sound::ok);
  if (!Lane::needs_approval(result.error())) return complain(result.error());
  approval_.begin(BeginTraining{}, result.error(), [this] { hooks_.sound(Sound::ok); });
}

// ---- lines and results ----

void Desk::move_line(int step) {
  if (entry() == Entry::coupon) {
    const int last = static_cast<int>(view_->coupons.size()) - 1;
    const int target = static_cast<int>(selected_coupon_) + step;
    if (last >= 0) selected_coupon_ = static_cast<std::size_t>(std::clamp(target, 0, last));
    return;
  }
  if (entry() == Entry::search || entry() == Entry::choice || entry() == Entry::price_check) return move_result(step);
  if (entry() != Entry::goods || view_->lines.empty()) return;
  int index = -1;
  for (std::size_t i = 0; i < view_->lines.size(); ++i) {
    if (view_->lines[i].line == view_->selected_line) index = static_cast<int>(i);
  }
  const int last = static_cast<int>(view_->lines.size()) - 1;
  const int target = index < 0 ? last : std::clamp(index + step, 0, last);
  if (target == index) return;
  kept_warnings_.clear();
  run(SelectLine{view_->lines[static_cast<std::size_t>(target)].line});
}

void Desk::move_result(int step) {
  const int last = static_cast<int>(results().size()) - 1;
  if (last >= 0) draft_.selected = std::clamp(draft_.selected + step, 0, last);
}

void Desk::select_line(std::int64_t line) {
  if (entry() == Entry::goods && screen() == Screen::sale) {
    if (line != view_->selected_line) kept_warnings_.clear();
    run(SelectLine{line});
  }
  changed();
}

void Desk::search_again() {
  found_.clear();
  draft_.selected = -1;
  const std::string query(trim(draft_.text));
  if (query.empty()) return;
  found_ = lane().search(query, most_results);
  if (!found_.empty()) draft_.selected = 0;
}

void Desk::press_result(int index) {
  if (index < 0 || index >= static_cast<int>(results().size())) return;
  if (draft_.selected == index || !view_->choices.empty()) {
    draft_.selected = index;
    enter_result();
    drain_scans();
  } else {
    draft_.selected = index;
  }
  changed();
}

void Desk::enter_result() {
  const auto& rows = results();
  const bool chosen = draft_.selected >= 0 && draft_.selected < static_cast<int>(rows.size());
  if (entry() == Entry::price_check && !draft_.text.empty()) {
    return check_price({draft_.text, barcode::Symbology::typed});
  }
  if (entry() == Entry::price_check && checked_) return add_checked();
  if (!chosen) return;
  const catalogue::ItemSummary item = rows[static_cast<std::size_t>(draft_.selected)];
  if (entry() == Entry::price_check) return check_price(item.id);
  if (view_->choices.empty()) end_task();
  draft_ = {};
  add_item(item.id);
}

// ---- goods ----

void Desk::enter_goods() {
  if (draft_.text.empty()) return;
  if (!is_ascii_digits(draft_.text)) {
    const std::string text = draft_.text;
    begin_task(Task::search);
    draft_.text = text;
    return search_again();
  }
  const Scan command{draft_.text, barcode::Symbology::typed};
  draft_ = {};
  kept_warnings_.clear();
  if (run_from(command, Origin::scan)) sound_of_goods();
}

// What was typed before a department key is the price of its goods; it is taken with Enter.
void Desk::add_item(catalogue::ItemId item) {
  if (screen() != Screen::sale || open_part() == &approval_) return;
  close_parts();
  const bool for_goods = entry() == Entry::goods || entry() == Entry::quick_key;
  const std::string typed_before = for_goods ? draft_.text : std::string();
  if (task_ == Task::quick_keys) end_quick_keys();
  if (task_ == Task::void_basket) end_task();
  if (!waits()) kept_warnings_.clear();
  if (run_from(AddItem{item}, Origin::scan)) sound_of_goods();
  if (view_->waiting_for_price && parse_amount(typed_before)) draft_.text = typed_before;
  drain_scans();
  changed();
}

void Desk::enter_weight() {
  if (draft_.text.empty()) return;
  const auto weight = parse_weight(draft_.text);
  draft_ = {};
  if (!weight) {
    complain(weight.error());
    return;
  }
  if (run(Weigh{{}, *weight, sale::WeightSource::manual})) sound_of_goods();
}

void Desk::enter_open_price() {
  if (draft_.text.empty()) return;
  const auto price = parse_amount(draft_.text);
  draft_ = {};
  if (!price) return complain(price.error());
  if (run(EnterPrice{*price})) sound_of_goods();
}

// ---- scans ----

bool Desk::scans_wait() const {
  const bool asks_for_code = task_ == Task::member || task_ == Task::coupon || task_ == Task::receipt;
  return waits() || unfinished_task() || asks_for_code || !asking_.empty() || open_part() != nullptr;
}

// Something of the sale is being changed: what is scanned meanwhile waits for its end.
bool Desk::unfinished_task() const {
  switch (task_) {
    case Task::line_quantity:
    case Task::change_price:
    case Task::price_reason:
    case Task::discount:
    case Task::discount_reason:
      return true;
    default:
      return false;
  }
}

void Desk::scan(const DetectedScan& scan) {
  help_open_ = false;
  if (DeskPart* open = open_part()) {
    if (!open->scan(scan)) {
      // Only the sale goes on with them: while money is taken or goods come back they are refused aloud.
      if (screen() == Screen::sale) {
        keep_scan(scan);
      } else if (screen() == Screen::tender) {
        run_from(Scan{scan.data, scan.symbology}, Origin::scan);
      } else {
        hooks_.sound(Sound::stop);
      }
    }
    drain_scans();
    return changed();
  }
  if (shift_takes_scan()) return;
  switch (screen()) {
    case Screen::devices:
    case Screen::shift:
    case Screen::pairing:
      hooks_.sound(Sound::attention);
      break;
    case Screen::sign_in:
      scan_badge(scan.data);
      break;
    case Screen::returns:
      scan_return(scan.data);
      break;
    case Screen::tender:
      run_from(Scan{scan.data, scan.symbology}, Origin::scan);
      break;
    case Screen::sale:
      if (task_ == Task::price_check) {
        check_price(scan);
      } else if (asking_.empty() && task_ == Task::member) {
        enter_member(scan.data);
      } else if (asking_.empty() && task_ == Task::coupon) {
        enter_coupon(scan.data);
      } else if (asking_.empty() && task_ == Task::receipt) {
        ask_for_receipt(scan.data);
      } else if (scan_refused_) {
        // Goods that are not in the sale have to be dealt with first; the next ones must not hide them.
        hooks_.sound(Sound::stop);
      } else if (scans_wait()) {
        keep_scan(scan);
      } else {
        kept_warnings_.clear();
        send_scan(scan);
      }
      break;
  }
  changed();
}

// Beyond the bound they are refused aloud: goods that were not heard are not in the sale.
void Desk::keep_scan(const DetectedScan& scan) {
  if (queued_scans_.size() >= most_queued_scans) return hooks_.sound(Sound::stop);
  hooks_.sound(Sound::attention);
  queued_scans_.push_back(scan);
}

void Desk::send_scan(const DetectedScan& scan) {
  if (task_ != Task::none) end_task();
  if (view_->lines.empty() && HoldDesk::is_slip(scan.data)) return hold_.recall_slip(scan.data);
  if (run_from(Scan{scan.data, scan.symbology}, Origin::scan)) sound_of_goods();
}

// They are in the sale; something about them may have to be looked at all the same.
void Desk::sound_of_goods() {
  if (!queued_scans_.empty()) keep_warnings();
  hooks_.sound(view_->last_scan_warnings.empty() ? Sound::ok : Sound::attention);
}

void Desk::drain_scans() {
  while (!queued_scans_.empty() && screen() == Screen::sale && !scans_wait() && !scan_refused_) {
    const DetectedScan next = std::move(queued_scans_.front());
    queued_scans_.pop_front();
    send_scan(next);
  }
  show_kept_warning();
}

}  // namespace lanekeeper::till::ui
