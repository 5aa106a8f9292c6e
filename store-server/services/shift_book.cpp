#include "services/shift_book.h"

#include <algorithm>

namespace lanekeeper::services {

namespace {

constexpr std::int64_t page = 100;  // entries held at once while a shift is added up

storage::EntryKey key_of(const PreparedEntry& prepared) {
  return {prepared.entry.till, prepared.entry.sequence};
}

journal::Event decode(const std::string& payload) {
  auto event = journal::decode_event(payload);
  if (!event) throw Fault("journal.damaged", "a stored journal entry cannot be read: " + event.error().message);
  return std::move(*event);
}

}  // namespace

void ShiftBook::take(const PreparedEntry& prepared, bool after_gap) {
  taken_[key_of(prepared)] = &prepared;
  if (!prepared.shift) return;
  const auto kind = prepared.control ? prepared.control->kind : sale::ControlKind::no_sale;
  if (kind == sale::ControlKind::shift_open && prepared.control->opening) return open(prepared, after_gap);
  if (kind == sale::ControlKind::shift_close && prepared.control->closing) return close(prepared, after_gap);
  if (*prepared.shift != heads_[prepared.entry.till].open_shift) belong(prepared, *prepared.shift, after_gap);
}

ShiftBook::Known& ShiftBook::look_up(std::int64_t till, std::int64_t number) {
  const auto [place, is_new] = known_.try_emplace({till, number});
  auto& known = place->second;
  if (!is_new) return known;
  if (auto stored = shifts_.find(till, number)) {
    known.row = std::move(*stored);
    known.is_here = true;
  } else {
    known.row.till = till;
    known.row.number = number;
  }
  return known;
}

void ShiftBook::open(const PreparedEntry& prepared, bool after_gap) {
  const auto& control = *prepared.control;
  const auto till = prepared.entry.till;
  const auto number = control.opening->number;
  auto& head = heads_[till];
  auto& shift = look_up(till, number);
  const bool was_missed = shift.is_here && !shift.row.opened_sequence;
  if (number != head.last_shift + 1 && !after_gap && !was_missed) {
    remark(prepared, "shift.gap",
           "The number of this shift does not follow the one before. Look whether a Z of this till is missing.",
           {{"number", std::to_string(number)}, {"expected", std::to_string(head.last_shift + 1)}});
  } else if (head.open_shift != 0 && head.open_shift != number && !after_gap) {
    remark(prepared, "shift.still_open", "A shift was opened before the last one was closed. Look at this till.",
           {{"number", std::to_string(number)}, {"open", std::to_string(head.open_shift)}});
  }
  storage::apply_opening(shift.row, prepared.entry.sequence, control);
  shift.is_here = shift.changed = true;
  if (shift.row.closed_sequence) {
    to_check_.try_emplace({till, number}, key_of(prepared));
  } else if (number >= head.last_shift) {
    head.open_shift = number;
  }
  head.last_shift = std::max(head.last_shift, number);
}

void ShiftBook::close(const PreparedEntry& prepared, bool after_gap) {
  const auto& control = *prepared.control;
  const auto till = prepared.entry.till;
  const auto number = control.closing->number;
  auto& head = heads_[till];
  auto& shift = look_up(till, number);
  if (!shift.is_here) miss_opening(prepared, shift, after_gap);
  if (shift.row.closed_sequence) remark_late(prepared, shift);
  storage::apply_closing(shift.row, prepared.entry.sequence, control);
  shift.changed = true;
  if (head.open_shift == number) head.open_shift = 0;
  to_check_[{till, number}] = key_of(prepared);
}

void ShiftBook::belong(const PreparedEntry& prepared, std::int64_t number, bool after_gap) {
  const auto till = prepared.entry.till;
  auto& shift = look_up(till, number);
  if (!shift.is_here) {
    miss_opening(prepared, shift, after_gap);
    if (number == heads_[till].last_shift) heads_[till].open_shift = number;
    return;
  }
  if (!shift.row.closed_sequence) return;
  remark_late(prepared, shift);
  if (prepared.entry.sequence < *shift.row.closed_sequence) {
    to_check_.try_emplace({till, number}, key_of(prepared));
  }
}

void ShiftBook::miss_opening(const PreparedEntry& prepared, Known& shift, bool after_gap) {
  // The opening may be among the entries that are missing, which were told of already.
  if (!after_gap) {
    remark(prepared, "shift.not_open",
           "The entry belongs to a shift that was never opened here. Look at the till's journal.",
           {{"number", std::to_string(shift.row.number)}});
  }
  shift.is_here = shift.changed = true;
  shift.row.business_date =
      prepared.control ? prepared.control->business_date.to_string() : prepared.rows.header.business_date;
  auto& head = heads_[prepared.entry.till];
  head.last_shift = std::max(head.last_shift, shift.row.number);
}

void ShiftBook::remark_late(const PreparedEntry& prepared, const Known& shift) {
  remark(
      prepared, "shift.late_entry",
      "The entry arrived after the Z of its shift. It counts in its own shift; the figures that were found anew stand "
      "in the list of shifts.",
      {{"number", std::to_string(shift.row.number)}, {"closed_by", std::to_string(*shift.row.closed_sequence)}});
}

void ShiftBook::remark(const PreparedEntry& prepared, const char* kind, const char* message, Error::Details details) {
  remarks_.push_back({key_of(prepared), {kind, message, std::move(details)}});
}

void ShiftBook::check() {
  for (const auto& [key, cause] : to_check_) add_up(key, cause);
}

// Stored entries and those of this batch, side by side in the order of their numbers.
void ShiftBook::add_up(const Key& key, storage::EntryKey cause) {
  auto& shift = look_up(key.first, key.second);
  shift.changed = true;
  if (!shift.row.opened_sequence || !shift.row.closed_sequence) return;
  const auto first = *shift.row.opened_sequence;
  const auto last = *shift.row.closed_sequence;
  storage::ShiftSum sum(key.second);
  auto arrived = taken_.lower_bound({key.first, first});
  const auto add_arrived_until = [&](std::int64_t sequence) {
    for (; arrived != taken_.end() && arrived->first <= storage::EntryKey{key.first, sequence}; ++arrived) {
      sum.add(decode(arrived->second->entry.payload));
    }
  };
  for (auto next = first; next <= last;) {
    const auto stored = shifts_.payloads(key.first, next, last, page);
    for (const auto& [sequence, payload] : stored) {
      add_arrived_until(sequence);
      sum.add(decode(payload));
    }
    if (static_cast<std::int64_t>(stored.size()) < page) break;
    next = stored.back().first + 1;
  }
  add_arrived_until(last);
  const auto difference = sum.judge(shift.row);
  if (!difference) return;
  remarks_.push_back({cause,
                      {"shift.differs",
                       "The Z of this shift is not the sum of its sales. Look at the till's journal and version.",
                       {{"number", std::to_string(key.second)},
                        {"at", difference->at},
                        {"recorded", difference->recorded},
                        {"found", difference->found}}}});
}

void ShiftBook::save() {
  std::vector<storage::ShiftRow> changed;
  for (const auto& [key, shift] : known_) {
    if (shift.changed) changed.push_back(shift.row);
  }
  shifts_.save(changed);
}

}  // namespace lanekeeper::services
