// What must hold before a command may do anything, and what several of them need.

#include <algorithm>

#include "base/text.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr int max_reason_columns = 100;
constexpr std::size_t max_note_characters = 80;

}  // namespace

namespace detail {

std::string clean_reason(std::string_view text) {
  return truncate_to_width(sanitize_utf8(trim(text)), max_reason_columns);
}

Result<std::optional<std::string>> clean_note(std::string_view text) {
  auto note = sanitize_utf8(trim(text));
  if (note.empty()) return std::nullopt;
  if (to_utf32(note).size() > max_note_characters) {
    return fail("register.note_too_long", "A note has at most 80 characters. Make it shorter.",
                {{"most", std::to_string(max_note_characters)}});
  }
  return note;
}

bool takes_back(const sale::Basket& basket) {
  return basket.returned_sale || basket.blind_return;
}

bool is_void(const sale::Basket& basket) {
  return basket.returned_sale && basket.returned_sale->void_reason;
}

bool is_begun(const sale::Basket& basket) {
  return !basket.lines.empty() || takes_back(basket);
}

bool is_ones_own(const access::StaffMember& staff, const std::optional<sale::MemberRef>& member) {
  return staff.member && member && *staff.member == member->id;
}

}  // namespace detail

Result<void> Register::Impl::may_be_recorded() const {
  if (!r.committing_ && !r.committing_control_ && !r.suspending_) return {};
  return fail("register.busy", "The last step is being stored. Wait a moment, then try again.");
}

Result<void> Register::Impl::signed_in() const {
  if (r.cashier_) return {};
  return fail("register.signed_out", "Nobody is signed in. Enter number and PIN.");
}

Result<void> Register::Impl::may_ring() const {
  if (auto ok = may_sell(); !ok) return ok;
  return nothing_waiting();
}

// Without a receipt, what is entered comes back; with one, only what stands on it does.
Result<void> Register::Impl::may_sell() const {
  if (auto ok = may_change_lines(); !ok) return ok;
  if (!r.basket_.returned_sale) return {};
  if (!r.selling_in_return_) return goods_only();
  if (r.returning_) return {};
  return sale_missing();
}

Result<void> Register::Impl::may_change_terms() const {
  if (auto ok = signed_in(); !ok) return ok;
  if (!r.basket_.tenders.empty()) {
    return fail("register.tender_taken", "Money was taken already. Give it back and remove it first.");
  }
  if (r.close_) return shift_is_closing();
  if (!detail::takes_back(r.basket_) || r.selling_in_return_) return {};
  return goods_only();
}

Result<void> Register::Impl::may_change_lines() const {
  if (auto ok = signed_in(); !ok) return ok;
  if (r.tendering_) {
    return fail("register.tendering", "Payment has begun. Go back to scanning first.");
  }
  if (r.close_) return shift_is_closing();
  if (r.settings_.shifts_required && !r.shift_ && r.basket_.lines.empty()) {
    return fail("shift.open_first", "No shift is open. Open one before selling.");
  }
  return {};
}

Result<void> Register::Impl::may_begin_basket() const {
  if (auto ok = may_change_lines(); !ok) return ok;
  if (auto ok = nothing_waiting(); !ok) return ok;
  if (r.basket_.lines.empty()) return {};
  return fail("register.basket_open", "A sale is open. Finish or void it first.");
}

Result<void> Register::Impl::nothing_waiting() const {
  const auto first = [](std::string_view code, std::string_view message, const Entry& entry) {
    return fail(code, message, names_of(entry.match.item));
  };
  if (r.waiting_for_weight_) {
    return first("register.weigh_first", "An item still waits for its weight. Weigh it or give it up first.",
                 *r.waiting_for_weight_);
  }
  if (r.waiting_for_price_) {
    return first("register.price_first", "An item still waits for its price. Enter it or give it up first.",
                 *r.waiting_for_price_);
  }
  if (r.held_for_age_) {
    return first("register.age_first", "An item still waits for the age check. Answer it first.", *r.held_for_age_);
  }
  if (!r.choices_.empty()) {
    return first("register.choose_first", "Several items have the last barcode. Pick one or give it up first.",
                 r.choices_.front());
  }
  return {};
}

tl::unexpected<Error> Register::Impl::goods_only() {
  return fail("return.goods_only", "Goods are being taken back. Finish or void that before selling.");
}

tl::unexpected<Error> Register::Impl::sale_missing() {
  return fail("return.sale_missing", "The sale cannot be looked up now. Pay out what is here, or void it.");
}

tl::unexpected<Error> Register::Impl::shift_is_closing() {
  return fail("shift.closing", "The shift is being closed. Finish or cancel that first.");
}

Result<void> Register::Impl::not_ones_own(const std::optional<sale::MemberRef>& member) const {
  if (r.cashier_ && detail::is_ones_own(*r.cashier_, member)) return own_purchase();
  if (moment.authority && detail::is_ones_own(moment.authority->staff, member)) return lender_buys();
  return {};
}

tl::unexpected<Error> Register::Impl::own_card() {
  return fail("member.own_card", "That is your own card. Let a colleague ring up your purchases.");
}

tl::unexpected<Error> Register::Impl::own_purchase() {
  return fail("return.own_purchase", "This was bought with your own membership. Let a colleague sign in and do it.");
}

tl::unexpected<Error> Register::Impl::lender_buys() {
  return fail("approval.own_purchase", "This is a purchase of whoever was to allow it. Ask somebody else.");
}

// Goods come back as they were sold, also when the store calculates differently now.
pricing::PricingContext Register::Impl::context(Date date) const {
  pricing::PricingContext context{date, r.settings_.tax_mode, r.settings_.taxes, true};
  if (!r.returning_) return context;
  if (const auto mode = detail::tax_mode_of(r.returning_->sale)) context.tax_mode = *mode;
  for (const auto& tax : r.returning_->sale.priced.taxes) {
    const bool known = std::any_of(context.taxes.begin(), context.taxes.end(),
                                   [&tax](const auto& have) { return have.id == tax.tax_category; });
    if (!known) context.taxes.push_back({tax.tax_category, tax.letter, tax.letter, {{tax.rate}}});
  }
  return context;
}

void Register::Impl::forget_waiting() {
  r.waiting_for_weight_.reset();
  r.waiting_for_price_.reset();
  r.held_for_age_.reset();
  r.choices_.clear();
}

void Register::Impl::clear_basket() {
  r.basket_ = {};
  r.priced_ = {};
  r.reasons_ = {};
  r.promotions_ = {};
  r.returning_.reset();
  r.no_void_.reset();
  r.refund_lent_.reset();
  r.selling_in_return_ = false;
  r.return_reason_.reset();
  r.returned_to_.reset();
  r.scan_warnings_.clear();
  r.tendering_ = false;
  r.last_command_took_money_ = false;
  r.selected_line_ = 0;
  r.last_line_ = 0;
  begin_settings();
}

void Register::Impl::begin_settings() {
  if (!r.next_settings_) return;
  r.settings_ = std::move(*r.next_settings_);
  r.next_settings_.reset();
}

}  // namespace lanekeeper::till
