#include "services/rerating_jobs.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <thread>

#include "services/rerating_service.h"

namespace lanekeeper::services {

namespace {

protocol::RerateRow in_words(const RerateRow& row) {
  using Kind = protocol::RerateRowKind;
  const Kind kind = row.kind == RerateRow::Kind::differs    ? Kind::differs
                    : row.kind == RerateRow::Kind::returned ? Kind::returned
                                                            : Kind::failed;
  return {kind,         row.till,    row.sequence, row.receipt_number, row.business_date,
          row.recorded, row.rerated, row.owed,     row.because};
}

// One job. Thread-safe.
class Job {
 public:
  Job(std::string id, std::int64_t version) {
    status_.id = std::move(id);
    status_.version = version;
  }

  void add(const RerateRow& row) {
    const std::lock_guard lock(mutex_);
    if (status_.rows.size() < ReratingJobs::max_rows) {
      status_.rows.push_back(in_words(row));
    } else {
      ++status_.left_off;
    }
  }
  // Whether to go on.
  [[nodiscard]] bool advance(const RerateSummary& sums) {
    const std::lock_guard lock(mutex_);
    copy(sums);
    return !cancelled_;
  }
  void end(const Result<RerateSummary>& result) {
    const std::lock_guard lock(mutex_);
    if (!result) {
      status_.state = protocol::RerateState::failed;
      status_.error = protocol::to_body(result.error());
      return;
    }
    copy(*result);
    status_.state = result->cancelled ? protocol::RerateState::cancelled : protocol::RerateState::done;
  }
  void cancel() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
  }
  [[nodiscard]] const std::string& id() const { return status_.id; }  // never changes
  [[nodiscard]] bool running() const {
    const std::lock_guard lock(mutex_);
    return status_.state == protocol::RerateState::running;
  }
  [[nodiscard]] protocol::RerateStatus status(std::int64_t after, std::int64_t limit) const {
    const std::lock_guard lock(mutex_);
    const auto size = static_cast<std::int64_t>(status_.rows.size());
    const auto from = std::clamp<std::int64_t>(after, 0, size);
    const auto to = from + std::min(limit, size - from);
    protocol::RerateStatus page;
    page.id = status_.id;
    page.state = status_.state;
    page.version = status_.version;
    page.total = status_.total;
    page.done = status_.done;
    page.same = status_.same;
    page.differing = status_.differing;
    page.returns = status_.returns;
    page.failed = status_.failed;
    page.owed = status_.owed;
    page.undercharged = status_.undercharged;
    page.rows.assign(status_.rows.begin() + from, status_.rows.begin() + to);
    page.more = to < size;
    page.left_off = status_.left_off;
    page.error = status_.error;
    return page;
  }

 private:
  void copy(const RerateSummary& sums) {
    status_.total = sums.total;
    status_.done = sums.done;
    status_.same = sums.same;
    status_.differing = sums.differing;
    status_.returns = sums.returns;
    status_.failed = sums.failed;
    status_.owed = sums.owed;
    status_.undercharged = sums.undercharged;
  }

  mutable std::mutex mutex_;
  protocol::RerateStatus status_;
  bool cancelled_ = false;
};

}  // namespace

class ReratingJobs::Impl {
 public:
  explicit Impl(const ServiceContext& context) : context_(context), rerating_(context) {}
  ~Impl() { stop(); }

  Result<protocol::RerateStatus> start(const protocol::RerateRequest& wish) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return fail("rerating.stopping", "The server is being stopped. Try again when it runs.");
    if (!jobs_.empty() && jobs_.back()->running()) {
      return fail("rerating.busy", "Past sales are being priced already. Wait until that has ended, or end it.",
                  {{"job", jobs_.back()->id()}});
    }
    if (thread_.joinable()) thread_.join();  // it has ended
    const auto id = Uuid::make_v7(context_.clock.now().instant.unix_ms, context_.random).to_string();
    auto job = std::make_shared<Job>(id, wish.version);
    jobs_.push_back(job);
    if (jobs_.size() > kept_jobs) jobs_.pop_front();
    thread_ = std::thread([this, job, wish] { run(*job, wish); });
    return job->status(0, 0);
  }
  [[nodiscard]] Result<std::shared_ptr<Job>> find(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    for (const auto& job : jobs_) {
      if (job->id() == id) return job;
    }
    return fail("rerating.unknown", "This job is not known any more. Begin it again.", {{"job", id}});
  }
  void stop() {
    std::thread running;
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      if (!jobs_.empty()) jobs_.back()->cancel();
      running.swap(thread_);
    }
    if (running.joinable()) running.join();
  }

 private:
  void run(Job& job, const protocol::RerateRequest& wish) {
    try {
      job.end(rerating_.run(
          {wish.version, wish.from, wish.to}, [&](const RerateRow& row) { job.add(row); },
          [&](const RerateSummary& sums) { return job.advance(sums); }));
    } catch (const std::exception& fault) {
      spdlog::error("re-rating: {}", fault.what());
      job.end(fail("rerating.storage", "The database failed. Begin again."));
    }
  }

  ServiceContext context_;
  ReratingService rerating_;
  mutable std::mutex mutex_;
  std::deque<std::shared_ptr<Job>> jobs_;  // the newest last
  std::thread thread_;                     // of the newest
  bool stopping_ = false;
};

ReratingJobs::ReratingJobs(const ServiceContext& context) : impl_(std::make_unique<Impl>(context)) {}
ReratingJobs::~ReratingJobs() = default;

Result<protocol::RerateStatus> ReratingJobs::start(const Principal& principal, const protocol::RerateRequest& wish) {
  if (auto allowed = require(principal, access::Permission::promotions_edit); !allowed) {
    return fail(std::move(allowed.error()));
  }
  return impl_->start(wish);
}

Result<protocol::RerateStatus> ReratingJobs::status(const Principal& principal, const std::string& id,
                                                    std::int64_t after, std::int64_t limit) const {
  if (auto allowed = require(principal, access::Permission::promotions_read); !allowed) {
    return fail(std::move(allowed.error()));
  }
  const auto job = impl_->find(id);
  if (!job) return fail(job.error());
  return (*job)->status(after, limit);
}

Result<void> ReratingJobs::cancel(const Principal& principal, const std::string& id) {
  if (auto allowed = require(principal, access::Permission::promotions_edit); !allowed) return allowed;
  const auto job = impl_->find(id);
  if (!job) return fail(job.error());
  (*job)->cancel();
  return {};
}

void ReratingJobs::stop() {
  impl_->stop();
}

}  // namespace lanekeeper::services
