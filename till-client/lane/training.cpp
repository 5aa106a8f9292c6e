// Training: the same register with a journal of its own, which nobody reads. Nothing is asked or sent, and the drawer
// stays shut.

#include "lane/lane_impl.h"

namespace lanekeeper::till {

namespace {

Error not_now() {
  return {"training.not_now", "Training begins and ends between two sales. Finish or void this one first.", {}};
}

bool between_sales(const Register& machine) {
  const auto view = machine.view();
  return view->state == RegisterState::idle && machine.basket() == sale::Basket{} && !view->waiting_for_weight &&
         !view->waiting_for_price && !view->age_check && view->choices.empty();
}

}  // namespace

Error Lane::Impl::no_training() {
  return {"training.unavailable", "This till cannot train: it has no journal for that.", {}};
}

void Lane::Impl::set_training(bool wanted) {
  training = wanted;
  if (training) (void)services.training->save_basket({});  // of an exercise that was broken off
  load_profile();
  restore_shift();
  machine.set_message({});
}

Result<void> Lane::begin_training() {
  auto& impl = *impl_;
  if (impl.training) return {};
  if (impl.services.training == nullptr) return impl.refuse(Impl::no_training());
  return command(BeginTraining{});
}

Result<void> Lane::end_training() {
  auto& impl = *impl_;
  if (!impl.training) return {};
  if (!between_sales(impl.machine)) return impl.refuse(not_now());
  impl.set_training(false);
  impl.ask_again();
  impl.changed();
  return {};
}

}  // namespace lanekeeper::till
