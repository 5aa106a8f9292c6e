// The desk's keys besides those of the sale: quick keys chosen from the keyboard, the help, the size of the texts.

#include <algorithm>

#include "register/entry_text.h"
#include "till_ui/desk.h"

namespace lanekeeper::till::ui {

namespace {

constexpr int text_sizes[] = {100, 115, 130};

}  // namespace

// ---- quick keys ----

std::string quick_key_cap(std::size_t index) {
  if (index < 9) return std::string(1, static_cast<char>('1' + index));
  if (index < most_quick_keys) return std::string(1, static_cast<char>('A' + (index - 9)));
  return {};
}

std::optional<std::size_t> quick_key_index(char32_t character) {
  if (character >= '1' && character <= '9') return character - '1';
  if (character >= 'a' && character <= 'z') return character - 'a' + 9;
  if (character >= 'A' && character <= 'Z') return character - 'A' + 9;
  return std::nullopt;
}

void Desk::begin_quick_keys() {
  if (task_ == Task::quick_keys) return turn_quick_keys();
  // It may be the price of what is chosen.
  const std::string typed_before = entry() == Entry::goods ? draft_.text : std::string();
  begin_task(Task::quick_keys);
  if (task_ != Task::quick_keys) return;
  side_ = SidePanel::quick_keys;
  draft_.text = typed_before;
}

void Desk::end_quick_keys() {
  const std::string typed_before = draft_.text;
  end_task();
  draft_.text = typed_before;
}

// The pages of one department, then the next department.
void Desk::turn_quick_keys() {
  if (quick_key_page_ + 1 < quick_keys_.pages) {
    ++quick_key_page_;
  } else {
    turn_tab(1);
  }
}

void Desk::turn_quick_key_page() {
  quick_key_page_ = quick_keys_.pages > 0 ? (quick_key_page_ + 1) % quick_keys_.pages : 0;
  changed();
}

void Desk::turn_tab(int step) {
  quick_key_page_ = 0;
  const auto tabs = static_cast<int>(quick_keys_.tabs);
  if (tabs == 0) return;
  const int now = std::min(static_cast<int>(quick_key_tab_), tabs - 1);
  quick_key_tab_ = static_cast<std::size_t>((now + step + tabs) % tabs);
}

bool Desk::act_on_quick_keys(Action action) {
  if (task_ != Task::quick_keys) return false;
  switch (action) {
    case Action::page_up:
      quick_key_page_ = std::max(0, quick_key_page_ - 1);
      return true;
    case Action::page_down:
      quick_key_page_ = std::min(std::max(0, quick_keys_.pages - 1), quick_key_page_ + 1);
      return true;
    case Action::previous_tab:
    case Action::next_tab:
      turn_tab(action == Action::next_tab ? 1 : -1);
      return true;
    default:
      return false;
  }
}

void Desk::press_quick_key(std::size_t index) {
  if (index >= quick_keys_.items.size()) {
    hooks_.sound(Sound::attention);
    return changed();
  }
  add_item(quick_keys_.items[index]);
}

void Desk::choose_side(SidePanel side) {
  side_ = side;
  if (side != SidePanel::quick_keys && task_ == Task::quick_keys) end_quick_keys();
  changed();
}

void Desk::choose_tab(std::size_t index) {
  side_ = SidePanel::quick_keys;
  quick_key_tab_ = index;
  quick_key_page_ = 0;
  changed();
}

// ---- what holds on every screen ----

std::vector<const ActionRow*> Desk::working_rows() const {
  std::vector<Place> places{place(), screen_place()};
  if (screen() == Screen::sale) places.push_back(Place::sale);
  places.push_back(Place::everywhere);
  return rows_for_help(places, [this](const ActionRow& row) {
    const bool typed_character = row.key.key == Key::character && !row.key.ctrl && !row.key.alt;
    return action_of(row.key) == &row && (!typed_character || is_command(row.key.character));
  });
}

bool Desk::act_everywhere(Action action) {
  switch (action) {
    case Action::help:
      help_open_ = !help_open_;
      // The keys of a panel or a question that the help covers do nothing any more.
      if (task_ == Task::more || task_ == Task::void_basket) end_task();
      return true;
    case Action::text_size: {
      const auto now = std::find(std::begin(text_sizes), std::end(text_sizes), text_percent_);
      const bool last = now == std::end(text_sizes) || std::next(now) == std::end(text_sizes);
      set_text_percent(last ? text_sizes[0] : *std::next(now));
      if (hooks_.text_percent) hooks_.text_percent(text_percent_);
      return true;
    }
    case Action::change_language:
      return false;
    default:
      break;
  }
  // Every other key ends the help, and does what it does; Esc only that.
  const bool only_help = help_open_ && (action == Action::cancel || action == Action::back_to_sale);
  help_open_ = false;
  return only_help;
}

void Desk::set_text_percent(int percent) {
  text_percent_ = std::clamp(percent, text_sizes[0], text_sizes[std::size(text_sizes) - 1]);
}

}  // namespace lanekeeper::till::ui
