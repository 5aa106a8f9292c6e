// What the register asks for, carried out.

#include <spdlog/spdlog.h>

#include <algorithm>
#include <type_traits>

#include "lane/customer_lines.h"
#include "lane/lane_impl.h"
#include "receipt/escpos.h"

namespace lanekeeper::till {

Result<void> Lane::Impl::carry_out(const std::vector<Effect>& effects, const Moment& now) {
  for (const auto& effect : effects) {
    auto result = std::visit([this, &now](const auto& one) { return perform(one, now); }, effect);
    if (!result) return result;
  }
  return {};
}

Result<void> Lane::Impl::perform(const PersistBasket& effect, const Moment&) {
  auto saved = journal().save_basket(effect.basket);
  if (saved) {
    basket_unwritable = false;
    return {};
  }
  spdlog::warn("the open basket could not be stored: {} {}", saved.error().code, saved.error().message);
  if (!std::exchange(basket_unwritable, true)) {
    tell({LaneEvent::Kind::storage_failing, 0, {}, std::move(saved.error())});
  }
  return {};
}

Result<void> Lane::Impl::perform(const CommitSale& effect, const Moment& now) {
  auto stored = journal().commit(effect.sale);
  if (!stored) {
    spdlog::error("a sale could not be journalled: {} {}", stored.error().code, stored.error().message);
    return machine.sale_commit_failed(stored.error()).result;
  }
  kept_coupons.clear();    // the sale uses them
  claimed_return.reset();  // free as soon as it arrives
  const Outcome outcome = machine.sale_committed(*stored, now);
  after_commit(outcome.effects, now, stored->receipt_number);
  return {};
}

Result<void> Lane::Impl::perform(const CommitControl& effect, const Moment& now) {
  auto recorded = journal().commit_control(effect.control);
  if (!recorded) {
    spdlog::error("what happened could not be journalled: {} {}", recorded.error().code, recorded.error().message);
    const Outcome outcome = machine.control_commit_failed(recorded.error());
    (void)carry_out(outcome.effects, now);
    return fail(std::move(recorded.error()));
  }
  const Outcome outcome = machine.control_committed(recorded->control, now);
  after_commit(outcome.effects, now, 0);
  return {};
}

// What was journalled is a fact: whatever fails from here on is a device's trouble, never the sale's.
void Lane::Impl::after_commit(const std::vector<Effect>& effects, const Moment& now, std::int64_t receipt_number) {
  try {
    if (services.sale_stored && !training) services.sale_stored();
    (void)carry_out(effects, now);
    refresh_cashier();
  } catch (const std::exception& fault) {
    spdlog::error("after receipt {}: {}", receipt_number, fault.what());
    tell({LaneEvent::Kind::print_failed,
          receipt_number,
          {},
          Error{"till.fault", "The sale is stored, but drawer or receipt failed. Print it again.", {}}});
  }
}

Result<void> Lane::Impl::perform(const StoreSuspended& effect, const Moment& now) {
  record_suspended();
  auto kept = training ? Result<protocol::SuspendedBasket>(fail(
                             "training.no_suspend", "Nothing is put aside while training. Finish or void the sale."))
                       : suspended.keep(effect);
  if (!kept) {
    const Outcome outcome = machine.suspend_failed(kept.error());
    (void)carry_out(outcome.effects, now);
    return fail(std::move(kept.error()));
  }
  const Outcome outcome = machine.basket_suspended(kept->label, now);
  auto result = outcome.result ? carry_out(outcome.effects, now) : outcome.result;
  if (result) {
    in_journal.insert(kept->id);
    suspended.recorded(kept->id);
  }
  if (machine.basket().id == effect.basket.id) {
    suspended.take_back(kept->id);  // it is open still, so it must not lie there as well
  } else {
    suspended.send();
    tell({LaneEvent::Kind::basket_held, 0, kept->label, {}});
  }
  return result;
}

// Whatever this till still asks for belongs to the real register.
Result<void> Lane::Impl::perform(const EnterTraining&, const Moment&) {
  if (services.training == nullptr) return fail(no_training());
  approvals.withdraw();
  set_training(true);
  return {};
}

Result<void> Lane::Impl::perform(const OpenDrawer&, const Moment&) {
  if (training) return {};
  auto opened = services.drawer != nullptr ? services.drawer->open() : services.printer.pulse(drawer_pulse());
  if (!opened && opened.error().code != "device.no_drawer") {
    spdlog::warn("the drawer was not opened: {}", opened.error().code);
  }
  return {};
}

Result<void> Lane::Impl::perform(const PrintReceipt& effect, const Moment&) {
  auto queued = paper.print(effect.sale, ReceiptKind::original);
  if (!queued) tell({LaneEvent::Kind::print_failed, effect.sale.receipt_number, {}, std::move(queued.error())});
  return {};
}

Result<void> Lane::Impl::perform(const PrintControl& effect, const Moment&) {
  SlipOptions options;
  options.training = training;
  auto queued = paper.print(effect.control, options);
  if (!queued) tell({LaneEvent::Kind::print_failed, 0, {}, std::move(queued.error())});
  return {};
}

std::string Lane::Impl::name_for_customer(const std::string& name) const {
  if (texts.language() != i18n::Language::en) return name;
  const auto now = machine.view();
  const auto line = std::find_if(now->lines.rbegin(), now->lines.rend(),
                                 [&name](const auto& one) { return one.name == name && !one.name_en.empty(); });
  return line == now->lines.rend() ? name : line->name_en;
}

template <class ForTheCustomer>
Result<void> Lane::Impl::perform(const ForTheCustomer& effect, const Moment&) {
  if (services.display == nullptr) return {};
  if constexpr (std::is_same_v<ForTheCustomer, ShowItem>) {
    ShowItem item = effect;
    item.name = name_for_customer(item.name);
    services.display->show(customer_lines(item, texts));
  } else {
    services.display->show(customer_lines(effect, texts));
  }
  return {};
}

}  // namespace lanekeeper::till
