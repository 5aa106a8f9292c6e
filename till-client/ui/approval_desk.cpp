#include "till_ui/approval_desk.h"

#include <utility>

#include "base/text.h"

namespace lanekeeper::till::ui {

namespace {

// What goods carry and badges do not: digits as long as a GTIN or a label of a scale.
bool looks_like_goods(const std::string& data) {
  const auto size = data.size();
  return is_ascii_digits(data) && (size == 8 || size == 12 || size == 13 || size == 14 || size == 18);
}

bool is_about_the_person(const Error& error) {
  return error.code.starts_with("access.") || error.code == "approval.own_purchase" ||
         Lane::needs_approval(error).has_value();
}

}  // namespace

void ApprovalDesk::begin(Command command, Error refusal, std::function<void()> done) {
  const auto permission = Lane::needs_approval(refusal);
  if (!permission) return hand_.complain(refusal);
  hand_.set_typed({});
  hand_.quiet();
  reasons_ = missing_reason(command, *permission);
  request_ = Request{std::move(command), std::move(refusal), *permission, std::move(done)};
  step_ = reasons_ ? Step::reason : Step::number;
  reason_ = 0;
  number_.clear();
  message_.reset();
  afar_ = false;
  hand_.opened_by_itself();
  hand_.sound(Sound::attention);
}

void ApprovalDesk::close() {
  if (afar_) hand_.lane().withdraw_approval();
  afar_ = false;
  request_.reset();
  hand_.set_typed({});
}

std::int64_t ApprovalDesk::line() const {
  return request_ ? approval_subject(hand_.view(), request_->command).line : 0;
}

void ApprovalDesk::cancel() {
  if (step_ == Step::pin) {
    step_ = Step::number;
    message_.reset();
    hand_.set_typed(std::exchange(number_, {}));
    return;
  }
  close();
}

void ApprovalDesk::choose(int digit) {
  if (!request_ || !reasons_ || !reasons_->has(digit)) return;
  reason_ = digit;
  set_reason(request_->command, reasons_->code(digit));
  message_.reset();
  if (step_ == Step::reason) step_ = Step::number;
}

void ApprovalDesk::save_draft() {
  saved_ = {step_, reason_, reasons_ && reasons_->has(reason_) ? reasons_->code(reason_) : std::string()};
}

void ApprovalDesk::restore_draft() {
  if (!request_ || !reasons_) return;
  step_ = saved_.step;
  reason_ = saved_.reason;
  set_reason(request_->command, saved_.code);
}

void ApprovalDesk::enter(const std::string& text) {
  if (!request_ || text.empty()) return;
  switch (step_) {
    case Step::reason:
      return;
    case Step::number:
      number_ = text;
      step_ = Step::pin;
      return;
    case Step::pin: {
      // The PIN is in no state of the desk while it is checked.
      const Command command = request_->command;
      answered(hand_.attempt([&] { return hand_.lane().approved(command, number_, text); }));
      return;
    }
  }
}

bool ApprovalDesk::scan(const DetectedScan& scan) {
  if (step_ == Step::reason) {
    if (looks_like_goods(scan.data)) return false;
    hand_.sound(Sound::attention);
    return true;
  }
  const Command command = request_->command;
  const auto result = hand_.attempt([&] { return hand_.lane().approved_by_badge(command, scan.data); });
  if (!result && result.error().code == "access.unknown_badge" && looks_like_goods(scan.data)) return false;
  answered(result);
  return true;
}

void ApprovalDesk::answered(const Result<void>& result) {
  if (result) return granted();
  if (is_about_the_person(result.error())) {
    message_ = result.error();
    // Who was named has not the right: somebody else has to come. A wrong PIN may be typed again.
    if (result.error().code != "access.wait" && result.error().code != "access.unknown_or_wrong") {
      step_ = Step::number;
      number_.clear();
    }
    hand_.sound(Sound::stop);
    return;
  }
  close();
  hand_.complain(result.error());
}

void ApprovalDesk::granted() {
  // What was allowed may have signed the person out (the close of a shift), which has closed this panel already.
  if (!request_) return hand_.sound(Sound::ok);
  const auto done = std::move(request_->done);
  close();
  hand_.sound(Sound::ok);
  if (done) done();
}

bool ApprovalDesk::act(Action action) {
  if (action != Action::ask_afar) return false;
  ask_afar();
  return true;
}

void ApprovalDesk::ask_afar() {
  if (afar_ || !request_) return;
  if (step_ == Step::reason) return hand_.sound(Sound::attention);
  const AfarWords words = afar_words(hand_.view(), request_->command, request_->permission);
  Error::Details details;
  for (const auto& [name, value] : words.details) details.emplace_back(name, value);
  message_.reset();
  afar_ = true;
  hand_.lane().ask_approval(request_->command, request_->refusal, words.subject, details,
                            guarded([this](const Result<void>& result) {
                              if (!result) {
                                afar_ = false;
                                message_ = result.error();
                                hand_.sound(Sound::attention);
                              }
                              hand_.changed();
                            }));
}

void ApprovalDesk::lane_event(const LaneEvent& event) {
  if (event.kind != LaneEvent::Kind::approval_answered || !request_ || !afar_) return;
  afar_ = false;
  if (event.text == "granted" && !event.error) return granted();
  message_ = event.error ? *event.error
                         : Error{"approval.refused", "It was refused. Ask somebody who is here, or give it up.", {}};
  hand_.opened_by_itself();
  hand_.sound(Sound::stop);
}

// Which limit was met, or that the right is missing altogether.
Words ApprovalDesk::why() const {
  const auto& cashier = hand_.view().cashier;
  i18n::Texts::Parameters parameters = request_->refusal.details;
  parameters.emplace_back("cashier", cashier ? cashier->name : std::string());
  return {"till.approval.why." + request_->refusal.code, parameters, {}, "till.approval.why"};
}

PanelModel ApprovalDesk::panel() const {
  PanelModel model;
  if (!request_) return model;
  const ApprovalSubject subject = approval_subject(hand_.view(), request_->command);
  model.kind = NoticeKind::attention;
  model.sign = NoticeSign::lock;
  model.title = {"till.approval.title." + text_name(request_->permission), {}, {}, "till.approval.title"};
  model.hint = why();
  model.name = subject.name;
  model.place = subject.place;
  model.figures = subject.figures;
  if (message_) model.message = {"till.error." + message_->code + ".title", message_->details, {}, {}, message_};
  if (reasons_) {
    model.choices_title = {"till.approval.step_reason"};
    for (int i = 1; reasons_->has(i); ++i) {
      model.choices.push_back({std::to_string(i), {reasons_->text_key(i)}, reason_ == i});
    }
  }
  PanelCredentials who;
  who.title = {reasons_ ? "till.approval.step_person_second" : "till.approval.step_person"};
  using Asks = PanelCredentials::Asks;
  who.asks = step_ == Step::reason ? Asks::nothing_yet : step_ == Step::number ? Asks::number : Asks::pin;
  who.number = step_ == Step::number ? hand_.typed() : number_;
  if (step_ == Step::pin) who.pin_digits = static_cast<int>(hand_.typed().size());
  who.badge = {"till.approval.badge"};
  model.credentials = std::move(who);
  model.note = {afar_ ? "till.approval.afar_waiting" : "till.approval.afar_hint"};
  using Look = PanelKey::Look;
  model.keys = {
      {Action::cancel, afar_ ? "till.approval.withdraw" : "till.approval.give_up", "Esc"},
      {Action::ask_afar, "till.action.ask_afar", "F9"},
      {Action::confirm, step_ == Step::pin ? "till.approval.allow" : "till.price.next", "Enter", Look::primary}};
  if (afar_) model.keys.erase(model.keys.begin() + 1);
  return model;
}

EntryModel ApprovalDesk::entry() const {
  switch (step_) {
    case Step::reason:
      return {EntryModel::Kind::choice, {}, "till.approval.entry", true};
    case Step::number:
      return {EntryModel::Kind::digits, {}, "till.approval.entry", true};
    case Step::pin:
      break;
  }
  return {EntryModel::Kind::secret, {}, "till.approval.entry", true};
}

}  // namespace lanekeeper::till::ui
