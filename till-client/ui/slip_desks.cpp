#include "till_ui/slip_desks.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "till_ui/reasons.h"

namespace lanekeeper::till::ui {

using Look = PanelKey::Look;

namespace {

struct Destination {
  int digit;
  sale::ReturnedTo to;
  const char* text;
};
constexpr Destination destinations[] = {{7, sale::ReturnedTo::stock, "till.action.to_stock"},
                                        {8, sale::ReturnedTo::waste, "till.action.to_waste"},
                                        {9, sale::ReturnedTo::supplier, "till.action.to_supplier"}};

}  // namespace

// ---- notes ----

void NoteDesk::begin(std::int64_t line) {
  hand_.quiet();
  open_ = true;
  line_ = line;
  std::string now = line == 0 ? hand_.view().note : std::string();
  for (const ViewLine& one : hand_.view().lines) {
    if (line != 0 && one.line == line) now = one.note;
  }
  hand_.set_typed(std::move(now));
}

void NoteDesk::close() {
  open_ = false;
  hand_.set_typed({});
}

void NoteDesk::enter(const std::string& text) {
  const std::string note(trim(text));
  const std::int64_t line = line_;
  const auto done = [this] {
    close();
    hand_.sound(Sound::ok);
  };
  if (!hand_.run(line == 0 ? Command(NoteBasket{note}) : Command(NoteLine{line, note}), done)) hand_.set_typed(text);
}

PanelModel NoteDesk::panel() const {
  PanelModel model;
  model.sign = NoticeSign::tag;
  model.title = {line_ == 0 ? "till.note.basket" : "till.note.line"};
  for (const ViewLine& one : hand_.view().lines) {
    if (one.line == line_) model.name = {"till.words.name", {{"name", one.name}, {"name_en", one.name_en}}};
  }
  model.note = {"till.note.note"};
  model.keys = {{Action::cancel, "till.action.close", "Esc"},
                {Action::confirm, "till.note.keep", "Enter", Look::primary}};
  return model;
}

EntryModel NoteDesk::entry() const {
  return {EntryModel::Kind::text, line_ == 0 ? "till.note.basket" : "till.note.line", "till.note.hint", false};
}

// ---- receipts again ----

void ReprintDesk::begin() {
  hand_.quiet();
  hand_.set_typed({});
  open_ = true;
}

void ReprintDesk::close() {
  open_ = false;
  hand_.set_typed({});
}

void ReprintDesk::print(bool gift) {
  const std::string text(trim(hand_.typed()));
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && (error != std::errc() || end != text.data() + text.size() || number <= 0)) {
    return hand_.complain(Error{"receipt.not_here", "There is no such receipt at this till.", {{"number", text}}});
  }
  Lane& lane = hand_.lane();
  const auto result = gift ? lane.print_gift_receipt(number) : number == 0 ? lane.reprint_last() : lane.reprint(number);
  if (!result) return hand_.complain(result.error());
  close();
  Notice notice{NoticeKind::notice, NoticeSign::printer, "till.caption.printer"};
  const std::string stem = gift ? "till.gift_printing" : number == 0 ? "till.reprinting" : "till.reprinting_one";
  notice.title = {stem + ".title", {{"number", std::to_string(number)}}};
  notice.note = {stem + ".note"};
  notice.keys = {dismiss_key()};
  hand_.say(std::move(notice), Sound::ok);
}

void ReprintDesk::enter(const std::string& text) {
  hand_.set_typed(text);
  print(false);
}

bool ReprintDesk::act(Action action) {
  switch (action) {
    case Action::reprint:
      print(false);
      return true;
    case Action::gift_receipt:
      print(true);
      return true;
    default:
      return false;
  }
}

PanelModel ReprintDesk::panel() const {
  PanelModel model;
  model.sign = NoticeSign::printer;
  model.title = {"till.reprint.title"};
  model.hint = {"till.reprint.hint"};
  model.note = {"till.reprint.note"};
  model.pad = PanelModel::Pad::digits;
  const bool last = hand_.typed().empty();
  model.keys = {{Action::cancel, "till.action.close", "Esc"},
                {Action::gift_receipt, "till.action.gift_receipt", "F11"},
                {Action::confirm, last ? "till.reprint.last" : "till.reprint.this", "Enter", Look::primary}};
  return model;
}

EntryModel ReprintDesk::entry() const {
  return {EntryModel::Kind::digits, "till.reprint.entry", "till.reprint.entry_hint", false};
}

// ---- goods without a receipt ----

void BlindReturnDesk::begin() {
  hand_.quiet();
  hand_.set_typed({});
  open_ = true;
  chosen_ = {};
}

void BlindReturnDesk::choose(int digit) {
  if (blind_reason_list.has(digit)) chosen_.reason = digit;
  for (const auto& [cap, to, text] : destinations) {
    if (digit == cap) chosen_.to = to;
  }
}

void BlindReturnDesk::enter(const std::string&) {
  if (!blind_reason_list.has(chosen_.reason)) return hand_.sound(Sound::attention);
  close();
  hand_.run(BeginBlindReturn{blind_reason_list.code(chosen_.reason)}, [this, to = chosen_.to] {
    hand_.run(DescribeReturn{0, {}, to});
    hand_.sound(Sound::ok);
  });
}

PanelModel BlindReturnDesk::panel() const {
  PanelModel model;
  model.kind = NoticeKind::stop;
  model.sign = NoticeSign::alert;
  model.title = {"till.blind.title"};
  model.hint = {"till.blind.hint"};
  model.note = {"till.blind.note"};
  model.choices_title = {"till.blind.step_reason"};
  for (int i = 1; blind_reason_list.has(i); ++i) {
    model.choices.push_back({std::to_string(i), {blind_reason_list.text_key(i)}, chosen_.reason == i});
  }
  for (const auto& [cap, to, text] : destinations) {
    model.choices.push_back({std::to_string(cap), {text}, chosen_.to == to});
  }
  model.keys = {{Action::cancel, "till.action.close", "Esc"},
                {Action::confirm, "till.blind.begin", "Enter", Look::primary}};
  return model;
}

EntryModel BlindReturnDesk::entry() const {
  return {EntryModel::Kind::choice, "till.blind.entry", "till.blind.entry_hint", true};
}

// ---- a whole sale is made undone ----

void VoidReceiptDesk::begin() {
  hand_.quiet();
  hand_.set_typed({});
  open_ = true;
  chosen_ = 0;
}

void VoidReceiptDesk::choose(int digit) {
  if (void_reason_list.has(digit)) chosen_ = digit;
}

void VoidReceiptDesk::enter(const std::string&) {
  if (!void_reason_list.has(chosen_)) return hand_.sound(Sound::attention);
  close();
  make_undone_(void_reason_list.code(chosen_));
}

PanelModel VoidReceiptDesk::panel() const {
  PanelModel model;
  model.kind = NoticeKind::stop;
  model.sign = NoticeSign::alert;
  model.title = {"till.void.title"};
  model.hint = {"till.void.hint"};
  model.note = {"till.void.note"};
  model.choices_title = {"till.void.step_reason"};
  for (int i = 1; void_reason_list.has(i); ++i) {
    model.choices.push_back({std::to_string(i), {void_reason_list.text_key(i)}, chosen_ == i});
  }
  model.keys = {{Action::cancel, "till.action.close", "Esc"},
                {Action::confirm, "till.void.begin", "Enter", Look::primary}};
  return model;
}

EntryModel VoidReceiptDesk::entry() const {
  return {EntryModel::Kind::choice, "till.void.entry", "till.void.entry_hint", true};
}

}  // namespace lanekeeper::till::ui
