// Re-rating for the back office: one at a time on a thread of its own, with progress, its rows kept in memory up to a
// limit.
#pragma once

#include <memory>
#include <string>

#include "protocol/promotion_messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class ReratingJobs {
 public:
  static constexpr std::size_t max_rows = 20'000;  // of a job
  static constexpr std::size_t kept_jobs = 5;

  explicit ReratingJobs(const ServiceContext& context);
  ~ReratingJobs();  // stop()
  ReratingJobs(const ReratingJobs&) = delete;
  ReratingJobs& operator=(const ReratingJobs&) = delete;

  // promotions_edit. Returns at once. rerating.busy (detail "job"): another one is running; rerating.stopping. What is
  // wrong with the wish shows in the status.
  [[nodiscard]] Result<protocol::RerateStatus> start(const Principal& principal, const protocol::RerateRequest& wish);
  // promotions_read. In memory, quick. limit rows behind the first `after`. rerating.unknown
  [[nodiscard]] Result<protocol::RerateStatus> status(const Principal& principal, const std::string& id,
                                                      std::int64_t after, std::int64_t limit) const;
  // promotions_edit. Ends it after its current page; nothing happens when it has ended. rerating.unknown
  [[nodiscard]] Result<void> cancel(const Principal& principal, const std::string& id);

  // Ends what is running and takes nothing new.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::services
