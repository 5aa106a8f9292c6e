// What the window knows of shifts and cash: which of their screens stands, what is being typed there, what has to be
// said. No wx and no rule of its own: the register opens, counts and closes. The desk hands keys over while one of
// these screens stands; tests drive it without a display.
//
// Not thread-safe; lives on the thread that owns the till. Times are steady milliseconds.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "register/register_view.h"
#include "till_ui/actions.h"
#include "till_ui/cash_move_form.h"
#include "till_ui/notice.h"
#include "till_ui/shift_cash_sheet.h"

namespace lanekeeper::till::ui {

enum class ShiftScreen { none, open, move, report, count, check, done };

class ShiftDesk {
 public:
  struct Hooks {
    std::function<ViewPtr()> view;
    // True: done. Else the refusal has been told, or somebody is asked to allow it. `done` runs when it is done, at
    // once or after it was allowed.
    std::function<bool(const Command&, std::function<void()> done)> run;
    std::function<Result<void>()> print_x;
    std::function<Result<void>()> reprint_z;
    std::function<void(std::function<void(const std::vector<Error>&)>)> obstacles;  // what is still open at the till
    std::function<std::string()> currency;
    std::function<std::int64_t()> now_ms;
    std::function<void(Notice)> say;  // on the sale screen, once a screen of this desk has closed
    std::function<void(bool)> sound;  // true: done; false: look here
    std::function<void()> changed;    // something to repaint
  };
  explicit ShiftDesk(Hooks hooks);

  [[nodiscard]] ShiftScreen screen() const;
  [[nodiscard]] Place place() const;  // of the standing screen
  // The till belongs to this desk until it is done: a shift has to be opened or closed first.
  [[nodiscard]] bool holds_the_till() const;

  // ---- input ----
  // Opens one of the screens from the sale screen; false when the action is none of them.
  bool begin(Action action);
  void act(Action action);
  void character(char32_t character);
  void enter();
  void save_draft() { saved_draft_ = draft_; }
  void restore_draft();
  void lane_changed();
  // Goods were scanned: a screen that only looks at cash gives way. false: it does not, and says so.
  bool give_way_to_scan();
  // Whoever signs in next wants to close the shift, not to sell.
  void close_after_sign_in(bool wanted) { close_after_sign_in_ = wanted; }
  void signed_in();
  [[nodiscard]] bool closes_after_sign_in() const { return close_after_sign_in_; }

  // ---- presses ----
  void choose_reason(int reason);  // of a cash movement or a difference
  void choose_row(std::size_t index);

  // ---- what shows ----
  [[nodiscard]] const RegisterView& view() const { return *view_; }
  [[nodiscard]] std::optional<Notice> notice() const { return notice_; }
  // opening
  [[nodiscard]] const std::string& typed() const { return draft_.text; }
  [[nodiscard]] std::optional<Money> opening_float() const;  // as typed, else as proposed
  // cash movements
  [[nodiscard]] const CashMoveForm& move() const { return draft_.move; }
  // the count
  [[nodiscard]] const CashSheet& sheet() const { return draft_.sheet; }
  [[nodiscard]] bool other_page() const { return other_page_; }
  // the check of what is there against what should be
  enum class CheckEntry {
    none,         // rows and reasons
    declared,     // the sum of the slips of the selected row
    own_words,    // of its reason
    left_behind,  // what stays in the drawer
  };
  enum class Verdict { equal, within, wants_reason, has_reason };
  [[nodiscard]] CheckEntry check_entry() const { return draft_.check_entry; }
  [[nodiscard]] std::size_t selected_check() const { return draft_.check; }
  [[nodiscard]] int chosen_reason() const { return draft_.reason; }  // 1..difference_reasons, 0: none
  [[nodiscard]] static Verdict verdict_of(const ViewClose::Check& check);
  [[nodiscard]] const ViewClose::Check* check_in_question() const;  // the selected one, when it wants or has a reason
  [[nodiscard]] std::size_t unexplained() const;
  [[nodiscard]] Money left_behind() const;
  // the end
  struct Closed {
    std::int64_t z_number = 0;
    Money counted;
    Money left_in_drawer;
    Money difference;  // of cash
    std::string cashier;
    [[nodiscard]] Money deposit() const { return counted - left_in_drawer; }
  };
  [[nodiscard]] const std::optional<Closed>& closed() const { return closed_; }

  static constexpr int difference_reasons = 4;  // the last one is typed

 private:
  struct Draft {
    std::string text{};
    CashMoveForm move{};
    CashSheet sheet{};
    std::size_t check = 0;
    CheckEntry check_entry = CheckEntry::none;
    int reason = 0;
  };

  bool run(const Command& command, std::function<void()> done = {});
  void complain(const Error& error);
  void remark(NoticeSign sign, std::string stem, i18n::Texts::Parameters parameters = {});
  void begin_close();
  void begin_count();
  void begin_check();
  void leave();
  void act_on_open(Action action);
  void act_on_move(Action action);
  void act_on_report(Action action);
  void act_on_count(Action action);
  void act_on_check(Action action);
  void act_on_done(Action action);
  void open_now();
  void finish_move();
  void moved();
  void print_x();
  void submit_count();
  void type_at_check(char32_t character);
  void enter_at_check();
  void end_check_entry();
  bool take_reason();
  bool declare(const DeclareTender& what);
  void select_check(std::size_t index);
  void select_unexplained();
  void close_now();
  void edit_text(Action action);
  [[nodiscard]] bool accepts_amount(char32_t character) const;
  [[nodiscard]] const ViewClose::Check* selected() const;
  void changed() const;

  Hooks hooks_;
  ViewPtr view_;
  ShiftScreen asked_ = ShiftScreen::none;
  Draft draft_;
  Draft saved_draft_;
  bool recounting_ = false;
  bool other_page_ = false;
  bool close_after_sign_in_ = false;
  std::optional<Money> left_behind_;
  std::optional<Closed> closing_;  // was asked for; it may wait for a signature
  std::optional<Closed> closed_;
  std::optional<Notice> notice_;
  std::int64_t counted_at_ms_ = INT64_MIN / 2;
  std::shared_ptr<ShiftDesk*> self_;  // answers may come when the window has gone
};

}  // namespace lanekeeper::till::ui
