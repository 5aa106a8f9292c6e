// Any commands in any order: the register refuses or obeys, never throws, never loses a line, and its sums always hold.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "any_command.h"

namespace lanekeeper::till::test {
namespace {

bool gives_deposit_back(const RegisterView& view) {
  return std::any_of(view.lines.begin(), view.lines.end(),
                     [](const auto& line) { return line.deposit && line.returns && !line.voided; });
}

void check_lines(const RegisterView& view, const sale::Basket& basket) {
  RC_ASSERT(view.lines.size() == basket.lines.size());
  RC_ASSERT(basket.lines.size() <= sale::max_basket_lines);
  Money gross;
  Money net;
  std::int64_t previous = 0;
  for (std::size_t i = 0; i < view.lines.size(); ++i) {
    const auto& line = view.lines[i];
    RC_ASSERT(line.line == basket.lines[i].line);
    RC_ASSERT(line.line > previous);
    RC_ASSERT((line.returns ? line.quantity < Quantity() : line.quantity > Quantity()));
    RC_ASSERT((line.returns ? line.net <= Money() : !line.net.is_negative()));
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
  const bool mixed = view.returning || view.blind_return || gives_deposit_back(view);
  if (!mixed) RC_ASSERT(view.total >= net);
}

void check_view(const RegisterAtWork& till) {
  const auto& view = till.view();
  check_lines(view, till.machine.basket());
  Money saving;
  for (const auto& part : view.savings) saving += part.amount;
  RC_ASSERT(saving == view.saving);
  Money tendered;
  for (const auto& tender : view.tenders) tendered += tender.amount;
  RC_ASSERT(view.tendered == tendered);
  if (!view.returning && !view.blind_return) {
    RC_ASSERT(gives_deposit_back(view) || !view.cash_due.is_negative());
    RC_ASSERT(view.refund_options.empty());
  }
  for (const auto& way : view.refund_options) RC_ASSERT(way.most > Money());
  if (!view.cashier) RC_ASSERT(view.state == RegisterState::signed_out);
  RC_ASSERT((view.state == RegisterState::closing) == (view.close.has_value() && view.cashier.has_value()));
  const int waiting = view.waiting_for_weight.has_value() + view.waiting_for_price.has_value() +
                      view.age_check.has_value() + !view.choices.empty();
  RC_ASSERT(waiting <= 1);
}

// A line that is there stays there, unless the whole sale was voided, put aside or completed.
void check_nothing_lost(const sale::Basket& before, const sale::Basket& after) {
  if (before.id != after.id) return;
  RC_ASSERT(after.lines.size() >= before.lines.size());
  for (std::size_t i = 0; i < before.lines.size(); ++i) {
    RC_ASSERT(after.lines[i].line == before.lines[i].line);
    RC_ASSERT(after.lines[i].item == before.lines[i].item);
    RC_ASSERT(after.lines[i].voided || !before.lines[i].voided);
  }
}

void commit_sale(RegisterAtWork& till, const CommitSale& commit, const sale::Basket& before, const Moment& moment) {
  auto sale = commit.sale;
  const auto checked = sale::check_arithmetic(sale);
  RC_ASSERT(checked.has_value());
  RC_ASSERT(sale.lines == before.lines);
  RC_ASSERT(till.machine.handle(BeginTender{}, moment).result.error().code == "register.busy");
  if (*rc::gen::inRange(0, 3) == 0) {
    RC_ASSERT(!till.machine.sale_commit_failed({"journal.disk_full", "", {}}).result);
    RC_ASSERT(till.machine.basket() == before);
    return;
  }
  sale.receipt_number = ++till.receipts;
  till.sold = sale;
  const auto committed = till.machine.sale_committed(sale, moment);
  RC_ASSERT(committed.result.has_value());
  RC_ASSERT(till.machine.basket().lines.empty());
  RC_ASSERT(till.view().last_sale->change == sale.change);
}

void commit_control(RegisterAtWork& till, const CommitControl& commit, const Moment& moment) {
  const auto& control = commit.control;
  RC_ASSERT(sale::check_arithmetic(control).has_value());
  const auto before = till.machine.basket();
  RC_ASSERT(till.machine.handle(Dismiss{}, moment).result.error().code == "register.busy");
  if (*rc::gen::inRange(0, 3) == 0) {
    RC_ASSERT(!till.machine.control_commit_failed({"journal.disk_full", "", {}}).result);
    RC_ASSERT(till.machine.basket() == before);
    return;
  }
  till.controls.push_back(control);
  RC_ASSERT(till.machine.control_committed(control, moment).result.has_value());
  if (control.kind != sale::ControlKind::basket_void) return;
  RC_ASSERT(control.basket->lines == before.lines);
  RC_ASSERT(till.machine.basket().lines.empty());
}

void put_aside(RegisterAtWork& till, const StoreSuspended& suspended, const Moment& moment) {
  RC_ASSERT(suspended.basket.lines == till.machine.basket().lines);
  if (*rc::gen::inRange(0, 3) == 0) {
    RC_ASSERT(!till.machine.suspend_failed({"journal.disk_full", "", {}}).result);
    RC_ASSERT(till.machine.basket() == suspended.basket);
    return;
  }
  till.put_aside = suspended;
  const auto outcome = till.machine.basket_suspended("3-0001", moment);
  RC_ASSERT(outcome.result.has_value());
  RC_ASSERT(till.machine.basket().lines.empty());
  commit_control(till, std::get<CommitControl>(outcome.effects.back()), moment);
}

RC_GTEST_PROP(RegisterProperty, AnyCommandsInAnyOrder, ()) {
  RegisterAtWork till(*rc::gen::element(access::Role::cashier, access::Role::supervisor, access::Role::manager));
  till.shop.add("熟食", "7001", "").open_price = true;
  till.machine.set_settings(any_register_settings());
  const auto steps = *rc::gen::inRange(1, 200);
  for (int step = 0; step < steps; ++step) {
    if (*rc::gen::inRange(0, 12) == 0) any_disturbance(till, *rc::gen::arbitrary<bool>());
    const auto before = till.machine.basket();
    const auto revision = till.view().revision;
    const Command command = next_command(till);
    auto moment = till.moment();
    moment.authority = any_authority();
    const auto outcome = till.machine.handle(command, moment);
    RC_ASSERT(till.view().revision > revision);
    if (!outcome.result) {
      RC_ASSERT(outcome.effects.empty());
      RC_ASSERT(till.view().message.has_value());
      RC_ASSERT(till.machine.basket() == before);
    } else if (!outcome.effects.empty() && std::holds_alternative<CommitSale>(outcome.effects[0])) {
      RC_ASSERT(outcome.effects.size() == 1u);
      commit_sale(till, std::get<CommitSale>(outcome.effects[0]), before, moment);
    } else if (!outcome.effects.empty() && std::holds_alternative<StoreSuspended>(outcome.effects[0])) {
      put_aside(till, std::get<StoreSuspended>(outcome.effects[0]), moment);
    } else if (!outcome.effects.empty() && std::holds_alternative<CommitControl>(outcome.effects.back())) {
      check_nothing_lost(before, till.machine.basket());
      commit_control(till, std::get<CommitControl>(outcome.effects.back()), moment);
    } else if (!std::holds_alternative<VoidBasket>(command) && !std::holds_alternative<SignOut>(command)) {
      check_nothing_lost(before, till.machine.basket());
      RC_ASSERT(till.machine.basket().lines.size() >= before.lines.size());
    }
    check_view(till);
  }
  RC_CLASSIFY(till.receipts > 0, "sold something");
  RC_CLASSIFY(till.view().lines.size() > 5, "more than five lines");
  RC_CLASSIFY(till.sold && till.sold->approvals, "something approved");
  RC_CLASSIFY(!till.controls.empty(), "recorded what is no sale");
}

// A power cut after any command: what PersistBasket wrote last is the basket that was on the screen.
RC_GTEST_PROP(RegisterProperty, TheStoredBasketIsTheBasket, ()) {
  RegisterAtWork till(access::Role::manager);
  till.shop.add("熟食", "7001", "").open_price = true;
  auto settings = settings_with_offers();
  settings.methods = {{"meal", "饭卡", "Meal card", true}};
  till.machine.set_settings(settings);
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
    Register after(till.shop, settings);
    after.restore(stored);
    RC_ASSERT(after.view()->lines.size() == till.view().lines.size());
    RC_ASSERT(after.view()->gross == till.view().gross);
    RC_ASSERT(after.view()->total == till.view().total);
    if (!stored.lines.empty()) RC_ASSERT(after.basket() == stored);
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
