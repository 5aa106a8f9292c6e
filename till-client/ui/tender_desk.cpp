#include "till_ui/tender_desk.h"

#include <algorithm>

#include "base/text.h"
#include "register/entry_text.h"

namespace lanekeeper::till::ui {

namespace {

Money absolute(Money amount) {
  return amount.is_negative() ? -amount : amount;
}

const protocol::TenderMethod* find_method(const Lane& lane, const std::optional<std::string>& code) {
  const auto& profile = lane.profile();
  if (!profile || !code || !profile->till_policy) return nullptr;
  const auto& methods = profile->till_policy->methods;
  const auto found = std::find_if(methods.begin(), methods.end(), [&](const auto& one) { return one.code == *code; });
  return found == methods.end() ? nullptr : &*found;
}

}  // namespace

Words tender_words(const Lane& lane, sale::TenderKind kind, const std::optional<std::string>& method) {
  switch (kind) {
    case sale::TenderKind::cash:
      return {"till.tender.cash"};
    case sale::TenderKind::card:
      return {"till.tender.card"};
    case sale::TenderKind::voucher:
      return {"till.tender.voucher"};
    case sale::TenderKind::other:
      break;
  }
  if (const auto* own = find_method(lane, method)) {
    return {"till.words.name", {{"name", own->name}, {"name_en", own->name_en}}};
  }
  return {"till.words.name", {{"name", method.value_or("")}}};
}

bool TenderDesk::refunding() const {
  return hand_.view().total.is_negative();
}

std::vector<TenderDesk::Way> TenderDesk::ways() const {
  std::vector<Way> all;
  if (refunding()) {
    for (const auto& option : hand_.view().refund_options) {
      if (option.kind != sale::TenderKind::card) all.push_back({option.kind, option.method});
    }
    return all;
  }
  const auto& profile = hand_.lane().profile();
  if (!profile || !profile->till_policy) return {{sale::TenderKind::voucher, {}}};
  if (profile->till_policy->vouchers) all.push_back({sale::TenderKind::voucher, {}});
  for (const auto& method : profile->till_policy->methods) all.push_back({sale::TenderKind::other, method.code});
  return all;
}

Money TenderDesk::most(sale::TenderKind kind, const std::optional<std::string>& method) const {
  const Money left = absolute(hand_.view().left_due);
  if (!refunding()) return left;
  for (const auto& option : hand_.view().refund_options) {
    if (option.kind == kind && option.method == method) return std::min(left, option.most);
  }
  return {};
}

bool TenderDesk::wants_reference() const {
  if (kind_ != sale::TenderKind::other) return true;
  const auto* own = find_method(hand_.lane(), method_);
  return own == nullptr || own->needs_reference;
}

void TenderDesk::begin(sale::TenderKind kind, std::optional<std::string> method) {
  hand_.quiet();
  kind_ = kind;
  method_ = std::move(method);
  reference_.clear();
  amount_ = most(kind_, method_);
  if (amount_.is_zero()) {
    Notice notice{NoticeKind::attention, NoticeSign::info, "till.caption.not_now"};
    notice.title = {refunding() ? "till.tender.not_by_this.title" : "till.tender.nothing_left.title"};
    notice.note = {refunding() ? "till.tender.not_by_this.note" : "till.tender.nothing_left.note"};
    step_ = Step::none;
    return hand_.say(std::move(notice), Sound::attention);
  }
  // A voucher is worth what stands on it; of the others what was typed before the key is the amount.
  if (kind_ == sale::TenderKind::voucher && !refunding()) {
    step_ = Step::reference;
    hand_.set_typed({});
    return;
  }
  step_ = Step::amount;
  const std::string typed_before = hand_.typed();
  hand_.set_typed({});
  if (!typed_before.empty()) take_amount(typed_before);
}

void TenderDesk::begin_more() {
  hand_.quiet();
  hand_.set_typed({});
  step_ = Step::choose;
  chosen_ = 0;
}

void TenderDesk::close() {
  step_ = Step::none;
  hand_.set_typed({});
}

void TenderDesk::cancel() {
  if (step_ == Step::reference && kind_ != sale::TenderKind::voucher) {
    step_ = Step::amount;
    return;
  }
  close();
}

void TenderDesk::take_amount(const std::string& text) {
  if (!text.empty()) {
    const auto amount = parse_amount(text);
    if (!amount) return hand_.complain(amount.error());
    amount_ = *amount;
  }
  if (amount_.is_zero()) return;
  if (kind_ != sale::TenderKind::voucher && wants_reference() && reference_.empty()) {
    step_ = Step::reference;
    return;
  }
  pay();
}

void TenderDesk::enter(const std::string& text) {
  hand_.quiet();
  switch (step_) {
    case Step::none:
      return;
    case Step::choose: {
      const auto all = ways();
      if (chosen_ < 0 || chosen_ >= static_cast<int>(all.size())) return;
      const Way& way = all[static_cast<std::size_t>(chosen_)];
      return begin(way.kind, way.method);
    }
    case Step::amount:
      if (kind_ == sale::TenderKind::voucher && text.empty() && !refunding()) return;
      return take_amount(text);
    case Step::reference:
      if (trim(text).empty()) return hand_.sound(Sound::attention);
      reference_ = std::string(trim(text));
      if (kind_ == sale::TenderKind::voucher) {
        step_ = Step::amount;
        return;
      }
      return pay();
  }
}

void TenderDesk::pay() {
  const auto done = [this] {
    close();
    hand_.sound(Sound::ok);
  };
  if (refunding()) {
    hand_.run(RefundTender{kind_, method_, amount_, reference_}, done);
  } else if (!hand_.run(TenderOther{kind_, method_, amount_, reference_}, done)) {
    if (hand_.view().message && hand_.view().message->code == "tender.too_much") {
      step_ = Step::amount;
      amount_ = most(kind_, method_);
    }
  }
}

bool TenderDesk::act(Action action) {
  switch (action) {
    case Action::tender_card:
      begin_card();
      return true;
    case Action::tender_more:
      begin_more();
      return true;
    case Action::tender_cash:
      close();
      return true;
    default:
      return false;
  }
}

bool TenderDesk::scan(const DetectedScan& scan) {
  if (step_ != Step::reference) return false;
  hand_.set_typed({});
  enter(scan.data);
  return true;
}

void TenderDesk::choose(int digit) {
  const auto all = ways();
  if (step_ == Step::choose && digit <= static_cast<int>(all.size())) chosen_ = digit - 1;
}

void TenderDesk::move(int step) {
  const auto count = static_cast<int>(ways().size());
  if (step_ == Step::choose && count > 0) chosen_ = std::clamp(chosen_ + step, 0, count - 1);
}

void TenderDesk::press_row(std::size_t index) {
  choose(static_cast<int>(index) + 1);
  enter({});
}

PanelModel TenderDesk::refund_ways() const {
  PanelModel model;
  model.kind = NoticeKind::stop;
  model.sign = NoticeSign::check;
  model.title = {"till.returns.ways"};
  for (const auto& option : hand_.view().refund_options) {
    PanelRow row;
    row.cap = option.kind == sale::TenderKind::card ? "F2" : "F8";
    row.title = tender_words(hand_.lane(), option.kind, option.method);
    row.note = {"till.returns.most", {{"amount", option.most.to_string()}}};
    row.amount = -option.most;
    model.rows.push_back(std::move(row));
  }
  return model;
}

PanelModel TenderDesk::panel() const {
  PanelModel model;
  model.kind = refunding() ? NoticeKind::stop : NoticeKind::notice;
  model.sign = NoticeSign::tag;
  using Look = PanelKey::Look;
  if (step_ == Step::choose) {
    model.title = {"till.tender.more_title"};
    model.hint = {"till.tender.more_hint"};
    int digit = 0;
    for (const Way& way : ways()) {
      PanelRow row;
      row.cap = std::to_string(++digit);
      row.title = tender_words(hand_.lane(), way.kind, way.method);
      model.rows.push_back(std::move(row));
    }
    model.selected = chosen_;
    model.empty = {refunding() ? "till.tender.not_by_this.title" : "till.tender.more_none"};
    model.keys = {{Action::cancel, "till.action.close", "Esc"},
                  {Action::confirm, "till.price.next", "Enter", Look::primary}};
    return model;
  }
  const bool voucher = kind_ == sale::TenderKind::voucher;
  model.title = tender_words(hand_.lane(), kind_, method_);
  model.hint = {refunding() ? "till.tender.most_back" : "till.tender.left_hint",
                {{"amount", most(kind_, method_).to_string()}}};
  PanelField field;
  if (step_ == Step::amount) {
    field.label = {voucher && !refunding() ? "till.tender.face_value" : "till.tender.amount"};
    field.placeholder = {"till.words.name", {{"name", voucher && !refunding() ? "0.00" : amount_.to_string()}}};
    model.note = {voucher && !refunding() ? "till.tender.voucher_note" : "till.tender.amount_note"};
    if (!reference_.empty()) model.place = {"till.tender.reference", {{"reference", reference_}}};
  } else {
    field.label = {voucher ? "till.tender.voucher_number" : "till.tender.slip_number"};
    field.placeholder = {"till.tender.reference_hint"};
    model.note = {voucher ? "till.tender.voucher_scan" : "till.tender.card_note"};
    if (!voucher) model.figures = {{{"till.tender.amount"}, amount_, {}, PanelFigure::Look::strong}};
  }
  field.text = hand_.typed();
  model.field = std::move(field);
  model.pad = step_ == Step::amount ? PanelModel::Pad::amount : PanelModel::Pad::digits;
  const bool last = step_ == Step::reference ? !voucher : voucher || !wants_reference();
  model.keys = {{Action::cancel, "till.tender.leave", "Esc"},
                {Action::confirm,
                 !last         ? "till.price.next"
                 : refunding() ? "till.tender.give_back"
                               : "till.tender.take",
                 "Enter", Look::primary}};
  return model;
}

EntryModel TenderDesk::entry() const {
  switch (step_) {
    case Step::none:
      return {};
    case Step::choose:
      return {EntryModel::Kind::choice, {}, {}, false};
    case Step::amount:
      return {EntryModel::Kind::amount, {}, {}, false};
    case Step::reference:
      break;
  }
  return {EntryModel::Kind::text, {}, {}, false};
}

}  // namespace lanekeeper::till::ui
