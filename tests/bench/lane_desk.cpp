#include "lane_desk.h"

#include "base/error.h"

namespace lanekeeper::bench {

LaneDesk::LaneDesk(const std::filesystem::path& replica_folder, pricing::PromotionCalendar promotions) {
  auto replica = till::CatalogueReplica::open(replica_folder, clock_);
  if (!replica) throw Fault("bench.conditions", replica.error().message);
  replica_ = std::move(*replica);
  replica_->on_fault([](const Error& error) { throw Fault("bench.conditions", error.message); });
  const auto profile = replica_->profile();
  if (!profile || replica_->item_count() == 0) throw Fault("bench.conditions", "the replica is empty");
  till::RegisterSettings settings;
  settings.till = 1;
  settings.taxes = profile->taxes;
  settings.layouts = profile->layouts;
  settings.promotions = std::move(promotions);
  register_ = std::make_unique<till::Register>(*replica_, settings);
  register_->set_catalogue_version(replica_->catalogue_version());
  give(till::SignedIn{profile->staff.front()});
}

till::Moment LaneDesk::moment() {
  const auto now = clock_.now();
  return {now, Uuid::make_v7(now.instant.unix_ms, random_)};
}

till::Outcome LaneDesk::give(const till::Command& command) {
  auto outcome = register_->handle(command, moment());
  if (!outcome.result) {
    throw Fault("bench.conditions", outcome.result.error().code + ": " + outcome.result.error().message);
  }
  // As the lane does it, without the disk.
  for (const auto& effect : outcome.effects) {
    const auto* control = std::get_if<till::CommitControl>(&effect);
    if (control != nullptr) static_cast<void>(register_->control_committed(control->control, moment()));
  }
  return outcome;
}

}  // namespace lanekeeper::bench
