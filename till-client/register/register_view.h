// What a face shows: an immutable snapshot after every command. Amounts are values, words are keys; the face
// translates.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/permissions.h"
#include "sale/basket.h"
#include "sale/control_transaction.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::till {

enum class RegisterState {
  signed_out,
  idle,  // signed in, empty basket; the last sale may still be shown
  ringing,
  tendering,
  closing,  // the shift
};

// One reason why something costs less. What a face says about it comes from name and kind.
struct ViewSaving {
  std::string promotion;  // id; sale::manual_discount_id for one by hand
  std::string name;       // of the definition; may be empty
  std::string name_en;
  std::string layer;       // "item", "basket", "member", "coupon", "manual"
  std::string kind;        // "nth_off", ..., "manual"
  std::int64_t count = 0;  // of a multibuy, nth_off: pieces that belong together; else 0
  Money amount;            // taken off
};

struct ViewLine {
  std::int64_t line = 0;
  std::string name;
  std::string name_en;
  std::string code;
  catalogue::UnitOfMeasure unit = catalogue::UnitOfMeasure::piece;
  Quantity quantity;
  Money unit_price;
  Money gross;
  Money saving;  // >= 0
  Money net;
  sale::WeightSource weight_source = sale::WeightSource::none;
  bool price_overridden = false;
  std::vector<ViewSaving> savings;  // in the order of the layers; they add up to saving
  std::int64_t returned_line = 0;   // of a line that returns goods: the line of its sale
  bool returns = false;             // gives something back
  bool deposit = false;             // a pledge: taken, or where it `returns` given back
  sale::ReturnedTo returned_to = sale::ReturnedTo::stock;
  std::string return_reason;
  Quantity tare;
  bool open_price = false;
  std::string note;
  bool voided = false;
};

// What the last completed sale left on the screen: the change stays readable until the next scan.
struct LastSale {
  std::int64_t receipt_number = 0;
  Money payable;
  Money tendered;
  Money change;
  // The change is more than lay in the drawer before, as far as the open shift knows: a hint, and all that is told.
  bool beyond_drawer = false;
};

// An age-restricted item that waits for the cashier's answer.
struct AgeCheck {
  catalogue::ItemSummary item;
  std::int64_t minimum_age = 0;  // years
};

// "One more and ...": a promotion that the basket just misses.
struct ViewNearMiss {
  std::string promotion;
  std::string name;
  std::string name_en;
  std::string kind;
  std::int64_t missing_pieces = 0;  // or
  Money missing_amount;             // to spend
};

struct ViewCoupon {
  std::string code;
  std::string name;
  std::string name_en;
  Money saving;
};

// The sale from which goods come back.
struct ViewReturn {
  std::int64_t till = 0;
  std::int64_t receipt_number = 0;
  Date business_date;
  bool may_be_incomplete = false;
  std::string void_reason;       // not empty: the whole sale is made undone, as it stands here
  std::optional<Error> no_void;  // why that cannot be done with this sale; of one that BeginReturn began
  struct Line {
    std::int64_t line = 0;  // of the sale
    std::string name;
    std::string name_en;
    std::string code;  // as it was scanned or typed: goods that are scanned again find their line
    catalogue::UnitOfMeasure unit = catalogue::UnitOfMeasure::piece;
    Quantity sold;
    Quantity left;  // neither back yet nor in this basket
    Money net;      // of the whole line as it was sold
    Money gross;    // and before anything was taken off
  };
  std::vector<Line> lines;
};

// By which way money may go back, besides cash.
struct ViewRefundOption {
  sale::TenderKind kind = sale::TenderKind::card;
  std::optional<std::string> method;
  Money most;
};

struct ViewShift {
  std::int64_t number = 0;
  ZonedTime opened_at;
  Date business_date;
  std::int64_t opened_by = 0;  // staff id
  Money opening_float;
  // The sums of X. Missing while they would tell what should lie in the drawer to somebody who still has to count it:
  // who may read sales sees them always, who may not after the count.
  std::optional<sale::ShiftTotals> totals;
  sale::ShiftTotals counters;               // the same with every amount of money zero, cash first of all
  std::vector<sale::TenderTotal> not_cash;  // always to be seen: the slips are checked against it
  // > 0: so much more lies in the drawer than the store wants there; 0 says nothing. To whom totals are hidden in full
  // hundreds, rounded up.
  Money drawer_cash_over;
};
struct ViewClose {
  std::vector<Error> obstacles;
  std::vector<sale::CashCount> counts;
  Money counted;
  bool is_counted = false;
  std::int64_t recounts = 0;
  // The till was switched off in the middle of it. BeginClose opens the drawer again and says what is still open.
  bool resumed = false;
  struct Check {
    sale::TenderCheck check;
    Money difference;           // declared - expected
    bool needs_reason = false;  // the difference is over the tolerance: not closed without check.reason
  };
  std::vector<Check> checks;     // cash first; empty until counted
  bool needs_signature = false;  // a difference is over the tolerance, and this person may not sign it alone
  std::int64_t z_number = 0;
  Money usual_float;
};

struct RegisterView {
  std::uint64_t revision = 0;  // grows with every change
  RegisterState state = RegisterState::signed_out;
  std::optional<access::StaffMember> cashier;  // verifiers left out
  std::vector<ViewLine> lines;
  std::int64_t selected_line = 0;  // 0: none
  std::int64_t last_line = 0;      // the one entered last: the banner
  std::int64_t item_count = 0;     // pieces, a weighed line counts one; voided lines none
  std::int64_t line_count = 0;     // without voided lines
  Money gross;
  Money saving;
  Money total;            // to pay, before cash rounding
  Money cash_due;         // what is left if the rest is paid in cash, rounded; below zero: goes out in cash
  Money cash_adjustment;  // rounding inside cash_due
  // While paying out: more cash goes out than lies in the drawer, as far as the open shift knows. A hint: what really
  // lies there nobody knows before it is counted. Only for who may see the totals: this can be tried with any goods.
  bool refund_beyond_drawer = false;
  Money tendered;
  std::vector<sale::Tender> tenders;
  std::vector<sale::TaxTotal> taxes;
  std::optional<Quantity> pending_quantity;
  std::optional<catalogue::ItemSummary> waiting_for_weight;
  std::vector<catalogue::ItemSummary> choices;  // same barcode on several items
  std::optional<AgeCheck> age_check;            // an item is held until ConfirmAge
  std::optional<Error> message;                 // the last refusal, until Dismiss or the next success
  std::optional<LastSale> last_sale;
  // What should be known of the goods that were entered last (their best-before date has passed), with their names in
  // the details; until other goods are entered, that line is voided, another one is selected, or Dismiss. Nothing was
  // refused for it.
  std::vector<Error> last_scan_warnings;
  std::optional<sale::MemberRef> member;
  std::vector<ViewSaving> savings;  // of the whole basket, by promotion in the order of the layers
  std::vector<ViewCoupon> coupons;
  std::optional<sale::ManualDiscount> discount;  // of the whole basket
  std::vector<ViewNearMiss> near_misses;
  bool optimal = true;                  // false: the bound on work was reached, a better choice of promotions may exist
  std::optional<ViewReturn> returning;  // then total and cash_due are what goes back, below zero
  bool blind_return = false;            // goods without a receipt come back
  bool selling_in_return = false;       // exchange: what is scanned now is sold
  // Of what comes back next, as chosen last in this return.
  std::optional<std::string> return_reason;
  sale::ReturnedTo returned_to = sale::ReturnedTo::stock;
  std::vector<ViewRefundOption> refund_options;
  // While goods of a receipt come back: so much may go out in cash at most, the rest by refund_options.
  std::optional<Money> refund_in_cash_most;
  Money left_due;  // still to pay by anything but cash: unrounded; below zero: to give back
  std::optional<catalogue::ItemSummary> waiting_for_price;
  std::vector<sale::Approval> approvals;  // given in this basket
  std::string note;
  std::optional<ViewShift> shift;
  std::optional<ViewClose> close;
  bool shift_needed = false;  // nothing can be sold before one is opened
  std::int64_t last_shift = 0;
  Money left_in_drawer;
  Money usual_float;
  bool training = false;
};
using ViewPtr = std::shared_ptr<const RegisterView>;

}  // namespace lanekeeper::till
