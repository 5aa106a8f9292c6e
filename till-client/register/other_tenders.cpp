// Ways of paying besides cash: cards at a terminal that stands alone, vouchers, and what the store accepts besides.

#include <algorithm>

#include "base/text.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t max_reference_bytes = 64;

tl::unexpected<Error> not_accepted() {
  return fail("tender.not_accepted", "This way of paying is not accepted here. Take another.");
}

tl::unexpected<Error> too_much(Money most) {
  return fail("tender.too_much", "That is more than is left. Take what is left.", {{"most", most.to_string()}});
}

}  // namespace

// The tender without its amount. tender.not_accepted, tender.reference_needed.
Result<sale::Tender> Register::Impl::other_tender(sale::TenderKind kind, const std::optional<std::string>& method,
                                                  const std::string& text) const {
  const std::string reference(trim(text));
  sale::Tender tender;
  tender.kind = kind;
  bool needs_reference = false;
  switch (kind) {
    case sale::TenderKind::cash:
      return not_accepted();
    case sale::TenderKind::card:
      needs_reference = true;
      break;
    case sale::TenderKind::voucher:
      if (!r.settings_.vouchers) return not_accepted();
      break;
    case sale::TenderKind::other: {
      const auto& methods = r.settings_.methods;
      const auto known = std::find_if(methods.begin(), methods.end(),
                                      [&method](const TenderMethod& each) { return each.code == method; });
      if (known == methods.end()) return not_accepted();
      tender.method = method;
      needs_reference = known->needs_reference;
      break;
    }
  }
  if (needs_reference && reference.empty()) {
    return fail("tender.reference_needed", "Enter the number on the slip.");
  }
  if (reference.size() > max_reference_bytes || !is_valid_utf8(reference)) {
    return fail("tender.bad_reference", "This is not the number of a slip. Enter at most 64 characters.");
  }
  tender.reference = sanitize_utf8(reference);
  return tender;
}

Result<Effects> Register::Impl::apply(const TenderOther& command) {
  if (auto ok = may_take_money(); !ok) return fail(std::move(ok.error()));
  const auto now = settlement();
  if (now.pays_out) {
    return fail("return.pays_out", "Money goes back here and none is taken. Pay out what is shown.");
  }
  if (command.amount <= Money()) return detail::bad_amount(command.amount);
  if (auto ok = detail::check_tendered(command.amount); !ok) return fail(std::move(ok.error()));
  auto tender = other_tender(command.kind, command.method, command.reference);
  if (!tender) return fail(std::move(tender.error()));
  const bool voucher = command.kind == sale::TenderKind::voucher;
  const auto& tenders = r.basket_.tenders;
  const bool again = voucher && !tender->reference.empty() &&
                     std::any_of(tenders.begin(), tenders.end(), [&tender](const sale::Tender& taken) {
                       return taken.kind == tender->kind && taken.reference == tender->reference;
                     });
  if (again) return fail("tender.presented_before", "This voucher was taken already. Take another.");
  const auto most = std::max(now.left, Money());
  if (command.amount > most && (!voucher || most.is_zero())) return too_much(most);
  tender->amount = std::min(command.amount, most);
  if (command.amount > most) tender->face_value = command.amount;
  return take_tender(std::move(*tender));
}

// The store may have stopped to accept it since: what was paid by it goes back by it all the same.
Result<Effects> Register::Impl::apply(const RefundTender& command) {
  if (auto ok = may_take_money(); !ok) return fail(std::move(ok.error()));
  const auto now = settlement();
  if (!now.pays_out) return fail("refund.nothing_due", "Nothing goes back here.");
  if (command.amount <= Money()) return detail::bad_amount(command.amount);
  const std::string reference = sanitize_utf8(trim(command.reference));
  if (reference.size() > max_reference_bytes) {
    return fail("tender.bad_reference", "This is not the number of a slip. Enter at most 64 characters.");
  }
  if (command.kind == sale::TenderKind::cash) return not_accepted();
  if (command.kind == sale::TenderKind::card && reference.empty()) {
    return fail("tender.reference_needed", "Enter the number on the slip.");
  }
  sale::Tender tender{command.kind, -command.amount, reference, {}, {}, {}};
  if (command.kind == sale::TenderKind::other) tender.method = command.method;
  const auto most = std::min(refundable(r.basket_, tender), -now.left);
  if (command.amount > most) return too_much(most);
  return take_tender(std::move(tender));
}

}  // namespace lanekeeper::till
