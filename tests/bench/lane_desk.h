// A register with somebody signed in, over a replica: what the benches of the lane ring on.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/system_clock.h"
#include "base/system_random.h"
#include "cache/catalogue_replica.h"
#include "register/register.h"

namespace lanekeeper::bench {

class LaneDesk {
 public:
  explicit LaneDesk(const std::filesystem::path& replica_folder, pricing::PromotionCalendar promotions = {});

  // The answer of the register; a refusal throws, since the benches ask for nothing that is refused.
  till::Outcome give(const till::Command& command);
  [[nodiscard]] till::Moment moment();
  [[nodiscard]] till::Register& desk() { return *register_; }
  [[nodiscard]] const till::CatalogueReplica& replica() const { return *replica_; }

 private:
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<till::CatalogueReplica> replica_;
  std::unique_ptr<till::Register> register_;
};

}  // namespace lanekeeper::bench
