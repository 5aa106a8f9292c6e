// The register: a pure state machine. Commands in, effects and a view out; no wx, no sockets, no SQL, no clock.
//
// Time and new ids come in with each command (Moment). Goods come through the ItemLookup port, which is a value
// function of the replica. What must happen in the world is returned as effects for the lane to carry out, in order:
//
//   effects of a refused command: none, the view carries the message.
//   completing a sale: CommitSale only. The lane journals it and tells the register sale_committed() or
//   sale_commit_failed(); only sale_committed() yields OpenDrawer and PrintReceipt. After a failure the basket is as it
//   was before the last tender.
//   a fact besides sales: CommitControl is the last effect of its command (before it, at most PersistBasket and
//   ShowItem). The lane journals it and tells the register control_committed() or control_commit_failed(); what follows
//   (drawer, slip, the basket that was given up is cleared) are effects of control_committed(). After a failure nothing
//   has happened, but that a basket that was put aside or taken up, and who is signed in, stay as they are by then.
//   In between everything is refused: register.busy.
//
// While goods wait for an answer (a weight, a price, a choice, an age check) other goods are refused, so that nothing
// slips through unpaid: register.weigh_first, register.price_first, register.choose_first, register.age_first. Dismiss
// gives the waiting goods up.
//
// A refusal that somebody else could lift has the detail "permission": the same command with Moment::authority may go
// through.
//
// Not thread-safe: one thread owns it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "barcode/decode.h"
#include "base/error.h"
#include "base/ids.h"
#include "catalogue/item.h"
#include "pricing/price.h"
#include "pricing/promotion_calendar.h"
#include "register/commands.h"
#include "register/entry.h"
#include "register/register_view.h"
#include "sale/basket.h"
#include "sale/control_transaction.h"
#include "sale/retail_transaction.h"
#include "sale/shift_trail.h"

namespace lanekeeper::till {

// Somebody with more rights who stands by (or has answered from afar), for this one command. The lane has checked PIN
// or badge. Where the cashier's own right is enough it is not used; where both are not: access.denied, and
// access.same_person when it is the cashier. What was done with it is recorded (sale::Approval).
struct Authority {
  access::StaffMember staff;
  sale::ApprovalMeans means = sale::ApprovalMeans::pin;
  std::optional<Uuid> request;
};

struct Moment {
  ZonedTime time;
  Uuid fresh_id;  // used when a basket begins, and for control transactions
  std::optional<Authority> authority = std::nullopt;
};

struct TenderMethod {
  std::string code;
  std::string name;
  std::string name_en;
  bool needs_reference = true;
};

// What the register needs of the store profile; replaced when the profile changes (never in the middle of a basket's
// tendering). version 0: no profile yet.
struct RegisterSettings {
  std::int64_t till = 0;
  std::string currency = "CNY";
  CashRounding cash_rounding = CashRounding::none;
  int day_start_minute = 0;
  pricing::TaxMode tax_mode = pricing::TaxMode::inclusive;
  std::vector<catalogue::TaxCategory> taxes;
  std::vector<barcode::VariableMeasureLayout> layouts;
  pricing::PromotionCalendar promotions;  // applies at once; an open basket keeps its set
  barcode::RecalledBatches recalls;       // applies at once
  bool simulated_clock = false;
  // Of the store's policy for tills.
  bool shifts_required = false;  // then nothing is entered without an open shift: shift.open_first
  Money usual_float;
  std::optional<Money> pick_up_at;
  Money difference_tolerance;
  bool vouchers = true;
  std::vector<TenderMethod> methods;
  bool training = false;  // sales are marked, and worth nothing
};

struct PersistBasket {  // the open basket, for a power cut; an empty one clears
  sale::Basket basket;
};
struct CommitSale {
  sale::RetailTransaction sale;  // receipt_number is still 0: the journal gives it
};
struct OpenDrawer {};
struct PrintReceipt {
  sale::RetailTransaction sale;
};
struct ShowItem {  // customer display: last line and total
  std::string name;
  Money amount;
  Money total;
};
// As CommitSale: the lane journals it and tells control_committed() or control_commit_failed(). Only then the drawer
// opens and a slip is printed.
struct CommitControl {
  sale::ControlTransaction control;
};
// Keep this basket where other tills can take it (the lane's own store first); basket_suspended() or suspend_failed()
// follow. The basket stays open until then.
struct StoreSuspended {
  sale::Basket basket;
  std::int64_t line_count = 0;
  Money total;
  std::string note;
  // What is journalled then, but for the label: kept with the basket, so that a till that is killed in between can do
  // it when it is back.
  sale::ControlTransaction record;
};
struct PrintControl {
  sale::ControlTransaction control;
};
struct ShowDue {  // customer display: tendering began, or money was taken
  Money total;
  Money left;  // still to pay
};
struct ShowChange {  // customer display: it is over
  Money paid;
  Money change;
};
// The lane takes up a journal of its own for what follows.
struct EnterTraining {};
using Effect = std::variant<PersistBasket, CommitSale, OpenDrawer, PrintReceipt, ShowItem, CommitControl,
                            StoreSuspended, PrintControl, ShowDue, ShowChange, EnterTraining>;

// A shift that is open: what restores it after a restart.
struct OpenShiftState {
  sale::ControlTransaction opening;
  sale::ShiftTotals totals;  // with the opening and everything since
  sale::ShiftTrail trail = {};
};

struct Outcome {
  Result<void> result;
  std::vector<Effect> effects;
};

// A close that has begun.
struct ShiftCloseDraft {
  std::vector<Error> obstacles;
  std::vector<sale::CashCount> counts;
  bool counted = false;
  std::int64_t recounts = 0;
  std::vector<sale::TenderCheck> checks;  // from CountCash on; cash first
  std::vector<sale::Approval> approvals;  // given for closing what another person opened
  bool resumed = false;                   // from the journal, and not begun again since
};

class Register {
 public:
  Register(const catalogue::ItemLookup& items, RegisterSettings settings);

  // Applies from the next basket on; layouts and tax categories that were not known before apply at once.
  void set_settings(RegisterSettings settings);
  void set_catalogue_version(catalogue::Version version);

  [[nodiscard]] Outcome handle(const Command& command, const Moment& moment);
  [[nodiscard]] Outcome sale_committed(const sale::RetailTransaction& sale, const Moment& moment);
  [[nodiscard]] Outcome sale_commit_failed(const Error& error);
  // What the journal recorded; the same answers as for sales.
  [[nodiscard]] Outcome control_committed(const sale::ControlTransaction& control, const Moment& moment);
  [[nodiscard]] Outcome control_commit_failed(const Error& error);
  // The basket is safe under this label: it is cleared, and the fact recorded (CommitControl).
  [[nodiscard]] Outcome basket_suspended(const std::string& label, const Moment& moment);
  [[nodiscard]] Outcome suspend_failed(const Error& error);

  // A receipt is about to be printed again, whatever is open meanwhile: recorded first (CommitControl), and printed
  // only when that was done. register.signed_out, register.busy
  [[nodiscard]] Outcome record_reprint(std::int64_t receipt_number, const Moment& moment);

  // Whether so much cash is more than lies in the drawer by the open shift's totals. Asked of amounts that are only
  // typed, so always false for somebody to whom the totals are hidden: who tries amounts would find the sum.
  [[nodiscard]] bool is_beyond_drawer(Money cash_out) const;
  // A shift is being closed, also while nobody is signed in.
  [[nodiscard]] bool closing() const { return close_.has_value(); }

  // At the start, from the journal: the shift that is open, or what the last one left (number, money in the drawer). A
  // close that had begun goes on with what was counted last, once somebody signs in who may.
  void restore_shift(std::optional<OpenShiftState> open, std::int64_t last_number, Money left_in_drawer);
  // The journal got an entry that was nobody's command: a basket that was put aside before the till was killed.
  void note_recorded(const sale::ControlTransaction& control);

  // After a power cut: the basket that PersistBasket wrote last. The cashier signs in again to go on with it. A set of
  // promotions that is not known any more gives way to the one that was in force when the basket began.
  void restore(sale::Basket basket);
  // The sale from which the goods of a restored basket come back, when it was found again. Without it they can be paid
  // out or voided, and nothing can be added. Another sale changes nothing.
  void resume_return(sale::ReturnableSale sale);

  // What was refused outside of the register, where asking took a while: shown like a refusal of its own, and taken
  // back.
  void set_message(std::optional<Error> message);
  // Whether BeginReturn has a chance, before the sale is looked for: register.signed_out, register.tendering,
  // access.denied, register.basket_open, ...
  [[nodiscard]] Result<void> may_return();
  [[nodiscard]] Result<void> may_return(const Moment& moment);  // with somebody who lends the right
  // The goods of a barcode or item number, whether or not they may be sold; of several with the same one the first.
  [[nodiscard]] std::optional<catalogue::ItemId> goods_of(const std::string& code, const ZonedTime& now) const;
  // The promotions that the running basket is priced with; empty while it has no line.
  [[nodiscard]] const pricing::PromotionIndex& promotions() const { return promotions_; }

  [[nodiscard]] ViewPtr view() const { return view_; }
  [[nodiscard]] const sale::Basket& basket() const { return basket_; }

 private:
  struct Impl;     // register_impl.h
  void publish();  // a new view of what is now
  void add_shift(RegisterView& view) const;
  void resume_close();
  [[nodiscard]] bool lies_not_in_drawer(Money cash_out) const;
  const catalogue::ItemLookup& items_;
  RegisterSettings settings_;
  std::optional<RegisterSettings> next_settings_;  // come into force with the next basket
  catalogue::Version catalogue_version_ = 0;
  std::optional<access::StaffMember> cashier_;
  sale::Basket basket_;
  sale::PricedBasket priced_;
  pricing::PricedGoods reasons_;  // of priced_: what the view explains
  pricing::PromotionIndex promotions_;
  std::optional<sale::ReturnableSale> returning_;
  Date pricing_date_;  // the business date that priced_ was made for, and that the sale will carry
  bool tendering_ = false;
  bool committing_ = false;
  bool last_command_took_money_ = false;
  std::int64_t selected_line_ = 0;
  std::int64_t last_line_ = 0;
  std::optional<Quantity> pending_quantity_;
  // At most one of these is set: the goods that wait for an answer.
  std::optional<Entry> waiting_for_weight_;
  std::optional<Entry> held_for_age_;
  std::vector<Entry> choices_;
  std::optional<Entry> waiting_for_price_;
  std::optional<Error> message_;
  std::optional<LastSale> last_sale_;
  std::optional<OpenShiftState> shift_;
  std::int64_t last_shift_ = 0;  // number
  Money left_in_drawer_;         // by the shift before
  std::optional<ShiftCloseDraft> close_;
  std::optional<sale::ControlTransaction> committing_control_;
  std::optional<sale::ControlTransaction> suspending_;
  bool cancelling_close_ = false;
  std::vector<Error> obstacles_;  // of a close whose beginning is being stored
  std::vector<Error> scan_warnings_;
  bool selling_in_return_ = false;
  std::optional<std::string> return_reason_;  // as chosen last in the open return; these two
  std::optional<sale::ReturnedTo> returned_to_;
  std::optional<Error> no_void_;                    // why the sale that was named cannot be made undone as a whole
  std::optional<access::StaffMember> refund_lent_;  // who let the open return begin, or allowed more of it later
  std::uint64_t revision_ = 0;
  ViewPtr view_;
};

}  // namespace lanekeeper::till
