#include "till_ui/desk.h"

#include <algorithm>

#include "base/text.h"

namespace lanekeeper::till::ui {

namespace {

constexpr std::int64_t enter_guard_ms = 400;
constexpr std::size_t longest_text = 64;

// The register's own questions: they are shown as such, not as refusals.
bool is_question(const Error& error) {
  return error.code == "register.age_check" || error.code == "register.weight_needed" ||
         error.code == "register.choose_item";
}

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
  const LinkStatus& link = lane().link();
  const bool unpaired = link.state == LinkStatus::State::unpaired || link.state == LinkStatus::State::pairing;
  if (lane().till() == 0 || (unpaired && view_->state == RegisterState::signed_out)) return Screen::pairing;
  if (view_->state == RegisterState::signed_out || locked_) return Screen::sign_in;
  if (view_->state == RegisterState::tendering) return Screen::tender;
  return view_->returning ? Screen::returns : Screen::sale;
}

Place Desk::place() const {
  switch (screen()) {
    case Screen::pairing:
      return Place::pairing;
    case Screen::sign_in:
      return Place::sign_in;
    case Screen::returns:
      return Place::returns;
    case Screen::tender:
      return Place::tender;
    case Screen::sale:
      break;
  }
  if (view_->age_check) return Place::age_check;
  switch (task_) {
    case Task::more:
      return Place::more;
    case Task::member:
      return Place::member;
    case Task::coupon:
      return Place::coupon;
    case Task::discount:
    case Task::discount_reason:
      return Place::discount;
    default:
      return Place::sale;
  }
}

Entry Desk::entry() const {
  switch (screen()) {
    case Screen::pairing:
      return editing_server_ ? Entry::server : Entry::none;
    case Screen::sign_in:
      return sign_in_.typing_number() ? Entry::staff_number : Entry::pin;
    case Screen::returns:
      return Entry::return_quantity;
    case Screen::tender:
      return view_->returning ? Entry::payout : Entry::cash;
    case Screen::sale:
      break;
  }
  if (view_->age_check) return Entry::none;
  if (view_->waiting_for_weight) return Entry::weight;
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
    case Task::more:
    case Task::help:
      return Entry::none;
    case Task::none:
      break;
  }
  return Entry::goods;
}

bool Desk::waits() const {
  return view_->age_check || view_->waiting_for_weight || !view_->choices.empty();
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
      return "till.reason.no_scale";
    case Needs::line:
      if (chosen == nullptr || chosen->voided) return "till.reason.no_line";
      break;
    case Needs::basket:
      if (view_->lines.empty()) return "till.reason.empty";
      break;
    case Needs::empty_basket:
      if (!view_->lines.empty()) return "till.reason.finish_first";
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
  if (row.permission && view_->cashier && !access::allows(view_->cashier->role, *row.permission)) {
    return "till.reason.denied";
  }
  return {};
}

namespace {

Notice question_of_age(const AgeCheck& check, i18n::Language language) {
  const bool english = language == i18n::Language::en && !check.item.name_en.empty();
  const i18n::Texts::Parameters parameters{{"name", english ? check.item.name_en : check.item.name},
                                           {"age", std::to_string(check.minimum_age)}};
  Notice notice{NoticeKind::attention, NoticeSign::badge, "till.caption.age"};
  notice.title = {"till.age.title", parameters};
  notice.note = {"till.age.note", parameters};
  notice.keys = {{Place::age_check, Action::age_confirmed}, {Place::age_check, Action::age_refused, {}, true}};
  return notice;
}

Notice question_of_weight(const catalogue::ItemSummary& item, bool may_type, i18n::Language language) {
  const bool english = language == i18n::Language::en && !item.name_en.empty();
  Notice notice{NoticeKind::attention, NoticeSign::scale, "till.caption.weigh"};
  notice.title = {"till.weigh.title", {{"name", english ? item.name_en : item.name}}};
  notice.note = {may_type ? "till.weigh.note" : "till.weigh.note_denied"};
  notice.keys = {{Place::sale, Action::cancel, "till.action.drop_item"}};
  return notice;
}

}  // namespace

std::optional<Notice> Desk::notice() const {
  std::optional<Notice> question;
  if (view_->age_check) {
    question = question_of_age(*view_->age_check, language_);
  } else if (view_->waiting_for_weight) {
    const bool may_type = view_->cashier && access::allows(view_->cashier->role, access::Permission::weight_manual);
    question = question_of_weight(*view_->waiting_for_weight, may_type, language_);
  } else if (!view_->choices.empty()) {
    question = Notice{NoticeKind::attention, NoticeSign::layers, "till.caption.choose"};
    question->title = {"till.choose.title", {{"count", std::to_string(view_->choices.size())}}};
    question->note = {"till.choose.note"};
    question->keys = {{Place::sale, Action::cancel, "till.action.drop_item"}};
  }
  const bool refusal = view_->message && !is_question(*view_->message);
  if (question) {
    // What went wrong while answering takes the place of the note.
    if (refusal) question->note = notice_for(*view_->message, false).title;
    if (local_notice_) question->note = local_notice_->title;
    return question;
  }
  if (!asking_.empty()) {
    Notice notice{NoticeKind::notice, NoticeSign::info, "till.caption.asking"};
    notice.title = {asking_ + ".title"};
    notice.note = {asking_ + ".note"};
    return notice;
  }
  if (local_notice_) return local_notice_;
  if (refusal && screen() != Screen::sign_in) return notice_for(*view_->message, scan_refused_);
  if (restored_lines_ > 0 && !view_->lines.empty()) {
    Notice notice{NoticeKind::notice, NoticeSign::info, "till.caption.restored"};
    notice.title = {"till.restored.title", {{"lines", std::to_string(restored_lines_)}}};
    notice.note = {"till.restored.note"};
    notice.keys = {dismiss_key()};
    return notice;
  }
  if (unprinted_receipt_) {
    Notice notice{NoticeKind::attention, NoticeSign::printer, "till.caption.printer"};
    notice.title = {"till.print_failed.title", {{"number", std::to_string(*unprinted_receipt_)}}};
    notice.note = {"till.print_failed.note"};
    notice.keys = {{Place::sale, Action::reprint}, dismiss_key()};
    return notice;
  }
  return std::nullopt;
}

// ---- talking to the lane ----

namespace {

Desk::LastSavings savings_of(const RegisterView& view) {
  Desk::LastSavings savings{view.saving, {}};
  for (const ViewCoupon& coupon : view.coupons) savings.coupons += coupon.saving;
  return savings;
}

}  // namespace

bool Desk::run(const Command& command, Origin origin) {
  const ViewPtr before = view_;
  const bool tendering = before->state == RegisterState::tendering;
  local_notice_.reset();
  const auto result = till_.lane().command(command);
  view_ = till_.lane().view();
  scan_refused_ = false;
  if (result) {
    restored_lines_ = 0;
    if (view_->state == RegisterState::idle && tendering) {
      selected_tender_ = 0;
      last_savings_ = savings_of(*before);
      end_task();
    }
    return true;
  }
  if (is_question(result.error())) {
    draft_ = {};
    if (!view_->choices.empty()) draft_.selected = 0;
    opened_by_itself();
    hooks_.sound(Sound::attention);
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
  if (reason == "till.reason.denied") {
    notice.sign = NoticeSign::lock;
    notice.caption = "till.caption.denied";
  }
  // "till.reason.later" -> "till.refused.later.title": the words with what the key would have done.
  const std::string stem = "till.refused." + std::string(reason.substr(reason.rfind('.') + 1));
  notice.title = {stem + ".title", {}, {{"function", std::string(row.label)}}};
  notice.note = {stem + ".note"};
  notice.keys = {dismiss_key()};
  say(std::move(notice), Sound::attention);
}

void Desk::lane_changed() {
  view_ = till_.lane().view();
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
  if (view_->state == RegisterState::signed_out) locked_ = false;
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
    case LaneEvent::Kind::basket_restored:
      restored_lines_ = event.number;
      break;
    case LaneEvent::Kind::storage_failing:
      if (event.error) complain(*event.error);
      break;
    default:
      break;
  }
  changed();
}

// ---- input ----

bool Desk::is_command(char32_t character) const {
  return find_action(place(), typed(character)) != nullptr && entry() != Entry::search && entry() != Entry::price_check;
}

bool Desk::accepts(char32_t character) const {
  const bool digit = character >= '0' && character <= '9';
  switch (entry()) {
    case Entry::none:
      return false;
    case Entry::payout:
      return false;
    case Entry::quantity:
    case Entry::pin:
      return digit;
    case Entry::weight:
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
  if (is_command(character)) {
    act(find_action(place(), typed(character))->action);
    return;
  }
  if (!accepts(character) || draft_.text.size() >= longest_text || !asking_.empty()) return changed();
  const int digit = static_cast<int>(character) - '0';
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
  changed();
}

void Desk::type(std::string_view text) {
  for (const char32_t character : to_utf32(text)) this->character(character);
}

void Desk::restore_draft() {
  draft_ = saved_draft_;
  if (entry() == Entry::search) search_again();
}

void Desk::enter() {
  if (too_soon() || !asking_.empty()) return;
  switch (entry()) {
    case Entry::none:
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
    case Entry::weight:
      enter_weight();
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
      local_notice_.reset();
      if (draft_.text.empty()) sign_in_.end_number();
      draft_ = {};
      sign_in_.clear_message();
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
