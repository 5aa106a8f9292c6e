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
#include "till_ui/key_gate.h"
#include "till_ui/notice.h"
#include "till_ui/sign_in_form.h"

namespace lanekeeper::till::ui {

enum class Screen { pairing, sign_in, sale, returns, tender };
// What the cashier has opened on the sale screen.
enum class Task {
  none,
  search,
  price_check,
  line_quantity,
  change_price,
  price_reason,
  member,
  coupon,
  discount,
  discount_reason,
  receipt,  // of the sale from which goods come back
  more,
  help,
};
// What stands at the right of the sale screen while no task wants the place.
enum class SidePanel { quick_keys, number_pad, offline };
// What typed characters mean.
enum class Entry {
  none,
  goods,
  search,
  price_check,
  quantity,
  price,
  reason,
  weight,
  choice,
  member,
  coupon,
  discount,
  receipt,
  return_quantity,
  cash,
  payout,  // nothing to type: Enter pays out
  staff_number,
  pin,
  server,
};
enum class Sound { ok, attention, stop };

inline constexpr int price_reasons = 6;
inline constexpr int discount_reasons = 6;

class Desk : public KeySink {
 public:
  struct Hooks {
    std::function<void()> changed;  // something to repaint
    std::function<void(Sound)> sound;
    std::function<std::int64_t()> now_ms;
  };
  Desk(Till& till, i18n::Language language, Hooks hooks);

  // ---- input ----
  void act(Action action);            // a key of the table or a button
  [[nodiscard]] Place place() const;  // where keys are looked up first
  [[nodiscard]] bool is_command(char32_t character) const override;
  void character(char32_t character) override;
  void type(std::string_view text);  // a key of a pad
  void enter() override;
  void scan(const DetectedScan& scan) override;
  void save_draft() override { saved_draft_ = draft_; }
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
  void change_return(std::int64_t line, int step);  // +1: one more piece (or all that is left by weight); -1: one less
  void take_cash(Money amount);
  void lane_changed();
  void lane_event(const LaneEvent& event);

  // ---- what shows ----
  [[nodiscard]] Screen screen() const;
  [[nodiscard]] Task task() const { return task_; }
  [[nodiscard]] SidePanel side() const { return side_; }
  [[nodiscard]] Entry entry() const;
  [[nodiscard]] const std::string& text() const { return draft_.text; }
  [[nodiscard]] std::optional<Notice> notice() const;
  [[nodiscard]] i18n::Language language() const { return language_; }
  [[nodiscard]] Till& till() const { return till_; }
  [[nodiscard]] const Lane& lane() const { return till_.lane(); }
  [[nodiscard]] const RegisterView& view() const { return *view_; }
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
  [[nodiscard]] sale::ReturnedTo returned_to() const { return returned_to_; }
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
  // The panel says how many pages its tab has; Ctrl+Q turns them.
  void set_quick_key_pages(int pages) { quick_key_pages_ = pages; }

 private:
  struct Draft {
    std::string text;
    int selected = -1;
    int reason = 0;
  };
  enum class Origin { scan, other };

  bool run(const Command& command, Origin origin = Origin::other);
  void say(Notice notice, Sound sound);
  void complain(const Error& error);
  void changed();
  void refuse(const ActionRow& row, std::string_view reason);
  void opened_by_itself();
  [[nodiscard]] bool too_soon() const;

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
  bool give_back(std::int64_t line, Quantity quantity);
  void give_back_all();
  void keep_return_line(std::int64_t line);
  void take_one_less(std::int64_t line, bool weighed);
  void scan_return(const std::string& data);
  void choose_first_left();
  void ask_for_receipt(std::string receipt);
  void answered(const Result<void>& result, Task task);
  [[nodiscard]] const ViewReturn::Line* sold_line(std::int64_t line) const;
  void pay();
  void lock();
  void reprint();
  void move_line(int step);
  void move_result(int step);
  void turn_quick_keys();
  void search_again();
  void check_price(const std::string& text);

  void enter_goods();
  void enter_quantity();
  void enter_price();
  void enter_reason();
  void enter_weight();
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
  std::optional<catalogue::ItemSummary> checked_item_;  // price check: what is shown
  std::int64_t price_line_ = 0;
  std::optional<Money> new_price_;
  std::size_t selected_tender_ = 0;
  Discount discount_;
  std::size_t selected_coupon_ = 0;
  std::int64_t return_line_ = 0;
  sale::ReturnedTo returned_to_ = sale::ReturnedTo::stock;
  LastSavings last_savings_;
  std::string asking_;  // text of what the server is asked right now; empty: nothing
  // Answers may come when the window has gone.
  std::shared_ptr<Desk*> self_;
  std::deque<DetectedScan> queued_scans_;

  std::optional<Notice> local_notice_;
  bool scan_refused_ = false;  // the view's message is about a scan: it has to be answered before the next one
  std::optional<std::int64_t> unprinted_receipt_;
  std::int64_t restored_lines_ = 0;  // of a basket that was open when the power went
  std::int64_t opened_at_ms_ = INT64_MIN / 2;

  SignInForm sign_in_;
  bool locked_ = false;
  bool editing_server_ = false;

  LinkStatus::State link_state_ = LinkStatus::State::connecting;
  std::int64_t backlog_ = 0;
  std::size_t quick_key_tab_ = 0;
  int quick_key_page_ = 0;
  int quick_key_pages_ = 1;
};

}  // namespace lanekeeper::till::ui
