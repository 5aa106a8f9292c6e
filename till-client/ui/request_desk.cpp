#include "till_ui/request_desk.h"

#include <algorithm>
#include <utility>

namespace lanekeeper::till::ui {

namespace {

// What is asked for, in the words of the details that came with it; the permission names it in any case.
Words what(const protocol::ApprovalRequest& request) {
  i18n::Texts::Parameters parameters;
  if (request.details.is_object()) {
    for (const auto& [name, value] : request.details.items()) {
      if (value.is_string()) parameters.emplace_back(name, value.get<std::string>());
    }
  }
  std::string key = "till." + request.subject;
  return {std::move(key), std::move(parameters), {}, "till.requests.other"};
}

}  // namespace

void RequestDesk::begin() {
  hand_.quiet();
  hand_.set_typed({});
  step_ = Step::list;
  message_.reset();
  chosen_.reset();
  const auto& all = hand_.lane().waiting_approvals();
  if (!all.empty()) chosen_ = all.front().request.id;
}

void RequestDesk::close() {
  step_ = Step::none;
  number_.clear();
  hand_.set_typed({});
}

const protocol::ApprovalStatus* RequestDesk::chosen() const {
  const auto& all = hand_.lane().waiting_approvals();
  const auto found =
      std::find_if(all.begin(), all.end(), [this](const auto& one) { return one.request.id == chosen_; });
  return found == all.end() ? nullptr : &*found;
}

void RequestDesk::begin_answer(bool granted) {
  if (chosen() == nullptr) return hand_.sound(Sound::attention);
  granted_ = granted;
  number_.clear();
  message_.reset();
  step_ = Step::number;
  hand_.set_typed({});
}

void RequestDesk::enter(const std::string& text) {
  switch (step_) {
    case Step::list:
      return begin_answer(true);
    case Step::number:
      if (text.empty()) return;
      number_ = text;
      step_ = Step::pin;
      return;
    case Step::pin:
      if (!text.empty()) send(text);
      return;
    default:
      return;
  }
}

void RequestDesk::send(const std::string& pin) {
  const auto* request = chosen();
  if (request == nullptr) {
    step_ = Step::list;
    return hand_.sound(Sound::attention);
  }
  step_ = Step::answering;
  hand_.lane().answer_approval(request->request.id, granted_, number_, pin, guarded([this](const Result<void>& result) {
                                 if (step_ != Step::answering) return;
                                 if (result) {
                                   hand_.sound(Sound::ok);
                                   begin();
                                   if (waiting() == 0) close();
                                 } else {
                                   message_ = result.error();
                                   step_ = result.error().code.starts_with("access.") ? Step::number : Step::list;
                                   number_.clear();
                                   hand_.sound(Sound::attention);
                                 }
                                 hand_.changed();
                               }));
}

bool RequestDesk::act(Action action) {
  if (action != Action::refuse_request) return false;
  begin_answer(false);
  return true;
}

void RequestDesk::cancel() {
  if (step_ != Step::number && step_ != Step::pin) return close();
  step_ = Step::list;
  message_.reset();
  hand_.set_typed({});
}

void RequestDesk::choose(int digit) {
  press_row(static_cast<std::size_t>(digit - 1));
}

void RequestDesk::press_row(std::size_t index) {
  const auto& all = hand_.lane().waiting_approvals();
  if (step_ == Step::list && index < all.size()) chosen_ = all[index].request.id;
}

void RequestDesk::move(int step) {
  const auto& all = hand_.lane().waiting_approvals();
  if (step_ != Step::list || all.empty()) return;
  int now = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].request.id == chosen_) now = static_cast<int>(i);
  }
  chosen_ = all[static_cast<std::size_t>(std::clamp(now + step, 0, static_cast<int>(all.size()) - 1))].request.id;
}

PanelModel RequestDesk::panel() const {
  PanelModel model;
  using Look = PanelKey::Look;
  model.kind = NoticeKind::attention;
  model.sign = NoticeSign::lock;
  model.title = {"till.requests.title"};
  if (message_) model.message = {"till.error." + message_->code + ".title", message_->details, {}, {}, message_};
  const auto& all = hand_.lane().waiting_approvals();
  if (step_ == Step::list) {
    model.hint = {"till.requests.hint"};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& request = all[i].request;
      PanelRow row;
      if (i < 9) row.cap = std::to_string(i + 1);
      row.title = what(request);
      row.note = {"till.requests.from",
                  {{"till", std::to_string(request.till)},
                   {"cashier", request.cashier_name},
                   {"time", request.asked_at.local_time_hms().substr(0, 5)}}};
      row.amount = request.amount;
      if (request.id == chosen_) model.selected = static_cast<int>(i);
      model.rows.push_back(std::move(row));
    }
    model.empty = {"till.requests.none"};
    model.keys = {{Action::cancel, "till.action.close", "Esc"},
                  {Action::refuse_request, "till.action.refuse_request", "Del", Look::danger},
                  {Action::confirm, "till.requests.allow", "Enter", Look::primary}};
    return model;
  }
  if (const auto* request = chosen()) {
    model.name = what(request->request);
    model.place = {"till.requests.from",
                   {{"till", std::to_string(request->request.till)},
                    {"cashier", request->request.cashier_name},
                    {"time", request->request.asked_at.local_time_hms().substr(0, 5)}}};
  }
  PanelCredentials who;
  using Asks = PanelCredentials::Asks;
  who.title = {granted_ ? "till.requests.who_allows" : "till.requests.who_refuses"};
  who.asks = step_ == Step::number ? Asks::number : Asks::pin;
  who.number = step_ == Step::number ? hand_.typed() : number_;
  who.pin_digits = step_ == Step::pin ? static_cast<int>(hand_.typed().size()) : 0;
  model.credentials = std::move(who);
  model.pad = PanelModel::Pad::digits;
  model.keys = {{Action::cancel, "till.action.back", "Esc"},
                {Action::confirm,
                 step_ == Step::number ? "till.price.next"
                 : granted_            ? "till.requests.allow"
                                       : "till.action.refuse_request",
                 "Enter", granted_ ? Look::primary : Look::danger}};
  return model;
}

EntryModel RequestDesk::entry() const {
  switch (step_) {
    case Step::number:
      return {EntryModel::Kind::digits, "till.requests.number", "till.requests.number_hint", true};
    case Step::pin:
      return {EntryModel::Kind::secret, "till.requests.pin", {}, true};
    default:
      return {EntryModel::Kind::choice, "till.action.requests", "till.requests.entry_hint", false};
  }
}

}  // namespace lanekeeper::till::ui
