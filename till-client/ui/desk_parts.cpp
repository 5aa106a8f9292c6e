// The desk and its parts: which one is open, and what keys, characters and Enter mean then.

#include <algorithm>
#include <utility>

#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

namespace {

constexpr int page_step = 5;

}  // namespace

DeskPart* Desk::open_part() const {
  if (locked_ || view_->state == RegisterState::signed_out) {
    const bool own_screen = std::any_of(
        parts_.begin(), parts_.end(), [](const DeskPart* part) { return part->open() && part->screen().has_value(); });
    if (!own_screen) return nullptr;
  }
  const auto open = std::find_if(parts_.begin(), parts_.end(), [](const DeskPart* part) { return part->open(); });
  return open == parts_.end() ? nullptr : *open;
}

void Desk::close_parts() {
  for (DeskPart* part : parts_) {
    if (part->open() && !part->screen()) part->close();
  }
}

// What is not a key of the open part may be one of the screen below it, unless the part holds the till.
const ActionRow* Desk::action_of(const KeyStroke& stroke) const {
  const ActionRow* row = action_here(stroke);
  return row != nullptr ? row : find_action(Place::everywhere, stroke);
}

const ActionRow* Desk::action_here(const KeyStroke& stroke) const {
  const Place here = place();
  if (const ActionRow* row = find_action(here, stroke)) return row;
  const DeskPart* open = open_part();
  const bool typed_character = stroke.key == Key::character && !stroke.ctrl && !stroke.alt;
  if (open != nullptr) {
    if (typed_character) return nullptr;
    const ActionRow* row = find_action(screen_place(), stroke);
    if (row == nullptr && screen() == Screen::sale) row = find_action(Place::sale, stroke);
    const bool moves = row != nullptr && (row->action == Action::line_up || row->action == Action::line_down ||
                                          row->action == Action::page_up || row->action == Action::page_down ||
                                          row->action == Action::change_language || row->action == Action::reconnect);
    return open->holds() && !moves ? nullptr : row;
  }
  const bool over_the_sale = screen() == Screen::sale && here != Place::sale && here != Place::age_check;
  return over_the_sale ? find_action(Place::sale, stroke) : nullptr;
}

bool Desk::act_on_part(Action action) {
  DeskPart* open = open_part();
  if (open == nullptr) return false;
  switch (action) {
    case Action::confirm:
    case Action::backspace:
    case Action::clear:
    case Action::change_language:
    case Action::reconnect:
      return false;
    case Action::cancel:
    case Action::back_to_sale:
      cancel_part();
      return true;
    case Action::line_up:
    case Action::line_down:
    case Action::page_up:
    case Action::page_down: {
      const bool page = action == Action::page_up || action == Action::page_down;
      const bool up = action == Action::line_up || action == Action::page_up;
      open->move((up ? -1 : 1) * (page ? page_step : 1));
      return true;
    }
    default:
      break;
  }
  if (open->act(action)) return true;
  if (open->holds()) {
    hooks_.sound(Sound::attention);
    return true;
  }
  // Another key of the screen goes on with something else.
  if (!open->screen()) open->close();
  return false;
}

void Desk::enter_part() {
  DeskPart* open = open_part();
  const std::string text = std::exchange(draft_, {}).text;
  open->enter(text);
}

void Desk::cancel_part() {
  DeskPart* open = open_part();
  if (local_notice_) {
    local_notice_.reset();
  } else if (!draft_.text.empty()) {
    draft_ = {};
    open->typed();
  } else if (shown_message() != nullptr && screen() != Screen::sign_in && screen() != Screen::devices && !waits()) {
    run(Dismiss{});
  } else {
    open->cancel();
  }
}

bool Desk::part_accepts(char32_t character) const {
  const bool digit = character >= '0' && character <= '9';
  switch (open_part()->entry().kind) {
    case EntryModel::Kind::none:
      return false;
    case EntryModel::Kind::digits:
    case EntryModel::Kind::secret:
      return digit;
    case EntryModel::Kind::amount:
      return digit || (character == '.' && draft_.text.find('.') == std::string::npos);
    case EntryModel::Kind::choice:
      return digit && character != '0';
    case EntryModel::Kind::text:
      return character >= 0x20 && character != 0x7F;
  }
  return false;
}

void Desk::press_row(std::size_t index) {
  if (DeskPart* open = open_part()) open->press_row(index);
  drain_scans();
  changed();
}

void Desk::press_choice(int digit) {
  if (DeskPart* open = open_part()) open->choose(digit);
  drain_scans();
  changed();
}

Result<void> Desk::attempt(const std::function<Result<void>()>& call) {
  const auto result = call();
  take_view();
  if (result) {
    restored_lines_ = 0;
    scan_refused_ = false;
    local_notice_.reset();
  }
  return result;
}

void Desk::quiet() {
  local_notice_.reset();
  if (scan_refused_ || (shown_message() != nullptr && !waits())) run(Dismiss{});
}

bool Desk::may(access::Permission permission) const {
  return view_->cashier && access::allows(view_->cashier->role, permission);
}

Error Desk::missing_right(access::Permission permission) {
  return {"access.denied",
          "Somebody with the right has to allow this.",
          {{"permission", std::string(access::name_of(permission))}}};
}

}  // namespace lanekeeper::till::ui
