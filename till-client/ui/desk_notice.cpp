// What the desk has to say, in the banner's place.

#include <algorithm>
#include <cstdlib>

#include "till_ui/birth_date.h"
#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

// The register's own questions: they are shown as such, not as refusals.
bool Desk::is_question(const Error& error) {
  return error.code == "register.age_check" || error.code == "register.weight_needed" ||
         error.code == "register.choose_item" || error.code == "register.price_needed";
}

const Error* Desk::shown_message() const {
  if (!view_->message || Lane::needs_approval(*view_->message)) return nullptr;
  // Who could not allow it is told where the approval is asked for.
  const std::string& code = view_->message->code;
  if (code.starts_with("access.") && code != "access.badge_not_needed") return nullptr;
  return &*view_->message;
}

namespace {

// By the day itself: a business day that goes on past midnight makes nobody younger.
Notice question_of_age(const AgeCheck& check, const Date& today, i18n::Language language) {
  const bool english = language == i18n::Language::en && !check.item.name_en.empty();
  const Date born = latest_birth_date(today, static_cast<int>(check.minimum_age));
  const i18n::Texts::Parameters parameters{{"name", english ? check.item.name_en : check.item.name},
                                           {"age", std::to_string(check.minimum_age)},
                                           {"date", born.to_string()},
                                           {"day", std::to_string(born.day)},
                                           {"year", std::to_string(born.year)}};
  Notice notice{NoticeKind::attention, NoticeSign::badge, "till.caption.age"};
  notice.title = {"till.age.title", parameters};
  notice.note = {"till.age.note", parameters, {{"month", "till.month." + std::to_string(born.month)}}};
  notice.keys = {{Place::age_check, Action::age_confirmed}, {Place::age_check, Action::age_refused, {}, true}};
  return notice;
}

Notice question_of_weight(const catalogue::ItemSummary& item, const ScaleReading& reading, i18n::Language language) {
  const bool english = language == i18n::Language::en && !item.name_en.empty();
  const ScaleWords scale = scale_words(reading);
  Notice notice{NoticeKind::attention, NoticeSign::scale, "till.caption.weigh"};
  const std::string& name = english ? item.name_en : item.name;
  if (reading.state == ScaleReading::State::none) {
    notice.title = {"till.weigh.title", {{"name", name}}};
    notice.note = {"till.weigh.note"};
  } else {
    const std::string_view state = scale.state;
    notice.title = {"till.weigh.live", {{"name", name}}, {{"state", std::string(state)}}};
    const std::string stem = "till.weigh.note_" + std::string(state.substr(state.rfind('.') + 1));
    notice.note = {stem, {}, {}, "till.weigh.note_scale"};
    notice.figure_text = scale.weight;
    notice.keys.push_back({Place::sale, Action::read_scale, "till.action.type_weight"});
    if (reading.state == ScaleReading::State::under_zero) notice.keys.push_back({Place::weighing, Action::zero_scale});
  }
  notice.keys.push_back({Place::sale, Action::cancel, "till.action.drop_item"});
  return notice;
}

Notice question_of_price(const catalogue::ItemSummary& item, i18n::Language language) {
  const bool english = language == i18n::Language::en && !item.name_en.empty();
  Notice notice{NoticeKind::attention, NoticeSign::tag, "till.caption.open_price"};
  notice.title = {"till.open_price.title", {{"name", english ? item.name_en : item.name}}};
  notice.note = {item.unit == catalogue::UnitOfMeasure::kilogram ? "till.open_price.note_kg" : "till.open_price.note"};
  notice.keys = {{Place::sale, Action::cancel, "till.action.drop_item"}};
  return notice;
}

Notice question_of_void(const RegisterView& view) {
  Notice notice{NoticeKind::attention, NoticeSign::alert, "till.caption.void_basket"};
  notice.title = {"till.void_basket.title",
                  {{"count", std::to_string(view.line_count)}, {"amount", view.total.to_string()}}};
  notice.note = {"till.void_basket.note"};
  notice.keys = {{Place::void_basket, Action::void_basket, {}, true},
                 {Place::sale, Action::cancel, "till.action.keep_basket"}};
  return notice;
}

// The goods are in the sale: it is for the cashier's eyes.
Notice of_date(const Error& warning) {
  Notice notice{NoticeKind::attention, NoticeSign::alert, "till.caption.date"};
  notice.title = {"till.warning." + warning.code, warning.details, {}, "error." + warning.code, warning};
  notice.note = {"till.warning.date_note"};
  notice.keys = {dismiss_key()};
  return notice;
}

Notice of_open_drawer() {
  Notice notice{NoticeKind::attention, NoticeSign::alert, "till.caption.drawer"};
  notice.title = {"till.drawer_left.title"};
  notice.note = {"till.drawer_left.note"};
  notice.keys = {dismiss_key()};
  return notice;
}

Notice of_paper(const Error& trouble) {
  Notice notice{NoticeKind::attention, NoticeSign::printer, "till.caption.printer"};
  notice.title = {"till.paper_trouble.title"};
  notice.note = {"error." + trouble.code};
  for (const auto& [name, value] : trouble.details) {
    if (name == "problem") {
      notice.note.keyed.emplace_back("reason", "error." + value);  // in the language of the screen
    } else if (name != "reason") {
      notice.note.parameters.emplace_back(name, value);
    }
  }
  notice.keys = {dismiss_key()};
  return notice;
}

Notice of_clock(std::int64_t ahead_s) {
  Notice notice{NoticeKind::attention, NoticeSign::alert, "till.caption.clock"};
  notice.title = {ahead_s > 0 ? "till.clock.ahead" : "till.clock.behind",
                  {{"minutes", std::to_string(std::abs(ahead_s) / 60)}}};
  notice.note = {"till.clock.note"};
  notice.keys = {dismiss_key()};
  return notice;
}

}  // namespace

std::optional<Notice> Desk::notice() const {
  // Over a sale that waits: its questions are for whoever goes on with it.
  if (screen() == Screen::devices) return local_notice_ ? local_notice_ : lasting_notice();
  std::optional<Notice> question;
  if (view_->age_check) {
    question = question_of_age(*view_->age_check, lane().now().local_date(), language_);
  } else if (view_->waiting_for_weight) {
    question = question_of_weight(*view_->waiting_for_weight, lane().weight(), language_);
  } else if (view_->waiting_for_price) {
    question = question_of_price(*view_->waiting_for_price, language_);
  } else if (!view_->choices.empty()) {
    question = Notice{NoticeKind::attention, NoticeSign::layers, "till.caption.choose"};
    question->title = {"till.choose.title", {{"count", std::to_string(view_->choices.size())}}};
    question->note = {"till.choose.note"};
    question->keys = {{Place::sale, Action::cancel, "till.action.drop_item"}};
  }
  const Error* const shown = shown_message();
  const bool refusal = shown != nullptr && !is_question(*shown);
  if (question) {
    // What went wrong while answering takes the place of the note.
    if (refusal) question->note = notice_for(*shown, false).title;
    if (local_notice_) question->note = local_notice_->title;
    return question;
  }
  if (!asking_.empty()) {
    Notice notice{NoticeKind::notice, NoticeSign::info, "till.caption.asking"};
    notice.title = {asking_ + ".title"};
    notice.note = {asking_ + ".note"};
    return notice;
  }
  if (task_ == Task::void_basket) return question_of_void(*view_);
  if (local_notice_) return local_notice_;
  if (refusal && screen() != Screen::sign_in) return notice_for(*shown, scan_refused_);
  const bool selling = screen() == Screen::sale && task_ == Task::none;
  if (selling && !kept_warnings_.empty()) return of_date(kept_warnings_.front().what);
  if (selling && !view_->last_scan_warnings.empty()) return of_date(view_->last_scan_warnings.front());
  return lasting_notice();
}

namespace {

Notice of_restored(std::int64_t lines) {
  Notice notice{NoticeKind::notice, NoticeSign::info, "till.caption.restored"};
  notice.title = {"till.restored.title", {{"lines", std::to_string(lines)}}};
  notice.note = {"till.restored.note"};
  notice.keys = {dismiss_key()};
  return notice;
}

Notice of_unprinted(std::int64_t receipt_number) {
  Notice notice{NoticeKind::attention, NoticeSign::printer, "till.caption.printer"};
  notice.title = {"till.print_failed.title", {{"number", std::to_string(receipt_number)}}};
  notice.note = {"till.print_failed.note"};
  notice.keys = {{Place::sale, Action::reprint}, dismiss_key()};
  return notice;
}

}  // namespace

// What is true of the till until it ends or is waved away, whatever the cashier does meanwhile.
std::optional<Notice> Desk::lasting_notice() const {
  std::optional<Notice> notice;
  if (restored_lines_ > 0 && !view_->lines.empty()) {
    notice = of_restored(restored_lines_);
  } else if (unprinted_receipt_) {
    notice = of_unprinted(*unprinted_receipt_);
  } else if (drawer_called_out_ && lane().drawer_left_open()) {
    notice = of_open_drawer();
  } else if (paper_called_out_ && !lane().paper_troubles().empty()) {
    notice = of_paper(lane().paper_troubles().front());
  } else if (clock_called_out_) {
    notice = of_clock(lane().link().clock_ahead_s);
  }
  if (notice) notice->lasting = true;
  return notice;
}

// In the order in which they are told.
bool Desk::wave_lasting_away() {
  if (!lasting_notice()) return false;
  if (restored_lines_ > 0 && !view_->lines.empty()) {
    restored_lines_ = 0;
  } else if (unprinted_receipt_) {
    unprinted_receipt_.reset();
  } else if (drawer_called_out_ && lane().drawer_left_open()) {
    drawer_called_out_ = false;
  } else if (paper_called_out_ && !lane().paper_troubles().empty()) {
    paper_called_out_ = false;
  } else {
    clock_called_out_ = false;
  }
  return true;
}

// ---- goods whose date has passed ----

void Desk::keep_warnings() {
  for (const Error& warning : view_->last_scan_warnings) {
    const bool kept = std::any_of(kept_warnings_.begin(), kept_warnings_.end(), [&](const Warning& one) {
      return one.line == view_->last_line && one.what.code == warning.code;
    });
    if (!kept) kept_warnings_.push_back({view_->last_line, warning});
  }
}

// One after the other, each with its line selected: Del is for the goods that are spoken of.
void Desk::show_kept_warning() {
  const bool selling = screen() == Screen::sale && task_ == Task::none && entry() == Entry::goods;
  if (kept_warnings_.empty() || !selling || !asking_.empty() || local_notice_ || shown_message() != nullptr) return;
  keep_warnings();  // of the goods after them
  const std::int64_t line = kept_warnings_.front().line;
  if (view_->selected_line != line) run(SelectLine{line});
}

void Desk::wave_warning_away() {
  const bool were_kept = !kept_warnings_.empty();
  if (were_kept) kept_warnings_.erase(kept_warnings_.begin());
  if (!kept_warnings_.empty()) return;
  if (!view_->last_scan_warnings.empty()) run(Dismiss{});
  const ViewLine* last = line(view_->last_line);
  if (were_kept && last != nullptr && view_->selected_line != last->line) run(SelectLine{last->line});
}

bool Desk::sign_in_speaks() const {
  return sign_in_.people().empty() || sign_in_.typing_number() || sign_in_.badge_read() || sign_in_.forgot() ||
         sign_in_.error() || shift_.closes_after_sign_in();
}

}  // namespace lanekeeper::till::ui
