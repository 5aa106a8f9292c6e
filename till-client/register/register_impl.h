// The register's inside: one function per command, each named file one responsibility. Only the register's own files
// include this.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "register/register.h"
#include "register/settlement.h"

namespace lanekeeper::till {

using Effects = std::vector<Effect>;

struct Register::Impl {
  Register& r;
  const Moment& moment;
  // Given by Moment::authority during this command; record_approvals() and new_control() keep them.
  std::vector<sale::Approval> granted = {};

  // ---- people.cpp ----
  Result<Effects> apply(const SignedIn& command);
  Result<Effects> apply(const SignOut&);
  Result<Effects> apply(const BeginTraining&);
  Result<Effects> apply(const Dismiss&);
  Result<Effects> apply(const ConfirmAge& command);
  Effects refuse_for_age();  // the held item: recorded and given up
  Result<void> may_take_over(const access::StaffMember& staff);
  [[nodiscard]] Result<void> may_go_on_with(const access::StaffMember& staff) const;
  Result<void> may_go_on_closing(const access::StaffMember& staff);

  // ---- approvals.cpp ----
  using Fits = std::function<bool(const access::Limits&)>;
  using OverLimit = std::function<Error(const access::Limits&)>;
  // Why this person may not go so far; nullopt: they may.
  using Objection = std::function<std::optional<Error>(const access::StaffMember&)>;
  // Who allows it: the cashier, or else the authority, whose approval is noted. access.denied, access.same_person.
  Result<const access::StaffMember*> permit(access::Permission permission, std::optional<std::int64_t> line = {});
  // The same inside the limits of whoever allows it.
  Result<const access::StaffMember*> permit_within(access::Permission permission, std::optional<std::int64_t> line,
                                                   const Fits& fits, const OverLimit& over_limit);
  Result<const access::StaffMember*> permit_unless(access::Permission permission, std::optional<std::int64_t> line,
                                                   const Objection& objection);
  Result<void> check_lender(access::Permission permission, std::int64_t borrower) const;
  void note_approval(access::Permission permission, std::optional<std::int64_t> line);
  void record_approvals(sale::Basket& basket);
  Result<void> may_give_back(Money refund);
  [[nodiscard]] std::optional<Error> objection_to_refund(const access::StaffMember& who, Money refund) const;
  [[nodiscard]] static Error over_refund_limit(Money most);
  void lend_refunds(const access::StaffMember& who);

  // ---- ringing.cpp: goods into the basket ----
  Result<Effects> apply(const Scan& command);
  Result<Effects> apply(const AddItem& command);
  Result<Effects> apply(const PendingQuantity& command);
  Result<Effects> apply(const Weigh& command);
  Result<Effects> apply(const EnterPrice& command);
  // coming_back: goods that are past their date or called back are no longer refused.
  Result<std::vector<Entry>> resolve(const std::string& data, barcode::Symbology symbology, bool coming_back) const;
  [[nodiscard]] std::optional<Error> recalled(const std::string& code) const;
  Result<Entry> entry_to_weigh(const std::string& code) const;
  Result<Effects> enter(Entry entry);
  Result<Effects> hold(std::optional<Entry>& place, Entry entry, Error why);
  Result<Effects> add_line(sale::BasketLine line);

  // ---- goods_rules.cpp: what the catalogue says of goods besides their price ----
  [[nodiscard]] Result<void> sold_now(const catalogue::Item& item) const;  // item.not_now
  [[nodiscard]] Result<void> sold_now(const sale::BasketLine& line) const;
  [[nodiscard]] Result<void> all_sold_now() const;
  Result<void> may_come_back(const catalogue::Item& item);  // return.not_returnable; as the next line of the basket

  // ---- lines.cpp: what may be changed about them there ----
  Result<Effects> apply(const SetLineQuantity& command);
  Result<Effects> apply(const OverridePrice& command);
  Result<Effects> apply(const VoidLine& command);
  Result<Effects> apply(const SelectLine& command);
  Result<Effects> apply(const NoteLine& command);
  Result<Effects> apply(const NoteBasket& command);
  Result<const access::StaffMember*> permit_price(const sale::BasketLine& before, const sale::BasketLine& after);
  Result<sale::BasketLine*> live_line(sale::Basket& basket, std::int64_t line) const;

  // ---- terms.cpp: what makes it cheaper ----
  Result<Effects> apply(const IdentifyMember& command);
  Result<Effects> apply(const AddCoupon& command);
  Result<Effects> apply(const RemoveCoupon& command);
  Result<Effects> apply(const DiscountLine& command);
  Result<Effects> apply(const DiscountBasket& command);
  Result<Effects> apply(const SetRemainingUses& command);
  Result<const access::StaffMember*> permit_discount(std::optional<std::int64_t> line,
                                                     const std::function<Result<void>(const access::Limits&)>& check);
  [[nodiscard]] bool is_coupon(const std::string& code) const;

  // ---- sale_voids.cpp, deposits.cpp: whole sales made undone, deposits given back ----
  Result<Effects> apply(const BeginVoid& command);
  [[nodiscard]] Result<void> keeps_void_whole(const Command& command) const;
  [[nodiscard]] std::optional<Error> objection_to_void(const sale::ReturnableSale& sold) const;
  [[nodiscard]] static Error own_sale();
  Result<Effects> take_back_all();
  Result<Effects> apply(const TakeBackDeposit& command);
  Result<Effects> enter_deposit(Entry entry, Quantity quantity);
  [[nodiscard]] Result<Entry> deposit_meant(const TakeBackDeposit& command) const;
  [[nodiscard]] Result<sale::BasketLine> deposit_line(Entry entry, Quantity quantity) const;
  [[nodiscard]] Result<void> may_take_back_deposit() const;

  // ---- returning.cpp, blind_returns.cpp: goods that come back ----
  Result<Effects> apply(const BeginReturn& command);
  Result<Effects> apply(const ReturnLine& command);
  Result<Effects> apply(const DescribeReturn& command);
  static tl::unexpected<Error> why_is_needed();
  [[nodiscard]] Result<void> gifts_come_back() const;
  static Result<void> says_why(const sale::Basket& basket);
  Result<Effects> apply(const SellInReturn& command);
  Result<Effects> apply(const BeginBlindReturn& command);
  Result<void> may_begin_return();
  void begin_return(const sale::ReturnableSale& sold, const access::StaffMember& allowed_by);
  [[nodiscard]] Result<sale::BasketLine> returning_line(const ReturnLine& command) const;
  Result<Effects> enter_blind(Entry entry);
  [[nodiscard]] Result<sale::BasketLine> blind_line(const Entry& entry) const;
  // Makes the line give `amount` back without a receipt, with the tax of today.
  void give_back(sale::BasketLine& line, Money amount, sale::ReturnedTo to) const;
  [[nodiscard]] Result<Money> lowest_price(const catalogue::Item& item, const sale::BasketLine& line) const;
  [[nodiscard]] bool comes_back_blind() const { return r.basket_.blind_return && !r.selling_in_return_; }
  Result<Effects> adopt_returned(sale::BasketLine line, bool check_limit);

  // ---- tendering.cpp, other_tenders.cpp: money ----
  Result<Effects> apply(const BeginTender&);
  Result<Effects> apply(const BackToSale&);
  Result<Effects> apply(const TenderCash& command);
  Result<Effects> apply(const TenderOther& command);
  Result<Effects> apply(const RefundTender& command);
  Result<Effects> apply(const VoidTender& command);
  Result<void> may_take_money() const;
  Result<std::optional<sale::CashInstead>> may_go_out_in_cash(const Settlement& now, const std::string& reason);
  [[nodiscard]] std::vector<sale::Tender> ways_not_used(Money amount) const;
  Result<sale::Tender> other_tender(sale::TenderKind kind, const std::optional<std::string>& method,
                                    const std::string& text) const;
  Result<Effects> take_tender(sale::Tender tender);
  Result<Effects> complete(std::optional<sale::CashInstead> cash_instead = {});
  [[nodiscard]] Settlement settlement() const;
  [[nodiscard]] ShowDue show_due() const;
  [[nodiscard]] sale::RetailTransaction completed_sale() const;

  // ---- suspending.cpp: baskets that are put aside or given up ----
  Result<Effects> apply(const VoidBasket&);
  Result<Effects> apply(const SuspendBasket& command);
  Result<Effects> apply(const RecallBasket& command);
  [[nodiscard]] sale::BasketTrace trace_of_basket() const;

  // ---- shifts.cpp, closing.cpp: shifts and cash ----
  Result<Effects> apply(const OpenShift& command);
  Result<Effects> apply(const MoveCash& command);
  Result<Effects> apply(const NoSale& command);
  Result<Effects> apply(const BeginClose& command);
  Result<Effects> apply(const CountCash& command);
  Result<Effects> apply(const DeclareTender& command);
  Result<Effects> apply(const CancelClose&);
  Result<Effects> apply(const CloseShift& command);
  Result<void> may_manage_cash() const;
  void close_begun(const sale::ControlTransaction& begun);
  void cash_counted(const sale::ControlTransaction& counted);
  [[nodiscard]] sale::ShiftClosing closing_of(const ShiftCloseDraft& draft, Money left_in_drawer) const;

  // ---- controls.cpp: facts besides sales ----
  [[nodiscard]] sale::ControlTransaction new_control(sale::ControlKind kind);
  CommitControl commit(sale::ControlTransaction control);
  Effects after(const sale::ControlTransaction& control);
  void close_shift(const sale::ControlTransaction& control);

  // ---- guards.cpp: what several of them need ----
  Result<void> may_be_recorded() const;  // nothing is being stored
  Result<void> signed_in() const;
  Result<void> may_ring() const;  // may enter goods, nothing waiting for an answer
  Result<void> may_sell() const;  // may change lines, and goods may be entered
  Result<void> may_change_lines() const;
  Result<void> may_change_terms() const;  // of a sale, until money is taken
  Result<void> may_begin_basket() const;
  Result<void> nothing_waiting() const;
  static tl::unexpected<Error> goods_only();
  static tl::unexpected<Error> sale_missing();
  static tl::unexpected<Error> shift_is_closing();
  // Neither whoever is at the till nor whoever lends a right for this command bought as this member.
  // return.own_purchase, approval.own_purchase
  [[nodiscard]] Result<void> not_ones_own(const std::optional<sale::MemberRef>& member) const;
  static tl::unexpected<Error> lender_buys();
  static tl::unexpected<Error> own_card();
  static tl::unexpected<Error> own_purchase();
  [[nodiscard]] pricing::PricingContext context(Date date) const;
  void forget_waiting();
  void clear_basket();
  void begin_settings();

  // ---- basket_price.cpp: the price of what is in the basket ----
  void begin_basket(sale::Basket& next);
  void begin_selling(sale::Basket& next);
  // Prices the changed basket and takes it over; refuses it when it cannot be priced.
  Result<Effects> adopt(sale::Basket next);
  [[nodiscard]] Result<pricing::ExplainedPrice> price(const sale::Basket& next) const;
  Effects take_over(sale::Basket next, pricing::ExplainedPrice priced);
  void price_restored();
  [[nodiscard]] Date today() const { return business_date(moment.time, r.settings_.day_start_minute); }
};

namespace detail {
[[nodiscard]] bool has_live_lines(const sale::Basket& basket);
[[nodiscard]] bool takes_back(const sale::Basket& basket);  // a return, with or without a receipt
[[nodiscard]] bool is_void(const sale::Basket& basket);     // a whole sale is made undone
[[nodiscard]] bool is_begun(const sale::Basket& basket);    // there is something to finish or to give up
[[nodiscard]] bool is_ones_own(const access::StaffMember& staff, const std::optional<sale::MemberRef>& member);
[[nodiscard]] Result<void> has_room(const sale::Basket& basket);  // register.basket_full
[[nodiscard]] std::int64_t live_line_count(const sale::Basket& basket);
// From now on it is this person's; who entered what stays known.
void hand_to(sale::Basket& basket, std::int64_t cashier);
[[nodiscard]] std::string clean_reason(std::string_view text);
// register.note_too_long; nullopt: empty
[[nodiscard]] Result<std::optional<std::string>> clean_note(std::string_view text);
// How prices stood on a sale; nullopt: without any tax nobody can tell.
[[nodiscard]] std::optional<pricing::TaxMode> tax_mode_of(const sale::RetailTransaction& sale);
// What came back of a line of the sale before the next line that returns some of it.
[[nodiscard]] Quantity returned_before(const sale::Basket& basket, const sale::ReturnableSale& sold, std::int64_t line);
// Goods that come back are taken out again in reverse: what went before decides what goes back for the later ones.
// return.void_newest_first (detail "line")
[[nodiscard]] Result<void> may_void(const sale::Basket& basket, const sale::BasketLine& line);
// register.looks_like_barcode, register.amount_too_large
[[nodiscard]] Result<void> check_tendered(Money amount);
tl::unexpected<Error> bad_amount(Money amount);
// For a restored basket that cannot be priced yet (the store's settings are not known): sums without tax.
[[nodiscard]] sale::PricedBasket sums_only(const sale::Basket& basket);
[[nodiscard]] bool is_over(const sale::TenderCheck& check, Money tolerance);
// What the shift shows to this person, and what its close has come to; shift_view.cpp.
[[nodiscard]] ViewShift view_shift(const OpenShiftState& shift, const std::optional<ShiftCloseDraft>& close,
                                   const access::StaffMember* cashier, const std::optional<Money>& pick_up_at);
[[nodiscard]] ViewClose view_close(const ShiftCloseDraft& close, const OpenShiftState& shift,
                                   const access::StaffMember* cashier, Money tolerance, Money usual_float);
}  // namespace detail

}  // namespace lanekeeper::till
