#include "till_ui/desk.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace lanekeeper::till::ui {

namespace {

constexpr std::int64_t enter_guard_ms = 400;
constexpr std::size_t longest_text = 64;

}  // namespace

Desk::Desk(Till& till, i18n::Language language, Hooks hooks)
    : till_(till),
      language_(language),
      hooks_(std::move(hooks)),
      view_(till.lane().view()),
      self_(std::make_shared<Desk*>(this)) {
  link_state_ = till_.lane().link().state;
  load_people();
}

// ---- what shows ----

Screen Desk::screen() const {
  if (devices_.open()) return Screen::devices;
  const LinkStatus& link = lane().link();
  const bool unpaired = link.state == LinkStatus::State::unpaired || link.state == LinkStatus::State::pairing;
  if (lane().till() == 0 || (unpaired && view_->state == RegisterState::signed_out)) return Screen::pairing;
  if (!locked_ && shift_.screen() != ShiftScreen::none) return Screen::shift;
  if (view_->state == RegisterState::signed_out || locked_) return Screen::sign_in;
  for (const DeskPart* part : parts_) {
    if (part->open() && part->screen()) return *part->screen();
  }
  if (view_->state == RegisterState::tendering) return Screen::tender;
  return view_->returning && !view_->selling_in_return ? Screen::returns : Screen::sale;
}

Place Desk::place() const {
  const DeskPart* open = open_part();
  return open != nullptr ? open->place() : screen_place();
}

Place Desk::screen_place() const {
  switch (screen()) {
    case Screen::pairing:
      return Place::pairing;
    case Screen::sign_in:
      return Place::sign_in;
    case Screen::devices:
      return Place::devices;
    case Screen::returns:
      return Place::returns;
    case Screen::tender:
      return Place::tender;
    case Screen::shift:
      return shift_.place();
    case Screen::sale:
      break;
  }
  if (view_->age_check) return Place::age_check;
  if (view_->waiting_for_weight) return Place::weighing;
  switch (task_) {
    case Task::more:
      return Place::more;
    case Task::void_basket:
      return Place::void_basket;
    case Task::member:
      return Place::member;
    case Task::coupon:
      return Place::coupon;
    case Task::discount:
    case Task::discount_reason:
      return Place::discount;
    case Task::receipt:
      return Place::receipt;
    case Task::quick_keys:
      return Place::quick_keys;
    default:
      return Place::sale;
  }
}

Entry Desk::entry() const {
  if (open_part() != nullptr) return Entry::part;
  switch (screen()) {
    case Screen::pairing:
      return editing_server_ ? Entry::server : Entry::none;
    case Screen::sign_in:
      return sign_in_.typing_number() ? Entry::staff_number : Entry::pin;
    case Screen::returns:
      return Entry::return_quantity;
    case Screen::tender:
      return view_->total.is_negative() ? Entry::payout : Entry::cash;
    case Screen::devices:
    case Screen::shift:
      return Entry::none;
    case Screen::sale:
      break;
  }
  if (view_->age_check) return Entry::none;
  if (view_->waiting_for_weight) return Entry::weight;
  if (view_->waiting_for_price) return Entry::open_price;
  if (!view_->choices.empty()) return Entry::choice;
  switch (task_) {
    case Task::search:
      return Entry::search;
    case Task::price_check:
      return Entry::price_check;
    case Task::line_quantity:
      return Entry::quantity;
    case Task::change_price:
      return Entry::price;
    case Task::price_reason:
    case Task::discount_reason:
      return Entry::reason;
    case Task::member:
      return Entry::member;
    case Task::coupon:
      return Entry::coupon;
    case Task::discount:
      return Entry::discount;
    case Task::receipt:
      return Entry::receipt;
    case Task::quick_keys:
      return Entry::quick_key;
    case Task::more:
    case Task::void_basket:
      return Entry::none;
    case Task::none:
      break;
  }
  return Entry::goods;
}

bool Desk::waits() const {
  return view_->age_check || view_->waiting_for_weight || view_->waiting_for_price || !view_->choices.empty();
}

const std::vector<catalogue::ItemSummary>& Desk::results() const {
  return view_->choices.empty() ? found_ : view_->choices;
}

const ViewLine* Desk::line(std::int64_t number) const {
  const auto found = std::find_if(view_->lines.begin(), view_->lines.end(),
                                  [number](const ViewLine& candidate) { return candidate.line == number; });
  return found == view_->lines.end() ? nullptr : &*found;
}

std::string_view Desk::hindrance(const ActionRow& row) const {
  const ViewLine* chosen = selected_line();
  switch (row.needs) {
    case Needs::later_issue:
      return "till.reason.later";
    case Needs::scale:
      if (lane().weight().state == ScaleReading::State::none && !view_->waiting_for_weight) {
        return "till.reason.no_scale";
      }
      break;
    case Needs::line:
      if (chosen == nullptr || chosen->voided) return "till.reason.no_line";
      break;
    case Needs::basket:
      if (view_->lines.empty()) return "till.reason.empty";
      break;
    case Needs::empty_basket:
      if (!view_->lines.empty() && !(row.action == Action::return_goods && in_return())) {
        return "till.reason.finish_first";
      }
      break;
    case Needs::member:
      if (!view_->member) return "till.reason.no_member";
      break;
    case Needs::coupon:
      if (view_->coupons.empty()) return "till.reason.no_coupon";
      break;
    case Needs::returned:
      if (view_->line_count == 0) return "till.reason.nothing_back";
      break;
    case Needs::part_return:
      if (is_void()) return "till.reason.void_whole";
      break;
    case Needs::voidable:
      return why_not_voidable();
    case Needs::tender:
      if (view_->tenders.empty()) return "till.reason.no_tender";
      break;
    case Needs::shift:
    case Needs::no_shift:
      if (!view_->lines.empty()) return "till.reason.basket_first";
      if (row.needs == Needs::shift && !view_->shift) return "till.reason.no_shift";
      if (row.needs == Needs::no_shift && view_->shift) return "till.reason.shift_open";
      break;
    case Needs::server:
    case Needs::nothing:
      break;
  }
  return {};
}

// ---- talking to the lane ----

namespace {

Desk::LastSavings savings_of(const RegisterView& view) {
  Desk::LastSavings savings{view.saving, {}};
  for (const ViewCoupon& coupon : view.coupons) savings.coupons += coupon.saving;
  return savings;
}

}  // namespace

// What the register shows now; what only the view before knew is kept.
void Desk::take_view() {
  const ViewPtr before = view_;
  view_ = till_.lane().view();
  shift_.lane_changed();
  std::erase_if(kept_warnings_, [this](const Warning& warning) {
    const ViewLine* warned = line(warning.line);
    return warned == nullptr || warned->voided;
  });
  if (before->state == RegisterState::tendering && view_->state == RegisterState::idle) {
    selected_tender_ = 0;
    last_savings_ = savings_of(*before);
    tender_.close();
    end_task();
  }
}

bool Desk::run_from(const Command& command, Origin origin, std::function<void()> done) {
  local_notice_.reset();
  return answer(command, till_.lane().command(command), origin, std::move(done));
}

bool Desk::answer(const Command& command, const Result<void>& result, Origin origin, std::function<void()> done) {
  take_view();
  scan_refused_ = false;
  if (result) {
    restored_lines_ = 0;
    if (done) done();
    return true;
  }
  if (is_question(result.error())) {
    draft_ = {};
    if (!view_->choices.empty()) draft_.selected = 0;
    opened_by_itself();
    hooks_.sound(Sound::attention);
    return false;
  }
  if (Lane::needs_approval(result.error())) {
    approval_.begin(command, result.error(), std::move(done));
    return false;
  }
  scan_refused_ = origin == Origin::scan && screen() == Screen::sale && !waits();
  opened_by_itself();
  hooks_.sound(scan_refused_ ? Sound::stop : Sound::attention);
  return false;
}

void Desk::say(Notice notice, Sound sound) {
  local_notice_ = std::move(notice);
  opened_by_itself();
  hooks_.sound(sound);
}

void Desk::complain(const Error& error) {
  say(notice_for(error, false), Sound::attention);
}

void Desk::opened_by_itself() {
  help_open_ = false;
  opened_at_ms_ = hooks_.now_ms();
}

bool Desk::too_soon() const {
  return hooks_.now_ms() - opened_at_ms_ < enter_guard_ms;
}

void Desk::changed() {
  if (hooks_.changed) hooks_.changed();
}

void Desk::refuse(const ActionRow& row, std::string_view reason) {
  Notice notice{NoticeKind::attention, NoticeSign::info, "till.caption.not_now"};
  // "till.reason.later" -> "till.refused.later.title": the words with what the key would have done.
  const std::string stem = "till.refused." + std::string(reason.substr(reason.rfind('.') + 1));
  notice.title = {stem + ".title", {}, {{"function", std::string(row.label)}}};
  notice.note = {stem + ".note"};
  notice.keys = {dismiss_key()};
  say(std::move(notice), Sound::attention);
}

void Desk::lane_changed() {
  take_view();
  for (DeskPart* part : parts_) part->lane_changed();
  load_people();
  const LinkStatus& link = lane().link();
  if (link.state != link_state_) {
    const bool was_offline = link_state_ == LinkStatus::State::offline;
    link_state_ = link.state;
    if (link.state == LinkStatus::State::offline) side_ = SidePanel::offline;
    if (link.state == LinkStatus::State::online) {
      if (side_ == SidePanel::offline) side_ = SidePanel::quick_keys;
      if (was_offline) backlog_ = lane().outbox().unsent;
    }
  }
  if (link.state != LinkStatus::State::online || lane().outbox().unsent == 0) backlog_ = 0;
  if (view_->state == RegisterState::signed_out) {
    set_locked(false);
    close_parts();
  }
  if (view_->returning && sold_line(return_line_) == nullptr) choose_first_left();
  if (screen() != Screen::pairing) editing_server_ = false;
  changed();
}

void Desk::lane_event(const LaneEvent& event) {
  switch (event.kind) {
    case LaneEvent::Kind::print_failed:
      unprinted_receipt_ = event.number;
      opened_by_itself();
      hooks_.sound(Sound::attention);
      break;
    case LaneEvent::Kind::printed:
      if (unprinted_receipt_ == event.number) unprinted_receipt_.reset();
      break;
    case LaneEvent::Kind::drawer_left_open:
      drawer_called_out_ = true;
      hooks_.sound(Sound::attention);
      break;
    case LaneEvent::Kind::paper_trouble:
      paper_called_out_ = true;
      break;
    case LaneEvent::Kind::clock_off:
      clock_called_out_ = event.number != 0;
      break;
    case LaneEvent::Kind::basket_restored:
      restored_lines_ = event.number;
      break;
    case LaneEvent::Kind::storage_failing:
      if (event.error) complain(*event.error);
      break;
    case LaneEvent::Kind::scanned:
      return scan({event.text, barcode::Symbology::unknown, 0});
    default:
      break;
  }
  for (DeskPart* part : parts_) part->lane_event(event);
  drain_scans();
  changed();
}

// ---- input ----

bool Desk::is_command(char32_t character) const {
  if (entry() == Entry::search || entry() == Entry::price_check) return false;
  // What a scanner types must not choose goods: such keys wait until it is known who types.
  if (entry() == Entry::quick_key && quick_key_index(character)) return true;
  const DeskPart* open = open_part();
  const bool text = open != nullptr && open->entry().kind == EntryModel::Kind::text;
  return !text && action_of(ui::typed(character)) != nullptr;
}

bool Desk::accepts(char32_t character) const {
  const bool digit = character >= '0' && character <= '9';
  switch (entry()) {
    case Entry::none:
      return false;
    case Entry::payout:
    case Entry::quick_key:
      return false;
    case Entry::quantity:
    case Entry::pin:
      return digit;
    case Entry::part:
      return part_accepts(character);
    case Entry::weight:
    case Entry::open_price:
    case Entry::price:
    case Entry::discount:
    case Entry::return_quantity:
    case Entry::cash:
      return digit || (character == '.' && draft_.text.find('.') == std::string::npos);
    case Entry::choice:
    case Entry::reason:
      return digit && character != '0';
    default:
      return character > 0x20 && character != 0x7F;
  }
}

void Desk::character(char32_t character) {
  if (entry() == Entry::quick_key) {
    if (const auto index = quick_key_index(character)) {
      help_open_ = false;
      return press_quick_key(*index);
    }
  }
  if (is_command(character)) {
    act(action_of(ui::typed(character))->action);
    return;
  }
  help_open_ = false;
  if (on_shift()) return shift_.character(character);
  if (!accepts(character) || draft_.text.size() >= longest_text || !asking_.empty()) return changed();
  const int digit = static_cast<int>(character) - '0';
  if (DeskPart* open = open_part(); open != nullptr && open->entry().kind == EntryModel::Kind::choice) {
    return press_choice(digit);
  }
  if (entry() == Entry::reason) {
    choose_reason(digit);
    return;
  }
  if (entry() == Entry::choice) {
    if (digit <= static_cast<int>(view_->choices.size())) draft_.selected = digit - 1;
    return changed();
  }
  draft_.text += to_utf8(std::u32string(1, character));
  sign_in_.clear_message();
  if (entry() == Entry::search) search_again();
  if (DeskPart* open = open_part()) open->typed();
  changed();
}

void Desk::type(std::string_view text) {
  for (const char32_t character : to_utf32(text)) this->character(character);
}

void Desk::restore_draft() {
  draft_ = saved_draft_;
  shift_.restore_draft();
  if (DeskPart* open = open_part()) open->restore_draft();
  if (entry() == Entry::search) search_again();
}

void Desk::enter() {
  if (std::exchange(help_open_, false)) return changed();
  if (too_soon() || !asking_.empty()) return;
  if (on_shift()) return shift_.enter();
  switch (entry()) {
    case Entry::none:
    case Entry::quick_key:
      break;
    case Entry::goods:
      enter_goods();
      break;
    case Entry::search:
    case Entry::choice:
    case Entry::price_check:
      enter_result();
      break;
    case Entry::quantity:
      enter_quantity();
      break;
    case Entry::price:
      enter_price();
      break;
    case Entry::reason:
      if (task_ == Task::discount_reason) {
        enter_discount_reason();
      } else {
        enter_reason();
      }
      break;
    case Entry::member:
      enter_member(draft_.text);
      break;
    case Entry::coupon:
      enter_coupon(draft_.text);
      break;
    case Entry::discount:
      enter_discount();
      break;
    case Entry::receipt:
      ask_for_receipt(draft_.text);
      break;
    case Entry::return_quantity:
      enter_return();
      break;
    case Entry::payout:
      take_cash(Money());
      break;
    case Entry::part:
      enter_part();
      break;
    case Entry::weight:
      enter_weight();
      break;
    case Entry::open_price:
      enter_open_price();
      break;
    case Entry::cash:
      enter_cash();
      break;
    case Entry::staff_number:
    case Entry::pin:
      enter_person();
      break;
    case Entry::server:
      enter_server();
      break;
  }
  drain_scans();
  changed();
}

void Desk::act(Action action) {
  if (act_everywhere(action)) return changed();
  if (act_on_part(action)) {
    drain_scans();
    return changed();
  }
  if (act_on_shift(action)) return;
  switch (action) {
    case Action::confirm:
      return enter();
    case Action::cancel:
      cancel();
      break;
    case Action::backspace:
      if (!draft_.text.empty()) {
        std::u32string text = to_utf32(draft_.text);
        text.pop_back();
        draft_.text = to_utf8(text);
      }
      if (entry() == Entry::search) search_again();
      break;
    case Action::clear:
      draft_.text.clear();
      if (entry() == Entry::search) search_again();
      break;
    case Action::change_language:
      language_ = language_ == i18n::Language::zh_CN ? i18n::Language::en : i18n::Language::zh_CN;
      if (task_ == Task::more) end_task();
      break;
    case Action::reconnect:
      till_.link().reconnect_now();
      break;
    default:
      switch (screen()) {
        case Screen::pairing:
        case Screen::sign_in:
          act_on_people(action);
          break;
        case Screen::sale:
          act_on_sale(action);
          break;
        case Screen::returns:
          act_on_return(action);
          break;
        case Screen::tender:
          act_on_tender(action);
          break;
        case Screen::devices:
        case Screen::shift:
          break;
      }
  }
  drain_scans();
  changed();
}

void Desk::cancel() {
  switch (screen()) {
    case Screen::pairing:
      local_notice_.reset();
      editing_server_ = false;
      draft_ = {};
      break;
    case Screen::sign_in:
      if (!local_notice_ && !sign_in_speaks() && draft_.text.empty()) wave_lasting_away();
      local_notice_.reset();
      if (draft_.text.empty()) sign_in_.end_number();
      draft_ = {};
      sign_in_.clear_message();
      break;
    case Screen::devices:
    case Screen::shift:
      break;
    case Screen::sale:
      cancel_on_sale();
      break;
    case Screen::returns:
      act_on_return(Action::cancel);
      break;
    case Screen::tender:
      act_on_tender(Action::back_to_sale);
      break;
  }
}

}  // namespace lanekeeper::till::ui
