#include "till_ui/deposit_desk.h"

#include <algorithm>

namespace lanekeeper::till::ui {

namespace {

constexpr int most_deposits = 50;

}  // namespace

void DepositDesk::begin() {
  hand_.quiet();
  hand_.set_typed({});
  deposits_ = hand_.lane().deposits(most_deposits);
  chosen_ = deposits_.empty() ? -1 : 0;
  open_ = true;
}

void DepositDesk::close() {
  open_ = false;
  deposits_.clear();
  hand_.set_typed({});
}

Quantity DepositDesk::quantity() const {
  return hand_.view().pending_quantity.value_or(Quantity::of_units(1));
}

void DepositDesk::give_selected() {
  if (chosen_ < 0 || chosen_ >= static_cast<int>(deposits_.size())) return hand_.sound(Sound::attention);
  const TakeBackDeposit command{deposits_[static_cast<std::size_t>(chosen_)].id, {}, quantity()};
  close();
  hand_.run(command, [this] { hand_.sound(Sound::ok); });
}

void DepositDesk::enter(const std::string&) {
  give_selected();
}

// The key that opened it goes on with the one that is selected.
bool DepositDesk::act(Action action) {
  if (action != Action::deposit_back) return false;
  give_selected();
  return true;
}

// It stays open: one bottle after the other is scanned.
bool DepositDesk::scan(const DetectedScan& scan) {
  hand_.set_typed({});
  hand_.run(TakeBackDeposit{0, scan.data, quantity()}, [this] { hand_.sound(Sound::ok); });
  return true;
}

void DepositDesk::choose(int digit) {
  if (digit <= static_cast<int>(deposits_.size())) chosen_ = digit - 1;
}

void DepositDesk::move(int step) {
  if (deposits_.empty()) return;
  chosen_ = std::clamp(chosen_ + step, 0, static_cast<int>(deposits_.size()) - 1);
}

void DepositDesk::press_row(std::size_t index) {
  if (index >= deposits_.size()) return;
  chosen_ = static_cast<int>(index);
  give_selected();
}

PanelModel DepositDesk::panel() const {
  PanelModel model;
  model.sign = NoticeSign::tag;
  model.title = {"till.deposit.title"};
  model.hint = {"till.deposit.hint"};
  if (!deposits_.empty()) model.note = {"till.deposit.note", {{"quantity", quantity().to_string()}}};
  for (std::size_t i = 0; i < deposits_.size(); ++i) {
    const catalogue::ItemSummary& item = deposits_[i];
    PanelRow row;
    if (i < 9) row.cap = std::to_string(i + 1);
    row.title = {"till.words.name", {{"name", item.name}, {"name_en", item.name_en}}};
    row.note = {"till.words.name", {{"name", item.code}, {"name_en", item.code}}};
    row.amount = item.price;
    model.rows.push_back(std::move(row));
  }
  model.selected = chosen_;
  model.empty = {"till.deposit.none"};
  model.keys = {{Action::cancel, "till.action.close", "Esc"}};
  if (!deposits_.empty()) {
    model.keys.push_back({Action::confirm, "till.deposit.give", "Enter", PanelKey::Look::primary});
  }
  return model;
}

EntryModel DepositDesk::entry() const {
  return {EntryModel::Kind::choice, "till.deposit.entry", "till.deposit.entry_hint", false};
}

}  // namespace lanekeeper::till::ui
