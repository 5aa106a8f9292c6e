// Whole sales of today that are made undone: a return of everything at once, which is never a part and never more.

#include <algorithm>

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr std::string_view reason_of_lines = "cashier_error";

template <class... Refused>
bool is_any_of(const Command& command) {
  return (std::holds_alternative<Refused>(command) || ...);
}

bool takes_something_back(const sale::RetailTransaction& sale) {
  return sale.returned_sale || sale.blind_return ||
         std::any_of(sale.lines.begin(), sale.lines.end(),
                     [](const auto& line) { return !line.voided && line.returns; });
}

}  // namespace

// What would leave something of the sale out, or add to it. Where the goods go may be said of each line.
Result<void> Register::Impl::keeps_void_whole(const Command& command) const {
  if (!r.cashier_ || !detail::is_void(r.basket_)) return {};
  const auto* described = std::get_if<DescribeReturn>(&command);
  const bool changes = (described != nullptr && described->reason) ||
                       is_any_of<Scan, AddItem, PendingQuantity, Weigh, EnterPrice, ConfirmAge, SetLineQuantity,
                                 OverridePrice, VoidLine, IdentifyMember, AddCoupon, RemoveCoupon, DiscountLine,
                                 DiscountBasket, ReturnLine, SellInReturn, TakeBackDeposit>(command);
  if (!changes) return {};
  return fail("void.whole_only", "This voids the whole sale. Pay it back, or give it up.");
}

// Of the sale, whoever asks. An exercise knows all of its sales by itself.
std::optional<Error> Register::Impl::objection_to_void(const sale::ReturnableSale& sold) const {
  const auto refused = [&sold](std::string_view code, std::string_view message) {
    return Error{std::string(code),
                 std::string(message),
                 {{"receipt", std::to_string(sold.sale.till) + "-" + std::to_string(sold.sale.receipt_number)},
                  {"date", sold.sale.business_date.to_string()}}};
  };
  if (takes_something_back(sold.sale)) {
    return refused("void.is_return", "Goods came back on this receipt. Only a sale can be voided.");
  }
  if (sold.sale.business_date != today()) {
    return refused("void.other_day", "This sale is of another day. Take the goods back instead.");
  }
  if (!sold.returned.empty() || !sold.refunded.is_zero()) {
    return refused("void.something_back", "Something of this sale has come back already. Take back the rest instead.");
  }
  if (sold.may_be_incomplete && !r.settings_.training) {
    return refused("void.may_be_incomplete",
                   "The store server has to say first that nothing came back. Try again when it is there.");
  }
  return std::nullopt;
}

// Nobody makes undone alone what they rang themselves.
Error Register::Impl::own_sale() {
  return {"void.own_sale", "Who rang this sale cannot void it alone. Somebody else has to allow it.", {}};
}

Result<Effects> Register::Impl::apply(const BeginVoid& command) {
  if (auto ok = may_begin_basket(); !ok) return fail(std::move(ok.error()));
  const auto& sold = command.sale;
  if (auto ok = not_ones_own(sold.sale.member); !ok) return fail(std::move(ok.error()));
  if (auto objection = objection_to_void(sold)) return fail(std::move(*objection));
  auto reason = detail::clean_reason(command.reason);
  if (reason.empty()) return fail("void.reason_needed", "Say why this sale is voided.");
  const Money refund = sale::sold_total(sold.sale);
  const auto allowed = permit_unless(access::Permission::sale_void_completed, std::nullopt,
                                     [&](const access::StaffMember& who) -> std::optional<Error> {
                                       if (who.id == sold.sale.cashier) return own_sale();
                                       const auto most = access::limits_of(who.role).max_refund;
                                       if (!most || refund <= *most) return std::nullopt;
                                       return over_refund_limit(*most);
                                     });
  if (!allowed) return fail(allowed.error());
  begin_return(sold, **allowed);
  r.basket_.returned_sale->void_reason = std::move(reason);
  auto effects = take_back_all();
  if (effects) return effects;
  auto refusals = std::move(r.basket_.age_refusals);
  clear_basket();
  r.basket_.age_refusals = std::move(refusals);
  return effects;
}

Result<Effects> Register::Impl::take_back_all() {
  sale::Basket next = r.basket_;
  begin_basket(next);
  for (const auto& line : r.returning_->sale.lines) {
    if (line.voided) continue;
    auto back = returning_line({line.line, line.quantity, sale::ReturnedTo::stock, std::string(reason_of_lines)});
    if (!back) return fail(std::move(back.error()));
    back->line = next.next_line++;
    next.lines.push_back(std::move(*back));
  }
  auto effects = adopt(std::move(next));
  if (!effects) return effects;
  r.return_reason_ = reason_of_lines;
  r.last_line_ = r.selected_line_ = r.basket_.lines.back().line;
  effects->emplace_back(ShowItem{{}, {}, r.priced_.total});
  return effects;
}

}  // namespace lanekeeper::till
