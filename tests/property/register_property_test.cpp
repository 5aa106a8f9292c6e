// Any commands in any order: the register refuses or obeys, never throws, never loses a line, and its sums always hold.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "till/offers.h"
#include "till/register_at_work.h"

namespace lanekeeper::till::test {
namespace {

std::string any_code() {
  const auto label = [](const char* prefix, const char* plu, int value) {
    std::string digits = std::to_string(value);
    digits.insert(0, 5 - digits.size(), '0');
    return with_check_digit(std::string(prefix) + plu + digits);
  };
  const auto value = *rc::gen::inRange(0, 100000);
  return *rc::gen::oneOf(
      rc::gen::element<std::string>(Shop::milk, Shop::chips, Shop::beer, Shop::beer_case, Shop::twice, Shop::unpriced,
                                    Shop::blocked, Shop::cola, Shop::cola_six, "301", "612", "N1", "N8", ""),
      rc::gen::element<std::string>(Shop::milk, Shop::chips, Shop::cola, "301"),
      rc::gen::just(label("21", "00612", value)), rc::gen::just(label("22", "00301", value)),
      rc::gen::just(label("22", "00001", value)), rc::gen::arbitrary<std::string>());
}

Quantity any_quantity() {
  return Quantity::of_milli(*rc::gen::weightedOneOf<std::int64_t>(
      {{8, rc::gen::map(rc::gen::inRange<std::int64_t>(1, 30), [](auto n) { return n * 1000; })},
       {4, rc::gen::inRange<std::int64_t>(1, 5000)},
       {2, rc::gen::inRange<std::int64_t>(-2000, 12'000'000)},
       {1, rc::gen::arbitrary<std::int64_t>()},
       {1, rc::gen::element<std::int64_t>(0, INT64_MAX, INT64_MIN, 9'999'000)}}));
}

Money any_amount() {
  return Money::of_minor(*rc::gen::weightedOneOf<std::int64_t>(
      {{8, rc::gen::inRange<std::int64_t>(1, 30'000)},
       {2, rc::gen::inRange<std::int64_t>(-10, 200'000'000)},
       {1, rc::gen::arbitrary<std::int64_t>()},
       {1, rc::gen::element<std::int64_t>(0, INT64_MAX, INT64_MIN, 100'000'000)}}));
}

std::int64_t any_line() {
  return *rc::gen::inRange<std::int64_t>(0, 12);
}

sale::WeightSource any_source() {
  using W = sale::WeightSource;
  return *rc::gen::element(W::scale, W::manual, W::label, W::none);
}

std::string any_coupon() {
  return *rc::gen::weightedOneOf<std::string>(
      {{4, rc::gen::element<std::string>("WELCOME", "88123456", "88123457", "")},
       {1, rc::gen::arbitrary<std::string>()}});
}

std::optional<sale::MemberRef> any_member() {
  if (*rc::gen::inRange(0, 3) == 0) return std::nullopt;
  auto member = some_member();
  member.id = *rc::gen::inRange<std::int64_t>(1, 3);
  return member;
}

// Both, one or neither of amount and percent.
template <class Discount>
Discount any_discount(Discount discount) {
  if (*rc::gen::arbitrary<bool>()) discount.amount = any_amount();
  if (*rc::gen::arbitrary<bool>()) discount.percent = Rate::of_per_10k(*rc::gen::inRange<std::int64_t>(-100, 10'200));
  discount.reason = *rc::gen::arbitrary<std::string>();
  return discount;
}

Command any_change_of_terms(const RegisterAtWork& till) {
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return IdentifyMember{any_member()};
    case 1:
      return AddCoupon{any_coupon(), *rc::gen::inRange(0, 4) != 0};
    case 2:
      return RemoveCoupon{any_coupon()};
    case 3:
      return any_discount(DiscountLine{any_line(), {}, {}, {}});
    case 4:
      return any_discount(DiscountBasket{});
    default:
      return SetRemainingUses{till.machine.basket().id, {{"milk", *rc::gen::inRange<std::int64_t>(-1, 3)}}};
  }
}

Command any_return(const RegisterAtWork& till) {
  if (till.sold && *rc::gen::arbitrary<bool>()) return BeginReturn{{*till.sold, {}, {}, false}};
  return ReturnLine{any_line(), any_quantity(), sale::ReturnedTo::waste};
}

Command any_command(const RegisterAtWork& till) {
  using access::Role;
  switch (*rc::gen::inRange(0, 36)) {
    case 28:
    case 29:
    case 30:
    case 31:
    case 32:
      return any_change_of_terms(till);
    case 33:
    case 34:
    case 35:
      return any_return(till);
    case 0:
      return SignedIn{staff_member(*rc::gen::element(Role::cashier, Role::supervisor, Role::accountant),
                                   *rc::gen::inRange<std::int64_t>(7, 9))};
    case 1:
      return SignOut{};
    case 2:
    case 3:
      return Weigh{*rc::gen::element<std::string>("", "", "301", "612", Shop::milk), any_quantity(), any_source()};
    case 4:
      return AddItem{*rc::gen::inRange<catalogue::ItemId>(0, 13)};
    case 5:
    case 6:
      return PendingQuantity{any_quantity()};
    case 7:
      return SetLineQuantity{any_line(), any_quantity()};
    case 8:
      return OverridePrice{any_line(), any_amount(), *rc::gen::arbitrary<std::string>()};
    case 9:
      return VoidLine{any_line()};
    case 10:
      return *rc::gen::inRange(0, 5) == 0 ? Command(VoidBasket{}) : Command(Dismiss{});
    case 11:
      return SelectLine{any_line()};
    case 12:
    case 13:
    case 14:
      return BeginTender{};
    case 15:
      return BackToSale{};
    case 16:
    case 17:
    case 18:
      return TenderCash{any_amount()};
    case 19:
      return VoidTender{*rc::gen::inRange<std::size_t>(0, 3)};
    case 20:
    case 21:
      return ConfirmAge{*rc::gen::arbitrary<bool>()};
    default:
      return Scan{any_code(), barcode::Symbology::unknown};
  }
}

// Mostly what a cashier would do next, so that sales come about; else anything at all.
Command next_command(const RegisterAtWork& till) {
  const RegisterView& view = till.view();
  if (*rc::gen::inRange(0, 10) < 3) return any_command(till);
  if (view.state == RegisterState::signed_out) return SignedIn{staff_member(access::Role::supervisor)};
  if (view.waiting_for_weight) {
    return Weigh{"", Quantity::of_milli(*rc::gen::inRange<std::int64_t>(1, 3000)), sale::WeightSource::scale};
  }
  if (view.age_check) return ConfirmAge{*rc::gen::inRange(0, 4) != 0};
  if (!view.choices.empty()) return AddItem{view.choices[*rc::gen::inRange<std::size_t>(0, view.choices.size())].id};
  if (view.returning) {
    if (view.state == RegisterState::tendering) return TenderCash{};
    if (view.line_count > *rc::gen::inRange(0, 3)) return BeginTender{};
    return ReturnLine{any_line(), Quantity::of_units(*rc::gen::inRange<std::int64_t>(1, 3)), sale::ReturnedTo::stock};
  }
  if (till.sold && view.state == RegisterState::idle && *rc::gen::inRange(0, 5) == 0) {
    return BeginReturn{{*till.sold, {}, {}, false}};
  }
  if (view.state == RegisterState::tendering) {
    return TenderCash{*rc::gen::element(view.cash_due, view.total, view.cash_due + yuan("50"), yuan("1"))};
  }
  if (view.line_count > *rc::gen::inRange(0, 40)) return BeginTender{};
  return Scan{any_code(), barcode::Symbology::unknown};
}

// What the outside world may do between two commands.
void any_disturbance(RegisterAtWork& till) {
  auto settings = shop_settings();
  settings.cash_rounding =
      *rc::gen::element(CashRounding::none, CashRounding::nearest_5, CashRounding::nearest_10, CashRounding::down_10);
  settings.tax_mode = *rc::gen::element(pricing::TaxMode::inclusive, pricing::TaxMode::exclusive);
  settings.day_start_minute = *rc::gen::inRange(0, 600);
  if (*rc::gen::inRange(0, 4) != 0) settings.promotions = usual_calendar();
  till.machine.set_settings(settings);
  till.shop.named("晨牧纯牛奶").prices[0].amount = Money::of_minor(*rc::gen::inRange<std::int64_t>(0, 10'000));
  till.now.instant.unix_ms += *rc::gen::inRange<std::int64_t>(-86'400'000, 86'400'000);
}

void check_view(const RegisterAtWork& till) {
  const auto& view = till.view();
  const auto& basket = till.machine.basket();
  RC_ASSERT(view.lines.size() == basket.lines.size());
  RC_ASSERT(basket.lines.size() <= sale::max_basket_lines);
  Money gross;
  Money net;
  std::int64_t previous = 0;
  for (std::size_t i = 0; i < view.lines.size(); ++i) {
    const auto& line = view.lines[i];
    RC_ASSERT(line.line == basket.lines[i].line);
    RC_ASSERT(line.line > previous);
    if (view.returning) {
      RC_ASSERT(line.quantity < Quantity());
      RC_ASSERT(line.net <= Money());
    } else {
      RC_ASSERT(line.quantity > Quantity());
      RC_ASSERT(!line.net.is_negative());
    }
    previous = line.line;
    if (line.voided) continue;
    Money saving;
    for (const auto& part : line.savings) saving += part.amount;
    RC_ASSERT(saving == line.saving);
    gross += line.gross;
    net += line.net;
  }
  RC_ASSERT(view.gross == gross);
  RC_ASSERT(view.gross - view.saving == net);
  Money saving;
  for (const auto& part : view.savings) saving += part.amount;
  RC_ASSERT(saving == view.saving);
  const bool returning = view.returning.has_value();
  RC_ASSERT((returning ? view.total <= net : view.total >= net));
  Money tendered;
  for (const auto& tender : view.tenders) tendered += tender.amount;
  RC_ASSERT(view.tendered == tendered);
  RC_ASSERT((returning ? view.cash_due <= Money() : !view.cash_due.is_negative()));
  if (!view.cashier) RC_ASSERT(view.state == RegisterState::signed_out);
  const int waiting = view.waiting_for_weight.has_value() + view.age_check.has_value() + !view.choices.empty();
  RC_ASSERT(waiting <= 1);
}

// A line that is there stays there, unless the whole sale was voided or completed.
void check_nothing_lost(const sale::Basket& before, const sale::Basket& after) {
  if (before.id != after.id) return;
  RC_ASSERT(after.lines.size() >= before.lines.size());
  for (std::size_t i = 0; i < before.lines.size(); ++i) {
    RC_ASSERT(after.lines[i].line == before.lines[i].line);
    RC_ASSERT(after.lines[i].item == before.lines[i].item);
    RC_ASSERT(after.lines[i].voided || !before.lines[i].voided);
  }
}

RC_GTEST_PROP(RegisterProperty, AnyCommandsInAnyOrder, ()) {
  RegisterAtWork till(*rc::gen::element(access::Role::cashier, access::Role::supervisor, access::Role::manager));
  till.machine.set_settings(settings_with_offers());
  const auto steps = *rc::gen::inRange(1, 200);
  for (int step = 0; step < steps; ++step) {
    if (*rc::gen::inRange(0, 12) == 0) any_disturbance(till);
    const auto before = till.machine.basket();
    const auto revision = till.view().revision;
    const Command command = next_command(till);
    const auto moment = till.moment();
    const auto outcome = till.machine.handle(command, moment);
    RC_ASSERT(till.view().revision > revision);
    if (!outcome.result) {
      RC_ASSERT(outcome.effects.empty());
      RC_ASSERT(till.view().message.has_value());
      RC_ASSERT(till.machine.basket() == before);
    } else if (outcome.effects.size() == 1 && std::holds_alternative<CommitSale>(outcome.effects[0])) {
      auto sale = std::get<CommitSale>(outcome.effects[0]).sale;
      const auto checked = sale::check_arithmetic(sale);
      RC_ASSERT(checked.has_value());
      RC_ASSERT(sale.lines == before.lines);
      if (*rc::gen::inRange(0, 3) == 0) {
        RC_ASSERT(!till.machine.sale_commit_failed({"journal.disk_full", "", {}}).result);
        RC_ASSERT(till.machine.basket() == before);
      } else {
        sale.receipt_number = ++till.receipts;
        till.sold = sale;
        const auto committed = till.machine.sale_committed(sale, moment);
        RC_ASSERT(committed.result.has_value());
        RC_ASSERT(till.machine.basket().lines.empty());
        RC_ASSERT(till.view().last_sale->change == sale.change);
      }
    } else if (!std::holds_alternative<VoidBasket>(command) && !std::holds_alternative<SignOut>(command)) {
      check_nothing_lost(before, till.machine.basket());
      RC_ASSERT(till.machine.basket().lines.size() >= before.lines.size());
    }
    check_view(till);
  }
  RC_CLASSIFY(till.receipts > 0, "sold something");
  RC_CLASSIFY(till.view().lines.size() > 5, "more than five lines");
}

// A power cut after any command: what PersistBasket wrote last is the basket that was on the screen.
RC_GTEST_PROP(RegisterProperty, TheStoredBasketIsTheBasket, ()) {
  RegisterAtWork till(access::Role::manager);
  till.machine.set_settings(settings_with_offers());
  sale::Basket stored;
  for (int step = 0, steps = *rc::gen::inRange(1, 40); step < steps; ++step) {
    const auto error = till.run(next_command(till));
    for (const auto& effect : till.effects) {
      if (const auto* basket = std::get_if<PersistBasket>(&effect)) stored = basket->basket;
      if (std::holds_alternative<PrintReceipt>(effect)) stored = {};
    }
    RC_ASSERT(stored == till.machine.basket());
    const auto read_back = json::decode<sale::Basket>(json::encode(stored));
    RC_ASSERT(read_back.has_value());
    RC_ASSERT(json::encode(*read_back) == json::encode(stored));
    Register after(till.shop, settings_with_offers());
    after.restore(stored);
    RC_ASSERT(after.view()->lines.size() == till.view().lines.size());
    RC_ASSERT(after.view()->gross == till.view().gross);
    RC_ASSERT(after.view()->total == till.view().total);
    if (!stored.lines.empty()) RC_ASSERT(after.basket() == stored);
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
