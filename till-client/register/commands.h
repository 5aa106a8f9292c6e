// What a person, a scanner or a script can ask of the register. Both faces (window, console) send the same commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "access/permissions.h"
#include "barcode/scan.h"
#include "catalogue/item.h"
#include "money/money.h"
#include "sale/basket.h"
#include "sale/control_transaction.h"
#include "sale/returnable_sale.h"

namespace lanekeeper::till {

// Signing in: the lane has checked the PIN (that is slow on purpose); the register learns who it is. Somebody else in
// the middle of a basket takes it over: needs Permission::till_lock_takeover of their own or lent, else
// register.basket_open; who entered which line stays recorded, and the change is (cashier_change).
struct SignedIn {
  access::StaffMember staff;
};
struct SignOut {};  // refused while a basket is open: register.basket_open; the shift stays open

// A scan or a typed code. Consumes a pending quantity. A code that several items own answers register.choose_item and
// the view lists them; AddItem picks one.
struct Scan {
  std::string data;
  barcode::Symbology symbology = barcode::Symbology::unknown;
};
// From a search result, a quick key or a choice. A weighed item needs a weight: the scale's when it is stable, else the
// register answers register.weight_needed and keeps the item until Weigh.
struct AddItem {
  catalogue::ItemId item = 0;
};
struct PendingQuantity {  // `3 *` before the scan; whole units 1..9999. register.bad_quantity
  Quantity quantity;
};
// The weight of the item that waits for one, or of `code` when that is given.
struct Weigh {
  std::string code;                                       // may be empty
  Quantity weight;                                        // kg; gross when `tare` is given, else net
  sale::WeightSource source = sale::WeightSource::scale;  // manual needs Permission::weight_manual
  // kg, of what the goods lie in. Without one the item's own counts for a scale's weight. register.bad_tare (not below
  // the weight), register.weight_not_positive (nothing is left).
  std::optional<Quantity> tare = std::nullopt;
};
// The price of the open-price goods that wait for one. needs Permission::sale_open_price and its limit
// (price.over_limit, detail "most").
struct EnterPrice {
  Money unit_price;
};
struct NoteLine {  // at most 80 characters, empty takes it off. register.note_too_long
  std::int64_t line = 0;
  std::string note;
};
struct NoteBasket {
  std::string note;
};
// Not for weighed lines: register.weighed_line. Less than before needs Permission::sale_void_line.
struct SetLineQuantity {
  std::int64_t line = 0;
  Quantity quantity;
};
// Needs Permission::price_override, below the regular price only as far as a discount by hand may go (price.too_low),
// and a reason (price.reason_needed). It drops a discount of the line.
struct OverridePrice {
  std::int64_t line = 0;
  Money unit_price;
  std::string reason;
};
struct VoidLine {
  std::int64_t line = 0;
};
struct VoidBasket {};
struct SelectLine {
  std::int64_t line = 0;
};
// register.empty_basket; of a return: return.why_needed, return.gift_stays (what was given for goods that come back
// stays with the customer), return.over_limit, return.over_shift_limit (without a receipt, in all of the shift)
struct BeginTender {};
struct BackToSale {};  // keeps tenders that were taken; register.tender_taken when there are any
// Completes the sale when it covers what is due. Zero completes one of which nothing is due, and pays out what goes
// back: refund.not_in_cash (details "most", "otherwise") where more would go out than was paid in cash. Somebody else
// with Permission::refund_in_cash may allow that where the way it was paid is not there any more; nobody does it alone.
// `reason` says why then: "card_gone" where it is empty, or as typed.
struct TenderCash {
  Money amount;
  std::string reason = {};
};
// Any other way of paying; the amount never exceeds what is still to pay (tender.too_much, detail "most"), but for a
// voucher, of which the rest is lost: its face value is recorded. Completes the sale when nothing is left.
// tender.reference_needed (a card's slip, methods that ask for one), tender.bad_reference (over 64 bytes),
// tender.not_accepted, tender.presented_before (the same voucher in this basket).
struct TenderOther {
  sale::TenderKind kind = sale::TenderKind::card;
  std::optional<std::string> method;  // of TenderKind::other
  Money amount;                       // > 0
  std::string reference;
};
// Money goes back the way it came: of a refund, so much by this way, at most what was paid by it and did not go back
// yet (the view's refund_options): tender.too_much. What is left goes out in cash with TenderCash{0}; when nothing is
// left that completes it. refund.nothing_due
struct RefundTender {
  sale::TenderKind kind = sale::TenderKind::card;
  std::optional<std::string> method;
  Money amount;  // > 0
  std::string reference;
};
// One other than cash needs Permission::tender_void.
struct VoidTender {
  std::size_t index = 0;
};
// The answer to register.age_check: asked once per basket for the highest age needed so far. Yes enters the item that
// was held and is recorded on it; no drops it, which the sale records too.
struct ConfirmAge {
  bool confirmed = false;
};
// Esc: the message, the pending quantity, the waiting item, the choice, the age check (answers no). While there is
// nothing to see but warnings of the goods entered last, only these.
struct Dismiss {};

// Whose basket it is, at any moment before the first tender; everything is priced again. nullopt takes the member off.
struct IdentifyMember {
  std::optional<sale::MemberRef> member;
};
// A coupon's code. A single-use one must have been kept at the server for this basket (`reserved`), else
// coupon.needs_server. coupon.unknown, coupon.not_reached (it stays refused, not remembered), coupon.presented_before.
struct AddCoupon {
  std::string code;
  bool reserved = false;
};
struct RemoveCoupon {
  std::string code;
};
// By hand, an amount or a percent (one of the two; neither takes the discount off again), at most what limits_of()
// allows the person who is signed in. needs Permission::sale_discount; discount.bad_value, discount.over_limit (details
// "most"), discount.not_allowed (the goods take no discount).
struct DiscountLine {
  std::int64_t line = 0;
  std::optional<Money> amount;
  std::optional<Rate> percent;
  std::string reason;
};
struct DiscountBasket {
  std::optional<Money> amount;
  std::optional<Rate> percent;
  std::string reason;
};
// What the server says is left of limits beyond this basket. Answers that come late or for another basket are dropped.
struct SetRemainingUses {
  Uuid basket;
  std::vector<sale::RemainingUses> remaining;
};
// Goods come back from a sale: begins a basket of returns (the open one must be empty; needs Permission::sale_return).
// Then ReturnLine for what comes back, BeginTender and TenderCash with zero to pay out. Whoever lends the right for the
// beginning lends it for the whole basket, up to their limit. return.nothing_left (all of it is back), return.is_return
// (that sale sold nothing: goods only came back in it; of an exchange, what it sold can come back), return.goods_only
// (selling in the same basket, but after SellInReturn).
struct BeginReturn {
  sale::ReturnableSale sale;
};
// Pieces or kg of a line of the sale, added to what this basket already takes back of it. return.no_line,
// return.not_returnable (blocked), refund.more_than_sold, refund.bad_quantity, return.over_limit.
struct ReturnLine {
  std::int64_t line = 0;
  Quantity quantity;
  std::optional<sale::ReturnedTo> to = std::nullopt;  // missing: where the goods before went; to stock at first
  std::optional<std::string> reason = std::nullopt;   // missing: as it was chosen last in this return
};
// Why goods come back and where they go: those of `line` (of the basket, with all of the same line of the sale; 0: none
// of them), and whatever comes back after this; a reason also of all that have none yet. Before money goes back for a
// receipt's goods, a reason must have been chosen: return.why_needed at BeginTender. The reason of goods without a
// receipt is that of their basket. return.not_begun, return.no_line; return.why_needed (it is empty).
struct DescribeReturn {
  std::int64_t line = 0;
  std::optional<std::string> reason;
  std::optional<sale::ReturnedTo> to;
};

// A whole sale is made undone: everything of it comes back as it was sold, nothing is left out or sold beside it, and
// the money goes back the way it came (RefundTender, TenderCash{0}). Only on the business date of the sale
// (void.other_day), by the till that knows all of it (void.may_be_incomplete: the server is not there), before anything
// of it came back (void.something_back) and not of a return or an exchange (void.is_return). Begins a basket like
// BeginReturn. needs Permission::sale_void_completed and its holder's limit of refunds (return.over_limit), never of
// the person who rang the sale alone (void.own_sale, liftable by somebody else); void.reason_needed.
struct BeginVoid {
  sale::ReturnableSale sale;
  std::string reason;  // sale::ReturnedSale::void_reason
};
// A deposit is given back, in any basket before the first payment, without a receipt: so many of `item`, or of the item
// that `code` stands for. needs Permission::sale_deposit_back, and its limit counts for all that the basket gives back:
// deposit.over_limit (detail "most"). deposit.not_one (the goods are no deposit), deposit.bad_quantity (1 to 9999).
struct TakeBackDeposit {
  catalogue::ItemId item = 0;
  std::string code;  // as scanned or typed, where item is 0
  Quantity quantity = Quantity::of_units(1);
};

// Goods without a receipt come back: begins a basket of returns at today's lowest price for anybody (of the prices in
// force and the promotions without an audience; never members' prices), a label's own amount or a pack's price; then
// what is scanned comes back. needs Permission::sale_return_blind and a reason (return.reason_needed); its limit counts
// at BeginTender: return.over_limit. Blocked, recalled and expired goods come back too; return.open_price,
// item.no_price.
struct BeginBlindReturn {
  std::string reason;
};
// Exchange: after BeginReturn or BeginBlindReturn, what is scanned from now on is sold (or comes back again).
// return.not_begun, return.no_exchange (sold when tax was reckoned in another way), return.sale_missing.
struct SellInReturn {
  bool selling = true;
};

// ---- baskets that are put aside ----
// register.empty_basket, suspend.tender_taken, suspend.return (returns are finished or voided), suspend.coupon.
struct SuspendBasket {
  std::string note;
};
// What the lane brought back from its own store or the server. Everything is priced again with the promotions of now;
// prices of lines stay. It keeps its id and begins anew. register.basket_open, suspend.other_day.
struct RecallBasket {
  sale::Basket basket;
  std::string label;
};

// ---- shifts and cash; needs an empty basket: register.basket_open ----
// shift.already_open, shift.bad_float. Permission::shift_run.
struct OpenShift {
  Money opening_float;
};
// loan, paid_in, paid_out: Permission::shift_cash; pick_up: Permission::shift_run. shift.none_open, shift.bad_amount,
// shift.not_that_much (pick-up and paid-out beyond what should be there: only where the person at the till may read
// sales, so that no amount can be tried), shift.reason_needed (paid in, out).
struct MoveCash {
  sale::ControlKind kind = sale::ControlKind::pick_up;
  Money amount;
  std::string reason;
  std::string note;
};
struct NoSale {  // Permission::shift_no_sale, with a reason
  std::string reason;
};
// The close in three steps. Until CountCash the view hides what should be there (blind). `obstacles` are what the lane
// found still open (close.unsent, close.suspended, close.in_doubt): shown, and recorded when it is closed all the same;
// given again, the new ones count. Recorded (close_begun), then the drawer opens to be counted. Meanwhile:
// shift.closing. A till that is switched off comes back to the close, and to what was counted last; only who began it,
// who opened the shift or who has Permission::shift_close_other may sign in then: shift.close_unfinished.
struct BeginClose {  // shift.none_open; of another person's shift: Permission::shift_close_other
  std::vector<Error> obstacles;
};
// Recorded (cash_counted). Again: a recount, which is counted, also after CancelClose. Who may not read sales counts
// twice in a shift at most; more needs Permission::shift_difference: shift.counted_twice. shift.bad_count,
// shift.not_closing.
struct CountCash {
  std::vector<sale::CashCount> counts;
};
// What the slips of a way of paying come to (until then: what the till says), or why it (or cash) differs.
// shift.bad_declared
struct DeclareTender {
  sale::TenderKind kind = sale::TenderKind::cash;
  std::optional<std::string> method;
  std::optional<Money> declared;  // not of cash, which is counted
  std::optional<std::string> reason;
};
struct CancelClose {};  // the drawer was open: recorded as no_sale with the reason "close_cancelled"
// shift.count_first, shift.reason_needed (a difference over the tolerance), shift.bad_left (more than was counted); a
// difference over the tolerance needs Permission::shift_difference. Recorded, Z printed, signed out.
struct CloseShift {
  Money left_in_drawer;
};
// An exercise begins, between two sales (training.not_now); Permission::till_training. It ends when whoever began it
// says so or signs out.
struct BeginTraining {};

using Command =
    std::variant<SignedIn, SignOut, Scan, AddItem, PendingQuantity, Weigh, SetLineQuantity, OverridePrice, VoidLine,
                 VoidBasket, SelectLine, BeginTender, BackToSale, TenderCash, VoidTender, ConfirmAge, Dismiss,
                 IdentifyMember, AddCoupon, RemoveCoupon, DiscountLine, DiscountBasket, SetRemainingUses, BeginReturn,
                 ReturnLine, EnterPrice, NoteLine, NoteBasket, TenderOther, RefundTender, BeginBlindReturn,
                 SellInReturn, SuspendBasket, RecallBasket, OpenShift, MoveCash, NoSale, BeginClose, CountCash,
                 DeclareTender, CancelClose, CloseShift, BeginTraining, DescribeReturn, BeginVoid, TakeBackDeposit>;

}  // namespace lanekeeper::till
