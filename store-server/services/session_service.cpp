#include "services/session_service.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "access/verifier.h"
#include "base/text.h"
#include "services/audit_trail.h"
#include "services/secret_text.h"
#include "services/sign_in_limiter.h"
#include "storage/connection.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_password = 1024;
constexpr std::size_t max_number = 64;

struct LiveSession {
  StaffIdentity staff;
  std::string device_id;
  Instant began;
  Instant last_used;
};

tl::unexpected<Error> wrong() {
  return fail("access.wrong", "Number or password is wrong. Try again.");
}

}  // namespace

class SessionService::Impl {
 public:
  explicit Impl(ServiceContext context) : context_(context), thread_([this] { work(); }) {}
  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    work_waits_.notify_all();
    thread_.join();
  }

  using Done = std::function<void(Result<protocol::Session>)>;
  struct Job {
    Principal principal;
    protocol::SignIn sign_in;
    Done done;
  };

  void add(Job job) {
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.size() < max_waiting && !stopping_) {
        jobs_.push_back(std::move(job));
        work_waits_.notify_one();
        return;
      }
    }
    job.done(fail("access.busy", "Too many people sign in at once. Try again in a moment."));
  }

  Result<StaffIdentity> authenticate(const std::string& token, const std::string& device_id, Asked asked) {
    const auto now = context_.clock.now().instant;
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(hash_of_secret(token));
    // A token that turns up at another device is as good as none, and its session ends.
    const bool foreign = found != sessions_.end() && found->second.device_id != device_id;
    if (found == sessions_.end() || foreign || is_over(found->second, now)) {
      if (found != sessions_.end()) sessions_.erase(found);
      return fail("access.session_ended", "The session has ended. Sign in again.");
    }
    if (asked == Asked::by_a_person) found->second.last_used = std::max(found->second.last_used, now);
    return found->second.staff;
  }

  std::int64_t left_ms(const std::string& token) {
    const auto now = context_.clock.now().instant;
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(hash_of_secret(token));
    if (found == sessions_.end()) return 0;
    const auto& session = found->second;
    const auto ends_ms = std::min(session.last_used.unix_ms + idle_ms, session.began.unix_ms + max_ms);
    return std::max(std::int64_t{0}, ends_ms - now.unix_ms);
  }

  void end(const std::string& token) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(hash_of_secret(token));
  }
  template <class F>
  void end_if(F&& condition) {
    const std::lock_guard lock(mutex_);
    std::erase_if(sessions_, [&](const auto& entry) { return condition(entry.second); });
  }

 private:
  static bool is_over(const LiveSession& session, Instant now) {
    return now.unix_ms - session.last_used.unix_ms >= idle_ms || now.unix_ms - session.began.unix_ms >= max_ms;
  }

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      work_waits_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      job.done(sign_in(job));
      job = {};
      lock.lock();
    }
  }

  Result<protocol::Session> sign_in(const Job& job) {
    try {
      return try_to_sign_in(job);
    } catch (const std::exception& fault) {
      return fail("server.storage", "The server cannot reach its database. Try again in a moment.",
                  {{"because", fault.what()}});
    }
  }

  Result<protocol::Session> try_to_sign_in(const Job& job) {
    if (auto device = require_device(job.principal); !device) return fail(std::move(device.error()));
    const auto& number = job.sign_in.number;
    if (number.size() > max_number || job.sign_in.password.size() > max_password || !is_valid_utf8(number)) {
      return wrong();
    }
    const auto now = context_.clock.now();
    const auto member = find(number);
    const SignInLimiter::Who who{member ? std::optional(member->id) : std::nullopt, number};
    if (auto may = limiter_.may_try(who, now.instant); !may) return fail(std::move(may.error()));
    const bool known = member && member->active && !member->password_verifier.empty();
    const bool right = access::matches(known ? member->password_verifier : std::string(), job.sign_in.password);
    if (!known || !right) {
      limiter_.failed(who, now.instant);
      note(job.principal, nullptr, number);
      return wrong();
    }
    limiter_.succeeded(who);
    const StaffIdentity staff{member->id, member->number, member->name, member->role};
    note(job.principal, &staff, number);
    return begin(job.principal, staff, now);
  }

  // The database compares without trailing spaces; a number that is spelt otherwise is nobody's.
  std::optional<access::StaffMember> find(const std::string& number) {
    auto member = context_.database.transact([&](storage::Connection& connection) {
      return storage::StoreRepository(connection, context_.store_id).staff_by_number(number);
    });
    if (member && member->number != number) member.reset();
    return member;
  }

  void note(Principal principal, const StaffIdentity* staff, const std::string& number) {
    if (staff != nullptr) principal.staff = *staff;
    AuditTrail(context_).add(&principal, {staff != nullptr ? "session.sign_in" : "session.failed", "staff " + number,
                                          json::Value::object(), json::Value::object()});
  }

  Result<protocol::Session> begin(const Principal& principal, const StaffIdentity& staff, const ZonedTime& now) {
    const auto token = make_secret(context_.random);
    const std::lock_guard lock(mutex_);
    std::erase_if(sessions_, [&](const auto& entry) { return is_over(entry.second, now.instant); });
    if (sessions_.size() >= max_sessions) {
      sessions_.erase(std::min_element(sessions_.begin(), sessions_.end(), [](const auto& a, const auto& b) {
        return a.second.last_used < b.second.last_used;
      }));
    }
    sessions_[hash_of_secret(token)] = {staff, principal.device->id, now.instant, now.instant};
    return protocol::Session{token, staff.id, staff.name, staff.role,
                             ZonedTime{{now.instant.unix_ms + idle_ms}, now.utc_offset_min}};
  }

  ServiceContext context_;
  SignInLimiter limiter_;  // only used on thread_
  std::mutex mutex_;
  std::condition_variable work_waits_;
  std::deque<Job> jobs_;
  std::map<journal::Hash, LiveSession> sessions_;
  bool stopping_ = false;
  std::thread thread_;
};

SessionService::SessionService(ServiceContext context) : impl_(std::make_unique<Impl>(context)) {}
SessionService::~SessionService() = default;

void SessionService::sign_in(Principal principal, protocol::SignIn sign_in,
                             std::function<void(Result<protocol::Session>)> done) {
  impl_->add({std::move(principal), std::move(sign_in), std::move(done)});
}

Result<protocol::Session> SessionService::sign_in(const Principal& principal, const protocol::SignIn& sign_in_with) {
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<Result<protocol::Session>> answer;
  sign_in(principal, sign_in_with, [&](Result<protocol::Session> result) {
    const std::lock_guard lock(mutex);
    answer = std::move(result);
    answered.notify_one();  // under the lock: the waiting function returns as soon as it can take it
  });
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return answer.has_value(); });
  return std::move(*answer);
}

Result<StaffIdentity> SessionService::authenticate(const std::string& token, const std::string& device_id,
                                                   Asked asked) {
  return impl_->authenticate(token, device_id, asked);
}
std::int64_t SessionService::left_ms(const std::string& token) const {
  return impl_->left_ms(token);
}
void SessionService::sign_out(const std::string& token) {
  impl_->end(token);
}
void SessionService::end_sessions_of_device(const std::string& device_id) {
  impl_->end_if([&](const LiveSession& session) { return session.device_id == device_id; });
}
void SessionService::end_sessions_of_staff(std::int64_t staff) {
  impl_->end_if([&](const LiveSession& session) { return session.staff.id == staff; });
}

}  // namespace lanekeeper::services
