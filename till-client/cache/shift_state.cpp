#include "cache/shift_state.h"

#include <algorithm>
#include <utility>

namespace lanekeeper::till {

namespace {

// A payload that was hashed is what this till wrote: it need not be compared with its canonical form again.
struct SalePayload {
  sale::RetailTransaction sale;
};
template <class V>
void describe(V& visit, SalePayload& p) {
  visit("sale", p.sale);
}
struct ControlPayload {
  sale::ControlTransaction control;
};
template <class V>
void describe(V& visit, ControlPayload& p) {
  visit("control", p.control);
}

struct Placed {
  std::int64_t position = 0;  // 0: there is none
  sale::ControlTransaction control;
};

Placed newest(const JournalFile& file, std::int64_t till, EntryKind kind) {
  const auto row = file.last_shift_entry(till, kind);
  if (!row) return {};
  auto payload = json::decode<ControlPayload>(row->entry.payload);
  const bool whole = payload && (kind == EntryKind::shift_open ? payload->control.opening.has_value()
                                                               : payload->control.closing.has_value());
  if (!whole) return {};
  return {row->position, std::move(payload->control)};
}

}  // namespace

ShiftState ShiftState::read(const JournalFile& file, std::int64_t till, const JournalHead& known_end) {
  ShiftState state;
  auto& shifts = state.shifts_;
  try {
    auto closing = newest(file, till, EntryKind::shift_close);
    auto opening = newest(file, till, EntryKind::shift_open);
    if (closing.position > 0) state.add(closing.control);
    const auto mark = known_end.till == till ? known_end.shift : std::nullopt;
    if (mark) shifts.last_number = std::max(shifts.last_number, mark->number);
    const auto opened = opening.position > 0 ? opening.control.opening->number : 0;
    shifts.last_number = std::max(shifts.last_number, opened);
    const bool closed_since = mark && opening.position <= known_end.position && (mark->number > opened || !mark->open);
    if (opening.position > closing.position && !closed_since) {
      state.read_entries(file, till, opening.position - 1);
    }
  } catch (const sqlite::Failure&) {
    state.incomplete_ = true;
  }
  return state;
}

void ShiftState::read_entries(const JournalFile& file, std::int64_t till, std::int64_t from) {
  file.each_since(from, till, [this](EntryKind kind, const journal::Entry& entry) {
    if (kind == EntryKind::sale) {
      if (const auto payload = json::decode<SalePayload>(entry.payload)) add(payload->sale);
    } else if (const auto payload = json::decode<ControlPayload>(entry.payload)) {
      add(payload->control);
    }
  });
}

void ShiftState::add(const sale::RetailTransaction& sale) {
  if (!shifts_.opening) return;
  sale::add(shifts_.totals, sale);
  sale::follow(shifts_.trail, sale);
}

void ShiftState::add(const sale::ControlTransaction& control) {
  if (control.kind == sale::ControlKind::shift_open && control.opening) {
    shifts_.opening = control;
    shifts_.totals = {};
    shifts_.trail = {};
    shifts_.last_number = std::max(shifts_.last_number, control.opening->number);
  }
  if (control.kind == sale::ControlKind::shift_close && control.closing) {
    shifts_.opening.reset();
    shifts_.totals = {};
    shifts_.trail = {};
    shifts_.last_number = std::max(shifts_.last_number, control.closing->number);
    shifts_.left_in_drawer = control.closing->left_in_drawer;
    shifts_.last_closing = control;
    return;
  }
  if (!shifts_.opening) return;
  sale::add(shifts_.totals, control);
  sale::follow(shifts_.trail, control);
}

std::optional<ShiftMark> ShiftState::mark() const {
  if (shifts_.last_number == 0) return std::nullopt;
  return ShiftMark{shifts_.last_number, shifts_.opening.has_value()};
}

}  // namespace lanekeeper::till
