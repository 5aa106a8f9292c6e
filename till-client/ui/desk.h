// What the window is doing: which screen, what is being typed, which panel is open, what has to be said. No wx and no
// rule of selling: it sends commands to the lane and remembers what only the window knows. Tests drive it without a
// display.
//
// Not thread-safe; lives on the thread that owns the till. Times are steady milliseconds.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "i18n/i18n.h"
#include "lane/host.h"
#include "till_ui/actions.h"
#include "till_ui/approval_desk.h"
#include "till_ui/deposit_desk.h"
#include "till_ui/desk_part.h"
#include "till_ui/device_desk.h"
#include "till_ui/hold_desk.h"
#include "till_ui/key_gate.h"
#include "till_ui/notice.h"
#include "till_ui/request_desk.h"
#include "till_ui/return_desks.h"
#include "till_ui/scale_desk.h"
#include "till_ui/shift_desk.h"
#include "till_ui/sign_in_form.h"
#include "till_ui/slip_desks.h"
#include "till_ui/tender_desk.h"

namespace lanekeeper::till::ui {

// The key printed on a quick key while they are chosen from the keyboard: 1..9, then A..Z.
inline constexpr std::size_t most_quick_keys = 35;
[[nodiscard]] std::string quick_key_cap(std::size_t index);
[[nodiscard]] std::optional<std::size_t> quick_key_index(char32_t character);

class Desk : public KeySink, private DeskHand {
 public:
  struct Hooks {
    std::function<void()> changed;  // something to repaint
    std::function<void(Sound)> sound;
    std::function<std::int64_t()> now_ms;
    std::function<void(int percent)> text_percent{};  // the cashier wants the texts larger or smaller
  };
  Desk(Till& till, i18n::Language language, Hooks hooks);

  // ---- input ----
  void act(Action action);            // a key of the table or a button
  void press_back();                  // the key that says where it leads: not kept up by what lasts, as Esc is
  [[nodiscard]] Place place() const;  // where keys are looked up first
  [[nodiscard]] Place screen_place() const;
  [[nodiscard]] bool is_command(char32_t character) const override;
  void character(char32_t character) override;
  void type(std::string_view text);  // a key of a pad
  void enter() override;
  void scan(const DetectedScan& scan) override;
  void save_draft() override {
    saved_draft_ = draft_;
    shift_.save_draft();
    if (DeskPart* open = open_part()) open->save_draft();
  }
  void restore_draft() override;
  void add_item(catalogue::ItemId item);  // a quick key
  void select_line(std::int64_t line);
  void select_tender(std::size_t index);
  void press_result(int index);  // selects, and takes what is selected already
  void choose_person(std::size_t index);
  void choose_side(SidePanel side);
  void choose_reason(int reason);  // 1..price_reasons, 1..discount_reasons
  void choose_coupon(std::size_t index);
  void choose_return_line(std::int64_t line);
  void tick_return(std::int64_t line);              // all that is left of it comes back, or nothing
  void change_return(std::int64_t line, int step);  // +1: one more piece (or all that is left by weight); -1: one less
  void take_cash(Money amount);
  void press_row(std::size_t index);  // of the open part's panel
  void press_choice(int digit);
  void lane_changed();
  void lane_event(const LaneEvent& event);

  // ---- what shows ----
  [[nodiscard]] Screen screen() const;
  // The part that is open, asked before all else; nullptr: none.
  [[nodiscard]] const DeskPart* part() const { return open_part(); }
  [[nodiscard]] const ApprovalDesk& approval() const { return approval_; }
  [[nodiscard]] const RequestDesk& requests() const { return requests_; }
  [[nodiscard]] const TenderDesk& tendering() const { return tender_; }
  [[nodiscard]] const NoteDesk& note() const { return note_; }
  [[nodiscard]] const DeviceDesk& devices() const { return devices_; }
  // Shifts and cash, which have screens of their own.
  [[nodiscard]] ShiftDesk& shift() { return shift_; }
  [[nodiscard]] const ShiftDesk& shift() const { return shift_; }
  // What a key does here; nullptr: nothing.
  [[nodiscard]] const ActionRow* action_of(const KeyStroke& stroke) const;
  // The keys that do something here, for the help: each action once, and only those whose function exists.
  [[nodiscard]] std::vector<const ActionRow*> working_rows() const;
  // Training runs, or will when somebody has signed in.
  [[nodiscard]] bool training() const { return training_wanted_.value_or(view_->training); }
  // A basket in which goods come back, with or without a receipt.
  [[nodiscard]] bool in_return() const { return view_->returning.has_value() || view_->blind_return; }
  // A whole sale is made undone.
  [[nodiscard]] bool is_void() const { return view_->returning && !view_->returning->void_reason.empty(); }
  [[nodiscard]] Task task() const { return task_; }
  [[nodiscard]] SidePanel side() const { return side_; }
  [[nodiscard]] Entry entry() const;
  [[nodiscard]] const std::string& text() const { return draft_.text; }
  [[nodiscard]] std::optional<Notice> notice() const;
  // The sign-in has something of its own to say: it is not about the till as such.
  [[nodiscard]] bool sign_in_speaks() const;
  [[nodiscard]] i18n::Language language() const override { return language_; }
  [[nodiscard]] Till& till() const { return till_; }
  [[nodiscard]] Lane& lane() const override { return till_.lane(); }
  [[nodiscard]] const RegisterView& view() const override { return *view_; }
  // Why an action cannot be used now: the key of a short text; empty when it can.
  [[nodiscard]] std::string_view hindrance(const ActionRow& row) const;

  // search, price check and choice
  [[nodiscard]] const std::vector<catalogue::ItemSummary>& results() const;
  [[nodiscard]] int selected_result() const { return draft_.selected; }
  // change of a price
  struct PriceChange {
    std::int64_t line = 0;
    std::optional<Money> unit_price;
    int reason = 0;  // 1..price_reasons
  };
  // a discount by hand
  struct Discount {
    bool whole_basket = false;
    bool percent = false;
    std::int64_t line = 0;
    std::optional<Money> amount;  // what was typed, when it is valid
    std::optional<Rate> rate;
    int reason = 0;  // 1..discount_reasons
  };
  [[nodiscard]] Discount discount() const;
  [[nodiscard]] std::size_t selected_coupon() const { return selected_coupon_; }
  // goods that come back
  [[nodiscard]] std::int64_t return_line() const { return return_line_; }
  // Of the selected line, or else of what comes back next.
  [[nodiscard]] sale::ReturnedTo returned_to() const;
  [[nodiscard]] std::string return_reason() const;  // empty: not chosen yet
  // What takes some of this line of the sale back; nullptr: nothing does.
  [[nodiscard]] const ViewLine* newest_returned(std::int64_t line) const;
  struct Returned {
    Quantity quantity;  // > 0
    Money amount;       // > 0, that goes back for it
  };
  [[nodiscard]] Returned returned(std::int64_t line) const;  // of this line of the sale in this basket
  // What the last completed sale saved, which its view does not tell.
  struct LastSavings {
    Money all;
    Money coupons;
  };
  [[nodiscard]] const LastSavings& last_savings() const { return last_savings_; }
  [[nodiscard]] PriceChange price_change() const { return {price_line_, new_price_, draft_.reason}; }
  [[nodiscard]] const ViewLine* line(std::int64_t number) const;
  [[nodiscard]] const ViewLine* selected_line() const { return line(view_->selected_line); }
  [[nodiscard]] std::size_t selected_tender() const { return selected_tender_; }
  // what is typed as cash; nullopt when it is no amount
  [[nodiscard]] std::optional<Money> typed_cash() const;
  [[nodiscard]] std::size_t queued_scans() const { return queued_scans_.size(); }
  [[nodiscard]] const SignInForm& sign_in() const { return sign_in_; }
  [[nodiscard]] bool locked() const { return locked_; }
  // after the server came back: what was unsent then; 0 when there is no backlog
  [[nodiscard]] std::int64_t backlog() const { return backlog_; }
  [[nodiscard]] int quick_key_page() const { return quick_key_page_; }
  [[nodiscard]] std::size_t quick_key_tab() const { return quick_key_tab_; }
  void choose_tab(std::size_t index);
  // The panel says what it shows, for the keys that choose from it.
  struct QuickKeys {
    std::vector<catalogue::ItemId> items;  // on the page that shows, in the order of their keys
    int pages = 1;
    std::size_t tabs = 0;
  };
  void set_quick_keys(QuickKeys shown) { quick_keys_ = std::move(shown); }
  void turn_quick_key_page();  // around the end, by touch
  // A panel got other room than it filled: it is to be shown again.
  void room_changed() { changed(); }
  [[nodiscard]] const QuickKeys& quick_keys() const { return quick_keys_; }
  [[nodiscard]] bool help_open() const { return help_open_; }
  // How large texts are wanted, in percent of the design.
  [[nodiscard]] int text_percent() const { return text_percent_; }
  void set_text_percent(int percent);

 private:
  struct Draft {
    std::string text;
    int selected = -1;
    int reason = 0;
  };
  enum class Origin { scan, other };

  // ---- for the parts ----
  bool run(const Command& command, std::function<void()> done = {}) override {
    return run_from(command, Origin::other, std::move(done));
  }
  Result<void> attempt(const std::function<Result<void>()>& call) override;
  void say(Notice notice, Sound sound) override;
  void complain(const Error& error) override;
  void sound(Sound sound) override { hooks_.sound(sound); }
  void quiet() override;
  void changed() override;
  void opened_by_itself() override;
  [[nodiscard]] const std::string& typed() const override { return draft_.text; }
  void set_typed(std::string text) override { draft_ = {std::move(text)}; }

  bool run_from(const Command& command, Origin origin, std::function<void()> done = {});
  bool answer(const Command& command, const Result<void>& result, Origin origin, std::function<void()> done = {});
  void take_view();
  [[nodiscard]] DeskPart* open_part() const;
  void close_parts();
  bool act_on_part(Action action);
  void enter_part();
  void cancel_part();
  // The message of the register that is to be seen: what somebody is asked to allow is not.
  [[nodiscard]] const Error* shown_message() const;
  [[nodiscard]] std::optional<Notice> lasting_notice() const;
  bool wave_lasting_away();  // true: there was one
  void keep_warnings();
  void show_kept_warning();
  void wave_warning_away();
  [[nodiscard]] static bool is_question(const Error& error);
  [[nodiscard]] bool part_accepts(char32_t character) const;
  void refuse(const ActionRow& row, std::string_view reason);
  [[nodiscard]] bool too_soon() const;

  [[nodiscard]] ShiftDesk::Hooks shift_hooks();
  [[nodiscard]] bool on_shift() const;  // one of its screens stands, and nobody is asked to allow anything
  bool act_on_shift(Action action);
  bool shift_takes_scan();
  void act_on_sale(Action action);
  void act_on_tender(Action action);
  void act_on_people(Action action);
  void begin_task(Task task);
  void end_task();
  void cancel();
  void cancel_on_sale();
  void begin_quantity();
  void begin_price_change();
  void begin_discount();
  void begin_coupon();
  void switch_discount(Action action);
  void remove_coupon();
  void act_on_return(Action action);
  void begin_receipt();
  void leave_returns();
  void leave_empty_returns();
  bool give_back(std::int64_t line, Quantity quantity, std::optional<sale::ReturnedTo> to = {},
                 const std::string& reason = {});
  void give_back_all();
  void describe_return(std::optional<std::string> reason, std::optional<sale::ReturnedTo> to);
  void set_return_quantity(std::int64_t line, const std::string& text);
  void keep_return_line(std::int64_t line) { give_back_less(line, Quantity()); }
  void give_back_less(std::int64_t line, Quantity wanted);
  void scan_return(const std::string& data);
  void choose_first_left();
  void return_begun();
  void void_receipt(const std::string& reason);
  [[nodiscard]] std::string_view why_not_voidable() const;
  void ask_for_receipt(std::string receipt);
  void answered(const Result<void>& result, Task task);
  [[nodiscard]] const ViewReturn::Line* sold_line(std::int64_t line) const;
  void pay();
  void lock();
  void set_locked(bool locked);
  void change_training();
  void void_basket();
  void exchange();
  void move_line(int step);
  void move_result(int step);
  void begin_quick_keys();
  void end_quick_keys();
  void turn_quick_keys();
  void turn_tab(int step);
  bool act_on_quick_keys(Action action);
  void press_quick_key(std::size_t index);
  bool act_everywhere(Action action);  // true: that was all
  [[nodiscard]] const ActionRow* action_here(const KeyStroke& stroke) const;
  void scan_badge(const std::string& code);
  void let_in(const Result<void>& signed_in);
  void search_again();
  void check_price(const DetectedScan& asked);
  void check_price(catalogue::ItemId item);
  void show_price(const Lane::PriceCheck& check, std::optional<DetectedScan> code);
  void add_checked();

  void enter_goods();
  void enter_quantity();
  void enter_price();
  void enter_reason();
  void enter_weight();
  void enter_open_price();
  void enter_member(const std::string& code);
  void enter_coupon(const std::string& code);
  void enter_discount();
  void enter_discount_reason();
  void enter_return();
  void enter_result();
  void enter_cash();
  void enter_person();
  void enter_server();
  [[nodiscard]] bool waits() const;  // the register waits for a weight, a choice or an age check
  [[nodiscard]] bool scans_wait() const;
  [[nodiscard]] bool unfinished_task() const;
  void send_scan(const DetectedScan& scan);
  void sound_of_goods();
  void keep_scan(const DetectedScan& scan);
  [[nodiscard]] bool may(access::Permission permission) const;  // the person at the till, alone
  [[nodiscard]] static Error missing_right(access::Permission permission);
  void drain_scans();
  void load_people();
  [[nodiscard]] bool accepts(char32_t character) const;

  Till& till_;
  i18n::Language language_;
  Hooks hooks_;
  ViewPtr view_;

  Task task_ = Task::none;
  SidePanel side_ = SidePanel::quick_keys;
  Draft draft_;
  Draft saved_draft_;
  std::vector<catalogue::ItemSummary> found_;
  struct Checked {
    catalogue::ItemId item = 0;
    std::optional<DetectedScan> code;  // by which it was asked for; it may say a weight or an amount
  };
  std::optional<Checked> checked_;  // price check: what is shown
  std::int64_t price_line_ = 0;
  std::optional<Money> new_price_;
  std::size_t selected_tender_ = 0;
  Discount discount_;
  std::size_t selected_coupon_ = 0;
  std::int64_t return_line_ = 0;
  LastSavings last_savings_;
  std::string asking_;  // text of what the server is asked right now; empty: nothing
  // Answers may come when the window has gone.
  std::shared_ptr<Desk*> self_;
  std::deque<DetectedScan> queued_scans_;
  // Of goods that others followed at once, because their scans had waited: nobody has seen them yet.
  struct Warning {
    std::int64_t line = 0;
    Error what;
  };
  std::vector<Warning> kept_warnings_;

  std::optional<Notice> local_notice_;
  bool scan_refused_ = false;  // the view's message is about a scan: it has to be answered before the next one
  std::optional<std::int64_t> unprinted_receipt_;
  bool drawer_called_out_ = false;  // and not waved away since
  bool paper_called_out_ = false;
  bool clock_called_out_ = false;
  std::int64_t restored_lines_ = 0;  // of a basket that was open when the power went
  std::int64_t opened_at_ms_ = INT64_MIN / 2;
  bool back_pressed_ = false;  // during press_back()

  DeviceDesk devices_{*this};
  ApprovalDesk approval_{*this};
  RequestDesk requests_{*this};
  HoldDesk hold_{*this};
  TenderDesk tender_{*this};
  ScaleDesk scale_{*this};
  NoteDesk note_{*this};
  ReprintDesk reprint_{*this};
  BlindReturnDesk blind_return_{*this};
  DepositDesk deposit_{*this};
  VoidReceiptDesk void_receipt_{*this, [this](const std::string& reason) { void_receipt(reason); }};
  FindSaleDesk find_sale_{*this, [this](std::string receipt) { ask_for_receipt(std::move(receipt)); }};
  ReturnQuantityDesk return_quantity_{
      *this, [this](std::int64_t line, const std::string& text) { set_return_quantity(line, text); }};
  // Asked in this order.
  std::vector<DeskPart*> parts_{&devices_,         &approval_, &requests_,    &hold_,         &tender_,
                                &scale_,           &note_,     &reprint_,     &blind_return_, &find_sale_,
                                &return_quantity_, &deposit_,  &void_receipt_};

  ShiftDesk shift_{shift_hooks()};

  SignInForm sign_in_;
  bool locked_ = false;
  std::optional<bool> training_wanted_;  // chosen at the sign-in: begins and ends only when somebody is there
  bool editing_server_ = false;

  LinkStatus::State link_state_ = LinkStatus::State::connecting;
  std::int64_t backlog_ = 0;
  std::size_t quick_key_tab_ = 0;
  int quick_key_page_ = 0;
  QuickKeys quick_keys_;
  bool help_open_ = false;
  int text_percent_ = 100;
};

}  // namespace lanekeeper::till::ui
